"""Companies made aware: noted on a company's page, counted once a year whatever was said, and taken back."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.companies.awareness import (
    AwarenessAhead,
    UnknownAwareness,
    awareness_of,
    note_awareness,
    withdraw_awareness,
)
from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.companies.merging import merge_by_hand
from alpes_events.database.engine import Database
from alpes_events.statistics.cuts import NO, YES, Cut
from alpes_events.statistics.hiring_behind import hiring_rows_behind
from alpes_events.statistics.hiring_figures import hiring_figures
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.periods import Period
from tests.support.employers import LAMBERSART, a_company
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

TODAY = NOW.date()
YEAR = Period(f"{TODAY:%Y}")
ABROAD = type(LAMBERSART)(commune_name="Mouscron")
(INDICATOR,) = [one for one in HIRING_INDICATORS if one.id == "companies_made_aware"]


def aware(db: Session, company_id: int, day: date = TODAY, subject: str = "work_study") -> int:
    return note_awareness(db, company_id, AwarenessSubject(subject), day, today=TODAY, now=NOW, account_id=None)


def counted(db: Session) -> dict[tuple[Cut, str], int | None]:
    found = {(one.cut, one.part): one.value for one in hiring_figures(db, YEAR) if one.indicator == INDICATOR.id}
    for (cut, part), value in found.items():
        behind = hiring_rows_behind(db, INDICATOR, YEAR, cut=cut, part=part, first=0, limit=50)
        assert (behind.value, len(behind.rows)) == (value, value)
    return {key: value for key, value in found.items() if value}


def test_company_counts_once_in_the_year_whatever_was_said_and_merged_records_are_one(organised: Database) -> None:
    with organised.writing() as db:
        ids = [a_company(db, "Atelier du Nord"), a_company(db, "Menuiserie", ABROAD), a_company(db, "Filature")]
        for company_id in (*ids, ids[0]):
            aware(db, company_id)
        aware(db, ids[0], subject="clause")
        aware(db, ids[1], TODAY - timedelta(days=400))
        assert counted(db) == {(Cut.ALL, ""): 3, (Cut.TERRITORY, YES): 2, (Cut.TERRITORY, NO): 1}
        merge_by_hand(db, ids[0], ids[2], now=NOW, account_id=None)
        assert counted(db)[Cut.ALL, ""] == 2


def test_note_that_is_taken_back_counts_no_more_and_only_its_company_takes_it_back(organised: Database) -> None:
    with organised.writing() as db:
        company_id, other = a_company(db, "Atelier du Nord"), a_company(db, "Filature")
        noted = aware(db, company_id)
        assert aware(db, company_id) == noted, "the same note again is the same"
        with pytest.raises(UnknownAwareness):
            withdraw_awareness(db, noted, company_ids=[other], now=NOW, account_id=None)
        with pytest.raises(AwarenessAhead):
            aware(db, company_id, TODAY + timedelta(days=1))
        assert [one.id for one in awareness_of(db, [company_id])] == [noted]
        withdraw_awareness(db, noted, company_ids=[company_id], now=NOW, account_id=None)
        with pytest.raises(UnknownAwareness):
            withdraw_awareness(db, noted, company_ids=[company_id], now=NOW, account_id=None)
        assert (awareness_of(db, [company_id]), counted(db)) == ((), {})


def test_coordinator_notes_a_talk_on_the_company_s_page(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db, "Atelier du Nord")
        db.commit()
    desk, home = Desk(organised), f"/staff/companies/{company_id}"
    form = f"{home}/awareness/new"
    late = desk.press(form, form, subject="disability", held_on=(TODAY + timedelta(days=2)).isoformat())
    assert (late.status_code, "n’est pas encore venu" in text_of(late)) == (422, True)
    assert desk.press(form, form, subject="disability", held_on=TODAY.isoformat()).status_code == 303
    page = text_of(desk.get(home))
    assert ("Emploi et handicap" in page, "Sensibilisation notée" in page) == (True, True)
    with organised.reading() as db:
        (row,) = db.exec(select(CompanyAwareness)).all()
        assert (row.subject, row.in_territory, row.held_on) == (AwarenessSubject.DISABILITY, True, TODAY)
    assert desk.press(f"{home}/awareness/{row.id}/withdraw", home).status_code == 303
    assert "Emploi et handicap" not in text_of(desk.get(home))
