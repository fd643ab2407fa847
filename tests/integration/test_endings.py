"""Several sign-ups ended at once: each for itself, and the page names those for whom nothing changed."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from alpes_events.attendance.endings import end_each
from alpes_events.attendance.models import Presence, Registration
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from tests.support.forms import form_of
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, recount, signs_up, states
from tests.support.web import text_of

CAME = "L’arrivée de cette personne est notée"
OVER = "Cette inscription n’était plus en cours"


def one_who_came_one_who_left_and_two_who_come(database: Database) -> tuple[int, list[int]]:
    """An event of three places and one who waits: the first came early, the second gave up."""
    with database.writing() as db:
        event_id = an_event(db, capacity=3)
        ids = [signs_up(db, event_id, number).registration_id for number in range(4)]
        mark_presence(db, ids[0], Presence.ATTENDED, mark_key="a" * 36, now=NOW, account_id=None)
        cancel_registration(db, ids[1], by="self", now=NOW)
        db.commit()
    return event_id, ids


def endings_in_the_journal(database: Database) -> int:
    kinds = (EntryKind.REGISTRATION_CANCELLED, EntryKind.REGISTRATION_REVOKED)
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(JournalEntry).where(col(JournalEntry.kind).in_(kinds))).one()


def chosen(ids: Sequence[int]) -> list[str]:
    return [str(one) for one in ids]


@pytest.mark.parametrize(("act", "state"), [("cancel", "cancelled"), ("revoke", "revoked")])
def test_one_who_came_does_not_keep_the_others_from_being_ended_and_is_named(
    organised: Database, act: str, state: str
) -> None:
    event_id, ids = one_who_came_one_who_left_and_two_who_come(organised)
    people = f"/staff/events/{event_id}/people"
    desk, before = Desk(organised), endings_in_the_journal(organised)
    page = text_of(desk.press(people, people, chosen=chosen(ids[:3]), act=act, sure="yes"))
    with organised.reading() as db:
        assert states(db, event_id)[:3] == ["confirmed", "cancelled", state]
        assert db.get_one(Registration, ids[0]).presence is Presence.ATTENDED
        assert recount(db, event_id) == (2, 2)
    assert endings_in_the_journal(organised) == before + 1
    assert "Rien n’a changé pour 2 personnes" in page
    assert f"Prénoma Noma {CAME}" in page
    assert f"Prénomb Nomb {OVER}" in page
    assert ("1 personne ne vient pas" if act == "cancel" else "1 inscription annulée") in page


def test_undoing_takes_back_only_what_was_ended_then(organised: Database) -> None:
    event_id, ids = one_who_came_one_who_left_and_two_who_come(organised)
    people = f"/staff/events/{event_id}/people"
    desk = Desk(organised)
    page = desk.press(people, people, chosen=chosen(ids[:3]), act="cancel", sure="yes")
    undo = form_of(page.get_data(as_text=True), holding="chosen")
    assert undo["act"] == "back"
    assert undo["chosen"] == str(ids[2])
    desk.post(people, undo)
    with organised.reading() as db:
        assert states(db, event_id)[1:3] == ["cancelled", "confirmed"]


@pytest.mark.parametrize("act", ["cancel", "revoke"])
def test_when_nothing_was_ended_the_page_says_so_and_offers_nothing_to_undo(organised: Database, act: str) -> None:
    event_id, ids = one_who_came_one_who_left_and_two_who_come(organised)
    people = f"/staff/events/{event_id}/people"
    page = Desk(organised).press(people, people, chosen=chosen(ids[:2]), act=act, sure="yes")
    assert "Aucune inscription n’a été annulée" in text_of(page)
    assert 'value="back"' not in page.get_data(as_text=True)


def test_ending_again_changes_nothing_and_is_not_counted(organised: Database) -> None:
    event_id, ids = one_who_came_one_who_left_and_two_who_come(organised)
    account_id = Desk(organised).account_id
    for now, done in ((NOW, {ids[2], ids[3]}), (NOW, set()), (STARTS_AT + timedelta(days=1), set())):
        with organised.writing() as db:
            outcome = end_each(db, ids, by_us=False, now=now, account_id=account_id)
            db.commit()
        assert set(outcome.done) == done
        assert set(outcome.refused) == set(ids) - done
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "cancelled", "cancelled", "cancelled"]
