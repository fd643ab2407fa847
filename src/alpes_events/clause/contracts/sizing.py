"""How many hours a public contract should owe: the three methods, each with the numbers it was computed from. Pure.

Money is in whole cents, shares in hundredths of a percent (5 % is 500), so that no rounding comes in before the end:
hours are whole, halves up (an invoice counts only whole steps).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from alpes_events.clause.durations import MINUTES_PER_HOUR
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import SizingMethod
from alpes_events.language.sentence import N_

WHOLE = 10_000
"""A share of 100 %."""
_MOST_CENTS = 1_000_000_000_000
_MOST_HOURS = 10_000_000


@dataclass(frozen=True)
class Sizing:
    """What was computed: `parameters` are whole numbers by name, as they stood on a day (`stated_on`)."""

    method: SizingMethod
    parameters: Mapping[str, int]
    stated_on: date
    hours: int

    @property
    def minutes(self) -> int:
        """The same in minutes."""
        return self.hours * MINUTES_PER_HOUR

    @property
    def kept(self) -> dict[str, int | str]:
        """What an obligation keeps of it."""
        return {**self.parameters, "stated_on": self.stated_on.isoformat()}


def by_labour_share(amount: int, labour_share: int, insertion_rate: int, hourly_cost: int, *, on: date) -> Sizing:
    """Amount excluding tax × labour share × insertion rate ÷ hourly cost. Raises `BadClause`."""
    _check_cents(amount, "amount")
    _check_share(labour_share, "labour_share")
    _check_share(insertion_rate, "insertion_rate")
    _check_cents(hourly_cost, "hourly_cost")
    hours = _half_up(amount * labour_share * insertion_rate, WHOLE * WHOLE * hourly_cost)
    parameters = {
        "amount": amount,
        "labour_share": labour_share,
        "insertion_rate": insertion_rate,
        "hourly_cost": hourly_cost,
    }
    return _sized(SizingMethod.LABOUR_SHARE, parameters, on, hours, field="amount")


def by_worked_hours(worked_minutes: int, insertion_rate: int, *, on: date) -> Sizing:
    """Hours worked in all × a rate: 5 % for works, 10 % for neighbourhood management (ANRU). Raises `BadClause`."""
    if not 0 < worked_minutes <= _MOST_HOURS * MINUTES_PER_HOUR:
        raise BadClause(N_("Indiquez les heures travaillées en tout."), field="worked_minutes")
    _check_share(insertion_rate, "insertion_rate")
    hours = _half_up(worked_minutes * insertion_rate, WHOLE * MINUTES_PER_HOUR)
    parameters = {"worked_minutes": worked_minutes, "insertion_rate": insertion_rate}
    return _sized(SizingMethod.WORKED_HOURS, parameters, on, hours, field="worked_minutes")


def by_invoices(invoiced: int, step: int, *, on: date) -> Sizing:
    """One hour for each whole `step` invoiced excluding tax (2,000 euros). Raises `BadClause`."""
    _check_cents(invoiced, "invoiced")
    _check_cents(step, "step")
    return _sized(SizingMethod.INVOICES, {"invoiced": invoiced, "step": step}, on, invoiced // step, field="invoiced")


METHODS: Mapping[SizingMethod, tuple[Callable[..., Sizing], tuple[str, ...]]] = {
    SizingMethod.LABOUR_SHARE: (by_labour_share, ("amount", "labour_share", "insertion_rate", "hourly_cost")),
    SizingMethod.WORKED_HOURS: (by_worked_hours, ("worked_minutes", "insertion_rate")),
    SizingMethod.INVOICES: (by_invoices, ("invoiced", "step")),
}
"""Each method with its parameters in their order."""


def sized(method: SizingMethod, parameters: Mapping[str, int], *, on: date) -> Sizing:
    """The sizing by a method of `METHODS`, a parameter that is not there being 0. Raises `BadClause`."""
    compute, names = METHODS[method]
    return compute(*(parameters.get(name, 0) for name in names), on=on)


def _sized(method: SizingMethod, parameters: dict[str, int], on: date, hours: int, *, field: str) -> Sizing:
    if not 0 < hours <= _MOST_HOURS:
        raise BadClause(
            N_("Ces nombres ne donnent pas une heure entière, ou trop d’heures : vérifiez-les."), field=field
        )
    return Sizing(method, parameters, on, hours)


def _check_cents(cents: int, field: str) -> None:
    if not 0 < cents <= _MOST_CENTS:
        raise BadClause(N_("Indiquez un montant en euros, plus grand que zéro."), field=field)


def _check_share(share: int, field: str) -> None:
    if not 0 < share <= WHOLE:
        raise BadClause(N_("Un pourcentage va de plus de 0 à 100."), field=field)


def _half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)
