"""News of an application: one gentle message a step that lasts, to the person or to who tells them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.hiring.applying import move_application, the_application
from alpes_events.hiring.codes import ApplicationState, ContractKind, Mover, Proposer, RefusalReason
from alpes_events.hiring.hires import HireDraft, hire_applicant, withdraw_hire
from alpes_events.hiring.news import TOLD_AFTER
from alpes_events.hiring.words import REFUSAL_REASONS
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.queries import mail_health
from alpes_events.messages.wording import Wording, change_wording
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.privacy.erasure import erase_person
from tests.support.hiring import an_offer, applies
from tests.support.mailbag import Mailbag, words_of
from tests.support.posts import Clock
from tests.support.stories import NOW, somebody
from tests.support.web import Browser, a_site, text_of

SOON = NOW + timedelta(minutes=5)
LATE = NOW + timedelta(hours=2)
SHORTLISTED, REFUSED = ApplicationState.SHORTLISTED, ApplicationState.REFUSED
OBSOLETE, WITHDRAWN = ApplicationState.OBSOLETE, ApplicationState.WITHDRAWN
SUBJECTS = {
    SHORTLISTED: "Votre candidature avance : Vendeur ou vendeuse en boulangerie",
    REFUSED: "Une réponse à votre candidature : Vendeur ou vendeuse en boulangerie",
    OBSOLETE: "Votre candidature est close : Vendeur ou vendeuse en boulangerie",
}


@pytest.fixture
def bag(organised: Database, tmp_path: Path) -> Mailbag:
    return Mailbag(organised, tmp_path, Clock())


def an_account(db: Session, role: Role, number: int = 1) -> int:
    account = Account(email=f"{role.value}{number}@example.org", name="Claire Martin", role=role, created_at=NOW)
    db.add(account)
    db.flush()
    return account.id or 0


def move(db: Session, one: int, state: ApplicationState, *, minutes: int = 0, by: int | None = None) -> None:
    reason = RefusalReason.EXPERIENCE if state is REFUSED else None
    at = NOW + timedelta(minutes=minutes)
    mover = Mover.SELF if state is WITHDRAWN else Mover.STAFF
    move_application(db, one, state, reason=reason, by=mover, now=at, account_id=by)


@pytest.mark.parametrize("state", [SHORTLISTED, REFUSED, OBSOLETE])
def test_answer_that_stands_is_told_once_after_the_delay(bag: Mailbag, state: ApplicationState) -> None:
    with bag.database.writing() as db:
        move(db, applies(db, an_offer(db), 1), state)
        db.commit()
    assert bag.sent() == []
    bag.clock.now = NOW + TOLD_AFTER
    (mail,) = bag.sent()
    assert (mail["To"], words_of(mail).startswith("Bonjour Prénomb")) == ("personne1@example.org", True)
    assert str(mail["Subject"]).replace("\u00a0", " ").replace("\u202f", " ") == SUBJECTS[state]
    assert [words for words in REFUSAL_REASONS.values() if words in words_of(mail)] == []
    with bag.database.writing() as db:
        for entry in db.exec(select(JournalEntry)).all():
            tell_people(db, entry, LATE)
        db.commit()
    bag.clock.now = LATE
    assert bag.sent() == []


def test_hire_is_told_and_its_correction_is_not(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        one = applies(db, an_offer(db), 1)
        signed = HireDraft(ContractKind.CDI, NOW.date(), NOW.date())
        hire_id = hire_applicant(db, one, signed, now=NOW, account_id=None)
        db.commit()
    bag.clock.now = NOW + TOLD_AFTER
    assert [subject for _to, subject in bag.subjects()] == [
        "Félicitations pour votre embauche : Vendeur ou vendeuse en boulangerie"
    ]
    with bag.database.writing() as db:
        withdraw_hire(db, hire_id, now=LATE, account_id=None)
        db.commit()
    bag.clock.now = LATE + TOLD_AFTER
    assert bag.sent() == []


def test_step_corrected_within_the_delay_is_not_told(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        one = applies(db, an_offer(db), 1)
        move(db, one, REFUSED)
        move(db, one, ApplicationState.IN_PROGRESS, minutes=5)
        move(db, one, SHORTLISTED, minutes=6)
        db.commit()
    bag.clock.now = LATE
    assert bag.subjects() == [("personne1@example.org", SUBJECTS[SHORTLISTED])]
    with bag.database.reading() as db:
        states = db.exec(select(OutboxMessage.state).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
        assert states == [MessageState.DROPPED, MessageState.SENT]


def test_what_one_did_oneself_and_what_is_only_looked_at_is_not_told(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        one = applies(db, an_offer(db), 1)
        move(db, one, ApplicationState.IN_PROGRESS)
        move(db, one, WITHDRAWN, minutes=40)
        db.commit()
    bag.clock.now = LATE
    assert bag.sent() == []


def test_message_that_waits_for_its_hour_raises_no_alarm(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        move(db, applies(db, an_offer(db), 1), SHORTLISTED)
        db.commit()
    assert bag.sent() == []
    with bag.database.reading() as db:
        assert not mail_health(db, now=NOW + TOLD_AFTER - timedelta(seconds=1)).alarm
        assert mail_health(db, now=NOW + TOLD_AFTER + timedelta(hours=1)).alarm


def without_email(db: Session, *, proposed_by: int | None) -> int:
    candidate_id = find_or_create_candidate(db, somebody(7, telephone_only=True), now=NOW)
    return applies(
        db, an_offer(db), 1, candidate_id=candidate_id, proposer=Proposer.ADVISOR, account_id=proposed_by
    )  # fmt: skip


def test_advisor_is_told_of_somebody_without_an_address(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        advisor, coordinator = an_account(db, Role.ADVISOR), an_account(db, Role.COORDINATOR)
        move(db, without_email(db, proposed_by=advisor), REFUSED, by=coordinator)
        db.commit()
    bag.clock.now = LATE
    (mail,) = bag.sent()
    assert mail["To"] == "advisor1@example.org"
    assert "Prénomh Nomh n’a pas d’adresse e-mail" in words_of(mail)
    assert "Non retenue cette fois" in words_of(mail)
    assert "06 39 98 00 07" in words_of(mail)


def test_coordinators_are_told_when_no_advisor_is_there_but_not_who_answered(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        gone = an_account(db, Role.ADVISOR)
        first, second = an_account(db, Role.COORDINATOR), an_account(db, Role.COORDINATOR, 2)
        one = without_email(db, proposed_by=gone)
        db.get_one(Account, gone).disabled_at = NOW
        move(db, one, SHORTLISTED, by=first)
        db.commit()
    bag.clock.now = LATE
    assert [to for to, _subject in bag.subjects()] == ["coordinator2@example.org"]
    with bag.database.reading() as db:
        assert db.exec(select(OutboxMessage.account_id)).all() == [second]


def test_nobody_is_told_of_an_application_of_somebody_who_was_erased(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        advisor = an_account(db, Role.ADVISOR)
        one = without_email(db, proposed_by=advisor)
        move(db, one, SHORTLISTED)
        db.commit()
    assert bag.sent() == []
    with bag.database.writing() as db:
        erase_person(db, the_application(db, one).candidate_id, now=SOON)
        db.commit()
    bag.clock.now = LATE
    assert bag.sent() == []


def test_organisation_says_it_in_its_own_words(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        own = Wording("Pour {prénom}", "{entreprise} ne retient pas votre candidature ({offre}).")
        kind = MessageKind.APPLICATION_REFUSED
        change_wording(db, kind, "fr", own, today=NOW.date(), now=NOW, account_id=None)
        move(db, applies(db, an_offer(db), 1), REFUSED)
        db.commit()
    bag.clock.now = LATE
    (mail,) = bag.sent()
    assert mail["Subject"] == "Pour Prénomb"
    assert "Boulangerie du Beffroi ne retient pas votre candidature (Vendeur ou vendeuse" in words_of(mail)


def test_message_in_english_for_who_reads_english(bag: Mailbag) -> None:
    with bag.database.writing() as db:
        one = applies(db, an_offer(db), 1)
        db.exec(select(Candidate)).one().language = "en"
        move(db, one, SHORTLISTED)
        db.commit()
    bag.clock.now = LATE
    assert [subject for _to, subject in bag.subjects()] == [
        "Your application moves on: Vendeur ou vendeuse en boulangerie"
    ]


def test_own_space_shows_the_history_without_what_was_corrected_and_a_button_to_withdraw(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1, message="Je sais vendre.")
        move(db, one, REFUSED, minutes=1)
        move(db, one, SHORTLISTED, minutes=2)
        candidate_id = db.exec(select(Candidate.id)).one() or 0
        other_id = find_or_create_candidate(db, somebody(2), now=NOW)
        db.commit()
    person, other = Browser(a_site(organised)), Browser(a_site(organised))
    person.sign_in(Role.CANDIDATE, candidate_id=candidate_id)
    other.sign_in(Role.CANDIDATE, candidate_id=other_id)
    address = f"/my-space/applications/{one}"
    shown = text_of(person.get(address))
    assert "Retenue pour la suite lundi 2 mars 2026, 10 h 02" in shown
    assert "Je sais vendre." in shown
    assert "Non retenue" not in shown
    assert other.get(address).status_code == 404
    assert address in person.get("/my-space/applications").get_data(as_text=True)
    person.send(f"{address}/withdraw", page=address)
    shown = text_of(person.get(address))
    assert "Retirée" in shown
    assert "Retirer ma candidature" not in shown
