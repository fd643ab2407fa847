"""Before a change is stored, the desk sees who will be told, how, and in which words; what leaves is what was shown."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import EventState
from alpes_events.agenda.sessions import add_session, the_session
from alpes_events.attendance.schedule import reschedule_event
from alpes_events.database.engine import Database
from alpes_events.journal.commands import gathered
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.messages.notice import Notice, notice_of
from alpes_events.messages.preview import preview_message
from alpes_web.staff.rehearsing import stored_once_seen
from tests.support.routes import dump
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, states
from tests.support.web import a_site, text_of

BASE = "http://agenda.example.org"
WRITTEN_BY_READING = frozenset({"access_audit", "account_session", "rate_count"})
LATER = {"starts_time": "15:00", "ends_time": "18:00"}
CAFE = "Préparons l’entretien"


def an_event_with(
    database: Database, *, people: int = 2, by_telephone: int = 1, english: int = 0, capacity: int = 9
) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity)
        for number in range(people + by_telephone + english):
            signs_up(
                db,
                event_id,
                number,
                telephone_only=people <= number < people + by_telephone,
                language="en" if number >= people + by_telephone else "fr",
            )
        db.commit()
    return event_id


def an_hour_later(db: Session, event_id: int) -> list[int]:
    """Move the event; gives the entries of the journal that say so."""
    with gathered(db) as entries:
        moves(db, event_id)
    return entries


def moves(db: Session, event_id: int) -> None:
    draft, hour = EventDraft.of(the_event(db, event_id)), timedelta(hours=1)
    moved = replace(draft, starts_at=draft.starts_at + hour, ends_at=draft.ends_at + hour)
    reschedule_event(db, event_id, moved, now=NOW, account_id=None)


def rehearsed(database: Database, event_id: int) -> Notice:
    with database.writing() as db:
        return notice_of(db, an_hour_later(db, event_id), base_url=BASE, now=NOW)


def test_change_that_is_only_shown_leaves_nothing_behind(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    desk.get(path)
    before = dump(organised, without=WRITTEN_BY_READING)
    assert "3 personnes à prévenir" in text_of(desk.fill(path, "title", **LATER))
    assert dump(organised, without=WRITTEN_BY_READING) == before


def test_what_was_compared_is_what_is_stored(organised: Database) -> None:
    """The change is made once, so nobody can sign up between the look and the deed."""
    event_id, runs = an_event_with(organised), list[datetime]()

    def later(db: Session, now: datetime) -> None:
        runs.append(now)
        moves(db, event_id)

    with a_site(organised).app_context():
        shown = stored_once_seen(later, seen="").notice
        assert shown is not None
        stored = stored_once_seen(later, seen=shown.mark)
    assert (stored.stored, len(runs)) == (True, 2)
    with organised.reading() as db:
        assert the_event(db, event_id).starts_at == STARTS_AT + timedelta(hours=1)


def test_notice_names_those_whom_the_consumer_then_tells_in_the_words_that_leave(organised: Database) -> None:
    event_id = an_event_with(organised, people=3, by_telephone=2, english=1)
    notice = rehearsed(organised, event_id)
    with organised.writing() as db:
        for entry_id in an_hour_later(db, event_id):
            tell_people(db, db.get_one(JournalEntry, entry_id), NOW)
        db.commit()
    with organised.reading() as db:
        messages = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "changed")).all()
        calls = db.exec(select(CallTask.registration_id)).all()
        leaving = {preview_message(db, message.id or 0, base_url=BASE, now=NOW).text for message in messages}
    assert {one.person.registration_id for one in notice.by_mail} == {message.registration_id for message in messages}
    assert {one.person.registration_id for one in notice.by_telephone} == set(calls)
    assert {(letter.language, letter.count) for letter in notice.letters} == {("fr", 3), ("en", 1)}
    assert {letter.rendered.text for letter in notice.letters} <= leaving


def test_page_shows_names_ways_and_the_message_with_the_new_hour(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=1, english=1)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    shown = text_of(desk.fill(path, "title", **LATER))
    for words in (
        "4 personnes à prévenir",
        "3 personnes prévenues par e-mail",
        "1 personne à appeler",
        "Prénoma Noma",
        "06 39 98 00 02",
        "change de date ou d’heure",
        "15 h – 18 h",
        "en anglais",
        "15:00 – 18:00",
    ):
        assert words in shown
    with organised.reading() as db:
        assert the_event(db, event_id).starts_at == STARTS_AT


def test_somebody_who_signs_up_meanwhile_is_shown_before_anything_leaves(organised: Database) -> None:
    event_id = an_event_with(organised, people=1, by_telephone=0)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    shown = desk.fill(path, "title", **LATER)
    with organised.writing() as db:
        signs_up(db, event_id, 7)
        db.commit()
    again = desk.confirm(path, shown, "title")
    assert again.status_code == 200
    assert "2 personnes à prévenir" in text_of(again)
    assert desk.confirm(path, again, "title").status_code == 303


def test_form_changed_after_it_was_shown_is_shown_again(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    shown = desk.fill(path, "title", **LATER)
    mark = str(shown.get_data(as_text=True).split('name="told" value="')[1].split('"')[0])
    other = desk.fill(path, "title", told=mark, starts_time="16:00", ends_time="19:00")
    assert other.status_code == 200
    assert "16 h – 19 h" in text_of(other)


def test_reason_stands_in_the_message_that_is_shown_before_an_event_is_cancelled(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=1)
    desk, path = Desk(organised), f"/staff/events/{event_id}/cancel"
    shown = desk.fill(path, "reason", reason="La salle est inondée.")
    page = text_of(shown)
    assert "3 personnes à prévenir" in page
    assert "La salle est inondée." in page.split("Le message", 1)[1]
    with organised.reading() as db:
        assert the_event(db, event_id).state is EventState.PUBLISHED
    assert desk.confirm(path, shown, "reason").status_code == 303
    with organised.reading() as db:
        assert set(states(db, event_id)) == {"revoked"}


def test_withdrawal_shows_its_message_before_its_button(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    desk, path = Desk(organised), f"/staff/events/{event_id}/withdraw"
    assert "2 personnes sont inscrites." in text_of(desk.get(path))
    shown = desk.send(path)
    assert "2 personnes prévenues par e-mail" in text_of(shown)
    with organised.reading() as db:
        assert the_event(db, event_id).state is EventState.PUBLISHED
    assert desk.confirm(path, shown).status_code == 303
    with organised.reading() as db:
        assert the_event(db, event_id).state is EventState.WITHDRAWN


def test_session_that_moves_or_is_cancelled_shows_the_message_of_its_people_alone(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=9)
        part = SessionDraft(CAFE, STARTS_AT, STARTS_AT + timedelta(hours=1), "Salle A", 5)
        session_id = add_session(db, event_id, part, now=NOW, account_id=None)
        signs_up(db, event_id, 0, session_id=session_id)
        signs_up(db, event_id, 1)
        db.commit()
    desk, path = Desk(organised), f"/staff/events/{event_id}/sessions/{session_id}"
    shown = desk.fill(f"{path}/edit", "title", room="Salle B")
    assert "1 personne à prévenir" in text_of(shown)
    assert "Salle B" in text_of(shown).split("Le message", 1)[1]
    assert desk.confirm(f"{path}/edit", shown, "title").status_code == 303
    off = desk.send(f"{path}/cancel")
    assert "1 personne à prévenir" in text_of(off)
    assert desk.confirm(f"{path}/cancel", off).status_code == 303
    with organised.reading() as db:
        assert the_session(db, session_id).cancelled_at == NOW
        assert sorted(states(db, event_id)) == ["confirmed", "revoked"]


def test_people_of_each_session_see_the_letter_of_their_own(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=9)
        for number, room in enumerate(("Salle A", "Salle B")):
            part = SessionDraft(f"Atelier {room}", STARTS_AT, STARTS_AT + timedelta(hours=1), room, 5)
            session_id = add_session(db, event_id, part, now=NOW, account_id=None)
            signs_up(db, event_id, number, session_id=session_id)
        db.commit()
    letters = rehearsed(organised, event_id).letters
    assert sorted((letter.count, letter.rendered.text.count("Salle B") > 0) for letter in letters) == [
        (1, False),
        (1, True),
    ]


def test_another_hour_for_people_who_are_called_is_shown_again(organised: Database) -> None:
    """A call has no letter: its hour and its place stand in the mark all the same."""
    event_id = an_event_with(organised, people=0, by_telephone=1)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    shown = desk.fill(path, "title", **LATER)
    again = desk.confirm(path, shown, "title", starts_time="16:00", ends_time="19:00")
    assert again.status_code == 200
    assert desk.confirm(path, again, "title").status_code == 303


def test_wrong_mark_stores_nothing(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/cancel"
    assert desk.fill(path, "reason", reason="Fermé.", told=uuid4().hex).status_code == 200
    with organised.reading() as db:
        assert the_event(db, event_id).state is EventState.PUBLISHED
