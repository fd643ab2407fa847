"""An address that two give to accounts at the same moment is one account's; the other is told, and nothing breaks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.people.account_address import EmailTaken
from alpes_events.people.account_changes import AccountDraft, revise_account
from alpes_events.people.accounts import AccountIn, create_account, the_account
from alpes_events.people.candidate_account import account_to_sign_in
from alpes_events.people.commands import find_or_create_candidate, revise_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Account, Role
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of, with_password

PAUL = AccountIn("paul@example.org", "Paul Porte", Role.ADVISOR, invited=True)
ZOE = PersonIn("Lefèvre", "Zoé", email="zoe@example.org")

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


@contextmanager
def meanwhile(database: Database, late: Callable[[], object]) -> Iterator[Session]:
    """A session that writes; it is committed once `late`, begun meanwhile, waits for it."""
    answers: list[object] = []
    with database.writing() as db:
        yield db
        db.flush()
        other = threading.Thread(target=lambda: answers.append(late()))
        other.start()
        _until_it_waits(database)
        db.commit()
    other.join()
    assert len(answers) == 1, "the late one failed"


def _until_it_waits(database: Database) -> None:
    if database.is_sqlite:
        time.sleep(0.2)  # whoever comes later sees what was committed
        return
    for _ in range(500):
        with database.reading() as db:
            if db.execute(_WAITING).scalar_one():
                return
        time.sleep(0.01)
    pytest.fail("nobody waits")


def refused(database: Database, act: Callable[[Session], object]) -> bool:
    """Whether the act was refused for its address; if so its transaction still works."""
    with database.writing() as db:
        try:
            act(db)
        except EmailTaken:
            return db.exec(select(Account.id)).first() is not None
        db.commit()
        return False


def test_account_made_by_two_at_once_is_made_once(organised: Database) -> None:
    late: list[bool] = []

    def again() -> None:
        late.append(refused(organised, lambda db: create_account(db, replace(PAUL, name="Paule"), now=NOW)))

    with meanwhile(organised, again) as db:
        create_account(db, PAUL, now=NOW)
    assert late == [True]
    with organised.reading() as db:
        assert db.exec(select(Account.name)).all() == ["Paul Porte"]


@pytest.mark.parametrize("what", ["invited", "changed"])
def test_administrator_who_comes_second_reads_that_the_address_is_taken(organised: Database, what: str) -> None:
    anne = with_password(organised, email="anne@example.org")
    desk = Desk(organised, Role.ADMINISTRATOR)
    page = "/staff/accounts/new" if what == "invited" else f"/staff/accounts/{anne}"
    form = {**desk.fields(page, "structure"), "name": "Paule Porte", "email": "Paul@example.org"}
    answers = []
    with meanwhile(organised, lambda: answers.append(desk.post(page, form))) as db:
        create_account(db, PAUL, now=NOW)
    (answer,) = answers
    assert answer.status_code == 422
    assert "paul@example.org a déjà un compte : choisissez une autre adresse" in text_of(answer)
    assert 'value="Paule Porte"' in answer.get_data(as_text=True), "what was typed is not lost"
    with organised.reading() as db:
        assert the_account(db, anne).email == "anne@example.org"


def test_two_accounts_changed_to_one_address_at_once_are_told_apart(organised: Database) -> None:
    anne, bob = (with_password(organised, email=f"{name}@example.org") for name in ("anne", "bob"))
    late: list[bool] = []

    def move(db: Session, account_id: int) -> None:
        draft = replace(AccountDraft.of(the_account(db, account_id)), email="new@example.org", structure="PLIE")
        revise_account(db, account_id, draft, now=NOW, account_id=None)

    with meanwhile(organised, lambda: late.append(refused(organised, lambda db: move(db, bob)))) as db:
        move(db, anne)
    assert late == [True]
    with organised.reading() as db:
        kept = [(the_account(db, one).email, the_account(db, one).structure) for one in (anne, bob)]
    assert kept == [("new@example.org", "PLIE"), ("bob@example.org", "")]


def test_candidate_who_asks_twice_at_once_gets_one_account(organised: Database) -> None:
    with organised.writing() as db:
        find_or_create_candidate(db, ZOE, now=NOW)
        db.commit()
    found: list[int | None] = []

    def again() -> None:
        with organised.writing() as db:
            found.append(account_to_sign_in(db, "zoe@example.org", now=NOW))
            db.commit()

    with meanwhile(organised, again) as db:
        first = account_to_sign_in(db, "zoe@example.org", now=NOW)
    assert found == [first]


def test_candidate_s_account_closes_when_another_took_the_address_at_once(organised: Database) -> None:
    with organised.writing() as db:
        zoe = find_or_create_candidate(db, ZOE, now=NOW)
        account_id = account_to_sign_in(db, "zoe@example.org", now=NOW)
        db.commit()

    def move() -> None:
        with organised.writing() as db:
            revise_candidate(db, zoe, replace(ZOE, email="paul@example.org"), now=NOW, account_id=None)
            db.commit()

    with meanwhile(organised, move) as db:
        create_account(db, PAUL, now=NOW)
    with organised.reading() as db:
        account = the_account(db, account_id or 0)
    assert (account.email, account.disabled_at) == ("zoe@example.org", NOW)
