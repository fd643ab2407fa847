"""The companies as a sheet that can be imported again: one row each, with the place where it is, and nobody."""

from datetime import date
from functools import partial

from sqlmodel import Session

from alpes_events.companies.company_choice import CompanyChoice
from alpes_events.companies.draft import shown_naf
from alpes_events.companies.listing import CompanyLine, listed_companies
from alpes_events.companies.models import CompanySize
from alpes_events.companies.siret import shown_siret
from alpes_events.database.page import every_row
from alpes_events.intake.company_rows import COMPANY_COLUMNS
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_, say

_FIELDS = ("name", "siret", "naf", "size", "siae_kind", "insee_code", "commune_name", "postal_code", "address")
_SAID = ("website", "activity")
_SIZES = {
    CompanySize.NONE: "0",
    CompanySize.FROM_1_TO_9: "1 à 9",
    CompanySize.FROM_10_TO_49: "10 à 49",
    CompanySize.FROM_50_TO_249: "50 à 249",
    CompanySize.FROM_250: "250 et plus",
}
"""As an import reads them."""


def companies_sheet(db: Session, *, on: date, language: str) -> Sheet:
    """Every company that stands, by name."""
    headings = {one.field: one.heading for one in COMPANY_COLUMNS}
    lines = every_row(partial(listed_companies, db, CompanyChoice(), on=on))
    name = say(N_("Entreprises")).in_language(language)
    return Sheet(name, [headings[field] for field in (*_FIELDS, *_SAID)], [_row(line) for line in lines])


def _row(line: CompanyLine) -> list[Cell]:
    company, home = line.company, line.company.home
    return [
        company.name,
        shown_siret(home.siret) if home else "",
        shown_naf(company.naf),
        _SIZES[company.size] if company.size else "",
        company.siae_kind.value.upper() if company.siae_kind else "",
        (home.insee_code or "") if home else "",
        home.commune_name if home else "",
        home.postal_code if home else "",
        home.address if home else "",
        company.website,
        company.activity,
    ]
