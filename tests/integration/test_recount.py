"""The working tables of statistics: counting what was touched gives what counting by hand gives, after any change."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.agenda.models import Counter, Event, EventKind, EventState
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.people.models import AgeBand, Sex
from alpes_events.statistics.models import EventTally, PeriodTally, TouchedRecord
from alpes_events.statistics.participations import HEADCOUNTS
from alpes_events.statistics.recount import recount, recount_all
from tests.support.counted import World
from tests.support.recounted import (
    PARIS,
    event_tallies_by_hand,
    participations_by_hand,
    period_tallies_by_hand,
    stored_participations,
)

STARTS = [
    datetime(2022, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2023, 3, 2, 9, tzinfo=UTC),
    datetime(2023, 6, 1, 9, tzinfo=UTC),
]
snapshots = st.fixed_dictionaries(
    {
        "insee_code": st.sampled_from([None, "59328", "59350"]),
        "in_territory": st.sampled_from([None, True, False]),
        "in_priority_district": st.sampled_from([None, True, False]),
        "sex": st.sampled_from([None, *Sex]),
        "age_band": st.sampled_from([None, *AgeBand]),
        "channel": st.sampled_from(list(Channel)),
        "presence": st.sampled_from(list(Presence)),
    }
)
small = st.integers(0, 5)
changes = st.one_of(
    st.tuples(st.just("sign_up"), small, small, snapshots, st.sampled_from(list(RegistrationState))),
    st.tuples(st.just("mark"), small, st.sampled_from(list(Presence))),
    st.tuples(st.just("interview"), small, st.booleans()),
    st.tuples(st.just("merge"), small, small),
    st.tuples(st.just("undo"), small),
    st.tuples(st.just("move"), small, st.sampled_from(STARTS)),
    st.tuples(st.just("state"), small, st.sampled_from(list(EventState))),
    st.tuples(st.just("counter"), small, st.sampled_from(list(Counter))),
    st.tuples(st.just("count")),
)


class Changing(World):
    """Applies drawn changes, and notes what each touched as the journal's consumer would."""

    def start(self) -> None:
        kinds = list(EventKind)
        self.events = [
            self.event(
                STARTS[number % 3],
                kind=kinds[number],
                participants_counter=list(Counter)[number % 3 if number > 3 else 0],
            )
            for number in range(6)
        ]
        self.people = [self.candidate() for _ in range(6)]

    def sign_up_drawn(self, event: int, person: int, snapshot: dict[str, object], state: RegistrationState) -> None:
        here, who = self.events[event], self.people[person]
        session = self.session_of(here)
        self.sign_up(here, who, state=state, session_id=session.id, **snapshot)
        self.touch(event_id=here.id, candidate_id=who.id)

    def mark(self, number: int, presence: Presence) -> None:
        if row := self._sign_up(number):
            row.presence = presence
            self.touch(event_id=row.event_id, candidate_id=row.candidate_id)

    def interview_drawn(self, number: int, held: bool) -> None:
        if row := self._sign_up(number):
            event = self.db.get_one(Event, row.event_id)
            self.interview(row, self.exhibitor(event), held=held)
            self.touch(event_id=row.event_id)

    def merge(self, first: int, second: int) -> None:
        kept, merged = self.people[first], self.people[second]
        if kept.id != merged.id and kept.merged_into is None and merged.merged_into is None:
            merged.merged_into = kept.id
            self.touch(candidate_id=kept.id)
            self.touch(candidate_id=merged.id)

    def undo(self, number: int) -> None:
        merged = self.people[number]
        if merged.merged_into is not None:
            self.touch(candidate_id=merged.merged_into)
            self.touch(candidate_id=merged.id)
            merged.merged_into = None

    def change_event(self, number: int, **values: object) -> None:
        event = self.events[number]
        for name, value in values.items():
            setattr(event, name, value)
        self.touch(event_id=event.id)

    def _sign_up(self, number: int) -> Registration | None:
        rows = self.db.exec(select(Registration).order_by(Registration.id)).all()  # type: ignore[arg-type]
        return rows[number % len(rows)] if rows else None

    def apply(self, change: tuple[object, ...]) -> None:
        verb, *values = change
        if verb == "count":
            recount(self.db, zone=PARIS)
        elif verb == "move":
            number, start = values
            assert isinstance(number, int)
            assert isinstance(start, datetime)
            self.change_event(number, starts_at=start, ends_at=start.replace(hour=23, minute=59))
        elif verb == "state":
            self.change_event(values[0], state=values[1])  # type: ignore[arg-type]
        elif verb == "counter":
            self.change_event(values[0], participants_counter=values[1])  # type: ignore[arg-type]
        else:
            getattr(self, {"sign_up": "sign_up_drawn", "interview": "interview_drawn"}.get(str(verb), str(verb)))(
                *values
            )
        self.db.flush()


def _working_tables(db: Session) -> tuple[object, object, object]:
    events = {
        (row.event_id, row.cut, row.cut_value): tuple(getattr(row, name) for name in HEADCOUNTS)
        for row in db.exec(select(EventTally).execution_options(populate_existing=True))
    }
    periods = {
        (row.period, row.cut, row.cut_value): row.person_count
        for row in db.exec(select(PeriodTally).execution_options(populate_existing=True))
    }
    return stored_participations(db), events, periods


def _by_hand(db: Session) -> tuple[object, object, object]:
    rows = participations_by_hand(db)
    return rows, event_tallies_by_hand(rows), dict(period_tallies_by_hand(db, rows))


def test_counting_what_was_touched_equals_counting_by_hand(database: Database) -> None:
    with database.writing() as db:
        world = Changing(db)
        world.start()

        @given(st.lists(changes, max_size=12))
        @settings(deadline=None)
        def equal(drawn: list[tuple[object, ...]]) -> None:
            with db.begin_nested() as example:
                for change in drawn:
                    world.apply(change)
                recount(db, zone=PARIS)
                by_hand = _by_hand(db)
                assert _working_tables(db) == by_hand
                assert db.exec(select(TouchedRecord)).all() == []
                recount_all(db, zone=PARIS)
                assert _working_tables(db) == by_hand
                example.rollback()

        equal()
