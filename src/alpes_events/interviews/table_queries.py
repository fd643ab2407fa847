"""Tables as they are read: of one exhibitor, and every exhibitor of an event with what its tables can hold."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.fair.meetings import Interview
from alpes_events.fair.wish_queries import StandWishes, wishes_at
from alpes_events.interviews.live import to_come
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.table import TableDraft, draft_of


@dataclass(frozen=True)
class TableView:
    """A table with how many interviews are to come there. `closed_from`: it was closed on the day, from that minute."""

    id: int
    exhibitor_id: int
    draft: TableDraft
    coming_count: int
    closed_from: int | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.draft.name


@dataclass(frozen=True)
class StandTables:
    """An exhibitor who comes, how many wish to meet it, and its tables."""

    stand: StandWishes
    tables: tuple[TableView, ...]

    @property
    def slot_count(self) -> int:
        """How many interviews its tables have time for."""
        return sum(one.draft.slot_count for one in self.tables)

    @property
    def is_short(self) -> bool:
        """Whether more wish to meet it than it has time for."""
        return bool(self.tables) and self.stand.wishes.count > self.slot_count


def tables_of(db: Session, exhibitor_ids: Collection[int]) -> dict[int, tuple[TableView, ...]]:
    """The open tables of each of these exhibitors who has one, by hour and name."""
    rows = db.exec(
        select(InterviewTable)
        .where(col(InterviewTable.exhibitor_id).in_(exhibitor_ids), col(InterviewTable.retired_at).is_(None))
        .order_by(col(InterviewTable.id))
    ).all()
    coming = _coming_counts(db, [row.id or 0 for row in rows])
    found: dict[int, tuple[TableView, ...]] = {}
    for row in rows:
        view = TableView(row.id or 0, row.exhibitor_id, draft_of(row), coming.get(row.id or 0, 0), row.closed_from)
        found[row.exhibitor_id] = (*found.get(row.exhibitor_id, ()), view)
    return found


def tables_at(db: Session, event_id: int) -> list[StandTables]:
    """Every exhibitor who comes, by name."""
    stands = sorted(wishes_at(db, event_id), key=lambda one: one.name.casefold())
    tables = tables_of(db, [one.id for one in stands])
    return [StandTables(one, tables.get(one.id, ())) for one in stands]


def _coming_counts(db: Session, table_ids: Collection[int]) -> dict[int, int]:
    counted = (
        columns(col(Interview.table_id), func.count())
        .where(col(Interview.table_id).in_(table_ids), col(Interview.starts).is_not(None), to_come())
        .group_by(col(Interview.table_id))
    )
    return {row[0]: row[1] for row in db.execute(counted)}
