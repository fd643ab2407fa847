"""Wherever it is read, somebody's eligibility on a contract ends on the same day, whatever changed since the hire."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from alpes_events.clause.declaring.roster import employed_by_ids
from alpes_events.clause.eligibility.first_hires import eligibility_ends, eligibility_until
from alpes_events.clause.eligibility.lapses import Lapsing, lapses
from alpes_events.clause.eligibility.people_list import ClauseChoice, clause_people
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.people.models import Candidate, Role
from tests.support.clause import Site, a_site, employs
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

FIRST, SECOND = date(2026, 1, 1), date(2026, 2, 1)


def hired_twice(db: Session) -> tuple[Site, int, int]:
    """Somebody hired on the contract in January, and again in February under another record of theirs."""
    site = a_site(db)
    first, second = employs(db, site, 1), employs(db, site, 2)
    db.get_one(EmploymentContract, second).starts_on = SECOND
    db.flush()
    return site, first, second


def ends_read(db: Session, site: Site, employment_id: int) -> set[date]:
    """The end as every place reads it."""
    row = db.get_one(EmploymentContract, employment_id)
    person = db.get_one(Candidate, row.candidate_id).merged_into or row.candidate_id
    until = eligibility_until(db, row)
    listed = clause_people(db, ClauseChoice(), today=NOW.date(), part=Part(1, 50))
    opened = next(one.open_to for one in listed.rows if one.candidate_id == person)
    announced = lapses(db, today=until - timedelta(days=1), within=1)
    return {
        until,
        eligibility_ends(db, [site.contract_id])[person, site.contract_id],
        *(one.until for one in opened if one.until is not None),
        *(one.until for one in announced if one.kind is Lapsing.ELIGIBILITY),
        employed_by_ids(db, [employment_id])[employment_id].ground.eligible_until or date.max,
    }


@pytest.mark.parametrize("change", ["none", "terms", "withdrawn", "merged", "corrected"])
def test_every_place_reads_the_same_end(organised: Database, change: str) -> None:
    with organised.writing() as db:
        site, first, second = hired_twice(db)
        one, other = (db.get_one(EmploymentContract, each) for each in (first, second))
        if change == "terms":
            db.get_one(PublicContract, site.contract_id).eligibility_months = 12
        elif change == "withdrawn":
            db.get_one(Candidate, other.candidate_id).merged_into = one.candidate_id
            one.withdrawn_at = NOW
        elif change == "merged":
            db.get_one(Candidate, other.candidate_id).merged_into = one.candidate_id
        elif change == "corrected":
            other.starts_on = date(2026, 2, 15)
        db.flush()
        ends = ends_read(db, site, second)
        db.rollback()
    assert ends == {
        {
            "none": date(2028, 2, 1),
            "terms": date(2027, 2, 1),
            "withdrawn": date(2028, 2, 1),
            "merged": date(2028, 1, 1),
            "corrected": date(2028, 2, 15),
        }[change]
    }


def test_pages_say_the_last_day(organised: Database) -> None:
    with organised.writing() as db:
        site, first, _second = hired_twice(db)
        person = db.get_one(EmploymentContract, first).candidate_id
        db.get_one(PublicContract, site.contract_id).eligibility_months = 12
        db.commit()
    desk = Desk(organised, Role.FACILITATOR)
    for address in (
        f"/staff/clause/employments/{first}",
        "/staff/clause/people",
        f"/staff/clause/people/{person}?contract={site.contract_id}&on=2026-03-02",
    ):
        assert "31 décembre 2026" in text_of(desk.get(address)), address
