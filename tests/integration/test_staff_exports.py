"""Staff tables taken away: the file has the rows that the page shows, on all its pages, and who took it is written."""

import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import col, select
from werkzeug.test import TestResponse

from alpes_events.agenda.models import EventKind
from alpes_events.database.engine import Database
from alpes_events.people.models import AccessAudit, Role
from tests.support.staff import Desk
from tests.support.stories import an_event, signs_up
from tests.support.town import build_town

MANY = 35
TABLES = ("/staff/events", "/staff/people", "/staff/calls", "/staff/merges", "/staff/messages")


def rows(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.mimetype == "text/csv", answer.status
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def audited(database: Database) -> list[tuple[int | None, str | None, int | None, int | None]]:
    with database.reading() as db:
        found = db.exec(select(AccessAudit).where(AccessAudit.action == "exported").order_by(col(AccessAudit.id))).all()
    return [(row.account_id, row.subject_kind, row.subject_id, row.count) for row in found]


def a_year(database: Database) -> None:
    with database.writing() as db:
        for number in range(MANY):
            kind = EventKind.FORUM if number % 5 else EventKind.WORKSHOP
            an_event(db, title=f"Rendez-vous {number:02d}", kind=kind)
        db.commit()


def test_file_holds_the_rows_of_every_page_in_their_order(organised: Database) -> None:
    a_year(organised)
    desk = Desk(organised)
    titles = [row["Titre"] for row in rows(desk.get("/staff/events?sort=title&dir=desc&as=csv"))]
    assert titles == [f"Rendez-vous {number:02d}" for number in reversed(range(MANY))]


def test_page_of_the_address_does_not_shorten_the_file(organised: Database) -> None:
    a_year(organised)
    assert len(rows(Desk(organised).get("/staff/events?page=2&as=csv"))) == MANY


def test_file_honours_the_filters_and_the_search_of_the_page(organised: Database) -> None:
    a_year(organised)
    desk = Desk(organised)
    assert len(rows(desk.get("/staff/events?kind=workshop&as=csv"))) == MANY // 5
    assert [row["Titre"] for row in rows(desk.get("/staff/events?q=vous+07&as=csv"))] == ["Rendez-vous 07"]
    assert rows(desk.get("/staff/events?show=draft&as=csv")) == []


def test_foot_of_a_table_leads_to_the_file_of_what_is_shown(organised: Database) -> None:
    a_year(organised)
    desk = Desk(organised)
    page = desk.get("/staff/events?kind=workshop&sort=title&page=1").get_data(as_text=True)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*as=csv[^"]*)"', page)]
    assert [len(rows(desk.get(link))) for link in links] == [MANY // 5]


def test_file_of_events_holds_nobody_and_is_not_in_the_audit(organised: Database) -> None:
    a_year(organised)
    rows(Desk(organised).get("/staff/events?as=csv"))
    assert audited(organised) == []


@pytest.mark.parametrize("path", TABLES)
def test_workbook_says_the_same_as_the_csv(organised: Database, path: str) -> None:
    build_town(organised)
    desk = Desk(organised)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(desk.get(f"{path}?as=xlsx").get_data()))
    book = workbook.get_sheet_by_index(0).to_python()
    first, *rest = csv.reader(io.StringIO(desk.get(f"{path}?as=csv").get_data().decode("utf-8-sig")), delimiter=";")
    assert [str(cell) for cell in book[0]] == first
    assert len(book) - 1 == len(rest)


def test_file_of_people_is_in_the_audit_with_how_many_and_of_which_event(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=MANY)
        for number in range(MANY + 2):
            signs_up(db, event_id, number)
        db.commit()
    desk = Desk(organised)
    everyone = rows(desk.get("/staff/people?as=csv"))
    signed_up = rows(desk.get(f"/staff/events/{event_id}/people?as=csv"))
    waiting = rows(desk.get(f"/staff/events/{event_id}/people?group=waiting&as=csv"))
    assert (len(everyone), len(signed_up), len(waiting)) == (MANY + 2, MANY + 2, 2)
    assert {row["Inscription par"] for row in signed_up} == {"En ligne"}
    assert audited(organised) == [
        (desk.account_id, None, None, MANY + 2),
        (desk.account_id, "event", event_id, MANY + 2),
        (desk.account_id, "event", event_id, 2),
    ]


def test_people_of_a_search_alone_are_taken_away(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=MANY)
        for number in range(3):
            signs_up(db, event_id, number)
        db.commit()
    desk = Desk(organised)
    name = rows(desk.get("/staff/people?as=csv"))[1]["Nom"]
    assert [row["Nom"] for row in rows(desk.get(f"/staff/people?q={name}&as=csv"))] == [name]
    assert [row["Nom"] for row in rows(desk.get(f"/staff/events/{event_id}/people?q={name}&as=csv"))] == [name]


def test_advisor_gets_the_page_and_no_file_of_people(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        db.commit()
    answer = Desk(organised, Role.ADVISOR).get(f"/staff/events/{event_id}/people?as=csv")
    assert answer.mimetype == "text/html"
    assert audited(organised) == []


def test_form_that_is_not_known_is_the_page(organised: Database) -> None:
    assert Desk(organised).get("/staff/events?as=exe").mimetype == "text/html"


def test_messages_of_one_event_are_in_the_audit_with_their_event(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        db.commit()
    desk = Desk(organised)
    for path in (f"/staff/messages?event={event_id}&as=csv", f"/staff/events/{event_id}/messages?as=csv"):
        assert desk.get(path).mimetype == "text/csv"
    desk.get("/staff/messages?as=csv")
    of_the_event = (desk.account_id, "event", event_id, 0)
    assert audited(organised) == [of_the_event, of_the_event, (desk.account_id, None, None, 0)]


@pytest.mark.parametrize(
    ("year", "status"), [("1989", 422), ("1990", 303), ("2100", 303), ("2101", 422), ("9999", 422)]
)
def test_year_that_no_event_has_is_refused_with_a_sentence(organised: Database, year: str, status: int) -> None:
    assert Desk(organised).fill("/staff/exports", "what", what="sign_ups", year=year).status_code == status
