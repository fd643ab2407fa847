"""The curve of a lot: validated hours month by month, planned hours, and the target line to the last day.

Two drawings are made, for a wide and for a narrow screen; the style sheet shows one. Colours are classes of the style
sheet. What it shows stands beside it in words and numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from alpes_events.clause.board.board import LotCard
from alpes_events.clause.board.pace import Target, cumulated
from alpes_events.clause.durations import MINUTES_PER_HOUR, in_hours
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_web.event_view import number
from alpes_web.languages import language, translated

_MOST_MONTH_NAMES = {"wide": 13, "narrow": 4}
_MONTH_NAME = 68
"""How much room the name of a month takes."""


@dataclass(frozen=True)
class _Frame:
    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    letters: int


_WIDE = _Frame("wide", 1100, 320, left=86, right=24, top=16, bottom=34, letters=14)
_NARROW = _Frame("narrow", 340, 240, left=58, right=12, top=12, bottom=30, letters=12)
_SMALL = _Frame("small", 120, 44, left=1, right=1, top=3, bottom=3, letters=0)


@dataclass(frozen=True)
class _Scale:
    frame: _Frame
    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        inside = min(max((day - self.first).days, 0), days)
        return self.frame.left + (self.frame.width - self.frame.left - self.frame.right) * inside / days

    def y(self, minutes: int) -> float:
        room = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.top + room * (1 - min(max(minutes, 0), self.most) / self.most)

    def path(self, points: Sequence[Target]) -> str:
        steps = (f"{self.x(one.due_on):.1f} {self.y(one.minutes):.1f}" for one in points)
        return "M" + "L".join(steps)


def curve(card: LotCard, *, today: date) -> Markup:
    """Both drawings; empty for a lot that owes nothing and has no hours."""
    if not _most(card):
        return Markup()
    return Markup("").join(_drawing(card, frame, today=today) for frame in (_WIDE, _NARROW))


def small_curve(card: LotCard, *, today: date) -> Markup:
    """A small drawing without words, for a row of the board, whose cells say the same."""
    if not _most(card):
        return Markup()
    scale, done, planned = _lines(card, _SMALL, today=today)
    return Markup(
        '<svg class="curve spark" viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-hidden="true">{paths}</svg>'
    ).format(w=_SMALL.width, h=_SMALL.height, paths=_paths(card, scale, done, planned))


def _drawing(card: LotCard, frame: _Frame, *, today: date) -> Markup:
    scale, done, planned = _lines(card, frame, today=today)
    ids = f"curve-{frame.name}"
    return Markup(
        '<svg class="plan curve {}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}</svg>'
    ).format(
        frame.name,
        frame.width,
        frame.height,
        ids,
        ids,
        ids,
        translated(N_("Heures réalisées, cumulées par mois")),
        ids,
        _told(card, done),
        _grid(scale),
        _month_names(scale),
        _paths(card, scale, done, planned),
        _today(scale, today),
    )


def _lines(card: LotCard, frame: _Frame, *, today: date) -> tuple[_Scale, list[Target], list[Target]]:
    accounts = card.accounts
    months = [*accounts.validated, *accounts.planned]
    ends = [accounts.last, *(one.due_on for one in card.standing.line), *months]
    last = max(day for day in (*ends, min(today, accounts.last or today)) if day is not None)
    scale = _Scale(frame, accounts.first - timedelta(days=1), max(last, accounts.first), _most(card))
    begin = Target(accounts.first - timedelta(days=1), 0)
    until = min(today, accounts.last or today)
    worked = [month for month, minutes in accounts.validated.items() if minutes]
    stop = max([until, *worked]) if worked else until
    done = [begin, *cumulated(accounts.validated, first=accounts.first, until=stop)] if stop >= accounts.first else []
    plan = [month for month, minutes in accounts.planned.items() if minutes]
    planned = _planned(accounts.planned, plan) if plan else []
    return scale, _not_after(done, today), planned


def _planned(minutes: Mapping[date, int], months: Sequence[date]) -> list[Target]:
    """The planned hours from the eve of the first month that has some."""
    first = min(months)
    return [Target(first - timedelta(days=1), 0), *cumulated(minutes, first=first, until=max(months))]


def _not_after(points: list[Target], today: date) -> list[Target]:
    """The running month ends today."""
    return [Target(min(one.due_on, today), one.minutes) for one in points]


def _most(card: LotCard) -> int:
    standing, accounts = card.standing, card.accounts
    targets = [one.minutes for one in standing.line]
    return max(standing.committed, standing.validated, sum(accounts.planned.values()), *targets)


def _paths(card: LotCard, scale: _Scale, done: Sequence[Target], planned: Sequence[Target]) -> Markup:
    found = Markup()
    if len(card.standing.line) > 1:
        found += Markup('<path class="c-target" d="{}"/>').format(scale.path(card.standing.line))
    if planned:
        found += Markup('<path class="c-planned" d="{}"/>').format(scale.path(planned))
    if done:
        ground = scale.y(0)
        ends = "".join(f"L{scale.x(one.due_on):.1f} {ground:.1f}" for one in (done[-1], done[0]))
        area = f"{scale.path(done)}{ends}Z"
        found += Markup('<path class="c-area" d="{}"/><path class="c-done" d="{}"/>').format(area, scale.path(done))
    return found


def _grid(scale: _Scale) -> Markup:
    """Lines at round numbers of hours, each with its number."""
    frame, found = scale.frame, Markup()
    step = _round_step(scale.most)
    for minutes in range(0, scale.most + 1, step):
        y = scale.y(minutes)
        found += Markup('<path class="c-grid" d="M{} {:.1f}H{}"/>').format(frame.left, y, frame.width - frame.right)
        found += Markup('<text x="{}" y="{:.1f}" font-size="{}" text-anchor="end" class="tx-m">{}</text>').format(
            frame.left - 8, y + 5, frame.letters, f"{number(minutes // MINUTES_PER_HOUR)} h"
        )
    return found


def _round_step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten hours that makes at most five lines."""
    hours = max(1, most // MINUTES_PER_HOUR)
    size = 1
    while True:
        for factor in (1, 2, 5):
            if hours // (size * factor) <= 5:  # noqa: PLR2004 (lines)
                return size * factor * MINUTES_PER_HOUR
        size *= 10


def _month_names(scale: _Scale) -> Markup:
    frame, found = scale.frame, Markup()
    span = max(1, (scale.last - scale.first).days)
    most = _MOST_MONTH_NAMES[frame.name]
    days = [scale.first + timedelta(days=span * place // (most - 1)) for place in range(most)]
    shown = sorted({day.replace(day=1) for day in days if day.replace(day=1) >= scale.first})
    free_from = 0.0
    for month in shown:
        at_end = scale.x(month) > frame.width - frame.right - _MONTH_NAME + 14
        begins = scale.x(month) - _MONTH_NAME if at_end else scale.x(month)
        if begins < free_from:
            continue
        free_from = begins + _MONTH_NAME
        anchor = "end" if at_end else "start"
        found += Markup('<text x="{:.1f}" y="{}" font-size="{}" text-anchor="{}" class="tx-m">{}</text>').format(
            scale.x(month), frame.height - 8, frame.letters, anchor, f"{month:%m/%Y}"
        )
    return found


def _today(scale: _Scale, today: date) -> Markup:
    if not scale.first <= today <= scale.last:
        return Markup()
    frame, x = scale.frame, scale.x(today)
    return Markup('<path class="c-today" d="M{:.1f} {}V{}"/>').format(x, frame.top, frame.height - frame.bottom)


def _told(card: LotCard, done: Sequence[Target]) -> str:
    """The drawing in a sentence: what was done, of what."""
    words = translated(N_("%(done)s réalisées au %(day)s, sur %(owed)s dues."))
    day = done[-1].due_on if done else card.accounts.first
    told = {
        "done": in_hours(card.standing.validated),
        "day": dates.short_day(day, language=language()),
        "owed": in_hours(card.standing.committed),
    }
    return words % told
