"""Writing the rows of `awareness`: each with its company, known or new."""

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import local_day
from alpes_events.companies.awareness import note_awareness
from alpes_events.companies.awareness_rows import CompanyAwareness
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.queries import records_of_company
from alpes_events.companies.tying import tie_company
from alpes_events.intake.awareness_rows import AwarenessRecord
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.event_import import listed_commune


def write_awareness(db: Session, desk: Desk, record: AwarenessRecord) -> Outcome:
    """Note that a company was made aware. A note that is there stays, and one that was taken back is not made again."""
    insee_code = listed_commune(db, record.place) if record.place.said else None
    place = EstablishmentDraft(
        siret=record.siret,
        insee_code=insee_code,
        commune_name=record.place.name if insee_code is None else "",
        postal_code=record.place.postal_code,
    )
    company_id = tie_company(db, record.name, place, now=desk.now, account_id=desk.account_id)
    if _is_there(db, company_id, record):
        return Outcome.THERE
    note_awareness(
        db,
        company_id,
        record.subject,
        record.held_on,
        today=local_day(desk.now, desk.zone),
        now=desk.now,
        account_id=desk.account_id,
    )
    return Outcome.ADDED


def _is_there(db: Session, company_id: int, record: AwarenessRecord) -> bool:
    same = select(CompanyAwareness.id).where(
        col(CompanyAwareness.company_id).in_(records_of_company(db, company_id)),
        CompanyAwareness.subject == record.subject,
        CompanyAwareness.held_on == record.held_on,
    )
    return db.exec(same).first() is not None
