"""What is written of the fair: exhibitors, demonstrations, interviews."""

from wtforms import HiddenField, StringField

from alpes_events.fair.queries import ExhibitorView
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import HourField

UNKNOWN, INSIDE, OUTSIDE = "", "yes", "no"
_IN_TERRITORY = {UNKNOWN: None, INSIDE: True, OUTSIDE: False}


class ExhibitorForm(AmendingForm):
    """An exhibitor: its commune, or only whether it is of the territory."""

    name = StringField(N_("Exposant"), validators=[Needed(N_("Écrivez le nom de l’exposant.")), AtMost(150)])
    commune = StringField(N_("Commune"), description=N_("Son nom, son code postal, ou les deux."))
    in_territory = ChoiceField(
        N_("Du territoire ?"),
        [(UNKNOWN, N_("Selon la commune, ou non relevé")), (INSIDE, N_("Oui")), (OUTSIDE, N_("Non"))],
    )
    looking_for = StringField(N_("Ce qu’il cherche"), validators=[AtMost(300)])

    @property
    def declared(self) -> bool | None:
        """What was said about the territory."""
        return _IN_TERRITORY[str(self.in_territory.data or "")]


class DemonstrationForm(StrictForm):
    """A trade that is shown."""

    title = StringField(N_("Métier montré"), validators=[Needed(N_("Écrivez le métier montré.")), AtMost(150)])


class InterviewForm(StrictForm):
    """An interview that was held: with whom, by whom, when."""

    reference = StringField(N_("Référence de la personne"), validators=[Needed(N_("Écrivez la référence."))])
    exhibitor_id = ChoiceField(N_("Avec quel exposant ?"))
    held_time = HourField(N_("À quelle heure ?"), validators=[Needed(N_("Indiquez l’heure."))])
    held_on = HiddenField()


def stored_exhibitor(line: ExhibitorView) -> dict[str, str]:
    """An exhibitor as the fields of the form take it."""
    declared = {None: UNKNOWN, True: INSIDE, False: OUTSIDE}[None if line.insee_code else line.in_territory]
    return {
        "name": line.name,
        "commune": line.commune_name,
        "in_territory": declared,
        "looking_for": line.looking_for,
    }
