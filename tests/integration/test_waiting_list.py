"""The waiting list: a freed place goes at once to the next person, whatever the path."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.models import EventState
from alpes_events.attendance import admission, offers, places, presence, priority, release, walk_ins
from alpes_events.attendance.form import SignUp
from alpes_events.attendance.listing import Group, SignUpChoice, SignUpOrder, listed_sign_ups, queue_positions
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState, SignUpReceipt
from alpes_events.attendance.receipts import FormChanged
from alpes_events.attendance.reference import shown
from alpes_events.attendance.sign_up import AlreadySignedUp, register
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.journal.models import JournalEntry
from alpes_events.seats.pool import CapacityBelowTaken
from tests.support.stories import (
    NOW,
    STARTS_AT,
    an_event,
    recount,
    signs_up,
    somebody,
    states,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def journal(db: Session, kind: str) -> list[int]:
    """Subjects of the entries of one kind, in order."""
    rows = db.exec(select(JournalEntry.subject_id).where(JournalEntry.kind == kind).order_by(col(JournalEntry.id)))
    return list(rows)


def test_sign_ups_beyond_the_places_wait_in_order(db: Session) -> None:
    event_id = an_event(db, capacity=2)
    answers = [signs_up(db, event_id, number) for number in range(4)]
    assert [(answer.state.value, answer.position) for answer in answers] == [
        ("confirmed", None),
        ("confirmed", None),
        ("waitlisted", 1),
        ("waitlisted", 2),
    ]
    assert recount(db, event_id) == (2, 2)


def test_clock_that_goes_back_lets_nobody_pass(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first = signs_up(db, event_id, 0)
    signs_up(db, event_id, 1)
    assert signs_up(db, event_id, 2, now=NOW - HOUR).position == 2
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert states(db, event_id) == ["cancelled", "offered", "waitlisted"]


def test_cancelling_offers_the_place_to_the_next(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second, _third = (signs_up(db, event_id, number) for number in range(3))
    assert release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert states(db, event_id) == ["cancelled", "offered", "waitlisted"]
    assert journal(db, "RegistrationOffered") == [second.registration_id]
    assert recount(db, event_id) == (1, 1)


def test_second_cancel_changes_nothing(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, *_ = (signs_up(db, event_id, number) for number in range(3))
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert not release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert states(db, event_id) == ["cancelled", "offered", "waitlisted"]


def test_raised_capacity_is_offered_in_order(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    for number in range(4):
        signs_up(db, event_id, number)
    places.change_capacity(db, event_id, capacity=3, now=NOW, account_id=None)
    assert states(db, event_id) == ["confirmed", "offered", "offered", "waitlisted"]
    places.change_capacity(db, event_id, capacity=None, now=NOW, account_id=None)
    assert states(db, event_id) == ["confirmed", "offered", "offered", "offered"]


def test_capacity_below_those_confirmed_is_refused_with_the_number(db: Session) -> None:
    event_id = an_event(db, capacity=3)
    for number in range(3):
        signs_up(db, event_id, number)
    with pytest.raises(CapacityBelowTaken, match="3 places sont déjà prises"):
        places.change_capacity(db, event_id, capacity=2, now=NOW, account_id=None)


def test_offer_not_taken_in_time_starts_over_with_the_next(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second, third = (signs_up(db, event_id, number) for number in range(3))
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert offers.expire_offers(db, now=NOW + 24 * HOUR - timedelta(seconds=1)) == 0
    later = NOW + 24 * HOUR
    assert offers.expire_offers(db, now=later) == 1
    assert states(db, event_id) == ["cancelled", "expired", "offered"]
    with pytest.raises(offers.OfferIsOver):
        offers.accept_offer(db, second.registration_id, now=later)
    assert offers.accept_offer(db, third.registration_id, now=later + HOUR)
    assert not offers.accept_offer(db, third.registration_id, now=later + HOUR)
    assert states(db, event_id) == ["cancelled", "expired", "confirmed"]


def test_offer_holds_no_longer_than_the_cut_off(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second = (signs_up(db, event_id, number) for number in range(2))
    release.cancel_registration(db, first.registration_id, by="self", now=STARTS_AT - 5 * HOUR)
    offered = db.get_one(Registration, second.registration_id)
    assert offered.offer_expires_at == STARTS_AT - 2 * HOUR


def test_after_the_cut_off_a_freed_place_waits_for_staff(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second = (signs_up(db, event_id, number) for number in range(2))
    late = STARTS_AT - HOUR
    release.cancel_registration(db, first.registration_id, by="self", now=late)
    assert states(db, event_id) == ["cancelled", "waitlisted"]
    assert recount(db, event_id) == (0, 0)
    newcomer = signs_up(db, event_id, 7, now=late)
    assert (newcomer.state.value, newcomer.position) == ("waitlisted", 2)
    offers.offer_by_hand(db, second.registration_id, now=late)
    with pytest.raises(offers.NoPlaceToOffer):
        offers.offer_by_hand(db, newcomer.registration_id, now=late)


def test_staff_priority_passes_others_but_not_an_offer(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, _second = (signs_up(db, event_id, number) for number in range(2))
    urgent = signs_up(db, event_id, 9, channel=Channel.ADVISOR, priority=1)
    assert urgent.position == 1
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert states(db, event_id) == ["cancelled", "waitlisted", "offered"]


def test_somebody_who_waits_is_given_priority_and_waits_in_turn_again(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    _first, second, third, fourth = (signs_up(db, event_id, number).registration_id for number in range(4))
    assert priority.change_priority(db, fourth, first=True, now=NOW)
    assert not priority.change_priority(db, fourth, first=True, now=NOW)
    assert priority.change_priority(db, third, first=True, now=NOW)
    assert positions(db, second, third, fourth) == [3, 1, 2]
    assert priority.change_priority(db, third, first=False, now=NOW)
    assert positions(db, second, third, fourth) == [2, 3, 1]
    assert journal(db, "PriorityChanged") == [fourth, third, third]
    places.change_capacity(db, event_id, capacity=2, now=NOW, account_id=None)
    assert states(db, event_id) == ["confirmed", "waitlisted", "waitlisted", "offered"]
    with pytest.raises(offers.NotWaiting):
        priority.change_priority(db, fourth, first=False, now=NOW)


def positions(db: Session, *registration_ids: int) -> list[int]:
    """Where each of those who wait stands."""
    return [places.position_of(db, db.get_one(Registration, one)) for one in registration_ids]


def test_deadline_of_a_person_with_a_telephone_only_starts_when_reached(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second = signs_up(db, event_id, 0), signs_up(db, event_id, 1, telephone_only=True)
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    assert offers.expire_offers(db, now=NOW + 48 * HOUR) == 0
    offers.start_deadline(db, second.registration_id, now=NOW + 48 * HOUR)
    assert offers.expire_offers(db, now=NOW + 72 * HOUR) == 1


def test_absence_known_in_advance_frees_the_place(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, _second = (signs_up(db, event_id, number) for number in range(2))
    marked = presence.mark_presence(db, first.registration_id, Presence.EXCUSED, mark_key="a", now=NOW, account_id=None)
    assert marked
    assert states(db, event_id) == ["confirmed", "offered"]
    assert recount(db, event_id) == (1, 1)


def test_replayed_scan_changes_nothing(db: Session) -> None:
    event_id = an_event(db)
    answer = signs_up(db, event_id, 0)
    key = {"mark_key": "scan-1", "now": STARTS_AT, "account_id": None}
    assert presence.mark_presence(db, answer.registration_id, Presence.ATTENDED, **key)  # type: ignore[arg-type]
    assert not presence.mark_presence(db, answer.registration_id, Presence.ATTENDED, **key)  # type: ignore[arg-type]
    assert journal(db, "PresenceMarked") == [answer.registration_id]


def test_walk_in_takes_no_place(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    signs_up(db, event_id, 0)
    visit = walk_ins.WalkIn(person=somebody(5))
    walk_in = db.get_one(Registration, walk_ins.walk_in(db, event_id, visit, now=STARTS_AT, account_id=None))
    assert (walk_in.state, walk_in.presence, walk_in.channel) == (
        RegistrationState.CONFIRMED,
        Presence.ATTENDED,
        Channel.DOOR,
    )
    assert recount(db, event_id) == (1, 1)


def test_same_form_twice_gets_the_first_answer(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    form = SignUp(event_id=event_id, channel=Channel.SELF, person=somebody(1), form_key="form-1")
    first = register(db, form, now=NOW)
    again = register(db, form, now=NOW + HOUR)
    assert (again.reference, again.state, again.replayed) == (first.reference, first.state, True)
    changed = SignUp(event_id=event_id, channel=Channel.SELF, person=somebody(2), form_key="form-1")
    with pytest.raises(FormChanged):
        register(db, changed, now=NOW)
    assert states(db, event_id) == ["confirmed"]


def test_repeated_sign_up_looks_like_a_first_one_and_takes_no_place(db: Session) -> None:
    event_id = an_event(db, capacity=2)
    first = signs_up(db, event_id, 1)
    again = signs_up(db, event_id, 1)
    assert (again.state, again.position) == (first.state, first.position)
    assert again.reference != first.reference
    assert db.exec(select(SignUpReceipt.registration_id)).all() == [first.registration_id, first.registration_id]
    assert journal(db, "RegistrationRepeated") == [first.registration_id]
    assert recount(db, event_id) == (1, 1)


def test_staff_are_told_that_the_person_is_signed_up(db: Session) -> None:
    event_id = an_event(db)
    first = signs_up(db, event_id, 1)
    with pytest.raises(AlreadySignedUp, match=shown(first.reference)):
        signs_up(db, event_id, 1, channel=Channel.ADVISOR)


def test_somebody_who_cancelled_may_come_back_at_the_end_of_the_queue(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, *_ = (signs_up(db, event_id, number) for number in range(2))
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    back = signs_up(db, event_id, 0)
    assert (back.state.value, back.position) == ("waitlisted", 1)
    assert db.get_one(Registration, first.registration_id, populate_existing=True).calendar_offset == 1
    assert db.get_one(Registration, back.registration_id).calendar_offset == 2


def test_calling_off_revokes_everyone_and_frees_every_place(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    signed_up = [signs_up(db, event_id, number).registration_id for number in range(3)]
    assert release.call_off_event(db, event_id, reason="Grève", now=NOW, account_id=None) == 3
    assert states(db, event_id) == ["revoked"] * 3
    assert recount(db, event_id) == (0, 0)
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "EventCancelled")).one()
    assert entry.facts == {"registration_ids": signed_up}
    with pytest.raises(admission.EventIsOff):
        signs_up(db, event_id, 9)


@pytest.mark.parametrize(
    ("changes", "at", "refusal"),
    [
        ({"opens_at": NOW + HOUR}, NOW, admission.NotYetOpen),
        ({"closes_at": NOW}, NOW, admission.SignUpClosed),
        ({}, STARTS_AT + HOUR, admission.EventIsPast),
        ({"waiting_list": False}, NOW, admission.EventIsFull),
    ],
)
def test_sign_up_is_refused_with_its_own_sentence(
    db: Session, changes: dict[str, object], at: object, refusal: type[Exception]
) -> None:
    event_id = an_event(db, capacity=0, **changes)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        signs_up(db, event_id, 1, now=at)  # type: ignore[arg-type]
    assert states(db, event_id) == []


def test_withdrawn_event_refuses_and_can_be_published_again(db: Session) -> None:
    event_id = an_event(db)
    release.call_off_event(db, event_id, state=EventState.WITHDRAWN, now=NOW, account_id=None)
    with pytest.raises(admission.EventIsOff):
        signs_up(db, event_id, 1)


def test_queue_is_told_in_the_order_in_which_places_are_offered(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    ids = [
        signs_up(db, event_id, number, channel=Channel.ADVISOR, priority=int(number == 4)).registration_id
        for number in range(5)
    ]
    waits = SignUpChoice(event_id, Group.WAITING)
    told = [line.id for line in listed_sign_ups(db, waits, part=Part(), order=SignUpOrder.QUEUE).rows]
    backwards = listed_sign_ups(db, waits, part=Part(), order=SignUpOrder.QUEUE, descending=True).rows
    assert told == [ids[4], *ids[1:4]]
    assert [line.id for line in backwards] == told[::-1]
    assert queue_positions(db, event_id) == {number: place for place, number in enumerate(told, 1)}
    assert [places.position_of(db, db.get_one(Registration, number)) for number in told] == [1, 2, 3, 4]
    offered: list[int | None] = []
    for _ in told:
        holder = db.exec(select(Registration.id).where(col(Registration.holds_seat))).one()
        release.cancel_registration(db, holder or 0, by="self", now=NOW)
        offered += db.exec(select(Registration.id).where(col(Registration.holds_seat))).all()
    assert offered == told
