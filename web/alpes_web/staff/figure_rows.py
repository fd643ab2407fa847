"""Which figure an address asks to open: its period, and the part of which cut, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, url_for
from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import CUT_LABELS, ELSEWHERE, PARTS, UNKNOWN, Cut, part_label
from alpes_events.statistics.indicators import Indicator
from alpes_events.statistics.periods import Grain, Period
from alpes_events.territory.models import Commune
from alpes_web.languages import language, translated


@dataclass(frozen=True)
class PeriodTitle:
    """A period in words, with the page of its figures."""

    words: str
    address: str


@dataclass(frozen=True)
class Heading:
    """The figure in words: « Participants », « Sexe », « Femmes »."""

    indicator: str
    cut: str
    part: str


def chosen_part(indicator: Indicator, period: Period, asked: Mapping[str, str]) -> tuple[Cut, str]:
    """The cut and part that the address names, if any; ends with 404 when the indicator has no such part."""
    name, part = asked.get("cut", ""), asked.get("part", "")
    if not name:
        return Cut.ALL, ""
    cut = next((cut for cut in indicator.cuts_at(period.grain) if cut.value == name), None)
    if cut is None or not _is_part(cut, part):
        abort(404)
    return cut, part


def _is_part(cut: Cut, part: str) -> bool:
    if cut in PARTS:
        return part in PARTS[cut]
    return part in {ELSEWHERE, UNKNOWN} or (len(part) == len("59378") and part.isascii() and part.isalnum())


def heading_of(db: Session, indicator: Indicator, cut: Cut, part: str) -> Heading:
    """The figure in words; a commune by its name."""
    commune = db.get(Commune, part) if cut is Cut.COMMUNE else None
    name = commune.name if commune is not None else translated(part_label(cut, part)) if cut else ""
    return Heading(translated(indicator.label), translated(CUT_LABELS[cut]) if cut else "", name)


def period_title(db: Session, period: Period) -> PeriodTitle:
    """« année 2023 », « mars 2023 » or the event's name; ends with 404 when there is no such event."""
    if period.event_id is not None:
        event = db.get(Event, period.event_id)
        if event is None:
            abort(404)
        return PeriodTitle(event.title, url_for("staff_event.figures", event_id=event.id))
    first, _ = period.days()
    address = url_for("staff_figures.year", year=first.year)
    if period.grain is Grain.MONTH:
        return PeriodTitle(dates.month(first, language=language(), year=True), address)
    return PeriodTitle(translated(N_("année %(year)s")) % {"year": first.year}, address)
