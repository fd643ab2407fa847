"""Requests for stands: asked in time, seated in order of arrival, decided by the coordinator, handed on when freed."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from alpes_events.agenda.models import AskedOf, EventState, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.fair import refusals
from alpes_events.fair.admission import Given, missing_of
from alpes_events.fair.call import CallDraft, VillageDraft, close_call, draft_of_call, set_call, villages_of
from alpes_events.fair.changing import revise_stand
from alpes_events.fair.codes import LIVE, ExhibitorState, Missing, PlaceKind, StandOption
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.decisions import (
    accept_stand,
    decline_stand,
    place_by_hand,
    send_back,
    take_decision_back,
    withdraw_stand,
)
from alpes_events.fair.models import Exhibitor, StandCall
from alpes_events.fair.queries import exhibitors_of
from alpes_events.fair.request import StandDraft
from alpes_events.fair.requests import Asker, StandAnswerGiven, request_stand
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.stand_queries import stands_of
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.seats.pool import pool_state
from tests.support.depth import DEPTH
from tests.support.stories import NOW, STARTS_AT, an_event

ACTS = ("ask", "accept", "decline", "withdraw", "back", "hand", "wider")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def a_fair(db: Session, *, capacity: int | None = 2, **changed: object) -> int:
    event_id = an_event(db)
    call = CallDraft(
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=3),
        capacity=capacity,
        place_kinds=(PlaceKind.STAND, PlaceKind.TABLE),
        options=(StandOption.ELECTRICITY,),
    )
    set_call(db, event_id, replace(call, **changed), now=NOW, account_id=None)  # type: ignore[arg-type]
    return event_id


def asks(db: Session, event_id: int, name: str, **more: object) -> StandAnswerGiven:
    key = more.pop("form_key", None)
    now = more.pop("now", NOW)
    asker = more.pop("asker", Asker())
    draft = replace(StandDraft(ExhibitorDraft(name)), **more)  # type: ignore[arg-type]
    return request_stand(db, event_id, draft, asker, form_key=key, now=now)  # type: ignore[arg-type]


def states(db: Session, event_id: int) -> dict[str, str]:
    rows = db.exec(select(Exhibitor).where(Exhibitor.event_id == event_id).order_by(col(Exhibitor.name)))
    return {row.name: row.state.value for row in rows}


def test_first_come_first_seated_and_the_others_wait_in_order(db: Session) -> None:
    event_id = a_fair(db)
    answers = [asks(db, event_id, name) for name in ("Alpha", "Bravo", "Charlie", "Delta")]
    assert [(one.state.value, one.position) for one in answers] == [
        ("requested", None),
        ("requested", None),
        ("waitlisted", 1),
        ("waitlisted", 2),
    ]


def test_freed_stand_goes_to_the_next_and_to_nobody_else(db: Session) -> None:
    event_id = a_fair(db)
    first, _second, third, fourth = (asks(db, event_id, name) for name in ("Alpha", "Bravo", "Charlie", "Delta"))
    accept_stand(db, fourth.exhibitor_id, now=NOW, account_id=None)
    assert withdraw_stand(db, first.exhibitor_id, by="self", now=NOW, account_id=None)
    assert states(db, event_id) == {
        "Alpha": "withdrawn",
        "Bravo": "requested",
        "Charlie": "requested",
        "Delta": "waitlisted",
    }
    decline_stand(db, third.exhibitor_id, reason="Pas d’offre dans ce secteur", now=NOW, account_id=None)
    assert states(db, event_id)["Delta"] == "accepted"


def test_only_accepted_exhibitors_count(db: Session) -> None:
    event_id = a_fair(db)
    first = asks(db, event_id, "Alpha")
    asks(db, event_id, "Bravo")
    assert exhibitors_of(db, event_id) == ()
    accept_stand(db, first.exhibitor_id, now=NOW, account_id=None)
    assert [one.name for one in exhibitors_of(db, event_id)] == ["Alpha"]


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [(-2 * 24 * 60, refusals.CallNotOpenYet), (0, None), (3 * 24 * 60 - 1, None), (3 * 24 * 60, refusals.CallClosed)],
)
def test_request_outside_the_window_is_refused(db: Session, minutes: int, refusal: type[Exception] | None) -> None:
    event_id = a_fair(db)
    now = NOW + timedelta(minutes=minutes)
    if refusal is None:
        assert asks(db, event_id, "Alpha", now=now).state is ExhibitorState.REQUESTED
        return
    with pytest.raises(refusal):
        asks(db, event_id, "Alpha", now=now)
    assert asks(db, event_id, "Alpha", now=now, asker=Asker(by_staff=True)).state is ExhibitorState.REQUESTED


def test_nobody_asks_where_there_is_no_call_or_it_is_closed_or_the_event_is_off(db: Session) -> None:
    with pytest.raises(refusals.NoCall):
        asks(db, an_event(db), "Alpha", place_kind=PlaceKind.STAND)
    event_id = a_fair(db)
    close_call(db, event_id, now=NOW, account_id=None)
    with pytest.raises(refusals.CallClosed):
        asks(db, event_id, "Alpha")
    set_call(db, event_id, draft_of_call(db, event_id) or CallDraft(), now=NOW, account_id=None)
    assert asks(db, event_id, "Alpha").state is ExhibitorState.REQUESTED
    call_off_event(db, event_id, state=EventState.CANCELLED, now=NOW, account_id=None)
    with pytest.raises(refusals.FairIsOff):
        asks(db, event_id, "Bravo")
    with pytest.raises(refusals.TooLateForStands):
        asks(db, a_fair(db), "Bravo", now=STARTS_AT + timedelta(days=2))


def test_each_village_has_its_own_places_and_queue(db: Session) -> None:
    event_id = a_fair(db, villages=(VillageDraft("Textile", 1), VillageDraft("Bâtiment", 1)))
    textile, building = (village.id for village in villages_of(db, event_id))
    with pytest.raises(refusals.BadRequest, match="village"):
        asks(db, event_id, "Sans village")
    first = asks(db, event_id, "Alpha", village_id=textile)
    waits = asks(db, event_id, "Bravo", village_id=textile)
    other = asks(db, event_id, "Charlie", village_id=building)
    assert (first.state.value, waits.position, other.state.value) == ("requested", 1, "requested")
    withdraw_stand(db, other.exhibitor_id, by="self", now=NOW, account_id=None)
    assert states(db, event_id)["Bravo"] == "waitlisted"
    draft = StandDraft(ExhibitorDraft("Bravo"), village_id=building)
    revise_stand(db, waits.exhibitor_id, draft, now=NOW, account_id=None)
    assert states(db, event_id)["Bravo"] == "requested"


def test_moving_to_a_full_village_is_refused_and_changes_nothing(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_fair(db, villages=(VillageDraft("Textile", 1), VillageDraft("Bâtiment", 1)))
        textile, building = (village.id for village in villages_of(db, event_id))
        first = asks(db, event_id, "Alpha", village_id=textile)
        asks(db, event_id, "Bravo", village_id=building)
        waits = asks(db, event_id, "Charlie", village_id=textile)
        db.commit()
    draft = StandDraft(ExhibitorDraft("Alpha"), village_id=building)
    with organised.writing() as db, pytest.raises(refusals.NoStandFree):
        revise_stand(db, first.exhibitor_id, draft, now=NOW, account_id=None)
    with organised.reading() as db:
        assert states(db, event_id) == {"Alpha": "requested", "Bravo": "requested", "Charlie": "waitlisted"}
        assert db.get_one(Exhibitor, waits.exhibitor_id).queued_at is not None


def test_more_places_go_at_once_to_those_who_wait(db: Session) -> None:
    event_id = a_fair(db, capacity=1)
    for name in ("Alpha", "Bravo", "Charlie"):
        asks(db, event_id, name)
    wider = replace(draft_of_call(db, event_id) or CallDraft(), capacity=2)
    set_call(db, event_id, wider, now=LATER, account_id=None)
    assert states(db, event_id) == {"Alpha": "requested", "Bravo": "requested", "Charlie": "waitlisted"}
    with pytest.raises(refusals.BadCall, match="2 stands y sont déjà"):
        set_call(db, event_id, replace(wider, capacity=1), now=LATER, account_id=None)


def test_same_form_twice_is_one_request(db: Session) -> None:
    event_id = a_fair(db, capacity=1)
    first = asks(db, event_id, "Alpha", form_key="key-1")
    again = asks(db, event_id, "Alpha", form_key="key-1")
    assert again == replace(first, replayed=True)
    with pytest.raises(refusals.FormSentBefore):
        asks(db, event_id, "Bravo", form_key="key-1")
    with pytest.raises(refusals.ExhibitorThere):
        asks(db, event_id, "ALPHA", form_key="key-2")


def test_request_sent_back_keeps_its_place_and_comes_again_when_completed(db: Session) -> None:
    event_id = a_fair(db)
    one = asks(db, event_id, "Alpha")
    with pytest.raises(refusals.BadRequest, match="l’exposant le lira"):
        send_back(db, one.exhibitor_id, reason=" ", now=NOW, account_id=None)
    send_back(db, one.exhibitor_id, reason="Dites-nous quels métiers", now=NOW, account_id=None)
    assert (states(db, event_id), db.get_one(Exhibitor, one.exhibitor_id).holds_seat) == (
        {"Alpha": "to_complete"},
        True,
    )
    changed = revise_stand(
        db,
        one.exhibitor_id,
        StandDraft(ExhibitorDraft("Alpha", looking_for="Soudeurs")),
        now=NOW,
        account_id=None,
    )
    assert (changed, states(db, event_id)) == (("looking_for",), {"Alpha": "requested"})


def test_decision_taken_back_gives_a_place_only_if_one_is_free(db: Session) -> None:
    event_id = a_fair(db, capacity=1)
    first, waits = asks(db, event_id, "Alpha"), asks(db, event_id, "Bravo")
    decline_stand(db, first.exhibitor_id, reason="Erreur", now=NOW, account_id=None)
    assert take_decision_back(db, first.exhibitor_id, now=NOW, account_id=None) is ExhibitorState.WAITLISTED
    withdraw_stand(db, waits.exhibitor_id, by="staff", now=NOW, account_id=None)
    assert states(db, event_id) == {"Alpha": "requested", "Bravo": "withdrawn"}
    accept_stand(db, first.exhibitor_id, now=NOW, account_id=None)
    assert take_decision_back(db, first.exhibitor_id, now=NOW, account_id=None) is ExhibitorState.REQUESTED
    with pytest.raises(refusals.NotFromHere):
        accept_stand(db, waits.exhibitor_id, now=NOW, account_id=None)


def test_coordinator_places_one_who_waits_only_where_there_is_room(db: Session) -> None:
    event_id = a_fair(db, capacity=1)
    asks(db, event_id, "Alpha")
    waits = asks(db, event_id, "Bravo")
    with pytest.raises(refusals.NoStandFree):
        place_by_hand(db, waits.exhibitor_id, now=NOW, account_id=None)
    with pytest.raises(refusals.NoStandFree):
        add_exhibitor(db, event_id, ExhibitorDraft("Charlie"), now=NOW, account_id=None)


def test_questions_of_exhibitors_are_theirs_and_must_be_answered(db: Session) -> None:
    event_id = a_fair(db)
    asked = QuestionDraft(QuestionKind.YES_NO, "Avez-vous une bâche ?", required=True)
    set_questions(db, event_id, [asked], now=NOW, asked_of=AskedOf.EXHIBITORS)
    [question] = questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)
    assert question.id not in {one.id for one in questions_of(db, event_id)}
    with pytest.raises(Exception, match="Répondez"):
        asks(db, event_id, "Alpha")
    assert asks(db, event_id, "Alpha", answers={question.id: "yes"}).state is ExhibitorState.REQUESTED


def test_village_with_a_live_request_cannot_go_and_names_may_be_swapped(db: Session) -> None:
    event_id = a_fair(db, villages=(VillageDraft("Textile", 1), VillageDraft("Bâtiment", 2)))
    textile, building = (village.id for village in villages_of(db, event_id))
    asks(db, event_id, "Alpha", village_id=textile)
    stored = draft_of_call(db, event_id) or CallDraft()
    without = replace(stored, villages=(VillageDraft("Bâtiment", 2, building),))
    with pytest.raises(refusals.VillageInUse, match="« Alpha »"):
        set_call(db, event_id, without, now=NOW, account_id=None)
    swapped = (VillageDraft("Bâtiment", 1, textile), VillageDraft("Textile", 2, building))
    set_call(db, event_id, replace(stored, villages=swapped), now=NOW, account_id=None)
    assert [(one.id, one.name) for one in villages_of(db, event_id)] == [(textile, "Bâtiment"), (building, "Textile")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"plates": ("pas une plaque !!",)}, "plates"),
        ({"recruiter_count": -1}, "recruiter_count"),
        ({"recruiter_count": 31}, "recruiter_count"),
        ({"note": "x" * 1001}, "note"),
        ({"place_kind": PlaceKind.WORKSHOP}, "place_kind"),
        ({"village_id": 999}, "village_id"),
    ],
)
def test_request_that_cannot_be_right_names_its_field(db: Session, wrong: dict[str, object], field: str) -> None:
    event_id = a_fair(db)
    with pytest.raises(refusals.BadRequest) as refused:
        asks(db, event_id, "Alpha", **wrong)
    assert refused.value.field == field


def test_plates_and_options_are_kept_as_the_event_has_them(db: Session) -> None:
    event_id = a_fair(db)
    one = asks(
        db,
        event_id,
        "Alpha",
        plates=("aa 123 bb", "AA123BB", ""),
        options=(StandOption.MEALS, StandOption.ELECTRICITY),
    )
    row = db.get_one(Exhibitor, one.exhibitor_id)
    assert (row.plates, row.options) == (["AA-123-BB"], ["electricity"])


def test_missing_is_what_is_asked_for_and_not_given() -> None:
    nothing = Given(False, None, 0, 0, no_jobs=False, plate_count=0, owed_answers=1)
    assert missing_of(nothing, tuple(Missing)) == tuple(Missing)
    assert missing_of(nothing, (Missing.PLATES,)) == (Missing.PLATES,)
    given = Given(True, 2, 0, 0, no_jobs=True, plate_count=1)
    assert missing_of(given, tuple(Missing)) == ()


def test_each_change_is_in_the_journal_without_a_word_of_it(db: Session) -> None:
    event_id = a_fair(db, capacity=1)
    one, two = asks(db, event_id, "Alpha", note="confidentiel"), asks(db, event_id, "Bravo")
    accept_stand(db, one.exhibitor_id, now=NOW, account_id=None)
    withdraw_stand(db, one.exhibitor_id, by="self", now=NOW, account_id=None)
    entries = db.exec(
        select(JournalEntry).where(JournalEntry.subject_kind == "exhibitor").order_by(col(JournalEntry.id))
    )
    assert [(entry.kind, entry.subject_id) for entry in entries] == [
        ("StandRequested", one.exhibitor_id),
        ("StandWaitlisted", two.exhibitor_id),
        ("StandAccepted", one.exhibitor_id),
        ("StandWithdrawn", one.exhibitor_id),
        ("StandPlaceFreed", two.exhibitor_id),
    ]


@given(story=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 6)), max_size=30), capacity=st.integers(0, 3))
@settings(max_examples=DEPTH.part(DEPTH.examples, 10))
def test_places_add_up_and_nobody_waits_beside_a_free_one(
    organised: Database, story: list[tuple[str, int]], capacity: int
) -> None:
    with organised.writing() as db:
        event_id = a_fair(db, capacity=capacity)
        for number, (what, who) in enumerate(story):
            now = NOW + timedelta(minutes=number)
            with contextlib.suppress(Refusal):
                _acts(db, event_id, what, who, now=now)
            rows = db.exec(select(Exhibitor).where(Exhibitor.event_id == event_id)).all()
            pool = pool_state(db, db.get_one(StandCall, event_id).pool_id)
            seated = [row for row in rows if row.holds_seat]
            waiting = [row for row in rows if row.state is ExhibitorState.WAITLISTED]
            assert pool.taken == len(seated)
            assert all((row in seated) == (row.state in LIVE and row not in waiting) for row in rows)
            assert not waiting or pool.taken == pool.capacity
        db.rollback()


def _acts(db: Session, event_id: int, what: str, who: int, *, now: datetime) -> None:
    name = f"Entreprise {who}"
    row = db.exec(select(Exhibitor).where(Exhibitor.event_id == event_id, Exhibitor.name == name)).first()
    if row is None or row.id is None:
        asks(db, event_id, name, now=now)
        return
    match what:
        case "ask":
            asks(db, event_id, name, now=now)
        case "accept":
            accept_stand(db, row.id, now=now, account_id=None)
        case "decline":
            decline_stand(db, row.id, reason="Non", now=now, account_id=None)
        case "withdraw":
            withdraw_stand(db, row.id, by="self", now=now, account_id=None)
        case "back":
            take_decision_back(db, row.id, now=now, account_id=None)
        case "hand":
            place_by_hand(db, row.id, now=now, account_id=None)
        case "wider":
            stored = draft_of_call(db, event_id) or CallDraft()
            set_call(db, event_id, replace(stored, capacity=who), now=now, account_id=None)


def test_list_is_in_the_order_of_the_alphabet_accents_and_capitals_apart(db: Session) -> None:
    event_id = a_fair(db, capacity=None)
    for name in ("Zinc", "élan", "Ferme", "École"):
        asks(db, event_id, name)
    assert [one.name for one in stands_of(db, event_id)] == ["École", "élan", "Ferme", "Zinc"]


def test_exhibitors_written_in_before_the_call_count_among_its_places(db: Session) -> None:
    event_id = an_event(db)
    there = [
        add_exhibitor(db, event_id, ExhibitorDraft(name), now=NOW, account_id=None) for name in ("Filature", "Lys")
    ]
    with pytest.raises(refusals.BadCall, match="2 stands y sont déjà"), db.begin_nested():
        set_call(db, event_id, CallDraft(capacity=1), now=NOW, account_id=None)
    for capacity in (2, 2):
        set_call(db, event_id, CallDraft(capacity=capacity), now=NOW, account_id=None)
    assert pool_state(db, db.get_one(StandCall, event_id).pool_id).taken == 2
    waits = asks(db, event_id, "Tissage")
    assert (waits.state, waits.position) == (ExhibitorState.WAITLISTED, 1)
    withdraw_stand(db, there[0], by="staff", now=NOW, account_id=None)
    assert db.get_one(Exhibitor, waits.exhibitor_id).state is ExhibitorState.REQUESTED
