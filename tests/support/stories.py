"""Beginnings of stories for tests: an organisation, an event, people who sign up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import create_event, publish_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import EventKind
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.people.identity import PersonIn
from alpes_events.seats.models import SeatPool
from alpes_events.territory.commands import seed_communes, seed_organisation
from alpes_events.territory.seed import parse_seed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STARTS_AT = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)

ORGANISATION = """
[identity]
name = "Maison de l'Emploi d'essai"
short_name = "MDE"
uid_domain = "agenda.example.org"
email = "bonjour@example.org"

[territory]
code = "MNO"
name = "Métropole Nord-Ouest"
short_name = "MNO"
communes = ["59328", "59368", "59457"]
"""


def an_organisation(database: Database) -> None:
    """Communes of the metropolis, and one organisation whose territory is three of them."""
    with database.writing() as db:
        seed_communes(db)
        seed_organisation(db, parse_seed(ORGANISATION), now=NOW)
        db.commit()


DRAFT = EventDraft(
    title="Job dating d’essai",
    kind=EventKind.JOB_DATING,
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + timedelta(hours=3),
)


def an_event(db: Session, *, capacity: int | None = 2, now: datetime = NOW, **changes: object) -> int:
    """A published job dating on Thursday 12 March 2026, 14:00 to 17:00 in Paris. `changes` go to its draft."""
    event_id = create_event(db, replace(DRAFT, **changes), capacity=capacity, now=now, account_id=None)  # type: ignore[arg-type]
    publish_event(db, event_id, now=now, account_id=None)
    db.flush()
    return event_id


def somebody(number: int, *, telephone_only: bool = False) -> PersonIn:
    """One invented person for each number."""
    return PersonIn(
        given_name=f"Prénom{_letters(number)}",
        family_name=f"Nom{_letters(number)}",
        email="" if telephone_only else f"personne{number}@example.org",
        telephone=f"06 39 98 {number // 100:02d} {number % 100:02d}" if telephone_only else "",
    )


def signs_up(
    db: Session, event_id: int, number: int, *, now: datetime = NOW, telephone_only: bool = False, **more: object
) -> SignUpAnswer:
    """Person `number` signs up by the public form."""
    form = SignUp(
        event_id=event_id,
        channel=Channel.SELF,
        person=somebody(number, telephone_only=telephone_only),
        form_key=str(uuid4()),
    )
    return register(db, replace(form, **more), now=now)  # type: ignore[arg-type]


def states(db: Session, event_id: int) -> list[str]:
    """The state of each sign-up of the event, in order of arrival."""
    rows = db.exec(
        select(Registration.state).where(col(Registration.event_id) == event_id).order_by(col(Registration.id))
    )
    return [RegistrationState(state).value for state in rows]


def recount(db: Session, event_id: int) -> tuple[int, int]:
    """Places taken by the pool's counter, and by counting the sign-ups that hold one."""
    pool = db.get_one(SeatPool, the_event(db, event_id).pool_id, populate_existing=True)
    holding = db.exec(
        select(func.count())
        .select_from(Registration)
        .where(
            col(Registration.event_id) == event_id,
            col(Registration.session_id).is_(None),
            col(Registration.holds_seat).is_(True),
        )
    ).one()
    return pool.taken, holding


def _letters(number: int) -> str:
    """A number as letters: names hold no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
