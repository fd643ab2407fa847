"""The second factor: each of its codes serves once, and who lacks it where it is asked gets no further."""

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from alpes_events.database.engine import Database
from alpes_events.messages.models import OutboxMessage
from alpes_events.people import accounts, new_password, second_factor, sessions
from alpes_events.people.accounts import AccountIn, create_account
from alpes_events.people.models import AccessAudit, AccountSession, Role
from alpes_events.people.proof import RECENT
from alpes_events.people.protection import RecoveryCode, SecondFactor
from alpes_events.people.second_factor import Proof
from alpes_events.people.totp import STEP_SECONDS, right_step, secret_of, step_of
from alpes_events.territory.models import SecondFactorRule
from alpes_events.territory.revision import ask_second_factor
from tests.support.databases import Templates
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import PASSWORD, SETTINGS, Browser, a_site, text_of, with_password

KEY = SETTINGS.secret_key
STEP = timedelta(seconds=STEP_SECONDS)
SALT = "0" * 32


def code_at(account_id: int, at: datetime, salt: str = SALT) -> str:
    """What the application shows at an instant."""
    return pyotp.TOTP(secret_of(salt, account_id=account_id, key=KEY)).generate_otp(step_of(at))


def protected(db: Session, account_id: int) -> tuple[str, ...]:
    """The account has a second factor since two minutes ago. Gives its recovery codes."""
    before = NOW - 4 * STEP
    code = code_at(account_id, before)
    return second_factor.set_second_factor(db, account_id, salt=SALT, code=code, session_id=None, key=KEY, now=before)


def anne(db: Session, *, email: str = "anne@example.org", role: Role = Role.COORDINATOR) -> int:
    return create_account(db, AccountIn(email, "Anne Martin", role, password=PASSWORD), now=NOW)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1)), st.integers(-5, 5))
def test_code_is_right_in_its_half_minute_and_the_two_beside_it(at: datetime, away: int) -> None:
    secret = secret_of(SALT, account_id=1, key=KEY)
    shown = pyotp.TOTP(secret).generate_otp(step_of(at) + away)
    near = {pyotp.TOTP(secret).generate_otp(step_of(at) + shift) for shift in (-1, 0, 1)}
    assert (right_step(secret, shown, now=at) is not None) is (shown in near)
    assert right_step(secret, f" {shown[:3]} {shown[3:]} ", now=at) == right_step(secret, shown, now=at)


def test_secret_of_one_account_salt_or_deployment_is_that_of_no_other() -> None:
    made = {
        secret_of(salt, account_id=account_id, key=key)
        for salt in ("a", "b")
        for account_id in (1, 2)
        for key in (KEY, KEY + "x")
    }
    assert len(made) == 8
    assert {len(secret) for secret in made} == {32}


def test_code_serves_once_and_none_before_it_serves_after_it(database: Database) -> None:
    with database.writing() as db:
        account_id = anne(db)
        protected(db, account_id)

        def use(code: str, at: datetime) -> Proof | None:
            db.expire_all()
            return second_factor.use_code(db, account_id, code, key=KEY, now=at)

        assert use(code_at(account_id, NOW - 4 * STEP), NOW - 3 * STEP) is None, "the one that set it up"
        assert use(code_at(account_id, NOW), NOW) is Proof.APPLICATION
        assert use(code_at(account_id, NOW), NOW) is None
        assert use(code_at(account_id, NOW - STEP), NOW) is None
        assert use(code_at(account_id, NOW + STEP), NOW + STEP) is Proof.APPLICATION
        assert use("", NOW) is None
        assert use("０１２３４５", NOW) is None


def test_recovery_code_serves_once_however_it_is_typed_and_new_ones_replace_it(database: Database) -> None:
    with database.writing() as db:
        account_id, other = anne(db), anne(db, email="paul@example.org")
        codes, _theirs = protected(db, account_id), protected(db, other)
        assert len(set(codes)) == second_factor.RECOVERY_CODES

        def use(code: str, whose: int = account_id) -> Proof | None:
            return second_factor.use_code(db, whose, code, key=KEY, now=NOW)

        assert use(codes[0], other) is None
        assert use(codes[0].upper().replace("-", " ")) is Proof.RECOVERY_CODE
        assert use(codes[0]) is None
        view = second_factor.second_factor_of(db, account_id)
        assert view is not None
        assert view.code_count == second_factor.RECOVERY_CODES - 1
        fresh = second_factor.renew_recovery_codes(db, account_id, key=KEY, now=NOW)
        assert use(codes[1]) is None
        assert use(fresh[0]) is Proof.RECOVERY_CODE


def test_database_holds_neither_the_secret_nor_a_recovery_code(database: Database) -> None:
    with database.writing() as db:
        account_id = anne(db)
        codes = protected(db, account_id)
        factor = db.get_one(SecondFactor, account_id)
        kept = repr(factor) + repr(db.exec(select(RecoveryCode)).all())
    assert secret_of(SALT, account_id=account_id, key=KEY) not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def sixteen(database: Database, use: Callable[[Session], bool]) -> int:
    """How many of sixteen who have all read the row get in when they go on together."""
    wins: list[bool] = []
    barrier = threading.Barrier(16)

    def race() -> None:
        with database.writing() as db:
            db.exec(select(RecoveryCode)).all()
            barrier.wait()
            won = use(db)
            db.commit()
            wins.append(won)

    racers = [threading.Thread(target=race) for _ in range(16)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(wins) == 16
    return sum(wins)


@pytest.mark.parametrize("kind", ["recovery code", "code of the application"])
def test_one_of_sixteen_gets_in_with_one_code(templates: Templates, kind: str) -> None:
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            account_id = anne(db)
            codes = protected(db, account_id)
            db.commit()
        code = codes[0] if kind == "recovery code" else code_at(account_id, NOW)

        def use(db: Session) -> bool:
            return second_factor.use_code(db, account_id, code, key=KEY, now=NOW) is not None

        assert sixteen(database, use) == 1


def test_without_the_conditional_update_several_would_get_in(templates: Templates) -> None:
    """The control: who looks first and writes then lets in whoever looked at the same moment."""
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            protected(db, anne(db))
            db.commit()
        looked = threading.Barrier(16)

        def use(db: Session) -> bool:
            row = db.exec(select(RecoveryCode).order_by(col(RecoveryCode.id))).first()
            free = row is not None and row.used_at is None
            looked.wait()
            if row is not None and free:
                row.used_at = NOW
                db.add(row)
            return free

        assert sixteen(database, use) > 1


def test_setting_up_and_resetting_sign_the_other_browsers_out(database: Database) -> None:
    with database.writing() as db:
        account_id = anne(db)
        here, elsewhere = (sessions.open_session(db, account_id, shared_computer=False, now=NOW) for _ in range(2))
        mine = sessions.signed_in(db, here, now=NOW)
        assert mine is not None
        second_factor.set_second_factor(
            db, account_id, salt=SALT, code=code_at(account_id, NOW), session_id=mine.session_id, key=KEY, now=NOW
        )
        db.expire_all()
        assert sessions.signed_in(db, here, now=NOW) is not None
        assert sessions.signed_in(db, elsewhere, now=NOW) is None
        with pytest.raises(second_factor.SecondFactorSet):
            second_factor.set_second_factor(
                db,
                account_id,
                salt="1" * 32,
                code=code_at(account_id, NOW, "1" * 32),
                session_id=None,
                key=KEY,
                now=NOW,
            )
        assert second_factor.remove_second_factor(db, account_id, now=NOW, by=None)
        assert not second_factor.remove_second_factor(db, account_id, now=NOW, by=None)
        db.expire_all()
        assert sessions.signed_in(db, here, now=NOW) is None
        assert db.exec(select(RecoveryCode)).all() == []


SIGN_IN = {"email": "anne@example.org", "password": PASSWORD, "next": "/staff/people"}


def a_protected_account(database: Database) -> tuple[int, tuple[str, ...]]:
    account_id = with_password(database, email="anne@example.org")
    with database.writing() as db:
        codes = protected(db, account_id)
        db.commit()
    return account_id, codes


def test_password_alone_opens_nothing_and_the_code_leads_to_the_page_that_was_wanted(organised: Database) -> None:
    account_id, _codes = a_protected_account(organised)
    browser = Browser(a_site(organised))
    assert browser.send("/staff/sign-in", SIGN_IN).location == "/staff/sign-in/code"
    assert browser.get("/staff/").status_code == 303
    with organised.reading() as db:
        assert db.exec(select(AccountSession)).all() == []
    entered = browser.send("/staff/sign-in/code", {"code": code_at(account_id, NOW)})
    assert (entered.status_code, entered.location) == (303, "/staff/people")
    assert browser.get("/staff/people").status_code == 200
    replayed = Browser(browser.app)
    replayed.send("/staff/sign-in", SIGN_IN)
    refused = replayed.send("/staff/sign-in/code", {"code": code_at(account_id, NOW)})
    assert (refused.status_code, "n’est pas le bon, ou a déjà servi" in text_of(refused)) == (422, True)
    with organised.reading() as db:
        actions = db.exec(select(AccessAudit.action).order_by(col(AccessAudit.id))).all()
    assert actions == ["second_factor_set", "signed_in", "second_factor_refused"]


def test_code_without_the_password_before_it_opens_nothing(organised: Database) -> None:
    account_id, codes = a_protected_account(organised)
    browser = Browser(a_site(organised))
    token = browser.token("/staff/sign-in")
    for code in (code_at(account_id, NOW), codes[0]):
        answer = browser.post("/staff/sign-in/code", {"csrf_token": token, "code": code})
        assert "Le mot de passe d’abord" in text_of(answer)
    assert browser.get("/staff/").status_code == 303


@pytest.mark.parametrize("what", ["ten minutes", "another password", "a closed account"])
def test_right_password_counts_for_ten_minutes_and_while_it_is_right(organised: Database, what: str) -> None:
    account_id, codes = a_protected_account(organised)
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    browser.send("/staff/sign-in", SIGN_IN)
    token = browser.token("/staff/sign-in/code")
    with organised.writing() as db:
        if what == "another password":
            new = new_password.ready_password(db, account_id, "une phrase toute neuve")
            new_password.set_password(db, new, now=NOW, account_id=None)
        if what == "a closed account":
            accounts.disable_account(db, account_id, now=NOW)
        db.commit()
    if what == "ten minutes":
        clock[0] = NOW + timedelta(minutes=10)
    answer = browser.post("/staff/sign-in/code", {"csrf_token": token, "code": codes[0]})
    assert "Recommencez la connexion" in text_of(answer)
    assert browser.get("/staff/").status_code == 303


def test_codes_are_not_tried_out_from_any_number_of_browsers(organised: Database) -> None:
    account_id, codes = a_protected_account(organised)
    app = a_site(organised)
    statuses = []
    for number in range(7):
        browser = Browser(app)
        browser.send("/staff/sign-in", SIGN_IN)
        statuses.append(browser.send("/staff/sign-in/code", {"code": f"{number:06d}"}).status_code)
    assert statuses == [422] * 6 + [429]
    late = browser.send("/staff/sign-in/code", {"code": codes[0]})
    assert int(late.headers["Retry-After"]) > 0
    assert account_id


def test_recovery_code_gets_in_and_is_told_by_mail(organised: Database) -> None:
    _account_id, codes = a_protected_account(organised)
    browser = Browser(a_site(organised))
    browser.send("/staff/sign-in", SIGN_IN)
    assert browser.send("/staff/sign-in/code", {"code": codes[3]}).status_code == 303
    with organised.reading() as db:
        told = db.exec(select(OutboxMessage.kind, OutboxMessage.facts).order_by(col(OutboxMessage.id))).all()
    assert [(kind, facts.get("change")) for kind, facts in told] == [
        ("account_change", "recovery_code"),
        ("new_browser", None),
    ]


def key_of(browser: Browser) -> str:
    """The key that the page shows."""
    found = re.search(r'<code class="key">([^<]+)</code>', browser.get("/account/second-factor").get_data(as_text=True))
    assert found is not None
    return found[1].replace(" ", "")


def set_up(desk: Browser) -> tuple[str, list[str]]:
    """Follow the page: copy its key, type the code. Gives the key and the recovery codes."""
    key = key_of(desk)
    answer = desk.send(
        "/account/second-factor/set-up",
        {"code": pyotp.TOTP(key).generate_otp(step_of(NOW))},
        page="/account/second-factor",
    )
    assert answer.status_code == 200
    return key, re.findall(r"<li><code>([^<]+)</code>", answer.get_data(as_text=True))


def test_page_shows_a_key_that_the_database_has_not_until_its_code_proves_it(organised: Database) -> None:
    desk = Desk(organised)
    first, again = (desk.get("/account/second-factor").get_data(as_text=True) for _ in range(2))
    assert first.count('class="qr"') == 1
    assert "http://" not in first.partition('class="qr"')[2].partition("</svg>")[0]
    assert first.partition('class="key">')[2][:40] == again.partition('class="key">')[2][:40]
    wrong = desk.send("/account/second-factor/set-up", {"code": "000000"}, page="/account/second-factor")
    assert wrong.status_code == 422
    with organised.reading() as db:
        assert db.exec(select(SecondFactor)).all() == []
    _key, codes = set_up(desk)
    assert len(codes) == 10
    assert not any(code in desk.get("/account/second-factor").get_data(as_text=True) for code in codes)


def test_sign_in_of_a_while_ago_proves_nobody_who_sets_it_up(organised: Database) -> None:
    clock = [NOW]
    account_id = with_password(organised, email="anne@example.org")
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    browser.send("/staff/sign-in", SIGN_IN)
    page = "/account/second-factor"
    assert "Mot de passe actuel" not in text_of(browser.get(page))
    clock[0] = NOW + RECENT - timedelta(seconds=1)
    assert "Mot de passe actuel" not in text_of(browser.get(page))
    clock[0] = NOW + RECENT
    assert "Mot de passe actuel" in text_of(browser.get(page))
    code = pyotp.TOTP(key_of(browser)).generate_otp(step_of(clock[0]))

    def answer(**typed: str) -> TestResponse:
        return browser.send(f"{page}/set-up", {"code": code, **typed}, page=page)

    for typed, sentence in (
        ({}, "Il manque votre mot de passe actuel."),
        ({"present": "not this one"}, "Ce n’est pas"),
    ):
        refused = answer(**typed)
        assert (refused.status_code, sentence in text_of(refused)) == (422, True)
    with organised.reading() as db:
        assert db.get(SecondFactor, account_id) is None
        assert db.exec(select(AccessAudit.action)).all().count("password_refused") == 1
    assert answer(present=PASSWORD).status_code == 200
    with organised.reading() as db:
        assert db.get(SecondFactor, account_id) is not None


def test_password_that_a_recent_sign_in_need_not_type_changes_nothing(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    browser = Browser(a_site(organised))
    browser.send("/staff/sign-in", SIGN_IN)
    code = pyotp.TOTP(key_of(browser)).generate_otp(step_of(NOW))
    page = "/account/second-factor"
    assert browser.send(f"{page}/set-up", {"present": "", "code": code}, page=page).status_code == 200


def test_day_that_codes_are_from_is_told_with_its_year(organised: Database) -> None:
    desk, day = Desk(organised), "lundi 2 mars 2026, 10 h"
    _key, codes = set_up(desk)
    page = "/account/second-factor"
    assert f"depuis {day}" in text_of(desk.get(page))
    assert f"Faits le {day}" in text_of(desk.send(f"{page}/recovery-codes", {"code": codes[0]}, page=page))


def test_taking_it_away_or_new_recovery_codes_ask_a_code(organised: Database) -> None:
    desk = Desk(organised)
    _key, codes = set_up(desk)
    page = "/account/second-factor"
    for act in ("remove", "recovery-codes"):
        assert desk.send(f"{page}/{act}", {"code": "123456"}, page=page).status_code == 422
    renewed = desk.send(f"{page}/recovery-codes", {"code": codes[0]}, page=page)
    assert renewed.status_code == 200
    assert codes[1] not in renewed.get_data(as_text=True)
    assert desk.send(f"{page}/remove", {"code": codes[1]}, page=page).status_code == 422
    with organised.reading() as db:
        assert db.get(SecondFactor, desk.account_id) is not None


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        (SecondFactorRule.NOBODY, set()),
        (SecondFactorRule.ADMINISTRATORS, {Role.ADMINISTRATOR}),
        (SecondFactorRule.STAFF, set(Role) - {Role.CANDIDATE, Role.EMPLOYER}),
    ],
)
def test_whom_the_organisation_asks_it_of_opens_nothing_else_until_it_is_set_up(
    organised: Database, rule: SecondFactorRule, held: set[Role]
) -> None:
    with organised.writing() as db:
        ask_second_factor(db, rule, now=NOW, account_id=None)
        db.commit()
    for role in Role:
        browser = Browser(a_site(organised))
        browser.sign_in(role)
        answer = browser.get("/account")
        led = answer.status_code == 303 and answer.location == "/account/second-factor"
        assert led is (role in held), role
    if not held:
        return
    desk = Desk(organised, Role.ADMINISTRATOR)
    assert desk.get("/staff/accounts").location == "/account/second-factor"
    rule_form = {"csrf_token": desk.token("/account/second-factor"), "rule": "nobody"}
    assert desk.post("/staff/accounts/second-factor", rule_form).location == "/account/second-factor"
    assert desk.get("/").status_code == 200
    set_up(desk)
    assert desk.get("/staff/accounts").status_code == 200


def test_administrator_resets_a_colleague_s_and_they_are_told(organised: Database) -> None:
    account_id, _codes = a_protected_account(organised)
    chief = Desk(organised, Role.ADMINISTRATOR)
    page = f"/staff/accounts/{account_id}"
    assert "Ne plus demander son téléphone" in text_of(chief.get(page))
    assert chief.press(f"{page}/reset-second-factor", page).status_code == 303
    assert Browser(chief.app).send("/staff/sign-in", SIGN_IN).location == "/staff/people"
    own = chief.press(f"/staff/accounts/{chief.account_id}/reset-second-factor", page)
    assert own.status_code == 409
    with organised.reading() as db:
        message = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "account_change")).one()
        assert (message.account_id, message.facts["change"]) == (account_id, "second_factor_reset")
        row = db.exec(select(AccessAudit).where(AccessAudit.action == "second_factor_removed")).one()
        assert (row.account_id, row.subject_id) == (chief.account_id, account_id)
