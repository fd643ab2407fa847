"""What the page of one figure of the report shows: the figure, its years as bars, its months, its rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from alpes_events.reporting.behind import opens
from alpes_events.reporting.definition import Basis, Definition, Measure, operand
from alpes_events.reporting.evaluating import Evaluation, ReportFigure, rounded
from alpes_events.reporting.hiding import hidden_around
from alpes_events.reporting.naming import any_member, called, whole_labels
from alpes_events.reporting.numbers import read, read_as
from alpes_events.reporting.one_figure import figure_over_time
from alpes_events.reporting.published import Hidden
from alpes_events.reporting.refusals import UnknownFigure
from alpes_events.reporting.targets import reached, targets_of
from alpes_events.reporting.words import word_said
from alpes_web.languages import language
from alpes_web.staff.report_rule_words import FormulaPart, RuleLine, formula_part, rule_lines

_WIDEST, _CENTS = 100, 2


@dataclass(frozen=True)
class Bar:
    """A value of a year or month: in words, and how long its bar is, in percent (None: not known)."""

    when: str
    words: str
    width: float | None


@dataclass(frozen=True)
class Operand:
    """A figure that another rests on."""

    name: str
    label: str
    words: str


@dataclass(frozen=True)
class FigurePage:
    """One figure as its page shows it. `hidden`: it is of too few people for this visitor; `missing`: the months that
    nobody attested; `target` is what it is to reach, and `reached` how much of it, in words (« »: not known).
    """

    figure: ReportFigure
    label: str
    words: str
    hidden: bool
    years: Sequence[Bar]
    months: Sequence[Bar]
    missing: Sequence[str]
    rule: Sequence[RuleLine]
    formula: FormulaPart | None
    operands: Mapping[str, Operand]
    opens: bool
    target: str
    reached: str

    @property
    def is_given(self) -> bool:
        """Whether another part of the platform counts it."""
        return self.figure.definition.measure is Measure.GIVEN


def read_figure(figure: ReportFigure | None) -> str:
    """A figure in words; what was not recorded says so."""
    if figure is None:
        return read(None, "", language())
    return read_as(figure.definition, figure.printed, language())


def amount_read(definition: Definition, quantity: int) -> str:
    """What one record counts, in the unit of the figure."""
    amount = Fraction(quantity) / Fraction(str(definition.per))
    whole = amount.denominator == 1
    return read(rounded(amount, 0 if whole else _CENTS), definition.unit, language())


def figure_page(
    evaluation: Evaluation, definition: Definition, member: str, *, year: int, threshold: int
) -> FigurePage:
    """The page of one figure. Where small numbers are hidden, only the year and the one before it are told.

    Raises `UnknownFigure`: no list of these years has the member.
    """
    if member and not any(member in evaluation.members(definition, one) for one in (year, year - 1)):
        raise UnknownFigure
    labels = whole_labels(evaluation.catalogue, language())
    found = figure_over_time(evaluation, definition, member, year)
    name, years, months = found.figure.id, found.years, found.months
    secret = hidden_around(evaluation, definition, year, threshold=threshold)
    if threshold > 1:
        years, months = years[-2:], ()
    hidden = {year: name in secret.now, year - 1: name in secret.before}
    target = targets_of(evaluation.attested(year)).get(name)
    formula = None if definition.formula is None else formula_part(definition.formula, member)
    return FigurePage(
        figure=found.figure,
        label=called(found.figure, labels, language()),
        words=read_figure(found.figure),
        hidden=hidden[year],
        years=_bars([(str(one), figure) for one, figure in years if not hidden.get(one, False)]),
        months=_bars([(word_said("month", one, language()), figure) for one, figure in months]),
        missing=_missing(evaluation, found.figure, year),
        rule=rule_lines(definition, member),
        formula=formula,
        operands=_operands(evaluation, definition, member, year, labels, secret),
        opens=opens(definition, member),
        target="" if target is None else read_as(definition, target, language()),
        reached="" if hidden[year] else _reached(found.figure, target),
    )


def _reached(figure: ReportFigure, target: Decimal | None) -> str:
    """How much of its target a figure reaches, in words; nothing for a share, which stands beside its own."""
    share = None if figure.definition.unit == "percent" else reached(figure.value, target)
    return "" if share is None else read(rounded(share, 0), "percent", language())


def _missing(evaluation: Evaluation, figure: ReportFigure, year: int) -> list[str]:
    """The months that an attested figure lacks, where others are attested and they make the year."""
    attested = evaluation.attested(year).get(figure.id) if figure.definition.basis is Basis.ATTESTED else None
    lacking = () if attested is None else attested.lacking(figure.definition)
    return [word_said("month", one, language()) for one in lacking]


def _bars(values: Sequence[tuple[str, ReportFigure]]) -> list[Bar]:
    known = [abs(figure.value) for _when, figure in values if figure.value is not None]
    most = max(known, default=Fraction(0)) or Fraction(1)
    return [
        Bar(when, read_figure(one), None if one.value is None else float(abs(one.value) * _WIDEST / most))
        for when, one in values
    ]


def _operands(
    evaluation: Evaluation,
    definition: Definition,
    member: str,
    year: int,
    labels: Mapping[str, str],
    secret: Hidden,
) -> dict[str, Operand]:
    """The figures that a formula names, each in the year that it is asked for."""
    found = {}
    for name, earlier in definition.formula.names() if definition.formula else ():
        meant = operand(evaluation.catalogue, name, member)
        if meant is None or (meant[0].has_members and not meant[1]):
            found[name] = Operand("", any_member(labels.get(name, name)), "")
            continue
        figure = evaluation.figure(*meant, year - 1 if earlier else year)
        hidden = figure.id in (secret.before if earlier else secret.now)
        found[figure.id] = Operand(figure.id, called(figure, labels, language()), "" if hidden else read_figure(figure))
    return found
