"""Writing the rows of `exhibitors`: each tied to its company, known or new."""

from sqlmodel import Session

from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.tying import SeveralCompaniesFit
from alpes_events.fair.commands import add_exhibitor, the_exhibitor
from alpes_events.fair.refusals import ExhibitorThere
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.tying import find_company
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.event_import import listed_commune
from alpes_events.intake.fair_rows import ExhibitorRecord


def write_exhibitor(db: Session, desk: Desk, record: ExhibitorRecord) -> Outcome:
    """Add an exhibitor. Of the territory by its commune; a commune that is not listed is outside it. One that is there
    without its company gets it now.
    """
    event = desk.event(db, record.event)
    insee_code = listed_commune(db, record.place) if record.place.said else None
    elsewhere = record.place.said and insee_code is None
    draft = ExhibitorDraft(
        name=record.name,
        insee_code=insee_code,
        in_territory=False if elsewhere else record.in_territory,
        looking_for=record.looking_for,
    )
    outcome = Outcome.ADDED
    try:
        exhibitor_id = add_exhibitor(db, event.id, draft, now=desk.now, account_id=desk.account_id)
    except ExhibitorThere as there:
        exhibitor_id, outcome = there.exhibitor_id, Outcome.THERE
    _tie(db, desk, record, exhibitor_id, insee_code)
    return outcome


def _tie(db: Session, desk: Desk, record: ExhibitorRecord, exhibitor_id: int, insee_code: str | None) -> None:
    """The exhibitor's company; where several fit, the row is written all the same and the question is told."""
    exhibitor = the_exhibitor(db, exhibitor_id)
    if exhibitor.company_id is not None:
        return
    place = EstablishmentDraft(
        siret=record.siret,
        insee_code=insee_code,
        commune_name=record.place.name if insee_code is None else "",
        postal_code=record.place.postal_code,
    )
    try:
        find_company(db, exhibitor_id, place, now=desk.now, account_id=desk.account_id)
    except SeveralCompaniesFit as several:
        desk.warnings.append(("name", several.sentence))
