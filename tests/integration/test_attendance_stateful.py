"""Whatever people do at one event, in whatever order: places, queues, journal and messages keep their laws."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import close_event, publish_event, the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import EventState
from alpes_events.agenda.sessions import UnknownSession, add_session
from alpes_events.attendance import marks, offers, places, presence, release, walk_ins
from alpes_events.attendance.admission import EventIsFull, EventIsOff, EventIsPast, Seating
from alpes_events.attendance.coming_back import NotTheirsToTakeBack, SignedUpElsewhere, come_back, way_back
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import ACTIVE, Channel, Presence, PresenceMark, Registration, RegistrationState
from alpes_events.attendance.priority import change_priority
from alpes_events.attendance.receipts import FormChanged
from alpes_events.attendance.schedule import reschedule_event
from alpes_events.attendance.sign_up import AlreadySignedUp, register
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate
from alpes_events.seats.pool import CapacityBelowTaken
from tests.support.attendance_laws import (
    ENTRY_OF,
    Snapshot,
    broken_laws,
    entries_of,
    snapshot,
)
from tests.support.databases import Templates
from tests.support.depth import DEPTH
from tests.support.stories import NOW, STARTS_AT, an_event, an_organisation, somebody

T = TypeVar("T")

PEOPLE = 8
TELEPHONE_ONLY, WITHOUT_CONTACT = 6, 7
STEPS = 30
LATE = 20
"""Before so many steps, nothing happens that ends the event: little can follow it."""
HOUR = timedelta(hours=1)

OFF_KINDS = {EntryKind.EVENT_CANCELLED, EntryKind.EVENT_WITHDRAWN, EntryKind.SESSION_CANCELLED}
STATE_KINDS = set(ENTRY_OF.values())
NEWS = {
    EntryKind.REGISTRATION_CONFIRMED: MessageKind.CONFIRMED,
    EntryKind.REGISTRATION_WAITLISTED: MessageKind.WAITLISTED,
    EntryKind.REGISTRATION_OFFERED: MessageKind.OFFERED,
    EntryKind.REGISTRATION_EXPIRED: MessageKind.OFFER_EXPIRED,
    EntryKind.REGISTRATION_CANCELLED: MessageKind.CANCELLED_BY_YOU,
    EntryKind.REGISTRATION_REVOKED: MessageKind.REVOKED,
    EntryKind.REGISTRATION_REPEATED: MessageKind.ALREADY_REGISTERED,
}
"""What somebody with an e-mail address is told of."""

numbers = st.integers(min_value=0, max_value=99)
people = st.integers(min_value=0, max_value=PEOPLE - 1)
capacities = st.sampled_from([0, 1, 1, 2, 2, 3, None])


class Attendance(RuleBasedStateMachine):
    """One event with a workshop, eight people, and a clock that only goes forward."""

    database: Database
    reached: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.seen = Snapshot(EventState.PUBLISHED, STARTS_AT, STARTS_AT)
        self.step_count = 0
        self.forms: list[tuple[SignUp, SignUpAnswer]] = []
        self.scans: list[tuple[int, Presence, str]] = []
        self.walk_ins: list[tuple[walk_ins.WalkIn, str, int]] = []

    @initialize(
        capacity=capacities,
        workshop=capacities,
        comers=st.lists(
            st.integers(min_value=0, max_value=2 * PEOPLE - 1), unique=True, min_size=3, max_size=2 * PEOPLE
        ),
        waiting_list=st.sampled_from([True, True, True, False]),
    )
    def announce(self, capacity: int | None, workshop: int | None, comers: list[int], *, waiting_list: bool) -> None:
        with self.database.writing() as db:
            self.event_id = an_event(db, capacity=capacity, waiting_list=waiting_list)
            draft = SessionDraft("Atelier", STARTS_AT, STARTS_AT + HOUR, capacity=workshop)
            self.session_id = add_session(db, self.event_id, draft, now=NOW, account_id=None)
            db.commit()
            self.seen = snapshot(db, self.event_id)
        for comer in comers:
            self._sign_up(comer % PEOPLE, workshop=comer >= PEOPLE)

    # The people

    @rule(who=people, workshop=st.booleans())
    def sign_up(self, who: int, *, workshop: bool) -> None:
        self._sign_up(who, workshop=workshop)

    @rule(who=people, workshop=st.booleans(), priority=st.integers(min_value=0, max_value=2))
    def sign_somebody_up(self, who: int, priority: int, *, workshop: bool) -> None:
        self._sign_up(who, workshop=workshop, by_staff=True, priority=priority)

    def _sign_up(self, who: int, *, workshop: bool, by_staff: bool = False, priority: int = 0) -> None:
        form = SignUp(
            event_id=self.event_id,
            channel=Channel.ADVISOR if by_staff or who == WITHOUT_CONTACT else Channel.SELF,
            person=_person(who),
            session_id=self.session_id if workshop else None,
            form_key=str(uuid4()),
            priority=priority,
        )
        refusals = (EventIsFull, EventIsOff, EventIsPast, AlreadySignedUp, UnknownSession)
        answer = self._act(lambda db: register(db, form, now=self.now), may_refuse=refusals)
        if isinstance(answer, SignUpAnswer):
            self.forms.append((form, answer))
            self.reached[f"signed up: {answer.state}"] += 1
            self.reached["repeated"] += answer.repeated

    @precondition(lambda self: self.forms)
    @rule(which=numbers, changed=st.booleans())
    def send_form_again(self, which: int, *, changed: bool) -> None:
        form, first = self.forms[which % len(self.forms)]
        form = replace(form, person=_person(99)) if changed else form
        before = self.seen
        answer = self._act(lambda db: register(db, form, now=self.now), may_refuse=(FormChanged,))
        assert self.seen == before
        assert isinstance(answer, FormChanged) if changed else answer == replace(first, replayed=True)

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers, by=st.sampled_from(["self", "staff"]))
    def cancel(self, which: int, by: str, wanted: RegistrationState = RegistrationState.OFFERED) -> None:
        found = self._registration(which, wanted)
        refusals = (release.TooLateToCancel, release.AlreadyCame)
        self._act(lambda db: release.cancel_registration(db, found, by=by, now=self.now), may_refuse=refusals)
        before = self.seen
        again = self._act(lambda db: release.cancel_registration(db, found, by=by, now=self.now), may_refuse=refusals)
        assert again is not True
        assert self.seen == before

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def revoke(self, which: int) -> None:
        found = self._registration(which)
        self._act(
            lambda db: release.revoke_registration(db, found, now=self.now, account_id=None),
            may_refuse=(release.TooLateToCancel, release.AlreadyCame),
        )

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def accept_offer(self, which: int) -> None:
        found = self._registration(which, RegistrationState.OFFERED)
        answer = self._act(lambda db: offers.accept_offer(db, found, now=self.now), may_refuse=(offers.OfferIsOver,))
        self.reached["accepted"] += answer is True

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def place_passes_on(self, which: int) -> None:
        self.cancel(4 * which + 1, by="self", wanted=RegistrationState.CONFIRMED)
        self.accept_offer(4 * which + 1)

    @precondition(lambda self: self.step_count > LATE // 2 and self.seen.sign_ups)
    @rule(which=numbers)
    def place_is_free_after_the_cut_off(self, which: int) -> None:
        self._pass_to(max(self.now, self.seen.starts_at - HOUR))
        self.cancel(4 * which + 1, by="self", wanted=RegistrationState.CONFIRMED)
        self.offer_by_hand(4 * which + 1)

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def come_back(self, which: int) -> None:
        found = self._registration(4 * which + 1, RegistrationState.CANCELLED, RegistrationState.EXPIRED)
        before = self.seen
        with self.database.reading() as db:
            promised = way_back(db, found, now=self.now)
        refusals = (EventIsFull, EventIsOff, EventIsPast, UnknownSession, NotTheirsToTakeBack, SignedUpElsewhere)
        answer = self._act(lambda db: come_back(db, found, now=self.now), may_refuse=refusals)
        was = next(one.state for one in before.sign_ups if one.id == found)
        if was not in ACTIVE:
            given = {Seating.PLACE: RegistrationState.CONFIRMED, Seating.QUEUE: RegistrationState.WAITLISTED}
            assert (answer if isinstance(answer, RegistrationState) else None) == (promised and given[promised])
            self.reached[f"came back: {answer}"] += isinstance(answer, RegistrationState)
        for session_id in (None, self.session_id):
            others = [[one.id for one in seen.queue(session_id) if one.id != found] for seen in (before, self.seen)]
            assert others[0] == others[1], "somebody else's turn changed"
            assert found not in [one.id for one in self.seen.queue(session_id)][:-1] or was in ACTIVE
        again = self._act(lambda db: come_back(db, found, now=self.now), may_refuse=refusals)
        assert not isinstance(answer, RegistrationState) or again is answer

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def change_ones_mind(self, which: int) -> None:
        self.cancel(4 * which + 1, by="self", wanted=RegistrationState.CONFIRMED)
        self.come_back(which)

    # The places

    @rule(capacity=capacities, workshop=st.booleans())
    def change_capacity(self, capacity: int | None, *, workshop: bool) -> None:
        session_id = self.session_id if workshop else None
        taken = next(pool.taken for pool in self.seen.pools if pool.session_id == session_id)
        answer = self._act(
            lambda db: places.change_capacity(
                db, self.event_id, capacity=capacity, session_id=session_id, now=self.now, account_id=None
            ),
            may_refuse=(CapacityBelowTaken,),
        )
        assert isinstance(answer, CapacityBelowTaken) == (capacity is not None and capacity < taken)

    @rule()
    def expire_offers(self) -> None:
        self._expire()
        before = self.seen
        self._act(lambda db: offers.expire_offers(db, now=self.now))
        assert self.seen == before

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def offer_by_hand(self, which: int) -> None:
        found = self._registration(which, RegistrationState.WAITLISTED)
        answer = self._act(
            lambda db: offers.offer_by_hand(db, found, now=self.now),
            may_refuse=(offers.NotWaiting, offers.NoPlaceToOffer, EventIsPast),
            by_hand=found,
        )
        self.reached["by hand"] += answer is None

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers, first=st.booleans())
    def pass_others(self, which: int, *, first: bool) -> None:
        found = self._registration(which, RegistrationState.WAITLISTED)
        before = self.seen
        answer = self._act(
            lambda db: change_priority(db, found, first=first, now=self.now), may_refuse=(offers.NotWaiting,)
        )
        self.reached["priority"] += answer is True
        for session_id in (None, self.session_id):
            others = [[one.id for one in seen.queue(session_id) if one.id != found] for seen in (before, self.seen)]
            assert others[0] == others[1], "somebody else changed their rank among the others"

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def reach_by_telephone(self, which: int) -> None:
        found = self._registration(which, RegistrationState.OFFERED)
        self._act(lambda db: offers.start_deadline(db, found, now=self.now))

    # The day

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers, seen=st.sampled_from(Presence))
    def mark(self, which: int, seen: Presence) -> None:
        found, key = self._registration(which), str(uuid4())
        answer = self._act(
            lambda db: presence.mark_presence(db, found, seen, mark_key=key, now=self.now, account_id=None),
            may_refuse=(presence.NotSignedUp, marks.EventNotHeld),
        )
        if answer is True:
            self.scans.append((found, seen, key))
            self.reached[f"marked: {seen}"] += 1

    @precondition(lambda self: self.scans)
    @rule(which=numbers)
    def scan_again(self, which: int) -> None:
        found, seen, key = self.scans[which % len(self.scans)]
        before = self.seen
        answer = self._act(
            lambda db: presence.mark_presence(db, found, seen, mark_key=key, now=self.now, account_id=None),
            may_refuse=(marks.EventNotHeld, presence.NotSignedUp),
        )
        assert answer is not True
        assert self.seen == before

    @rule(who=numbers, workshop=st.booleans())
    def walk_in(self, who: int, *, workshop: bool) -> None:
        visit = walk_ins.WalkIn(_person(who % (PEOPLE + 2)), self.session_id if workshop else None)
        key = str(uuid4())
        answer = self._act(
            lambda db: walk_ins.walk_in(db, self.event_id, visit, walk_in_key=key, now=self.now, account_id=None),
            may_refuse=(marks.EventNotHeld,),
        )
        if isinstance(answer, int):
            self.walk_ins.append((visit, key, answer))

    @precondition(lambda self: self.seen.sign_ups)
    @rule(which=numbers)
    def let_in(self, which: int) -> None:
        found = self._registration(which)
        self._act(
            lambda db: walk_ins.let_in(db, found, now=self.now, account_id=None, walk_in_key=str(uuid4())),
            may_refuse=(marks.EventNotHeld,),
        )

    @precondition(lambda self: self.walk_ins)
    @rule(which=numbers)
    def send_walk_in_again(self, which: int) -> None:
        visit, key, first = self.walk_ins[which % len(self.walk_ins)]
        before = self.seen
        answer = self._act(
            lambda db: walk_ins.walk_in(db, self.event_id, visit, walk_in_key=key, now=self.now, account_id=None),
            may_refuse=(marks.EventNotHeld,),
        )
        assert self.seen == before
        assert isinstance(answer, marks.EventNotHeld) or answer == first

    # The event

    @rule(days=st.sampled_from([-1, 1, 2]), cut_off_hours=st.sampled_from([None, 0, 6, 48]))
    def move(self, days: int, cut_off_hours: int | None) -> None:
        self._act(lambda db: self._reschedule(db, timedelta(days=days), cut_off_hours))

    @precondition(lambda self: self.step_count > LATE)
    @rule(reason=st.sampled_from(["", "Grève"]))
    def cancel_event(self, reason: str) -> None:
        self._act(
            lambda db: release.call_off_event(db, self.event_id, reason=reason, now=self.now, account_id=None),
            may_refuse=(Refusal,),
        )

    @precondition(lambda self: self.step_count > LATE and any(pool.live for pool in self.seen.pools if pool.session_id))
    @rule()
    def cancel_workshop(self) -> None:
        self._act(
            lambda db: release.call_off_session(db, self.session_id, now=self.now, account_id=None),
            may_refuse=(Refusal,),
        )

    @precondition(lambda self: self.step_count > LATE)
    @rule()
    def withdraw_and_publish(self) -> None:
        state = EventState.WITHDRAWN
        self._act(
            lambda db: release.call_off_event(db, self.event_id, state=state, now=self.now, account_id=None),
            may_refuse=(Refusal,),
        )
        self._act(lambda db: publish_event(db, self.event_id, now=self.now, account_id=None), may_refuse=(Refusal,))

    @rule(passing=st.sampled_from([timedelta(minutes=1), 3 * HOUR, 25 * HOUR]))
    def time_passes(self, passing: timedelta) -> None:
        self._pass_to(self.now + passing)

    @precondition(lambda self: self.step_count > LATE // 2)
    @rule(before_start=st.sampled_from([3 * HOUR, 2 * HOUR, HOUR]))
    def time_passes_to_the_cut_off(self, before_start: timedelta) -> None:
        self._pass_to(max(self.now, self.seen.starts_at - before_start))

    @precondition(lambda self: self.step_count > LATE)
    @rule(before_start=st.sampled_from([0 * HOUR, -HOUR]))
    def time_passes_to_the_start(self, before_start: timedelta) -> None:
        self._pass_to(max(self.now, self.seen.starts_at - before_start))

    @precondition(lambda self: self.step_count > LATE)
    @rule()
    def event_is_over(self) -> None:
        self._pass_to(max(self.now, self.seen.ends_at))
        self._act(lambda db: close_event(db, self.event_id, now=self.now, account_id=None), may_refuse=(Refusal,))

    def teardown(self) -> None:
        if hasattr(self, "event_id"):
            self._check_messages()

    # How each step is done and checked

    def _act(
        self,
        action: Callable[[Session], T],
        *,
        may_refuse: tuple[type[Refusal], ...] = (),
        by_hand: int | None = None,
    ) -> T | Refusal:
        """Do one thing in a transaction of its own, and check every law afterwards."""
        self.step_count += 1
        answer: T | Refusal
        with self.database.writing() as db:
            try:
                answer = action(db)
                db.commit()
            except may_refuse as refusal:
                db.rollback()
                answer = refusal
                self.reached[f"refused: {type(refusal).__name__}"] += 1
        before = self.seen
        with self.database.reading() as db:
            self.seen = snapshot(db, self.event_id)
            entries = entries_of(db, self.event_id, after=before.last_entry)
        assert broken_laws(self.seen, now=self.now) == []
        self._check_order(before, by_hand=by_hand)
        self._check_entries(before, entries)
        return answer

    def _check_order(self, before: Snapshot, *, by_hand: int | None) -> None:
        """Those who were offered a place are the first of the queue as it stood, less those who left it."""
        now_states = {one.id: one.state for one in self.seen.sign_ups}
        for session_id in (None, self.session_id):
            queue = [one.id for one in before.queue(session_id) if one.id != by_hand]
            still = [
                one for one in queue if now_states[one] in {RegistrationState.OFFERED, RegistrationState.WAITLISTED}
            ]
            promoted = [now_states[one] is RegistrationState.OFFERED for one in still]
            assert promoted == sorted(promoted, reverse=True), "somebody was passed over"
            self.reached["promoted"] += sum(promoted)

    def _check_entries(self, before: Snapshot, entries: list[JournalEntry]) -> None:
        """Each change of state has one entry that says so, and no entry says what did not change."""
        old = {one.id: one.state for one in before.sign_ups}
        came = Counter((entry.subject_id, entry.kind) for entry in entries if entry.kind in STATE_KINDS)
        marked = {entry.subject_id for entry in entries if entry.kind == EntryKind.PRESENCE_MARKED}
        revoked = Counter(
            one for entry in entries if entry.kind in OFF_KINDS for one in entry.facts["registration_ids"]
        )
        for one in self.seen.sign_ups:
            changed = one.state is not old.get(one.id)
            said = sum(count for (subject, _), count in came.items() if subject == one.id) + revoked[one.id]
            if changed and one.id not in old and said == 0:
                assert one.id in marked, "a new sign-up that nothing tells of"
                continue
            assert said == int(changed), f"sign-up {one.id} became {one.state}: {said} entries"
            if changed:
                assert revoked[one.id] or came[one.id, ENTRY_OF[one.state]] == 1

    def _check_messages(self) -> None:
        """Whoever has an e-mail address is owed one message for each change of their state, though told twice."""
        with self.database.writing() as db:
            entries = entries_of(db, self.event_id)
            assert _mark_count(db, self.event_id) == sum(entry.kind == EntryKind.PRESENCE_MARKED for entry in entries)
            for entry in [*entries, *entries[:3]]:
                tell_people(db, entry, NOW)
            db.flush()
            by_mail = set(
                db.exec(
                    select(Registration.id)
                    .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
                    .where(col(Registration.event_id) == self.event_id, col(Candidate.email).is_not(None))
                ).all()
            )
            rows = db.exec(select(OutboxMessage).where(OutboxMessage.event_id == self.event_id)).all()
            owed = Counter((row.registration_id, row.kind) for row in rows if row.kind != MessageKind.CHANGED)
            calls = db.exec(select(CallTask.once_key).where(CallTask.event_id == self.event_id)).all()
            expected = _expected(entries, by_mail)
            db.rollback()
        assert owed == expected
        assert len(calls) == len(set(calls))
        self.reached["messages"] += len(rows)

    def _pass_to(self, moment: datetime) -> None:
        """The clock goes on, and the scheduler with it: a place must not wait for a person to notice."""
        self.now = moment
        self._expire()

    def _expire(self) -> None:
        count = self._act(lambda db: offers.expire_offers(db, now=self.now))
        assert isinstance(count, int)
        self.reached["expired"] += count

    def _registration(self, which: int, *wanted: RegistrationState) -> int:
        """One of the sign-ups: of a wanted state or else active if there is one, three times in four."""
        pools = [
            [one.id for one in self.seen.sign_ups if one.state in wanted],
            [one.id for one in self.seen.sign_ups if one.state in ACTIVE],
            [one.id for one in self.seen.sign_ups],
        ]
        found = next(pool for pool in (pools if which % 4 else pools[2:]) if pool)
        return found[which % len(found)]

    def _reschedule(self, db: Session, by: timedelta, cut_off_hours: int | None) -> None:
        draft = EventDraft.of(the_event(db, self.event_id))
        moved = replace(draft, starts_at=draft.starts_at + by, ends_at=draft.ends_at + by, cut_off_hours=cut_off_hours)
        reschedule_event(db, self.event_id, moved, now=self.now, account_id=None)


def _person(number: int) -> PersonIn:
    person = somebody(number, telephone_only=number == TELEPHONE_ONLY)
    return replace(person, email="") if number == WITHOUT_CONTACT else person


def _mark_count(db: Session, event_id: int) -> int:
    return db.exec(
        select(func.count())
        .select_from(PresenceMark)
        .join(Registration, col(PresenceMark.registration_id) == col(Registration.id))
        .where(col(Registration.event_id) == event_id)
    ).one()


def _expected(entries: list[JournalEntry], by_mail: set[int | None]) -> Counter[tuple[int | None, str]]:
    """The messages that these domain events make, counted by sign-up and kind."""
    expected: Counter[tuple[int | None, str]] = Counter()
    for entry in entries:
        if entry.kind in OFF_KINDS:
            told = [one for one in entry.facts["registration_ids"] if one in by_mail]
            expected.update((one, MessageKind.EVENT_CANCELLED.value) for one in told)
        elif entry.kind in NEWS and entry.subject_id in by_mail and entry.facts.get("channel") != Channel.DOOR:
            expected[entry.subject_id, NEWS[EntryKind(entry.kind)].value] += 1
    return expected


SITUATIONS = {
    "signed up: confirmed",
    "signed up: waitlisted",
    "promoted",
    "accepted",
    "expired",
    "by hand",
    "priority",
    "repeated",
    "came back: confirmed",
    "came back: waitlisted",
    "marked: excused",
    "messages",
    "refused: EventIsFull",
    "refused: OfferIsOver",
    "refused: CapacityBelowTaken",
}
"""What the examples must have met, or they prove little."""


@pytest.mark.parametrize(("engine", "share"), [("sqlite", 1), ("postgresql", 10)])
def test_places_queues_journal_and_messages_keep_their_laws(templates: Templates, engine: str, share: int) -> None:
    examples = settings(max_examples=DEPTH.part(DEPTH.examples, share), stateful_step_count=STEPS)
    with templates.fresh(engine, an_organisation) as fresh:

        class Here(Attendance):
            database = fresh
            reached: ClassVar[Counter[str]] = Counter()

        run_state_machine_as_test(Here, settings=examples)
    if share == 1:  # the few examples of the other engine need not meet everything
        assert {name for name in SITUATIONS if not Here.reached[name]} == set()
