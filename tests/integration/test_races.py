"""Many people at the same moment, in real processes: no place is sold twice, none is lost, nobody is passed over."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance import offers, places, presence, release, walk_ins
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import ACTIVE, Channel, Presence, PresenceMark, Registration, RegistrationState
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, set_call
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor, StandCall
from alpes_events.fair.request import StandDraft
from alpes_events.fair.requests import Asker, StandAnswerGiven, request_stand
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.seats.pool import pool_state
from tests.support.attendance_laws import broken_laws, snapshot
from tests.support.depth import DEPTH, SEED
from tests.support.racing import AT_THE_BARRIER, Act, Broke, Racers, Refused, act, dealt
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, somebody, states
from tests.support.unguarded import signs_up_unguarded

pytestmark = pytest.mark.timeout(120 + 10 * DEPTH.races)

HOUR = timedelta(hours=1)
PLACES, COMERS = 20, 30


@pytest.fixture(scope="module")
def all_racers() -> Iterator[Racers]:
    """Sixteen processes, started once."""
    racers = Racers(16)
    yield racers
    racers.stop()


@pytest.fixture
def racers(all_racers: Racers, organised: Database) -> Iterator[Racers]:
    """The processes, with no connection left to a database that goes away (`organised` is named for the order)."""
    del organised
    yield all_racers
    all_racers.forget()


class Trial:
    """One race for one event: what it starts from, who runs, and what must hold at the end."""

    def __init__(self, database: Database, racers: Racers, number: int) -> None:
        self.database = database
        self.racers = racers
        self.number = number
        self.first = number * 1_000
        self.event_id = 0
        self.signed_up: list[SignUpAnswer] = []

    def begin(self, *, capacity: int | None, signed_up: int = 0) -> None:
        """Announce an event, for which the first people are signed up already."""
        with self.database.writing() as db:
            self.event_id = an_event(db, capacity=capacity)
            self.signed_up = [signs_up(db, self.event_id, self.first + number) for number in range(signed_up)]
            db.commit()

    def comers(self, count: int, *, after: int = 500) -> list[Act]:
        """People who are not signed up yet."""
        return [act(signs_up, self.event_id, self.first + after + number) for number in range(count)]

    def race(self, *acts: Act, lanes: int | None = None) -> list[Any]:
        """Let them run, each in a process of its own unless told otherwise; nothing breaks, and the laws hold."""
        dealt_acts = dealt(acts, lanes or len(acts), seed=SEED + self.number)
        answers = [answer for lane in self.racers.run(self.database, dealt_acts) for answer in lane]
        assert [answer for answer in answers if isinstance(answer, Broke)] == [], f"trial {self.number}, seed {SEED}"
        with self.database.reading() as db:
            assert broken_laws(snapshot(db, self.event_id), now=NOW) == [], f"trial {self.number}, seed {SEED}"
        return answers

    def states(self) -> Counter[str]:
        """How many sign-ups stand in each state."""
        with self.database.reading() as db:
            return Counter(states(db, self.event_id))

    def entries(self, kind: EntryKind) -> list[int]:
        """The subjects of one kind of entry that concern this event."""
        with self.database.reading() as db:
            rows = db.exec(select(JournalEntry).where(JournalEntry.kind == kind).order_by(col(JournalEntry.id))).all()
        return [row.subject_id for row in rows if row.facts.get("event_id", row.subject_id) == self.event_id]


@pytest.fixture
def trials(organised: Database, racers: Racers) -> list[Trial]:
    """A third as many trials for each of the smaller races, or as many when it is to go deep."""
    return [Trial(organised, racers, number) for number in range(DEPTH.part(DEPTH.races, 3))]


@pytest.mark.parametrize("lanes", [4, 16])
def test_thirty_comers_get_twenty_places_and_ten_wait_in_order(organised: Database, racers: Racers, lanes: int) -> None:
    for number in range(DEPTH.races):
        trial = Trial(organised, racers, number)
        trial.begin(capacity=PLACES)
        answers = trial.race(*trial.comers(COMERS), lanes=lanes)
        assert trial.states() == {"confirmed": PLACES, "waitlisted": COMERS - PLACES}
        assert sorted(answer.registration_id for answer in answers) == _everyone(trial)
        waiting = sorted((answer.position, answer.registration_id) for answer in answers if answer.position)
        assert [position for position, _ in waiting] == list(range(1, COMERS - PLACES + 1))
        with trial.database.reading() as db:
            queue = snapshot(db, trial.event_id).queue(None)
        assert [one.id for one in queue] == [registration_id for _, registration_id in waiting]


def test_control_the_same_race_oversells_with_the_guard_off(racers: Racers, organised: Database) -> None:
    if organised.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time, so it would look right with the guard off")
    trial = Trial(organised, racers, 0)
    trial.begin(capacity=1)
    unguarded = [act(signs_up_unguarded, trial.event_id, number, barrier=True) for number in range(AT_THE_BARRIER)]
    answers = racers.run(organised, [[one] for one in unguarded])
    assert answers == [["confirmed"]] * AT_THE_BARRIER
    with organised.reading() as db:
        broken = broken_laws(snapshot(db, trial.event_id), now=NOW)
    assert broken == [
        f"event: the counter says 1, {AT_THE_BARRIER} hold a place",
        f"event: {AT_THE_BARRIER} hold one of 1 places",
    ]


def test_cancelling_and_signing_up_together_leave_no_place_free_while_someone_waits(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=2, signed_up=2 + trial.number % 2)
        leavers = [
            act(release.cancel_registration, one.registration_id, by="self", now=NOW) for one in trial.signed_up[:2]
        ]
        answers = trial.race(*leavers, *trial.comers(4))
        assert answers.count(True) == 2
        holding = trial.states()
        assert holding["confirmed"] + holding["offered"] == 2
        assert holding["waitlisted"] == 2 + trial.number % 2


def test_place_is_taken_by_its_holder_or_passed_on_never_both(trials: list[Trial]) -> None:
    deadline = NOW + 24 * HOUR
    for trial in trials:
        trial.begin(capacity=1, signed_up=3)
        first, second, third = (one.registration_id for one in trial.signed_up)
        with trial.database.writing() as db:
            release.cancel_registration(db, first, by="self", now=NOW)
            db.commit()
        accepts = act(offers.accept_offer, second, now=deadline - timedelta(seconds=1))
        expires = [act(offers.expire_offers, now=deadline), act(offers.expire_offer, second, now=deadline)]
        answers = trial.race(accepts, *expires)
        with trial.database.reading() as db:
            ended = {one: db.get_one(Registration, one).state.value for one in (second, third)}
        taken = {second: "confirmed", third: "waitlisted"}
        passed_on = {second: "expired", third: "offered"}
        assert ended == (passed_on if any(isinstance(answer, Refused) for answer in answers) else taken)


def test_two_cancels_of_one_sign_up_free_one_place(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=1, signed_up=3)
        first = trial.signed_up[0].registration_id
        answers = trial.race(*(act(release.cancel_registration, first, by="self", now=NOW) for _ in range(4)))
        assert Counter(answers) == {True: 1, False: 3}
        assert trial.states() == {"cancelled": 1, "offered": 1, "waitlisted": 1}
        assert trial.entries(EntryKind.REGISTRATION_CANCELLED) == [first]


def test_capacity_that_changes_while_people_sign_up_is_kept(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=2, signed_up=1)
        wanted = {"now": NOW, "account_id": None}
        answers = trial.race(
            act(places.change_capacity, trial.event_id, capacity=4, **wanted),
            act(places.change_capacity, trial.event_id, capacity=1, **wanted),
            *trial.comers(5),
        )
        seen = trial.states()
        assert sum(seen.values()) == 6
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert {answer.name for answer in refused} <= {"CapacityBelowTaken"}


def test_same_form_at_the_same_moment_is_one_sign_up_with_one_answer(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=1)
        form = _form(trial, form_key=f"form-{trial.number}")
        answers = trial.race(*(act(register, form, now=NOW) for _ in range(4)))
        assert {(answer.reference, answer.state) for answer in answers} == {(answers[0].reference, "confirmed")}
        assert sum(not answer.replayed for answer in answers) == 1
        assert trial.states() == {"confirmed": 1}


def test_same_key_on_two_forms_at_the_same_moment_is_one_sign_up_and_one_clear_refusal(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=2)
        form = _form(trial, form_key=f"form-{trial.number}")
        other = replace(form, person=somebody(trial.first + 1))
        answers = trial.race(act(register, form, now=NOW), act(register, other, now=NOW))
        assert [answer.name for answer in answers if isinstance(answer, Refused)] == ["FormChanged"]
        assert trial.states() == {"confirmed": 1}


def test_same_person_at_the_same_moment_is_one_sign_up_and_one_record(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=PLACES)
        forms = [_form(trial, form_key=f"form-{trial.number}-{number}") for number in range(4)]
        answers = trial.race(*(act(register, form, now=NOW) for form in forms))
        assert sorted(answer.repeated for answer in answers) == [False, True, True, True]
        assert len({answer.registration_id for answer in answers}) == 1
        assert len({answer.reference for answer in answers}) == 4
        assert trial.states() == {"confirmed": 1}


def test_same_person_by_two_advisors_at_the_same_moment_is_told_to_the_second(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=PLACES)
        forms = [_form(trial, channel=Channel.ADVISOR, form_key=f"form-{trial.number}-{n}") for n in range(2)]
        answers = trial.race(*(act(register, form, now=NOW) for form in forms))
        assert [answer.name for answer in answers if isinstance(answer, Refused)] == ["AlreadySignedUp"]
        assert trial.states() == {"confirmed": 1}


def test_same_scan_at_the_same_moment_is_one_mark(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=1, signed_up=1)
        came = trial.signed_up[0].registration_id
        scan = {"mark_key": f"scan-{trial.number}", "now": STARTS_AT, "account_id": None}
        answers = trial.race(*(act(presence.mark_presence, came, Presence.ATTENDED, **scan) for _ in range(4)))
        assert Counter(answers) == {True: 1, False: 3}
        with trial.database.reading() as db:
            assert len(db.exec(select(PresenceMark.id).where(PresenceMark.registration_id == came)).all()) == 1
        assert trial.entries(EntryKind.PRESENCE_MARKED) == [came]


def test_same_arrival_at_the_door_at_the_same_moment_is_one_sign_up(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=1)
        visit = walk_ins.WalkIn(somebody(trial.first))
        values = {"now": STARTS_AT, "account_id": None}
        answers = trial.race(
            *(
                act(walk_ins.walk_in, trial.event_id, visit, walk_in_key=f"door-{trial.number}", **values)
                for _ in range(3)
            ),
            act(walk_ins.walk_in, trial.event_id, visit, walk_in_key=f"other-{trial.number}", **values),
        )
        assert len(set(answers)) == 1
        assert trial.states() == {"confirmed": 1}


def test_event_called_off_while_people_sign_up_keeps_nobody(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=2, signed_up=3)
        calls_off = [act(release.call_off_event, trial.event_id, now=NOW, account_id=None) for _ in range(2)]
        answers = trial.race(*calls_off, *trial.comers(4))
        with trial.database.reading() as db:
            assert [state for state in states(db, trial.event_id) if RegistrationState(state) in ACTIVE] == []
            assert the_event(db, trial.event_id).sequence == 1
        assert [answer.name for answer in answers if isinstance(answer, Refused)].count("StateRefused") == 1
        assert trial.entries(EntryKind.EVENT_CANCELLED) == [trial.event_id]


def test_pools_are_held_in_one_order_so_that_nothing_deadlocks(trials: list[Trial]) -> None:
    for trial in trials:
        trial.begin(capacity=1, signed_up=2)
        with trial.database.writing() as db:
            workshops = [_workshop(db, trial.event_id) for _ in range(3)]
            waiting = [_fill(db, trial, session_id) for session_id in workshops]
            release.cancel_registration(db, trial.signed_up[0].registration_id, by="self", now=NOW)
            db.commit()
        late = NOW + 25 * HOUR
        trial.race(
            act(offers.expire_offers, now=late),
            act(offers.expire_offers, now=late),
            act(release.call_off_event, trial.event_id, now=late, account_id=None),
            *(act(release.cancel_registration, one, by="self", now=late) for one in waiting),
        )


def _form(trial: Trial, *, form_key: str, channel: Channel = Channel.SELF) -> SignUp:
    return SignUp(event_id=trial.event_id, channel=channel, person=somebody(trial.first), form_key=form_key)


def _everyone(trial: Trial) -> list[int]:
    with trial.database.reading() as db:
        return [one.id for one in snapshot(db, trial.event_id).sign_ups]


def _workshop(db: Session, event_id: int) -> int:
    draft = SessionDraft("Atelier", STARTS_AT, STARTS_AT + HOUR, capacity=1)
    return add_session(db, event_id, draft, now=NOW, account_id=None)


def _fill(db: Session, trial: Trial, session_id: int) -> int:
    """Three people for one place: the first left, the second is offered it. Gives the third's sign-up."""
    first, _, third = (
        signs_up(db, trial.event_id, trial.first + 100 * session_id % 900 + number, session_id=session_id)
        for number in range(3)
    )
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    return third.registration_id


def test_stands_asked_for_at_the_same_moment_are_given_once_each_and_in_order(
    organised: Database, racers: Racers
) -> None:
    for trial in range(DEPTH.part(DEPTH.races, 10)):
        with organised.writing() as db:
            event_id = an_event(db)
            set_call(db, event_id, CallDraft(capacity=5), now=NOW, account_id=None)
            db.commit()
        acts = [act(asks_for_a_stand, event_id, f"Entreprise {number}") for number in range(12)]
        answers = [one for lane in racers.run(organised, dealt(acts, 12, seed=SEED + trial)) for one in lane]
        assert [one for one in answers if isinstance(one, (Broke, Refused))] == []
        with organised.reading() as db:
            rows = db.exec(select(Exhibitor).where(col(Exhibitor.event_id) == event_id)).all()
            taken = pool_state(db, db.get_one(StandCall, event_id).pool_id).taken
        waiting = [row for row in rows if row.state is ExhibitorState.WAITLISTED]
        assert (len(rows), taken, sum(row.holds_seat for row in rows), len(waiting)) == (12, 5, 5, 7)
        assert sorted(one.position for one in answers if one.position) == list(range(1, 8))


def asks_for_a_stand(db: Session, event_id: int, name: str) -> StandAnswerGiven:
    """One request, as the public form makes it."""
    return request_stand(db, event_id, StandDraft(ExhibitorDraft(name)), Asker(), now=NOW)
