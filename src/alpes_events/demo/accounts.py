"""The accounts of the demonstration: one of each role, with a password that is printed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.people.accounts import AccountIn, create_account
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Role, Sex

PASSWORD = "beffroi carillon gaufre"  # noqa: S105 (printed by the demonstration, for invented accounts only)
KNOWN = PersonIn(
    given_name="Camille",
    family_name="Delattre",
    email="candidate@example.org",
    telephone="06 39 98 99 99",
    insee_code="59328",
    sex=Sex.WOMAN,
    outside_priority_districts=True,
)
"""The candidate who has an account."""
EMPLOYER_EMAIL, EMPLOYER_NAME = "employeur@example.org", "Sylvie Vandamme"
"""The employer who has an account, and speaks for one of today's exhibitors."""


@dataclass(frozen=True)
class DemoAccount:
    """One account to try. Without a password: by a link or code, which the mailbox of the demonstration shows."""

    role: Role
    email: str
    name: str
    password: str | None


@dataclass(frozen=True)
class DemoAccounts:
    """Every account of the demonstration, in the order in which it prints them."""

    accounts: tuple[DemoAccount, ...]


_STAFF = (
    (Role.ADMINISTRATOR, "administration@example.org", "Odile Vermeulen", "ALPES"),
    (Role.COORDINATOR, "coordination@example.org", "Bastien Cordonnier", "Maison de l’Emploi"),
    (Role.ADVISOR, "conseil@example.org", "Nadège Lemahieu", "Mission Locale"),
    (Role.ADVISOR, "conseil.plie@example.org", "Karim Ouazzani", "PLIE"),
    (Role.ADVISOR, "conseil.partenaire@example.org", "Solène Prouvost", "Agence partenaire"),
    (Role.READER, "lecture@example.org", "Hélène Taffin", "Financeur"),
    (Role.FACILITATOR, "facilitation@example.org", "Yasmine Delattre", "Maison de l’Emploi"),
)
_DOOR = (Role.DOOR, "accueil@example.org", "Aminata Sow", "Maison de l’Emploi")


@dataclass(frozen=True)
class Staff:
    """Ids of the accounts that act in the story."""

    coordinator: int
    facilitator: int
    advisors: tuple[int, ...]


def add_staff(db: Session, *, now: datetime) -> Staff:
    """The accounts that the story needs from its first day."""
    made = [(role, _add(db, role, email, name, structure, now=now)) for role, email, name, structure in _STAFF]
    return Staff(
        coordinator=next(account_id for role, account_id in made if role is Role.COORDINATOR),
        facilitator=next(account_id for role, account_id in made if role is Role.FACILITATOR),
        advisors=tuple(account_id for role, account_id in made if role is Role.ADVISOR),
    )


def add_guests(db: Session, *, door_event_id: int, now: datetime) -> None:
    """The accounts that hang on the story: who keeps the door of one event, and a candidate."""
    role, email, name, structure = _DOOR
    _add(db, role, email, name, structure, now=now, event_id=door_event_id)
    candidate_id = find_or_create_candidate(db, KNOWN, now=now)
    named = f"{KNOWN.given_name} {KNOWN.family_name}"
    create_account(db, AccountIn(KNOWN.email, named, Role.CANDIDATE, candidate_id=candidate_id), now=now)


def demo_accounts() -> DemoAccounts:
    """What to print."""
    staff = [DemoAccount(role, email, name, PASSWORD) for role, email, name, _structure in (*_STAFF, _DOOR)]
    candidate = DemoAccount(Role.CANDIDATE, KNOWN.email, f"{KNOWN.given_name} {KNOWN.family_name}", None)
    employer = DemoAccount(Role.EMPLOYER, EMPLOYER_EMAIL, EMPLOYER_NAME, None)
    return DemoAccounts((*staff, candidate, employer))


def _add(
    db: Session, role: Role, email: str, name: str, structure: str, *, now: datetime, event_id: int | None = None
) -> int:
    account = AccountIn(email, name, role, password=PASSWORD, structure=structure, event_id=event_id)
    return create_account(db, account, now=now)
