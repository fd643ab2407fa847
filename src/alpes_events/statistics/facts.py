"""What is read of each event before anything is decided: what it declares, and its counts whole and in parts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import FromClause, case, func, select
from sqlmodel import Session, col

from alpes_events.agenda.models import Counter, Entry, Event, EventKind
from alpes_events.attendance.models import DoorCount
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.statistics.cuts import ELSEWHERE, NO, UNKNOWN, YES, Cut
from alpes_events.statistics.indicators import Gate
from alpes_events.statistics.meeting_facts import MEETINGS, meeting_sums

Parts = dict[tuple[str, Cut], dict[str, int]]
"""For each indicator and cut, the count of each part."""

PEOPLE = {
    "registered": "registered",
    "waitlisted": "waitlisted",
    "cancelled": "cancelled",
    "revoked": "revoked",
    "participants": "attended",
    "no_shows": "no_show",
    "excused": "excused",
    "unmarked": "unmarked",
    "interviews": "interviews",
}
"""Indicators counted of people, with the head-count that each adds up."""
_CUTS = {cut.value: cut for cut in Cut}
THINGS = ("exhibitors", "visitors", "demonstrations", *MEETINGS)
"""Indicators counted of things, and of meetings."""


@dataclass
class EventFacts:
    """One event: what it declares, and every count that its records give, believed or not."""

    kind: EventKind
    entry: Entry
    is_over: bool
    counters: Mapping[Gate, Counter]
    whole: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*PEOPLE, *THINGS), 0))
    parts: Parts = field(default_factory=lambda: defaultdict(dict))
    planned_interviews: int = 0
    meeting_acts: dict[str, int] = field(default_factory=dict)
    door_counts: int = 0
    territory_door_counts: int = 0

    def silent_about(self, indicator: str, cut: Cut) -> bool:
        """Whether there is somebody, and of nobody was noted where they stand in the cut."""
        whole = self.whole[indicator]
        return whole > 0 and self.parts[indicator, cut].get(UNKNOWN, 0) == whole


def read_facts(db: Session, event_ids: Collection[int], *, now: datetime) -> dict[int, EventFacts]:
    """What events declare and their counts of things, by event; people are read by `read_people`."""
    gates = [gate for gate in Gate if gate is not Gate.NONE]
    columns = [getattr(Event, gate.value) for gate in gates]
    query = select(col(Event.id), col(Event.kind), col(Event.entry), col(Event.ends_at), *columns)
    facts = {}
    for event_id, kind, entry, ends_at, *counters in db.execute(query.where(col(Event.id).in_(event_ids))):
        facts[event_id] = EventFacts(kind, entry, ends_at <= now, dict(zip(gates, counters, strict=True)))
    _read_exhibitors(db, facts)
    _read_demonstrations(db, facts)
    _read_door(db, facts)
    _read_meetings(db, facts)
    return facts


def read_people(
    db: Session, facts: Mapping[int, EventFacts], tallies: FromClause, *, parts: Iterable[str] | None = None
) -> None:
    """Read the head-counts of events from their tallies: whole, and `parts` (None: all of them)."""
    heads = [tallies.c[head] for head in (*PEOPLE.values(), "interviews_planned")]
    query = select(tallies.c.event_id, tallies.c.cut, tallies.c.cut_value, *heads).where(tallies.c.event_id.in_(facts))
    if parts is not None:
        query = query.where(tallies.c.cut_value.in_(["", *parts]))
    for event_id, cut, part, *counts, planned in db.execute(query):
        event = facts[event_id]
        if not cut:
            event.whole.update(zip(PEOPLE, map(int, counts), strict=True))
            event.planned_interviews = int(planned)
            continue
        for indicator, count in zip(PEOPLE, counts, strict=True):
            if count:
                event.parts[indicator, _CUTS[cut]][part] = int(count)


def _read_exhibitors(db: Session, facts: Mapping[int, EventFacts]) -> None:
    key = (col(Exhibitor.event_id), col(Exhibitor.in_territory), col(Exhibitor.insee_code))
    query = select(*key, func.count()).where(
        col(Exhibitor.event_id).in_(facts), col(Exhibitor.state) == ExhibitorState.ACCEPTED
    )
    for event_id, inside, insee_code, count in db.execute(query.group_by(*key)):
        event = facts[event_id]
        event.whole["exhibitors"] += count
        _add(event.parts["exhibitors", Cut.TERRITORY], {True: YES, False: NO, None: UNKNOWN}[inside], count)
        _add(event.parts["exhibitors", Cut.COMMUNE], insee_code or (ELSEWHERE if inside is False else UNKNOWN), count)


def _read_demonstrations(db: Session, facts: Mapping[int, EventFacts]) -> None:
    event_id = col(Demonstration.event_id)
    for found, count in db.execute(select(event_id, func.count()).where(event_id.in_(facts)).group_by(event_id)):
        facts[found].whole["demonstrations"] = count


def _read_meetings(db: Session, facts: Mapping[int, EventFacts]) -> None:
    for indicator, question in meeting_sums(facts):
        for event_id, count, amount in db.execute(question):
            facts[event_id].whole[indicator] = int(amount)
            facts[event_id].meeting_acts[indicator] = count


def _read_door(db: Session, facts: Mapping[int, EventFacts]) -> None:
    """Visitors, and those of the territory where the door counted them apart."""
    inside, visitors = col(DoorCount.territory_count), col(DoorCount.visitor_count)
    apart = case((inside.is_not(None), visitors), else_=0)
    query = select(
        col(DoorCount.event_id),
        func.count(),
        func.count(inside),
        func.sum(visitors),
        func.sum(apart),
        func.coalesce(func.sum(inside), 0),
    ).where(col(DoorCount.event_id).in_(facts))
    for event_id, counts, territory_counts, *sums in db.execute(query.group_by(col(DoorCount.event_id))):
        event, (whole, noted, territory) = facts[event_id], map(int, sums)
        event.door_counts, event.territory_door_counts = counts, territory_counts
        event.whole["visitors"] = whole
        parts = {YES: territory, NO: noted - territory, UNKNOWN: whole - noted}
        event.parts["visitors", Cut.TERRITORY] = {part: count for part, count in parts.items() if count}


def _add(numbers: dict[str, int], key: str, value: int) -> None:
    numbers[key] = numbers.get(key, 0) + value
