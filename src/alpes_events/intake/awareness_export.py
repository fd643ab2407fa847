"""Companies made aware as a sheet that can be imported again: one row for each day and subject, and nobody."""

from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from alpes_events.companies.awareness_rows import CompanyAwareness
from alpes_events.companies.company_views import CompanyView, companies_numbered
from alpes_events.companies.records import merged_companies
from alpes_events.companies.siret import shown_siret
from alpes_events.database.parts import parts
from alpes_events.intake.awareness_rows import AWARENESS_COLUMNS, SUBJECT_WORDS
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_, say


def awareness_sheet(db: Session, *, on: date, language: str) -> Sheet:
    """Every note that stands, the latest day first, under the company that stands for the one it was noted for."""
    merged = merged_companies()
    rows = db.exec(
        select(CompanyAwareness, func.coalesce(merged.c.kept_id, col(CompanyAwareness.company_id)))
        .outerjoin(merged, merged.c.id == col(CompanyAwareness.company_id))
        .where(col(CompanyAwareness.withdrawn_at).is_(None))
        .order_by(col(CompanyAwareness.held_on).desc(), col(CompanyAwareness.id))
    ).all()
    numbers = sorted({company_id for _note, company_id in rows})
    companies: dict[int, CompanyView] = {}
    for some in parts(numbers):
        companies |= {one.id: one for one in companies_numbered(db, some, on=on)}
    return Sheet(
        say(N_("Entreprises sensibilisées")).in_language(language),
        [one.heading for one in AWARENESS_COLUMNS],
        [_row(note, companies[company_id]) for note, company_id in rows],
    )


def _row(note: CompanyAwareness, company: CompanyView) -> list[Cell]:
    home = company.home
    return [
        company.name,
        shown_siret(home.siret) if home else "",
        (home.insee_code or "") if home else "",
        home.commune_name if home else "",
        home.postal_code if home else "",
        note.held_on,
        SUBJECT_WORDS[note.subject],
    ]
