"""Events at the coordinator's desk: written, changed with notice, published, called off; nothing typed is lost."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import Entry, Event, EventKind, EventState, QuestionKind, Venue
from alpes_events.agenda.queries import sessions_of
from alpes_events.agenda.questions import questions_of
from alpes_events.attendance.models import RegistrationState
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.seats.models import SeatPool
from tests.support.databases import Templates
from tests.support.drawn import opened, picture
from tests.support.forms import form_of
from tests.support.staff import Desk
from tests.support.stories import an_event, an_organisation, signs_up, states
from tests.support.web import text_of

NEW = "/staff/events/new"
WRITTEN = {
    "title": "Forum des métiers verts",
    "kind": "forum",
    "starts_on": "2026-04-14",
    "starts_time": "09:30",
    "ends_time": "12:00",
    "capacity": "60",
    "audience": ["young", "women"],
    "themes": "jardin, énergie , jardin",
    "summary": "On y parle de jardins.",
    "description": "Un premier paragraphe.\r\n\r\nUn second.",
}
PNG = picture()


@pytest.fixture(scope="module")
def refused_here(templates: Templates) -> Iterator[Database]:
    """One database for all that is refused before it reaches the tables: neither engine has a part in it."""
    with templates.fresh("sqlite", an_organisation) as fresh:
        yield fresh


def an_open_event(database: Database, *, people: int = 0, capacity: int = 2, **changes: Any) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity, **changes)
        for number in range(people):
            signs_up(db, event_id, number)
        db.commit()
    return event_id


def the(database: Database, event_id: int) -> Event:
    with database.reading() as db:
        return the_event(db, event_id)


def test_event_is_written_as_a_draft_with_all_it_says(organised: Database) -> None:
    desk = Desk(organised)
    answer = desk.fill(NEW, "title", **WRITTEN)
    assert answer.status_code == 303
    with organised.reading() as db:
        event = db.exec(select(Event)).one()
        pool = db.get_one(SeatPool, event.pool_id)
    assert (event.title, event.kind, event.state) == ("Forum des métiers verts", EventKind.FORUM, EventState.DRAFT)
    assert (event.starts_at.isoformat(), event.ends_at.isoformat()) == (
        "2026-04-14T07:30:00+00:00",
        "2026-04-14T10:00:00+00:00",
    )
    assert (event.audience, event.themes, pool.capacity) == (["young", "women"], ["jardin", "énergie"], 60)
    assert answer.location.endswith(f"/staff/events/{event.id}")


def test_venue_that_is_written_down_is_not_lost(organised: Database) -> None:
    desk = Desk(organised)
    described = {"venue_name": "Salle Wauquier", "venue_commune": "Lompret (59840)"}
    assert desk.fill(NEW, "title", **WRITTEN, **described).status_code == 303
    with organised.reading() as db:
        venue = db.exec(select(Venue)).one()
        assert db.exec(select(Event.venue_id)).one() == venue.id
    both = desk.fill(NEW, "title", **WRITTEN, venue=str(venue.id), venue_name="Salle des fêtes")
    assert both.status_code == 422
    assert "gardez l’un des deux" in text_of(both)
    assert "Salle des fêtes" in both.get_data(as_text=True)


def test_new_venue_is_described_once_and_found_again(organised: Database) -> None:
    desk = Desk(organised)
    described = {"venue": "new", "venue_name": "Salle Wauquier", "venue_commune": "Lompret (59840)"}
    for _time in range(2):
        assert desk.fill(NEW, "title", **WRITTEN, **described).status_code == 303
    with organised.reading() as db:
        venue = db.exec(select(Venue)).one()
        events = db.exec(select(Event.venue_id)).all()
    assert (venue.name, venue.insee_code, venue.postal_code) == ("Salle Wauquier", "59356", "59840")
    assert list(events) == [venue.id, venue.id]


def test_postal_code_of_several_communes_asks_for_the_name(organised: Database) -> None:
    desk = Desk(organised)
    answer = desk.fill(NEW, "title", **WRITTEN, venue="new", venue_name="Salle", venue_commune="59840")
    assert answer.status_code == 422
    assert "Plusieurs communes ont ce code postal" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "  "}, "Il manque le titre."),
        ({"title": "É" * 151}, "Ce texte est trop long : 150 signes au plus."),
        ({"starts_on": ""}, "Indiquez le jour."),
        ({"starts_on": "31/02/2026"}, "n’existe pas : écrivez-le comme 12/03/2026"),
        ({"starts_on": "0001-01-01"}, "Choisissez une année entre 1900 et 2200."),
        ({"starts_time": ""}, "Indiquez l’heure du début."),
        ({"starts_time": "25:00"}, "Cette heure n’existe pas"),
        ({"starts_on": "2026-03-29", "starts_time": "02:30", "ends_time": "05:00"}, "02:30 n’existe pas"),
        ({"ends_time": "09:00"}, "La fin doit venir après le début."),
        ({"capacity": "-3"}, "Écrivez un nombre entier"),
        ({"capacity": "douze"}, "Écrivez un nombre entier"),
        (
            {"opens_on": "2026-04-10", "closes_on": "2026-04-01"},
            "Les inscriptions doivent fermer après",
        ),
        ({"entry": "elsewhere"}, "Indiquez l’adresse où l’on s’inscrit"),
        ({"kind": "cirque"}, "Choisissez une des réponses proposées."),
        ({"venue": "999"}, "Choisissez une des réponses proposées."),
        ({"audience": ["martiens"]}, "Choisissez une des réponses proposées."),
        ({"venue": "new", "venue_name": ""}, "Écrivez le nom du lieu."),
        ({"venue": "new", "venue_name": "Salle", "venue_commune": ""}, "Indiquez la commune du lieu."),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field_and_nothing_typed_is_lost(
    refused_here: Database, typed: dict[str, object], sentence: str
) -> None:
    desk = Desk(refused_here)
    sent = {**desk.fields(NEW, "title"), **WRITTEN, **typed}
    answer = desk.post(NEW, sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "<title>Erreur" in page
    kept = form_of(page, holding="title")
    unread = {"csrf_token", "themes", "audience", *(name for name in typed if name in {"kind", "venue"})}
    assert {name: kept[name] for name in kept.keys() - unread} == {name: sent[name] for name in sent.keys() - unread}
    assert kept["themes"] == "jardin, énergie"
    with refused_here.reading() as db:
        assert db.exec(select(Event)).all() == []


def test_whole_day_ends_where_the_next_begins_and_is_shown_as_written(organised: Database) -> None:
    desk = Desk(organised)
    typed = {**WRITTEN, "all_day": "y", "starts_time": "", "ends_time": "", "ends_on": "2026-04-15"}
    address = desk.fill(NEW, "title", **typed).location
    with organised.reading() as db:
        event = db.exec(select(Event)).one()
    assert (event.starts_at.isoformat(), event.ends_at.isoformat()) == (
        "2026-04-13T22:00:00+00:00",
        "2026-04-15T22:00:00+00:00",
    )
    form = desk.fields(f"{address}/edit", "title")
    assert (form["starts_on"], form["ends_on"], form["all_day"]) == ("2026-04-14", "2026-04-15", ["y"])


def test_saving_the_form_unchanged_changes_nothing(organised: Database) -> None:
    desk = Desk(organised)
    address = desk.fill(NEW, "title", **WRITTEN).location
    with organised.reading() as db:
        before = db.exec(select(Event)).one().model_dump()
    assert desk.fill(f"{address}/edit", "title").status_code == 303
    with organised.reading() as db:
        assert db.exec(select(Event)).one().model_dump() == before


def test_change_of_hour_is_stored_only_once_who_will_be_told_was_shown(organised: Database) -> None:
    event_id = an_open_event(organised, people=3, capacity=5)
    desk, path = Desk(organised), f"/staff/events/{event_id}/edit"
    first = desk.fill(path, "title", starts_time="15:00", ends_time="18:00")
    assert first.status_code == 200
    assert "3 personnes à prévenir" in text_of(first)
    assert the(organised, event_id).starts_at.hour == 13
    assert desk.confirm(path, first, "title").status_code == 303
    assert the(organised, event_id).starts_at.hour == 14
    with organised.reading() as db:
        entries = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.EVENT_REVISED)).all()
    assert [entry.facts["moved"] for entry in entries] == [True]


def test_change_of_words_needs_no_notice(organised: Database) -> None:
    event_id = an_open_event(organised, people=1)
    desk = Desk(organised)
    assert desk.fill(f"/staff/events/{event_id}/edit", "title", title="Un autre titre").status_code == 303
    assert the(organised, event_id).title == "Un autre titre"


def test_draft_is_published_and_taken_back(organised: Database) -> None:
    desk = Desk(organised)
    home = desk.fill(NEW, "title", **WRITTEN).location
    event_id = int(home.rsplit("/", 1)[1])
    assert desk.press(f"{home}/publish", home).status_code == 303
    assert the(organised, event_id).state is EventState.PUBLISHED
    assert desk.press(f"{home}/publish", "/account").status_code == 409
    assert desk.fill(f"{home}/withdraw", "csrf_token").status_code == 303
    assert the(organised, event_id).state is EventState.WITHDRAWN


def test_cancelling_asks_why_says_how_many_and_ends_every_sign_up(organised: Database) -> None:
    event_id = an_open_event(organised, people=3)
    desk, path = Desk(organised), f"/staff/events/{event_id}/cancel"
    assert "3 personnes sont inscrites." in text_of(desk.get(path))
    assert desk.fill(path, "reason", reason=" ").status_code == 422
    assert the(organised, event_id).state is EventState.PUBLISHED
    shown = desk.fill(path, "reason", reason="La salle n’est plus disponible.")
    assert the(organised, event_id).state is EventState.PUBLISHED
    done = desk.confirm(path, shown, "reason")
    assert done.status_code == 303
    assert "Personnes prévenues ou à appeler : 3." in text_of(desk.get(done.location))
    assert the(organised, event_id).cancellation_reason == "La salle n’est plus disponible."
    with organised.reading() as db:
        assert set(states(db, event_id)) == {RegistrationState.REVOKED}


def test_capacity_below_those_who_have_a_place_is_refused_with_their_number(organised: Database) -> None:
    event_id = an_open_event(organised, people=3, capacity=4)
    desk, path = Desk(organised), f"/staff/events/{event_id}/capacity"
    refused = desk.fill(path, "capacity", capacity="2")
    assert refused.status_code == 422
    assert "3 places sont déjà prises" in text_of(refused)
    assert form_of(refused.get_data(as_text=True), holding="capacity")["capacity"] == "2"
    assert desk.fill(path, "capacity", capacity="3").status_code == 303


def test_more_places_go_at_once_to_those_who_wait(organised: Database) -> None:
    event_id = an_open_event(organised, people=4, capacity=2)
    desk = Desk(organised)
    desk.fill(f"/staff/events/{event_id}/capacity", "capacity", capacity="3")
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "confirmed", "offered", "waitlisted"]


def test_copy_keeps_the_wall_time_over_the_change_of_clocks(organised: Database) -> None:
    event_id = an_open_event(organised)
    copied = Desk(organised).fill(f"/staff/events/{event_id}/copy", "on", on="2026-04-09")
    copy = the(organised, int(copied.location.rsplit("/", 1)[1]))
    assert (copy.starts_at.isoformat(), copy.state) == ("2026-04-09T12:00:00+00:00", EventState.DRAFT)


def test_repetition_shows_its_days_before_it_makes_them(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/repeat"
    typed = {"every_weeks": "1", "until_on": "2026-04-02", "except_on": "26/03/2026"}
    seen = desk.fill(path, "until_on", **typed)
    assert "Jeudi 19 mars 2026 Jeudi 2 avril 2026" in text_of(seen)
    with organised.reading() as db:
        assert len(db.exec(select(Event)).all()) == 1
    kept = form_of(seen.get_data(as_text=True), holding="until_on")
    assert desk.post(path, {**kept, "seen": "yes"}).status_code == 303
    with organised.reading() as db:
        days = db.exec(select(Event.starts_at).order_by(col(Event.starts_at))).all()
    assert [day.date().isoformat() for day in days] == ["2026-03-12", "2026-03-19", "2026-04-02"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"every_weeks": "0", "until_on": "2026-04-02"}, "Indiquez au moins une semaine"),
        ({"every_weeks": "1", "until_on": "2026-03-13"}, "Aucun jour ne convient"),
        ({"every_weeks": "1", "until_on": "2199-03-13"}, "200 au plus"),
        (
            {"every_weeks": "1", "until_on": "2026-04-02", "except_on": "32/03/2026"},
            "« 32/03/2026 » n’existe pas",
        ),
    ],
)
def test_repetition_that_cannot_be_is_refused(organised: Database, typed: dict[str, str], sentence: str) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/repeat"
    refused = desk.fill(path, "until_on", **typed)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert form_of(refused.get_data(as_text=True), holding="until_on")["until_on"] == typed["until_on"]


def test_questions_are_written_changed_and_retired(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/questions"
    first = {"questions-0-label": "Le métier", "questions-0-kind": "choice", "questions-0-choices": "Vente\nSoins"}
    assert desk.fill(path, "questions-0-label", **first).status_code == 303
    assert desk.fill(path, "questions-0-label", **{"questions-1-label": "Un CV ?"}).status_code == 303
    with organised.reading() as db:
        asked = [(row.label, row.kind, row.choices) for row in questions_of(db, event_id)]
    assert asked == [("Le métier", QuestionKind.CHOICE, ["Vente", "Soins"]), ("Un CV ?", QuestionKind.TEXT, [])]
    assert desk.fill(path, "questions-0-label", **{"questions-0-removed": "y"}).status_code == 303
    with organised.reading() as db:
        assert [row.label for row in questions_of(db, event_id)] == ["Un CV ?"]


def test_choice_between_one_answer_is_refused_and_kept(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/questions"
    typed = {"questions-0-label": "Le métier", "questions-0-kind": "choice", "questions-0-choices": "Vente"}
    refused = desk.fill(path, "questions-0-label", **typed)
    assert refused.status_code == 422
    assert "Proposez au moins deux réponses" in text_of(refused)
    kept = form_of(refused.get_data(as_text=True), holding="questions-0-label")
    assert {name: kept[name] for name in typed} == typed


def test_session_is_added_within_its_event_and_cancelled(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/sessions"
    typed = {"title": "Atelier CV", "starts_time": "15:00", "ends_time": "16:00", "capacity": "10"}
    late = desk.fill(f"{path}/new", "title", **{**typed, "ends_time": "19:00"})
    assert late.status_code == 422
    assert "Cette séance doit se tenir pendant l’événement." in text_of(late)
    assert desk.fill(f"{path}/new", "title", **typed).status_code == 303
    with organised.reading() as db:
        (card,) = sessions_of(db, event_id)
    assert (card.session.title, card.places.capacity, card.session.starts_at.hour) == ("Atelier CV", 10, 14)
    assert desk.fill(f"{path}/{card.session.id}/cancel", "csrf_token").status_code == 303
    with organised.reading() as db:
        assert sessions_of(db, event_id) == []


def test_session_of_another_event_is_not_there(organised: Database) -> None:
    event_id, other = an_open_event(organised), an_open_event(organised, title="Un autre")
    desk = Desk(organised)
    typed = {"title": "Atelier CV", "starts_time": "15:00", "ends_time": "16:00"}
    desk.fill(f"/staff/events/{event_id}/sessions/new", "title", **typed)
    with organised.reading() as db:
        session_id = sessions_of(db, event_id)[0].session.id
    assert desk.get(f"/staff/events/{other}/sessions/{session_id}/edit").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "alt", "sentence"),
    [
        (PNG, "photo.exe", "Un stand", "n’est pas une image JPEG, PNG ou WebP"),
        (b"MZ" + b"\0" * 20, "photo.png", "Un stand", "n’est pas une image JPEG, PNG ou WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.svg", "Un stand", "envoyez cette image en PNG"),
        (PNG[:-30], "photo.png", "Un stand", "Cette image est abîmée"),
        (b"", "photo.png", "Un stand", "Ce fichier est vide"),
        (PNG, "photo.png", "", "Décrivez l’image en une phrase"),
    ],
)
def test_what_is_not_a_picture_is_refused(
    organised: Database, content: bytes, name: str, alt: str, sentence: str
) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/picture"
    sent = {**desk.fields(path, "picture_alt"), "picture_alt": alt, "picture": (BytesIO(content), name)}
    refused = desk.post(path, sent)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert the(organised, event_id).picture_id is None


def test_picture_is_kept_shown_and_taken_away(organised: Database) -> None:
    event_id = an_open_event(organised)
    desk, path = Desk(organised), f"/staff/events/{event_id}/picture"
    sent = {**desk.fields(path, "picture_alt"), "picture_alt": "Un stand", "picture": (BytesIO(PNG), "photo.png")}
    assert desk.post(path, sent).status_code == 303
    file = desk.get(f"{path}/file")
    assert (file.mimetype, opened(file.get_data()).size) == ("image/png", opened(PNG).size)
    assert desk.press(f"{path}/remove", path).status_code == 303
    assert desk.get(f"{path}/file").status_code == 404


def test_table_is_chosen_by_shelf_kind_period_and_words(organised: Database) -> None:
    an_open_event(organised, title="Métiers de l’Œuvre")
    an_open_event(organised, title="Salon d’hiver", kind=EventKind.SALON, entry=Entry.FREE)
    desk = Desk(organised)
    assert "Métiers de l’Œuvre" in text_of(desk.get("/staff/events?q=oeuvre"))
    assert "Salon d’hiver" not in text_of(desk.get("/staff/events?q=oeuvre"))
    assert "Métiers de l’Œuvre" not in text_of(desk.get("/staff/events?kind=salon"))
    assert "Aucun événement ne répond à ce choix" in text_of(desk.get("/staff/events?from=2026-03-13"))
    assert "Salon d’hiver" in text_of(desk.get("/staff/events?from=2026-03-12&until=2026-03-12"))
    assert "Aucun événement" in text_of(desk.get("/staff/events?show=past"))
    for nonsense in (
        "sort=no&dir=up",
        "page=-1",
        "page=99999999999",
        "kind=x",
        "from=x",
        "until=9999-12-31",
        "show=x",
    ):
        assert desk.get(f"/staff/events?{nonsense}").status_code == 200


def test_history_tells_in_words_who_did_what(organised: Database) -> None:
    event_id = an_open_event(organised, people=3)
    desk = Desk(organised)
    desk.fill(f"/staff/events/{event_id}/capacity", "capacity", capacity="3")
    told = text_of(desk.get(f"/staff/events/{event_id}/history"))
    assert "Une place est proposée à Prénomc Nomc" in told
    assert "Capacité : 3 places" in told
    assert "par Personne coordinator" in told
    assert "Prénoma Noma s’inscrit" in told
    assert "Publié dans l’agenda" in told
