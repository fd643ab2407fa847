"""A venue is corrected for all its events: who will be told, and in which words, is seen before it is stored."""

import pytest
from sqlmodel import select

from alpes_events.agenda.models import Venue
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.database.engine import Database
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.versions.models import FormerVersion
from tests.support.posts import Clock, deliver_messages
from tests.support.routes import dump
from tests.support.staff import Desk, way_back
from tests.support.stories import an_event, signs_up
from tests.support.web import text_of

WRITTEN_BY_READING = frozenset({"access_audit", "account_session", "rate_count"})


def a_venue_with_people(database: Database) -> str:
    """A hall where two events come, with somebody who has an e-mail address at both and somebody to call at the
    second. Gives the address of its page.
    """
    with database.writing() as db:
        venue_id = find_or_add_venue(db, VenueDraft("Salle des Fêtes", "12 place du Marché", insee_code="59328"))
        first, second = an_event(db, venue_id=venue_id), an_event(db, venue_id=venue_id)
        signs_up(db, first, 0)
        signs_up(db, second, 1)
        signs_up(db, second, 2, telephone_only=True)
        db.commit()
    deliver_messages(database, Clock())
    return f"/staff/venues/{venue_id}"


def told(database: Database) -> tuple[int, int]:
    """How many messages and how many calls say that something changed."""
    deliver_messages(database, Clock())
    with database.reading() as db:
        mails = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "changed")).all()
        return len(mails), len(db.exec(select(CallTask).where(CallTask.kind == "changed")).all())


def test_new_address_is_stored_once_those_of_all_its_events_were_seen(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    desk.get(path)
    before = dump(organised, without=WRITTEN_BY_READING)
    shown = desk.fill(path, "transport", address="14 place du Marché")
    words = text_of(shown)
    assert "3 personnes à prévenir" in words
    assert "2 personnes prévenues par e-mail" in words
    assert "1 personne à appeler" in words
    assert "Avant Salle des Fêtes, 12 place du Marché" in words
    assert "Après Salle des Fêtes, 14 place du Marché" in words
    assert dump(organised, without=WRITTEN_BY_READING) == before
    assert desk.confirm(path, shown, "transport").status_code == 303
    assert told(organised) == (2, 1)
    with organised.reading() as db:
        assert db.exec(select(Venue.address)).one() == "14 place du Marché"


@pytest.mark.parametrize("typed", [{"transport": "Tramway R"}, {"accessibility": "De plain-pied"}, {}])
def test_what_moves_nobody_is_stored_at_once(organised: Database, typed: dict[str, str]) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    assert desk.fill(path, "transport", **typed).status_code == 303
    assert told(organised) == (0, 0)


def test_another_address_than_the_one_shown_is_shown_first(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    shown = desk.fill(path, "transport", address="14 place du Marché")
    again = desk.confirm(path, shown, "transport", address="16 place du Marché")
    assert "Après Salle des Fêtes, 16 place du Marché" in text_of(again)
    assert told(organised) == (0, 0)


def test_venue_that_cannot_be_says_why_and_keeps_what_was_typed(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    refused = desk.fill(path, "transport", name="", address="14 place du Marché")
    assert refused.status_code == 422
    assert "Écrivez le nom du lieu." in text_of(refused)
    assert 'value="14 place du Marché"' in refused.get_data(as_text=True)
    assert told(organised) == (0, 0)


def test_undoing_a_move_shows_the_old_address_and_who_is_told_of_it_first(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    shown = desk.fill(path, "transport", address="14 place du Marché")
    back = way_back(desk, desk.confirm(path, shown, "transport"))
    assert told(organised) == (2, 1)
    desk.fill(path, "transport", transport="Tramway R")
    form = desk.press(back, path)
    assert told(organised) == (2, 1)
    fields = desk.fields(form.location, "transport")
    assert (fields["address"], fields["transport"]) == ("12 place du Marché", "Tramway R")
    asked = desk.fill(form.location, "transport")
    assert "3 personnes à prévenir" in text_of(asked)
    assert "Après Salle des Fêtes, 12 place du Marché" in text_of(asked)
    assert desk.confirm(form.location, asked, "transport").status_code == 303
    assert told(organised) == (4, 2)
    with organised.reading() as db:
        assert db.exec(select(Venue.address)).one() == "12 place du Marché"


def test_undoing_what_tells_nobody_is_done_at_once(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    back = way_back(desk, desk.fill(path, "transport", transport="Tramway R"))
    assert desk.press(back, path).location == path
    assert told(organised) == (0, 0)
    with organised.reading() as db:
        assert db.exec(select(Venue.transport)).one() == ""


def test_version_of_another_venue_does_not_fill_the_form(organised: Database) -> None:
    path, desk = a_venue_with_people(organised), Desk(organised)
    with organised.writing() as db:
        other = find_or_add_venue(db, VenueDraft("Gymnase", "1 rue du Stade", insee_code="59368"))
        db.commit()
    desk.fill(f"/staff/venues/{other}", "transport", address="2 rue du Stade")
    with organised.reading() as db:
        version = db.exec(select(FormerVersion.id)).one()
    assert desk.fields(f"{path}?version={version}", "transport")["address"] == "12 place du Marché"
    assert desk.get(f"{path}?change=99").status_code == 404
