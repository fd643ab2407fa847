"""Accounts: passwords of staff, sign-in by link or code, signed-in browsers and their ends."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.messages.sign_in import ask_sign_in, issue_secrets
from alpes_events.people import accounts, audit, consents, new_password, sessions, sign_in
from alpes_events.people.account_address import EmailTaken
from alpes_events.people.accounts import AccountIn, create_account
from alpes_events.people.candidate_account import account_to_sign_in, candidates_of
from alpes_events.people.commands import find_or_create_candidate, revise_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import AccessAudit, Account, Role
from tests.support.databases import Templates

KEY = "k" * 40
ZOE = PersonIn("Lefèvre", "Zoé", email="zoe@example.org")
ANNE = AccountIn("Anne@example.org", "Anne Martin", Role.COORDINATOR, password="une phrase assez longue")
MINUTE = timedelta(minutes=1)


def _zoe_account(db: Session, now: datetime) -> int:
    find_or_create_candidate(db, ZOE, now=now)
    account_id = account_to_sign_in(db, "Zoe@example.org", now=now)
    assert account_id is not None
    return account_id


def _issue(db: Session, account_id: int, now: datetime, *, browser: str = "browser") -> tuple[str, str]:
    browser_hash = sessions.secret_hash(browser)
    link_id = ask_sign_in(db, account_id=account_id, browser_hash=browser_hash, language="fr", now=now)
    issued = issue_secrets(db, link_id, key=KEY, now=now)
    assert issued is not None
    db.flush()
    return issued.secret, issued.code


def test_staff_sign_in_with_their_password_only(database: Database, now: datetime) -> None:
    with database.writing() as db:
        anne = create_account(db, ANNE, now=now)

        def account_of(email: str, password: str) -> int | None:
            return accounts.account_with_password(db, email=email, password=password)

        assert account_of("ANNE@example.org", "une phrase assez longue") == anne
        assert account_of("anne@example.org", "une phrase assez long") is None
        assert account_of("nobody@example.org", "nobody has this password") is None
        new = new_password.ready_password(db, anne, "une autre phrase encore")
        new_password.set_password(db, new, now=now, account_id=anne)
        assert account_of("anne@example.org", "une phrase assez longue") is None
        assert account_to_sign_in(db, "anne@example.org", now=now) is None
        with pytest.raises(EmailTaken):
            create_account(db, ANNE, now=now)


BAD_ACCOUNTS = [
    (replace(ANNE, email=""), "email"),
    (replace(ANNE, email="anne"), "email"),
    (replace(ANNE, name=" "), "name"),
    (replace(ANNE, role=Role.DOOR), "event_id"),
    (replace(ANNE, password="court"), "password"),
    (replace(ANNE, password="x" * 201), "password"),
    (replace(ANNE, password="abababababab"), "password"),
    (replace(ANNE, password="anne-martin-2026"), "password"),
]


def test_bad_account_is_refused_by_field(database: Database, now: datetime) -> None:
    with database.reading() as db:
        for account, field in BAD_ACCOUNTS:
            with pytest.raises(BadInput) as refused:
                create_account(db, account, now=now)
            assert refused.value.field == field


def test_disabled_account_is_signed_out_and_stays_out(database: Database, now: datetime) -> None:
    with database.writing() as db:
        chief = create_account(db, replace(ANNE, role=Role.ADMINISTRATOR), now=now)
        with pytest.raises(accounts.LastAdministrator):
            accounts.disable_account(db, chief, now=now)
        other = replace(ANNE, role=Role.ADMINISTRATOR, email="paul@example.org", name="Paul")
        create_account(db, other, now=now)
        secret = sessions.open_session(db, chief, shared_computer=False, now=now)
        accounts.disable_account(db, chief, now=now)
        accounts.disable_account(db, chief, now=now)
        assert sessions.signed_in(db, secret, now=now) is None
        assert accounts.account_with_password(db, email="anne@example.org", password=ANNE.password) is None


def test_session_ends_when_idle_and_at_its_end(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe = _zoe_account(db, now)
        for shared, idle, whole in [(False, 120, 720), (True, 10, 60)]:
            secret = sessions.open_session(db, zoe, shared_computer=shared, now=now)

            def signed_in(minutes: int, secret: str = secret) -> sessions.SignedIn | None:
                db.expire_all()
                return sessions.signed_in(db, secret, now=now + minutes * MINUTE)

            first = signed_in(idle - 1)
            assert first is not None
            assert (first.name, first.role, first.touch_due) == ("Zoé Lefèvre", Role.CANDIDATE, True)
            assert signed_in(idle) is None
            for minutes in range(idle - 1, whole, idle - 1):
                sessions.touch_session(db, first.session_id, now=now + minutes * MINUTE)
            assert signed_in(whole - 1) is not None
            assert signed_in(whole) is None
            sessions.end_session(db, first.session_id, now=now)
            assert signed_in(0) is None


def test_link_signs_in_once_and_for_ten_minutes(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe = _zoe_account(db, now)
        secret, _code = _issue(db, zoe, now)
        late, _code = _issue(db, zoe, now)
        assert sign_in.use_link(db, secret, now=now + 9 * MINUTE) == zoe
        with pytest.raises(sign_in.UsedLink):
            sign_in.use_link(db, secret, now=now + 9 * MINUTE)
        with pytest.raises(sign_in.ExpiredLink):
            sign_in.use_link(db, late, now=now + 10 * MINUTE)
        with pytest.raises(sign_in.UnknownLink):
            sign_in.use_link(db, "someone else's", now=now)


def test_code_works_in_the_browser_that_asked_and_five_tries_end_it(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe = _zoe_account(db, now)

        def use(code: str, browser: str = "browser") -> int | None:
            db.expire_all()
            return sign_in.use_code(db, code, browser_secret=browser, key=KEY, now=now)

        _secret, code = _issue(db, zoe, now)
        assert use(code, browser="another") is None
        assert use(f"{code[:3]} {code[3:]}") == zoe
        assert use(code) is None
        _secret, code = _issue(db, zoe, now)
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        assert [use(wrong) for _ in range(5)] == [None] * 5
        assert use(code) is None


def test_one_of_sixteen_browsers_wins_a_link(templates: Templates, now: datetime) -> None:
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            zoe = _zoe_account(db, now)
            secret, _code = _issue(db, zoe, now)
            db.commit()
        wins: list[int] = []
        barrier = threading.Barrier(16)

        def race() -> None:
            with database.writing() as db:
                db.exec(select(Account)).all()
                barrier.wait()
                try:
                    wins.append(sign_in.use_link(db, secret, now=now))
                    db.commit()
                except Refusal:
                    pass

        racers = [threading.Thread(target=race) for _ in range(16)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
    assert wins == [zoe]


def test_account_of_a_family_mailbox_opens_each_of_its_records(database: Database, now: datetime) -> None:
    with database.writing() as db:
        account_id = _zoe_account(db, now)
        hugo = find_or_create_candidate(db, replace(ZOE, given_name="Hugo"), now=now)
        zoe = find_or_create_candidate(db, ZOE, now=now)
        assert candidates_of(db, account_id) == (zoe, hugo)
        assert account_to_sign_in(db, "zoe@example.org", now=now) == account_id
        assert account_to_sign_in(db, "nobody@example.org", now=now) is None


def test_changed_email_signs_out_everywhere(database: Database, now: datetime) -> None:
    with database.writing() as db:
        account_id = _zoe_account(db, now)
        zoe = find_or_create_candidate(db, ZOE, now=now)
        secret = sessions.open_session(db, account_id, shared_computer=False, now=now)
        link, _code = _issue(db, account_id, now)
        revise_candidate(db, zoe, replace(ZOE, email="zoe.new@example.org"), now=now, account_id=None)
        db.expire_all()
        assert sessions.signed_in(db, secret, now=now) is None
        with pytest.raises(sign_in.UsedLink):
            sign_in.use_link(db, link, now=now)
        assert accounts.account_of_email(db, "zoe.new@example.org").id == account_id
        revise_candidate(db, zoe, replace(ZOE, email="", telephone="06 39 98 00 01"), now=now, account_id=None)
        assert account_to_sign_in(db, "zoe.new@example.org", now=now) is None


def test_audit_stays_when_the_request_is_rolled_back(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe = find_or_create_candidate(db, ZOE, now=now)
    audit.note_access(database, audit.AuditAction.FILE_READ, now=now, subject=("candidate", zoe), count=1)
    audit.note_access(database, audit.AuditAction.SIGN_IN_REFUSED, now=now)
    with database.reading() as db:
        assert len(db.exec(select(AccessAudit)).all()) == 2
        found = audit.accesses(db, subject=("candidate", zoe))
    assert found == [audit.Access(now, "file_read", None, ("candidate", zoe), 1)]


def test_consent_keeps_the_text_shown_and_is_withdrawn_as_easily(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe = find_or_create_candidate(db, ZOE, now=now)

        def give(text: str) -> int:
            return consents.give_consent(db, zoe, kind="photo", text=text, channel="web", now=now)

        first = give("J’accepte d’être pris en photo.")
        assert give(" J’accepte d’être  pris en photo. ") == first
        assert give("J’accepte d’être filmé.") != first
        assert consents.withdraw_consent(db, zoe, kind="photo", now=now) == 2
        assert consents.withdraw_consent(db, zoe, kind="photo", now=now) == 0
        assert give("J’accepte d’être pris en photo.") != first
        assert [view.withdrawn_at for view in consents.consents_of(db, zoe)] == [now, now, None]
