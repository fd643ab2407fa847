"""A person's situation on one day, as an act of that day keeps it: commune, territory, QPV, sex, age band."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.territory.queries import communes_of_postal_code, district_counts_on, territory_members

_BANDS = ((18, AgeBand.UNDER_18), (26, AgeBand.FROM_18_TO_25), (50, AgeBand.FROM_26_TO_49))


@dataclass(frozen=True)
class Situation:
    """The columns of the same names of `attendance.models.Registration`. None: not known."""

    insee_code: str | None
    in_territory: bool | None
    in_priority_district: bool | None
    sex: Sex | None
    age_band: AgeBand | None


class Situations:
    """`situation_on` for many people: what the territory says of a day, and of a district, is asked once."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._members: dict[date, frozenset[str]] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._districts: dict[tuple[str, date], bool] = {}

    def on(self, candidate: Candidate, day: date) -> Situation:
        """What is known of `candidate` on a day (the local day of the act)."""
        return Situation(
            insee_code=candidate.insee_code,
            in_territory=self._in_territory(candidate, day),
            in_priority_district=self._in_priority_district(candidate, day),
            sex=candidate.sex,
            age_band=age_band_on(candidate.birth_on, on=day),
        )

    def _in_territory(self, candidate: Candidate, day: date) -> bool | None:
        """A commune that is not listed, or abroad, is known to be outside; only nothing said is not known."""
        if day not in self._members:
            self._members[day] = territory_members(self._db, on=day)
        if candidate.insee_code is not None:
            return candidate.insee_code in self._members[day]
        if candidate.commune_name:
            return False
        if not candidate.postal_code:
            return None
        return None if self._of_postal_code(candidate.postal_code) & self._members[day] else False

    def _of_postal_code(self, code: str) -> frozenset[str]:
        if code not in self._codes:
            self._codes[code] = frozenset(view.insee_code for view in communes_of_postal_code(self._db, code))
        return self._codes[code]

    def _in_priority_district(self, candidate: Candidate, day: date) -> bool | None:
        """Declared or attested, with its generation: a district of another list says nothing of this day's."""
        code = candidate.priority_district
        if code is None:
            return False if candidate.outside_priority_districts else None
        if (code, day) not in self._districts:
            self._districts[code, day] = district_counts_on(self._db, code, on=day)
        return True if self._districts[code, day] else None


def situation_on(db: Session, candidate: Candidate, *, on: date) -> Situation:
    """What is known of `candidate` on the day `on` (the local day of the act)."""
    return Situations(db).on(candidate, on)


def age_on(birth_on: date, *, on: date) -> int:
    """Whole years of age on a day; someone born on 29 February gets a year older on 1 March."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def age_band_on(birth_on: date | None, *, on: date) -> AgeBand | None:
    """The age band on a day; None when the birth date is not known."""
    if birth_on is None:
        return None
    age = age_on(birth_on, on=on)
    return next((band for below, band in _BANDS if age < below), AgeBand.FROM_50)
