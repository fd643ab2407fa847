"""Reading the names of people who agreed to it leaves a trace with each of them: who read, and when."""

from collections.abc import Iterable

from alpes_events.people.audit import record_names_read
from alpes_web.site import site
from alpes_web.visitor import visitor


def note_names(candidate_ids: Iterable[int]) -> None:
    """Write to the access audit that these people's names are read; by a link nobody signed in, it names no account."""
    people, reader = list(candidate_ids), visitor()
    if not people:
        return
    with site().database.writing() as db:
        account_id = None if reader is None else reader.account_id
        record_names_read(db, people, now=site().now(), account_id=account_id)
        db.commit()
