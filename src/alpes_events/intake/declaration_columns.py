"""Which column of a company's file says what: proposed by the likeness of its name, chosen once, remembered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from alpes_events.clause.declaring.roster import records_for
from alpes_events.clause.tables.declaration_rows import DeclarationColumns
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.intake.columns import Column, column
from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

_ALIKE_FROM = 85

COLUMNS: tuple[Column, ...] = (
    column("name", N_("Nom et prénom"), "salarié", "nom complet", "personne", "employé", "nom prénom", "agent"),
    column("family_name", N_("Nom"), "nom de famille", "nom salarié", "nom du salarié"),
    column("given_name", N_("Prénom"), "prénom salarié", "prénom du salarié"),
    column(
        "hours", N_("Heures"), "nb heures", "nombre d’heures", "heures travaillées", "heures réalisées", "total heures"
    ),
    column("month", N_("Mois"), "période", "mois travaillé", "mois de travail"),
    column("from_on", N_("Du"), "début", "date de début", "premier jour", "date début"),
    column("until_on", N_("Au"), "fin", "date de fin", "dernier jour", "date fin"),
    column("overtime", N_("Heures supplémentaires"), "heures sup", "hs"),
)
"""What a file may say; hours and a name are needed."""
FIELDS = {one.field: one for one in COLUMNS}


class ColumnsMissing(BadInput):
    """A mapping without hours, or without a name."""

    def __init__(self, field: str) -> None:
        text = (
            N_("Choisissez la colonne des heures.")
            if field == "hours"
            else N_("Choisissez la colonne du nom : « Nom et prénom », ou « Nom » et « Prénom ».")
        )
        super().__init__(text, field=field)


def proposed(headings: Sequence[str]) -> dict[str, int]:
    """For each field the position of the column that is named most like it; a column serves once."""
    scored = sorted(
        ((_likeness(one, heading), -at, one.field) for one in COLUMNS for at, heading in enumerate(headings)),
        reverse=True,
    )
    found: dict[str, int] = {}
    for score, at, field in scored:
        if score >= _ALIKE_FROM and field not in found and -at not in found.values():
            found[field] = -at
    if "family_name" in found and "given_name" not in found and "name" not in found:
        found["name"] = found.pop("family_name")  # « Nom » alone holds both
    return found


def remembered(db: Session, company_id: int, headings: Sequence[str]) -> dict[str, int] | None:
    """The columns as they were mapped for the company, when the file has every one of them."""
    asked = select(DeclarationColumns).where(col(DeclarationColumns.company_id).in_(records_for(db, company_id)))
    row = db.exec(asked.order_by(col(DeclarationColumns.mapped_at).desc())).first()
    if row is None:
        return None
    folded = [fold(heading) for heading in headings]
    known = {field: fold(str(heading)) for field, heading in row.columns.items() if field in FIELDS}
    if not known or any(folded.count(heading) != 1 for heading in known.values()):
        return None
    return {field: folded.index(heading) for field, heading in known.items()}


def remember(
    db: Session, company_id: int, headings: Sequence[str], columns: Mapping[str, int], *, now: datetime
) -> None:
    """The company's next file of this kind needs no mapping. Raises `ColumnsMissing`."""
    check_columns(columns)
    kept = standing_company(db, the_company(db, company_id)).id or 0
    row = db.get(DeclarationColumns, kept) or DeclarationColumns(company_id=kept, mapped_at=now)
    row.columns = {field: headings[at] for field, at in sorted(columns.items())}
    row.mapped_at = now
    db.add(row)
    db.flush()


def check_columns(columns: Mapping[str, int]) -> None:
    """Raises `ColumnsMissing`."""
    if "hours" not in columns:
        raise ColumnsMissing("hours")
    if "name" not in columns and not {"family_name", "given_name"} <= columns.keys():
        raise ColumnsMissing("name")


def _likeness(one: Column, heading: str) -> float:
    text = fold(heading)
    return max(fuzz.ratio(text, fold(name)) for name in (one.heading, one.field, *one.aliases)) if text else 0.0
