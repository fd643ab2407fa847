"""Figures of hiring are those of the rows, act by act: unknown is not zero, persons and contracts stand apart."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.hiring.codes import ContractKind, TrainingKind
from alpes_events.hiring.hires import HireDraft, count_hires, hire_person, withdraw_hire
from alpes_events.hiring.operations import OperationDraft, SessionCount, add_operation, add_session
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.statistics.compilation import compile_all, compile_touched
from alpes_events.statistics.cuts import NO, YES, Cut
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import Figures, compiled
from tests.support.hiring import a_company, an_offer
from tests.support.stories import NOW, somebody

TODAY = date(2026, 3, 2)
CDI = HireDraft(ContractKind.CDI, TODAY, TODAY)


def figures(db: Session, key: str = "2026") -> Figures:
    found = compiled(db, Period(key))
    assert found is not None
    return found


def an_operation(db: Session) -> int:
    return add_operation(db, OperationDraft(a_company(db), "Ouverture", TODAY), now=NOW, account_id=None)


def test_offers_are_counted_once_on_the_day_of_their_publication(organised: Database) -> None:
    with organised.writing() as db:
        an_offer(db, place_count=3)
        an_offer(db, insee_code="59350", contract=ContractKind.CDD)
        an_offer(db, now=NOW + timedelta(days=40))
        compile_all(db, now=NOW + timedelta(days=50))
        year, march = figures(db), figures(db, "2026-03")
        assert (year.value("offers_published"), march.value("offers_published")) == (3, 2)
        assert year.value("offers_published", Cut.TERRITORY, YES) == 2
        assert year.value("offers_published", Cut.CONTRACT, "cdi") == 2
        assert year.value("offered_places") == 5


def test_persons_and_contracts_stand_apart(organised: Database) -> None:
    with organised.writing() as db:
        operation_id = an_operation(db)
        who = find_or_create_candidate(db, somebody(1), now=NOW)
        week = HireDraft(ContractKind.TEMPORARY, TODAY, TODAY, TODAY + timedelta(days=5))
        for _ in range(3):
            hire_person(db, who, week, operation_id=operation_id, now=NOW, account_id=None)
        wrong = hire_person(db, who, CDI, operation_id=operation_id, now=NOW, account_id=None)
        withdraw_hire(db, wrong, now=NOW, account_id=None)
        trained = HireDraft(ContractKind.CDI, TODAY, TODAY, training=TrainingKind.POEC)
        count_hires(db, operation_id, trained, count=4, in_territory=True, now=NOW, account_id=None)
        compile_all(db, now=NOW)
        year = figures(db)
        assert (year.value("hires"), year.value("hired_persons"), year.value("trained_hires")) == (7, 1, 4)
        assert year.value("hires", Cut.CONTRACT, "temporary") == 3
        assert year.value("hires", Cut.TERRITORY, YES) == 4


def test_persons_behind_contracts_without_names_are_unknown_not_zero(organised: Database) -> None:
    with organised.writing() as db:
        count_hires(db, an_operation(db), CDI, count=4, in_territory=None, now=NOW, account_id=None)
        compile_all(db, now=NOW)
        assert (figures(db).value("hires"), figures(db).value("hired_persons")) == (4, None)


def test_session_that_nobody_counted_is_not_zero(organised: Database) -> None:
    with organised.writing() as db:
        operation_id = an_operation(db)
        add_session(db, operation_id, SessionCount(TODAY), now=NOW, account_id=None)
        compile_all(db, now=NOW)
        unknown = figures(db)
        assert (unknown.value("recruitment_sessions"), unknown.value("session_candidates")) == (1, None)
        add_session(db, operation_id, SessionCount(TODAY, 8, 5), now=NOW, account_id=None)
        compile_touched(db, now=NOW)
        known = figures(db)
        assert (known.value("recruitment_sessions"), known.value("session_candidates")) == (2, 8)
        assert known.value("session_candidates", Cut.TERRITORY, NO) == 3
        figure = known.figure("session_candidates")
        assert figure is not None
        assert (figure.known_count, figure.event_count) == (1, 2)


@given(
    st.lists(
        st.tuples(st.sampled_from(ContractKind), st.sampled_from([True, False, None]), st.integers(1, 4)), max_size=6
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
def test_parts_of_the_contracts_add_up_to_the_whole(
    organised: Database, signed: list[tuple[ContractKind, bool | None, int]]
) -> None:
    with organised.writing() as db:
        operation_id = an_operation(db)
        for contract, inside, count in signed:
            draft = HireDraft(contract, TODAY, TODAY)
            count_hires(db, operation_id, draft, count=count, in_territory=inside, now=NOW, account_id=None)
        compile_all(db, now=NOW)
        year = figures(db)
        for cut in (Cut.CONTRACT, Cut.TERRITORY):
            parts = [figure.value or 0 for figure in year.parts("hires", cut)]
            assert sum(parts) == year.value("hires") == sum(count for _, _, count in signed)
        db.rollback()
