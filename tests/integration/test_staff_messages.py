"""Messages, calls and the machine's work, as a coordinator sees and mends them."""

import html
import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.jobs.leader import take_lead
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry
from alpes_events.messages.commands import NotSentAgain, send_again
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import CallTask, MessageState, OutboxMessage
from alpes_events.messages.queries import lines_of
from alpes_events.privacy.retention import announce_erasure
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import text_of


def told(database: Database) -> None:
    """Let the consumer of messages hear everything that happened."""
    with database.writing() as db:
        for entry in db.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all():
            tell_people(db, entry, NOW)
        db.commit()


def a_freed_place(database: Database) -> Registration:
    """Somebody with a telephone only is offered the place of somebody who does not come."""
    with database.writing() as db:
        event_id = an_event(db, capacity=1)
        first = signs_up(db, event_id, 1)
        signs_up(db, event_id, 2, telephone_only=True)
        cancel_registration(db, first.registration_id, by="self", now=NOW)
        db.commit()
    told(database)
    with database.reading() as db:
        return db.exec(select(Registration).order_by(col(Registration.id).desc())).all()[0]


def test_call_starts_the_deadline_once_the_person_is_reached(organised: Database) -> None:
    waiting = a_freed_place(organised)
    assert waiting.offer_expires_at is None
    desk, path = Desk(organised), "/staff/calls"
    page = text_of(desk.get(path))
    assert "06 39 98 00 02" in page
    assert "Une place s’est libérée" in page
    with organised.reading() as db:
        call_id = db.exec(select(CallTask.id)).one()
    assert desk.press(f"{path}/{call_id}/not-reached", path).status_code == 303
    assert "Un essai" in text_of(desk.get(path))
    assert desk.press(f"{path}/{call_id}/reached", path).status_code == 303
    assert "Aucun appel à faire" in text_of(desk.get(path))
    with organised.reading() as db:
        assert db.get_one(Registration, waiting.id).offer_expires_at == NOW + timedelta(hours=24)
    assert desk.press(f"{path}/{call_id}/reached", "/account").status_code == 409


def test_person_without_an_address_is_called_before_their_file_goes(organised: Database) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db, capacity=1), 2, telephone_only=True)
        years_later = NOW.replace(year=NOW.year + 2)
        assert announce_erasure(db, now=years_later) == 1
        db.commit()
    desk, path = Desk(organised), "/staff/calls"
    page = text_of(desk.get(path))
    assert "06 39 98 00 02" in page
    assert "Nous n’avons pas eu de vos nouvelles depuis longtemps : votre dossier va être effacé." in page
    with organised.reading() as db:
        call_id = db.exec(select(CallTask.id)).one()
    assert desk.press(f"{path}/{call_id}/not-reached", path).status_code == 303
    assert "Un essai" in text_of(desk.get(path))
    assert desk.press(f"{path}/{call_id}/reached", path).status_code == 303
    assert "Aucun appel à faire" in text_of(desk.get(path))


def test_board_says_what_waits_for_a_person(organised: Database) -> None:
    a_freed_place(organised)
    board = text_of(Desk(organised).get("/staff/"))
    assert "1 personne à appeler" in board
    assert "1 place proposée attend sa réponse" in board
    assert "4 points attendent une décision." in board


def test_message_that_failed_is_shown_with_its_reason_and_sent_again(organised: Database) -> None:
    a_freed_place(organised)
    with organised.writing() as db:
        message = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()[0]
        message.state, message.last_error = MessageState.FAILED, "550 boîte pleine"
        db.add(message)
        db.commit()
    desk, path = Desk(organised), "/staff/messages"
    assert "550 boîte pleine" in text_of(desk.get(path))
    answer = desk.press(f"{path}/{message.id}/again", path, back="https://evil.example/")
    assert answer.location == path
    assert "Tout est parti" in text_of(desk.get(f"{path}?show=trouble"))
    with organised.reading() as db:
        assert db.get_one(OutboxMessage, message.id).state is MessageState.WAITING
    assert "Objet" in text_of(desk.get(f"{path}/{message.id}"))
    assert desk.get(f"{path}/9999").status_code == 404


def test_own_words_are_seen_before_they_are_kept(organised: Database) -> None:
    desk, path = Desk(organised), "/staff/messages/texts/reminder"
    typed = {"fr_subject": "À demain, {prénom} !", "fr_opening": "On vous attend.\n\nÀ demain."}
    seen = desk.fill(path, "fr_subject", **typed, act="see")
    assert "À demain, Samira !" in text_of(seen)
    assert desk.fields(path, "fr_subject")["fr_subject"] == ""
    assert desk.fill(path, "fr_subject", **typed, act="keep").status_code == 303
    assert desk.fields(path, "fr_subject")["fr_opening"] == "On vous attend.\n\nÀ demain."
    assert desk.fill(path, "fr_subject", fr_subject="É" * 151, act="keep").status_code == 422


@pytest.mark.parametrize("path", ["texts/nothing", "texts/reminder/de", "0", "x"])
def test_message_that_is_not_there_is_not_found(organised: Database, path: str) -> None:
    assert Desk(organised).get(f"/staff/messages/{path}").status_code == 404


def test_stuck_work_is_taken_up_again(organised: Database) -> None:
    a_freed_place(organised)
    with organised.writing() as db:
        delivery = db.exec(select(Delivery).order_by(col(Delivery.id))).all()[0]
        delivery.state, delivery.last_error = DeliveryState.PARKED, "KeyError (tallies.py:81)"
        db.add(delivery)
        take_lead(db, "here", now=NOW)
        db.commit()
    desk, path = Desk(organised), "/staff/jobs"
    page = text_of(desk.get(path))
    assert "La machine travaille." in page
    assert "KeyError (tallies.py:81)" in page
    assert "Une erreur du programme" in page
    retry = f"{path}/deliveries/{delivery.id}/retry"
    assert desk.press(retry, path).status_code == 303
    assert desk.press(retry, "/account").status_code == 409
    with organised.reading() as db:
        assert db.get_one(Delivery, delivery.id).state is DeliveryState.WAITING


def some_messages(database: Database) -> int:
    """A confirmation and a place offered to two people, and the confirmation of a third at another event."""
    with database.writing() as db:
        event_id = an_event(db, title="Premier", capacity=1)
        first = signs_up(db, event_id, 1)
        signs_up(db, event_id, 2)
        cancel_registration(db, first.registration_id, by="self", now=NOW)
        signs_up(db, an_event(db, title="Second"), 3)
        db.commit()
    told(database)
    return event_id


def kinds(desk: Desk, path: str) -> list[str]:
    """The messages that a page lists, by what staff call them."""
    page = desk.get(path).get_data(as_text=True)
    return re.findall(r'data-l="Message"><div><a [^>]*>([^<]+)<', page)


CONFIRMED, WAITS, GONE, OFFERED = (
    "Confirmation d’inscription",
    "Place dans la liste d’attente",
    "Annulation par la personne",
    "Une place proposée",
)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [CONFIRMED, CONFIRMED, GONE, OFFERED, WAITS]),
        ("show=waiting", [CONFIRMED, CONFIRMED, GONE, OFFERED, WAITS]),
        ("show=sent", []),
        ("show=trouble", []),
        ("kind=confirmed", [CONFIRMED, CONFIRMED]),
        ("q=nomc", [OFFERED, WAITS]),
        ("q=personne3@", [CONFIRMED]),
        ("from=2026-03-02&until=2026-03-02", [CONFIRMED, CONFIRMED, GONE, OFFERED, WAITS]),
        ("from=2026-03-03", []),
        ("until=2026-03-01", []),
        ("kind=nonsense&show=nonsense&from=nonsense", [CONFIRMED, CONFIRMED, GONE, OFFERED, WAITS]),
    ],
)
def test_messages_are_found_by_how_they_fare_kind_day_and_reader(
    organised: Database, query: str, shown: list[str]
) -> None:
    some_messages(organised)
    assert sorted(kinds(Desk(organised), f"/staff/messages?{query}")) == sorted(shown)


def test_messages_of_an_event_and_of_a_person_stand_on_their_pages(organised: Database) -> None:
    event_id = some_messages(organised)
    desk = Desk(organised)
    assert sorted(kinds(desk, f"/staff/events/{event_id}/messages")) == sorted([CONFIRMED, WAITS, GONE, OFFERED])
    with organised.reading() as db:
        second = db.exec(select(Registration.candidate_id).order_by(col(Registration.id))).all()[1]
    assert sorted(kinds(desk, f"/staff/people/{second}/messages")) == sorted([WAITS, OFFERED])


@pytest.mark.parametrize("kind", list(MessageKind))
def test_only_what_may_leave_again_offers_it(organised: Database, kind: MessageKind) -> None:
    """The button and the command follow the same rule, whatever the message."""
    some_messages(organised)
    with organised.writing() as db:
        row = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()[0]
        row.state, row.kind, message_id = MessageState.FAILED, kind.value, row.id or 0
        db.commit()
    with organised.writing() as db:
        offered = lines_of(db, [message_id])[0].may_repeat
        try:
            send_again(db, message_id, now=NOW)
            sent = True
        except NotSentAgain:
            sent = False
    assert offered == sent
    never = {MessageKind.SIGN_IN, MessageKind.PROOF, MessageKind.FAREWELL, MessageKind.OFFER_REQUEST}
    assert sent == (kind not in never)


def test_several_messages_are_sent_again_and_those_that_cannot_are_left(organised: Database) -> None:
    some_messages(organised)
    with organised.writing() as db:
        rows = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
        for row in rows[:2]:
            row.state, row.last_error = MessageState.FAILED, "550 boîte pleine"
            db.add(row)
        db.commit()
        ids = [row.id for row in rows]
    desk, path = Desk(organised), "/staff/messages"
    assert "2 messages sont en difficulté." in text_of(desk.get(path))
    answer = desk.press(f"{path}/again", f"{path}?show=trouble", chosen=[*map(str, ids[:3]), "x"], back=path)
    assert "Messages qui partent de nouveau : 2. Laissés de côté : 1." in text_of(desk.get(answer.location))
    with organised.reading() as db:
        assert {row.state for row in db.exec(select(OutboxMessage))} == {MessageState.WAITING}
    assert "Aucun message n’était choisi." in text_of(desk.get(desk.press(f"{path}/again", "/staff/settings").location))


def test_words_of_both_languages_are_kept_brought_back_and_given_up(organised: Database) -> None:
    desk, path = Desk(organised), "/staff/messages/texts/confirmed"
    assert desk.fill(path, "fr_subject", fr_subject="Un", en_subject="One", act="keep").status_code == 303
    kept = desk.get(path).get_data(as_text=True)
    undo = re.search(r'action="(/staff/former/undo\?change=\d+&amp;change=\d+)"', kept)
    assert undo is not None
    assert desk.press(html.unescape(undo[1]), path).status_code == 303
    assert desk.fields(path, "fr_subject")["en_subject"] == desk.fields(path, "fr_subject")["fr_subject"] == ""
    desk.fill(path, "fr_subject", fr_subject="Deux", en_subject="Two", act="keep")
    assert "Un" in text_of(desk.get(path))  # what was written before
    desk.fill(path, "fr_subject", act="ours_fr")
    fields = desk.fields(path, "fr_subject")
    assert (fields["fr_subject"], fields["en_subject"]) == ("", "Two")
