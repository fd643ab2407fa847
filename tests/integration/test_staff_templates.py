"""Templates: what an event is apart from its day is kept, and drafts of it are made on other days."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import Event, EventState, EventTemplate, QuestionKind, Venue
from alpes_events.agenda.pattern import Pattern, as_document, from_document, pattern_of
from alpes_events.agenda.questions import QuestionDraft, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.agenda.templates import (
    BadTemplate,
    keep_template,
    make_drafts,
    rename_template,
    replace_pattern,
    restore_template,
    retire_template,
    templates,
    the_template,
)
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from tests.support.staff import Desk
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up
from tests.support.web import text_of

PARIS = ZoneInfo("Europe/Paris")
PARTS = (
    SessionDraft("Atelier CV", STARTS_AT, STARTS_AT + timedelta(hours=1), "Salle A", 8),
    SessionDraft("Entretiens", STARTS_AT + timedelta(hours=1), STARTS_AT + timedelta(hours=2)),
)
QUESTIONS = (
    QuestionDraft(QuestionKind.CHOICE, "Quel métier ?", "Un seul.", ("Vente", "Soin"), required=True),
    QuestionDraft(QuestionKind.TEXT, "Autre chose ?"),
)


def a_whole_event(db: Session) -> int:
    event_id = an_event(db, capacity=40, opens_at=STARTS_AT - timedelta(days=20))
    for part in PARTS:
        add_session(db, event_id, part, now=NOW, account_id=None)
    signs_up(db, event_id, 0)
    set_questions(db, event_id, QUESTIONS, now=NOW)
    return event_id


def test_draft_of_a_template_is_the_event_on_another_day_without_its_people(organised: Database) -> None:
    with organised.writing() as db:
        source = a_whole_event(db)
        template_id = keep_template(db, source, name="DTJ", now=NOW, account_id=None)
        (made,) = make_drafts(db, template_id, on_days=[date(2026, 4, 9)], zone=PARIS, now=NOW, account_id=None)
        db.commit()
    with organised.reading() as db:
        assert pattern_of(db, made) == pattern_of(db, source).on(date(2026, 4, 9), zone=PARIS)
        event = the_event(db, made)
        assert (event.state, event.starts_at.isoformat()) == (EventState.DRAFT, "2026-04-09T12:00:00+00:00")
        assert [(part.title, part.capacity) for part in pattern_of(db, made).sessions] == [
            ("Atelier CV", 8),
            ("Entretiens", None),
        ]


def test_template_stays_as_it_was_when_its_event_changes_or_is_thrown_away(organised: Database) -> None:
    with organised.writing() as db:
        source = a_whole_event(db)
        template_id = keep_template(db, source, name="DTJ", now=NOW, account_id=None)
        kept = the_template(db, template_id).pattern
        event = the_event(db, source)
        event.title, event.state = "Autre", EventState.WITHDRAWN
        db.flush()
        assert the_template(db, template_id).pattern == kept
        replace_pattern(db, template_id, source, now=NOW, account_id=None)
        assert the_template(db, template_id).pattern.draft.title == "Autre"


def test_several_days_make_one_draft_each_and_a_day_twice_makes_one(organised: Database) -> None:
    days = [date(2026, 5, 7), date(2026, 4, 2), date(2026, 5, 7)]
    with organised.writing() as db:
        template_id = keep_template(db, a_whole_event(db), name="DTJ", now=NOW, account_id=None)
        made = make_drafts(db, template_id, on_days=days, zone=PARIS, now=NOW, account_id=None)
        starts = [the_event(db, one).starts_at.astimezone(PARIS) for one in made]
    assert [(at.date(), at.hour) for at in starts] == [(date(2026, 4, 2), 14), (date(2026, 5, 7), 14)]


def test_two_templates_in_use_never_have_one_name(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        first = keep_template(db, event_id, name="Atelier CV", now=NOW, account_id=None)
        with pytest.raises(BadTemplate):
            keep_template(db, event_id, name="  atelier cv ", now=NOW, account_id=None)
        retire_template(db, first, now=NOW, account_id=None)
        second = keep_template(db, event_id, name="Atelier CV", now=NOW, account_id=None)
        with pytest.raises(BadTemplate):
            restore_template(db, first, now=NOW, account_id=None)
        rename_template(db, second, name="Atelier lettre", now=NOW, account_id=None)
        restore_template(db, first, now=NOW, account_id=None)
        assert [one.name for one in templates(db)] == ["Atelier CV", "Atelier lettre"]


def test_a_second_retirement_changes_nothing(organised: Database) -> None:
    with organised.writing() as db:
        template_id = keep_template(db, an_event(db), name="DTJ", now=NOW, account_id=None)
        retire_template(db, template_id, now=NOW, account_id=None)
        before = db.exec(select(JournalEntry.id)).all()
        retire_template(db, template_id, now=NOW + timedelta(days=1), account_id=None)
        assert db.get_one(EventTemplate, template_id).retired_at == NOW
        assert db.exec(select(JournalEntry.id)).all() == before


def test_venue_that_is_gone_is_left_out(organised: Database) -> None:
    with organised.writing() as db:
        venue = Venue(name="Salle")
        db.add(venue)
        db.flush()
        event_id = an_event(db, venue_id=venue.id)
        template_id = keep_template(db, event_id, name="DTJ", now=NOW, account_id=None)
        the_event(db, event_id).venue_id = None
        db.flush()
        db.delete(venue)
        db.flush()
        (made,) = make_drafts(db, template_id, on_days=[date(2026, 4, 9)], zone=PARIS, now=NOW, account_id=None)
        assert the_event(db, made).venue_id is None


TEXTS = st.text(max_size=30)
DRAFTS = st.builds(
    lambda title, words, edition, all_day: replace(
        DRAFT, title=title, audience=tuple(words), edition=edition, all_day=all_day, opens_at=NOW
    ),
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.none() | st.integers(1, 99),
    st.booleans(),
)


@given(DRAFTS, st.none() | st.integers(0, 100))
def test_what_is_kept_is_read_back_as_it_was(draft: EventDraft, capacity: int | None) -> None:
    pattern = Pattern(draft, capacity, PARTS, QUESTIONS)
    assert from_document(as_document(pattern)) == pattern


def test_field_of_a_later_version_is_left_out_and_one_that_is_missing_has_its_default() -> None:
    document = as_document(Pattern(DRAFT))
    document["draft"]["shade"] = "teal"
    del document["draft"]["waiting_list"]
    assert from_document(document) == Pattern(DRAFT)


def test_desk_keeps_an_event_makes_drafts_renames_retires_and_brings_back(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_whole_event(db)
        db.commit()
    desk = Desk(organised)
    assert desk.fill(f"/staff/events/{event_id}/template", "name", name="Job dating du mois").status_code == 303
    with organised.reading() as db:
        (template,) = templates(db)
    path = f"/staff/templates/{template.id}"
    assert "Job dating du mois" in text_of(desk.get("/staff/templates"))
    one = desk.fill(path, "on", on="2026-04-09")
    assert one.location.startswith("/staff/events/")
    many = desk.fill(path, "on", on="2026-05-07", also_on="04/06/2026\n02/07/2026")
    assert many.location.endswith("/staff/events?show=draft")
    with organised.reading() as db:
        assert len(db.exec(select(Event.id).where(col(Event.state) == EventState.DRAFT)).all()) == 4
    assert desk.fill(path, "on", on="").status_code == 422
    assert desk.fill(f"{path}/name", "name", name="Job dating mensuel").status_code == 303
    assert desk.press(f"{path}/retire", "/staff/templates").status_code == 303
    assert "Plus proposés" in text_of(desk.get("/staff/templates"))
    assert desk.press(f"{path}/restore", "/staff/templates").status_code == 303
    with organised.reading() as db:
        assert [one.name for one in templates(db)] == ["Job dating mensuel"]
    again = desk.fill(f"/staff/events/{event_id}/template", "name", name="JOB dating mensuel")
    assert again.status_code == 422
    assert "Un autre modèle porte déjà ce nom." in text_of(again)
    kept = desk.fill(f"/staff/events/{event_id}/template", "name", template=str(template.id))
    assert kept.status_code == 303
