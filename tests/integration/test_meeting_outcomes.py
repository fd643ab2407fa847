"""What came of interviews: said by the employer one by one, contracts with it, and the number of interviews apart."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.fair.interviews import record_interview, take_back_interview
from alpes_events.fair.meetings import Interview, MeetingOutcome
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import InterviewHasOutcome, UnknownInterview
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hires import BadHire, HireDraft
from alpes_events.hiring.meeting_outcomes import (
    BadOutcome,
    OutcomesNotYet,
    clear_outcome,
    note_outcome,
    say_interviews,
)
from alpes_events.hiring.stand_meetings import interviews_of_stand
from alpes_events.privacy.erasure import erase_person
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.hiring_figures import hiring_figures
from alpes_events.statistics.periods import Period
from tests.support.meetings import ON_THE_DAY, a_fair, candidate_of, comes, wishes
from tests.support.stories import NOW, STARTS_AT

AFTER = STARTS_AT + timedelta(days=2)
CDI = HireDraft(ContractKind.CDI, date(2026, 3, 16), date(2026, 3, 23))


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def held(db: Session, registration_id: int, stand: int, minutes: int = 0) -> int:
    when = ON_THE_DAY + timedelta(minutes=minutes)
    return record_interview(db, registration_id, stand, held_at=when, now=AFTER, account_id=None)


def says(db: Session, interview_id: int, outcome: MeetingOutcome, stand: int, hire: HireDraft | None = None) -> None:
    note_outcome(db, interview_id, outcome, exhibitor_id=stand, hire=hire, now=AFTER, account_id=None)


def hired(db: Session) -> int | None:
    figures = {one.indicator: one.value for one in hiring_figures(db, Period("2026")) if one.cut is Cut.ALL}
    return figures["hires"]


def test_hired_is_a_contract_of_that_person_and_company_and_is_counted(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    says(db, held(db, me, stand), MeetingOutcome.HIRED, stand, CDI)
    row = db.exec(select(Hire)).one()
    company_id = db.get_one(Exhibitor, stand).company_id
    assert (row.candidate_id, row.company_id, row.exhibitor_id) == (candidate_of(db, me), company_id, stand)
    assert hired(db) == 1


def test_later_word_replaces_the_first_with_its_contract(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    interview = held(db, comes(db, event_id, 1), stand)
    says(db, interview, MeetingOutcome.HIRED, stand, CDI)
    says(db, interview, MeetingOutcome.HIRED, stand, CDI)
    says(db, interview, MeetingOutcome.NO, stand)
    assert [row.withdrawn_at for row in db.exec(select(Hire))] == [AFTER, AFTER]
    assert db.get_one(Interview, interview).outcome is MeetingOutcome.NO
    assert hired(db) == 0


def test_what_was_said_by_mistake_is_unknown_again_not_no(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    interview = held(db, comes(db, event_id, 1), stand)
    says(db, interview, MeetingOutcome.HIRED, stand, CDI)
    with pytest.raises(InterviewHasOutcome):
        take_back_interview(db, interview, now=AFTER, account_id=None)
    clear_outcome(db, interview, exhibitor_id=stand, now=AFTER, account_id=None)
    assert db.get_one(Interview, interview).outcome is None
    take_back_interview(db, interview, now=AFTER, account_id=None)
    db.flush()
    db.expire_all()
    assert (db.exec(select(Interview)).all(), [row.interview_id for row in db.exec(select(Hire))]) == ([], [None])


def test_hired_needs_a_contract_and_nothing_else_has_one(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    interview = held(db, comes(db, event_id, 1), stand)
    with pytest.raises(BadOutcome):
        says(db, interview, MeetingOutcome.HIRED, stand)
    with pytest.raises(BadOutcome):
        says(db, interview, MeetingOutcome.NO, stand, CDI)
    with pytest.raises(BadHire):
        says(
            db, interview, MeetingOutcome.HIRED, stand, HireDraft(ContractKind.CDI, NOW.date(), NOW.date(), NOW.date())
        )


def test_interview_of_another_stand_does_not_exist(db: Session) -> None:
    event_id, (stand, other) = a_fair(db, "Filature", "Boulangerie")
    interview = held(db, comes(db, event_id, 1), stand)
    with pytest.raises(UnknownInterview):
        says(db, interview, MeetingOutcome.NO, other)
    with pytest.raises(UnknownInterview):
        clear_outcome(db, interview, exhibitor_id=other, now=AFTER, account_id=None)


def test_contract_of_somebody_erased_has_no_name_and_counts(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    interview = held(db, me, stand)
    erase_person(db, candidate_of(db, me), now=AFTER)
    says(db, interview, MeetingOutcome.HIRED, stand, CDI)
    assert [row.candidate_id for row in db.exec(select(Hire))] == [None]
    assert hired(db) == 1


def test_names_stand_beside_interviews_only_while_the_person_agrees(db: Session) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    agrees, silent = comes(db, event_id, 1), comes(db, event_id, 2)
    wishes(db, agrees, (stand, True))
    wishes(db, silent, stand)
    held(db, agrees, stand)
    held(db, silent, stand, minutes=10)

    def names(*, with_names: bool = True) -> list[str]:
        return [one.name for one in interviews_of_stand(db, stand, with_names=with_names)]

    assert names() == ["Prénomb Nomb", ""]
    assert names(with_names=False) == ["", ""]
    wishes(db, agrees, stand)
    assert names() == ["", ""]


def said(db: Session, stand: int) -> int | None:
    return db.exec(select(Exhibitor.said_interview_count).where(Exhibitor.id == stand)).one()


def test_number_of_interviews_is_unknown_until_said_and_may_be_none(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    assert said(db, stand) is None
    with pytest.raises(OutcomesNotYet):
        say_interviews(db, stand, 3, now=NOW, account_id=None)
    say_interviews(db, stand, 0, now=AFTER, account_id=None)
    assert said(db, stand) == 0
    say_interviews(db, stand, None, now=AFTER, account_id=None)
    assert said(db, stand) is None
    with pytest.raises(BadOutcome):
        say_interviews(db, stand, 1001, now=AFTER, account_id=None)
    assert db.exec(select(Interview).where(col(Interview.exhibitor_id) == stand)).all() == []
