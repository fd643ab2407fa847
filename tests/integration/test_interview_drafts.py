"""Drafts of a timetable: proposed, changed by hand, published; the second of two coordinators is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.days import day_of_event
from alpes_events.interviews.drafts import change_draft, draft_from_published, set_aside
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.models import InterviewHold, InterviewHours, InterviewPlan, InterviewTable, PlanState
from alpes_events.interviews.place_refusals import BadPlace, NothingToPropose, TimetableMoved, UnfitPlan
from alpes_events.interviews.placing import choices, pin, place, take_out, tidy
from alpes_events.interviews.plans import board_beside, open_plan, slot_of, slots_of, unmet_in
from alpes_events.interviews.proposing import keep_proposal, question_of, search
from alpes_events.interviews.publishing import changes_of, publish
from alpes_events.interviews.refusals import NoInterviewsHere, PlanChanged, UnknownPlan
from alpes_events.interviews.standing import Left
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_matching.timetable import Pin
from tests.support.databases import ENGINES, Templates
from tests.support.meetings import a_fair, comes, wishes
from tests.support.proposals import a_job_dating, proposed
from tests.support.stories import NOW, STARTS_AT, an_organisation
from tests.support.timetables import a_table, books


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def live(db: Session, event_id: int) -> set[Slot]:
    return {slot_of(row) for row in timetable_of(db, event_id)}


def told(db: Session) -> list[int]:
    kinds = JournalEntry.kind == EntryKind.INTERVIEW_TIMES_CHANGED
    return [entry.subject_id for entry in db.exec(select(JournalEntry).where(kinds))]


def published(db: Session, event_id: int, plan: InterviewPlan, **more: object) -> None:
    publish(db, event_id, plan.id or 0, **{"version": plan.version, "now": NOW, "account_id": None, **more})  # type: ignore[arg-type]


def put(db: Session, event_id: int, plan: InterviewPlan, pair: tuple[int, int], table: int, starts: int) -> None:
    change_draft(db, event_id, plan.id or 0, lambda b: place(b, pair, table, starts), version=plan.version, now=NOW)


def test_proposal_is_kept_with_what_it_is_worth_and_holds_nobodys_time(db: Session) -> None:
    event_id, _, people = a_job_dating(db)
    plan = proposed(db, event_id)
    assert (plan.figures["wishes"], plan.figures["met"], plan.figures["bound_met"]) == (12, 12, 12)
    assert (plan.figures["people"], plan.figures["proved"]) == ([0, 0, 6, 0], True)
    assert {slot.registration_id for slot in slots_of(plan)} == set(people)
    assert (live(db, event_id), list(db.exec(select(InterviewHold)))) == (set(), [])


def test_published_draft_is_the_timetable_and_everybody_in_it_is_told_once(db: Session) -> None:
    event_id, _, people = a_job_dating(db)
    plan = proposed(db, event_id)
    published(db, event_id, plan)
    assert live(db, event_id) == set(slots_of(plan))
    day = day_of_event(db, event_id)
    assert day is not None
    assert (day.number, day.published_at, plan.state, open_plan(db, event_id)) == (1, NOW, PlanState.PUBLISHED, None)
    assert sorted(told(db)) == sorted(people)
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.TIMETABLE_PUBLISHED)).one()
    assert entry.facts == {"plan_id": plan.id, "number": 1, "given": 12, "moved": 0, "called_off": 0}


def test_publishing_again_tells_only_those_whose_times_changed(db: Session) -> None:
    event_id, _, _ = a_job_dating(db)
    published(db, event_id, proposed(db, event_id))
    before = len(told(db))
    draft = draft_from_published(db, event_id, now=NOW, account_id=None)
    assert set(slots_of(draft)) == live(db, event_id)
    slot = slots_of(draft)[0]
    board, _ = board_beside(db, event_id, slots_of(draft), now=NOW)
    seat = next(one.seat for one in choices(board, slot.pair) if one.possible and one.instead_of is None)
    put(db, event_id, draft, slot.pair, slot.table_id, seat.starts)
    found, number = changes_of(db, event_id, draft, now=NOW)
    assert ([was for was, _ in found.moved], found.new, found.gone, number) == ([slot], (), (), 1)
    published(db, event_id, draft)
    assert told(db)[before:] == [slot.registration_id]


def test_second_of_two_who_change_a_draft_is_told(db: Session) -> None:
    event_id, _, _ = a_job_dating(db)
    plan = proposed(db, event_id)
    version, slot = plan.version, slots_of(plan)[0]
    change_draft(db, event_id, plan.id or 0, lambda b: pin(b, slot.pair, pinned=True), version=version, now=NOW)
    with pytest.raises(PlanChanged):
        change_draft(db, event_id, plan.id or 0, lambda b: take_out(b, slot.pair), version=version, now=NOW)
    with pytest.raises(PlanChanged):
        publish(db, event_id, plan.id or 0, version=version, now=NOW, account_id=None)
    with pytest.raises(PlanChanged):
        set_aside(db, event_id, plan.id or 0, version=version, now=NOW)
    assert slot.pair in {one.pair for one in slots_of(plan)}


def test_proposal_does_not_wipe_away_what_was_changed_while_it_was_sought(db: Session) -> None:
    event_id, _, _ = a_job_dating(db)
    plan = proposed(db, event_id)
    found = search(question_of(db, event_id, now=NOW))
    slot = slots_of(plan)[0]
    change_draft(db, event_id, plan.id or 0, lambda b: pin(b, slot.pair, pinned=True), version=1, now=NOW)
    with pytest.raises(PlanChanged):
        keep_proposal(db, found, now=NOW, account_id=None)
    assert open_plan(db, event_id) == plan


def test_pins_are_kept_when_it_is_made_again_and_the_draft_before_is_set_aside(db: Session) -> None:
    event_id, _, _ = a_job_dating(db)
    plan = proposed(db, event_id)
    slot = slots_of(plan)[0]
    board, _ = board_beside(db, event_id, slots_of(plan), now=NOW)
    seat = [one.seat for one in choices(board, slot.pair) if one.possible][-1]
    put(db, event_id, plan, slot.pair, slot.table_id, seat.starts)
    again = proposed(db, event_id)
    there = next(one for one in slots_of(again) if one.pair == slot.pair)
    assert (there.starts, there.pinned) == (seat.starts, True)
    assert again.figures["pins"] == sum(one.pinned for one in slots_of(plan)) > 0
    assert (plan.state, open_plan(db, event_id)) == (PlanState.SET_ASIDE, again)


def test_each_refusal_names_who_and_when(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    table = a_table(db, event_id, mill, closes=60)
    other = a_table(db, event_id, bakery, closes=60)
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    wishes(db, me, mill, bakery)
    wishes(db, you, mill)
    db.add(InterviewHours(registration_id=you, comes=20, said_at=NOW))
    books(db, event_id, Slot(me, mill, table, 20, 30))
    draft = draft_from_published(db, event_id, now=NOW, account_id=None)
    said = {}
    for pair, at, starts in (
        ((you, mill), table, 20),
        ((you, mill), table, 10),
        ((me, bakery), other, 20),
        ((me, bakery), other, 5),
    ):
        with pytest.raises(BadPlace) as no:
            put(db, event_id, draft, pair, at, starts)
        said[pair, starts] = no.value.sentence.in_language("fr")
    assert said == {
        ((you, mill), 20): "La table « 1 » de Filature est prise à 14:20 par Prénomb Nomb.",
        ((you, mill), 10): "Prénomc Nomc n’est pas là avant 14:20.",
        ((me, bakery), 20): "Prénomb Nomb rencontre déjà Filature de 14:20 à 14:30.",
        ((me, bakery), 5): "Boulangerie n’a pas de créneau à 14:05 à la table « 1 ».",
    }


def test_what_was_published_meanwhile_is_compared_again_before_it_is_published(db: Session) -> None:
    event_id, _, _ = a_job_dating(db)
    plan = proposed(db, event_id)
    books(db, event_id, *slots_of(plan)[:1])
    day = day_of_event(db, event_id)
    assert day is not None
    day.number += 1
    with pytest.raises(TimetableMoved):
        published(db, event_id, plan)
    _, number = changes_of(db, event_id, plan, now=NOW)
    published(db, event_id, plan, seen=number)
    assert live(db, event_id) == set(slots_of(plan))


def test_who_gave_the_place_up_is_not_published_and_tidied_the_rest_is(db: Session) -> None:
    event_id, _, people = a_job_dating(db)
    plan = proposed(db, event_id)
    cancel_registration(db, people[0], by="self", now=NOW)
    db.flush()
    with pytest.raises(UnfitPlan):
        published(db, event_id, plan)
    change_draft(db, event_id, plan.id or 0, tidy, version=plan.version, now=NOW)
    published(db, event_id, plan)
    assert {slot.registration_id for slot in live(db, event_id)} == set(people[1:])


def test_what_has_begun_stays_when_it_is_proposed_and_published_on_the_day(db: Session) -> None:
    event_id, exhibitors, _ = a_job_dating(db)
    published(db, event_id, proposed(db, event_id))
    before = live(db, event_id)
    held = timetable_of(db, event_id)[0]
    minute = (held.starts or 0) + 15
    late = STARTS_AT + timedelta(minutes=minute)
    held.held_at = STARTS_AT + timedelta(minutes=held.starts or 0)
    withdrawn = next(row for row in db.exec(select(InterviewTable)) if row.exhibitor_id == exhibitors[-1])
    withdrawn.closed_from = 40
    db.flush()
    plan = keep_proposal(db, search(question_of(db, event_id, now=late)), now=late, account_id=None)
    began = {slot for slot in before if slot.starts < minute}
    assert {slot.pair for slot in slots_of(plan)}.isdisjoint({slot.pair for slot in began})
    assert all(slot.starts >= minute for slot in slots_of(plan))
    assert plan.figures["met"] <= plan.figures["bound_met"] <= 12
    publish(db, event_id, plan.id or 0, version=plan.version, now=late, account_id=None)
    assert began <= live(db, event_id)
    assert live(db, event_id) - began == set(slots_of(plan))


def test_bad_input_is_named_by_its_rule_and_all_the_rest_is_arranged(db: Session) -> None:
    event_id, (mill, bakery, printer) = a_fair(db, "Filature", "Boulangerie", "Imprimerie")
    table = a_table(db, event_id, mill, closes=60)
    bare = a_table(db, event_id, mill, closes=60, name="2")
    db.get_one(InterviewTable, bare).breaks = [[0, 60]]
    a_table(db, event_id, printer, closes=60)
    people = [comes(db, event_id, number) for number in range(5)]
    for person in people:
        wishes(db, person, mill, bakery) if person == people[0] else wishes(db, person, mill, printer)
    db.add(InterviewHours(registration_id=people[4], comes=120, said_at=NOW))
    db.add(InterviewHours(registration_id=people[3], comes=30, said_at=NOW))
    books(
        db,
        event_id,
        Slot(people[1], mill, table, 10, 20, pinned=True),
        Slot(people[3], mill, table, 20, 30, pinned=True),
    )
    withdraw_stand(db, printer, by="staff", now=NOW, account_id=None)
    plan = proposed(db, event_id)
    refused = {tuple(row[:3]) for row in plan.refused}
    assert refused >= {
        ("table", bare, "no_slots"),
        ("wish", people[0], "unknown_exhibitor"),
        ("wish", people[1], "unknown_exhibitor"),
        ("pin", people[3], "pin_outside_hours"),
    }
    assert {slot.registration_id for slot in slots_of(plan)} == set(people[:4])
    assert [(one.registration_id, one.left) for one in unmet_in(plan)] == [(people[4], Left.NO_COMMON_SLOT)]


def test_pins_that_contradict_each_other_and_what_is_past_are_named(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = a_table(db, event_id, mill, closes=60)
    people = [comes(db, event_id, number) for number in range(3)]
    for person in people:
        wishes(db, person, mill)
    late = STARTS_AT + timedelta(minutes=25)
    question = question_of(db, event_id, now=late)
    keys = [str(one) for one in (people[0], people[1])]
    pins = tuple(Pin(key, str(mill), 40, str(table)) for key in keys)
    question = replace(question, day=replace(question.day, pins=pins))
    plan = keep_proposal(db, search(question), now=late, account_id=None)
    assert {tuple(row) for row in plan.refused} == {
        ("table", table, "slot_past", mill, 3),
        ("pin", people[1], "pin_slot_taken", mill, 40),
    }
    assert [slot.registration_id for slot in slots_of(plan) if slot.starts == 40] == [people[0]]
    assert len(slots_of(plan)) == 3


def test_nothing_to_propose_where_there_are_no_tables_or_the_event_is_over(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    wishes(db, comes(db, event_id, 1), mill)
    with pytest.raises(NothingToPropose):
        question_of(db, event_id, now=NOW)
    a_table(db, event_id, mill)
    with pytest.raises(NoInterviewsHere):
        proposed(db, event_id, minutes=60 * 24 * 30)
    with pytest.raises(UnknownPlan):
        publish(db, event_id, 999, version=1, now=NOW, account_id=None)


_EDITS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 40), st.booleans()), max_size=8)


@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_is_edited_the_draft_is_what_publishing_books(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as database:
        with database.writing() as db:
            event_id, _, _ = a_job_dating(db)
            proposed(db, event_id)
            db.commit()

        @settings(max_examples=25, deadline=None)
        @given(edits=_EDITS)
        def law(edits: list[tuple[int, int, bool]]) -> None:
            with database.writing() as db:
                plan = open_plan(db, event_id)
                assert plan is not None
                for which, where, out in edits:
                    _edit(db, event_id, plan, which, where, out=out)
                published(db, event_id, plan)
                assert live(db, event_id) == set(slots_of(plan))
                held = db.exec(select(InterviewHold)).all()
                assert len(held) == 4 * len(slots_of(plan))
                db.rollback()

        law()


def _edit(db: Session, event_id: int, plan: InterviewPlan, which: int, where: int, *, out: bool) -> None:
    """Take an interview out, or put it (or a wish that is not met) at one of the places offered."""
    board, _ = board_beside(db, event_id, slots_of(plan), now=NOW)
    pairs = sorted(board.wishes)
    pair = pairs[which % len(pairs)]
    if out and pair in board.by_pair:
        change_draft(db, event_id, plan.id or 0, lambda b: take_out(b, pair), version=plan.version, now=NOW)
        return
    seats = [one.seat for one in choices(board, pair) if one.possible]
    if seats:
        seat = seats[where % len(seats)]
        put(db, event_id, plan, pair, seat.table_id, seat.starts)
