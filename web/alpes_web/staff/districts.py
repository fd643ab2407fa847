"""The priority districts (QPV) that an advisor may note for a person."""

from datetime import date

from sqlmodel import Session, col, or_, select

from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune, PriorityDistrict

UNKNOWN = ""
NONE_OF_THEM = "none"


def district_choices(db: Session, *, today: date) -> list[tuple[str, str]]:
    """« Non relevé », « Hors quartier prioritaire », then the districts of the list that counts today, by commune."""
    rows = db.exec(
        select(PriorityDistrict, Commune.name)
        .join(Commune, col(PriorityDistrict.insee_code) == col(Commune.insee_code))
        .where(
            col(PriorityDistrict.from_on) <= today,
            or_(col(PriorityDistrict.until_on).is_(None), col(PriorityDistrict.until_on) > today),
        )
        .order_by(col(Commune.name), col(PriorityDistrict.name))
    )
    districts = [(district.code, f"{commune} : {district.name}") for district, commune in rows]
    return [(UNKNOWN, N_("Non relevé")), (NONE_OF_THEM, N_("Hors quartier prioritaire")), *districts]
