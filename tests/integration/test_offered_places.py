"""A place that is offered: how long it holds, for whom the clock starts when, and what ends it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from alpes_events.attendance import offers, presence, release, walk_ins
from alpes_events.attendance.models import Presence, Registration
from alpes_events.database.engine import Database
from tests.support.stories import NOW, STARTS_AT, an_event, recount, signs_up, somebody, states

HOUR = timedelta(hours=1)
ENDS_AT = STARTS_AT + 3 * HOUR


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def an_offer(db: Session, event_id: int, **second: object) -> int:
    """The place of the first is offered to the second."""
    first = signs_up(db, event_id, 0)
    waiting = signs_up(db, event_id, 1, **second)  # type: ignore[arg-type]
    release.cancel_registration(db, first.registration_id, by="self", now=NOW)
    return waiting.registration_id


def deadline(db: Session, registration_id: int) -> object:
    return db.get_one(Registration, registration_id, populate_existing=True).offer_expires_at


def test_whoever_has_an_address_is_not_waited_for_by_telephone(db: Session) -> None:
    both = replace(somebody(1), telephone="06 39 98 00 01")
    offered = an_offer(db, an_event(db, capacity=1), person=both)
    assert deadline(db, offered) == NOW + 24 * HOUR


def test_reaching_somebody_twice_gives_them_no_more_time(db: Session) -> None:
    offered = an_offer(db, an_event(db, capacity=1), telephone_only=True)
    offers.start_deadline(db, offered, now=NOW + HOUR)
    offers.start_deadline(db, offered, now=NOW + 5 * HOUR)
    db.flush()
    assert deadline(db, offered) == NOW + 25 * HOUR


def test_offer_that_nobody_heard_of_is_over_at_the_start(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    an_offer(db, event_id, telephone_only=True)
    assert offers.expire_offers(db, now=STARTS_AT - timedelta(minutes=1)) == 0
    assert offers.expire_offers(db, now=STARTS_AT) == 1
    assert states(db, event_id) == ["cancelled", "expired"]
    assert recount(db, event_id) == (0, 0)


def test_place_offered_at_the_door_is_not_taken_after_the_end(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    first, second = (signs_up(db, event_id, number).registration_id for number in range(2))
    release.cancel_registration(db, first, by="self", now=STARTS_AT)
    offers.offer_by_hand(db, second, now=STARTS_AT + HOUR)
    with pytest.raises(offers.OfferIsOver):
        offers.accept_offer(db, second, now=ENDS_AT)
    assert offers.accept_offer(db, second, now=ENDS_AT - timedelta(minutes=1))


def test_walk_in_takes_no_place_even_when_their_mark_is_corrected(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    visit = walk_ins.WalkIn(person=somebody(1))
    came = walk_ins.walk_in(db, event_id, visit, now=STARTS_AT, account_id=None)
    for number, seen in enumerate((Presence.NO_SHOW, Presence.ATTENDED)):
        key = f"00000000-0000-4000-8000-00000000000{number}"
        assert presence.mark_presence(db, came, seen, mark_key=key, now=STARTS_AT, account_id=None)
    assert recount(db, event_id) == (0, 0)
