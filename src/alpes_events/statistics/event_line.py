"""One event in one line, as the yearly report prints it: « 11 exposants – 56 participants dont 29 MNO – … »."""

from collections.abc import Iterator
from dataclasses import dataclass

from alpes_events.language.sentence import N_, NN_, SOURCE_LANGUAGE, catalogue, counted
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.queries import Figures

_EXHIBITORS = NN_("%(num)s exposant", "%(num)s exposants")
_VISITORS = NN_("%(num)s visiteur", "%(num)s visiteurs")
_PARTICIPANTS = NN_("%(num)s participant", "%(num)s participants")
_OF_TERRITORY = NN_("%(num)s participant %(territory)s", "%(num)s participants %(territory)s")
_INTERVIEWS = NN_("%(num)s entretien réalisé", "%(num)s entretiens réalisés")
_NO_TOTAL = N_("total non relevé")
_DEMONSTRATIONS = NN_("%(num)s démonstration", "%(num)s démonstrations")


@dataclass(frozen=True)
class LineValues:
    """What the line is made of; None is not collected, and is left out."""

    exhibitors: int | None = None
    visitors: int | None = None
    participants: int | None = None
    participants_territory: int | None = None
    interviews: int | None = None
    demonstrations: int | None = None


def line_values(figures: Figures) -> LineValues:
    """The values of the line among the figures of one event."""
    return LineValues(
        exhibitors=figures.value("exhibitors"),
        visitors=figures.value("visitors"),
        participants=figures.value("participants"),
        participants_territory=figures.value("participants", Cut.TERRITORY, YES),
        interviews=figures.value("interviews"),
        demonstrations=figures.value("demonstrations"),
    )


def event_line(values: LineValues, *, territory: str, language: str = SOURCE_LANGUAGE) -> str:
    """The line of an event, what was not collected left out. `territory` is the short name of the territory."""
    parts = list(_parts(values, territory, language))
    return " – ".join(parts) if parts else catalogue(language).gettext(N_("Chiffres non relevés"))


def number(count: int, language: str = SOURCE_LANGUAGE) -> str:
    """A number as it is read: 1 559 in French, 1,559 in English."""
    grouped = f"{count:,}"
    return grouped.replace(",", " ") if language == SOURCE_LANGUAGE else grouped


def _parts(values: LineValues, territory: str, language: str) -> Iterator[str]:
    if values.exhibitors is not None:
        yield _count(_EXHIBITORS, values.exhibitors, language)
    if values.visitors is not None:
        yield _count(_VISITORS, values.visitors, language)
    yield from _participants(values, territory, language)
    if values.interviews is not None:
        yield _count(_INTERVIEWS, values.interviews, language)
    if values.demonstrations is not None:
        yield _count(_DEMONSTRATIONS, values.demonstrations, language)


def _participants(values: LineValues, territory: str, language: str) -> Iterator[str]:
    """All of them, with those of the territory; or only those, when the total was not taken."""
    inside = values.participants_territory
    if values.participants is None:
        if inside is not None:
            words = _count(_OF_TERRITORY, inside, language, territory=territory)
            yield f"{words} ({catalogue(language).gettext(_NO_TOTAL)})"
        return
    words = _count(_PARTICIPANTS, values.participants, language)
    if inside is not None:
        of_whom = catalogue(language).gettext(N_("%(participants)s dont %(num)s %(territory)s"))
        words = of_whom % {"participants": words, "num": number(inside, language), "territory": territory}
    yield words


def _count(words: tuple[str, str], count: int, language: str, **facts: str) -> str:
    return counted(words, count, language) % {"num": number(count, language), **facts}
