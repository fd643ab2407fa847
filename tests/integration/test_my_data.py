"""My own data: set right, moved to another address, taken away in words, erased."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select as columns
from sqlmodel import col, select

from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.sign_in import issue_secrets
from alpes_events.people.audit import Access, AuditAction, accesses
from alpes_events.people.consents import give_consent
from alpes_events.people.models import Account, Candidate, CodePurpose, Consent, Role, SignInLink
from alpes_events.people.sessions import open_session
from alpes_events.tables import METADATA
from tests.integration.test_sign_up_pages import an_open_event
from tests.support.pdf import elements_of, pages_of
from tests.support.posts import Clock, a_sender
from tests.support.stories import NOW, signs_up, states
from tests.support.web import SETTINGS, Browser, a_site, text_of


class Kept:
    """A carrier that keeps the mails instead of sending them."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    @contextmanager
    def line(self) -> Iterator["Kept"]:
        yield self

    def send(self, mail: EmailMessage) -> None:
        self.mails.append(mail)


class Person(Browser):
    """Somebody signed up and signed in, long enough ago to be asked for a code."""

    def __init__(self, database: Database, *, ago: timedelta = timedelta(hours=1)) -> None:
        self.clock = [NOW - ago]
        super().__init__(a_site(database, now=lambda: self.clock[0]))
        self.database = database
        self.event_id = an_open_event(database, capacity=1)
        with database.writing() as db:
            self.first, self.second = (signs_up(db, self.event_id, number).registration_id for number in (1, 2))
            self.candidate_id = db.get_one(Registration, self.first).candidate_id
            db.commit()
        self.account_id = self.sign_in(Role.CANDIDATE, candidate_id=self.candidate_id)
        with database.writing() as db:
            db.get_one(Account, self.account_id).email = "personne1@example.org"
            db.commit()
        self.clock[0] = NOW

    def row(self) -> Candidate:
        with self.database.reading() as db:
            return db.get_one(Candidate, self.candidate_id)

    def code(self) -> str:
        """The code of the newest mail, as it would be made when that leaves."""
        with self.database.writing() as db:
            link = db.exec(select(col(SignInLink.id)).order_by(col(SignInLink.id).desc())).first()
            issued = issue_secrets(db, link or 0, key=SETTINGS.secret_key, now=self.clock[0])
            db.commit()
        assert issued is not None
        return issued.code


CORRECTION = {
    "given_name": "Prénombis",
    "family_name": "Nomb",
    "telephone": "06 39 98 11 22",
    "commune_name": "59130 Lambersart",
    "birth_on": "1990-05-17",
    "sex": "woman",
}


def test_corrections_are_kept_and_the_journal_says_which_fields_but_no_value(organised: Database) -> None:
    me = Person(organised)
    answer = me.send("/my-space/data/correct", CORRECTION)
    assert (answer.status_code, answer.location) == (303, "/my-space/data")
    row = me.row()
    assert (row.given_name, row.telephone, row.insee_code) == ("Prénombis", "+33639981122", "59328")
    assert (row.birth_on.isoformat() if row.birth_on else None, row.sex) == ("1990-05-17", "woman")
    assert row.email == "personne1@example.org"
    with organised.reading() as db:
        entries = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.CANDIDATE_REVISED)).all()
    facts = [(entry.account_id, sorted(entry.facts["changed"])) for entry in entries]
    changed = ["birth_on", "commune_name", "given_name", "insee_code", "postal_code", "sex", "telephone"]
    assert facts == [(me.account_id, changed)]
    assert "C’est corrigé." in text_of(me.get("/my-space/data"))


def test_form_shows_what_is_known_and_sending_it_back_changes_nothing(organised: Database) -> None:
    me = Person(organised)
    me.send("/my-space/data/correct", CORRECTION)
    before = me.row().model_dump()
    page = me.get("/my-space/data/correct").get_data(as_text=True)
    assert all(f'value="{value}"' in page for value in ("Prénombis", "59130 Lambersart", "1990-05-17"))
    me.send("/my-space/data/correct", CORRECTION)
    assert me.row().model_dump() == before


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(organised: Database) -> None:
    me = Person(organised)
    answer = me.send("/my-space/data/correct", {**CORRECTION, "telephone": "12", "birth_on": "2090-01-01"})
    assert answer.status_code == 422
    told = text_of(answer)
    assert "Ce numéro ne semble pas complet" in told
    assert "Cette date de naissance n’est pas possible" in told
    assert 'value="Prénombis"' in answer.get_data(as_text=True)
    assert me.row().given_name != "Prénombis"


@pytest.mark.parametrize("field", ["email", "language", "priority_district", "merged_into", "id"])
def test_nothing_else_can_be_set(organised: Database, field: str) -> None:
    me = Person(organised)
    before = me.row().model_dump()
    assert me.send("/my-space/data/correct", {**CORRECTION, field: "1"}).status_code == 400
    assert me.row().model_dump() == before


def test_new_address_counts_once_its_code_is_typed_and_other_browsers_are_signed_out(organised: Database) -> None:
    me = Person(organised)
    elsewhere = Browser(me.app)
    with organised.writing() as db:
        secret = open_session(db, me.account_id, shared_computer=False, browser="", now=NOW)
        db.commit()
    with elsewhere.client.session_transaction(base_url=SETTINGS.base_url) as cookie:
        cookie["account"] = secret
    assert elsewhere.get("/my-space/data").status_code == 200
    me.send("/my-space/data/address", {"email": "Neuve@example.org"})
    assert me.row().email == "personne1@example.org"
    with organised.reading() as db:
        owed = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "proof")).one()
    assert (owed.address, owed.facts["purpose"]) == ("neuve@example.org", "address")
    code = me.code()
    wrong = me.send("/my-space/data/address/code", {"code": "000000" if code != "000000" else "000001"})
    assert wrong.status_code == 422
    assert me.send("/my-space/data/address/code", {"code": code}).location == "/my-space/data"
    assert me.row().email == "neuve@example.org"
    assert "neuve@example.org" in text_of(me.get("/my-space/data"))
    assert elsewhere.get("/my-space/data").status_code == 303
    with organised.reading() as db:
        assert db.get_one(Account, me.account_id).email == "neuve@example.org"


@pytest.mark.parametrize(("role", "disabled"), [(Role.COORDINATOR, False), (Role.CANDIDATE, True)])
def test_address_of_an_account_that_cannot_open_the_file_changes_nothing(
    organised: Database, role: Role, disabled: bool
) -> None:
    me = Person(organised)
    other = Browser(me.app).sign_in(role)
    with organised.writing() as db:
        account = db.get_one(Account, other)
        account.email, account.disabled_at = "prise@example.org", NOW if disabled else None
        db.commit()
    me.send("/my-space/data/address", {"email": "prise@example.org"})
    refused = me.send("/my-space/data/address/code", {"code": me.code()})
    assert (refused.status_code, "sert déjà à un autre compte" in text_of(refused)) == (409, True)
    assert me.row().email == "personne1@example.org"
    assert me.get("/my-space/data").status_code == 200


def test_code_of_one_purpose_serves_no_other_and_no_other_browser(organised: Database) -> None:
    me = Person(organised)
    me.send("/my-space/data/address", {"email": "neuve@example.org"})
    code = me.code()
    assert me.send("/sign-in/code", {"code": code, "next": ""}).status_code != 303
    me.send("/my-space/data/erase/code", page="/my-space/data/erase")
    form = {"code": code, "sure": "y"}
    assert me.send("/my-space/data/erase", form).status_code == 422
    assert me.row().erased_at is None


def test_address_of_somebody_known_gets_the_same_page(organised: Database) -> None:
    me = Person(organised)
    known = me.send("/my-space/data/address", {"email": "personne2@example.org"})
    unknown = me.send("/my-space/data/address", {"email": "nulle@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_erasing_tells_first_then_needs_a_code(organised: Database) -> None:
    me = Person(organised)
    told = text_of(me.get("/my-space/data/erase"))
    assert "Votre inscription à Job dating d’essai, jeudi 12 mars, 14 h." in told
    assert "Votre place ira à quelqu’un d’autre." in told
    assert me.send("/my-space/data/erase", {"sure": "y"}).status_code == 422
    assert me.row().erased_at is None
    me.send("/my-space/data/erase/code", page="/my-space/data/erase")
    answer = me.send("/my-space/data/erase", {"sure": "y", "code": me.code()})
    assert (answer.status_code, answer.location) == (303, "/")
    assert me.row().erased_at is not None
    with organised.reading() as db:
        assert states(db, me.event_id) == ["cancelled", "offered"]
    assert me.get("/my-space/").status_code == 303


def test_recent_sign_in_is_proof_enough_and_the_box_must_be_ticked(organised: Database) -> None:
    me = Person(organised, ago=timedelta(minutes=9))
    assert me.send("/my-space/data/erase", {}).status_code == 422
    assert me.row().erased_at is None
    assert me.send("/my-space/data/erase", {"sure": "y"}).status_code == 303
    assert me.row().erased_at is not None


def test_audit_tells_who_erased_themselves(organised: Database) -> None:
    me = Person(organised, ago=timedelta(minutes=1))
    me.send("/my-space/data/erase", {"sure": "y"})
    with organised.reading() as db:
        (erased,) = [one for one in accesses(db) if one.action == AuditAction.FILE_ERASED]
    assert erased == Access(NOW, "file_erased", me.account_id, ("candidate", me.candidate_id), 1)


def test_last_message_says_so_and_then_the_address_is_nowhere(organised: Database) -> None:
    me = Person(organised, ago=timedelta(minutes=1))
    me.send("/my-space/data/erase", {"sure": "y"})
    kept = Kept()
    a_sender(organised, kept, Clock()).send_due()
    (mail,) = [mail for mail in kept.mails if "effacées" in str(mail["Subject"])]
    assert mail["To"] == "personne1@example.org"
    assert "Prénomb" not in mail.as_string()
    with organised.reading() as db:
        held = [str(row) for table in METADATA.sorted_tables for row in db.execute(columns(table))]
    assert not [row for row in held if "personne1@example.org" in row or "Nomb" in row]


def test_document_says_in_words_what_is_known_and_is_read_aloud_in_order(organised: Database) -> None:
    me = Person(organised)
    me.send("/my-space/data/correct", CORRECTION)
    answer = me.get("/my-space/data.pdf")
    assert answer.mimetype == "application/pdf"
    words = " ".join(pages_of(answer.data))
    assert "%(" not in words
    for told in (
        "Ce que nous savons de Prénombis Nomb",
        "personne1@example.org",
        "06 39 98 11 22",
        "17 mai 1990",
        "Job dating d’essai",
        "Place gardée",
        "À quoi servent vos données",
        "Mission d’intérêt public",
    ):
        assert told in words
    roles = [role for role, _ in elements_of(answer.data) if re.fullmatch(r"H\d", role)]
    assert roles[:3] == ["H1", "H2", "H2"]
    assert "What we know of Prénombis" in " ".join(pages_of(me.get("/my-space/data.pdf?lang=en").data))


def test_language_is_kept_for_pages_and_messages_to_come(organised: Database) -> None:
    me = Person(organised)
    answer = me.send("/my-space/language", {"language": "en"}, page="/my-space/")
    assert answer.location == "/my-space/?lang=en"
    assert "My space" in text_of(me.get(answer.location))
    assert "My space" in text_of(me.get("/my-space/"))
    with organised.reading() as db:
        assert me.row().language == "en"
        assert db.get_one(Account, me.account_id).language == "en"
        assert [db.get_one(Registration, one).language for one in (me.first, me.second)] == ["en", "fr"]
    assert me.send("/my-space/language", {"language": "de"}, page="/my-space/").status_code == 303
    assert me.row().language == "en"


def test_language_changes_on_an_old_record_that_would_not_be_accepted_today(organised: Database) -> None:
    me = Person(organised)
    with organised.writing() as db:
        old = db.get_one(Candidate, me.candidate_id)
        old.insee_code, old.commune_name, old.telephone = None, "", "12"
        db.commit()
    assert me.send("/my-space/language", {"language": "en"}, page="/my-space/").location == "/my-space/?lang=en"
    assert (me.row().language, me.row().telephone) == ("en", "12")


def test_consent_is_shown_and_taken_back(organised: Database) -> None:
    me = Person(organised)
    with organised.writing() as db:
        give_consent(db, me.candidate_id, kind="photo", text="Oui", channel="self", now=NOW)
        db.commit()
    assert "Vous prendre en photo pendant un événement" in text_of(me.get("/my-space/data"))
    assert "Vous prendre en photo pendant un événement" in " ".join(pages_of(me.get("/my-space/data.pdf").data))
    me.send("/my-space/consents/photo/withdraw", page="/my-space/data")
    with organised.reading() as db:
        assert [row.withdrawn_at for row in db.exec(select(Consent))] == [NOW]
    assert "Retiré le 2 mars 2026" in text_of(me.get("/my-space/data"))


def test_purposes_are_all_used() -> None:
    assert {purpose.value for purpose in CodePurpose} == {"sign_in", "address", "erasure"}
