"""Privacy: a person's export is whole, erasure leaves no trace and no figure changed, files end after two years."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.attendance.models import Presence, Registration
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.survey import answer_survey
from alpes_events.database.engine import Database
from alpes_events.database.erased import erased_records, note_erased
from alpes_events.errands.clearing import FILES_KEPT, clear_files
from alpes_events.errands.commands import ask_errand
from alpes_events.errands.file import CSV, File
from alpes_events.errands.models import Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.journal.models import Delivery, JournalEntry
from alpes_events.messages.file_calls import file_calls_to_make
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.messages.sign_in import ask_sign_in, issue_secrets
from alpes_events.people.candidate_account import account_to_sign_in
from alpes_events.people.commands import keep_active
from alpes_events.people.consents import give_consent
from alpes_events.people.feed_token import make_feed_token, revoke_feed_tokens
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import AccessAudit, Account, Candidate, Role, Sex
from alpes_events.people.queries import UnknownCandidate
from alpes_events.people.rate import count_use
from alpes_events.people.sessions import open_session
from alpes_events.privacy.end_of_files import Round, end_files
from alpes_events.privacy.erasure import empty_log, erase_person
from alpes_events.privacy.export import export_person
from alpes_events.privacy.holdings import HOLDINGS
from alpes_events.privacy.replay import replay_erasures
from alpes_events.privacy.retention import announce_erasure, people_to_announce, people_to_erase
from alpes_events.privacy.short_lived import forget_short_lived
from alpes_events.tables import METADATA
from tests.support.databases import Templates
from tests.support.stories import NOW, STARTS_AT, an_event, an_organisation, signs_up, somebody, states

CANARY = replace(
    somebody(1),
    family_name="Canarine",
    given_name="Sérine",
    email="serine.canarine@example.org",
    telephone="06 39 98 77 66",
    postal_code="59130",
    birth_on=date(1991, 7, 13),
    sex=Sex.WOMAN,
)
TRACES = ("canarin", "sérine", "serine", "639987766", "secret-answer", "1991-07-13")
AFTER = STARTS_AT + timedelta(days=2)


def _live(db: Session) -> int:
    """The canary leaves a trace in every table that can hold one. Gives the id of her record that stands."""
    event_id, other_id = an_event(db, capacity=2), an_event(db, capacity=2)
    set_questions(db, event_id, [QuestionDraft(QuestionKind.TEXT, "Que cherchez-vous ?")], now=NOW)
    (question,) = questions_of(db, event_id)
    first = signs_up(db, event_id, 1, person=CANARY, answers={question.id: "secret-answer"}, import_key="x:canarine")
    signs_up(db, other_id, 1, person=replace(CANARY, email="canarine@example.com"))
    signs_up(db, event_id, 2)
    mark_presence(db, first.registration_id, Presence.ATTENDED, mark_key="m" * 36, now=STARTS_AT, account_id=None)
    kept, merged = db.exec(
        select(Candidate.id).where(col(Candidate.family_name) == "Canarine").order_by(col(Candidate.id))
    ).all()
    assert kept is not None
    assert merged is not None
    accept_merge(db, propose_pair(db, kept, merged, now=NOW), kept_id=kept, now=NOW, account_id=None)
    account_id = account_to_sign_in(db, CANARY.email, now=NOW)
    assert account_id is not None
    open_session(db, account_id, shared_computer=False, now=NOW)
    issue_secrets(
        db, ask_sign_in(db, account_id=account_id, browser_hash="b", language="fr", now=NOW), key="k", now=NOW
    )
    make_feed_token(db, kept, now=NOW)
    give_consent(db, kept, kind="photo", text="D’accord", channel="web", now=NOW)
    db.add(_failed_message(kept, event_id, first.registration_id))
    db.add(CallTask(kind="offered", once_key="c", candidate_id=merged, created_at=NOW))
    for delivery in db.exec(select(Delivery).where(col(Delivery.subject_kind) == "candidate")):
        delivery.last_error = "no route to canarine@example.com"
        db.add(delivery)
    _ask_for_files(db)
    db.flush()
    return kept


def _ask_for_files(db: Session) -> None:
    """A file that was sent and one that was made, both with her name in them."""
    account = Account(email="claire@example.org", name="Claire Martin", role=Role.COORDINATOR, created_at=NOW)
    db.add(account)
    db.flush()
    name = "CANARINE sérine".encode()
    for role in (FileRole.SENT, FileRole.RESULT):
        sent = File(role, "Canarine.csv", CSV, name * 500)
        errand_id = ask_errand(db, ErrandKind.CHECK, sent=sent, language="fr", now=NOW, account_id=account.id or 0)
        assert errand_id


def _failed_message(candidate_id: int, event_id: int, registration_id: int) -> OutboxMessage:
    return OutboxMessage(
        kind="confirmed",
        once_key="o",
        candidate_id=candidate_id,
        event_id=event_id,
        registration_id=registration_id,
        due_at=NOW,
        created_at=NOW,
        message_id="<m@example.org>",
        last_error=f"550 {CANARY.email} unknown",
    )


def _dump(db: Session) -> str:
    """Every row of every table as text."""
    rows = (row for table in METADATA.sorted_tables for row in db.execute(table.select()))
    return "\n".join(str(value) for row in rows for value in row).lower()


def _figures(db: Session) -> list[tuple[object, ...]]:
    """Sign-ups by all that they are counted by."""
    cuts = (Registration.event_id, Registration.state, Registration.presence, Registration.insee_code, Registration.sex)
    rows = db.exec(select(*cuts, Registration.age_band, func.count()).group_by(*cuts, Registration.age_band))  # type: ignore[call-overload]
    return sorted((tuple(row) for row in rows), key=str)


def test_erased_person_is_nowhere_and_no_figure_changes(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        kept = _live(db)
        before, dump = _figures(db), _dump(db)
        assert [trace for trace in TRACES if trace not in dump] == []
        db.commit()
    with database.writing() as db:
        erased = erase_person(db, kept, now=AFTER)
        db.commit()
    with database.reading() as db:
        dump = _dump(db)
        assert db.exec(select(ErrandFile.id)).all() == []
        assert [trace for trace in TRACES if trace in dump] == []
        assert _figures(db) == before
        assert [one.id for one in erased] == [kept, kept + 1]
        kinds = db.exec(select(JournalEntry.subject_id).where(JournalEntry.kind == "CandidateErased")).all()
        assert kinds == [kept, kept + 1]
        with pytest.raises(UnknownCandidate):
            erase_person(db, kept, now=AFTER)


def test_files_whose_time_has_come_are_not_in_the_database_file_either(templates: Templates) -> None:
    """Somebody who is erased later may have stood in them."""
    with templates.fresh("sqlite") as database:
        with database.writing() as db:
            _ask_for_files(db)
            for errand in db.exec(select(Errand)):
                errand.state = ErrandState.DONE
            db.commit()
        empty_log(database)
        assert _traces_in_files(database) != []
        with database.writing() as db:
            assert clear_files(db, now=NOW + FILES_KEPT + timedelta(seconds=1)) == 2
            db.commit()
        empty_log(database)
        assert _traces_in_files(database) == []


def test_erased_person_is_not_in_the_file_either(templates: Templates) -> None:
    with templates.fresh("sqlite") as database:
        an_organisation(database)
        with database.writing() as db:
            kept = _live(db)
            db.commit()
        empty_log(database)
        assert _traces_in_files(database) != []
        with database.writing() as db:
            erase_person(db, kept, now=AFTER)
            db.commit()
        empty_log(database)
        assert _traces_in_files(database) == []


def _traces_in_files(database: Database) -> list[str]:
    """What a search through the bytes of the database's file and its log finds."""
    file = Path(database.engine.url.database or "")
    content = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*")).lower()
    return [trace for trace in ("canarin", "secret-answer", "639987766") if trace.encode() in content]


def test_places_for_what_is_to_come_go_to_the_next(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        event_id = an_event(db, capacity=1)
        for number in (1, 2):
            signs_up(db, event_id, number)
        erase_person(db, db.exec(select(Registration.candidate_id)).first() or 0, now=NOW)
        assert states(db, event_id)[0] == "cancelled"
        assert states(db, event_id)[1] in {"offered", "confirmed"}


def test_export_holds_every_row_that_points_to_the_person(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        kept = _live(db)
        export = export_person(db, kept + 1, now=NOW)
        text = json.dumps(export["tables"], ensure_ascii=False)
    assert export["person"] == {"id": kept, "given_name": "Sérine", "family_name": "Canarine"}
    assert {name for name, rows in export["tables"].items() if not rows} == {
        "access_audit",
        "application_step",
        "declared_line",
        "disability_assessment",
        "disability_criterion",
        "disability_proof",
        "eligibility_assessment",
        "eligibility_proof",
        "employment_contract",
        "enrolment",
        "enrolment_criterion",
        "pathway_exit",
        "pathway_revision",
        "pathway_step",
        "reserved_criterion",
        "reserved_exit",
        "reserved_revision",
        "service_act",
        "evidence_identity",
        "followed_situation",
        "hour_entry",
        "placement",
        "hire",
        "interview",
        "interview_hours",
        "interview_hold",
        "interview_mark",
        "job_application",
        "job_project",
        "meeting_wish",
        "offer_alert",
        "offer_request",
        "participation",
        "ranking_decision",
        "ranking_place",
        "touched_record",
    }
    assert set(export["tables"]) == set(HOLDINGS)
    assert [len(export["tables"][name]) for name in ("candidate", "registration", "answer", "account")] == [2, 2, 1, 1]
    assert export["tables"]["answer"][0]["content"] == "secret-answer"
    assert export["events"][0]["presence"] == "attended"
    assert "secret_hash" not in text
    assert somebody(2).email not in json.dumps(export)


def test_restored_backup_erases_again_and_spares_a_number_taken_anew(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    with database.writing() as db:
        (zoe,) = db.exec(select(Candidate)).all()
        erased = erase_person(db, zoe.id or 0, now=AFTER)
        note_erased(tmp_path / "backups", erased)
        note_erased(tmp_path / "backups", [replace(erased[0], created_at=NOW - timedelta(days=9))])
    with (tmp_path / "backups" / "erased.txt").open("a", encoding="utf-8") as file:
        file.write("1 2026-03-0")
    assert len(erased_records(tmp_path / "backups")) == 2
    with database.writing() as db:
        assert replay_erasures(db, tmp_path, now=AFTER) == 0
        assert replay_erasures(db, tmp_path / "backups", now=AFTER) == 1
        assert replay_erasures(db, tmp_path / "backups", now=AFTER) == 0
        assert db.exec(select(Candidate.email)).all() == [None]


def _at(year: int, month: int, day: int) -> datetime:
    return NOW.replace(year=year, month=month, day=day)


def test_file_ends_two_years_after_the_last_contact_with_notice(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        event_id = an_event(db, capacity=None)
        signs_up(db, event_id, 1)
        signs_up(db, event_id, 2, telephone_only=True)
        came = signs_up(db, event_id, 3)
        mark_presence(db, came.registration_id, Presence.ATTENDED, mark_key="m" * 36, now=STARTS_AT, account_id=None)
        one, two, _three = db.exec(select(Candidate.id).order_by(col(Candidate.id))).all()
        assert people_to_announce(db, now=_at(2028, 1, 31)) == []
        assert people_to_announce(db, now=_at(2028, 2, 2)) == [one, two]
        announced_at = _at(2028, 2, 5)
        assert announce_erasure(db, now=announced_at) == 2
        assert announce_erasure(db, now=announced_at) == 0
        assert db.exec(select(OutboxMessage.candidate_id).where(OutboxMessage.kind == "retention_notice")).all() == [
            one
        ]
        (call,) = file_calls_to_make(db)
        assert (call.contact.candidate_id, call.contact.telephone) == (two, "+33639980002")
        assert call.erased_from == announced_at + timedelta(days=30)
        entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "ErasureAnnounced")).first()
        assert entry is not None
        assert entry.facts == {"erase_on": "2028-03-06"}
        assert people_to_erase(db, now=_at(2028, 3, 5)) == []
        assert people_to_erase(db, now=_at(2028, 3, 6)) == [one, two]
        keep_active(db, two or 0, now=_at(2028, 3, 6))
        db.flush()
        assert people_to_erase(db, now=_at(2028, 3, 7)) == [one]


def test_who_comes_back_is_told_again_before_the_end(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        registration = signs_up(db, an_event(db), 1).registration_id
        (one,) = db.exec(select(Candidate.id)).all()
        announce_erasure(db, now=_at(2028, 2, 5))
        answer_survey(db, registration, score=5, now=_at(2028, 2, 20))
        db.flush()
        assert people_to_erase(db, now=_at(2028, 3, 20)) == []
        assert people_to_announce(db, now=_at(2030, 1, 20)) == []
        assert people_to_announce(db, now=_at(2030, 1, 22)) == [one]
        assert people_to_erase(db, now=_at(2030, 2, 22)) == []
        account_id = account_to_sign_in(db, somebody(1).email, now=_at(2030, 2, 1))
        open_session(db, account_id or 0, shared_computer=False, now=_at(2030, 2, 1))
        assert people_to_announce(db, now=_at(2030, 2, 22)) == []


def test_person_who_is_there_now_can_be_erased(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        came = signs_up(db, an_event(db), 1)
        mark_presence(db, came.registration_id, Presence.ATTENDED, mark_key="m" * 36, now=STARTS_AT, account_id=None)
        figures = _figures(db)
        erase_person(db, db.exec(select(Candidate.id)).one() or 0, now=STARTS_AT)
        assert _figures(db) == figures


def test_what_served_for_a_while_is_forgotten_a_year_later(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        account_id = account_to_sign_in(db, somebody(1).email, now=NOW) or 0
        open_session(db, account_id, shared_computer=False, now=NOW)
        ask_sign_in(db, account_id=account_id, browser_hash=None, language="fr", now=NOW)
        make_feed_token(db, 1, now=NOW)
        revoke_feed_tokens(db, 1, now=NOW)
        make_feed_token(db, 1, now=NOW)
        count_use(db, "key", limit=1, window=timedelta(minutes=15), now=NOW)
        db.add(AccessAudit(at=NOW, action="signed_in"))
        db.flush()
        assert forget_short_lived(db, now=NOW + timedelta(days=1)) == 0
        assert forget_short_lived(db, now=NOW + timedelta(days=3)) == 1
        assert forget_short_lived(db, now=NOW + timedelta(days=367)) == 5
        assert forget_short_lived(db, now=NOW + timedelta(days=999)) == 0


def test_daily_round_tells_then_erases_and_notes_it(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    assert end_files(database, tmp_path, now=_at(2028, 2, 5)) == Round(1, 0, forgotten_count=1)
    assert end_files(database, tmp_path, now=_at(2028, 3, 5)) == Round(0, 0)
    assert end_files(database, tmp_path, now=_at(2028, 3, 7)) == Round(0, 1)
    assert end_files(database, tmp_path, now=_at(2028, 3, 8)) == Round(0, 0)
    assert [record.created_at for record in erased_records(tmp_path)] == [NOW]


def test_contact_of_one_record_keeps_the_person_merged_with_it(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        event_id = an_event(db, capacity=None)
        signs_up(db, event_id, 1)
        signs_up(db, event_id, 2, now=NOW + timedelta(days=3))
        kept, merged = db.exec(select(Candidate.id).order_by(col(Candidate.id))).all()
        proposal = propose_pair(db, kept or 0, merged or 0, now=NOW)
        accept_merge(db, proposal, kept_id=kept or 0, now=NOW, account_id=None)
        assert people_to_announce(db, now=_at(2028, 2, 3)) == []
        assert people_to_announce(db, now=_at(2028, 2, 6)) == [kept]
