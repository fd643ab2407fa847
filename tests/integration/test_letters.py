"""The team writes its own words to people it chose: seen before they leave, sent once, by the ways of all messages."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select, update

from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry
from alpes_events.language.refusal import BadInput
from alpes_events.messages import call_list
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.messages.letters import LetterIn, write_letter
from alpes_events.messages.models import CallState, CallTask, Letter, OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.preview import preview_message
from alpes_events.messages.relevance import still_due
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.export import export_person
from alpes_events.privacy.own_document import own_document
from alpes_events.privacy.short_lived import forget_short_lived
from alpes_web.demo_mailbox import newest_mail
from tests.integration.test_staff_notice import an_event_with, an_hour_later
from tests.support.forms import form_of
from tests.support.pdf import pages_of
from tests.support.posts import Clock, a_sender, deliver_messages, send_all
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up
from tests.support.web import text_of

WORDS = LetterIn(
    "La porte a changé", "Entrez par la cour, {prénom}.\n\nÀ bientôt !", "Another door", "Come in by the yard."
)
TYPED = {"subject": "La porte a changé", "text": "Entrez par la cour.", "subject_en": "", "text_en": ""}


def chosen(database: Database, event_id: int) -> list[int]:
    with database.reading() as db:
        ids = db.exec(select(Registration.id).where(Registration.event_id == event_id).order_by(col(Registration.id)))
        return [number for number in ids if number is not None]


def somebody_of_the_team(db: Session) -> int:
    account = Account(email="equipe@example.org", name="Équipe", role=Role.COORDINATOR, created_at=NOW)
    db.add(account)
    db.flush()
    return account.id or 0


def written(database: Database, event_id: int, words: LetterIn = WORDS, *, form_key: str = "", **more: Any) -> int:
    ids = more.pop("ids", None) or chosen(database, event_id)
    with database.writing() as db:
        account_id = db.exec(select(Account.id)).first() or somebody_of_the_team(db)
        key = form_key or str(uuid4())
        count = write_letter(db, event_id, ids, words, form_key=key, account_id=account_id, **{"now": NOW, **more})
        db.commit()
    return count


def test_each_gets_the_words_in_their_language_by_mail_or_by_telephone(organised: Database, tmp_path: Path) -> None:
    clock = Clock()
    sender = a_sender(organised, FolderCarrier(tmp_path), clock)
    event_id = an_event_with(organised, people=1, by_telephone=1, english=1)
    assert written(organised, event_id) == 3
    with organised.writing() as db:
        db.execute(
            update(Delivery).where(col(Delivery.subject_kind) == "registration").values(state=DeliveryState.DONE)
        )
        db.commit()
    deliver_messages(organised, clock)
    send_all(sender)
    mails = {mail.to: mail for mail in newest_mail(tmp_path)}
    assert sorted((to, mail.subject) for to, mail in mails.items()) == [
        ("personne0@example.org", "La porte a changé"),
        ("personne2@example.org", "Another door"),
    ]
    assert "Entrez par la cour, Prénoma." in mails["personne0@example.org"].text
    assert "Come in by the yard." in mails["personne2@example.org"].text
    with organised.reading() as db:
        (call,) = call_list.calls_to_make(db, now=NOW)
    assert call.words == ("Entrez par la cour, Prénomb.", "À bientôt !")


def test_one_person_with_two_sign_ups_is_written_to_once(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=9)
        for title in ("Un", "Deux"):
            part = SessionDraft(title, STARTS_AT, STARTS_AT.replace(hour=14), "", 5)
            session_id = add_session(db, event_id, part, now=NOW, account_id=None)
            signs_up(db, event_id, 1, session_id=session_id)
        db.commit()
    assert len(chosen(organised, event_id)) == 2
    assert written(organised, event_id) == 1


def test_sign_ups_of_another_event_are_not_written_to(organised: Database) -> None:
    here, elsewhere = an_event_with(organised, people=1, by_telephone=0), an_event_with(organised)
    ids = chosen(organised, here) + chosen(organised, elsewhere)
    assert written(organised, here, ids=ids) == 1


def test_the_same_form_sent_again_writes_nothing(organised: Database) -> None:
    event_id, key = an_event_with(organised), str(uuid4())
    assert [written(organised, event_id, form_key=key) for _time in range(2)] == [3, 3]
    with organised.reading() as db:
        assert len(db.exec(select(Letter)).all()) == 1
        assert len(db.exec(select(JournalEntry).where(JournalEntry.kind == "LetterWritten")).all()) == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (LetterIn(" ", "Oui"), "subject"),
        (LetterIn("Oui", " \n "), "text"),
        (LetterIn("O" * 151, "Oui"), "subject"),
        (LetterIn("Oui", "O" * 2001), "text"),
        (LetterIn("Oui", "Oui", "Yes", ""), "text_en"),
        (LetterIn("Oui", "Oui", "", "Yes"), "subject_en"),
    ],
)
def test_words_that_are_missing_or_too_long_are_refused_beside_their_field(
    organised: Database, words: LetterIn, field: str
) -> None:
    event_id = an_event_with(organised)
    with pytest.raises(BadInput) as refusal:
        written(organised, event_id, words)
    assert refusal.value.field == field


def test_call_about_a_change_and_one_that_tells_a_letter_do_not_replace_each_other(organised: Database) -> None:
    event_id = an_event_with(organised, people=0, by_telephone=1)

    def moves() -> None:
        with organised.writing() as db:
            an_hour_later(db, event_id)
            db.commit()
        deliver_messages(organised, Clock())

    moves()
    written(organised, event_id)
    deliver_messages(organised, Clock())
    moves()
    with organised.reading() as db:
        rows = db.exec(select(CallTask.kind, CallTask.state).order_by(col(CallTask.id))).all()
    assert [(kind, state) for kind, state in rows] == [
        ("changed", CallState.DROPPED),
        ("own_words", CallState.TO_CALL),
        ("changed", CallState.TO_CALL),
    ]


def test_words_reach_those_who_no_longer_come_and_those_of_an_event_that_is_over(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    first, _second = chosen(organised, event_id)
    with organised.writing() as db:
        cancel_registration(db, first, by="self", now=NOW)
        db.commit()
    late = STARTS_AT.replace(month=4)
    written(organised, event_id, now=late)
    deliver_messages(organised, Clock(late))
    with organised.reading() as db:
        kinds = db.exec(select(OutboxMessage.registration_id).where(OutboxMessage.kind == "own_words")).all()
    assert sorted(number or 0 for number in kinds) == chosen(organised, event_id)


def test_page_shows_who_gets_what_then_sends_what_was_shown(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    path = f"/staff/events/{event_id}/write"
    ids = [str(one) for one in chosen(organised, event_id)]
    page = desk.press(people, people, chosen=ids, act="write")
    assert "Écrire à 3 personnes" in text_of(page)
    form = form_of(page.get_data(as_text=True), holding="subject") | TYPED | {"chosen": ids}
    shown = desk.post(path, form)
    seen = text_of(shown)
    assert "2 personnes prévenues par e-mail" in seen
    assert "1 personne à appeler" in seen
    assert "Entrez par la cour." in seen
    with organised.reading() as db:
        assert db.exec(select(Letter)).all() == []
    mark = shown.get_data(as_text=True).split('name="told" value="')[1].split('"')[0]
    changed = desk.post(path, form | {"text": "Entrez par le toit.", "told": mark})
    assert changed.status_code == 200
    assert "Entrez par le toit." in text_of(changed)
    assert desk.post(path, form | {"told": mark}).status_code == 303
    deliver_messages(organised, Clock())
    with organised.reading() as db:
        row = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "own_words")).first()
    assert row is not None
    assert "Message de l’équipe" in text_of(desk.get(f"/staff/events/{event_id}/messages"))
    assert "Message de l’équipe" in text_of(desk.get(f"/staff/people/{row.candidate_id}/messages"))
    assert "Entrez par la cour." in text_of(desk.get(f"/staff/messages/{row.id}"))
    assert "Message écrit à 3 personnes" in text_of(desk.get(f"/staff/events/{event_id}/history"))
    assert "Entrez par la cour." in text_of(desk.get("/staff/calls"))


def test_what_was_typed_survives_a_refusal(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    ids = [str(one) for one in chosen(organised, event_id)]
    form = form_of(desk.press(people, people, chosen=ids, act="write").get_data(as_text=True), holding="subject")
    refused = desk.post(f"/staff/events/{event_id}/write", form | TYPED | {"chosen": ids, "text_en": "Come in."})
    assert refused.status_code == 422
    again = form_of(refused.get_data(as_text=True), holding="subject")
    assert (again["subject"], again["text"], again["text_en"]) == (TYPED["subject"], TYPED["text"], "Come in.")
    assert "ou aucun des deux" in text_of(refused)


def test_advisors_do_not_write_to_the_people_of_an_event(organised: Database) -> None:
    event_id = an_event_with(organised)
    desk = Desk(organised, Role.ADVISOR)
    assert desk.press(f"/staff/events/{event_id}/write", "/account", chosen="1", **TYPED).status_code == 403


def test_letter_to_one_person_goes_with_them_and_one_to_several_stays(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    first, _second = chosen(organised, event_id)
    written(organised, event_id, LetterIn("À vous seule", "Votre dossier est prêt."), ids=[first])
    written(organised, event_id)
    with organised.writing() as db:
        erase_person(db, db.get_one(Registration, first).candidate_id, now=NOW)
        assert db.exec(select(Letter.subject)).all() == [WORDS.subject]


def test_letter_is_forgotten_after_a_year_and_its_message_says_so_and_leaves_no_more(organised: Database) -> None:
    event_id = an_event_with(organised, people=1, by_telephone=0)
    written(organised, event_id)
    deliver_messages(organised, Clock())
    with organised.writing() as db:
        (message_id,) = db.exec(select(OutboxMessage.id).where(OutboxMessage.kind == "own_words")).all()
        assert forget_short_lived(db, now=NOW + timedelta(days=365)) == 0
        forget_short_lived(db, now=NOW + timedelta(days=366))
        seen = preview_message(db, message_id or 0, base_url="", now=NOW)
        assert "Le texte de ce message n’est plus gardé." in seen.text
        assert not still_due(moment_of(db, db.get_one(OutboxMessage, message_id), now=NOW))


def test_letter_stands_in_the_copy_of_ones_data_as_it_was_told(organised: Database) -> None:
    event_id = an_event_with(organised, people=1, by_telephone=1, english=1)
    written(organised, event_id)
    one, _by_telephone, english = chosen(organised, event_id)
    with organised.reading() as db:
        person, other = (db.get_one(Candidate, candidate_of(db, number)) for number in (one, english))
        copy, other_copy = (export_person(db, row.id or 0, now=NOW)["letters"] for row in (person, other))
        document = own_document(db, person.id or 0, language="fr", now=NOW)
    assert [(line["subject"], line["text"]) for line in copy] == [
        ("La porte a changé", f"Entrez par la cour, {person.given_name}.\n\nÀ bientôt !")
    ]
    assert [line["subject"] for line in other_copy] == ["Another door"]
    words = " ".join(pages_of(document))
    assert "Ce que l’équipe vous a écrit" in words
    assert f"Entrez par la cour, {person.given_name}." in words


def test_copy_names_a_letter_whose_words_are_gone_and_none_of_others(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    first, second = chosen(organised, event_id)
    written(organised, event_id, ids=[first])
    with organised.writing() as db:
        forget_short_lived(db, now=NOW + timedelta(days=366))
        db.commit()
    with organised.reading() as db:
        one, other = (candidate_of(db, number) for number in (first, second))
        copies = [export_person(db, number, now=NOW)["letters"] for number in (one, other)]
        document = own_document(db, one, language="fr", now=NOW)
    assert [[line["text"] for line in copy] for copy in copies] == [[None], []]
    assert "Le texte de ce message n’est plus gardé." in " ".join(pages_of(document))


def test_history_of_a_file_has_a_line_for_each_letter(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    first, second = chosen(organised, event_id)
    written(organised, event_id, ids=[first])
    desk, told = Desk(organised), "Message de l’équipe : Job dating d’essai"
    with organised.reading() as db:
        one, other = (candidate_of(db, number) for number in (first, second))
    assert told in text_of(desk.get(f"/staff/people/{one}/history"))
    assert told not in text_of(desk.get(f"/staff/people/{other}/history"))


def candidate_of(db: Session, registration_id: int) -> int:
    return db.get_one(Registration, registration_id).candidate_id
