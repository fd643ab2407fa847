"""Sign-ups at the coordinator's and the advisor's desk: who sees whom, what is done, what leaves."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, func, select

from alpes_events.agenda.models import EventState, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, set_questions
from alpes_events.attendance.models import Answer, Channel, Registration, RegistrationState
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import AccessAudit, Candidate, Role
from tests.support.databases import Templates
from tests.support.forms import form_of
from tests.support.pdf import pages_of
from tests.support.staff import Desk, statements
from tests.support.stories import STARTS_AT, an_event, an_organisation, recount, signs_up, states
from tests.support.web import text_of

NOBODY = {"given_name": "Éloïse", "family_name": "Cœur", "email": "", "telephone": "", "commune_name": ""}


def _one_event(database: Database) -> None:
    an_organisation(database)
    an_open_event(database)


@pytest.fixture(scope="module")
def refused_here(templates: Templates) -> Iterator[Database]:
    """One event for all that is refused before it reaches the tables: neither engine has a part in it."""
    with templates.fresh("sqlite", _one_event) as fresh:
        yield fresh


def an_open_event(database: Database, *, people: int = 0, capacity: int = 2, **changes: Any) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity, **changes)
        for number in range(people):
            signs_up(db, event_id, number)
        db.commit()
    return event_id


def sign_ups(database: Database, event_id: int) -> list[Registration]:
    with database.reading() as db:
        return list(
            db.exec(select(Registration).where(Registration.event_id == event_id).order_by(col(Registration.id)))
        )


def test_advisor_signs_up_somebody_without_email_and_prints_their_convocation(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk = Desk(organised, Role.ADVISOR)
    answer = desk.fill(f"/staff/events/{event_id}/sign-up", "given_name", **NOBODY)
    assert answer.status_code == 303
    (row,) = sign_ups(organised, event_id)
    assert (row.channel, row.registered_by, row.state) == (
        Channel.ADVISOR,
        desk.account_id,
        RegistrationState.CONFIRMED,
    )
    (page,) = pages_of(desk.get(f"{answer.location}/convocation.pdf").data)
    assert f"{row.reference[:3]}-{row.reference[3:6]}-{row.reference[6:]}" in page


def test_same_form_sent_twice_signs_up_once(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/sign-up"
    sent = {**desk.fields(path, "given_name"), **NOBODY, "email": "eloise@example.org"}
    first, second = desk.post(path, sent), desk.post(path, sent)
    assert (first.status_code, second.location) == (303, first.location)
    assert len(sign_ups(organised, event_id)) == 1


def test_somebody_known_is_chosen_and_not_signed_up_twice(organised: Database) -> None:
    event_id, other = an_open_event(organised, people=1), an_open_event(organised, title="Un autre")
    person_id = sign_ups(organised, event_id)[0].candidate_id
    desk = Desk(organised)
    found = desk.get(f"/staff/events/{other}/sign-up?q=prenoma")
    assert f"person={person_id}" in found.get_data(as_text=True)
    assert desk.fill(f"/staff/events/{other}/sign-up?person={person_id}", "form_key").status_code == 303
    assert sign_ups(organised, other)[0].candidate_id == person_id
    again = desk.fill(f"/staff/events/{event_id}/sign-up?person={person_id}", "form_key")
    assert again.status_code == 409
    assert "Cette personne est déjà inscrite" in text_of(again)


def test_priority_goes_before_those_who_wait(organised: Database) -> None:
    event_id = an_open_event(organised, people=4, capacity=2)
    desk = Desk(organised)
    answer = desk.fill(f"/staff/events/{event_id}/sign-up", "given_name", **NOBODY, priority="y")
    assert "en position 1" in text_of(desk.get(answer.location))


def test_somebody_who_waits_is_let_pass_by_a_button_that_goes_back_too(organised: Database) -> None:
    event_id = an_open_event(organised, people=4, capacity=1)
    desk = Desk(organised)
    with organised.reading() as db:
        last = db.exec(select(func.max(Registration.id)).where(Registration.event_id == event_id)).one()
    page = f"/staff/sign-ups/{last}"
    assert "En position 3" in text_of(desk.get(page))
    assert desk.press(f"{page}/first", page).status_code == 303
    passes = text_of(desk.get(page))
    assert "passe avant les autres" in passes
    assert "En position 1" in passes
    desk.press(f"{page}/in-turn", page)
    assert "En position 3" in text_of(desk.get(page))
    told = text_of(desk.get(f"/staff/events/{event_id}/history"))
    assert "passe avant les autres sur la liste d’attente" in told
    assert "attend de nouveau à son tour" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"family_name": ""}, "Indiquez le nom."),
        ({"given_name": "É" * 300}, "Ce nom a 300 caractères."),
        ({"given_name": "<b>Zoé</b>"}, "Un nom s’écrit avec des lettres"),
        ({"given_name": "😀"}, "Indiquez le prénom."),
        ({"email": "eloise@"}, "Cette adresse e-mail ne semble pas complète."),
        ({"telephone": "06 39"}, "Ce numéro ne semble pas complet."),
        ({"birth_on": "2050-01-01"}, "Cette date de naissance n’est pas possible"),
        ({"birth_on": "31/02/2000"}, "n’existe pas"),
        ({"commune_name": "59840"}, "Choisissez votre commune"),
        ({"district": "QP000"}, "Choisissez une des réponses proposées."),
        ({"session_id": "77"}, "Choisissez une des réponses proposées."),
    ],
)
def test_what_cannot_be_right_about_a_person_is_said_and_nothing_typed_is_lost(
    refused_here: Database, typed: dict[str, str], sentence: str
) -> None:
    desk, path = Desk(refused_here), "/staff/events/1/sign-up"
    sent = {**desk.fields(path, "given_name"), **NOBODY, **typed}
    refused = desk.post(path, sent)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    kept = form_of(refused.get_data(as_text=True), holding="given_name")
    chosen = {"csrf_token", "district", "session_id"}
    assert {name: kept[name] for name in sent.keys() - chosen} == {name: sent[name] for name in sent.keys() - chosen}
    assert sign_ups(refused_here, 1) == []


def test_shared_postal_code_asks_which_and_takes_the_answer(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/sign-up"
    asked = desk.fill(path, "given_name", **{**NOBODY, "commune_name": "59840"}).get_data(as_text=True)
    assert desk.post(path, {**form_of(asked, holding="given_name"), "insee_code": "59457"}).status_code == 303
    with organised.reading() as db:
        assert db.exec(select(Candidate.commune_name)).one() == "Pérenchies"


def test_required_question_is_asked_and_its_answer_kept(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        set_questions(db, event_id, [QuestionDraft(QuestionKind.YES_NO, "Un CV ?", required=True)], now=STARTS_AT)
        db.commit()
    desk, path = Desk(organised), f"/staff/events/{event_id}/sign-up"
    refused = desk.fill(path, "given_name", **NOBODY)
    assert refused.status_code == 422
    assert "Répondez à cette question" in text_of(refused)
    name = next(one for one in desk.fields(path, "given_name") if one.startswith("question_"))
    assert desk.fill(path, "given_name", **NOBODY, **{name: "yes"}).status_code == 303
    with organised.reading() as db:
        assert db.exec(select(Answer.content)).all() == ["yes"]


def test_event_called_off_takes_nobody_and_keeps_what_was_typed(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/sign-up"
    sent = {**desk.fields(path, "given_name"), **NOBODY}
    with organised.writing() as db:
        call_off_event(db, event_id, state=EventState.CANCELLED, reason="Neige", now=STARTS_AT, account_id=None)
        db.commit()
    refused = desk.post(path, sent)
    assert refused.status_code == 410
    assert "Cet événement est annulé" in text_of(refused)
    assert form_of(refused.get_data(as_text=True), holding="given_name")["family_name"] == "Cœur"


def test_place_goes_on_when_somebody_does_not_come_and_can_be_offered_by_hand_late(organised: Database) -> None:
    event_id = an_open_event(organised, people=4, capacity=2, cut_off_hours=1_000)
    first, _second, third, _fourth = sign_ups(organised, event_id)
    desk, page = Desk(organised), f"/staff/events/{event_id}/people"
    assert "Proposer la place" not in text_of(desk.get(page))
    assert desk.press(f"/staff/sign-ups/{first.id}/cancel", page).status_code == 303
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "confirmed", "waitlisted", "waitlisted"]
    assert "1 place est libre et du monde attend." in text_of(desk.get(page))
    assert desk.press(f"/staff/sign-ups/{third.id}/offer", page).status_code == 303
    assert desk.press(f"/staff/sign-ups/{third.id}/accept", page).status_code == 303
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "confirmed", "confirmed", "waitlisted"]
    assert desk.press(f"/staff/sign-ups/{third.id}/offer", page).status_code == 409


def test_several_are_ended_once_their_names_were_shown(organised: Database) -> None:
    event_id = an_open_event(organised, people=3, capacity=5)
    first, second, _third = sign_ups(organised, event_id)
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    chosen = {"chosen": [str(first.id), str(second.id)], "act": "revoke"}
    asked = desk.press(people, people, **chosen)
    assert "Prénoma Noma" in text_of(asked)
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed"] * 3
    assert desk.press(people, people, **chosen, sure="yes").status_code == 303
    with organised.reading() as db:
        assert states(db, event_id) == ["revoked", "revoked", "confirmed"]


def test_those_noted_as_not_coming_are_called_back_to_a_free_place_or_the_queue(organised: Database) -> None:
    event_id = an_open_event(organised, people=3, capacity=2)
    first, second, third = sign_ups(organised, event_id)
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    gone = {"chosen": [str(first.id), str(second.id)]}
    page = desk.press(people, people, **gone, act="cancel", sure="yes")
    assert "2 personnes ne viennent pas" in text_of(page)
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "cancelled", "offered"]
    back = text_of(desk.press(people, people, **gone, act="back"))
    assert "2 personnes reviennent" in back
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "waitlisted", "offered"]
        assert recount(db, event_id) == (2, 2)
    again = text_of(desk.press(people, people, chosen=[str(third.id), str(first.id)], act="back"))
    assert "2 personnes reviennent" in again
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "waitlisted", "offered"]


def test_sign_up_that_we_ended_is_not_called_back_and_the_page_says_why(organised: Database) -> None:
    event_id = an_open_event(organised, people=1, capacity=2)
    (only,) = sign_ups(organised, event_id)
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    desk.press(people, people, chosen=[str(only.id)], act="revoke", sure="yes")
    page = text_of(desk.press(people, people, chosen=[str(only.id)], act="back"))
    assert "0 personne revient" in page
    assert "appelez-nous" in page
    with organised.reading() as db:
        assert states(db, event_id) == ["revoked"]


def test_sign_ups_of_another_event_are_not_among_those_chosen(organised: Database) -> None:
    event_id, other = an_open_event(organised, people=1), an_open_event(organised, title="Un autre", people=1)
    stranger = sign_ups(organised, other)[0].id
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    desk.press(people, people, chosen=[str(stranger)], act="revoke", sure="yes")
    with organised.reading() as db:
        assert states(db, other) == ["confirmed"]


def test_export_tells_who_signed_each_person_up_as_text_and_is_audited(organised: Database) -> None:
    event_id = an_open_event(organised, people=1, capacity=5)
    advisor = Desk(organised, Role.ADVISOR)
    advisor.fill(f"/staff/events/{event_id}/sign-up", "given_name", **{**NOBODY, "family_name": "-Cœur"})
    desk = Desk(organised)
    answer = desk.get(f"/staff/events/{event_id}/people?as=csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert [row["Inscription par"] for row in rows] == ["Par un conseiller", "En ligne"]
    assert (rows[0]["Nom du conseiller"], rows[0]["Nom"]) == ("Personne advisor", "'-Cœur")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = desk.get(f"/staff/events/{event_id}/people?as=xlsx").get_data()
    assert book.startswith(b"PK")
    with organised.reading() as db:
        noted = db.exec(select(AccessAudit).where(AccessAudit.action == "exported")).all()
    assert [(row.account_id, row.subject_id, row.count) for row in noted] == [(desk.account_id, event_id, 2)] * 2


def test_advisor_sees_their_own_people_and_nobody_else(organised: Database) -> None:
    event_id = an_open_event(organised, people=2, capacity=9)
    advisor = Desk(organised, Role.ADVISOR)
    mine = advisor.fill(f"/staff/events/{event_id}/sign-up", "given_name", **NOBODY).location
    stranger = sign_ups(organised, event_id)[0]
    listed = text_of(advisor.get(f"/staff/events/{event_id}/people"))
    assert "Éloïse Cœur" in listed
    assert "Prénoma" not in listed
    assert advisor.get(mine).status_code == 200
    for path in ("", "/sheet"):
        assert advisor.get(f"/staff/sign-ups/{stranger.id}{path}").status_code == 404
    for act in ("cancel", "accept"):
        assert advisor.press(f"/staff/sign-ups/{stranger.id}/{act}", "/account").status_code == 404
    for act in ("offer", "revoke"):
        assert advisor.press(f"/staff/sign-ups/{stranger.id}/{act}", "/account").status_code == 403
    assert "Prénoma" not in text_of(advisor.get(f"/staff/events/{event_id}/sign-up?q=prenoma"))
    assert advisor.get(f"/staff/events/{event_id}/sign-up?person={stranger.candidate_id}").status_code == 404
    assert "Prénoma" not in text_of(advisor.get("/staff/"))
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed"] * 3


def test_advisor_sees_no_draft(organised: Database) -> None:
    coordinator, advisor = Desk(organised), Desk(organised, Role.ADVISOR)
    typed = {"title": "Secret", "starts_on": "2026-04-14", "starts_time": "09:30", "ends_time": "12:00"}
    home = coordinator.fill("/staff/events/new", "title", **typed).location
    assert advisor.get(home).status_code == 404
    for show in ("draft", "all", "coming"):
        assert "Secret" not in text_of(advisor.get(f"/staff/events?show={show}"))


def test_two_sign_ups_after_a_merge_are_shown_and_one_can_be_cancelled(organised: Database) -> None:
    event_id = an_open_event(organised, people=2, capacity=5)
    first, second = sign_ups(organised, event_id)
    with organised.writing() as db:
        proposal = propose_pair(db, first.candidate_id, second.candidate_id, now=STARTS_AT)
        accept_merge(db, proposal, kept_id=first.candidate_id, now=STARTS_AT, account_id=None)
        db.commit()
    desk, people = Desk(organised), f"/staff/events/{event_id}/people"
    shown = text_of(desk.get(people))
    assert "Prénoma Noma a 2 inscriptions pour la même chose." in shown
    assert desk.press(f"/staff/sign-ups/{second.id}/cancel", people).status_code == 303
    assert "inscriptions pour la même chose" not in text_of(desk.get(people))


@pytest.mark.parametrize("query", ["q=prenoma", "q=PRÉNOMA nom", "q=noma prenoma", "group=coming&q=0001"])
def test_search_among_the_people_ignores_accents_and_order(organised: Database, query: str) -> None:
    event_id = an_open_event(organised, people=3, capacity=5)
    found = text_of(Desk(organised).get(f"/staff/events/{event_id}/people?{query}"))
    assert ("Prénoma Noma" in found) is (query != "group=coming&q=0001")
    assert "Prénomb" not in found


def test_person_is_found_by_the_reference_of_their_ticket(organised: Database) -> None:
    event_id = an_open_event(organised, people=2, capacity=5)
    reference = sign_ups(organised, event_id)[1].reference
    found = text_of(Desk(organised).get(f"/staff/events/{event_id}/people?q={reference[:3]}-{reference[3:]}"))
    assert "Prénomb Nomb" in found
    assert "Prénoma Noma" not in found


QUESTIONS = {"/staff/": 40, "/staff/events": 10, "/staff/events/1/people": 22, "/staff/events/1/day": 17}
"""How many statements each table may ask, the visitor and the organisation among them."""


def test_tables_ask_as_many_questions_for_thirty_rows_as_for_one(organised: Database) -> None:
    an_open_event(organised, people=2, capacity=1)
    desk = Desk(organised)
    few = {path: _asked(desk, organised, path) for path in QUESTIONS}
    for number in range(30):
        an_open_event(organised, title=f"Événement {number}")
    with organised.writing() as db:
        for number in range(30):
            signs_up(db, 1, number + 100)
        db.commit()
    assert {path: _asked(desk, organised, path) for path in QUESTIONS} == few
    assert {path: count for path, count in few.items() if count > QUESTIONS[path]} == {}


def _asked(desk: Desk, database: Database, path: str) -> int:
    desk.get(path)
    with statements(database) as sent:
        assert desk.get(path).status_code == 200
    return len(sent)


def test_page_of_people_shows_thirty_and_says_how_many(organised: Database) -> None:
    event_id = an_open_event(organised, people=35, capacity=40)
    desk = Desk(organised)
    page = desk.get(f"/staff/events/{event_id}/people").get_data(as_text=True)
    assert len(re.findall(r'name="chosen"', page)) == 30
    assert "1 à 30 sur 35" in text_of(desk.get(f"/staff/events/{event_id}/people"))
    assert "31 à 35 sur 35" in text_of(desk.get(f"/staff/events/{event_id}/people?page=2"))
