"""The rows behind the figures of hiring give the figures, in every part; who reads figures only never sees them."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.companies.awareness import note_awareness
from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.database.engine import Database
from alpes_events.hiring.application_states import StepRefused
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.applying import the_application
from alpes_events.hiring.codes import ApplicationState, ContractKind, TrainingKind
from alpes_events.hiring.hires import HireDraft, count_hires, hire_applicant, hire_of, hire_person, withdraw_hire
from alpes_events.hiring.operations import OperationDraft, SessionCount, add_operation, add_session
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import Role
from alpes_events.statistics.compilation import compile_all
from alpes_events.statistics.hiring_behind import HiringBehind, hiring_rows_behind
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.periods import Period
from alpes_events.statistics.published import protected
from alpes_events.statistics.queries import compiled
from alpes_events.statistics.year_report import year_report
from tests.support.hiring import a_company, an_offer, applies
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.web import Browser, a_site, text_of

TODAY = date(2026, 3, 2)
CDI = HireDraft(ContractKind.CDI, TODAY, TODAY, training=TrainingKind.POEC)
WEEK = HireDraft(ContractKind.TEMPORARY, TODAY, TODAY, TODAY + timedelta(days=5))


def a_year(db: Session) -> None:
    """Offers, an operation with a session nobody counted, contracts with and without names, a person in two records."""
    offer_id = an_offer(db, place_count=3)
    an_offer(db, insee_code="59350", contract=ContractKind.CDD, contract_months=6)
    opening = OperationDraft(a_company(db), "Ouverture", TODAY, insee_code="59328")
    operation_id = add_operation(db, opening, now=NOW, account_id=None)
    add_session(db, operation_id, SessionCount(TODAY, 6, 5), now=NOW, account_id=None)
    add_session(db, operation_id, SessionCount(TODAY), now=NOW, account_id=None)
    count_hires(db, operation_id, CDI, count=4, in_territory=True, now=NOW, account_id=None)
    first, second = (find_or_create_candidate(db, somebody(number), now=NOW) for number in (1, 2))
    for who in (first, first, second):
        hire_person(db, who, WEEK, operation_id=operation_id, now=NOW, account_id=None)
    hire_applicant(db, applies(db, offer_id, 3), CDI, now=NOW, account_id=None)
    accept_merge(db, propose_pair(db, first, second, now=NOW), kept_id=first, now=NOW, account_id=None)


def behind(db: Session, indicator: str, period: str = "2026", **more: object) -> HiringBehind:
    wanted = next(one for one in HIRING_INDICATORS if one.id == indicator)
    return hiring_rows_behind(db, wanted, Period(period), first=0, limit=100, **more)  # type: ignore[arg-type]


def test_rows_behind_every_figure_give_the_figure(organised: Database) -> None:
    with organised.writing() as db:
        a_year(db)
        compile_all(db, now=NOW)
        for key in ("2026", "2026-03"):
            figures = compiled(db, Period(key))
            assert figures is not None
            of_hiring = [one for one in figures.rows if one.indicator in {each.id for each in HIRING_INDICATORS}]
            assert len(of_hiring) > 40
            for figure in of_hiring:
                opened = behind(db, figure.indicator, key, cut=figure.cut, part=figure.part)
                assert (opened.value, opened.differs) == (figure.value, False), figure
                assert sum(row.amount for row in opened.rows) == figure.value
        assert [row.amount for row in behind(db, "session_candidates").rows] == [6]
        assert (behind(db, "hires").value, behind(db, "hired_persons").value) == (8, 2)


def test_contract_taken_back_leaves_the_rows_and_the_page_says_that_they_differ(organised: Database) -> None:
    with organised.writing() as db:
        a_year(db)
        compile_all(db, now=NOW)
        hire = db.exec(select(Hire).where(Hire.candidate_id != None)).first()  # noqa: E711 (SQL)
        assert hire is not None
        withdraw_hire(db, hire.id or 0, now=NOW, account_id=None)
        opened = behind(db, "hires")
        assert (opened.value, opened.differs) == (7, True)


def test_only_contracts_without_names_leave_the_persons_unknown(organised: Database) -> None:
    with organised.writing() as db:
        operation_id = add_operation(db, OperationDraft(a_company(db), "Ouverture", TODAY), now=NOW, account_id=None)
        count_hires(db, operation_id, CDI, count=2, in_territory=None, now=NOW, account_id=None)
        add_session(db, operation_id, SessionCount(TODAY), now=NOW, account_id=None)
        assert (behind(db, "hired_persons").value, behind(db, "session_candidates").value) == (None, None)
        assert behind(db, "hires").value == 2


def test_published_year_tells_by_no_count_of_acts_what_it_hides(organised: Database) -> None:
    with organised.writing() as db:
        operation_id = add_operation(db, OperationDraft(a_company(db), "Ouverture", TODAY), now=NOW, account_id=None)
        count_hires(db, operation_id, CDI, count=3, in_territory=True, now=NOW, account_id=None)
        compile_all(db, now=NOW)
        report = protected(year_report(db, 2026), threshold=5)
    rows = [row for row in report.figures.rows if row.indicator in {"hires", "trained_hires", "hired_persons"}]
    assert len(rows) > 10
    assert {(row.value, row.known_count, row.event_count) for row in rows} <= {(None, 0, 0), (0, 0, 0)}


def test_coordinator_opens_the_rows_and_a_reader_the_definition_only(organised: Database) -> None:
    with organised.writing() as db:
        a_year(db)
        subject, day = AwarenessSubject.CLAUSE, NOW.date()
        note_awareness(db, 1, subject, day, today=day, now=NOW, account_id=None)
        compile_all(db, now=NOW)
        db.commit()
    desk, reader = Desk(organised), Browser(a_site(organised))
    reader.sign_in(Role.READER)
    year = desk.get("/staff/figures/2026").get_data(as_text=True)
    addresses = [f"/staff/figures/2026/{one.id}" for one in HIRING_INDICATORS]
    assert [address for address in addresses if address not in year] == []
    for address in addresses:
        assert "Les lignes derrière ce chiffre" in text_of(desk.get(address))
        told = text_of(reader.get(address))
        assert "Les lignes portent des noms" in told
        assert "Les lignes derrière ce chiffre" not in told
    assert "Nomd Prénomd" in text_of(desk.get("/staff/figures/2026/hires?cut=contract&part=cdi"))
    assert "Contrat connu sans nom" in text_of(desk.get("/staff/figures/2026-03/hires?cut=territory&part=yes"))
    assert "/staff/figures/2026/hires" not in reader.get("/staff/figures/2026").get_data(as_text=True)
    assert desk.get("/staff/figures/2026/hires?cut=sex&part=woman").status_code == 404


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(reports=st.lists(st.sampled_from(["hire", "withdraw"]), max_size=8))
def test_hire_of_an_application_counts_once_however_often_it_is_reported(
    organised: Database, reports: list[str]
) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        for report in reports:
            standing = hire_of(db, the_application(db, one))
            try:
                if report == "hire":
                    hire_applicant(db, one, CDI, now=NOW, account_id=None)
                    assert standing is None
                elif standing is not None:
                    withdraw_hire(db, standing.id or 0, now=NOW, account_id=None)
            except StepRefused:
                assert standing is not None
        hired = the_application(db, one).state is ApplicationState.HIRED
        assert behind(db, "hires").value == behind(db, "hired_persons").value == int(hired)
        db.rollback()
