"""A proposal to go on with the day, with the names and hours that staff read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.listing import lines_of
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.again import Proposal
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.times import moment


@dataclass(frozen=True)
class Change:
    """One interview: whose, with whom, when it was and when it would be; None where there is none."""

    name: str
    exhibitor: str
    was_at: datetime | None = None
    was_table: str = ""
    is_at: datetime | None = None
    is_table: str = ""


@dataclass(frozen=True)
class Changes:
    """What would move, be lost, and be new; by the hour that people have or get."""

    moved: tuple[Change, ...]
    lost: tuple[Change, ...]
    added: tuple[Change, ...]
    person_count: int


def changes_of(db: Session, event: Event, proposal: Proposal) -> Changes:
    """The proposal in names, whatever its size in a fixed number of questions."""
    slots = [slot for pair in proposal.moved for slot in pair] + [*proposal.lost, *proposal.added]
    names = {one.id: f"{one.given_name} {one.family_name}".strip() for one in lines_of(db, _people(slots))}
    stands = {one.exhibitor_id for one in slots}
    exhibitors = dict(db.exec(select(Exhibitor.id, Exhibitor.name).where(col(Exhibitor.id).in_(stands))).all())
    at = {one.table_id for one in slots}
    tables = dict(db.exec(select(InterviewTable.id, InterviewTable.name).where(col(InterviewTable.id).in_(at))).all())

    def change(was: Slot | None, becomes: Slot | None) -> Change:
        one = was or becomes
        assert one is not None
        return Change(
            name=names.get(one.registration_id, ""),
            exhibitor=exhibitors.get(one.exhibitor_id, ""),
            was_at=None if was is None else moment(event, was.starts),
            was_table="" if was is None else tables.get(was.table_id, ""),
            is_at=None if becomes is None else moment(event, becomes.starts),
            is_table="" if becomes is None else tables.get(becomes.table_id, ""),
        )

    return Changes(
        moved=tuple(change(was, becomes) for was, becomes in sorted(proposal.moved, key=lambda pair: pair[0].starts)),
        lost=tuple(change(one, None) for one in sorted(proposal.lost, key=lambda one: one.starts)),
        added=tuple(change(None, one) for one in sorted(proposal.added, key=lambda one: one.starts)),
        person_count=len(proposal.people),
    )


def _people(slots: Iterable[Slot]) -> list[int]:
    return sorted({one.registration_id for one in slots})
