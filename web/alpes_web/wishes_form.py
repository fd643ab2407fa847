"""The form of choices: five exhibitors in order, each with a box that lets it read the name; when one is there."""

from wtforms import BooleanField

from alpes_events.agenda.models import Event
from alpes_events.fair.wish_queries import ToMeet
from alpes_events.fair.wishes import AGREEMENT, MOST_WISHES, Wish
from alpes_events.interviews.clock import clock_at, minute_of
from alpes_events.interviews.hours import Hours
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_web.choosing_page import Choosing
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.my_data_forms import Unmarked
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import HourField

_NUMBERS = (
    N_("Premier choix"),
    N_("Deuxième choix"),
    N_("Troisième choix"),
    N_("Quatrième choix"),
    N_("Cinquième choix"),
)
_LONGEST_JOBS = 70


class WishesForm(StrictForm):
    """Up to five choices; what is left empty is no choice. No hours: there all the time."""

    choice_1 = ChoiceField(_NUMBERS[0])
    shows_1 = BooleanField(AGREEMENT)
    choice_2 = ChoiceField(_NUMBERS[1])
    shows_2 = BooleanField(AGREEMENT)
    choice_3 = ChoiceField(_NUMBERS[2])
    shows_3 = BooleanField(AGREEMENT)
    choice_4 = ChoiceField(_NUMBERS[3])
    shows_4 = BooleanField(AGREEMENT)
    choice_5 = ChoiceField(_NUMBERS[4])
    shows_5 = BooleanField(AGREEMENT)
    comes = HourField(N_("J’arrive à"), [Unmarked()])
    leaves = HourField(N_("Je repars à"), [Unmarked()])
    most = ChoiceField(N_("Combien d’entretiens, au plus ?"))

    @property
    def pairs(self) -> list[tuple[ChoiceField, BooleanField]]:
        """Each choice with its box, in order."""
        return [(self[f"choice_{number}"], self[f"shows_{number}"]) for number in range(1, MOST_WISHES + 1)]

    def wishes(self) -> list[Wish]:
        """What was chosen, in order."""
        return [Wish(int(choice.data), bool(shows.data)) for choice, shows in self.pairs if choice.data]

    def hours(self, event: Event) -> Hours | None:
        """When one is there; None for an hour that does not exist that day, which then stands beside its field."""
        zone = identity().zone
        try:
            comes, leaves = (
                None if field.data is None else minute_of(event, field.data, zone, field=field.name)
                for field in (self.comes, self.leaves)
            )
        except BadInput as refusal:
            self.blame(refusal)
            return None
        return Hours(comes, leaves, int(self.most.data) if self.most.data else None)

    def prepare(self, about: Choosing) -> None:
        """Offer these exhibitors, and as many interviews as one may have."""
        offered = [(str(one.id), _words(one, about)) for one in about.exhibitors]
        choices = [("", translated(N_("Pas de choix"))), *offered]
        for choice, _shows in self.pairs:
            choice.choices = choices
        most = max(about.settings.most_each, about.hours.most or 1)
        numbers = [(str(number), str(number)) for number in range(1, most + 1)]
        self.most.choices = [("", translated(N_("Autant que possible"))), *numbers]


def wishes_form(about: Choosing) -> WishesForm:
    """The form with what was said before; a choice that does not come any more is left out."""
    stored: dict[str, object] = {}
    for number, one in enumerate((one for one in about.chosen if one.comes), 1):
        stored |= {f"choice_{number}": str(one.exhibitor_id), f"shows_{number}": one.shows_name}
    said, zone = about.hours, identity().zone
    stored["comes"] = None if said.comes is None else clock_at(about.event, said.comes, zone)
    stored["leaves"] = None if said.leaves is None else clock_at(about.event, said.leaves, zone)
    stored["most"] = str(said.most) if said.most else ""
    form: WishesForm = WishesForm(data=stored)
    form.prepare(about)
    return form


def _words(one: ToMeet, about: Choosing) -> str:
    """« Filature des Prés (Textile) : piqueuses, coupeurs »; without such words its offers."""
    name = f"{one.name} ({one.village})" if one.village else one.name
    jobs = one.looking_for or ", ".join(card.offer.title for card in about.jobs.get(one.id, ()))
    jobs = jobs if len(jobs) <= _LONGEST_JOBS else f"{jobs[:_LONGEST_JOBS]}…"
    return translated(N_("%(name)s : %(jobs)s")) % {"name": name, "jobs": jobs} if jobs else name
