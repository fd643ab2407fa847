"""The row behind every kind of place: an event, a session, later a stand or an interview slot."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from alpes_events.database.rows import Row


class SeatPool(Row, table=True):
    """A number of places. `capacity` None is without limit; `taken` moves only by the conditional UPDATE."""

    __tablename__ = "seat_pool"
    __table_args__ = (
        CheckConstraint("taken >= 0", name="taken"),
        CheckConstraint("capacity IS NULL OR (capacity >= 0 AND taken <= capacity)", name="capacity"),
    )

    id: int | None = Field(default=None, primary_key=True)
    capacity: int | None = None
    taken: int = 0
