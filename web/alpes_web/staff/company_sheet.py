"""Companies as a sheet: one row each, with nobody's name."""

from collections.abc import Iterable

from alpes_events.companies.company_views import CompanyView
from alpes_events.companies.double_queries import DoubleView
from alpes_events.companies.draft import shown_naf
from alpes_events.companies.listing import CompanyLine
from alpes_events.companies.siret import shown_siret
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_web.company_words import SIAE_KINDS, SIZES
from alpes_web.languages import translated

_HEADING = (
    N_("Entreprise"),
    N_("SIREN"),
    N_("SIRET"),
    N_("NAF"),
    N_("Taille"),
    N_("Structure d’insertion"),
    N_("Adresse"),
    N_("Code postal"),
    N_("Commune"),
    N_("Du territoire"),
    N_("Site"),
    N_("Activité"),
    N_("Contacts"),
)


def company_sheet(lines: Iterable[CompanyLine]) -> Sheet:
    """The companies, each with the place where it is said to be."""
    return Sheet(translated(N_("Entreprises")), [translated(title) for title in _HEADING], [_row(one) for one in lines])


def _row(line: CompanyLine) -> list[Cell]:
    company, home = line.company, line.company.home
    inside = {True: translated(N_("oui")), False: translated(N_("non")), None: ""}[company.in_territory]
    return [
        company.name,
        company.siren or "",
        shown_siret(home.siret) if home else "",
        shown_naf(company.naf),
        translated(SIZES[company.size]) if company.size else "",
        translated(SIAE_KINDS[company.siae_kind]) if company.siae_kind else "",
        home.address if home else "",
        home.postal_code if home else "",
        home.commune_name if home else "",
        inside,
        company.website,
        company.activity,
        line.contact_count,
    ]


_DOUBLES = (
    N_("Une fiche"),
    N_("SIREN"),
    N_("Commune"),
    N_("Une autre"),
    N_("SIREN de l’autre"),
    N_("Commune de l’autre"),
)


def double_sheet(doubles: Iterable[DoubleView]) -> Sheet:
    """Pairs of companies that may be one."""
    rows = [[*_side(one.first), *_side(one.second)] for one in doubles]
    return Sheet(translated(N_("Entreprises en double")), [translated(title) for title in _DOUBLES], rows)


def _side(company: CompanyView) -> list[Cell]:
    return [company.name, company.siren or "", company.home.commune_name if company.home else ""]
