"""The pieces of the agenda's pages: chips that narrow, ways out of an empty page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import Choice, Widening
from alpes_events.agenda.words import AUDIENCES, KIND_FAMILIES, KIND_WORDS
from alpes_events.language.sentence import N_
from alpes_web.agenda_choice import address_of
from alpes_web.languages import translated


@dataclass(frozen=True)
class Chip:
    """A filter to press: its words, where it leads, how many events are there. `kind` gives its colour and icon."""

    words: str
    address: str
    count: int | None = None
    current: bool = False
    kind: str = ""
    icon: str = ""


def kind_chips(choice: Choice, counts: Counter[EventKind], *, month: tuple[int, int] | None) -> list[Chip]:
    """One chip for each family of kinds that is there, and « Tout »; the current one comes first."""
    chips = [
        Chip(
            words=translated("Tout"),
            address=address_of(replace(choice, kinds=()), month=month),
            count=counts.total(),
            current=not choice.kinds,
        )
    ]
    for family in KIND_FAMILIES:
        count = sum(counts[kind] for kind in family.kinds)
        current = set(choice.kinds) == set(family.kinds)
        if count or current:
            address = address_of(replace(choice, kinds=family.kinds), month=month)
            name = family.kinds[0].value
            chips.append(Chip(translated(family.words), address, count, current, kind=name, icon=name))
    return sorted(chips, key=lambda chip: not chip.current)


def chosen_chips(choice: Choice, *, series: str, month: tuple[int, int] | None) -> list[Chip]:
    """A chip for each finer choice; pressing it takes the choice away."""
    finer = (
        (_kinds_apart(choice), replace(choice, kinds=())),
        (choice.search and translated("« %(words)s »") % {"words": choice.search}, replace(choice, search="")),
        (choice.theme, replace(choice, theme="")),
        (choice.audience and audience_label(choice.audience), replace(choice, audience="")),
        (choice.series and (series or choice.series), replace(choice, series="")),
    )
    return [Chip(words, address_of(without, month=month), icon="x") for words, without in finer if words]


def _kinds_apart(choice: Choice) -> str:
    """The chosen kinds in words, when no chip of a family says them."""
    if not choice.kinds or any(set(choice.kinds) == set(family.kinds) for family in KIND_FAMILIES):
        return ""
    return ", ".join(translated(KIND_WORDS[kind].many) for kind in choice.kinds)


def audience_label(code: str) -> str:
    """An audience in words."""
    return translated(AUDIENCES.get(code, code))


def ways_out(found: Sequence[Widening]) -> list[Chip]:
    """Wider searches with what they would find."""
    return [
        Chip(_widening_words(way), address_of(way.choice), way.count, icon=_WIDENING_ICONS.get(way.part, "right"))
        for way in found
    ]


_WIDENING_ICONS = {"radius": "pin", "commune": "pin", "kinds": "cal", "search": "search"}
_WIDENING_WORDS = {
    "commune": N_("Dans toutes les communes"),
    "kinds": N_("Tous les types de rendez-vous"),
    "theme": N_("Tous les secteurs"),
    "audience": N_("Pour tous les publics"),
    "series": N_("Toutes les séries"),
    "search": N_("Sans les mots cherchés"),
    "everything": N_("Tout l’agenda"),
}


def _widening_words(way: Widening) -> str:
    if way.part == "radius":
        return translated("Jusqu’à %(radius)s km") % {"radius": way.choice.radius_km}
    return translated(_WIDENING_WORDS[way.part])
