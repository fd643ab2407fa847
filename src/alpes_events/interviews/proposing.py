"""A proposal of the timetable: what is asked, searched for by the planner, kept as a draft."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

from sqlmodel import Session

from alpes_events.interviews.asked import asked
from alpes_events.interviews.board import Board
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.drafts import held_day, new_plan
from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.place_refusals import NothingToPropose
from alpes_events.interviews.plans import begun_slots, figures_of, open_plan, published_slots, rows_of, slots_of
from alpes_events.interviews.refusals import PlanChanged
from alpes_events.interviews.standing import standing_of, unmet_of
from alpes_matching.timetable import (
    USUAL_SWEEPS,
    Cause,
    Day,
    Person,
    Pin,
    Progress,
    Refused,
    Span,
    Table,
    Timetable,
    Wish,
    build,
    one_more_table,
)


@dataclass(frozen=True)
class Question:
    """What is to be arranged at an event, of which `begun` began already; `beside` is the number of the timetable then,
    `draft` the id and version of the draft that was open.
    """

    event_id: int
    day: Day
    begun: tuple[Slot, ...]
    beside: int
    draft: tuple[int, int] | None


@dataclass(frozen=True)
class Search:
    """How the planner searched: from which seed, for how long, whether somebody stopped it early."""

    seed: int = 0
    seconds: float = 0.0
    stopped: bool = False


@dataclass(frozen=True)
class Found:
    """What the planner answered. `one_more`: what one more table would meet, at the exhibitors fullest of wishes."""

    question: Question
    made: Timetable
    search: Search
    one_more: tuple[tuple[int, int], ...] = ()


Watch = Callable[[Progress], bool]

_ONE_MORE = 3
"""Exhibitors for which one more table is tried: each takes a good part of a second with 300 people."""
_FULL = frozenset({Cause.EXHIBITOR_FULL, Cause.TIMES_CLASH})


def question_of(db: Session, event_id: int, *, now: datetime) -> Question:
    """What is to be arranged now. Pins are those of the open draft, or else of the published timetable; what has begun
    is left out. Raises `NothingToPropose`, `UnknownEvent`.
    """
    plan = open_plan(db, event_id)
    own = published_slots(db, event_id) if plan is None else slots_of(plan)
    pins = [Pin(str(one.registration_id), str(one.exhibitor_id), one.starts, str(one.table_id)) for one in _pinned(own)]
    told = asked(db, event_id, pins=pins, now=now)
    begun = tuple(begun_slots(db, event_id, minute=told.day.now))
    if not told.day.tables or not told.day.wishes:
        raise NothingToPropose
    return Question(event_id, told.day, begun, told.number, None if plan is None else (plan.id or 0, plan.version))


def search(question: Question, *, seed: int = 0, sweeps: int = USUAL_SWEEPS, watch: Watch | None = None) -> Found:
    """Have the timetable proposed. `watch` may stop it early: the best so far is kept. Asks the database nothing."""
    stopped = False
    begun_at = monotonic()

    def look(progress: Progress) -> bool:
        nonlocal stopped
        stopped = watch is not None and watch(progress)
        return stopped

    day = without(question.day, question.begun)
    made = build(day, sweeps=sweeps, seed=seed, watch=look)
    more = () if stopped else _one_more(day, made)
    return Found(question, made, Search(seed, round(monotonic() - begun_at, 2), stopped), more)


def keep_proposal(db: Session, found: Found, *, now: datetime, account_id: int | None) -> InterviewPlan:
    """The proposal is the open draft of its event. Raises `PlanChanged` when somebody changed the one that was open
    meanwhile, `NoInterviewsHere` when the event is over.
    """
    question = found.question
    held_day(db, question.event_id, now=now)
    before = open_plan(db, question.event_id)
    if (None if before is None else (before.id, before.version)) != question.draft:
        raise PlanChanged
    plan = new_plan(db, question.event_id, beside=question.beside, now=now, account_id=account_id)
    board = Board(question.day, (), question.begun).holding(_slots(found.made))
    plan.interviews = rows_of(board.slots)
    plan.unmet = [[*one.pair, one.rank, one.left.value] for one in unmet_of(board)]
    plan.refused = refused_rows(found.made.refused)
    plan.figures = figures_of(standing_of(board)) | _proved(found)
    db.add(plan)
    db.flush()
    return plan


def without(day: Day, begun: Sequence[Slot]) -> Day:
    """The day without what has begun: those wishes are met, who is in an interview is there once it ends, and each has
    so many fewer to come.
    """
    pairs = {(str(one.registration_id), str(one.exhibitor_id)) for one in begun}
    counts = Counter(person for person, _ in pairs)
    until: dict[str, int] = {}
    for one in begun:
        until[str(one.registration_id)] = max(one.ends, until.get(str(one.registration_id), 0))
    return replace(
        day,
        people=tuple(_later(one, counts[one.key], until.get(one.key, 0)) for one in day.people),
        wishes=tuple(one for one in day.wishes if (one.person, one.exhibitor) not in pairs),
        pins=tuple(one for one in day.pins if (one.person, one.exhibitor) not in pairs),
    )


def refused_rows(refused: Sequence[Refused]) -> list[list[Any]]:
    """What the planner refused, as a draft stores it: `[what, id, rule, …]`; slots of a table are counted together."""
    rows: Counter[tuple[Any, ...]] = Counter(_refused_row(one) for one in refused)
    return [[*row, count] if row[0] == "table" else list(row) for row, count in rows.items()]


def _refused_row(one: Refused) -> tuple[Any, ...]:
    what = one.what
    if isinstance(what, Table):
        return "table", int(what.key), one.rule.value, int(what.exhibitor)
    if isinstance(what, Person):
        return "person", int(what.key), one.rule.value
    if isinstance(what, Wish):
        return "wish", int(what.person), one.rule.value, int(what.exhibitor)
    return "pin", int(what.person), one.rule.value, int(what.exhibitor), what.start


def _one_more(day: Day, made: Timetable) -> tuple[tuple[int, int], ...]:
    """For the exhibitors where most wishes found no free slot, how many more one more table would meet."""
    full = Counter(one.wish.exhibitor for one in made.unmet if one.cause in _FULL)
    found = [(int(exhibitor), one_more_table(day, exhibitor)) for exhibitor, _ in full.most_common(_ONE_MORE)]
    return tuple(pair for pair in found if pair[1] > 0)


def _pinned(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.pinned]


def _later(person: Person, count: int, until: int) -> Person:
    hours = tuple(Span(max(span.start, until), span.end) for span in person.hours if span.end > until)
    return replace(person, hours=hours, most=max(0, person.most - count))


def _slots(made: Timetable) -> list[Slot]:
    return [
        Slot(int(one.person), int(one.exhibitor), int(one.table), one.start, one.end, pinned=one.pinned)
        for one in made.interviews
    ]


def _proved(found: Found) -> dict[str, Any]:
    made, question = found.made, found.question
    met_before = len({slot.pair for slot in question.begun})
    return {
        "bound_met": None if made.bound_met is None else made.bound_met + met_before,
        "worth": made.worth,
        "bound_worth": made.bound_worth,
        "proved": made.proved,
        "pins": sum(one.pinned for one in made.interviews),
        "seed": found.search.seed,
        "seconds": found.search.seconds,
        "stopped": found.search.stopped,
        "one_more": [list(pair) for pair in found.one_more],
    }
