"""Writing the rows of `tables`: each opens a table of an exhibitor of the event, once."""

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.companies.models import Establishment
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.siret import clean_siret
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.intake.desk import Desk, Outcome, Unfound
from alpes_events.intake.interview_table_rows import TableRecord
from alpes_events.interviews.clock import minute_of
from alpes_events.interviews.table import TableDraft, check_table
from alpes_events.interviews.table_queries import tables_of
from alpes_events.interviews.tables import open_event, open_table
from alpes_events.interviews.times import length
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_


def write_table(db: Session, desk: Desk, record: TableRecord) -> Outcome:
    """Open a table. The same row twice in a file is two tables; the file a second time opens none."""
    event = open_event(db, desk.event(db, record.event).id, now=desk.now)
    exhibitor_id = _exhibitor(db, event.id or 0, record)
    draft = check_table(_draft(desk, event, record), event_minutes=length(event))
    place = ("table", exhibitor_id, draft)
    desk.occurrences[place] += 1
    alike = [one for one in tables_of(db, [exhibitor_id]).get(exhibitor_id, ()) if _is_like(one.draft, draft)]
    if len(alike) >= desk.occurrences[place]:
        return Outcome.THERE
    open_table(db, exhibitor_id, draft, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED


def _draft(desk: Desk, event: Event, record: TableRecord) -> TableDraft:
    return TableDraft(
        opens=minute_of(event, record.opens, desk.zone, field="opens"),
        closes=minute_of(event, record.closes, desk.zone, field="closes"),
        minutes=record.minutes,
        breaks=tuple(
            (
                minute_of(event, start, desk.zone, field="breaks"),
                minute_of(event, end, desk.zone, field="breaks"),
            )
            for start, end in record.breaks
        ),
        name=record.name,
    )


def _is_like(there: TableDraft, wanted: TableDraft) -> bool:
    """Whether the table that is there is the one wanted; a name that is not given does not matter."""
    return there == TableDraft(wanted.opens, wanted.closes, wanted.minutes, wanted.breaks, wanted.name or there.name)


def _exhibitor(db: Session, event_id: int, record: TableRecord) -> int:
    """The exhibitor of a row who comes to the event. Raises `Unfound`."""
    come = (col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    rows = db.exec(select(Exhibitor).where(*come).order_by(col(Exhibitor.id))).all()
    siret = clean_siret(record.siret)
    if siret:
        companies = _companies(db, siret)
        found = [row for row in rows if row.company_id in companies]
    else:
        found = [row for row in rows if fold(row.name) == fold(record.exhibitor)]
    if len(found) > 1:
        text = N_("Plusieurs exposants de cet événement sont « %(name)s » : donnez le SIRET, ou un autre nom à l’un.")
        raise Unfound(text, field="exhibitor", name=(record.exhibitor or record.siret)[:80])
    if not found:
        text = N_("« %(name)s » n’expose pas à cet événement : ajoutez d’abord cet exposant.")
        raise Unfound(text, field="siret" if siret else "exhibitor", name=(record.exhibitor or record.siret)[:80])
    return found[0].id or 0


def _companies(db: Session, siret: str) -> set[int]:
    """Every record of the company that has an establishment of this SIRET."""
    owners = db.exec(select(Establishment.company_id).where(col(Establishment.siret) == siret)).all()
    standing = {standing_company(db, the_company(db, one)).id or 0 for one in owners}
    return {record for one in standing for record in records_of_company(db, one)}
