"""What is asked about templates: a name, the days of new drafts, which template to keep an event as."""

from datetime import date

from wtforms import StringField

from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import DayField, DaysField, PlainForm


class NameForm(AmendingForm):
    """What a template is called."""

    name = StringField(N_("Nom du modèle"), validators=[Needed(N_("Donnez un nom au modèle.")), AtMost(150)])


class MakeForm(StrictForm):
    """The days for which drafts are made."""

    on = DayField(N_("Le jour"), validators=[Needed(N_("Indiquez le jour."))])
    also_on = DaysField(N_("D’autres jours"), description=N_("Un par ligne, comme 12/03/2026."))

    @property
    def days(self) -> list[date]:
        """Every day asked for, once."""
        return sorted({self.on.data, *(self.also_on.data or ())})


class KeepForm(PlainForm):
    """A new template under a name, or an old one made anew."""

    template = ChoiceField(N_("Quel modèle"))
    name = StringField(N_("Nom du nouveau modèle"), validators=[AtMost(150)])
