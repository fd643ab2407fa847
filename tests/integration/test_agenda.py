"""Events as they are kept: their life, their copies, their sessions and their questions, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import NotOver, UnknownEvent, close_event, create_event, publish_event, the_event
from alpes_events.agenda.draft import BadDraft, EventDraft, SessionDraft
from alpes_events.agenda.lifecycle import StateRefused
from alpes_events.agenda.models import EventKind, EventSession, EventState, Question, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.revision import Revision, revise_event
from alpes_events.agenda.series import clone_event, repeat_event
from alpes_events.agenda.sessions import UnknownSession, add_session, revise_session, the_session
from alpes_events.attendance import places, release
from alpes_events.attendance.answers import answer_table, answers_of_many
from alpes_events.attendance.models import Answer
from alpes_events.attendance.schedule import reschedule_event, reschedule_session
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.seats.pool import BadCapacity, pool_state
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up, states

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
BY_NOBODY = {"now": NOW, "account_id": None}
WORKSHOP = SessionDraft("Atelier CV", STARTS_AT, STARTS_AT + HOUR, room="Salle 2", capacity=12)
CHOICE = QuestionDraft(QuestionKind.CHOICE, "Quand ?", choices=("Matin", " Soir ", "Matin", ""), required=True)
TEXT = QuestionDraft(QuestionKind.TEXT, " Métier recherché ", hint="En deux mots")


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def entries(db: Session, event_id: int) -> list[tuple[str, dict[str, object]]]:
    """The journal of an event: kinds and facts, in order."""
    rows = db.exec(
        select(JournalEntry)
        .where(JournalEntry.subject_kind == "event", JournalEntry.subject_id == event_id)
        .order_by(col(JournalEntry.id))
    )
    return [(row.kind, row.facts) for row in rows]


def a_draft(db: Session, **changes: object) -> int:
    """An event that is not published."""
    return create_event(db, replace(DRAFT, **changes), capacity=20, now=NOW, account_id=None)  # type: ignore[arg-type]


# Its life


def test_event_lives_from_draft_to_done_and_the_journal_tells_each_step(db: Session) -> None:
    event_id = a_draft(db)
    assert the_event(db, event_id).state is EventState.DRAFT
    publish_event(db, event_id, now=NOW, account_id=None)
    close_event(db, event_id, now=STARTS_AT + 3 * HOUR, account_id=None)
    event = the_event(db, event_id)
    assert (event.state, event.published_at, event.ended_at) == (EventState.DONE, NOW, STARTS_AT + 3 * HOUR)
    assert [kind for kind, _ in entries(db, event_id)] == ["EventCreated", "EventPublished", "EventClosed"]


def test_event_is_not_closed_before_its_end(db: Session) -> None:
    event_id = an_event(db)
    with pytest.raises(NotOver, match="n’est pas encore terminé"):
        close_event(db, event_id, now=STARTS_AT + 3 * HOUR - timedelta(seconds=1), account_id=None)
    assert the_event(db, event_id).state is EventState.PUBLISHED


def test_event_that_is_off_or_over_is_not_published_again(db: Session) -> None:
    cancelled, done = an_event(db), an_event(db)
    release.call_off_event(db, cancelled, now=NOW, account_id=None)
    close_event(db, done, now=STARTS_AT + DAY, account_id=None)
    with pytest.raises(StateRefused, match="dupliquez-le"):
        publish_event(db, cancelled, now=NOW, account_id=None)
    with pytest.raises(StateRefused, match="est terminé"):
        publish_event(db, done, now=NOW, account_id=None)


def test_event_that_is_over_is_neither_cancelled_nor_withdrawn(db: Session) -> None:
    event_id = an_event(db)
    signs_up(db, event_id, 1)
    for state in (EventState.CANCELLED, EventState.WITHDRAWN):
        with pytest.raises(release.TooLateToCallOff, match="est passé"):
            release.call_off_event(db, event_id, state=state, now=STARTS_AT + 3 * HOUR, account_id=None)
    assert states(db, event_id) == ["confirmed"]


def test_unknown_event_is_not_found_by_any_command(db: Session) -> None:
    for attempt in (
        lambda: publish_event(db, 9_999, now=NOW, account_id=None),
        lambda: revise_event(db, 9_999, DRAFT, now=NOW, account_id=None),
        lambda: places.change_capacity(db, 9_999, capacity=3, now=NOW, account_id=None),
        lambda: release.call_off_event(db, 9_999, now=NOW, account_id=None),
        lambda: signs_up(db, 9_999, 1),
    ):
        with pytest.raises(UnknownEvent) as refusal:
            attempt()
        assert refusal.value.status == 404


def test_addresses_of_events_with_one_title_on_one_day_differ(db: Session) -> None:
    slugs = [the_event(db, a_draft(db, title=title)).slug for title in ("Cœur d’Été !", "Coeur d'été", "🎉")]
    assert slugs == ["coeur-d-ete-2026-03-12", "coeur-d-ete-2026-03-12-2", "evenement-2026-03-12"]


def test_impossible_capacity_is_refused_when_made_and_when_changed(db: Session) -> None:
    for capacity in (-1, 10**9):
        with pytest.raises(BadCapacity, match="entre 0 et 100000"):
            create_event(db, DRAFT, capacity=capacity, now=NOW, account_id=None)
    event_id = an_event(db, capacity=2)
    with pytest.raises(BadCapacity) as refusal:
        places.change_capacity(db, event_id, capacity=-1, now=NOW, account_id=None)
    assert (refusal.value.status, refusal.value.field) == (422, "capacity")


# Its versions in calendars


def test_sequence_moves_with_time_place_and_state_and_with_nothing_else(db: Session) -> None:
    event_id = an_event(db)
    sequences = [the_event(db, event_id).sequence]

    def revised(**changes: object) -> Revision:
        draft = replace(EventDraft.of(the_event(db, event_id)), **changes)  # type: ignore[arg-type]
        revision = revise_event(db, event_id, draft, now=NOW + HOUR, account_id=None)
        sequences.append(the_event(db, event_id).sequence)
        return revision

    assert revised(title="Autre titre", waiting_list=False, offer_hours=3) == Revision(
        changed=("title", "waiting_list", "offer_hours"), moved=False
    )
    assert revised(ends_at=STARTS_AT + 4 * HOUR) == Revision(changed=("ends_at",), moved=True)
    assert revised() == Revision(changed=(), moved=False)
    assert revised(title=" Autre titre ") == Revision(changed=(), moved=False)
    places.change_capacity(db, event_id, capacity=50, now=NOW, account_id=None)
    release.call_off_event(db, event_id, state=EventState.WITHDRAWN, now=NOW, account_id=None)
    sequences.append(the_event(db, event_id).sequence)
    publish_event(db, event_id, now=NOW, account_id=None)
    sequences.append(the_event(db, event_id).sequence)
    close_event(db, event_id, now=STARTS_AT + DAY, account_id=None)
    sequences.append(the_event(db, event_id).sequence)
    assert sequences == [0, 0, 1, 1, 1, 2, 3, 3]


def test_draft_may_move_without_a_version_and_nobody_is_told(db: Session) -> None:
    event_id = a_draft(db)
    revise_event(db, event_id, replace(DRAFT, starts_at=STARTS_AT + HOUR), now=NOW, account_id=None)
    assert the_event(db, event_id).sequence == 0
    assert entries(db, event_id)[-1] == ("EventRevised", {"moved": False, "changed": ["starts_at"]})


def test_published_event_that_moves_says_so_and_names_what_changed(db: Session) -> None:
    event_id = an_event(db)
    revise_event(db, event_id, replace(DRAFT, starts_at=STARTS_AT + HOUR), now=NOW, account_id=None)
    assert entries(db, event_id)[-1] == ("EventRevised", {"moved": True, "changed": ["starts_at"]})


# Places that may move again


def test_free_place_goes_to_the_next_when_the_event_moves_away_from_its_cut_off(db: Session) -> None:
    event_id, late = an_event(db, capacity=1), STARTS_AT - HOUR
    first, _second = (signs_up(db, event_id, number) for number in range(2))
    release.cancel_registration(db, first.registration_id, by="self", now=late)
    assert states(db, event_id) == ["cancelled", "waitlisted"]
    later = replace(DRAFT, starts_at=STARTS_AT + DAY, ends_at=STARTS_AT + DAY + HOUR)
    reschedule_event(db, event_id, later, now=late, account_id=None)
    assert states(db, event_id) == ["cancelled", "offered"]


def test_free_place_of_a_session_goes_to_the_next_when_it_moves_away_from_its_cut_off(db: Session) -> None:
    event_id, late = an_event(db, capacity=None), STARTS_AT - HOUR
    session_id = add_session(db, event_id, replace(WORKSHOP, capacity=1), now=NOW, account_id=None)
    first, _second = (signs_up(db, event_id, number, session_id=session_id) for number in range(2))
    release.cancel_registration(db, first.registration_id, by="self", now=late)
    later = replace(WORKSHOP, starts_at=STARTS_AT + 2 * HOUR, ends_at=STARTS_AT + 3 * HOUR)
    assert reschedule_session(db, session_id, later, now=late, account_id=None)
    assert states(db, event_id) == ["cancelled", "offered"]


# Its sessions


def test_session_has_places_of_its_own(db: Session) -> None:
    event_id = an_event(db, capacity=1)
    session_id = add_session(db, event_id, replace(WORKSHOP, capacity=1), now=NOW, account_id=None)
    answers = [signs_up(db, event_id, 1, session_id=part) for part in (None, session_id)]
    assert [answer.state.value for answer in answers] == ["confirmed", "confirmed"]
    assert signs_up(db, event_id, 2, session_id=session_id).state.value == "waitlisted"


def test_session_of_another_event_is_unknown_here(db: Session) -> None:
    event_id, other_id = an_event(db), an_event(db)
    session_id = add_session(db, other_id, WORKSHOP, now=NOW, account_id=None)
    for unknown in (session_id, 9_999):
        with pytest.raises(UnknownSession) as refusal:
            signs_up(db, event_id, 1, session_id=unknown)
        assert refusal.value.status == 404


def test_session_that_moves_has_a_new_version_and_one_that_is_renamed_has_not(db: Session) -> None:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    uid = the_session(db, session_id).uid
    assert not revise_session(db, session_id, WORKSHOP, now=NOW, account_id=None)
    assert not revise_session(db, session_id, replace(WORKSHOP, title="Atelier lettre"), now=NOW, account_id=None)
    assert the_session(db, session_id).sequence == 0
    moved = replace(WORKSHOP, title="Atelier lettre", room="Salle 3")
    assert revise_session(db, session_id, moved, now=NOW, account_id=None)
    session = the_session(db, session_id)
    assert (session.sequence, session.uid, session.room) == (1, uid, "Salle 3")
    told = [facts for kind, facts in entries(db, event_id) if kind == "SessionRevised"]
    assert told == [
        {"session_id": session_id, "moved": False},
        {"session_id": session_id, "moved": False, "changed": ["title"]},
        {"session_id": session_id, "moved": True, "changed": ["room"]},
    ]


def test_cancelled_session_takes_nobody_is_not_revised_and_not_cancelled_twice(db: Session) -> None:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    signed_up = signs_up(db, event_id, 1, session_id=session_id)
    assert release.call_off_session(db, session_id, now=NOW, account_id=None) == 1
    for attempt in (
        lambda: signs_up(db, event_id, 2, session_id=session_id),
        lambda: revise_session(db, session_id, WORKSHOP, now=NOW, account_id=None),
        lambda: release.call_off_session(db, session_id, now=NOW, account_id=None),
    ):
        with pytest.raises(UnknownSession):
            attempt()
    assert entries(db, event_id)[-1] == (
        "SessionCancelled",
        {"session_id": session_id, "registration_ids": [signed_up.registration_id]},
    )
    assert states(db, event_id) == ["revoked"]


def test_sessions_move_with_their_event_when_they_would_lie_outside(db: Session) -> None:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    next_day = replace(DRAFT, starts_at=STARTS_AT + DAY, ends_at=STARTS_AT + DAY + 3 * HOUR)
    revise_event(db, event_id, next_day, now=NOW, account_id=None)
    session = the_session(db, session_id)
    assert (session.starts_at, session.ends_at) == (STARTS_AT + DAY, STARTS_AT + DAY + HOUR)
    assert session.sequence == 1
    assert entries(db, event_id)[-1] == (
        "SessionRevised",
        {"session_id": session_id, "moved": True, "changed": ["starts_at", "ends_at"]},
    )


def test_sessions_stay_where_they_are_while_they_lie_within(db: Session) -> None:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    earlier = replace(DRAFT, starts_at=STARTS_AT - HOUR)
    revise_event(db, event_id, earlier, now=NOW, account_id=None)
    assert the_session(db, session_id).starts_at == STARTS_AT


def test_event_is_not_made_too_short_for_its_sessions(db: Session) -> None:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    short = replace(DRAFT, ends_at=STARTS_AT + HOUR / 2)
    with pytest.raises(BadDraft, match="La séance « Atelier CV » ne tient plus dans ces heures") as refusal:
        revise_event(db, event_id, short, now=NOW, account_id=None)
    assert refusal.value.field == "ends_at"
    release.call_off_session(db, session_id, now=NOW, account_id=None)
    assert revise_event(db, event_id, short, now=NOW, account_id=None).moved


# Its copies


def test_copy_has_everything_but_the_people_and_a_life_of_its_own(db: Session) -> None:
    source_id = an_event(db, capacity=7, themes=("textile",), closes_at=STARTS_AT - DAY)
    add_session(db, source_id, WORKSHOP, now=NOW, account_id=None)
    cancelled_id = add_session(db, source_id, replace(WORKSHOP, title="Annulé"), now=NOW, account_id=None)
    release.call_off_session(db, cancelled_id, now=NOW, account_id=None)
    set_questions(db, source_id, [CHOICE, TEXT], now=NOW)
    retired, kept = questions_of(db, source_id)
    set_questions(db, source_id, [replace(TEXT, id=kept.id)], now=NOW)
    copy_id = clone_event(db, source_id, on=date(2026, 3, 19), zone=PARIS, now=NOW, account_id=None)
    source, copy = the_event(db, source_id), the_event(db, copy_id)
    assert (copy.state, copy.sequence, pool_state(db, copy.pool_id).capacity) == (EventState.DRAFT, 0, 7)
    assert copy.uid != source.uid
    week = timedelta(weeks=1)
    assert EventDraft.of(copy) == replace(
        EventDraft.of(source),
        starts_at=source.starts_at + week,
        ends_at=source.ends_at + week,
        closes_at=STARTS_AT - DAY + week,
    )
    (part,) = db.exec(select(EventSession).where(EventSession.event_id == copy_id)).all()
    assert (part.title, part.starts_at, pool_state(db, part.pool_id).capacity) == ("Atelier CV", STARTS_AT + week, 12)
    assert [question.label for question in questions_of(db, copy_id)] == ["Métier recherché"]
    assert retired.label == "Quand ?"
    assert states(db, copy_id) == []


def test_repetition_keeps_the_hour_on_the_wall_across_both_changes_of_time(db: Session) -> None:
    event_id = an_event(db)
    add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    days = [date(2026, 3, 26), date(2026, 4, 2), date(2026, 10, 22), date(2026, 10, 29)]
    copies = repeat_event(db, event_id, on_days=days, zone=PARIS, now=NOW, account_id=None)
    found = [the_event(db, copy_id) for copy_id in copies]
    walls = [(event.starts_at.astimezone(PARIS), event.ends_at.astimezone(PARIS)) for event in found]
    assert [(start.date(), start.hour, end.hour) for start, end in walls] == [(day, 14, 17) for day in days]
    assert [event.starts_at.hour for event in found] == [13, 12, 12, 13]
    parts = db.exec(select(EventSession).where(col(EventSession.event_id).in_(copies))).all()
    assert {part.starts_at.astimezone(PARIS).hour for part in parts} == {14}
    assert len({event.slug for event in found}) == len(days)


# Its questions


def test_questions_are_asked_in_order_as_written(db: Session) -> None:
    event_id = an_event(db)
    set_questions(db, event_id, [CHOICE, TEXT], now=NOW)
    asked = [(one.label, one.choices, one.required, one.hint) for one in questions_of(db, event_id)]
    assert asked == [("Quand ?", ["Matin", "Soir"], True, ""), ("Métier recherché", [], False, "En deux mots")]
    choice, text = questions_of(db, event_id)
    set_questions(db, event_id, [replace(TEXT, id=text.id), replace(CHOICE, id=choice.id)], now=NOW)
    assert [one.id for one in questions_of(db, event_id)] == [text.id, choice.id]


def test_question_no_longer_asked_is_retired_and_keeps_its_answers(db: Session) -> None:
    event_id = an_event(db)
    set_questions(db, event_id, [CHOICE, TEXT], now=NOW)
    choice, text = questions_of(db, event_id)
    assert choice.id is not None
    signs_up(db, event_id, 1, answers={choice.id: "Soir"})
    set_questions(db, event_id, [replace(TEXT, id=text.id)], now=NOW + HOUR)
    assert [one.id for one in questions_of(db, event_id)] == [text.id]
    assert db.get_one(Question, choice.id).retired_at == NOW + HOUR
    assert [one.content for one in db.exec(select(Answer))] == ["Soir"]
    signs_up(db, event_id, 2)


def test_answer_keeps_its_question_as_it_was_put_and_a_file_has_a_column_for_each_wording(db: Session) -> None:
    event_id = an_event(db)
    set_questions(db, event_id, [TEXT], now=NOW)
    (asked,) = questions_of(db, event_id)
    first = signs_up(db, event_id, 1, answers={asked.id or 0: "Soin"}).registration_id
    set_questions(db, event_id, [replace(TEXT, id=asked.id, label="Quel métier ?")], now=NOW + HOUR)
    second = signs_up(db, event_id, 2, answers={asked.id or 0: "Bois"}).registration_id
    told = answers_of_many(db, [first, second])
    assert [told[one][0].label for one in (first, second)] == ["Métier recherché", "Quel métier ?"]
    table = answer_table(db, event_id)
    assert table.headings == ["Quel métier ?", "Métier recherché"]
    assert [table.row(one) for one in (first, second)] == [["", "Soin"], ["Bois", ""]]


def test_required_question_left_out_stores_nothing(db: Session) -> None:
    event_id = an_event(db)
    set_questions(db, event_id, [CHOICE], now=NOW)
    with pytest.raises(BadDraft, match="Répondez à cette question"):
        signs_up(db, event_id, 1)
    assert states(db, event_id) == []


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        (replace(TEXT, label=" "), "questions-0-label", "Écrivez la question, ou retirez-la."),
        (replace(TEXT, label="x" * 201), "questions-0-label", "Ce texte est trop long : 200 signes au plus."),
        (replace(TEXT, hint="x" * 301), "questions-0-hint", "Ce texte est trop long : 300 signes au plus."),
        (
            replace(CHOICE, choices=("Oui", " Oui ")),
            "questions-0-choices",
            "Proposez au moins deux réponses, une par ligne.",
        ),
    ],
)
def test_question_that_cannot_be_asked_is_told_by_its_field(
    db: Session, draft: QuestionDraft, field: str, sentence: str
) -> None:
    event_id = an_event(db)
    with pytest.raises(BadDraft) as refusal:
        set_questions(db, event_id, [draft], now=NOW)
    assert {name: said.in_language("fr") for name, said in refusal.value.problems.items()} == {field: sentence}


def test_kinds_of_events_are_kept_as_the_codes_that_files_and_addresses_use(db: Session) -> None:
    event_id = an_event(db, kind=EventKind.DISCOVERY)
    assert the_event(db, event_id).kind is EventKind.DISCOVERY
    assert db.connection().exec_driver_sql(f"SELECT kind FROM event WHERE id = {event_id}").scalar_one() == "discovery"
