"""The tab of figures of one event: each figure with its rows, and who came."""

from collections.abc import Mapping

from sqlmodel import Session

from alpes_events.agenda.models import Counter, Event
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.event_line import event_line, line_values
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.indicators import INDICATORS, Gate, Indicator
from alpes_events.statistics.periods import Grain
from alpes_events.statistics.queries import Figures
from alpes_events.territory.organisation import current_organisation
from alpes_web.languages import language, translated
from alpes_web.staff.figure_tables import Line, Table, cut_table
from alpes_web.staff.figures import Shown, shown

COUNTED = {
    Counter.COLLECTED: N_("relevé"),
    Counter.TERRITORY_ONLY: N_("territoire seulement"),
    Counter.NOT_COLLECTED: N_("non relevé"),
}
"""What an event declares of a counter, in a word."""
_CUT = ("participants", "registered", "interviews")
_CUTS = (Cut.TERRITORY, Cut.PRIORITY_DISTRICT, Cut.SEX, Cut.AGE_BAND, Cut.CHANNEL, Cut.COMMUNE)


def line_of_report(db: Session, figures: Figures) -> str:
    """The event's line as the yearly report prints it."""
    territory = current_organisation(db).territory_short_name
    return event_line(line_values(figures), territory=territory, language=language())


def one_event_table(figures: Figures, event: Event) -> Table:
    """Every figure of the event, and whether it is collected there; those of the territory after those who came."""
    rows = []
    for indicator in INDICATORS:
        if Grain.EVENT in indicator.grains and indicator.id != "events":
            collected = _collected(indicator, event)
            rows.append(_line(figures.figure(indicator.id), figures, translated(indicator.label), collected))
            if indicator.id == "participants":
                inside = figures.figure("participants", Cut.TERRITORY, YES)
                rows.append(_line(inside, figures, translated(N_("dont territoire")), Shown("")))
    title = translated(N_("Ses chiffres"))
    return Table(title, title, (translated(N_("Nombre")), translated(N_("Ce qui est relevé"))), tuple(rows))


def _line(figure: Figure | None, figures: Figures, name: str, collected: Shown) -> Line:
    return Line(name, (shown(figure, figures.period, opens=True), collected))


def _collected(indicator: Indicator, event: Event) -> Shown:
    """What the event declares of the counter behind a figure."""
    if indicator.gate is Gate.NONE:
        return Shown(translated(N_("toujours")))
    counter = getattr(event, indicator.gate.value)
    return Shown(translated(COUNTED[counter]), is_known=counter is not Counter.NOT_COLLECTED)


def event_cuts(figures: Figures, *, communes: Mapping[str, str]) -> list[Table]:
    """Who signed up, came and had interviews, cut by cut."""
    tables = (cut_table(figures, cut, _CUT, opens=True, communes=communes) for cut in _CUTS)
    return [table for table in tables if table is not None]
