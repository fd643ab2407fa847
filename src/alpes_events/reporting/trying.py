"""Trying a figure of one's own: what it gives in some years, before it is kept."""

from collections.abc import Iterable

from sqlmodel import Session

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.reporting.custom import IndicatorDraft
from alpes_events.reporting.definition import BadDefinition, Definition, operand
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.naming import with_member
from alpes_events.reporting.operations import DIVIDING
from alpes_events.reporting.own_figures import with_draft


def tried(db: Session, name: str, draft: IndicatorDraft, years: Iterable[int]) -> list[ReportFigure]:
    """What the draft gives in these years. Raises `BadDefinition`, also where it would divide by 0 in the first.

    Counting is long: outside of a transaction that writes.
    """
    evaluation = Evaluation(db, with_draft(db, name, draft))
    definition, wanted = evaluation.catalogue[name], list(years)
    _refuse_unknown_members(evaluation, definition, wanted)
    _refuse_division_by_0(evaluation, definition, wanted[0])
    return [evaluation.figure(definition, "", one) for one in wanted]


def _refuse_unknown_members(evaluation: Evaluation, definition: Definition, years: Iterable[int]) -> None:
    """A part of a list that is named occurs in one of the years."""
    for name in dict(definition.formula.names()) if definition.formula else ():
        meant = operand(evaluation.catalogue, name)
        if meant and meant[1] and not any(meant[1] in evaluation.members(meant[0], year) for year in years):
            raise BadDefinition(
                N_(
                    "Aucun chiffre de cette année ne s’appelle « %(name)s » : "
                    "vérifiez son nom, ou essayez une autre année."
                ),
                field="first",
                name=name,
            )


def _refuse_division_by_0(evaluation: Evaluation, definition: Definition, year: int) -> None:
    formula = definition.formula
    if formula is None or formula.op not in DIVIDING or len(formula.of) == 1:
        return
    divisor = operand(evaluation.catalogue, str(formula.of[1]))
    if divisor is not None and evaluation.figure(*divisor, year).value == 0:
        raise BadDefinition(
            N_("« %(label)s » vaut 0 en %(year)s : on ne peut pas diviser par lui. Choisissez un autre chiffre."),
            field="second",
            label=with_member(divisor[0].label, divisor[1], SOURCE_LANGUAGE),
            year=year,
        )
