"""Every figure of a year: what is counted from records, given, attested, and worked out from those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlmodel import Session

from alpes_events.reporting.answers import Answers
from alpes_events.reporting.attested_values import AttestedValue, attested_values
from alpes_events.reporting.columns import Columns
from alpes_events.reporting.counting import KINDS, collected, counted, members_of, people_of, rows_of
from alpes_events.reporting.definition import MEMBER, TARGET, Basis, Definition, Formula, Measure, Op, operand
from alpes_events.reporting.given import GIVEN
from alpes_events.reporting.operations import worked_out
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.reporting.sources import SOURCES
from alpes_events.statistics.year_report import YearReport

_Counted = tuple[Fraction | None, int | None, int | None]
"""A value, its records, and the persons whom these name."""
_Read = tuple[tuple[str, tuple[str, ...]], ...]
"""Which kinds or schemes are read of a source; nothing: all of it."""


@dataclass(frozen=True)
class ReportFigure:
    """A figure of a year. `value` is exact; None is « not recorded ». `rows` are how many records stand behind it, and
    `people` how many different persons these name (None: not known here).
    """

    id: str
    definition: Definition
    member: str
    value: Fraction | None
    rows: int | None
    people: int | None = None

    @property
    def printed(self) -> Decimal | None:
        """The value as it is printed: rounded half up to the digits of its definition."""
        return None if self.value is None else rounded(self.value, self.definition.digits)


def rounded(value: Fraction, digits: int) -> Decimal:
    """Half up, away from nothing."""
    step = Decimal(1).scaleb(-digits)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(step, rounding=ROUND_HALF_UP)


class Evaluation:
    """The figures of a year and of those before it that it asks for, of one moment; each source is read once a year.

    `sparing`: for who asks for a few figures, only the kinds and schemes that each counts are read.
    """

    def __init__(self, db: Session, catalogue: Mapping[str, Definition], *, sparing: bool = False) -> None:
        self.rows = SharedRows(db)
        self.catalogue = catalogue
        self._sparing = sparing
        self._columns: dict[tuple[str, int, _Read], Columns] = {}
        self._answers: dict[tuple[str, int], Answers] = {}
        self._attested: dict[int, Mapping[str, AttestedValue]] = {}
        self._figures: dict[tuple[str, str, int], ReportFigure] = {}

    def of_year(self, year: int) -> dict[str, ReportFigure]:
        """Every figure of the year by its id, in the order of the catalogue."""
        return {one.id: one for rule in self.catalogue.values() for one in self.of_definition(rule, year)}

    def of_definition(self, definition: Definition, year: int) -> list[ReportFigure]:
        """The figure of a definition, or those of each member of its list."""
        members = self.members(definition, year) if definition.has_members else ("",)
        return [self.figure(definition, one, year) for one in members]

    def figure(self, definition: Definition, member: str, year: int) -> ReportFigure:
        """One figure."""
        key = (definition.id, member, year)
        if key not in self._figures:
            counted = self._value(definition, member, year)
            self._figures[key] = ReportFigure(definition.named(member), definition, member, *counted)
        return self._figures[key]

    def members(self, definition: Definition, year: int) -> Sequence[str]:
        """The members of the list that a definition stands for, in that year."""
        if definition.members == "territory":
            return self.rows.of_territory(year)
        if definition.formula is not None:
            return self._members_of_formula(definition.formula, year)
        if definition.basis is Basis.ATTESTED:
            before, after = definition.id.split(MEMBER)
            known = (one for one in self.attested(year) if not one.endswith(TARGET))
            names = (one for one in known if one.startswith(before) and one.endswith(after))
            return sorted(name[len(before) : len(name) - len(after)] for name in names)
        if definition.measure is Measure.GIVEN:
            answers = self._answers_of(definition.source, year)
            return [member for name, member in answers if name == definition.given]
        return members_of(self._counted_in(definition, year), definition)

    def columns(self, source: str, year: int) -> Columns:
        """The records of a source in a year."""
        return self._read(source, year, ())

    def attested(self, year: int) -> Mapping[str, AttestedValue]:
        """What was attested of a year, by figure."""
        if year not in self._attested:
            self._attested[year] = attested_values(self.rows.db, year)
        return self._attested[year]

    def report(self, year: int) -> YearReport | None:
        """The statistics of a year as last compiled; None when they never were."""
        return self.rows.report(year)

    def rows_behind(self, definition: Definition, member: str, year: int) -> list[tuple[int, int]]:
        """The ids and quantities of the rows of its source that make a counted figure, in order of person and day.

        Only what its conditions ask is read, so that one figure opens fast in a year of many records.
        """
        columns = self._spared(definition, year)
        mask = rows_of(columns, definition, member)
        return list(zip(columns.ids[mask].tolist(), columns.quantities[mask].tolist(), strict=True))

    def _value(self, definition: Definition, member: str, year: int) -> _Counted:
        if definition.formula is not None:
            return self._worked_out(definition.formula, member, year), None, None
        if definition.basis is Basis.ATTESTED:
            attested = self.attested(year).get(definition.named(member))
            return (None, None, None) if attested is None else (*attested.told(definition), None)
        if definition.measure is Measure.GIVEN:
            given = self._answers_of(definition.source, year).get((definition.given, member))
            if given is None or given.value is None:
                return None, None, None
            return given.value / Fraction(str(definition.per)), given.rows, None
        columns = self._counted_in(definition, year)
        if not collected(columns, definition):
            return None, None, None
        mask = rows_of(columns, definition, member)
        return counted(columns, definition, mask), int(mask.sum()), people_of(columns, mask)

    def _worked_out(self, formula: Formula, member: str, year: int) -> Fraction | None:
        if formula.op is Op.SUM_EACH:
            return self._sum_each(formula, year)
        if formula.op is Op.PREVIOUS:
            return self._operand(formula.of[0], member, year - 1)
        values = [self._operand(one, member, year) for one in formula.of]
        if formula.op is Op.CHANGE:
            values.append(self._operand(formula.of[0], member, year - 1))
        known = [value for value in values if value is not None]
        return worked_out(formula.op, known) if len(known) == len(values) else None

    def _sum_each(self, formula: Formula, year: int) -> Fraction | None:
        definition = self.catalogue[str(formula.of[0])]
        values = [self.figure(definition, one, year).value for one in self.members(definition, year)]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(values) else None

    def _operand(self, one: str | Formula, member: str, year: int) -> Fraction | None:
        if isinstance(one, Formula):
            return self._worked_out(one, member, year)
        meant = operand(self.catalogue, one, member)
        return None if meant is None else self.figure(*meant, year).value

    def _members_of_formula(self, formula: Formula, year: int) -> Sequence[str]:
        for name, earlier in formula.names():
            if MEMBER in name:
                return self.members(self.catalogue[name], year - 1 if earlier else year)
        return ()

    def _counted_in(self, definition: Definition, year: int) -> Columns:
        return self._spared(definition, year) if self._sparing else self.columns(definition.source, year)

    def _spared(self, definition: Definition, year: int) -> Columns:
        """The records among which a definition counts, or all of its source where those are read already."""
        if (definition.source, year, ()) in self._columns:
            return self.columns(definition.source, year)
        asked = ((name, tuple(words)) for name, words in definition.where.items() if name in KINDS)
        return self._read(definition.source, year, tuple(sorted(asked)))

    def _read(self, source: str, year: int, narrow: _Read) -> Columns:
        key = (source, year, narrow)
        if key not in self._columns:
            self._columns[key] = SOURCES[source](self.rows, year, dict(narrow))
        return self._columns[key]

    def _answers_of(self, source: str, year: int) -> Answers:
        if (source, year) not in self._answers:
            self._answers[source, year] = GIVEN[source](self.rows, year)
        return self._answers[source, year]
