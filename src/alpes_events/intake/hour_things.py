"""What rows of hours are about: things that are there, or (`id` None until then) that the import would create."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentMode
from alpes_events.intake.hour_rows import HourRecord
from alpes_events.people.models import Candidate


@dataclass(eq=False, slots=True)
class SomePerson:
    """A person; `row` is their record, or what it will be."""

    row: Candidate
    id: int | None = None


@dataclass(eq=False, slots=True)
class SomeCompany:
    """A company, with its name as the file first wrote it."""

    name: str
    core: str
    siret: str = ""
    id: int | None = None


@dataclass(eq=False, slots=True)
class SomeContract:
    """A public contract; `said` is the row that described it first, when it is new."""

    row: PublicContract
    said: HourRecord | None = None
    lots: list["SomeLot"] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    sequence: int = 0

    @property
    def id(self) -> int | None:
        """Its id, once it is stored."""
        return self.row.id


@dataclass(eq=False, slots=True)
class SomeLot:
    """A lot, with the companies that are on it, and those to add."""

    row: ClauseLot
    contract: SomeContract
    companies: set[int] = field(default_factory=set)
    joining: list[SomeCompany] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class SomeEmployment:
    """A work contract; `columns` are those of its row, when it is new, and `employer_id` what the stored row says: a
    record that was merged since stands there all the same.
    """

    person: SomePerson
    lot: SomeLot
    company: SomeCompany
    employer: SomeCompany | None
    mode: EmploymentMode | None
    starts_on: date
    ends_on: date | None
    id: int | None = None
    employer_id: int | None = None
    criterion: str = ""
    columns: dict[str, Any] = field(default_factory=dict)

    def covers(self, month: date) -> bool:
        """Whether hours of that month may be those of this contract."""
        return self.starts_on.replace(day=1) <= month and (self.ends_on is None or month <= self.ends_on)


@dataclass(frozen=True, slots=True)
class ToWrite:
    """Hours to write for a row; `there`: what the ledger has, to be taken back first."""

    line: int
    employment: SomeEmployment
    month: date
    minutes: int
    there: int = 0
