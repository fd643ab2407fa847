"""The sizing calculator: one method, its numbers as they stand on a day."""

from datetime import date

from wtforms import Form

from alpes_events.clause.contracts.sizing import METHODS, Sizing, sized
from alpes_events.clause.tables.contract_rows import SizingMethod
from alpes_events.language.sentence import N_
from alpes_web.forms import Needed
from alpes_web.staff.clause_fields import EurosField, HoursField, ShareField
from alpes_web.staff.fields import DayField, PlainForm

_RATE_NEEDED = [Needed(N_("Indiquez le taux d’insertion."))]
_ON = N_("Paramètres au")


class LabourShareForm(PlainForm):
    """Amount × labour share × insertion rate ÷ hourly cost."""

    amount = EurosField(N_("Montant hors taxes"), validators=[Needed(N_("Indiquez le montant hors taxes."))])
    labour_share = ShareField(
        N_("Part de main-d’œuvre, en %"),
        description=N_("« 50 », par exemple."),
        validators=[Needed(N_("Indiquez la part de main-d’œuvre."))],
    )
    insertion_rate = ShareField(
        N_("Taux d’insertion, en %"), description=N_("« 5 », par exemple."), validators=_RATE_NEEDED
    )
    hourly_cost = EurosField(
        N_("Coût d’une heure, charges comprises"),
        description=N_("« 30 », par exemple."),
        validators=[Needed(N_("Indiquez le coût d’une heure."))],
    )
    stated_on = DayField(_ON, validators=[Needed(N_("Indiquez le jour."))])


class WorkedHoursForm(PlainForm):
    """Worked hours × insertion rate."""

    worked_minutes = HoursField(
        N_("Heures travaillées en tout"), validators=[Needed(N_("Indiquez les heures travaillées en tout."))]
    )
    insertion_rate = ShareField(
        N_("Taux d’insertion, en %"),
        description=N_("5 % pour des travaux, 10 % pour la gestion urbaine de proximité (charte de l’ANRU)."),
        validators=_RATE_NEEDED,
    )
    stated_on = DayField(_ON, validators=[Needed(N_("Indiquez le jour."))])


class InvoicesForm(PlainForm):
    """One hour for each whole step invoiced."""

    invoiced = EurosField(N_("Facturé hors taxes"), validators=[Needed(N_("Indiquez le montant facturé."))])
    step = EurosField(
        N_("Une heure par tranche de"),
        description=N_("« 2 000 », par exemple."),
        validators=[Needed(N_("Indiquez la tranche, en euros."))],
    )
    stated_on = DayField(_ON, validators=[Needed(N_("Indiquez le jour."))])


FORMS: dict[SizingMethod, type[PlainForm]] = {
    SizingMethod.LABOUR_SHARE: LabourShareForm,
    SizingMethod.WORKED_HOURS: WorkedHoursForm,
    SizingMethod.INVOICES: InvoicesForm,
}


def sizing_of(method: SizingMethod, form: Form, *, today: date) -> Sizing:
    """What was written, computed. Raises `BadClause`."""
    numbers = {name: form[name].data or 0 for name in METHODS[method][1]}
    return sized(method, numbers, on=form["stated_on"].data or today)
