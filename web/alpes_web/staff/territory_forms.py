"""What is written of the territory: its names, and the days from and until which a commune belongs to it."""

from wtforms import StringField

from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.fields import DayField, PlainForm


class NameForm(AmendingForm, PlainForm):
    """What the territory is called."""

    name = StringField(N_("Nom du territoire"), validators=[Needed(N_("Donnez un nom au territoire.")), AtMost(100)])
    short_name = StringField(
        N_("Nom court"),
        description=N_("Il paraît dans les bilans : « dont MNO »."),
        validators=[Needed(N_("Donnez un nom au territoire.")), AtMost(32)],
    )


class FromForm(PlainForm):
    """From which day a commune belongs to the territory."""

    from_on = DayField(N_("Du territoire à partir du"), validators=[Needed(N_("Choisissez un jour."))])


class UntilForm(AmendingForm, PlainForm):
    """Until which day a commune belongs to the territory."""

    until_on = DayField(
        N_("Jusqu’au, ce jour exclu"), description=N_("Vide : sans fin."),
    )  # fmt: skip
