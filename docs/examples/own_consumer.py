"""A program of one's own on the library, without a web framework: it hears what happens, and tells who is one person.

python docs/examples/own_consumer.py sqlite:///example.db
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from alpes_events.agenda.commands import create_event, publish_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import EventKind
from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel
from alpes_events.attendance.sign_up import register
from alpes_events.database import migrate
from alpes_events.database.engine import connect
from alpes_events.journal.consumers import add_consumer
from alpes_events.journal.delivery import deliver_due
from alpes_events.people.identity import PersonIn
from alpes_events.territory.commands import seed_communes, seed_organisation
from alpes_events.territory.seed import parse_seed
from alpes_matching.duplicates import Person, compare

now = datetime.now(UTC)
database = connect(sys.argv[1])
migrate.upgrade(database)


def hear(_db, entry, _now):
    """A consumer of the journal: it is told of each event once it is committed, in order, at least once."""
    print(entry.kind, entry.subject_kind, entry.subject_id)


add_consumer("example", hear)
with database.writing() as db:
    seed_communes(db)
    seed_organisation(db, parse_seed(Path(__file__).with_name("organisation.toml").read_text("utf-8")), now=now)
    starts_at = now + timedelta(days=7)
    draft = EventDraft("Job dating", EventKind.JOB_DATING, starts_at, starts_at + timedelta(hours=3))
    event_id = create_event(db, draft, capacity=1, now=now, account_id=None)
    publish_event(db, event_id, now=now, account_id=None)
    for given_name in ("Éloïse", "Karim"):
        person = PersonIn(given_name=given_name, family_name="Martin", email=f"{len(given_name)}@example.org")
        answer = register(db, SignUp(event_id, Channel.SELF, person, form_key=str(uuid4())), now=now)
        print(given_name, answer.state.value)
    db.commit()
while deliver_due(database, "example", hear, clock=lambda: now).done_count:
    pass
once = Person(1, "Martin", "Éloïse", telephone="06 39 98 00 01")
again = Person(2, "MARTIN", "Eloise", telephone="+33639980001")
print(compare(once, again).verdict.value)
