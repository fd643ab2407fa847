"""Settings: series, venues, the territory and rules are changed on their pages, and each change can be taken back."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select
from werkzeug.test import TestResponse

from alpes_events.agenda.models import Event, Series, Venue
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.identity import PersonIn
from alpes_events.territory.membership import members
from alpes_events.territory.models import TerritoryMember
from alpes_events.territory.queries import in_territory
from alpes_events.versions.models import FormerVersion
from tests.support.posts import Clock, deliver_messages
from tests.support.staff import Desk, a_series, way_back
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import text_of

TODAY = NOW.date()


def undo(desk: Desk, answer: TestResponse) -> TestResponse:
    """Press that button."""
    return desk.press(way_back(desk, answer), answer.location)


def test_series_is_renamed_in_all_its_events_and_the_old_name_comes_back(organised: Database) -> None:
    series_id = a_series(organised)
    with organised.writing() as db:
        event_id = an_event(db, series_id=series_id)
        db.commit()
    desk, path = Desk(organised), f"/staff/settings/series/{series_id}"
    answer = desk.fill(path, "short_name", name="Ose ton Job")
    assert "Ose ton Job" in text_of(desk.get(f"/staff/events/{event_id}"))
    assert "Décroche ton Job" in text_of(desk.get(path))  # what was written before
    back = undo(desk, desk.fill(path, "short_name", name="Encore autre"))
    assert back.location == path
    with organised.reading() as db:
        assert db.get_one(Series, series_id).name == "Ose ton Job"
        assert db.get_one(Series, series_id).slug == "decroche"
        said = [row.content["name"] for row in db.exec(select(FormerVersion).order_by(col(FormerVersion.id)))]
    assert said == ["Décroche ton Job", "Ose ton Job", "Encore autre"]
    assert answer.location == "/staff/settings/series"


def test_nothing_changed_leaves_nothing_to_undo(organised: Database) -> None:
    series_id = a_series(organised)
    desk = Desk(organised)
    assert way_back(desk, desk.fill(f"/staff/settings/series/{series_id}", "short_name")) == ""
    with organised.reading() as db:
        assert db.exec(select(FormerVersion)).first() is None


def test_new_series_has_an_address_of_its_own_and_no_double_name(organised: Database) -> None:
    a_series(organised, "Décroche")
    desk, path = Desk(organised), "/staff/settings/series/new"
    assert desk.fill(path, "short_name", name="Les Clés de l’Emploi", kind="salon").status_code == 303
    twice = desk.fill(path, "short_name", name="les cles de l'emploi", kind="salon")
    assert twice.status_code == 422
    assert "Une autre série porte déjà ce nom." in text_of(twice)
    with organised.reading() as db:
        slugs = db.exec(select(Series.slug).order_by(col(Series.id))).all()
    assert list(slugs) == ["decroche", "les-cles-de-l-emploi"]


def test_archived_series_is_kept_by_its_events_and_offered_to_no_new_one(organised: Database) -> None:
    series_id = a_series(organised)
    with organised.writing() as db:
        event_id = an_event(db, series_id=series_id)
        db.commit()
    desk, page = Desk(organised), "/staff/settings/series"
    back = way_back(desk, desk.press(f"{page}/{series_id}/archive", page))
    assert series_offered(desk) == []
    assert desk.fill(f"/staff/events/{event_id}/edit", "title", summary="Nouveau").status_code == 303
    with organised.reading() as db:
        assert db.get_one(Event, event_id).series_id == series_id
    desk.press(back, f"{page}?show=archived")
    assert series_offered(desk) == [str(series_id)]


def series_offered(desk: Desk) -> list[str]:
    """The series that a new event can be of."""
    page = desk.get("/staff/events/new").get_data(as_text=True)
    choice = re.search(r'<select[^>]* name="series".*?</select>', page, re.DOTALL)
    assert choice is not None
    return re.findall(r"value='(\d+)'", choice[0])


def two_venues(database: Database) -> tuple[int, int, int]:
    """The same hall written twice, and an event at the second with somebody signed up."""
    with database.writing() as db:
        first = find_or_add_venue(db, VenueDraft("Salle des Fêtes", "12 place du Marché", insee_code="59328"))
        second = find_or_add_venue(db, VenueDraft("Salle des fêtes municipale", insee_code="59328"))
        event_id = an_event(db, venue_id=second)
        signs_up(db, event_id, 1)
        db.commit()
    return first, second, event_id


def test_doubles_of_a_venue_are_made_one_without_telling_anybody_and_taken_apart_again(organised: Database) -> None:
    first, second, event_id = two_venues(organised)
    desk, page = Desk(organised), f"/staff/venues/{second}"
    assert "Écrit deux fois ?" in text_of(desk.get(page))
    merged = desk.press(f"{page}/merge", page, kept_id=first)
    assert merged.location == f"/staff/venues/{first}"
    deliver_messages(organised, Clock())
    with organised.writing() as db:
        assert db.get_one(Event, event_id).venue_id == first
        assert set(db.exec(select(OutboxMessage.kind))) == {"confirmed"}
        again = find_or_add_venue(db, VenueDraft("salle des fetes MUNICIPALE", insee_code="59328"))
    assert again == first  # a file that still has the old name finds the one that stands
    undo(desk, merged)
    with organised.reading() as db:
        assert db.get_one(Event, event_id).venue_id == second
        assert db.get_one(Venue, second).retired_at is None


def test_event_that_moved_on_is_not_brought_back_to_a_venue_taken_apart(organised: Database) -> None:
    first, second, event_id = two_venues(organised)
    desk = Desk(organised)
    desk.press(f"/staff/venues/{second}/merge", f"/staff/venues/{second}", kept_id=first)
    with organised.writing() as db:
        third = find_or_add_venue(db, VenueDraft("Gymnase", insee_code="59368"))
        row = db.get_one(Event, event_id)
        row.venue_id = third
        db.add(row)
        db.commit()
    desk.press(f"/staff/venues/{second}/bring-back", "/staff/venues?show=retired")
    with organised.reading() as db:
        assert db.get_one(Event, event_id).venue_id == third


def test_venue_cannot_stand_for_itself_nor_be_replaced_by_a_retired_one(organised: Database) -> None:
    first, second, _event_id = two_venues(organised)
    desk, page = Desk(organised), f"/staff/venues/{second}"
    assert desk.press(f"{page}/merge", page, kept_id=second).status_code == 422
    desk.press(f"/staff/venues/{first}/retire", f"/staff/venues/{first}")
    assert desk.press(f"{page}/merge", "/staff/venues", kept_id=first).status_code == 422
    assert desk.press(f"{page}/bring-back", "/staff/venues").status_code == 409


def test_corrected_venue_says_what_it_said_before(organised: Database) -> None:
    first, _second, _event_id = two_venues(organised)
    desk, path = Desk(organised), f"/staff/venues/{first}"
    answer = desk.fill(path, "transport", transport="Tramway R", address="14 place du Marché")
    undo(desk, answer)
    with organised.reading() as db:
        venue = db.get_one(Venue, first)
    assert (venue.address, venue.transport) == ("12 place du Marché", "")


def lives_in_houplines(database: Database, number: int) -> Registration:
    with database.writing() as db:
        event_id = an_event(db)
        person = PersonIn(
            given_name="Ana", family_name=f"Un{'a' * number}", email=f"a{number}@example.org", insee_code="59317"
        )
        answer = signs_up(db, event_id, number, person=person)
        db.commit()
        return db.get_one(Registration, answer.registration_id)


def test_commune_joins_from_its_day_on_and_past_sign_ups_keep_their_situation(organised: Database) -> None:
    before = lives_in_houplines(organised, 1)
    desk = Desk(organised)
    page = "/staff/settings/territory"
    assert "Houplines" in text_of(desk.get(f"{page}?q=houpline"))
    back = way_back(desk, desk.fill(f"{page}/add/59317", "from_on", from_on=TODAY.isoformat()))
    after = lives_in_houplines(organised, 2)
    assert (before.in_territory, after.in_territory) == (False, True)
    with organised.reading() as db:
        assert db.get_one(Registration, before.id).in_territory is False
        assert not in_territory(db, "59317", on=TODAY - timedelta(days=1))
        kinds = [entry.kind for entry in db.exec(select(JournalEntry)) if entry.subject_kind == "territory"]
    assert kinds == [EntryKind.TERRITORY_REVISED]
    desk.press(back, "/staff/settings")
    with organised.reading() as db:
        assert "59317" not in {one.insee_code for one in members(db)}


def _member(database: Database, insee_code: str) -> int:
    with database.reading() as db:
        return db.exec(select(TerritoryMember.id).where(TerritoryMember.insee_code == insee_code)).one() or 0


def test_commune_leaves_on_its_day_and_the_end_is_taken_back(organised: Database) -> None:
    desk, member_id = Desk(organised), _member(organised, "59328")
    path = f"/staff/settings/territory/{member_id}/end"
    back = way_back(desk, desk.fill(path, "until_on", until_on="2026-07-01"))
    with organised.reading() as db:
        assert in_territory(db, "59328", on=date(2026, 6, 30))
        assert not in_territory(db, "59328", on=date(2026, 7, 1))
    assert desk.fill(path, "until_on", until_on="1999-01-01").status_code == 422
    desk.press(back, path)
    with organised.reading() as db:
        assert in_territory(db, "59328", on=date(2026, 7, 1))


@pytest.mark.parametrize("from_on", ["2026-03-02", "1999-01-01", "2030-01-01"])
def test_commune_belongs_once_on_any_day(organised: Database, from_on: str) -> None:
    desk = Desk(organised)
    refused = desk.fill("/staff/settings/territory/add/59328", "from_on", from_on=from_on)
    assert refused.status_code == 422
    assert "est déjà du territoire à cette date" in text_of(refused)


def test_commune_that_counts_is_ended_and_never_removed(organised: Database) -> None:
    desk, member_id = Desk(organised), _member(organised, "59328")
    answer = desk.press(f"/staff/settings/territory/{member_id}/remove", "/staff/settings")
    assert answer.status_code == 422
    assert _member(organised, "59328") == member_id


def test_venues_shown_are_taken_away(organised: Database) -> None:
    two_venues(organised)
    desk = Desk(organised)
    lines = desk.get("/staff/venues?q=municipale&as=csv").get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Lieu;Adresse;Code postal;Commune")
    assert lines[1].startswith("Salle des fêtes municipale;")
