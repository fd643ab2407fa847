"""The pieces of the agenda's pages: chips that narrow, weeks of cards, ways out of an empty page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import Choice, Widening
from alpes_events.agenda.words import AUDIENCES, KIND_WORDS
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_web.agenda_choice import address_of
from alpes_web.event_view import EventView
from alpes_web.languages import language, translated

_WEEK = timedelta(days=7)
_GROUPS: tuple[tuple[tuple[EventKind, ...], str], ...] = (
    ((EventKind.JOB_DATING,), KIND_WORDS[EventKind.JOB_DATING].many),
    ((EventKind.WORKSHOP,), KIND_WORDS[EventKind.WORKSHOP].many),
    ((EventKind.SALON, EventKind.FORUM), N_("Salons, forums")),
    ((EventKind.RECRUITMENT,), KIND_WORDS[EventKind.RECRUITMENT].many),
    ((EventKind.DISCOVERY,), KIND_WORDS[EventKind.DISCOVERY].many),
    ((EventKind.INFORMATION,), KIND_WORDS[EventKind.INFORMATION].many),
    ((EventKind.PARTNER_EVENT,), KIND_WORDS[EventKind.PARTNER_EVENT].many),
)


@dataclass(frozen=True)
class Chip:
    """A filter to press: its words, where it leads, how many events are there. `kind` gives its colour and icon."""

    words: str
    address: str
    count: int | None = None
    current: bool = False
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Week:
    """One week of the list: « Cette semaine », its days, its events."""

    title: str
    days: str
    items: list[EventView]


def kind_chips(choice: Choice, counts: Counter[EventKind], *, month: tuple[int, int] | None) -> list[Chip]:
    """One chip for each kind that is there, and « Tout »; the current one comes first."""
    chips = [
        Chip(
            words=translated("Tout"),
            address=address_of(replace(choice, kinds=()), month=month),
            count=counts.total(),
            current=not choice.kinds,
        )
    ]
    for kinds, words in _GROUPS:
        count, current = sum(counts[kind] for kind in kinds), set(choice.kinds) == set(kinds)
        if count or current:
            address = address_of(replace(choice, kinds=kinds), month=month)
            name = kinds[0].value
            chips.append(Chip(translated(words), address, count, current, kind=name, icon=name))
    return sorted(chips, key=lambda chip: not chip.current)


def chosen_chips(choice: Choice, *, series: str, month: tuple[int, int] | None) -> list[Chip]:
    """A chip for each finer choice; pressing it takes the choice away."""
    finer = (
        (choice.search and f"« {choice.search} »", replace(choice, search="")),
        (choice.theme, replace(choice, theme="")),
        (choice.audience and audience_label(choice.audience), replace(choice, audience="")),
        (choice.series and (series or choice.series), replace(choice, series="")),
    )
    return [Chip(words, address_of(without, month=month), icon="x") for words, without in finer if words]


def audience_label(code: str) -> str:
    """An audience in words."""
    return translated(AUDIENCES.get(code, code))


def weeks_of(items: Iterable[EventView], *, today: date, zone: ZoneInfo) -> list[Week]:
    """The events by week, from the present one on. One that is under way counts today."""
    weeks: dict[date, list[EventView]] = {}
    for item in items:
        day = max(item.event.starts_at.astimezone(zone).date(), today)
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(item)
    monday = today - timedelta(days=today.weekday())
    return [Week(_week_title(first, monday), week_days(first), inside) for first, inside in sorted(weeks.items())]


def week_days(first: date) -> str:
    """« 9 – 15 mars », « 30 mars – 5 avril »."""
    last = first + _WEEK - timedelta(days=1)
    if first.month == last.month:
        return f"{first.day} – {dates.short_day(last, language=language())}"
    return f"{dates.short_day(first, language=language())} – {dates.short_day(last, language=language())}"


def _week_title(first: date, monday: date) -> str:
    if first == monday:
        return translated("Cette semaine")
    if first == monday + _WEEK:
        return translated("La semaine prochaine")
    day = dates.short_day(first, language=language())
    return translated("Semaine du %(day)s") % {"day": day}


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
