"""The public agenda: as a list of weeks, and as a month."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from flask import Blueprint, abort, render_template, request
from sqlmodel import Session

from alpes_events.agenda.listing import coming_events, events_between
from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import (
    Choice,
    ListedEvent,
    as_written,
    farther,
    found_and_counted,
    widenings,
    with_near_words,
)
from alpes_events.territory.queries import CommuneOnMap, communes_on_map
from alpes_web import month as months
from alpes_web.agenda_choice import RADII, USUAL_RADIUS, address_of, choice_of, without
from alpes_web.agenda_days import day_mark, weeks_ahead, weeks_of
from alpes_web.agenda_page import Chip, audience_label, chosen_chips, kind_chips, ways_out
from alpes_web.event_view import EventView, listed_views
from alpes_web.identity import identity
from alpes_web.site import site

agenda = Blueprint("agenda", __name__)

A_PAGE = 30
_MOST_NEAR = 3
_BIG = (EventKind.SALON, EventKind.FORUM)


@dataclass(frozen=True)
class _Tools:
    """What both pages need: what was found, chips, lists to choose from, what a form carries along, and the near words
    that were looked for instead of those that stand nowhere.
    """

    choice: Choice
    found: list[ListedEvent]
    communes: list[CommuneOnMap]
    chips: list[Chip]
    chosen: list[Chip]
    themes: list[str]
    audiences: list[tuple[str, str]]
    series: list[tuple[str, str]]
    near_words: list[str]
    radii: tuple[int, ...] = RADII
    usual_radius: int = USUAL_RADIUS

    @property
    def commune(self) -> str:
        """The name of the chosen commune, or nothing."""
        return next((one.name for one in self.communes if one.insee_code == self.choice.insee_code), "")

    @property
    def carried_by_near(self) -> list[tuple[str, str]]:
        """What the form « near me » keeps of the address."""
        return without(self.choice, ("commune", "radius"))

    @property
    def carried_by_finer(self) -> list[tuple[str, str]]:
        """What the form of finer choices keeps of the address."""
        return without(self.choice, ("theme", "audience", "series", "q"))


@agenda.get("/agenda")
@agenda.get("/")  # the nearest decorator comes first: links lead here
def upcoming() -> str:
    """The next events, week by week."""
    now, page = site().now(), _page_number()
    with site().database.reading() as db:
        listed = coming_events(db, now=now, searched="q" in request.args)
        tools = _tools(db, listed, month=None)
        found = tools.found
        shown = found[(page - 1) * A_PAGE : page * A_PAGE]
        items, poster = _shown_and_poster(db, listed, shown, tools.choice, now=now)
    if page > 1 and not shown:
        abort(404)
    today, zone = _here(now), identity().zone

    @cache
    def on_page(number: int) -> str:
        return address_of(tools.choice, page=number)

    def leads_to(place: int, day: date) -> str:
        return f"{on_page(place // A_PAGE + 1)}#{day_mark(day)}"

    weeks = weeks_of(items, today=today, zone=zone)
    first = weeks[0].days[0].day if weeks else today
    return render_template(
        "agenda/list.html",
        section="agenda",
        tools=tools,
        count=len(found),
        weeks=weeks,
        ahead=weeks_ahead(found, first=first, today=today, zone=zone, address=leads_to),
        ways_out=[] if found else ways_out(widenings(listed, tools.choice, radii=RADII)),
        wider=ways_out(farther(listed, tools.choice, radii=RADII)) if found else [],
        poster=poster,
        page=page,
        left=max(0, len(found) - page * A_PAGE),
        next_page=address_of(tools.choice, page=page + 1),
        previous_page=address_of(tools.choice, page=page - 1),
        month_address=address_of(tools.choice, month=(first.year, first.month)),
    )


@agenda.get("/agenda/<int(fixed_digits=4):year>-<int(fixed_digits=2):month>")
def month(year: int, month: int) -> str:
    """One month as a grid."""
    if not (1 <= month <= 12 and months.FIRST_YEAR <= year <= months.LAST_YEAR):  # noqa: PLR2004 (months)
        abort(404)
    now, zone = site().now(), identity().zone
    today = _here(now)
    with site().database.reading() as db:
        listed = events_between(db, *months.shown_span(year, month, zone=zone), searched="q" in request.args)
        tools = _tools(db, listed, month=(year, month))
        items = listed_views(db, tools.found, tools.choice, now=now, zone=zone)
    return render_template(
        "agenda/month.html",
        section="agenda",
        tools=tools,
        weeks=months.weeks_with(items, year, month, today=today, zone=zone),
        first=date(year, month, 1),
        today=today,
        before=_month_link(tools.choice, year, month, step=-1),
        after=_month_link(tools.choice, year, month, step=1),
        list_address=address_of(tools.choice),
    )


def _tools(db: Session, listed: list[ListedEvent], *, month: tuple[int, int] | None) -> _Tools:
    communes = communes_on_map(db, on=_here(site().now()))
    choice = with_near_words(listed, choice_of(request.args, communes))
    found, counts = found_and_counted(listed, choice)
    near = [word for words in choice.instead for word in words[:_MOST_NEAR]]
    series = sorted({(one.series, one.series_name) for one in listed if one.series}, key=lambda one: one[1])
    codes = sorted({code for one in listed for code in one.audience} | ({choice.audience} - {""}))
    return _Tools(
        choice=choice,
        found=found,
        communes=communes,
        chips=kind_chips(choice, counts, month=month),
        chosen=chosen_chips(choice, series=dict(series).get(choice.series, ""), month=month),
        themes=sorted({theme for one in listed for theme in one.themes}),
        audiences=[(code, audience_label(code)) for code in codes],
        series=series,
        near_words=as_written(listed, near),
    )


def _shown_and_poster(
    db: Session, listed: list[ListedEvent], shown: list[ListedEvent], choice: Choice, *, now: datetime
) -> tuple[list[EventView], EventView | None]:
    """The cards of what is shown, and the next big event, to be announced beside them."""
    big = [event.event_id for event in listed if event.kind in _BIG][:1]
    beside = [event for event in listed if event.event_id in big]
    views = {view.event.id: view for view in listed_views(db, [*shown, *beside], choice, now=now, zone=identity().zone)}
    return [views[one.event_id] for one in shown if one.event_id in views], next(map(views.get, big), None)


def _month_link(choice: Choice, year: int, month: int, *, step: int) -> tuple[str, date] | None:
    found = months.next_month(year, month, step=step)
    return None if found is None else (address_of(choice, month=found), date(*found, 1))


def _here(at: datetime) -> date:
    """The day at `at` on the organisation's clocks."""
    return at.astimezone(identity().zone).date()


def _page_number() -> int:
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 5 else 1  # noqa: PLR2004 (pages)
