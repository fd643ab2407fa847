"""Rows of statistics: values as they were compiled, which never change, and the working tables they are counted in."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Table, UniqueConstraint
from sqlmodel import Field

from alpes_events.agenda.models import Counter, EventKind
from alpes_events.database.rows import PARTICIPATION, Row, enum_column, personal


class Compilation(Row, table=True):
    """One compilation of one period (`2023`, `2023-03`, `event:12`), with the digest of the definitions it used."""

    __tablename__ = "compilation"
    __table_args__ = (Index("ix_compilation_period", "period", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(max_length=32)
    compiled_at: datetime
    definitions: str = Field(max_length=64)


class CompiledValue(Row, table=True):
    """The value of one indicator in one cut, immutable. `value` None: not collected. `known_count` of
    `event_count` events gave it.
    """

    __tablename__ = "compiled_value"
    __table_args__ = (UniqueConstraint("compilation_id", "indicator", "cut", "cut_value"),)

    id: int | None = Field(default=None, primary_key=True)
    compilation_id: int = Field(foreign_key="compilation.id")
    indicator: str = Field(max_length=48)
    version: int
    cut: str = Field(default="", max_length=32)
    cut_value: str = Field(default="", max_length=64)
    value: int | None = None
    known_count: int = 0
    event_count: int = 0


class TouchedRecord(Row, table=True):
    """What a journal entry touched since figures were last counted: an event, a person, or a person at an event."""

    __tablename__ = "touched_record"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int | None = Field(default=None, foreign_key="journal_entry.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="event.id")
    candidate_id: int | None = personal(PARTICIPATION, None, foreign_key="candidate.id")
    touched_at: datetime


class CountedEvent(Row, table=True):
    """Working table: an event that counts, as it was when its people were last counted.

    `month` and `year` are local (`2023-03`, `2023`); `order_key` sorts events by start, and its last seven digits
    are the event's id.
    """

    __tablename__ = "counted_event"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    month: str = Field(max_length=7)
    year: str = Field(max_length=4)
    order_key: int = Field(sa_type=BigInteger)
    kind: EventKind = Field(sa_type=enum_column(EventKind))
    participants_counter: Counter = Field(sa_type=enum_column(Counter))


class Participation(Row, table=True):
    """Working table: one person at one event, once, whatever the number of their sign-ups and records.

    The person is the record that stands for them after merges; the cuts are those of the sign-up that counts. Each
    count is 0 or 1, but for the interviews.
    """

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_person", "person_id"),)

    event_id: int = personal(PARTICIPATION, primary_key=True, foreign_key="event.id")
    person_id: int = personal(PARTICIPATION, primary_key=True, foreign_key="candidate.id")
    commune: str = personal(PARTICIPATION, max_length=9)
    territory: str = personal(PARTICIPATION, max_length=7)
    priority_district: str = personal(PARTICIPATION, max_length=7)
    sex: str = personal(PARTICIPATION, max_length=7)
    age_band: str = personal(PARTICIPATION, max_length=8)
    channel: str = personal(PARTICIPATION, max_length=8)
    registered: int = personal(PARTICIPATION)
    waitlisted: int = personal(PARTICIPATION)
    cancelled: int = personal(PARTICIPATION)
    revoked: int = personal(PARTICIPATION)
    attended: int = personal(PARTICIPATION)
    no_show: int = personal(PARTICIPATION)
    excused: int = personal(PARTICIPATION)
    unmarked: int = personal(PARTICIPATION)
    interviews: int = personal(PARTICIPATION)
    interviews_planned: int = personal(PARTICIPATION)


class EventTally(Row, table=True):
    """Working table: the participations of one event added up, whole (empty cut) and in each cut."""

    __tablename__ = "event_tally"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    cut: str = Field(primary_key=True, max_length=32)
    cut_value: str = Field(primary_key=True, max_length=64)
    registered: int
    waitlisted: int
    cancelled: int
    revoked: int
    attended: int
    no_show: int
    excused: int
    unmarked: int
    interviews: int
    interviews_planned: int


class PeriodTally(Row, table=True):
    """Working table: how many different persons came to the events of a month or year, whole and in each cut."""

    __tablename__ = "period_tally"

    period: str = Field(primary_key=True, max_length=7)
    cut: str = Field(primary_key=True, max_length=32)
    cut_value: str = Field(primary_key=True, max_length=64)
    person_count: int


COMPILED_VALUES: Table = CompiledValue.__table__  # type: ignore[attr-defined]
COUNTED_EVENTS: Table = CountedEvent.__table__  # type: ignore[attr-defined]
PARTICIPATIONS: Table = Participation.__table__  # type: ignore[attr-defined]
EVENT_TALLIES: Table = EventTally.__table__  # type: ignore[attr-defined]
PERIOD_TALLIES: Table = PeriodTally.__table__  # type: ignore[attr-defined]
