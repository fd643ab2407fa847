"""Wishes to meet exhibitors: in order, five at most, and a name only to whom its owner agreed, while they do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.attendance.coming_back import come_back
from alpes_events.attendance.models import Channel
from alpes_events.attendance.release import call_off_event, cancel_registration
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.refusals import BadWish, NoWishesHere, WishesAreOver
from alpes_events.fair.wish_queries import named_wishers, own_wishes, wish_counts, wishes_at
from alpes_events.fair.wishes import AGREEMENT, Wish, set_wishes, withdraw_name
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.consents import text_hash
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import Candidate
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.export import export_person
from tests.support.databases import ENGINES, Templates
from tests.support.meetings import a_fair, candidate_of, comes, deliver_wishes, wishes
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import NOW, STARTS_AT, an_organisation

LATER = NOW + timedelta(days=1)
NAMES = ("Filature", "Boulangerie", "Transports", "Menuiserie", "Clinique", "Garage")


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def named(db: Session, exhibitor_id: int) -> list[str]:
    return [one.name for one in named_wishers(db, [exhibitor_id]).get(exhibitor_id, [])]


def stands(db: Session, registration_id: int) -> list[tuple[str, int, bool]]:
    return [(one.exhibitor, one.position, one.shows_name) for one in own_wishes(db, registration_id) if one.stands]


def test_wishes_keep_their_order_and_a_new_list_replaces_the_old(db: Session) -> None:
    event_id, (first, second, third) = a_fair(db, *NAMES[:3])
    me = comes(db, event_id, 1)
    wishes(db, me, second, (first, True))
    assert stands(db, me) == [("Boulangerie", 1, False), ("Filature", 2, True)]
    wishes(db, me, (first, True), third)
    assert stands(db, me) == [("Filature", 1, True), ("Transports", 2, False)]
    counts = {
        one.name: (one.wishes.count, one.wishes.first_count, one.wishes.named_count) for one in wishes_at(db, event_id)
    }
    assert counts == {"Filature": (1, 1, 1), "Transports": (1, 0, 0), "Boulangerie": (0, 0, 0)}


def test_exhibitor_reads_only_the_names_of_those_who_agreed(db: Session) -> None:
    event_id, (stand, other) = a_fair(db, *NAMES[:2])
    shows, hides, elsewhere = (comes(db, event_id, number) for number in (1, 2, 3))
    wishes(db, shows, (stand, True))
    wishes(db, hides, stand)
    wishes(db, elsewhere, (other, True))
    assert wish_counts(db, [stand])[stand].count == 2
    assert named(db, stand) == ["Prénomb Nomb"]


def test_agreement_keeps_its_text_day_and_channel_and_its_withdrawal(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, (stand, True), by=Channel.ADVISOR)
    row = db.exec(select(MeetingWish)).one()
    assert (row.agreed_text, row.agreed_at, row.agreed_by) == (text_hash(AGREEMENT), NOW, "advisor")
    assert withdraw_name(db, me, stand, by=Channel.SELF, now=LATER)
    assert not withdraw_name(db, me, stand, by=Channel.SELF, now=LATER)
    assert (row.shows_name, row.agreed_at, row.withdrawn_at) == (False, NOW, LATER)
    assert named(db, stand) == []
    assert wish_counts(db, [stand])[stand].count == 1


def test_agreement_can_be_withdrawn_after_the_event(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, (stand, True))
    assert withdraw_name(db, me, stand, by=Channel.SELF, now=STARTS_AT + timedelta(days=9))
    assert named(db, stand) == []


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [([0, 1, 2, 3, 4, 5], "5 employeurs au plus"), ([0, 0], "deux fois le même"), ([99], "ne vient plus")],
)
def test_wishes_that_cannot_be_are_refused(db: Session, chosen: list[int], sentence: str) -> None:
    event_id, ids = a_fair(db, *NAMES)
    me = comes(db, event_id, 1)
    with pytest.raises(BadWish, match=sentence):
        wishes(db, me, *(ids[one] if one < len(ids) else 9999 for one in chosen))


def test_exhibitor_of_another_event_cannot_be_wished_for(db: Session) -> None:
    event_id, _ids = a_fair(db, "Filature")
    _other, (elsewhere,) = a_fair(db, "Boulangerie")
    with pytest.raises(BadWish):
        wishes(db, comes(db, event_id, 1), elsewhere)
    with pytest.raises(NoWishesHere):
        wishes(db, comes(db, a_fair(db)[0], 2), elsewhere)


def test_wishes_end_with_the_event(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    with pytest.raises(WishesAreOver):
        wishes(db, comes(db, event_id, 1), stand, now=STARTS_AT + timedelta(hours=3))


def test_who_waits_for_a_place_is_counted_once_they_have_it(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature", capacity=1)
    placed, waits = comes(db, event_id, 1), comes(db, event_id, 2)
    wishes(db, waits, (stand, True))
    assert (wish_counts(db, [stand]), named(db, stand)) == ({}, [])
    cancel_registration(db, placed, by="self", now=NOW)
    assert named(db, stand) == ["Prénomc Nomc"]


def test_cancelled_sign_up_ends_its_wishes_at_once_and_for_good(organised: Database) -> None:
    with organised.writing() as db:
        event_id, (stand, other) = a_fair(db, *NAMES[:2])
        me = comes(db, event_id, 1)
        wishes(db, me, (stand, True), other)
        cancel_registration(db, me, by="self", now=LATER)
        assert (wish_counts(db, [stand, other]), named(db, stand)) == ({}, [])
        come_back(db, me, now=LATER)
        db.commit()
    deliver_wishes(organised, Clock(LATER))
    with organised.reading() as db:
        assert (stands(db, me), named(db, stand)) == ([], [])
        assert {row.withdrawn_at for row in db.exec(select(MeetingWish)) if row.agreed_at} == {LATER}


def test_what_is_wished_after_coming_back_stays(organised: Database) -> None:
    with organised.writing() as db:
        event_id, (stand,) = a_fair(db, "Filature")
        me = comes(db, event_id, 1)
        wishes(db, me, (stand, True))
        cancel_registration(db, me, by="self", now=NOW + timedelta(hours=1))
        come_back(db, me, now=NOW + timedelta(hours=2))
        wishes(db, me, (stand, True), now=NOW + timedelta(hours=3))
        db.commit()
    deliver_wishes(organised, Clock(LATER))
    with organised.reading() as db:
        assert named(db, stand) == ["Prénomb Nomb"]


def test_event_that_is_called_off_ends_every_wish(organised: Database) -> None:
    with organised.writing() as db:
        event_id, (stand,) = a_fair(db, "Filature")
        for number in (1, 2):
            wishes(db, comes(db, event_id, number), (stand, True))
        call_off_event(db, event_id, now=LATER, account_id=None)
        db.commit()
    deliver_wishes(organised, Clock(LATER))
    with organised.reading() as db:
        assert {(row.ended_at, row.shows_name) for row in db.exec(select(MeetingWish))} == {(LATER, False)}


def test_stand_that_does_not_come_ends_its_wishes_and_tells_nobody(organised: Database) -> None:
    with organised.writing() as db:
        event_id, (stand, other) = a_fair(db, *NAMES[:2])
        me = comes(db, event_id, 1)
        wishes(db, me, (stand, True), other)
        db.commit()
    deliver_messages(organised, Clock())
    with organised.writing() as db:
        before = len(db.exec(select(OutboxMessage)).all())
        withdraw_stand(db, stand, by="staff", now=LATER, account_id=None)
        assert (stands(db, me), named(db, stand)) == ([("Boulangerie", 2, False)], [])
        db.commit()
    deliver_messages(organised, Clock(LATER))
    with organised.reading() as db:
        told = db.exec(select(OutboxMessage)).all()[before:]
    assert {message.candidate_id for message in told} <= {None}


def test_person_of_two_records_is_one_person_who_wishes(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    one, two = comes(db, event_id, 1), comes(db, event_id, 2)
    wishes(db, one, (stand, True))
    wishes(db, two, (stand, True))
    first, second = candidate_of(db, one), candidate_of(db, two)
    proposal = propose_pair(db, first, second, now=NOW)
    accept_merge(db, proposal, kept_id=first, now=NOW, account_id=None)
    assert wish_counts(db, [stand])[stand].count == 1
    assert named(db, stand) == ["Prénomb Nomb"]


def test_erased_person_wishes_nothing_and_their_copy_held_it_all(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, (stand, True))
    candidate_id = candidate_of(db, me)
    (copied,) = export_person(db, candidate_id, now=NOW)["tables"]["meeting_wish"]
    assert (copied["exhibitor_id"], copied["shows_name"], copied["agreed_at"]) == (stand, True, NOW.isoformat())
    erase_person(db, candidate_id, now=LATER)
    assert (db.exec(select(MeetingWish)).all(), named(db, stand)) == ([], [])


def test_what_a_person_wishes_is_a_sign_of_life_and_what_an_advisor_writes_is_not(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    person = db.get_one(Candidate, candidate_of(db, me))
    wishes(db, me, stand, by=Channel.ADVISOR, now=LATER)
    assert person.last_active_at == NOW
    wishes(db, me, stand, now=LATER)
    assert person.last_active_at == LATER


@pytest.mark.parametrize("engine", ENGINES)
def test_no_name_is_ever_read_without_a_standing_agreement(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as database:
        steps = st.lists(
            st.tuples(
                st.sampled_from(["wish", "withdraw", "cancel", "leave"]),
                st.integers(0, 2),
                st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=3, unique_by=lambda one: one[0]),
            ),
            max_size=8,
        )

        @given(steps=steps)
        def law(steps: list[tuple[str, int, list[tuple[int, bool]]]]) -> None:
            with database.writing() as db:
                event_id, stands_ids = a_fair(db, *NAMES[:3])
                people = [comes(db, event_id, number) for number in range(3)]
                agreed: set[tuple[int, int]] = set()
                for at, step in enumerate(steps):
                    agreed = _played(db, step, people, stands_ids, agreed, now=NOW + timedelta(minutes=at))
                found = named_wishers(db, stands_ids)
                assert {(one.registration_id, stand) for stand, some in found.items() for one in some} == agreed
                db.rollback()

        law()


def _played(
    db: Session,
    step: tuple[str, int, list[tuple[int, bool]]],
    people: list[int],
    ids: list[int],
    agreed: set[tuple[int, int]],
    *,
    now: datetime,
) -> set[tuple[int, int]]:
    """Take the step where it can be taken; gives who agreed to be read by whom, by a model of three lines."""
    what, who, chosen = step
    me, stand = people[who], ids[who]
    try:
        if what == "wish":
            set_wishes(db, me, [Wish(ids[one], shows) for one, shows in chosen], by=Channel.SELF, now=now)
            mine = {(me, ids[one]) for one, shows in chosen if shows}
            return {pair for pair in agreed if pair[0] != me} | mine
        if what == "withdraw":
            withdraw_name(db, me, stand, by=Channel.SELF, now=now)
            return agreed - {(me, stand)}
        if what == "cancel":
            cancel_registration(db, me, by="self", now=now)
            return {pair for pair in agreed if pair[0] != me}
        if what == "leave":
            withdraw_stand(db, stand, by="staff", now=now, account_id=None)
            return {pair for pair in agreed if pair[1] != stand}
    except (WishesAreOver, BadWish, NoWishesHere):
        return set(agreed)
    return set(agreed)
