"""A figure as pages show it: its words, how many events know it, and the address of the rows behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from alpes_events.language.sentence import N_, NN_
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.export import HIDDEN, NOT_COLLECTED
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.periods import Period
from alpes_events.statistics.year_report import EventRow, YearReport
from alpes_web.event_view import number
from alpes_web.languages import said, translated, translated_count

_PHRASES = {
    "participants": NN_("%(num)s participant", "%(num)s participants"),
    "visitors": NN_("%(num)s visiteur", "%(num)s visiteurs"),
    "interviews": NN_("%(num)s entretien réalisé", "%(num)s entretiens réalisés"),
    "exhibitors": NN_("%(num)s exposant", "%(num)s exposants"),
}


@dataclass(frozen=True)
class Shown:
    """One value of a page: its words, whether it is a number, the address of what stands behind it, and a remark."""

    words: str
    is_known: bool = True
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Share:
    """How many come from the territory, at the events that know it of their participants."""

    inside: int
    whole: int

    @property
    def percent(self) -> int:
        """Rounded half up to the unit."""
        return (200 * self.inside + self.whole) // (2 * self.whole)


def shown(figure: Figure | None, period: Period, *, opens: bool, missing: str = NOT_COLLECTED) -> Shown:
    """A figure, with the address of its rows for those who may open them. `missing` is said when it is unknown."""
    if figure is None or figure.value is None:
        return Shown(said(HIDDEN if figure is not None and figure.hidden else missing), is_known=False)
    return Shown(number(figure.value), address=_address_of(figure, period) if opens else "")


def coverage_words(figure: Figure) -> str:
    """How many events know a figure: « 5 sur 28 »."""
    return of_events(figure.known_count, figure.event_count)


def of_events(known: int, count: int) -> str:
    """« 5 sur 28 »."""
    return translated(N_("%(known)s sur %(count)s")) % {"known": number(known), "count": number(count)}


def sentence_figures(report: YearReport, *, opens: bool) -> list[Markup]:
    """The figures of a year's sentence, « 192 participants », each a link to its rows."""
    phrases = []
    for indicator, words in _PHRASES.items():
        figure = report.figures.figure(indicator)
        if figure is not None and figure.value:
            text = translated_count(*words, figure.value) % {"num": number(figure.value)}
            phrases.append(_linked(text, _address_of(figure, report.figures.period) if opens else ""))
    return phrases


def enumerated(parts: list[Markup]) -> Markup:
    """« a, b et c »."""
    if len(parts) < 2:  # noqa: PLR2004
        return Markup("").join(parts)
    last = Markup(" {} ").format(translated(N_("et")))
    return Markup(", ").join(parts[:-1]) + last + parts[-1]


def territory_share(rows: Iterable[EventRow]) -> Share | None:
    """The territory's share over the events that know both numbers; None when none does, or nobody came."""
    known = [(row.value("participants_territory"), row.value("participants")) for row in rows]
    pairs = [(inside, whole) for inside, whole in known if inside is not None and whole is not None]
    whole = sum(pair[1] for pair in pairs)
    return Share(sum(pair[0] for pair in pairs), whole) if whole else None


def share_of(row: EventRow, *, missing: str) -> Shown:
    """« 93 % », or that it is unknown."""
    share = territory_share([row])
    if share is not None:
        return share_words(share)
    parts = (row.figure("participants"), row.figure("participants_territory"))
    hidden = any(figure is not None and figure.hidden for figure in parts)
    return Shown(translated(HIDDEN if hidden else missing), is_known=False)


def share_words(share: Share) -> Shown:
    """« 93 % »."""
    return Shown(translated(N_("%(percent)s %%")) % {"percent": share.percent})


def _address_of(figure: Figure, period: Period) -> str:
    cut, part = (figure.cut.value, figure.part) if figure.cut is not Cut.ALL else (None, None)
    return url_for("staff_figures.rows", period=period.key, indicator=figure.indicator, cut=cut, part=part)


def _linked(text: str, address: str) -> Markup:
    if not address:
        return Markup("<b>{}</b>").format(text)
    return Markup('<a href="{}">{}</a>').format(address, text)
