"""Which messages a domain event makes."""

import pytest

from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.catalogue import Owed, SignedUpFor, These, Way, owed_by, way_to_tell
from alpes_events.messages.kinds import MessageKind


def test_every_kind_of_entry_is_decided() -> None:
    for kind in EntryKind:
        assert all(isinstance(owed, Owed) for owed in owed_by(kind, subject_id=1, facts={}))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (EntryKind.REGISTRATION_CONFIRMED, MessageKind.CONFIRMED),
        (EntryKind.REGISTRATION_WAITLISTED, MessageKind.WAITLISTED),
        (EntryKind.REGISTRATION_OFFERED, MessageKind.OFFERED),
        (EntryKind.REGISTRATION_EXPIRED, MessageKind.OFFER_EXPIRED),
        (EntryKind.REGISTRATION_CANCELLED, MessageKind.CANCELLED_BY_YOU),
        (EntryKind.REGISTRATION_REVOKED, MessageKind.REVOKED),
        (EntryKind.REGISTRATION_REPEATED, MessageKind.ALREADY_REGISTERED),
    ],
)
def test_each_change_of_a_sign_up_makes_one_message_to_that_person(kind: EntryKind, message: MessageKind) -> None:
    (owed,) = owed_by(kind, subject_id=7, facts={})
    assert (owed.kind, owed.to) == (message, These((7,)))


def test_a_walk_in_gets_no_confirmation() -> None:
    assert owed_by(EntryKind.REGISTRATION_CONFIRMED, subject_id=7, facts={"channel": "door"}) == ()


def test_a_change_is_told_only_when_time_or_place_moved() -> None:
    assert owed_by(EntryKind.EVENT_REVISED, subject_id=3, facts={"moved": False, "changed": ["title"]}) == ()
    (owed,) = owed_by(EntryKind.EVENT_REVISED, subject_id=3, facts={"moved": True, "changed": ["starts_at"]})
    assert (owed.kind, owed.to) == (MessageKind.CHANGED, SignedUpFor(3, without_sessions=True))


def test_another_place_concerns_the_sessions_too() -> None:
    (owed,) = owed_by(EntryKind.EVENT_REVISED, subject_id=3, facts={"moved": True, "changed": ["title", "venue_id"]})
    assert owed.to == SignedUpFor(3)


def test_a_session_that_moves_concerns_only_those_signed_up_for_it() -> None:
    (owed,) = owed_by(EntryKind.SESSION_REVISED, subject_id=3, facts={"session_id": 8, "moved": True})
    assert owed.to == SignedUpFor(3, session_id=8)


def test_a_cancelled_event_is_told_to_those_it_revoked() -> None:
    (owed,) = owed_by(EntryKind.EVENT_CANCELLED, subject_id=3, facts={"registration_ids": [4, 5]})
    assert (owed.kind, owed.to) == (MessageKind.EVENT_CANCELLED, These((4, 5)))


@pytest.mark.parametrize(
    ("kind", "facts", "called"),
    [
        (EntryKind.REGISTRATION_OFFERED, {}, True),
        (EntryKind.REGISTRATION_CONFIRMED, {"came_from": "waitlisted"}, True),
        (EntryKind.REGISTRATION_CONFIRMED, {"came_from": "new"}, False),
        (EntryKind.REGISTRATION_CONFIRMED, {"came_from": "offered"}, False),
        (EntryKind.EVENT_REVISED, {"moved": True}, True),
        (EntryKind.EVENT_CANCELLED, {"registration_ids": [1]}, True),
        (EntryKind.REGISTRATION_REVOKED, {}, True),
        (EntryKind.REGISTRATION_CANCELLED, {}, False),
        (EntryKind.REGISTRATION_WAITLISTED, {}, False),
    ],
)
def test_a_telephone_alone_is_called_for_promotion_change_and_cancellation(
    kind: EntryKind, facts: dict[str, object], called: bool
) -> None:
    (owed,) = owed_by(kind, subject_id=1, facts=facts)
    assert way_to_tell(owed, email=None, telephone="0300000000") is (Way.CALL if called else Way.NOTHING)


def test_an_e_mail_is_always_preferred_and_nothing_is_owed_without_a_contact() -> None:
    (owed,) = owed_by(EntryKind.REGISTRATION_OFFERED, subject_id=1, facts={})
    assert way_to_tell(owed, email="a@example.org", telephone="0300000000") is Way.MAIL
    assert way_to_tell(owed, email=None, telephone=None) is Way.NOTHING
