"""Companies of the demonstration: those of its exhibitors, their contacts, and who speaks for one."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session, col, select, update

from alpes_events.agenda.models import Event
from alpes_events.companies.commands import add_company, find_or_add_company
from alpes_events.companies.company_views import company_view
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.employer_account import employer_account
from alpes_events.companies.models import CompanySize, ContactRole
from alpes_events.companies.speakers import ask_to_speak, speak_by_invitation
from alpes_events.demo.accounts import EMPLOYER_EMAIL
from alpes_events.demo.companies import home_of
from alpes_events.demo.employer_space import furnish_space
from alpes_events.demo.scene import Scene
from alpes_events.fair.models import Exhibitor, StandCall
from alpes_events.journal.commands import old_news

_SPEAKER = ContactDraft(
    "Vandamme", "Sylvie", EMPLOYER_EMAIL, telephone="06 39 98 95 01", role=ContactRole.HUMAN_RESOURCES
)
_CONTACTS = (
    ContactDraft("Lefebvre", "Thomas", "t.lefebvre@recrute.example", "06 39 98 95 02", ContactRole.RECRUITER),
    ContactDraft("Benali", "Inès", "ines.benali@recrute.example", role=ContactRole.COMMUNICATION),
    ContactDraft("Dhaene", "Luc", telephone="06 39 98 95 03", role=ContactRole.MANAGER),
)
_SIZES = (None, *(size for size in CompanySize if size is not CompanySize.NONE))
_MONTHS = timedelta(days=200)
_ASKER = "recrutement@flandre.example"


def add_employers(db: Session, scene: Scene) -> None:
    """The companies of the exhibitors, with what waits for a decision: a request to speak for one, and a double."""
    with old_news(db):
        for (name, insee_code), exhibitor_ids in _exhibitors(db, scene).items():
            company_id = find_or_add_company(
                db,
                CompanyDraft(name, size=scene.random.choice(_SIZES)),
                EstablishmentDraft(insee_code=insee_code or home_of(name, scene.members)),
                now=scene.now - timedelta(days=scene.random.randrange(60, 700)),
                account_id=scene.coordinator,
            )
            db.execute(update(Exhibitor).where(col(Exhibitor.id).in_(exhibitor_ids)).values(company_id=company_id))
    db.expire_all()
    first, *others = _of_these_days(db, scene)
    add_contact(db, first, _SPEAKER, now=scene.now, account_id=scene.coordinator)
    speaker = employer_account(db, EMPLOYER_EMAIL, now=scene.now, account_id=scene.coordinator)
    speak_by_invitation(db, first, speaker, now=scene.now, account_id=scene.coordinator)
    furnish_space(db, scene, speaker)
    for company_id, draft in zip(others, _CONTACTS, strict=False):
        add_contact(db, company_id, draft, now=scene.now, account_id=scene.coordinator)
    asker = employer_account(db, _ASKER, name="Maud Flandrin", now=scene.now, account_id=None)
    ask_to_speak(db, others[0], asker_id=asker, now=scene.now)
    _write_twice(db, others, scene)


def _exhibitors(db: Session, scene: Scene) -> dict[tuple[str, str | None], list[int]]:
    """The exhibitors that no company asked for itself, by name and commune, in the order of their stands: of these
    months, then of the salon of 2023.
    """
    found: dict[tuple[str, str | None], list[int]] = {}
    alone = col(Exhibitor.company_id).is_(None)
    lately = col(Event.starts_at) > scene.now - _MONTHS
    rows = db.exec(
        select(Exhibitor)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(alone, lately | col(Event.id).in_(select(StandCall.event_id)))
        .order_by(lately.desc(), col(Exhibitor.id))
    )
    for row in rows:
        found.setdefault((row.name, row.insee_code), []).append(row.id or 0)
    return found


def _of_these_days(db: Session, scene: Scene) -> list[int]:
    """The companies with a stand today, then those of the coming days, then of the past."""
    rows = db.exec(
        select(Exhibitor.company_id, Event.starts_at)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .order_by(col(Exhibitor.id))
    ).all()
    near = sorted(rows, key=lambda row: abs(row[1] - scene.now))
    return list(dict.fromkeys(company_id for company_id, _starts_at in near if company_id is not None))


def _write_twice(db: Session, company_ids: Iterable[int], scene: Scene) -> None:
    """One of these companies whose commune is known, again, as somebody heard its name on the telephone."""
    views = (company_view(db, one, on=scene.now.date()) for one in company_ids)
    company, place = next((view, view.home) for view in views if view.home is not None)
    again = CompanyDraft(f"{company.name}s (SARL)")
    at = EstablishmentDraft(insee_code=place.insee_code)
    add_company(db, again, at, now=scene.now, account_id=scene.coordinator)
