"""Employment contracts under the clause: assessed, planned, set right, followed."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.people_refusals import NotEstablished
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.employment.employing import EmploymentDraft, withdraw_employment
from alpes_events.clause.employment.employment_changes import EmploymentTerms, revise_employment
from alpes_events.clause.employment.engaging import engage, plan_months
from alpes_events.clause.employment.following import ToAsk, note_situation, to_ask
from alpes_events.clause.employment.overlapping import RunsBeside
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.employment_rows import (
    DisabilityCriterion,
    EmploymentContract,
    FollowedSituation,
    LaterSituation,
)
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.proof_rows import HEALTH, EligibilityAssessment, Eligible
from alpes_events.database.engine import Database
from alpes_events.occupations.models import Occupation
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from tests.support.clause import FEBRUARY, JANUARY, MARCH, STARTS_ON, Site, a_site, works
from tests.support.stories import NOW, somebody

TODAY = NOW.date()


def drafted(db: Session, site: Site, number: int = 1, **more: object) -> EmploymentDraft:
    who = find_or_create_candidate(db, somebody(number), now=NOW)
    draft = EmploymentDraft(who, site.lot_id, site.company_id, date(2026, 1, 15), ends_on=date(2026, 3, 14))
    return replace(draft, **more)  # type: ignore[arg-type]


def engaged(db: Session, draft: EmploymentDraft, *, confirmed: bool = True, beside: bool = False) -> int:
    return engage(db, draft, confirmed=confirmed, beside=beside, now=NOW, account_id=None)


def proves(db: Session, candidate_id: int, code: str, issued_on: date) -> None:
    note_proof(db, candidate_id, ProofDraft(code, issued_on), today=TODAY, now=NOW, account_id=None)


def planned(db: Session, employment_id: int) -> dict[date, int]:
    found = balances_by_month(db, [employment_id], HourAccount.PLANNED)
    return {month: minutes for (_employment, month), minutes in found.items()}


def test_contract_rests_on_the_assessment_of_its_first_day(organised: Database) -> None:
    with organised.writing() as db:
        draft = drafted(db, a_site(db))
        proves(db, draft.candidate_id, "RSA", date(2026, 1, 2))
        row = db.get_one(EmploymentContract, engaged(db, draft, confirmed=False))
        assessed = db.get_one(EligibilityAssessment, row.assessment_id)
        assert (row.criterion_code, row.eligible_until) == ("RSA", date(2028, 1, 15))
        assert (assessed.answer, assessed.assessed_on) == (Eligible.YES, date(2026, 1, 15))


def test_contract_of_somebody_not_eligible_is_noted_only_when_confirmed(organised: Database) -> None:
    with organised.writing() as db:
        draft = drafted(db, a_site(db))
        with pytest.raises(NotEstablished):
            engaged(db, draft, confirmed=False)
        assert db.exec(select(EmploymentContract)).all() == []
        row = db.get_one(EmploymentContract, engaged(db, draft))
        assert row.criterion_code is None
        assert db.get_one(EligibilityAssessment, row.assessment_id).answer is Eligible.UNKNOWN
        with pytest.raises(BadClause):
            engaged(db, draft)


def test_public_that_tells_of_health_stands_apart_on_the_contract(organised: Database) -> None:
    with organised.writing() as db:
        draft = drafted(db, a_site(db))
        proves(db, draft.candidate_id, "OETH", date(2025, 1, 2))
        employment_id = engaged(db, draft, confirmed=False)
        assert db.get_one(EmploymentContract, employment_id).criterion_code == HEALTH
        assert db.get_one(DisabilityCriterion, employment_id).code == "OETH"


def test_planned_hours_are_spread_over_the_months_and_may_be_set_by_month(organised: Database) -> None:
    with organised.writing() as db:
        employment_id = engaged(db, drafted(db, a_site(db), planned_minutes=59 * 60))
        assert planned(db, employment_id) == {JANUARY: 17 * 60, FEBRUARY: 28 * 60, MARCH: 14 * 60}
        plan_months(db, employment_id, {JANUARY: 600, MARCH: 60}, now=NOW, account_id=None)
        assert planned(db, employment_id) == {JANUARY: 600, MARCH: 60}
        assert db.get_one(EmploymentContract, employment_id).planned_minutes == 660
        assert verify(db).findings == ()


def test_contract_that_ends_sooner_has_its_planned_hours_spread_anew(organised: Database) -> None:
    with organised.writing() as db:
        employment_id = engaged(db, drafted(db, a_site(db), planned_minutes=59 * 60))
        row = db.get_one(EmploymentContract, employment_id)
        sooner = EmploymentTerms(row.starts_on, row.ends_on, date(2026, 2, 13), row.mode)
        assert revise_employment(db, employment_id, sooner, now=NOW, account_id=None) == ("ended_on",)
        assert sum(planned(db, employment_id).values()) == 59 * 60
        assert set(planned(db, employment_id)) == {JANUARY, FEBRUARY}
        assert revise_employment(db, employment_id, sooner, now=NOW, account_id=None) == ()


def test_what_froze_on_the_first_day_stays_when_dates_change(organised: Database) -> None:
    with organised.writing() as db:
        draft = drafted(db, a_site(db))
        row = db.get_one(Candidate, draft.candidate_id)
        row.insee_code, row.commune_name = "59368", "La Madeleine"
        db.add(row)
        db.flush()
        employment_id = engaged(db, draft)
        row.insee_code, row.commune_name = "59350", "Lille"
        db.add(row)
        terms = EmploymentTerms(date(2026, 2, 1), date(2026, 5, 1))
        revise_employment(db, employment_id, terms, now=NOW, account_id=None)
        kept = db.get_one(EmploymentContract, employment_id)
        assert (kept.insee_code, kept.in_territory, kept.eligible_until) == ("59368", True, date(2028, 2, 1))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (EmploymentTerms(date(2026, 3, 1), date(2026, 3, 14)), "starts_on"),
        (EmploymentTerms(date(2026, 1, 15), date(2026, 1, 31)), "ends_on"),
        (EmploymentTerms(date(2026, 1, 15), date(2026, 1, 14)), "ends_on"),
        (EmploymentTerms(date(2025, 12, 31)), "starts_on"),
        (EmploymentTerms(date(2026, 1, 15), ended_on=date(2026, 1, 14)), "ended_on"),
        (EmploymentTerms(date(2026, 1, 15), weekly_minutes=49 * 60), "weekly_minutes"),
    ],
)
def test_dates_that_leave_declared_hours_outside_are_refused(
    organised: Database, terms: EmploymentTerms, field: str
) -> None:
    with organised.writing() as db:
        employment_id = engaged(db, drafted(db, a_site(db)))
        works(db, employment_id, 600, month=FEBRUARY)
        with pytest.raises(BadClause) as refused:
            revise_employment(db, employment_id, terms, now=NOW, account_id=None)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2026, 3, 14), None, True),
        (date(2026, 1, 1), date(2026, 1, 15), True),
        (date(2026, 3, 15), None, False),
        (date(2026, 1, 1), date(2026, 1, 14), False),
    ],
)
def test_contract_on_the_days_of_another_is_noted_only_when_the_person_has_both(
    organised: Database, first: date, last: date | None, overlaps: bool
) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        there_too = drafted(db, there, starts_on=first, ends_on=last)
        engaged(db, drafted(db, here))
        if overlaps:
            with pytest.raises(RunsBeside) as told:
                engaged(db, there_too)
            assert "École 1, 2026-01" in told.value.sentence.in_language("fr")
        assert engaged(db, there_too, beside=overlaps)


def test_people_are_to_be_asked_six_and_twelve_months_after_they_were_hired(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        draft = drafted(db, site, starts_on=STARTS_ON)
        first = engaged(db, draft)
        engaged(db, replace(draft, starts_on=date(2026, 2, 1)), beside=True)
        asked = ToAsk(draft.candidate_id, first, site.lot_id, site.company_id, 6, date(2026, 7, 1))
        assert to_ask(db, month=date(2026, 6, 30)) == []
        assert to_ask(db, month=date(2026, 7, 1)) == [asked]
        assert to_ask(db, month=date(2026, 12, 1)) == [asked]
        assert [one.months for one in to_ask(db, month=date(2027, 1, 1))] == [12]
        july = date(2026, 7, 10)
        note_situation(db, first, 6, LaterSituation.TRAINING, today=july, now=NOW, account_id=None)
        assert to_ask(db, month=july) == []
        note_situation(db, first, 6, None, today=july, now=NOW, account_id=None)
        assert to_ask(db, month=july) == [asked]
        with pytest.raises(BadClause):
            note_situation(db, first, 12, LaterSituation.TRAINING, today=july, now=NOW, account_id=None)
        assert db.exec(select(FollowedSituation).order_by(col(FollowedSituation.months))).all() == []


def test_contract_noted_by_mistake_is_taken_back_with_its_planned_hours_but_not_with_declared_ones(
    organised: Database,
) -> None:
    with organised.writing() as db:
        site = a_site(db)
        one, other = (engaged(db, drafted(db, site, number, planned_minutes=600)) for number in (1, 2))
        works(db, other, 60, account=HourAccount.DECLARED)
        withdraw_employment(db, one, now=NOW, account_id=None)
        assert planned(db, one) == {}
        with pytest.raises(BadClause):
            withdraw_employment(db, other, now=NOW, account_id=None)
        withdrawn = [db.get_one(EmploymentContract, number).withdrawn_at for number in (one, other)]
        assert (withdrawn, verify(db).findings) == ([NOW, None], ())


def test_nobody_under_fourteen_is_engaged_and_a_job_has_a_code_that_exists(organised: Database) -> None:
    with organised.writing() as db:
        draft = drafted(db, a_site(db))
        db.get_one(Candidate, draft.candidate_id).birth_on = date(2012, 1, 16)
        with pytest.raises(BadClause) as refused:
            engaged(db, draft)
        assert (refused.value.field, "moins de 14 ans" in str(refused.value)) == ("starts_on", True)
        later = replace(draft, starts_on=date(2026, 1, 16), rome_code="F9999")
        db.add(Occupation(code="F1799", label="Maçonnerie", parent_code="F1799"))
        db.flush()
        with pytest.raises(BadClause) as refused:
            engaged(db, later)
        assert (refused.value.field, "F9999" in str(refused.value)) == ("rome_code", True)
        number = engaged(db, replace(later, rome_code="F1799"))
        with pytest.raises(BadClause, match="moins de 14 ans"):
            revise_employment(db, number, EmploymentTerms(date(2026, 1, 15)), now=NOW, account_id=None)
