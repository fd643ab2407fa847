"""Attesting a figure, or its target, by what its definition can be; and another value for the same period."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.attested.commands import PERIOD, AttestedDraft, attest, correct_attested
from alpes_events.attested.refusals import BadAttested
from alpes_events.language.sentence import N_
from alpes_events.reporting.attested_values import adds_up
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import Definition
from alpes_events.reporting.targets import attested_under, is_target

_OF_A_YEAR = len("2023")


def attest_figure(db: Session, draft: AttestedDraft, *, now: datetime, account_id: int | None) -> int:
    """Attest a count of a figure. Gives its id. Raises `BadAttested`: by month, what does not add up to a year too;
    what the figure cannot be; days that are still to come.
    """
    meant = attested_under(catalogue_of(db), draft.indicator)
    _check_begun(draft)
    _check_value(draft, meant and meant[0])
    if is_target(draft.indicator) and len(draft.period) > _OF_A_YEAR:
        raise BadAttested(
            N_("Un objectif vaut pour une année entière : écrivez l’année, sans le mois."), field="period"
        )
    if meant is not None and len(draft.period) > _OF_A_YEAR and not adds_up(meant[0]):
        raise BadAttested(
            N_("Les mois de ce chiffre ne s’additionnent pas en une année : attestez-le pour l’année entière."),
            field="period",
        )
    return attest(db, draft, now=now, account_id=account_id)


def correct_figure(db: Session, draft: AttestedDraft, *, why: str, now: datetime, account_id: int | None) -> int:
    """Another value of a figure for the same period. Gives its id. Raises `BadAttested`, `UnknownAttested`."""
    meant = attested_under(catalogue_of(db), draft.indicator)
    _check_begun(draft)
    _check_value(draft, meant and meant[0])
    return correct_attested(db, draft, why=why, now=now, account_id=account_id)


def _check_begun(draft: AttestedDraft) -> None:
    """Nobody counted days that are still to come; a target is set for them. Raises `BadAttested`."""
    if is_target(draft.indicator) or PERIOD.fullmatch(draft.period) is None:
        return
    if draft.period > f"{draft.attested_on:%Y-%m}"[: len(draft.period)]:
        raise BadAttested(
            N_("Cette période n’a pas commencé le jour où le chiffre est attesté : vérifiez la période, ou ce jour."),
            field="period",
        )


def _check_value(draft: AttestedDraft, rule: Definition | None) -> None:
    """Raises `BadAttested` for a value that the figure cannot have: less than nothing, a part of a person."""
    if rule is None or not draft.value.is_finite() or rule.unit == "percent":
        return
    if draft.value < 0:
        raise BadAttested(N_("Ce chiffre compte quelque chose : il ne peut pas être négatif."), field="value")
    if rule.unit != "euro" and draft.value != draft.value.to_integral_value():
        raise BadAttested(N_("Ce chiffre compte des personnes ou des actes : écrivez un nombre entier."), field="value")
