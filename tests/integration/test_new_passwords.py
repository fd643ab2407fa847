"""New passwords of staff: hashed before anything is locked, given once, and known to whoever they concern."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

import argon2
import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.messages.account_mail import FORGOTTEN_LIFE, ask_password_link, issue_password_link
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.preview import preview_message
from alpes_events.people.accounts import account_with_password
from alpes_events.people.models import AccessAudit, Role
from alpes_events.people.new_password import WrongPassword, ready_own_password, set_password
from alpes_events.people.protection import KnownBrowser, LinkPurpose, PasswordLink
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import PASSWORD, SETTINGS, Browser, a_site, text_of, with_password

ANNE = "anne@example.org"
SIGN_IN = {"email": ANNE, "password": PASSWORD, "next": ""}
NEW = "colombe verger lundi"


def link_secret(db: Session, account_id: int) -> str:
    """The secret of a link for a forgotten password, as its mail carries it."""
    issued = issue_password_link(db, ask_password_link(db, account_id, LinkPurpose.FORGOTTEN, now=NOW), now=NOW)
    assert issued is not None
    return issued.secret


def by_link(database: Database, anne: int) -> None:
    with database.writing() as db:
        secret = link_secret(db, anne)
        db.commit()
    assert Browser(a_site(database)).send(f"/staff/password/{secret}", {"password": NEW}).status_code == 303


def by_its_owner(database: Database, _anne: int) -> None:
    browser = Browser(a_site(database))
    browser.send("/staff/sign-in", SIGN_IN)
    assert browser.send("/account/password", {"present": PASSWORD, "password": NEW}).status_code == 303


def by_an_administrator(database: Database, anne: int) -> None:
    desk = Desk(database, Role.ADMINISTRATOR)
    assert desk.fill(f"/staff/accounts/{anne}/password", "password", password=NEW).status_code == 303


def in_the_terminal(*words: str) -> Callable[[Database, int], None]:
    def run(database: Database, _anne: int) -> None:
        terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
        asked = CliRunner().invoke(main, ["user", *words], obj=terminal, env={"ALPES_PASSWORD": NEW})
        assert asked.exit_code == 0, asked.output

    return run


WAYS = {
    "by a link": by_link,
    "by its owner": by_its_owner,
    "by an administrator": by_an_administrator,
    "in the terminal": in_the_terminal("password", ANNE),
    "with its account": in_the_terminal("create", "zoe@example.org", "--name", "Zoé", "--role", "reader"),
}


@dataclass
class Watch:
    """Looks, while a password is hashed or compared, whether somebody else could write."""

    database: Database
    hashed_count: int = 0
    locked: list[str] = field(default_factory=list)

    def look(self, what: str) -> None:
        self.hashed_count += what == "hash"
        try:
            self._write()
        except Exception as error:  # noqa: BLE001 (each engine has its own)
            self.locked.append(f"{what}: {type(error).__name__}")

    def _write(self) -> None:
        if self.database.is_sqlite:
            other = sqlite3.connect(str(self.database.engine.url.database), timeout=0.1)
            other.execute("BEGIN IMMEDIATE")
            other.close()
            return
        with self.database.writing() as db:
            db.execute(text("LOCK TABLE account, password_link, access_audit IN SHARE ROW EXCLUSIVE MODE NOWAIT"))


@pytest.fixture
def watch(organised: Database, monkeypatch: pytest.MonkeyPatch) -> Watch:
    watching = Watch(organised)
    for what in ("hash", "verify"):
        slow = getattr(argon2.PasswordHasher, what)

        def looked(*given: object, slow: Callable[..., object] = slow, what: str = what) -> object:
            watching.look(what)
            return slow(*given)

        monkeypatch.setattr(argon2.PasswordHasher, what, looked)
    return watching


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_locked_while_a_password_is_hashed(organised: Database, watch: Watch, way: str) -> None:
    anne = with_password(organised, email=ANNE)
    watch.hashed_count, watch.locked = 0, []
    WAYS[way](organised, anne)
    assert (watch.hashed_count, watch.locked) == (1, [])
    with organised.reading() as db:
        email = "zoe@example.org" if way == "with its account" else ANNE
        assert account_with_password(db, email=email, password=NEW) is not None


def test_watch_sees_a_lock_that_is_held(organised: Database, watch: Watch) -> None:
    """The control: the same look from within a session that writes."""
    with organised.writing() as db:
        db.execute(text("UPDATE account SET name = name"))
        argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(NEW)
        db.rollback()
    assert len(watch.locked) == 1


def test_present_password_proves_one_change_only(database: Database) -> None:
    anne = with_password(database, email=ANNE)
    with database.reading() as db:
        first = ready_own_password(db, anne, present=PASSWORD, password=NEW)
        second = ready_own_password(db, anne, present=PASSWORD, password="lanterne du jardin")
    with database.writing() as db:
        set_password(db, first, now=NOW, account_id=anne)
        db.commit()
    with pytest.raises(WrongPassword), database.writing() as db:
        set_password(db, second, now=NOW, account_id=anne)
    with database.reading() as db:
        assert account_with_password(db, email=ANNE, password=NEW) == anne


def alerts(database: Database) -> int:
    """How many sign-ins from a new browser were told."""
    with database.reading() as db:
        return db.exec(select(OutboxMessage.kind)).all().count("new_browser")


@pytest.mark.parametrize("way", ["by a link", "by its owner", "by an administrator"])
def test_no_browser_stays_known_after_a_new_password(organised: Database, way: str) -> None:
    anne = with_password(organised, email=ANNE)
    elsewhere = Browser(a_site(organised))
    elsewhere.send("/staff/sign-in", SIGN_IN)
    WAYS[way](organised, anne)
    told = alerts(organised)
    elsewhere.send("/staff/sign-in", {**SIGN_IN, "password": NEW})
    assert alerts(organised) == told + 1


@pytest.mark.parametrize("way", ["by a link", "by its owner"])
def test_browser_in_which_the_password_was_chosen_is_known_by_a_new_cookie(organised: Database, way: str) -> None:
    anne = with_password(organised, email=ANNE)
    here = Browser(a_site(organised))
    here.send("/staff/sign-in", SIGN_IN)
    before = here.client.get_cookie("alpes-browser", domain="agenda.example.org")
    if way == "by its owner":
        here.send("/account/password", {"present": PASSWORD, "password": NEW})
    else:
        with organised.writing() as db:
            secret = link_secret(db, anne)
            db.commit()
        here.send(f"/staff/password/{secret}", {"password": NEW})
    after = here.client.get_cookie("alpes-browser", domain="agenda.example.org")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    copied, told = Browser(here.app), alerts(organised)
    copied.client.set_cookie("alpes-browser", before.value, domain="agenda.example.org")
    copied.send("/staff/sign-in", {**SIGN_IN, "password": NEW})
    assert alerts(organised) == told + 1, "the cookie from before is worth nothing"
    if way == "by its owner":
        here.send("/sign-out", page="/account")
    here.send("/staff/sign-in", {**SIGN_IN, "password": NEW})
    assert alerts(organised) == told + 1


def test_shared_computer_is_not_known_after_a_password_was_changed_at_it(organised: Database) -> None:
    with_password(organised, email=ANNE)
    here = Browser(a_site(organised))
    here.send("/staff/sign-in", {**SIGN_IN, "shared": "y"})
    answer = here.send("/account/password", {"present": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert "alpes-browser" not in " ".join(answer.headers.getlist("Set-Cookie"))
    with organised.reading() as db:
        assert db.exec(select(KnownBrowser)).all() == []


def again_on_the_web(database: Database, anne: int) -> str:
    desk = Desk(database, Role.ADMINISTRATOR)
    desk.press(f"/staff/accounts/{anne}/invite", "/staff/accounts")
    return text_of(desk.get(f"/staff/accounts/{anne}"))


def again_in_the_terminal(database: Database, _anne: int) -> str:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, ["user", "invite", ANNE], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"}).output


@pytest.mark.parametrize("again", [again_on_the_web, again_in_the_terminal])
def test_link_sent_to_who_has_a_password_lives_an_hour_and_its_owner_is_told(
    organised: Database, again: Callable[[Database, int], str]
) -> None:
    anne = with_password(organised, email=ANNE)
    assert "a déjà un mot de passe : un lien d’une heure part" in again(organised, anne)
    with organised.writing() as db:
        link = db.exec(select(PasswordLink)).one()
        assert (link.purpose, link.expires_at) == (LinkPurpose.FORGOTTEN, NOW + FORGOTTEN_LIFE)
        message = db.exec(select(OutboxMessage)).one()
        words = preview_message(db, message.id or 0, base_url=SETTINGS.base_url, now=NOW).text
        assert "La personne qui gère les comptes vous envoie de quoi choisir un autre mot de passe." in plain(words)
        assert "Vous n’avez rien demandé ?" in plain(words)
        issued = issue_password_link(db, link.id or 0, now=NOW)
        db.commit()
    assert issued is not None
    browser, address = Browser(a_site(organised)), f"/staff/password/{issued.secret}"
    assert "Bienvenue" not in text_of(browser.get(address)), "nobody new"
    assert browser.send(address, {"password": NEW}).status_code == 303
    with organised.reading() as db:
        told = db.exec(select(OutboxMessage.kind, OutboxMessage.facts).order_by(col(OutboxMessage.id))).all()
        actions = db.exec(select(AccessAudit.action, AccessAudit.subject_id).order_by(col(AccessAudit.id))).all()
    assert [(kind, facts.get("change")) for kind, facts in told] == [
        ("new_password", None),
        ("account_change", "password"),
    ]
    assert actions == [("password_link_asked", anne), ("password_changed", anne)]
