"""Pathways: one open enrolment for a person and scheme, steps within it, an exit by the scheme's own rules."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.language.refusal import Refusal
from alpes_events.pathways.correcting import EntryCorrection, correct_entry
from alpes_events.pathways.directory import PathwayChoice, PathwayState, pathway_counts, pathways
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, correct_exit, enter_and_leave, take_back_exit
from alpes_events.pathways.models import (
    RESERVED,
    EnrolmentCriterion,
    Outcome,
    PathwayRevision,
    ReservedCriterion,
    ReservedExit,
    ReservedRevision,
    StepKind,
)
from alpes_events.pathways.records import the_enrolment, the_exit
from alpes_events.pathways.refusals import AlreadyEnrolled, BadPathway, UnknownEnrolment, UnknownScheme, UnknownStep
from alpes_events.pathways.revising import withdraw_enrolment
from alpes_events.pathways.schemes import schemes
from alpes_events.pathways.steps import StepDraft, correct_step, withdraw_step
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from tests.support.in_schemes import ENTERED, LEFT, criteria_of, entered, figure, left, made_one, step
from tests.support.stories import NOW, an_organisation, somebody


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation with communes."""
    an_organisation(database)
    with database.writing() as session:
        yield session


def test_person_is_in_a_scheme_once_at_a_time_under_any_of_their_records(db: Session) -> None:
    entered(db)
    with pytest.raises(AlreadyEnrolled):
        entered(db, on=ENTERED + timedelta(days=30))
    entered(db, scheme="CEJ")


def test_person_who_left_may_enter_again_after_that_day_only(db: Session) -> None:
    left(db, entered(db))
    with pytest.raises(AlreadyEnrolled):
        entered(db, on=LEFT)
    assert entered(db, on=LEFT + timedelta(days=1))


@pytest.mark.parametrize(
    ("scheme", "on", "said", "refusal"),
    [
        ("NOTHING", ENTERED, {}, UnknownScheme),
        ("HANDICAP", ENTERED, {}, BadPathway),
        ("JUSTICE", ENTERED, {}, BadPathway),
        ("PLIE", NOW.date() + timedelta(days=1), {}, BadPathway),
        ("PLIE", ENTERED, {"criteria": ("NEVER",)}, BadPathway),
        ("PLIE", ENTERED, {"funding_period_id": 9999}, BadPathway),
    ],
)
def test_entry_that_cannot_be_is_refused(
    db: Session, scheme: str, on: date, said: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        entered(db, scheme=scheme, on=on, **said)  # type: ignore[arg-type]


def test_nobody_enters_as_a_child_or_before_birth(db: Session) -> None:
    born = date(2011, 2, 4)
    candidate_id = find_or_create_candidate(db, replace(somebody(1), birth_on=born), now=NOW)
    draft = EnrolmentDraft(candidate_id, "PLIE", date(2025, 2, 4))
    for day in (date(2011, 2, 3), date(2025, 2, 3)):
        with pytest.raises(BadPathway):
            enter(db, replace(draft, entered_on=day), now=NOW, account_id=None)
    one = enter(db, draft, now=NOW, account_id=None)
    with pytest.raises(BadPathway):
        correct_entry(db, one, EntryCorrection(date(2025, 2, 3)), why="plus tôt", now=NOW, account_id=None)


def test_day_is_that_of_the_clocks_of_the_organisation(db: Session) -> None:
    after_midnight = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    one = find_or_create_candidate(db, somebody(1), now=NOW)
    tomorrow = EnrolmentDraft(one, "PLIE", date(2026, 7, 2))
    with pytest.raises(BadPathway):
        enter(db, tomorrow, now=after_midnight, account_id=None)
    assert enter(db, replace(tomorrow, entered_on=date(2026, 7, 1)), now=after_midnight, account_id=None)


def test_criterion_that_tells_of_health_is_kept_apart(db: Session) -> None:
    one = entered(db, criteria=("RSA", "RQTH"))
    assert list(db.exec(select(EnrolmentCriterion.code))) == ["RSA"]
    assert list(db.exec(select(ReservedCriterion.code))) == ["RQTH"]
    assert criteria_of(db, one) == ("RQTH", "RSA")


def test_step_lies_within_its_enrolment(db: Session) -> None:
    one = entered(db)
    with pytest.raises(BadPathway):
        step(db, one, ENTERED - timedelta(days=1))
    with pytest.raises(BadPathway):
        step(db, one, ENTERED + timedelta(days=9), ENTERED + timedelta(days=8))
    step(db, one, ENTERED, LEFT)
    left(db, one)
    with pytest.raises(BadPathway):
        step(db, one, LEFT + timedelta(days=1))


def test_step_is_noted_once_on_a_pathway(db: Session) -> None:
    one = entered(db)
    first = step(db, one, ENTERED)
    second = step(db, one, ENTERED + timedelta(days=1))
    same = StepDraft(StepKind.TRAINING, ENTERED, LEFT)
    with pytest.raises(BadPathway, match=str(first)):
        step(db, one, ENTERED, LEFT)
    with pytest.raises(BadPathway):
        correct_step(db, second, same, why="jour", now=NOW, account_id=None)
    correct_step(db, first, same, why="fin", now=NOW, account_id=None)
    step(db, entered(db, 2), ENTERED)
    withdraw_step(db, first, why="doublon", now=NOW, account_id=None)
    assert step(db, one, ENTERED)


@pytest.mark.parametrize(
    ("reason", "on", "said"),
    [
        ("employment", LEFT, {"proof": "Contrat", "job_months": 5}),
        ("employment", LEFT, {"proof": "Contrat"}),
        ("employment", LEFT, {"job_months": 7}),
        ("training", LEFT, {}),
        ("gave_up", ENTERED - timedelta(days=1), {}),
        ("gave_up", NOW.date() + timedelta(days=1), {}),
        ("ended", LEFT, {}),
    ],
)
def test_exit_that_the_scheme_does_not_know_or_that_lacks_its_proof_is_refused(
    db: Session, reason: str, on: date, said: dict[str, object]
) -> None:
    one = entered(db)
    with pytest.raises(BadPathway):
        left(db, one, reason, on=on, **said)
    assert the_exit(db, one) is None
    assert the_enrolment(db, one).closed_on is None


def test_exit_before_a_step_is_refused(db: Session) -> None:
    one = entered(db)
    step(db, one, LEFT + timedelta(days=2))
    with pytest.raises(BadPathway):
        left(db, one)


def test_reason_that_tells_of_health_is_kept_apart_and_counted(db: Session) -> None:
    one = entered(db)
    left(db, one, "health")
    found = the_exit(db, one)
    assert found is not None
    assert found.reason == RESERVED
    assert db.get_one(ReservedExit, one).reason == "health"
    assert figure(db, "plie.exits_legitimate.health", 2026) == 1


def test_rates_of_a_scheme_leave_out_its_legitimate_exits(db: Session) -> None:
    for number, reason in enumerate(("employment", "moved", "gave_up", "gave_up"), 1):
        proof = {"proof": "Contrat", "job_months": 6} if reason == "employment" else {}
        left(db, entered(db, number), reason, **proof)  # type: ignore[arg-type]
    entered(db, 5)
    assert figure(db, "plie.positive_exit_rate_pct", 2026) == 25
    assert figure(db, "plie.positive_exit_rate_adjusted_pct", 2026) == 33
    assert figure(db, "plie.participants", 2026) == 5
    assert figure(db, "plie.positive_exit_rate_pct", 2025) is None


def test_correction_keeps_what_was_said_and_why(db: Session) -> None:
    one = entered(db)
    first = step(db, one, ENTERED)
    later = StepDraft(StepKind.EMPLOYMENT, ENTERED + timedelta(days=5))
    with pytest.raises(BadPathway):
        correct_step(db, first, later, why=" ", now=NOW, account_id=None)
    correct_step(db, first, later, why="mauvaise date", now=NOW, account_id=None)
    left(db, one, "moved")
    correct_exit(db, one, ExitDraft(LEFT, "gave_up"), why="erreur de motif", now=NOW, account_id=None)
    kept = db.exec(select(PathwayRevision).order_by(PathwayRevision.id)).all()  # type: ignore[arg-type]
    assert [(row.subject, row.why) for row in kept] == [("step", "mauvaise date"), ("exit", "erreur de motif")]
    assert kept[0].before["starts_on"] == ENTERED.isoformat()
    assert kept[1].before["reason"] == "moved"
    found = the_exit(db, one)
    assert found is not None
    assert found.reason == "gave_up"


def test_exit_taken_back_opens_the_pathway_unless_the_person_entered_again(db: Session) -> None:
    one = entered(db)
    left(db, one)
    take_back_exit(db, one, why="encore là", now=NOW, account_id=None)
    assert the_enrolment(db, one).closed_on is None
    left(db, one)
    entered(db, on=LEFT + timedelta(days=1))
    with pytest.raises(BadPathway):
        take_back_exit(db, one, why="encore là", now=NOW, account_id=None)


def test_what_was_noted_by_mistake_counts_no_more(db: Session) -> None:
    one = entered(db)
    first = step(db, one, ENTERED)
    withdraw_step(db, first, why="doublon", now=NOW, account_id=None)
    with pytest.raises(UnknownStep):
        withdraw_step(db, first, why="doublon", now=NOW, account_id=None)
    other = entered(db, 2)
    withdraw_enrolment(db, other, why="doublon", now=NOW, account_id=None)
    with pytest.raises(UnknownEnrolment):
        left(db, other)
    assert figure(db, "plie.participants", 2025) == 1
    assert figure(db, "plie.steps", 2025) is None


def test_situation_of_the_day_of_entry_freezes(db: Session) -> None:
    one = the_enrolment(db, entered(db))
    assert one.insee_code == "59328"
    db.get_one(Candidate, one.candidate_id).insee_code = "59350"
    db.flush()
    assert figure(db, "plie.participants_by_commune.Lambersart", 2025) == 1


def test_reserved_reason_stays_when_the_rest_of_the_exit_is_corrected(db: Session) -> None:
    one = entered(db)
    left(db, one, "health")
    again = ExitDraft(LEFT + timedelta(days=1), RESERVED)
    correct_exit(db, one, again, why="un jour plus tard", now=NOW, account_id=None)
    assert db.get_one(ReservedExit, one).reason == "health"
    correct_exit(db, one, ExitDraft(LEFT, "gave_up"), why="autre motif", now=NOW, account_id=None)
    assert db.get(ReservedExit, one) is None
    with pytest.raises(BadPathway):
        correct_exit(db, one, again, why="sans motif", now=NOW, account_id=None)


def test_counts_of_pathways_agree_with_their_list(db: Session) -> None:
    for number, reason in enumerate(("moved", "gave_up", "gave_up"), 1):
        left(db, entered(db, number), reason)
    entered(db, 4)
    entered(db, 4, scheme="CEJ")
    for choice, count in (
        (PathwayChoice(), 5),
        (PathwayChoice(scheme_code="PLIE"), 4),
        (PathwayChoice(state=PathwayState.OPEN), 2),
        (PathwayChoice(state=PathwayState.LEFT, year=2026), 3),
        (PathwayChoice(year=2024), 0),
        (PathwayChoice(insee_code="59350"), 0),
        (PathwayChoice(text=somebody(4).family_name), 2),
    ):
        counts, page = pathway_counts(db, choice), pathways(db, choice, part=Part(1, 2))
        assert (counts.pathway_count, page.count, len(page.rows)) == (count, count, min(2, count))
    whole = pathway_counts(db, PathwayChoice())
    assert (whole.person_count, whole.open_count, whole.left_count) == (4, 2, 3)


def test_corrected_entry_keeps_what_it_said_and_what_tells_of_health(db: Session) -> None:
    one = entered(db, criteria=("RSA", "RQTH"))
    step(db, one, date(2025, 3, 1))
    said = EntryCorrection(date(2025, 2, 20), ("DELD",), "CCAS")
    correct_entry(db, one, said, why="mauvaise date", now=NOW, account_id=None)
    row = the_enrolment(db, one)
    assert (row.entered_on, row.first_entered_on, row.operator) == (said.entered_on, said.entered_on, "CCAS")
    assert criteria_of(db, one) == ("DELD", "RQTH")
    assert [kept.before["entered_on"] for kept in db.exec(select(PathwayRevision))] == [ENTERED.isoformat()]
    left(db, one)
    for day in (date(2025, 3, 2), LEFT + timedelta(days=1), NOW.date() + timedelta(days=1)):
        with pytest.raises(BadPathway):
            correct_entry(db, one, EntryCorrection(day), why="erreur", now=NOW, account_id=None)


def test_pathway_of_the_past_may_be_noted_after_a_later_one(db: Session) -> None:
    later = entered(db)
    row = the_enrolment(db, later)
    draft = EnrolmentDraft(row.candidate_id, "PLIE", date(2019, 1, 7))
    for day, refused in ((ENTERED, True), (ENTERED - timedelta(days=1), False)):
        with pytest.raises(AlreadyEnrolled) if refused else nullcontext():
            enter_and_leave(db, draft, ExitDraft(day, "gave_up"), now=NOW, account_id=None)
    with pytest.raises(AlreadyEnrolled):
        entered(db, on=date(2018, 1, 7))


def test_exit_moved_to_a_day_of_the_next_pathway_is_refused_under_any_record(db: Session) -> None:
    one = entered(db)
    left(db, one, on=date(2025, 6, 1))
    again = entered(db, 2, on=date(2025, 9, 1))
    made_one(db, again, one)
    for day, refused in ((date(2025, 9, 1), True), (date(2025, 8, 31), False)):
        with pytest.raises(AlreadyEnrolled) if refused else nullcontext():
            correct_exit(db, one, ExitDraft(day, "gave_up"), why="autre jour", now=NOW, account_id=None)
    with pytest.raises(BadPathway):
        take_back_exit(db, one, why="encore là", now=NOW, account_id=None)


def test_entry_moved_before_the_end_of_the_pathway_before_is_refused(db: Session) -> None:
    one = entered(db)
    left(db, one)
    again = entered(db, on=LEFT + timedelta(days=5))
    for day, refused in ((LEFT, True), (LEFT + timedelta(days=1), False)):
        with pytest.raises(AlreadyEnrolled) if refused else nullcontext():
            correct_entry(db, again, EntryCorrection(day), why="autre jour", now=NOW, account_id=None)
    correct_entry(db, one, EntryCorrection(ENTERED - timedelta(days=9)), why="plus tôt", now=NOW, account_id=None)


def test_corrected_past_keeps_criteria_and_apart_the_reserved_reason(db: Session) -> None:
    one = entered(db, criteria=("RSA", "DELD", "RQTH"))
    correct_entry(db, one, EntryCorrection(ENTERED, ("SENIOR",)), why="autres critères", now=NOW, account_id=None)
    left(db, one, "health")
    correct_exit(db, one, ExitDraft(LEFT, "moved"), why="autre motif", now=NOW, account_id=None)
    entry, exit_ = db.exec(select(PathwayRevision).order_by(col(PathwayRevision.id))).all()
    assert entry.before["criteria"] == ["DELD", "RSA"]
    assert exit_.before["reason"] == RESERVED
    kept = db.exec(select(ReservedRevision)).one()
    assert (kept.revision_id, kept.enrolment_id, kept.reason) == (exit_.id, one, "health")


def test_reason_that_tells_of_health_is_always_legitimate() -> None:
    rules = [rule for scheme in schemes().values() for rule in scheme.exits.values()]
    assert {rule.outcome for rule in rules if rule.sensitive} == {Outcome.LEGITIMATE}
