"""The month of the desk: every event on its day, drafts and what was called off too, as the address filters them."""

import re
from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from alpes_events.agenda.commands import create_event
from alpes_events.agenda.models import Event, EventKind
from alpes_events.attendance.release import call_off_event
from alpes_events.attendance.taken_back import discard_draft
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.forms import form_of
from tests.support.staff import Desk
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up
from tests.support.web import text_of

MONTH = "/staff/events/month?month=2026-03"


def a_month(database: Database) -> None:
    with database.writing() as db:
        signs_up(db, an_event(db, title="Au programme", capacity=4), 0)
        an_event(db, title="Un atelier", kind=EventKind.WORKSHOP)
        off = an_event(db, title="Tombé à l’eau")
        call_off_event(db, off, reason="Orage", now=NOW, account_id=None)
        create_event(db, replace(DRAFT, title="À préparer"), capacity=2, now=NOW, account_id=None)
        thrown = create_event(db, replace(DRAFT, title="Jeté"), capacity=2, now=NOW, account_id=None)
        discard_draft(db, thrown, now=NOW, account_id=None)
        long = replace(DRAFT, title="Dix jours", starts_at=STARTS_AT - timedelta(days=14), ends_at=STARTS_AT)
        create_event(db, long, capacity=None, now=NOW, account_id=None)
        db.commit()


def test_month_shows_each_event_with_its_places_and_state(organised: Database) -> None:
    a_month(organised)
    page = text_of(Desk(organised).get(MONTH))
    for words in (
        "Au programme",
        "1/4",
        "Un atelier",
        "Tombé à l’eau",
        "Annulé",
        "À préparer",
        "Brouillon",
        "Dix jours",
    ):
        assert words in page
    assert "Jeté" not in page
    assert "Au programme" not in text_of(Desk(organised).get("/staff/events/month?month=2026-04"))


def test_event_of_several_days_stands_on_each_of_them(organised: Database) -> None:
    a_month(organised)
    grid = Desk(organised).get(MONTH).get_data(as_text=True).split("cal-list")[0]
    assert grid.count("Dix jours") == 15


def test_filters_stay_in_the_address_of_the_neighbours_and_of_the_list(organised: Database) -> None:
    a_month(organised)
    page = Desk(organised).get(f"{MONTH}&kind=workshop&q=atelier").get_data(as_text=True)
    assert "Un atelier" in page
    assert "Au programme" not in page
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/staff/events[^"]*)"', page)}
    assert {
        "/staff/events/month?month=2026-02&kind=workshop&q=atelier",
        "/staff/events/month?month=2026-04&kind=workshop&q=atelier",
        "/staff/events?kind=workshop&q=atelier",
    } <= links


def test_day_of_the_month_begins_a_draft_on_it(organised: Database) -> None:
    page = Desk(organised).get("/staff/events/new?day=2026-03-19").get_data(as_text=True)
    assert form_of(page, holding="title")["starts_on"] == "2026-03-19"
    assert 'href="/staff/events/new?day=2026-03-19"' in Desk(organised).get(MONTH).get_data(as_text=True)


def test_advisor_sees_no_draft_and_makes_none(organised: Database) -> None:
    a_month(organised)
    page = Desk(organised, Role.ADVISOR).get(MONTH)
    assert "À préparer" not in text_of(page)
    assert "/staff/events/new" not in page.get_data(as_text=True)


def test_month_that_does_not_exist_is_the_present_one(organised: Database) -> None:
    assert "Événements de mars 2026" in text_of(Desk(organised).get("/staff/events/month?month=2026-13"))


def test_repetition_leaves_public_holidays_out_and_names_them_unless_they_are_wanted(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(
            db, starts_at=STARTS_AT - timedelta(days=3), ends_at=STARTS_AT - timedelta(days=3, hours=-3)
        )
        db.commit()
    desk, path = Desk(organised), f"/staff/events/{event_id}/repeat"
    typed = {"every_weeks": "4", "until_on": "2026-06-01"}
    page = text_of(desk.fill(path, "every_weeks", **typed))
    assert "2 dates" in page
    assert "1 jour férié laissé de côté" in page
    assert "Lundi 6 avril 2026, lundi de Pâques" in page
    assert "3 dates" in text_of(desk.fill(path, "every_weeks", **typed, on_holidays="y"))
    assert desk.fill(path, "every_weeks", **typed, seen="yes").status_code == 303
    with organised.reading() as db:
        days = db.exec(select(Event.starts_at).where(Event.id != event_id).order_by(col(Event.starts_at))).all()
    assert [f"{at:%d/%m}" for at in days] == ["04/05", "01/06"]
