"""Which company an exhibitor is: found again by its name and commune, or chosen by a coordinator.

An exhibitor that is a company's has a link of its own, and stands in the space of whoever speaks for that company.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.reference import new_reference
from alpes_events.companies.company_views import CompanyView, companies_numbered
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.models import CompanyContact
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.tying import fitting_companies, tie_company
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.models import Exhibitor
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind


def find_company(
    db: Session, exhibitor_id: int, place: EstablishmentDraft, *, now: datetime, account_id: int | None
) -> None:
    """Tie an exhibitor to the company of its name in this place, a new one where none fits; one that is tied stays so.

    Raises `SeveralCompaniesFit`, and what `tie_company` refuses; the exhibitor is then no company's.
    """
    exhibitor = the_exhibitor(db, exhibitor_id)
    if exhibitor.company_id is None:
        company_id = tie_company(db, exhibitor.name, place, now=now, account_id=account_id)
        tie_exhibitor(db, exhibitor_id, company_id, now=now, account_id=account_id)


def tie_exhibitor(db: Session, exhibitor_id: int, company_id: int, *, now: datetime, account_id: int | None) -> None:
    """The exhibitor is this company's, written to at its first contact who has an address. Raises `UnknownCompany`."""
    exhibitor = the_exhibitor(db, exhibitor_id)
    company = standing_company(db, the_company(db, company_id))
    if exhibitor.company_id == company.id:
        return
    exhibitor.company_id, exhibitor.contact_id = company.id, _first_contact(db, company.id or 0)
    exhibitor.reference = exhibitor.reference or new_reference()
    db.add(exhibitor)
    db.flush()
    subject = ("exhibitor", exhibitor_id)
    facts: dict[str, Fact] = {"event_id": exhibitor.event_id, "changed": ["company_id"]}
    record(db, EntryKind.STAND_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)


def give_links(db: Session, *, now: datetime) -> int:
    """Give the stands that were a company's before stands had links of their own what `tie_exhibitor` gives: a link,
    and to those of an event that is not over whom to write to. Gives how many there were.
    """
    rows = db.exec(
        select(Exhibitor, Event.ends_at)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Exhibitor.company_id).is_not(None), col(Exhibitor.reference).is_(None))
    ).all()
    for row, ends_at in rows:
        row.reference = new_reference()
        if row.contact_id is None and now < ends_at:
            company = standing_company(db, the_company(db, row.company_id or 0))
            row.contact_id = _first_contact(db, company.id or 0)
        db.add(row)
    db.flush()
    return len(rows)


def company_and_others(
    db: Session, exhibitor_id: int, *, today: date
) -> tuple[CompanyView | None, tuple[CompanyView, ...]]:
    """The company that an exhibitor is, and the others that it could be by its name and commune."""
    row = the_exhibitor(db, exhibitor_id)
    own = None if row.company_id is None else standing_company(db, the_company(db, row.company_id)).id
    fitting = fitting_companies(db, row.name, EstablishmentDraft(insee_code=row.insee_code))
    numbers = {own or 0, *(one.id or 0 for one in fitting)} - {0}
    views = {one.id: one for one in companies_numbered(db, numbers, on=today)}
    return views.get(own or 0), tuple(one for number, one in views.items() if number != own)


def _first_contact(db: Session, company_id: int) -> int | None:
    return db.exec(
        select(CompanyContact.id)
        .where(
            col(CompanyContact.company_id).in_(records_of_company(db, company_id)),
            col(CompanyContact.email).is_not(None),
            col(CompanyContact.left_at).is_(None),
            col(CompanyContact.erased_at).is_(None),
        )
        .order_by(col(CompanyContact.id))
    ).first()
