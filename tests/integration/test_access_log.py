"""The access log for administrators: narrowed by the address, in pages, the same rows as a file; and nobody else's."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.audit_list import AuditChoice, audit_page
from alpes_events.people.models import Role
from alpes_web.staff.audit_words import AUDIT_ACTIONS
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import text_of

DAY = timedelta(days=1)


@pytest.fixture
def desk(organised: Database) -> Desk:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    return Desk(organised, Role.ADMINISTRATOR)


def note(desk: Desk, action: AuditAction, *, days_ago: int = 0, by: int | None = None, **more: object) -> None:
    database = desk.app.extensions["alpes"].database
    note_access(database, action, now=NOW - days_ago * DAY, account_id=by or desk.account_id, **more)  # type: ignore[arg-type]


def rows(desk: Desk, query: str) -> list[list[str]]:
    """The file of what the address shows."""
    answer = desk.get(f"/staff/audit?{query}&as=csv")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))[1:]


def test_every_action_has_words() -> None:
    assert set(AUDIT_ACTIONS) == set(AuditAction)


def test_address_narrows_by_action_account_and_whole_days(desk: Desk, organised: Database) -> None:
    other = Desk(organised, Role.COORDINATOR).account_id
    note(desk, AuditAction.FILE_READ, days_ago=3, subject=("candidate", 1))
    note(desk, AuditAction.SEARCHED, days_ago=2, by=other, count=7)
    note(desk, AuditAction.EXPORTED, days_ago=1, count=12, subject=("event", 1))
    note(desk, AuditAction.ACCOUNT_CHANGED, subject=("account", other))

    def actions(query: str) -> list[str]:
        return [row[1] for row in rows(desk, query) if row[1] != "A emporté un fichier" or row[6] == "12"]

    every = ["A changé un compte", "A emporté un fichier", "A cherché une personne", "A lu un dossier"]
    assert actions("") == every
    assert actions("action=searched") == ["A cherché une personne"]
    assert actions(f"account={other}") == ["A changé un compte", "A cherché une personne"]
    assert actions("from=2026-02-28&until=2026-03-01") == ["A emporté un fichier", "A cherché une personne"]
    assert actions("from=28/02/2026&until=28/02/2026") == ["A cherché une personne"]
    assert actions("action=invented&account=x&from=yesterday&until=2026-02-30") == every
    page = text_of(desk.get("/staff/audit?action=file_read"))
    assert "Personne n° 1" in page
    assert "Personne administrator" in page


def test_taking_the_log_away_is_written_into_it(desk: Desk) -> None:
    note(desk, AuditAction.SIGNED_IN)
    first, second = rows(desk, ""), rows(desk, "")
    assert [row[1] for row in first] == ["S’est connecté"]
    assert [(row[1], row[6]) for row in second] == [("A emporté un fichier", "1"), ("S’est connecté", "")]


def test_pages_hold_every_row_once_the_newest_first(organised: Database) -> None:
    for number in range(23):
        note_access(organised, AuditAction.SEARCHED, now=NOW, count=number)
    with organised.reading() as db:
        pages = [audit_page(db, AuditChoice(), part=Part(number, 10)) for number in (1, 2, 3)]
    assert [line.count for page in pages for line in page.rows] == list(range(22, -1, -1))
    assert {page.count for page in pages} == {23}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_read_it(organised: Database, role: Role) -> None:
    desk = Desk(organised, role)
    assert desk.get("/staff/audit").status_code == 403
    assert desk.get("/staff/audit?as=csv").status_code == 403


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-12-31"])
def test_day_that_no_clock_of_ours_has_seen_narrows_nothing(desk: Desk, day: str) -> None:
    note(desk, AuditAction.SIGNED_IN)
    assert len(rows(desk, f"from={day}&until={day}")) == 1
