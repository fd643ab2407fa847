"""Accounts of staff: invited, changed, closed and opened again; their open browsers, their alerts, their passwords."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from alpes_events.messages.account_mail import (
    FORGOTTEN_LIFE,
    INVITATION_LIFE,
    ask_password_link,
    invite,
    issue_password_link,
)
from alpes_events.messages.models import OutboxMessage
from alpes_events.people import accounts, new_password, password_links, sessions
from alpes_events.people.account_address import EmailTaken
from alpes_events.people.account_changes import AccountDraft, revise_account
from alpes_events.people.account_list import AccountState, staff_accounts
from alpes_events.people.accounts import AccountIn, LastAdministrator, create_account
from alpes_events.people.models import AccessAudit, Account, AccountSession, Role
from alpes_events.people.protection import LinkPurpose, PasswordLink
from tests.support.databases import Templates
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import PASSWORD, Browser, a_site, text_of, with_password

JULIE = AccountIn("julie@example.org", "Julie Petit", Role.ADVISOR, invited=True)
ANNE = AccountIn("anne@example.org", "Anne Martin", Role.ADMINISTRATOR, password=PASSWORD)
NEW = "colombe verger lundi"


def invited(db: Session) -> tuple[int, str]:
    """Julie, and the secret that her mail carries."""
    account_id = invite(db, JULIE, now=NOW, account_id=None)
    return account_id, secret_of(db)


def secret_of(db: Session) -> str:
    """The secret of the newest link, as its mail carries it."""
    link_id = db.exec(select(PasswordLink.id).order_by(col(PasswordLink.id).desc())).first() or 0
    issued = issue_password_link(db, link_id, now=NOW)
    assert issued is not None
    db.flush()
    return issued.secret


def choose(db: Session, secret: str, password: str, *, after: timedelta = timedelta()) -> int:
    """Use the link of `secret` as its page does."""
    link = password_links.good_link(db, secret, now=NOW + after)
    new = new_password.ready_password(db, link.account_id, password)
    return password_links.choose_password(db, secret, new, now=NOW + after)


def state_of(db: Session, account_id: int, **later: timedelta) -> AccountState:
    db.expire_all()
    now = NOW + later.get("after", timedelta())
    return next(line.state for line in staff_accounts(db, now=now) if line.id == account_id)


def test_invitation_works_once_and_for_seven_days(database: Database) -> None:
    with database.writing() as db:
        julie, secret = invited(db)
        assert state_of(db, julie) is AccountState.INVITED
        assert state_of(db, julie, after=INVITATION_LIFE) is AccountState.WAITING
        with pytest.raises(password_links.SpentPasswordLink):
            choose(db, secret, NEW, after=INVITATION_LIFE)
        assert accounts.account_with_password(db, email=JULIE.email, password="") is None
        assert choose(db, secret, NEW, after=INVITATION_LIFE - timedelta(seconds=1)) == julie
        assert state_of(db, julie) is AccountState.OPEN
        assert accounts.account_with_password(db, email=JULIE.email, password=NEW) == julie
        with pytest.raises(password_links.SpentPasswordLink):
            choose(db, secret, "une autre phrase")
        with pytest.raises(password_links.UnknownPasswordLink):
            password_links.good_link(db, "invented", now=NOW)


def test_weak_password_leaves_the_link_as_it_was(database: Database) -> None:
    with database.writing() as db:
        _julie, secret = invited(db)
        db.commit()
    with pytest.raises(Refusal), database.writing() as db:
        choose(db, secret, "court")
    with database.writing() as db:
        assert choose(db, secret, NEW)


def test_revoked_invitation_and_that_of_a_closed_account_are_worthless(database: Database) -> None:
    with database.writing() as db:
        julie, secret = invited(db)
        assert password_links.revoke_invitation(db, julie, now=NOW, account_id=None)
        assert not password_links.revoke_invitation(db, julie, now=NOW, account_id=None)
        assert password_links.account_to_write(db, db.get_one(Account, julie).email) is None
        assert state_of(db, julie) is AccountState.WAITING
        with pytest.raises(password_links.SpentPasswordLink):
            password_links.good_link(db, secret, now=NOW)
        accounts.disable_account(db, julie, now=NOW)
        with pytest.raises(password_links.UnknownPasswordLink):
            password_links.good_link(db, secret, now=NOW)


def test_one_of_sixteen_uses_an_invitation(templates: Templates) -> None:
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            julie, secret = invited(db)
            db.commit()
        wins: list[int] = []
        barrier = threading.Barrier(16)

        def race(number: int) -> None:
            try:
                with database.writing() as db:
                    new = new_password.ready_password(db, julie, f"{NEW} {number}")
                    barrier.wait()
                    wins.append(password_links.choose_password(db, secret, new, now=NOW))
                    db.commit()
            except Refusal:
                pass

        racers = [threading.Thread(target=race, args=[number]) for number in range(16)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
    assert wins == [julie]


def test_of_two_administrators_who_close_each_other_one_remains(templates: Templates) -> None:
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            pair = (
                create_account(db, ANNE, now=NOW),
                create_account(db, replace(ANNE, email="paul@example.org", name="Paul"), now=NOW),
            )
            db.commit()
        refused: list[Refusal] = []
        barrier = threading.Barrier(2)

        def close(target: int) -> None:
            try:
                with database.writing() as db:
                    db.exec(select(Account.id)).all()
                    barrier.wait()
                    accounts.disable_account(db, target, now=NOW)
                    db.commit()
            except LastAdministrator as refusal:
                refused.append(refusal)

        closers = [threading.Thread(target=close, args=[one]) for one in pair]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join()
        with database.reading() as db:
            left = db.exec(select(Account.id).where(col(Account.disabled_at).is_(None))).all()
    assert (len(left), len(refused)) == (1, 1)


CHANGES = [
    ({"role": Role.ADVISOR}, True),
    ({"email": "other@example.org"}, True),
    ({"name": "Anne Dupont"}, False),
    ({"structure": "CCAS"}, False),
]


@pytest.mark.parametrize(("change", "ends"), CHANGES)
def test_changed_role_or_address_signs_out_and_spends_the_links(
    database: Database, change: dict[str, object], ends: bool
) -> None:
    with database.writing() as db:
        create_account(db, replace(ANNE, email="chief@example.org"), now=NOW)
        anne = create_account(db, ANNE, now=NOW)
        session = sessions.open_session(db, anne, shared_computer=False, now=NOW)
        password_links_before = _forgotten(db, anne)
        draft = replace(AccountDraft.of(accounts.the_account(db, anne)), **change)  # type: ignore[arg-type]
        assert revise_account(db, anne, draft, now=NOW, account_id=None) == tuple(change)
        assert revise_account(db, anne, draft, now=NOW, account_id=None) == ()
        db.expire_all()
        assert (sessions.signed_in(db, session, now=NOW) is None) is ends
        if ends:
            with pytest.raises(password_links.SpentPasswordLink):
                password_links.good_link(db, password_links_before, now=NOW)
        else:
            assert password_links.good_link(db, password_links_before, now=NOW).account_id == anne


def _forgotten(db: Session, account_id: int) -> str:
    ask_password_link(db, account_id, LinkPurpose.FORGOTTEN, now=NOW)
    return secret_of(db)


def test_last_administrator_keeps_the_role_and_an_address_stays_its_own(database: Database) -> None:
    with database.writing() as db:
        anne = create_account(db, ANNE, now=NOW)
        create_account(db, replace(ANNE, email="julie@example.org", role=Role.ADVISOR), now=NOW)
        draft = AccountDraft.of(accounts.the_account(db, anne))
        with pytest.raises(LastAdministrator):
            revise_account(db, anne, replace(draft, role=Role.COORDINATOR), now=NOW, account_id=None)
        with pytest.raises(EmailTaken):
            revise_account(db, anne, replace(draft, email="Julie@example.org"), now=NOW, account_id=None)
        for wrong in (replace(draft, role=Role.CANDIDATE), replace(draft, role=Role.DOOR), replace(draft, name=" ")):
            with pytest.raises(Refusal):
                revise_account(db, anne, wrong, now=NOW, account_id=None)


def test_administrator_invites_changes_closes_and_opens_again(organised: Database) -> None:
    desk = Desk(organised, Role.ADMINISTRATOR)
    typed = {"name": "Julie Petit", "email": "julie@example.org", "role": "advisor", "structure": "PLIE"}
    address = desk.fill("/staff/accounts/new", "structure", language="en", **typed).location
    assert "Attend son mot de passe" in text_of(desk.get(address))
    assert desk.press(f"{address}/invite", address).status_code == 303
    assert desk.press(f"{address}/revoke", address).status_code == 303
    assert "Sans mot de passe" in text_of(desk.get("/staff/accounts"))
    assert desk.fill(address, "structure", role="coordinator").status_code == 303
    desk.press(f"{address}/disable", address)
    assert "Fermé" in text_of(desk.get(address))
    desk.press(f"{address}/reopen", address)
    assert "Fermé" not in text_of(desk.get(address))
    with organised.reading() as db:
        julie = db.exec(select(Account).where(Account.email == "julie@example.org")).one()
        assert (julie.role, julie.password_hash, julie.disabled_at) == (Role.COORDINATOR, None, None)
        owed = db.exec(select(OutboxMessage.kind, OutboxMessage.language)).all()
        assert owed == [("invitation", "en")] * 2, "in the language that was chosen for her"
        audit = db.exec(select(AccessAudit.action).order_by(col(AccessAudit.id))).all()
    assert audit == ["link_sent", "link_sent", "link_revoked", *["account_changed"] * 3]


def test_candidate_s_account_is_no_account_of_staff(organised: Database) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    candidate = Browser(a_site(organised))
    candidate_id = candidate.sign_in(Role.CANDIDATE, candidate_id=1)
    desk = Desk(organised, Role.ADMINISTRATOR)
    assert desk.get(f"/staff/accounts/{candidate_id}").status_code == 404
    for act in ("invite", "revoke", "disable", "reopen", "reset-second-factor"):
        assert desk.press(f"/staff/accounts/{candidate_id}/{act}", "/staff/accounts").status_code == 404
    assert candidate.get("/account").status_code == 200


def test_link_of_the_mail_gives_the_password_and_opening_it_does_nothing(organised: Database) -> None:
    with organised.writing() as db:
        _julie, secret = invited(db)
        db.commit()
    browser = Browser(a_site(organised))
    for _ in range(3):
        assert "Bienvenue, Julie Petit" in text_of(browser.get(f"/staff/password/{secret}"))
    weak = browser.send(f"/staff/password/{secret}", {"password": "court"})
    assert weak.status_code == 422
    assert browser.send(f"/staff/password/{secret}", {"password": NEW}).location == "/staff/sign-in"
    used = browser.get(f"/staff/password/{secret}")
    assert (used.status_code, "ne sert plus" in text_of(used)) == (410, True)
    form = {"email": "julie@example.org", "password": NEW, "next": ""}
    assert browser.send("/staff/sign-in", form).location == "/staff/"
    with organised.reading() as db:
        assert db.exec(select(OutboxMessage.kind)).all() == ["invitation"], "who has the mailbox is told of no stranger"


def test_page_of_a_link_that_serves_no_more_says_whom_to_ask_for_another_invitation(organised: Database) -> None:
    with organised.writing() as db:
        _julie, secret = invited(db)
        db.commit()
    late = Browser(a_site(organised, now=lambda: NOW + INVITATION_LIFE))
    for address in (f"/staff/password/{secret}", "/staff/password/invented"):
        page = late.get(address)
        assert page.status_code in {404, 410}
        asked = "Une première invitation ? Demandez-en une autre à la personne qui gère les comptes."
        assert asked in text_of(page)


def test_forgotten_password_answers_known_and_unknown_alike(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    app = a_site(organised)
    answers = [
        Browser(app).send("/staff/password", {"email": email})
        for email in ("anne@example.org", "nul@example.org", "personne1@example.org")
    ]
    assert len({(one.status_code, one.location, one.get_data()) for one in answers}) == 1
    with organised.reading() as db:
        assert db.exec(select(OutboxMessage.kind)).all() == ["new_password"]
    browser = Browser(app)
    statuses = [browser.send("/staff/password", {"email": "anne@example.org"}).status_code for _ in range(5)]
    assert statuses == [303] * 4 + [429]


def test_forgotten_password_link_lasts_an_hour_and_ends_every_session(database: Database) -> None:
    with database.writing() as db:
        anne = create_account(db, ANNE, now=NOW)
        session = sessions.open_session(db, anne, shared_computer=False, now=NOW)
        first, second = _forgotten(db, anne), _forgotten(db, anne)
        with pytest.raises(password_links.SpentPasswordLink):
            password_links.good_link(db, first, now=NOW + FORGOTTEN_LIFE)
        choose(db, first, NEW)
        db.expire_all()
        assert sessions.signed_in(db, session, now=NOW) is None
        with pytest.raises(password_links.SpentPasswordLink):
            password_links.good_link(db, second, now=NOW)


SIGN_IN = {"email": "anne@example.org", "password": PASSWORD, "next": ""}


def audited(database: Database) -> list[tuple[str, int | None, int | None]]:
    """What was written down: the action, whose account did it, and which account it is about."""
    with database.reading() as db:
        rows = db.exec(select(AccessAudit).order_by(col(AccessAudit.id))).all()
    assert {row.subject_kind for row in rows if row.subject_id} <= {"account"}
    return [(row.action, row.account_id, row.subject_id) for row in rows]


def test_refused_password_and_link_asked_are_written_down_with_the_account_they_are_about(organised: Database) -> None:
    anne = with_password(organised, email="anne@example.org")
    closed = with_password(organised, email="closed@example.org")
    with organised.writing() as db:
        accounts.disable_account(db, closed, now=NOW)
        db.commit()
    browser = Browser(a_site(organised))
    for email in (" Anne@example.org", "closed@example.org", "nul@example.org"):
        browser.send("/staff/sign-in", {**SIGN_IN, "email": email, "password": "not this one"})
    for email in ("anne@example.org", "closed@example.org", "nul@example.org"):
        browser.send("/staff/password", {"email": email})
    assert audited(organised) == [
        ("account_changed", None, closed),
        ("sign_in_refused", None, anne),
        ("sign_in_refused", None, closed),
        ("sign_in_refused", None, None),
        ("password_link_asked", None, anne),
    ]


def test_wrong_present_password_is_written_down_and_not_tried_out(organised: Database) -> None:
    anne = with_password(organised, email="anne@example.org")
    here = Browser(a_site(organised))
    here.send("/staff/sign-in", SIGN_IN)
    typed = {"present": "not this one", "password": NEW}
    assert [here.send("/account/password", typed).status_code for _ in range(11)] == [422] * 10 + [429]
    assert audited(organised) == [("signed_in", anne, None), *[("password_refused", anne, anne)] * 10]


def test_own_password_asks_the_present_one_and_keeps_this_browser_only(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    app = a_site(organised)
    here, elsewhere = Browser(app), Browser(app)
    for browser in (here, elsewhere):
        browser.send("/staff/sign-in", SIGN_IN)
    wrong = here.send("/account/password", {"present": "not this one", "password": NEW})
    assert (wrong.status_code, "Ce n’est pas votre mot de passe actuel" in text_of(wrong)) == (422, True)
    assert elsewhere.get("/staff/").status_code == 200
    assert here.send("/account/password", {"present": PASSWORD, "password": NEW}).status_code == 303
    assert here.get("/staff/").status_code == 200
    assert elsewhere.get("/staff/").status_code == 303
    assert Browser(app).send("/staff/sign-in", {**SIGN_IN, "password": NEW}).location == "/staff/"


def test_own_name_and_language_are_changed_and_nothing_else(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    assert desk.send("/account/details", {"name": "Zoé  Blanc", "language": "en"}).status_code == 303
    assert desk.send("/account/details", {"name": "Z", "language": "fr", "role": "administrator"}).status_code == 400
    assert desk.send("/account/details", {"name": " ", "language": "fr"}).status_code == 422
    with organised.reading() as db:
        account = db.get_one(Account, desk.account_id)
    assert (account.name, account.language, account.role) == ("Zoé Blanc", "en", Role.ADVISOR)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.ADVISOR])
def test_one_sees_and_ends_one_s_own_open_browsers_only(organised: Database, role: Role) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    app = a_site(organised)
    here, there, stranger = Browser(app), Browser(app), Browser(app)
    candidate_id = 1 if role is Role.CANDIDATE else None
    for browser in (here, there):
        account_id = browser.sign_in(role, candidate_id=candidate_id)
    stranger.sign_in(Role.READER)
    with organised.reading() as db:
        mine, theirs, other = db.exec(select(AccountSession.id).order_by(col(AccountSession.id))).all()
        assert db.get_one(AccountSession, theirs).account_id == account_id
    assert text_of(here.get("/account")).count("Ce navigateur") == 1
    assert here.send(f"/account/sessions/{other}/end", page="/account").status_code == 404
    assert stranger.get("/account").status_code == 200
    assert here.send(f"/account/sessions/{theirs}/end", page="/account").status_code == 303
    assert there.get("/account").status_code == 303
    assert here.send(f"/account/sessions/{theirs}/end", page="/account").status_code == 404
    again = Browser(app)
    again.sign_in(role, candidate_id=candidate_id)
    assert here.send("/account/sessions/end-others", page="/account").status_code == 303
    assert (again.get("/account").status_code, here.get("/account").status_code) == (303, 200)
    with organised.reading() as db:
        assert db.exec(select(AccessAudit.action)).all().count("session_ended") == 2
        assert mine is not None


def alerts(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(OutboxMessage.kind)).all().count("new_browser")


def test_sign_in_is_told_from_a_new_browser_and_not_again_from_the_same(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    app = a_site(organised)
    home, office = Browser(app), Browser(app)
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"}
    home.post("/staff/sign-in", {"csrf_token": home.token("/staff/sign-in"), **SIGN_IN}, **agent)
    assert alerts(organised) == 1
    home.send("/sign-out", page="/account")
    home.send("/staff/sign-in", SIGN_IN)
    assert alerts(organised) == 1
    office.send("/staff/sign-in", SIGN_IN)
    assert alerts(organised) == 2
    with organised.reading() as db:
        first = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).first()
        assert first is not None
        assert first.facts["browser"] == "firefox:windows"
        assert db.exec(select(AccountSession.browser).order_by(col(AccountSession.id))).first() == "firefox:windows"


def test_shared_computer_is_remembered_by_nobody_and_told_each_time(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    browser = Browser(a_site(organised))
    for count in (1, 2):
        answer = browser.send("/staff/sign-in", {**SIGN_IN, "shared": "y"})
        assert "alpes-browser" not in " ".join(answer.headers.getlist("Set-Cookie"))
        assert alerts(organised) == count
    assert "Ordinateur partagé" in text_of(browser.get("/staff/"))
    assert "Ordinateur partagé" in text_of(browser.get("/"))
    own = Browser(browser.app)
    own.send("/staff/sign-in", SIGN_IN)
    assert "Ordinateur partagé" not in text_of(own.get("/staff/"))


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.COORDINATOR])
def test_page_of_a_shared_computer_says_when_it_ends_and_warns_before(organised: Database, role: Role) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    account_id = browser.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None)
    with organised.writing() as db:
        row = db.exec(select(AccountSession).where(AccountSession.account_id == account_id)).one()
        row.shared_computer, row.ends_at = True, NOW + timedelta(hours=1)
        db.add(row)
        db.commit()
    said = text_of(browser.get("/account"))
    assert "se ferme après 10 minutes sans rien faire, et à 11 h au plus tard" in said
    for minutes in range(9, 52, 9):
        clock[0] = NOW + timedelta(minutes=minutes)
        browser.get("/account")
    clock[0] = NOW + timedelta(minutes=52)
    assert "La connexion se termine à 11 h" in text_of(browser.get("/account"))
    clock[0] = NOW + timedelta(hours=1)
    assert browser.get("/account").status_code == 303


def test_device_cookie_is_bound_to_the_host_and_opens_nothing(organised: Database) -> None:
    with_password(organised, email="anne@example.org")
    browser = Browser(a_site(organised, base_url="https://agenda.example.org"))
    answer = browser.send("/staff/sign-in", SIGN_IN)
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-alpes-browser="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    other = Browser(browser.app)
    value = re.match(r"[^=]+=([^;]+)", cookie)
    assert value is not None
    other.client.set_cookie("__Host-alpes-browser", value[1], domain="agenda.example.org", secure=True)
    assert other.get("/staff/").status_code == 303
