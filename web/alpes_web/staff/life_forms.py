"""What is asked when an event is called off, copied, repeated, or gets more places."""

from wtforms import BooleanField, TextAreaField

from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.staff.fields import DayField, DaysField, NumberField, PlainForm, SeenField


class CallOffForm(StrictForm):
    """Why an event is cancelled: people read it. `told`: who will be told was shown."""

    reason = TextAreaField(
        N_("Pourquoi ?"),
        description=N_("Les personnes inscrites lisent cette phrase dans leur message."),
        validators=[Needed(N_("Dites en une phrase pourquoi.")), AtMost(300)],
    )
    told = SeenField()


class ToldForm(StrictForm):
    """A button of which the page shows beforehand who will be told of what it does."""

    told = SeenField()


class CopyForm(StrictForm):
    """The day of a copy."""

    on = DayField(N_("Le jour de la copie"), validators=[Needed(N_("Indiquez le jour."))])


class RepeatForm(StrictForm):
    """How an event comes back."""

    every_weeks = NumberField(
        N_("Toutes les combien de semaines ?"), default=1, validators=[Needed(N_("Indiquez au moins une semaine."))]
    )
    until_on = DayField(N_("Jusqu’au"), validators=[Needed(N_("Indiquez le dernier jour possible."))])
    except_on = DaysField(N_("Sauf ces jours"), description=N_("Un par ligne : vacances, fermetures."))
    on_holidays = BooleanField(N_("Garder aussi les jours fériés"))
    seen = SeenField()


class CapacityForm(AmendingForm, PlainForm):
    """How many places; nothing is without limit."""

    capacity = NumberField(N_("Nombre de places"), description=N_("Rien : sans limite."))
