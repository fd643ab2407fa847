"""Exhibitors are asked six weeks and six months after an event: once each, never who is forgotten; answers count."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.follow_up import FollowUp, FollowUpAnswer, FollowUpMoment
from alpes_events.hiring.follow_up_opening import open_by_hand
from alpes_events.hiring.follow_up_queries import AskedState, followed_stands
from alpes_events.hiring.following_up import Reply, ToldHire, answer_follow_up, put_off, reopen_follow_up
from alpes_events.hiring.hires import HireDraft
from alpes_events.hiring.refusals import FollowUpAnswered, FollowUpIsOver, NotPutOff
from alpes_events.language.refusal import Refusal
from alpes_events.messages.follow_ups import enqueue_follow_ups
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.relevance import still_due
from alpes_events.privacy.contacts import erase_contact_file
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.hiring_figures import hiring_figures
from alpes_events.statistics.periods import Period
from tests.support.databases import ENGINES, Templates
from tests.support.meetings import a_fair
from tests.support.stories import NOW, STARTS_AT, an_organisation

HELD_ON = STARTS_AT.date()
SIX_WEEKS, SIX_MONTHS = HELD_ON + timedelta(weeks=6), HELD_ON + timedelta(days=182)
CDI = HireDraft(ContractKind.CDI, date(2026, 4, 1), date(2026, 4, 6))
CDD = HireDraft(ContractKind.CDD, date(2026, 4, 2), date(2026, 4, 2), date(2026, 9, 30))


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=NOW.tzinfo)


def asks(db: Session, day: date) -> int:
    return enqueue_follow_ups(db, day=day, now=at(day))


def question(db: Session, exhibitor_id: int, moment: FollowUpMoment = FollowUpMoment.SIX_WEEKS) -> FollowUp:
    return db.exec(select(FollowUp).where(FollowUp.exhibitor_id == exhibitor_id, FollowUp.moment == moment)).one()


def asked_of(db: Session, exhibitor_id: int) -> list[str]:
    rows = db.exec(
        select(OutboxMessage.kind)
        .where(OutboxMessage.exhibitor_id == exhibitor_id, col(OutboxMessage.kind).startswith("follow_up"))
        .order_by(col(OutboxMessage.id))
    )
    return list(rows)


def to_be_sent(db: Session, day: date) -> list[int | None]:
    """The exhibitors whose question is worth sending as things are."""
    rows = db.exec(select(OutboxMessage).where(col(OutboxMessage.kind).startswith("follow_up")))
    return [row.exhibitor_id for row in rows if still_due(moment_of(db, row, now=at(day)))]


def test_exhibitor_is_asked_once_at_six_weeks_and_once_at_six_months(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    days = [HELD_ON + timedelta(days=number) for number in range(220)]
    found = {day: count for day in days if (count := asks(db, day))}
    assert found == {SIX_WEEKS: 1, SIX_MONTHS: 1}
    assert asked_of(db, stand) == ["follow_up_six_weeks", "follow_up_six_months"]


def test_question_is_asked_late_when_nobody_kept_time_and_not_of_an_old_event(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    assert asks(db, SIX_WEEKS + timedelta(days=13)) == 1
    assert asks(db, SIX_MONTHS + timedelta(days=14)) == 0
    assert asked_of(db, stand) == ["follow_up_six_weeks"]


def test_who_answered_is_asked_no_more_and_a_waiting_message_is_dropped(db: Session) -> None:
    _event, (stand, other) = a_fair(db, "Filature", "Boulangerie")
    assert asks(db, SIX_WEEKS) == 2
    answer_follow_up(db, question(db, stand).id or 0, Reply(), now=at(SIX_WEEKS))
    assert to_be_sent(db, SIX_WEEKS) == [other]


@pytest.mark.parametrize("end", ["withdraw", "erase", "call_off"])
def test_stand_that_did_not_come_and_contact_that_is_forgotten_are_not_asked(db: Session, end: str) -> None:
    event_id, (stand,) = a_fair(db, "Filature")
    if end == "withdraw":
        withdraw_stand(db, stand, by="staff", now=NOW, account_id=None)
    elif end == "erase":
        erase_contact_file(db, db.get_one(Exhibitor, stand).contact_id or 0, now=NOW, account_id=None)
    else:
        call_off_event(db, event_id, now=NOW, account_id=None)
    assert (asks(db, SIX_WEEKS), asked_of(db, stand)) == (0, [])


def test_contact_forgotten_after_being_asked_gets_nothing(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    assert to_be_sent(db, SIX_WEEKS) == [stand]
    erase_contact_file(db, db.get_one(Exhibitor, stand).contact_id or 0, now=at(SIX_WEEKS), account_id=None)
    assert to_be_sent(db, SIX_WEEKS) == []


def test_answer_makes_contracts_that_the_figures_count(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    reply = Reply([ToldHire(CDI, still_there=True), ToldHire(CDD, still_there=False)], interview_count=14)
    answer_follow_up(db, question(db, stand).id or 0, reply, now=at(SIX_WEEKS))
    rows = db.exec(select(Hire).order_by(col(Hire.id))).all()
    company_id = db.get_one(Exhibitor, stand).company_id
    assert [(row.contract, row.company_id, row.candidate_id, row.still_there) for row in rows] == [
        (ContractKind.CDI, company_id, None, True),
        (ContractKind.CDD, company_id, None, False),
    ]
    counted = {(one.indicator, one.part): one.value for one in hiring_figures(db, Period("2026")) if one.cut is Cut.ALL}
    assert counted["hires", ""] == 2
    assert (question(db, stand).answer, db.get_one(Exhibitor, stand).said_interview_count) == (
        FollowUpAnswer.HIRED,
        14,
    )


def test_nobody_is_an_answer_and_interviews_not_said_stay_unknown(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    answer_follow_up(db, question(db, stand).id or 0, Reply(), now=at(SIX_WEEKS))
    assert question(db, stand).answer is FollowUpAnswer.NOBODY
    assert db.get_one(Exhibitor, stand).said_interview_count is None
    with pytest.raises(FollowUpAnswered):
        answer_follow_up(db, question(db, stand).id or 0, Reply(), now=at(SIX_WEEKS))


def test_at_six_months_what_was_known_is_asked_about_and_not_counted_again(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    answer_follow_up(db, question(db, stand).id or 0, Reply([ToldHire(CDI)]), now=at(SIX_WEEKS))
    asks(db, SIX_MONTHS)
    known = db.exec(select(Hire)).one()
    again = question(db, stand, FollowUpMoment.SIX_MONTHS)
    answer_follow_up(db, again.id or 0, Reply(still_there={known.id or 0: False}), now=at(SIX_MONTHS))
    assert (known.still_there, known.still_there_on) == (False, SIX_MONTHS)
    assert db.exec(select(func.count()).select_from(Hire)).one() == 1
    assert again.answer is FollowUpAnswer.HIRED


def test_answer_taken_back_takes_its_contracts_with_it(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    asked = question(db, stand).id or 0
    answer_follow_up(db, asked, Reply([ToldHire(CDI)]), now=at(SIX_WEEKS))
    assert reopen_follow_up(db, asked, now=at(SIX_WEEKS))
    assert not reopen_follow_up(db, asked, now=at(SIX_WEEKS))
    assert [row.withdrawn_at for row in db.exec(select(Hire))] == [at(SIX_WEEKS)]
    answer_follow_up(db, asked, Reply([ToldHire(CDD)]), now=at(SIX_WEEKS))
    assert asks(db, SIX_WEEKS + timedelta(days=1)) == 0


def test_question_put_off_is_asked_once_more_on_its_day_and_three_times_at_most(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    asked = question(db, stand).id or 0
    to = put_off(db, asked, now=at(SIX_WEEKS))
    assert to == SIX_WEEKS + timedelta(days=14)
    assert [asks(db, to + timedelta(days=number)) for number in (-1, 0, 1)] == [0, 1, 0]
    assert put_off(db, asked, now=at(to)) == to + timedelta(days=14)
    put_off(db, asked, now=at(to))
    with pytest.raises(NotPutOff):
        put_off(db, asked, now=at(to))
    assert asked_of(db, stand) == ["follow_up_six_weeks"] * 2


def test_link_answers_until_its_last_day(db: Session) -> None:
    _event, (stand,) = a_fair(db, "Filature")
    asks(db, SIX_WEEKS)
    with pytest.raises(FollowUpIsOver):
        answer_follow_up(db, question(db, stand).id or 0, Reply(), now=at(SIX_WEEKS + timedelta(days=121)))


def test_table_says_who_answered_and_who_did_not(db: Session) -> None:
    event_id, (hired, nobody, silent, deaf) = a_fair(db, "Alpha", "Bêta", "Gamma", "Delta")
    erase_contact_file(db, db.get_one(Exhibitor, deaf).contact_id or 0, now=NOW, account_id=None)
    asks(db, SIX_WEEKS)
    answer_follow_up(db, question(db, hired).id or 0, Reply([ToldHire(CDI)]), now=at(SIX_WEEKS))
    answer_follow_up(db, question(db, nobody).id or 0, Reply(), now=at(SIX_WEEKS))
    stands = followed_stands(db, event_id, today=SIX_WEEKS)
    early = {one.name: one.asked[FollowUpMoment.SIX_WEEKS].state for one in stands}
    assert early == {
        "Alpha": AskedState.HIRED,
        "Bêta": AskedState.NOBODY,
        "Gamma": AskedState.ASKED,
        "Delta": AskedState.UNREACHED,
    }
    assert {one.asked[FollowUpMoment.SIX_MONTHS].on for one in stands} == {SIX_MONTHS}
    by_hand = open_by_hand(db, event_id, deaf, FollowUpMoment.SIX_WEEKS, now=at(SIX_WEEKS), account_id=None)
    assert (
        open_by_hand(db, event_id, deaf, FollowUpMoment.SIX_WEEKS, now=at(SIX_WEEKS), account_id=None).id == by_hand.id
    )
    assert (silent, asks(db, SIX_WEEKS + timedelta(days=1))) == (silent, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_is_ever_asked_twice_nor_after_being_forgotten(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as database:
        acts = st.sampled_from(["run", "answer", "later", "reopen", "withdraw", "erase"])

        @given(steps=st.lists(st.tuples(acts, st.integers(0, 1), st.integers(0, 40)), max_size=14))
        def law(steps: list[tuple[str, int, int]]) -> None:
            with database.writing() as db:
                _event, stands = a_fair(db, "Alpha", "Bêta")
                day, put = SIX_WEEKS - timedelta(days=20), dict.fromkeys(stands, 0)
                over: set[int] = set()
                for act, who, wait in steps:
                    day += timedelta(days=wait)
                    before = {stand: len(asked_of(db, stand)) for stand in over}
                    put[stands[who]] += _acts(db, act, stands[who], day)
                    asks(db, day)
                    assert {stand: len(asked_of(db, stand)) for stand in over} == before
                    if act in {"withdraw", "erase"}:
                        over.add(stands[who])
                keys = db.exec(select(OutboxMessage.once_key)).all()
                assert len(keys) == len(set(keys))
                for stand in stands:
                    told = asked_of(db, stand)
                    assert len(told) <= 2 + put[stand]
                db.rollback()

        law()


def _acts(db: Session, act: str, stand: int, day: date) -> int:
    """Take the step where it can be taken; gives 1 for a question that was put off."""
    rows = db.exec(select(FollowUp.id).where(FollowUp.exhibitor_id == stand).order_by(col(FollowUp.id).desc())).all()
    try:
        if act == "withdraw":
            withdraw_stand(db, stand, by="staff", now=at(day), account_id=None)
        elif act == "erase":
            erase_contact_file(db, db.get_one(Exhibitor, stand).contact_id or 0, now=at(day), account_id=None)
        elif act == "answer" and rows:
            answer_follow_up(db, rows[0] or 0, Reply(), now=at(day))
        elif act == "reopen" and rows:
            reopen_follow_up(db, rows[0] or 0, now=at(day))
        elif act == "later" and rows:
            put_off(db, rows[0] or 0, now=at(day))
            return 1
    except Refusal:
        return 0
    return 0
