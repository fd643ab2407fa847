"""The form of wishes: five lists of exhibitors in order, each with a box that lets that one read the name."""

from collections.abc import Sequence

from wtforms import BooleanField

from alpes_events.fair.wish_queries import OwnWish, ToMeet
from alpes_events.fair.wishes import AGREEMENT, MOST_WISHES, Wish
from alpes_events.language.sentence import N_
from alpes_web.forms import StrictForm
from alpes_web.languages import translated
from alpes_web.staff.choice_fields import ChoiceField

_NUMBERS = (
    N_("Premier choix"),
    N_("Deuxième choix"),
    N_("Troisième choix"),
    N_("Quatrième choix"),
    N_("Cinquième choix"),
)
_LONGEST_JOBS = 70


class WishesForm(StrictForm):
    """Up to five choices; what is left empty is no choice."""

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

    @property
    def pairs(self) -> list[tuple[ChoiceField, BooleanField]]:
        """Each choice with its box, in order."""
        return [(self[f"choice_{number}"], self[f"shows_{number}"]) for number in range(1, MOST_WISHES + 1)]

    def wishes(self) -> list[Wish]:
        """What was chosen, in order."""
        return [Wish(int(choice.data), bool(shows.data)) for choice, shows in self.pairs if choice.data]

    def prepare(self, exhibitors: Sequence[ToMeet]) -> None:
        """Offer these exhibitors."""
        choices = [("", translated(N_("Personne"))), *((str(one.id), _words(one)) for one in exhibitors)]
        for choice, _shows in self.pairs:
            choice.choices = choices


def wishes_form(exhibitors: Sequence[ToMeet], own: Sequence[OwnWish]) -> WishesForm:
    """The form with what was chosen before; a choice that does not come any more is left out."""
    stored: dict[str, object] = {}
    for number, one in enumerate((one for one in own if one.stands and one.comes), 1):
        stored |= {f"choice_{number}": str(one.exhibitor_id), f"shows_{number}": one.shows_name}
    form: WishesForm = WishesForm(data=stored)
    form.prepare(exhibitors)
    return form


def _words(one: ToMeet) -> str:
    """« Filature des Prés (Textile) : piqueuses, coupeurs »."""
    name = f"{one.name} ({one.village})" if one.village else one.name
    jobs = one.looking_for if len(one.looking_for) <= _LONGEST_JOBS else f"{one.looking_for[:_LONGEST_JOBS]}…"
    return translated(N_("%(name)s : %(jobs)s")) % {"name": name, "jobs": jobs} if jobs else name
