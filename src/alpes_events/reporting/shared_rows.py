"""What several sources and years of the report are read beside: each asked once."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from alpes_events.clause.tally.facts import Facts, read_facts
from alpes_events.companies.models import Company
from alpes_events.hiring.models import RecruitmentOperation
from alpes_events.pathways.models import EnrolmentCriterion, ReservedCriterion
from alpes_events.people.records import merged_records
from alpes_events.statistics.queries import Wanted
from alpes_events.statistics.year_report import NotCompiled, YearReport, year_report
from alpes_events.territory.models import Commune
from alpes_events.territory.queries import territory_members


class SharedRows:
    """A session and what was read by it: it stands for one moment, and is not kept longer."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self._reports: dict[tuple[int, Wanted | None], YearReport | None] = {}
        self._hours: dict[int, Facts] = {}
        self._territory: dict[int, Sequence[str]] = {}

    def ask(self, question: Any) -> Any:
        """The rows that answer, as columns."""
        return self.db.connection().execute(question)

    @cached_property
    def kept(self) -> Mapping[int | None, int]:
        """The record that stands for each that was merged."""
        merged = merged_records()
        return {row[0]: row[1] for row in self.ask(columns_of(merged.c.id, merged.c.kept_id))}

    @cached_property
    def communes(self) -> Mapping[str | None, str]:
        """The name of each commune by its code, in order of names."""
        asked = columns_of(col(Commune.insee_code), col(Commune.name)).order_by(col(Commune.search_name))
        return {row[0]: row[1] for row in self.ask(asked)}

    @cached_property
    def criteria(self) -> Sequence[tuple[int, str]]:
        """Each enrolment with each of its criteria, those of health among them."""
        plain, reserved = (
            columns_of(col(table.enrolment_id), col(table.code)) for table in (EnrolmentCriterion, ReservedCriterion)
        )
        return [(row[0], row[1]) for row in self.ask(plain.union_all(reserved))]

    @cached_property
    def recruiters(self) -> Mapping[int, str]:
        """Who recruits, by recruitment operation."""
        asked = columns_of(col(RecruitmentOperation.id), col(Company.name)).join(
            Company, col(Company.id) == col(RecruitmentOperation.company_id)
        )
        return {row[0]: row[1] for row in self.ask(asked)}

    def report(self, year: int, only: Wanted | None = None) -> YearReport | None:
        """The statistics of a year as last compiled, `only` with some of its figures; None when they never were."""
        if only is not None and (year, None) in self._reports:
            return self._reports[year, None]
        if (year, only) not in self._reports:
            try:
                self._reports[year, only] = year_report(self.db, year, only=only)
            except NotCompiled:
                self._reports[year, only] = None
        return self._reports[year, only]

    def hours(self, year: int) -> Facts:
        """The hours of the social clause in a year."""
        if year not in self._hours:
            self._hours[year] = read_facts(self.db, year)
        return self._hours[year]

    def of_territory(self, year: int) -> Sequence[str]:
        """The names of the communes of the territory at the end of a year."""
        if year not in self._territory:
            codes = territory_members(self.db, on=date(year, 12, 31))
            self._territory[year] = [name for code, name in self.communes.items() if code in codes]
        return self._territory[year]
