"""Which work contract the hours of a row are of: one that covers their month, or a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from sqlmodel import Session

from alpes_events.clause.eligibility.criteria import health_codes
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.terms import window_of
from alpes_events.hiring.projects import training_levels
from alpes_events.intake.hour_register import Register, employments_on
from alpes_events.intake.hour_rows import HourRecord
from alpes_events.intake.hour_things import SomeCompany, SomeContract, SomeEmployment, SomeLot, SomePerson
from alpes_events.people.situation import Situations
from alpes_matching.eligibility import eligible_until

_STILL_RUNNING = timedelta(days=75)
"""A contract whose hours go to the file's newest month, and that month is not older, has no end yet."""

_Key = tuple[int, int, int, int, object, date | None]


@dataclass
class Employments:
    """The work contracts on the lots of a file, and those that would be created."""

    known: Mapping[tuple[int, int], list[SomeEmployment]]
    made: list[SomeEmployment] = field(default_factory=list)
    _new: dict[_Key, SomeEmployment] = field(default_factory=dict)
    _last: dict[int, date] = field(default_factory=dict)
    _rows: dict[int, HourRecord] = field(default_factory=dict)

    @classmethod
    def on(cls, db: Session, register: Register, contracts: Iterable[SomeContract]) -> "Employments":
        """Those on all lots of these contracts."""
        lots = {lot.row.id: lot for contract in contracts for lot in contract.lots if lot.row.id is not None}
        return cls(employments_on(db, lots, register))

    def of(
        self, row: HourRecord, person: SomePerson, lot: SomeLot, company: SomeCompany, employer: SomeCompany | None
    ) -> SomeEmployment:
        """The work contract of a row's hours."""
        if person.id is not None and lot.row.id is not None:
            fitting = [
                one
                for one in self.known.get((person.id, lot.row.id), [])
                if one.company is company
                and (employer is None or one.employer in {None, employer})
                and (row.mode is None or one.mode in {None, row.mode})
                and one.covers(row.month)
                and _meet(one, row)
            ]
            if fitting:
                exact = [one for one in fitting if row.starts_on == one.starts_on]
                return (exact or fitting)[0]
        key = (id(person), id(lot), id(company), id(employer), row.mode, row.starts_on)
        if key not in self._new:
            begins = row.starts_on or row.month
            made = SomeEmployment(person, lot, company, employer, row.mode, begins, row.ends_on)
            self._new[key] = made
            self.made.append(made)
            self._rows[id(made)] = row
        made = self._new[key]
        if row.starts_on is None:
            made.starts_on = min(made.starts_on, row.month)
        made.criterion = made.criterion or row.criterion
        self._last[id(made)] = max(self._last.get(id(made), row.month), row.month)
        if row.ends_on is not None:
            made.ends_on = max(made.ends_on or row.ends_on, row.ends_on)
        return made

    def complete(self, db: Session, *, today: date, newest: date) -> None:
        """Give the new ones their days, and what is known of the person on the first."""
        for one in self.made:
            self._date(one, today=today, newest=newest)
        levels, health = (
            training_levels(db, {one.person.id for one in self.made if one.person.id is not None}),
            health_codes(db),
        )
        firsts = self._firsts()
        situations = Situations(db)
        for one in self.made:
            day = one.starts_on
            first = firsts[id(one.person), id(one.lot.contract)]
            months = one.lot.contract.row.eligibility_months
            one.columns = {
                "mode": one.mode,
                "rome_code": self._rows[id(one)].rome_code or None,
                "starts_on": day,
                "ends_on": one.ends_on,
                "criterion_code": HEALTH if one.criterion in health else one.criterion or None,
                "eligible_until": eligible_until(first, months=months),
                "commune_name": one.person.row.commune_name or "",
                "training_level": levels.get(one.person.id or 0),
                **asdict(situations.on(one.person.row, day)),
            }
            one.criterion = one.criterion if one.criterion in health else ""

    def _date(self, one: SomeEmployment, *, today: date, newest: date) -> None:
        """What no row gives: from the first of the first month, within the lot's dates, to the last month's end."""
        last = self._last[id(one)]
        if self._rows[id(one)].starts_on is None:
            first, until = window_of(one.lot.contract.row, one.lot.row)
            one.starts_on = max(one.starts_on, first) if until is None else min(max(one.starts_on, first), until)
        runs = last == newest and last_day(newest) + _STILL_RUNNING >= today
        if one.ends_on is None and not runs:
            one.ends_on = max(last_day(last), one.starts_on)

    def _firsts(self) -> dict[tuple[int, int], date]:
        """The first hire of each person on each contract."""
        told: dict[tuple[int, int], date] = {}
        known = (one for there in self.known.values() for one in there)
        for one in (*known, *self.made):
            key = (id(one.person), id(one.lot.contract))
            told[key] = min(told.get(key, one.starts_on), one.starts_on)
        return told


def _meet(one: SomeEmployment, row: HourRecord) -> bool:
    """Whether the days that a row gives and those of a work contract meet: else the row tells of another."""
    before = row.starts_on is not None and one.ends_on is not None and one.ends_on < row.starts_on
    return not before and (row.ends_on is None or one.starts_on <= row.ends_on)
