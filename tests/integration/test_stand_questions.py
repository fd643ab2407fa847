"""An event's own questions to exhibitors: written by the coordinator, answered in the form, kept as they were put."""

import re
from uuid import uuid4

import pytest
from sqlmodel import col, select
from werkzeug.test import TestResponse

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import AskedOf, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, set_call
from alpes_events.fair.codes import Missing
from alpes_events.fair.models import Exhibitor, StandAnswer
from alpes_events.fair.stand_queries import stands_of
from alpes_events.privacy.contacts import export_contact
from alpes_web.own_stand import stand_address
from tests.integration.test_intake_commands import alpes, exported
from tests.integration.test_stand_pages import filled
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site, text_of

FLAG = QuestionDraft(QuestionKind.YES_NO, "Avez-vous une bâche ?", required=True)
COUNT = QuestionDraft(QuestionKind.NUMBER, "Combien de postes ?")
WALL = QuestionDraft(QuestionKind.CHOICE, "Quel mur ?", choices=("Nord", "Sud"))


@pytest.fixture
def fair(organised: Database) -> tuple[Database, int, str]:
    """An event open to exhibitors that asks them three questions."""
    with organised.writing() as db:
        event_id = an_event(db)
        set_call(db, event_id, CallDraft(), now=NOW, account_id=None)
        set_questions(db, event_id, [FLAG, COUNT, WALL], now=NOW, asked_of=AskedOf.EXHIBITORS)
        slug = the_event(db, event_id).slug
        db.commit()
    return organised, event_id, slug


def asked(database: Database, event_id: int) -> list[tuple[str, QuestionKind, bool]]:
    with database.reading() as db:
        rows = questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)
        return [(row.label, row.kind, row.required) for row in rows]


def numbers(database: Database, event_id: int) -> list[int]:
    with database.reading() as db:
        return [one.id or 0 for one in questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)]


def told(database: Database, event_id: int) -> list[tuple[str, str]]:
    with database.reading() as db:
        [stand] = stands_of(db, event_id)
        return [(one.label, one.content) for one in stand.answered]


def sends(database: Database, slug: str, **answers: str) -> TestResponse:
    """A request by the public form, answered."""
    data = {name: value for name, value in filled(None).items() if name not in {"village_id", "options", "rules"}}
    return Browser(a_site(database)).send(f"/events/{slug}/stand", data | {"place_kind": "stand"} | answers)


def test_questions_are_written_ordered_changed_and_taken_away(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        set_questions(db, event_id, [QuestionDraft(QuestionKind.TEXT, "Votre métier ?")], now=NOW)
        db.commit()
    desk, path = Desk(organised), f"/staff/events/{event_id}/stands/questions"
    first = {"questions-0-label": "Une bâche ?", "questions-0-kind": "yes_no", "questions-0-required": "y"}
    assert desk.fill(path, "questions-0-label", **first).status_code == 303
    second = {"questions-1-label": "Combien ?", "questions-1-kind": "number", "questions-1-place": "0"}
    assert desk.fill(path, "questions-0-label", **second).status_code == 303
    assert asked(organised, event_id) == [
        ("Combien ?", QuestionKind.NUMBER, False),
        ("Une bâche ?", QuestionKind.YES_NO, True),
    ]
    assert desk.fill(path, "questions-0-label", **{"questions-0-removed": "y"}).status_code == 303
    assert asked(organised, event_id) == [("Une bâche ?", QuestionKind.YES_NO, True)]
    with organised.reading() as db:
        assert [one.label for one in questions_of(db, event_id)] == ["Votre métier ?"]


def test_question_without_its_choices_is_told_and_stays_as_typed(fair: tuple[Database, int, str]) -> None:
    database, event_id, _ = fair
    path = f"/staff/events/{event_id}/stands/questions"
    refused = Desk(database).fill(path, "questions-0-label", **{"questions-2-choices": "Nord"})
    assert refused.status_code == 422
    assert "Proposez au moins deux réponses" in text_of(refused)
    assert "Quel mur ?" in refused.get_data(as_text=True)
    assert len(asked(database, event_id)) == 3


def test_answers_are_given_in_the_form_changed_on_the_page_and_taken_away(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    flag, count, wall = numbers(database, event_id)
    refused = sends(database, slug, **{f"question_{count}": "douze"})
    assert refused.status_code == 422
    assert "Répondez à cette question pour demander un stand" in text_of(refused)
    assert "Écrivez un nombre entier" in text_of(refused)
    assert 'value="douze"' in refused.get_data(as_text=True)
    given = {f"question_{flag}": "yes", f"question_{count}": "1 200", f"question_{wall}": "Sud"}
    assert sends(database, slug, **given).status_code == 303
    assert told(database, event_id) == [(FLAG.label, "yes"), (COUNT.label, "1200"), (WALL.label, "Sud")]
    with database.reading() as db:
        reference = db.exec(select(Exhibitor.reference)).one() or ""
    site = a_site(database)
    browser = Browser(site)
    with site.test_request_context(base_url="https://agenda.example.org"):
        address = stand_address(reference)
    page = browser.get(address).get_data(as_text=True)
    assert re.search(rf'name="question_{count}"[^>]*value="1200"|value="1200"[^>]*name="question_{count}"', page)
    changed = {"name": "Atelier", "place_kind": "stand", f"question_{flag}": "no", f"question_{count}": ""}
    assert browser.send(address, changed | {f"question_{wall}": "Nord"}).status_code == 303
    assert told(database, event_id) == [(FLAG.label, "no"), (WALL.label, "Nord")]


def test_answer_keeps_the_question_as_it_was_put(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    flag, count, wall = numbers(database, event_id)
    sends(database, slug, **{f"question_{flag}": "yes", f"question_{count}": "3"})
    with database.writing() as db:
        reworded = QuestionDraft(QuestionKind.YES_NO, "Une bâche ignifugée ?", required=True, id=flag)
        other_kind = QuestionDraft(QuestionKind.TEXT, COUNT.label, id=count)
        set_questions(db, event_id, [reworded, other_kind], now=NOW, asked_of=AskedOf.EXHIBITORS)
        db.commit()
    assert told(database, event_id) == [(COUNT.label, "3"), (FLAG.label, "yes")]
    assert not {count, wall} & set(numbers(database, event_id))
    with database.reading() as db:
        exhibitor_id = db.exec(select(Exhibitor.id)).one()
    page = text_of(Desk(database).get(f"/staff/events/{event_id}/stands/requests/{exhibitor_id}"))
    assert FLAG.label in page
    assert "ignifugée" not in page
    [row] = exported(alpes(database, "export", "exhibitors", "--event", str(event_id)))
    assert (row[FLAG.label], row[COUNT.label], row["Une bâche ignifugée ?"]) == ("oui", "3", "")


def test_required_question_asked_later_is_owed_by_who_asked_before(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    flag, *_ = numbers(database, event_id)
    sends(database, slug, **{f"question_{flag}": "yes"})
    with database.writing() as db:
        assert [one.missing for one in stands_of(db, event_id)] == [()]
        kept = QuestionDraft(QuestionKind.YES_NO, FLAG.label, required=True, id=flag)
        more = QuestionDraft(QuestionKind.TEXT, "Qui monte le stand ?", required=True)
        set_questions(db, event_id, [kept, more], now=NOW, asked_of=AskedOf.EXHIBITORS)
        assert [one.missing for one in stands_of(db, event_id)] == [(Missing.ANSWERS,)]
        db.commit()
    assert "réponses" in text_of(Desk(database).get(f"/staff/events/{event_id}/stands/requests?missing=1"))


def test_copy_of_a_contacts_data_holds_their_stand_and_answers(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    flag, *_ = numbers(database, event_id)
    sends(database, slug, **{f"question_{flag}": "yes"})
    with database.reading() as db:
        stand = db.exec(select(Exhibitor)).one()
        copy = export_contact(db, stand.contact_id or 0, now=NOW)["tables"]
        assert [(row["label"], row["content"]) for row in copy["stand_answer"]] == [(FLAG.label, "yes")]
        assert [row["name"] for row in copy["exhibitor"]] == [stand.name]
        assert db.exec(select(StandAnswer).order_by(col(StandAnswer.id))).one().label == FLAG.label


def test_form_key_sent_twice_answers_once(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    flag, *_ = numbers(database, event_id)
    key = str(uuid4())
    for content in ("yes", "no"):
        sends(database, slug, form_key=key, **{f"question_{flag}": content})
    assert told(database, event_id) == [(FLAG.label, "yes")]
