"""Venues made one, also one after the other, and taken apart in any order: each holds the events that it should."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from alpes_events.agenda.models import Event, Venue
from alpes_events.agenda.venue_doubles import NotOffered, bring_venue_back, merge_venues, retire_venue
from alpes_events.database.engine import Database
from tests.support.depth import DEPTH
from tests.support.staff import Desk, way_back
from tests.support.stories import NOW, an_event
from tests.support.web import text_of


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


class Town:
    """Venues with an event each, and what is expected of them: `home` is where somebody put an event, `kept` which
    venue stands for another.
    """

    def __init__(self, db: Session, *, venues: int) -> None:
        self.db = db
        self.venues = [_venue(db, number) for number in range(venues)]
        self.home = {an_event(db, venue_id=venue_id): venue_id for venue_id in self.venues}
        self.been = {event_id: {venue_id} for event_id, venue_id in self.home.items()}
        self.kept = dict[int, int]()

    def offered(self) -> list[int]:
        """The venues that stand for themselves."""
        return [venue_id for venue_id in self.venues if venue_id not in self.kept]

    def merge(self, venue_id: int, kept_id: int) -> None:
        """`kept_id` stands for `venue_id`."""
        merge_venues(self.db, venue_id, kept_id=kept_id, now=NOW, account_id=None)
        self.kept[venue_id] = kept_id

    def take_apart(self, venue_id: int) -> None:
        """`venue_id` stands for itself again."""
        bring_venue_back(self.db, venue_id, now=NOW, account_id=None)
        del self.kept[venue_id]

    def place(self, event_id: int, venue_id: int) -> None:
        """Somebody puts an event elsewhere."""
        self.db.get_one(Event, event_id).venue_id = venue_id
        self.db.flush()
        self.home[event_id] = venue_id

    def do(self, what: str, one: int, other: int) -> None:
        """One step of a story."""
        if what == "merge":
            self.merge(one, other)
        elif what == "place":
            self.place(one, other)
        else:
            self.take_apart(one)

    def expected(self) -> dict[int, int]:
        """Where each event should be held: at what stands for the venue where it was put."""
        held = {}
        for event_id, venue_id in self.home.items():
            at = venue_id
            while at in self.kept:
                at = self.kept[at]
            held[event_id] = at
            self.been[event_id].add(at)
        return held

    def held(self) -> dict[int, int | None]:
        """Where each event is held."""
        self.db.expire_all()
        return {event_id: self.db.get_one(Event, event_id).venue_id for event_id in self.home}


def _venue(db: Session, number: int) -> int:
    venue = Venue(name=f"Salle {number}", insee_code="59328", commune_name="Lambersart")
    db.add(venue)
    db.flush()
    assert venue.id is not None
    return venue.id


@settings(max_examples=DEPTH.part(DEPTH.examples, 8))
@given(data=st.data())
def test_each_venue_holds_the_events_put_there_and_at_those_it_stands_for(db: Session, data: st.DataObject) -> None:
    town = Town(db, venues=4)
    for _step in range(data.draw(st.integers(1, 10))):
        offered = town.offered()
        choices = [("merge", one, other) for one in offered for other in offered if one != other]
        choices += [("apart", one, 0) for one in town.kept]
        choices += [("place", event, at) for event in town.home for at in offered if at not in town.been[event]]
        if not choices:
            break
        what, one, other = data.draw(st.sampled_from(choices))
        town.do(what, one, other)
        assert town.held() == town.expected()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_chain_is_taken_apart_from_either_end(db: Session, order: tuple[int, int]) -> None:
    town = Town(db, venues=3)
    first, second, third = town.venues
    town.merge(first, second)
    town.merge(second, third)
    assert set(town.held().values()) == {third}
    for number in order:
        town.take_apart(town.venues[number])
        assert town.held() == town.expected()
    assert town.held() == town.home


def test_event_given_back_to_one_venue_is_not_given_to_another_with_it(db: Session) -> None:
    """First into second, second into third; first taken apart, and made one with the third by itself."""
    town = Town(db, venues=3)
    first, second, third = town.venues
    town.merge(first, second)
    town.merge(second, third)
    town.take_apart(first)
    town.merge(first, third)
    town.take_apart(second)
    assert town.held() == town.expected()


def test_replaced_venue_is_made_one_with_no_other_and_says_what_to_do(organised: Database) -> None:
    with organised.writing() as db:
        first, second, third = (_venue(db, number) for number in range(3))
        event_id = an_event(db, venue_id=first)
        db.commit()
    desk, page = Desk(organised), f"/staff/venues/{first}"
    desk.press(f"{page}/merge", page, kept_id=second)
    refused = desk.press(f"{page}/merge", "/staff/venues", kept_id=third)
    assert refused.status_code == 409
    assert "séparez-les de nouveau, puis choisissez le lieu à garder." in text_of(refused)
    with organised.reading() as db:
        assert db.get_one(Event, event_id).venue_id == second


def test_venue_offered_no_more_is_offered_again_before_it_is_made_one_with_another(db: Session) -> None:
    town = Town(db, venues=2)
    first, second = town.venues
    retire_venue(db, first, now=NOW, account_id=None)
    with pytest.raises(NotOffered, match="proposez-le de nouveau"):
        town.merge(first, second)
    bring_venue_back(db, first, now=NOW, account_id=None)
    town.merge(first, second)
    assert town.held() == town.expected()


def test_undoing_the_first_merge_of_two_gives_its_events_back(organised: Database) -> None:
    with organised.writing() as db:
        first, second, third = (_venue(db, number) for number in range(3))
        event_id = an_event(db, venue_id=first)
        db.commit()
    desk = Desk(organised)
    page = f"/staff/venues/{first}"
    back = way_back(desk, desk.press(f"{page}/merge", page, kept_id=second))
    desk.press(f"/staff/venues/{second}/merge", f"/staff/venues/{second}", kept_id=third)
    desk.press(back, "/staff/venues")
    with organised.reading() as db:
        assert db.get_one(Event, event_id).venue_id == first
