"""Figures of one's own: a definition read from what somebody chose, beside those that come with the software."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_
from alpes_events.reporting.catalogue import catalogue, checked, read_formula
from alpes_events.reporting.columns import OF_PERSONS
from alpes_events.reporting.definition import BadDefinition, Basis, Definition, Formula, Measure, Op, operand
from alpes_events.reporting.health import tells_health
from alpes_events.reporting.models import CustomIndicator
from alpes_events.reporting.numbers import UNITS
from alpes_events.services.kinds import Unit, act_kinds

OWN = "own."
"""How the id of a figure of one's own begins."""
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "acts": ("kind", "detail", "result", "place", "organisation", "group", *OF_PERSONS, "month"),
    "enrolments": ("scheme", "entered", "criterion", *OF_PERSONS),
    "exits": ("scheme", "outcome", "reason", "sector", "contract", *OF_PERSONS, "month"),
    "steps": ("scheme", "kind", "started", "sector", "contract", "organisation", *OF_PERSONS),
    "hires": ("contract", "training", "employer", "territory", "month"),
}
"""Of what a figure of one's own may be counted, and by which columns it may be narrowed."""
MEASURES: Mapping[str, tuple[Measure, ...]] = {
    "acts": (Measure.ROWS, Measure.PERSONS, Measure.GROUPS, Measure.ORGANISATIONS, Measure.SUM),
    "enrolments": (Measure.PERSONS, Measure.ROWS),
    "exits": (Measure.ROWS, Measure.PERSONS, Measure.MEAN),
    "steps": (Measure.ROWS, Measure.PERSONS),
    "hires": (Measure.ROWS, Measure.PERSONS),
}
"""What may be counted of each."""
_UNITS = {"acts": "act", "enrolments": "act", "exits": "exit", "steps": "step", "hires": "contract"}
_OF_QUANTITY: Mapping[Unit, tuple[str, float]] = {Unit.CENT: ("euro", 100), Unit.MINUTE: ("hour", 60)}
_DAYS_A_MONTH = 30.4375
_MOST_DIGITS = 4
_LONGEST_LABEL = 150


@dataclass(frozen=True)
class IndicatorDraft:
    """A figure as somebody chooses it: of a `source`, or an `op` over `figures`.

    `unit` empty: that of what is counted.
    """

    label: str
    label_en: str = ""
    source: str = ""
    measure: Measure = Measure.ROWS
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    op: Op | None = None
    figures: Sequence[str] = ()
    unit: str = ""
    digits: int = 0

    def rule(self) -> dict[str, Any]:
        """The rule as it is kept."""
        shared: dict[str, Any] = {"unit": self.unit, "digits": self.digits}
        if self.op is not None:
            return {"formula": {"op": self.op.value, "of": list(self.figures)}, **shared}
        where = {name: list(words) for name, words in self.where.items() if words}
        return {"source": self.source, "measure": self.measure.value, "where": where, **shared}


def read_draft(row: CustomIndicator) -> IndicatorDraft:
    """What was chosen for a figure that is kept."""
    rule, formula = row.rule, row.rule.get("formula")
    return IndicatorDraft(
        label=row.label,
        label_en=row.label_en,
        source=rule.get("source", ""),
        measure=Measure(rule.get("measure", Measure.ROWS.value)),
        where=rule.get("where", {}),
        op=Op(formula["op"]) if formula else None,
        figures=tuple(formula["of"]) if formula else (),
        unit=rule.get("unit", ""),
        digits=rule.get("digits", 0),
    )


def own_definition(name: str, draft: IndicatorDraft, *, version: int = 1) -> Definition:
    """The definition of a draft. Raises `BadDefinition`, with the field that must change."""
    _check(draft)
    shared = {"id": name, "label": draft.label, "label_en": draft.label_en or draft.label}
    if draft.op is not None:
        formula = read_formula({"op": draft.op.value, "of": list(draft.figures)}, of_figure=draft.label)
        unit = draft.unit or _unit_of_formula(formula)
        found = Definition(**shared, unit=unit, basis=Basis.DERIVED, formula=formula)  # type: ignore[arg-type]
    else:
        unit, per = _counted_in(draft)
        found = Definition(
            **shared,  # type: ignore[arg-type]
            unit=draft.unit or unit,
            basis=Basis.COUNTED,
            source=draft.source,
            measure=draft.measure,
            where={one: tuple(words) for one, words in draft.where.items() if words},
            per=per,
        )
    return replace(found, digits=draft.digits, rule=N_("Défini par l’équipe"), version=version)


def catalogue_of(db: Session) -> Mapping[str, Definition]:
    """Every definition that counts here: those that come with the software, then one's own.

    One of one's own that rests on a figure which is no longer there is left out: whatever names it shows it as gone.
    """
    rows = db.exec(select(CustomIndicator).where(col(CustomIndicator.retired_at).is_(None)))
    own = {}
    for row in sorted(rows, key=lambda one: one.id or 0):
        try:
            own[OWN + row.code] = own_definition(OWN + row.code, read_draft(row), version=row.version)
        except (BadDefinition, KeyError, ValueError):
            continue
    return {**catalogue(), **_that_stand(own)}


def with_own(known: Mapping[str, Definition], one: Definition) -> Mapping[str, Definition]:
    """The catalogue with one definition more, or another in its place. Raises `BadDefinition`: unknown, a circle."""
    return checked([*(other for other in known.values() if other.id != one.id), one])


def _that_stand(own: Mapping[str, Definition]) -> dict[str, Definition]:
    standing = dict(own)
    while True:
        known = {**catalogue(), **standing}
        gone = [name for name, one in standing.items() if not all(operand(known, of) for of, _ in _names(one.formula))]
        if not gone:
            return standing
        for name in gone:
            del standing[name]


def _names(formula: Formula | None) -> Iterable[tuple[str, bool]]:
    return formula.names() if formula else ()


def _check(draft: IndicatorDraft) -> None:
    if not draft.label.strip() or len(draft.label) > _LONGEST_LABEL or len(draft.label_en) > _LONGEST_LABEL:
        raise BadDefinition(N_("Donnez un nom à ce chiffre, en 150 signes au plus."), field="label")
    if "%(" in draft.label + draft.label_en:
        raise BadDefinition(N_("Le nom ne peut pas contenir « %( » : écrivez-le autrement."), field="label")
    if not 0 <= draft.digits <= _MOST_DIGITS:
        raise BadDefinition(N_("Un chiffre s’écrit avec quatre décimales au plus."), field="digits")
    if draft.unit and draft.unit not in UNITS:
        raise BadDefinition(N_("Cette unité n’existe pas : choisissez-la dans la liste."), field="unit")
    if draft.op is not None:
        if not draft.figures:
            raise BadDefinition(N_("Choisissez au moins un chiffre."), field="first")
        return
    _check_counting(draft)


def _check_counting(draft: IndicatorDraft) -> None:
    if draft.source not in CONDITIONS or draft.measure not in MEASURES[draft.source]:
        raise BadDefinition(N_("Choisissez ce qui est compté."), field="measure")
    if draft.measure is Measure.PERSONS and draft.unit not in {"", "person"}:
        raise BadDefinition(N_("Des personnes différentes se comptent en personnes : changez l’unité."), field="unit")
    if not set(draft.where) <= set(CONDITIONS[draft.source]):
        raise BadDefinition(N_("Une des conditions ne va pas avec ce qui est compté : retirez-la."), field="measure")
    if tells_health(draft.where):
        sentence = N_("Ce qui parle de santé, ou le laisserait deviner, ne se croise pas : retirez cette condition.")
        raise BadDefinition(sentence, field="measure")


def _counted_in(draft: IndicatorDraft) -> tuple[str, float]:
    """The unit of what is counted, and by what it is divided to be in it. Raises `BadDefinition`."""
    match draft.measure:
        case Measure.PERSONS:
            return "person", 1
        case Measure.ORGANISATIONS:
            return "organisation", 1
        case Measure.GROUPS:
            return "act", 1
        case Measure.MEAN:
            return "month", _DAYS_A_MONTH
        case Measure.SUM:
            units = {act_kinds()[code].unit for code in draft.where.get("kind", ()) if code in act_kinds()}
            if len(units) != 1:
                raise BadDefinition(
                    N_("Des quantités ne s’additionnent que dans une même unité : choisissez un type d’acte."),
                    field="kind",
                )
            (unit,) = units
            return _OF_QUANTITY.get(unit, (unit.value, 1))
        case _:
            return _UNITS[draft.source], 1


def _unit_of_formula(formula: Formula) -> str:
    if formula.op in (Op.PERCENT, Op.CHANGE):
        return "percent"
    first = formula.of[0]
    known = operand(catalogue(), first) if isinstance(first, str) else None
    return known[0].unit if known is not None and formula.op is not Op.RATIO else "act"
