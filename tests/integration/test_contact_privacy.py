"""A company's contact: kept while they give a sign of life, told before the end, forgotten without a trace."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alpes_events.companies.company_views import company_view
from alpes_events.companies.contact_queries import contacts_of_company
from alpes_events.companies.contacts import ContactDraft, add_contact, contact_left, find_or_add_contact
from alpes_events.companies.employer_account import employer_account, employer_signed_in, employer_to_sign_in
from alpes_events.companies.models import CompanyContact
from alpes_events.companies.speakers import UnknownSpeaker, speak_by_invitation
from alpes_events.companies.speaking import speakers_of, spoken_for
from alpes_events.database.engine import Database
from alpes_events.database.erased import Erased, erased_records, note_erased
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.models import AccessAudit, Account, Role
from alpes_events.people.sessions import open_session, signed_in
from alpes_events.privacy.accounts_ending import accounts_to_erase, announce_accounts
from alpes_events.privacy.contacts import erase_contact_file, export_contact
from alpes_events.privacy.contacts_ending import announce_contacts, contacts_to_erase
from alpes_events.privacy.employer_accounts import ContactToErase, erase_employer_account
from alpes_events.privacy.end_of_files import end_files
from alpes_events.privacy.replay import list_erased, replay_erasures
from alpes_events.privacy.retention import months_before
from alpes_events.tables import METADATA
from tests.support.employers import LA_MADELEINE, a_company, an_employer
from tests.support.staff import Desk
from tests.support.stories import NOW

CANARY = ContactDraft("Canarine", "Sérine", "serine@canarine.example", "06 39 98 77 66")
BY_TELEPHONE = ContactDraft("Canarine", "Sérine", telephone="06 39 98 77 66")
TRACES = ("canarin", "sérine", "serine", "639987766")
NOTICE = timedelta(days=30)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def dump(db: Session) -> str:
    rows = (row for table in METADATA.sorted_tables for row in db.execute(table.select()))
    return "\n".join(str(value) for row in rows for value in row).lower()


def speaks(db: Session, company_id: int, *, now: datetime = NOW) -> int:
    account_id = employer_to_sign_in(db, CANARY.email, now=now)
    assert account_id is not None
    speak_by_invitation(db, company_id, account_id, now=now, account_id=None)
    return account_id


def test_erased_contact_is_nowhere_and_their_account_is_closed(db: Session) -> None:
    company_id = a_company(db)
    contact_id = add_contact(db, company_id, CANARY, now=NOW, account_id=None)
    account_id = speaks(db, company_id)
    secret = open_session(db, account_id, shared_computer=False, now=NOW)
    assert [trace for trace in TRACES if trace not in dump(db)] == []
    erase_contact_file(db, contact_id, now=NOW, account_id=None)
    db.flush()
    assert [trace for trace in TRACES if trace in dump(db)] == []
    assert (spoken_for(db, account_id), signed_in(db, secret, now=NOW)) == ((), None)
    assert employer_to_sign_in(db, CANARY.email, now=NOW) is None
    assert company_view(db, company_id, on=NOW.date()).name == "Atelier du Nord"


def test_contact_of_another_company_too_keeps_the_account_and_that_company(db: Session) -> None:
    company_id, other_id = a_company(db), a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    contact_id = add_contact(db, company_id, CANARY, now=NOW, account_id=None)
    add_contact(db, other_id, CANARY, now=NOW, account_id=None)
    account_id = speaks(db, company_id)
    speak_by_invitation(db, other_id, account_id, now=NOW, account_id=None)
    erase_contact_file(db, contact_id, now=NOW, account_id=None)
    assert spoken_for(db, account_id) == (other_id,)
    assert employer_to_sign_in(db, CANARY.email, now=NOW) == account_id


def test_export_holds_every_trace_of_a_contact_and_no_secret(db: Session) -> None:
    company_id = a_company(db)
    contact_id = add_contact(db, company_id, CANARY, now=NOW, account_id=None)
    account_id = speaks(db, company_id)
    secret = open_session(db, account_id, shared_computer=False, now=NOW)
    document = export_contact(db, contact_id, now=NOW)
    assert {name: len(rows) for name, rows in document["tables"].items()} == {
        "company_contact": 1,
        "account": 1,
        "company_speaker": 1,
        "account_session": 1,
        "sign_in_link": 0,
        "outbox_message": 0,
        "exhibitor": 0,
        "stand_answer": 0,
    }
    assert document["tables"]["company_contact"][0]["email"] == CANARY.email
    assert "hash" not in str(document["tables"])
    assert secret not in str(document)


def test_silent_contact_is_told_once_and_erased_thirty_days_later(organised: Database, tmp_path: Path) -> None:
    since = months_before(NOW, 24) + timedelta(days=10)
    with organised.writing() as db:
        company_id = a_company(db)
        contact_id = add_contact(db, company_id, CANARY, now=since, account_id=None)
        db.commit()
    assert [end_files(organised, tmp_path, now=NOW).announced_count for _ in range(2)] == [1, 0]
    assert end_files(organised, tmp_path, now=NOW + NOTICE - timedelta(seconds=1)).erased_count == 0
    assert end_files(organised, tmp_path, now=NOW + NOTICE).erased_count == 1
    with organised.reading() as db:
        assert db.get_one(CompanyContact, contact_id).erased_at == NOW + NOTICE
        assert [trace for trace in TRACES if trace in dump(db)] == []


def test_contact_who_signs_in_after_the_notice_is_kept_and_told_anew_later(db: Session) -> None:
    since = months_before(NOW, 24) + timedelta(days=10)
    add_contact(db, a_company(db), CANARY, now=since, account_id=None)
    assert announce_contacts(db, now=NOW) == 1
    (message,) = db.exec(select(OutboxMessage)).all()
    employer_signed_in(db, message.account_id or 0, now=NOW + timedelta(days=9))
    assert contacts_to_erase(db, now=NOW + NOTICE) == []
    assert announce_contacts(db, now=NOW + timedelta(days=700)) == 0
    assert announce_contacts(db, now=NOW + timedelta(days=735)) == 1


def test_silent_account_of_no_contact_is_told_once_and_erased_thirty_days_later(
    organised: Database, tmp_path: Path
) -> None:
    since = months_before(NOW, 24) + timedelta(days=29)
    with organised.writing() as db:
        account_id = employer_account(db, CANARY.email, name="Sérine Canarine", now=since, account_id=None)
        speak_by_invitation(db, a_company(db), account_id, now=since, account_id=None)
        employer_account(db, "lately@example.org", name="Lately", now=since + NOTICE, account_id=None)
        db.commit()
    assert [end_files(organised, tmp_path, now=NOW).announced_count for _ in range(2)] == [1, 0]
    assert end_files(organised, tmp_path, now=NOW + NOTICE - timedelta(seconds=1)).erased_count == 0
    assert [end_files(organised, tmp_path, now=NOW + NOTICE).erased_count for _ in range(2)] == [1, 0]
    with organised.reading() as db:
        assert spoken_for(db, account_id) == ()
        assert [trace for trace in TRACES if trace in dump(db)] == []
        assert "lately@example.org" in dump(db)
    assert [one.id for one in erased_records(tmp_path)] == [account_id]


def test_account_of_no_contact_is_kept_by_signing_in_and_a_closed_one_goes_untold(db: Session) -> None:
    since = months_before(NOW, 24)
    kept = employer_account(db, "kept@example.org", now=since, account_id=None)
    closed = employer_account(db, "closed@example.org", now=since, account_id=None)
    db.get_one(Account, closed).disabled_at = since
    assert announce_accounts(db, now=NOW) == 1
    employer_signed_in(db, kept, now=NOW + timedelta(days=9))
    assert accounts_to_erase(db, now=NOW + NOTICE) == [closed]
    assert announce_accounts(db, now=NOW + timedelta(days=720)) == 1


def test_contact_nobody_can_tell_goes_when_the_time_is_over_and_not_before(db: Session) -> None:
    company_id = a_company(db)
    by_telephone = add_contact(db, company_id, BY_TELEPHONE, now=NOW, account_id=None)
    db.add(Account(email=CANARY.email, name="S", role=Role.READER, created_at=NOW))
    of_staff = find_or_add_contact(db, company_id, ContactDraft("Autre", email=CANARY.email), now=NOW, account_id=None)
    contact_left(db, of_staff, left=True, now=NOW, account_id=None)
    end = datetime(2028, 3, 2, 9, 0, tzinfo=NOW.tzinfo)
    assert months_before(end, 24) == NOW
    assert announce_contacts(db, now=end) == 0
    assert contacts_to_erase(db, now=end) == []
    assert contacts_to_erase(db, now=end + timedelta(seconds=1)) == [by_telephone, of_staff]
    assert len(contacts_of_company(db, company_id)) == 2


def test_restored_contact_and_account_are_erased_again_with_the_note_of_each(
    organised: Database, tmp_path: Path
) -> None:
    """A rolled-back erasure leaves what a restored backup does: the note beside it, and the person there again."""
    with organised.writing() as db:
        company_id = a_company(db)
        contact_id = add_contact(db, company_id, CANARY, now=NOW, account_id=None)
        account_id = speaks(db, company_id)
        db.commit()
    with organised.writing() as db:
        erased = erase_contact_file(db, contact_id, now=LATER, account_id=None)
        assert [(one.kind, one.id) for one in erased] == [(Erased.CONTACT, contact_id), (Erased.ACCOUNT, account_id)]
        note_erased(tmp_path, [*erased, replace(erased[0], created_at=LATER)])
    assert set(erased_records(tmp_path)) == {*erased, replace(erased[0], created_at=LATER)}
    with organised.writing() as db:
        assert CANARY.email in dump(db)
        assert [replay_erasures(db, tmp_path, now=LATER) for _ in range(2)] == [1, 0]
        assert [trace for trace in TRACES if trace in dump(db)] == []
        assert spoken_for(db, account_id) == ()
        assert list_erased(db, tmp_path) == 0
        assert list_erased(db, tmp_path / "another") == 2


def test_account_without_a_contact_is_erased_and_again_after_a_restore(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        company_id = a_company(db)
        account_id = an_employer(db, CANARY.email, company_id=company_id)
        open_session(db, account_id, shared_computer=False, now=NOW)
        db.commit()
    with organised.writing() as db:
        note_erased(tmp_path, erase_employer_account(db, account_id, now=LATER, by=None))
        assert CANARY.email not in dump(db)
        assert (spoken_for(db, account_id), employer_to_sign_in(db, CANARY.email, now=LATER)) == ((), None)
        with pytest.raises(UnknownSpeaker):
            erase_employer_account(db, account_id, now=LATER, by=None)
    with organised.writing() as db:
        assert [replay_erasures(db, tmp_path, now=LATER) for _ in range(2)] == [1, 0]
        assert CANARY.email not in dump(db)
        assert (list_erased(db, tmp_path), list_erased(db, tmp_path / "another")) == (0, 1)


def test_account_of_a_contact_goes_with_the_contact_only(db: Session) -> None:
    company_id = a_company(db)
    add_contact(db, company_id, CANARY, now=NOW, account_id=None)
    account_id = speaks(db, company_id)
    with pytest.raises(ContactToErase):
        erase_employer_account(db, account_id, now=LATER, by=None)
    assert spoken_for(db, account_id) == (company_id,)


def test_coordinator_erases_the_account_of_who_speaks_and_is_no_contact(organised: Database) -> None:
    with organised.writing() as db:
        company_id, other_id = a_company(db), a_company(db, "Menuiserie Dupont", LA_MADELEINE)
        account_id = an_employer(db, CANARY.email, company_id=company_id)
        (link,) = speakers_of(db, company_id)
        db.commit()
    desk = Desk(organised)
    page = f"/staff/companies/{company_id}/speakers/{link.id}/erase"
    assert page in desk.get(f"/staff/companies/{company_id}").get_data(as_text=True)
    assert desk.get(page.replace(f"/{company_id}/", f"/{other_id}/")).status_code == 404
    assert desk.send(page, page=page).status_code == 422
    assert desk.send(page, {"sure": "y"}, page=page).location.endswith(f"/staff/companies/{company_id}")
    with organised.reading() as db:
        assert CANARY.email not in dump(db)
        assert spoken_for(db, account_id) == ()
        assert db.exec(select(AccessAudit.subject_id).where(AccessAudit.action == "file_erased")).all() == [account_id]
