"""The plan of the stands: drawn, numbered, placed by itself, moved by hand; what is pinned stays."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, VillageDraft, set_call, villages_of
from alpes_events.fair.codes import StandOption
from alpes_events.fair.decisions import accept_stand, withdraw_stand
from alpes_events.fair.drawing import read_drawing, written_drawing
from alpes_events.fair.halls import draw_hall, remove_hall
from alpes_events.fair.models import Booth
from alpes_events.fair.placing import Guest, Spot, place_stands
from alpes_events.fair.plan import move_stand, pin_booth, place_everybody
from alpes_events.fair.plan_queries import plan_of
from alpes_events.fair.plan_refusals import BadPlan, UnknownHall
from alpes_events.people.models import Role
from tests.integration.test_stand_requests import asks
from tests.support.depth import DEPTH
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site, text_of

HALL = "PPPP.PPPP\n.........\n####.####\nE........"


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def a_fair(db: Session, *, stands: int = 10) -> tuple[int, list[int]]:
    """An event with two villages and so many accepted exhibitors, every third with a socket."""
    event_id = an_event(db)
    options = (StandOption.ELECTRICITY,)
    villages = (VillageDraft("Textile"), VillageDraft("Bâtiment"))
    set_call(db, event_id, CallDraft(options=options, villages=villages), now=NOW, account_id=None)
    ids = [one.id for one in villages_of(db, event_id)]
    made = []
    for number in range(stands):
        one = asks(
            db,
            event_id,
            f"Entreprise {number:02d}",
            village_id=ids[number % 2],
            options=options if number % 3 == 0 else (),
        )
        accept_stand(db, one.exhibitor_id, now=NOW, account_id=None)
        made.append(one.exhibitor_id)
    draw_hall(db, event_id, "Grande salle", HALL, now=NOW, account_id=None)
    return event_id, made


def where(db: Session, event_id: int) -> dict[int, str]:
    return {one.exhibitor_id: one.number for one in plan_of(db, event_id).booths if one.exhibitor_id is not None}


def test_hall_is_numbered_in_reading_order_and_read_back_as_drawn(db: Session) -> None:
    event_id, _made = a_fair(db)
    [hall] = plan_of(db, event_id).halls
    assert [one.number for one in hall.booths] == [f"A{number}" for number in range(1, 17)]
    assert hall.drawing == HALL
    assert (hall.entrance_column, hall.entrance_row) == (0, 3)


@pytest.mark.parametrize("wrong", ["", "....", "##X#", "#" * 61])
def test_drawing_that_is_no_hall_is_refused_with_what_to_do(wrong: str) -> None:
    with pytest.raises(BadPlan) as refused:
        read_drawing(wrong)
    assert refused.value.field == "drawing"


@given(st.lists(st.text("#P.", min_size=1, max_size=12), min_size=1, max_size=8))
def test_drawing_is_read_as_it_is_written(lines: list[str]) -> None:
    text = "\n".join([*lines, "#E"])
    drawing = read_drawing(text)
    assert read_drawing(written_drawing(drawing)) == drawing


def test_everybody_has_a_stand_and_sockets_where_they_need_one(db: Session) -> None:
    event_id, made = a_fair(db)
    placing = place_everybody(db, event_id, now=NOW, account_id=None)
    assert (placing.unplaced, placing.without_power) == ((), ())
    assert set(where(db, event_id)) == set(made)
    assert plan_of(db, event_id).unplaced == ()


def test_pinned_stand_stays_and_others_move_around_it(db: Session) -> None:
    event_id, made = a_fair(db)
    place_everybody(db, event_id, now=NOW, account_id=None)
    move_stand(db, event_id, made[4], "a16", now=NOW, account_id=None)
    place_everybody(db, event_id, now=NOW, account_id=None)
    assert where(db, event_id)[made[4]] == "A16"
    with pytest.raises(BadPlan, match="« Z9 »"):
        move_stand(db, event_id, made[4], "Z9", now=NOW, account_id=None)


def test_two_stands_change_places(db: Session) -> None:
    event_id, made = a_fair(db)
    place_everybody(db, event_id, now=NOW, account_id=None)
    before = where(db, event_id)
    move_stand(db, event_id, made[0], before[made[1]], now=NOW, account_id=None)
    after = where(db, event_id)
    assert (after[made[0]], after[made[1]]) == (before[made[1]], before[made[0]])
    move_stand(db, event_id, made[0], "", now=NOW, account_id=None)
    assert [number for number, _name in plan_of(db, event_id).unplaced] == [made[0]]


def test_hall_drawn_anew_keeps_numbers_and_who_stays_and_a_withdrawn_stand_frees_its_booth(db: Session) -> None:
    event_id, made = a_fair(db)
    place_everybody(db, event_id, now=NOW, account_id=None)
    before = where(db, event_id)
    [hall] = plan_of(db, event_id).halls
    draw_hall(db, event_id, "Salle", HALL + "\n####", hall_id=hall.id, now=NOW, account_id=None)
    assert where(db, event_id) == before
    assert [one.number for one in plan_of(db, event_id).booths][-4:] == ["A17", "A18", "A19", "A20"]
    withdraw_stand(db, made[0], by="staff", now=NOW, account_id=None)
    assert made[0] not in where(db, event_id)
    remove_hall(db, event_id, hall.id, now=NOW, account_id=None)
    assert len(plan_of(db, event_id).unplaced) == len(made) - 1


def test_booth_of_another_event_is_not_pinned(db: Session) -> None:
    event_id, _made = a_fair(db)
    booth_id = db.exec(select(Booth.id)).first() or 0
    with pytest.raises(UnknownHall):
        pin_booth(db, event_id + 1, booth_id, pinned=True, now=NOW, account_id=None)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=DEPTH.part(DEPTH.examples, 10))
def test_placing_gives_each_spot_once_keeps_pins_and_fills_what_it_can(seed: int) -> None:
    random = Random(seed)
    spots = [
        Spot(number, 0, number % 8, number // 8, random.random() < 0.5, float(number))
        for number in range(random.randrange(1, 40))
    ]
    guests = [
        Guest(number, random.choice([None, 1, 2, 3]), random.random() < 0.4, random.random() < 0.1)
        for number in range(random.randrange(0, 50))
    ]
    pinned = {guest.id: spot.id for guest, spot in zip(guests[:3], spots[:3], strict=False)}
    placing = place_stands(guests, spots, pinned=pinned, villages=(2, 1, 3))
    assert len(set(placing.spots.values())) == len(placing.spots) == min(len(guests), len(spots))
    assert {guest: placing.spots[guest] for guest in pinned} == pinned
    assert len(placing.unplaced) == max(0, len(guests) - len(spots))
    assert placing == place_stands(guests, spots, pinned=pinned, villages=(2, 1, 3))
    sockets = {spot.id for spot in spots if spot.has_power}
    free_sockets = [spot for spot in sockets if spot not in placing.spots.values()]
    assert not placing.without_power or not free_sockets or set(placing.without_power) <= set(pinned)


def test_coordinator_draws_places_moves_and_pins(organised: Database) -> None:
    with organised.writing() as db:
        event_id, _made = a_fair(db)
        db.commit()
    staff = Browser(a_site(organised))
    staff.sign_in(Role.COORDINATOR)
    home = f"/staff/events/{event_id}/plan"
    new = {"name": "Annexe", "drawing": "##\r\nE."}
    assert staff.send(f"{home}/halls/new", new).status_code == 303
    assert staff.send(f"{home}/halls/new", new | {"drawing": "##?"}).status_code == 422
    assert staff.send(f"{home}/place", {}, page=home).status_code == 303
    page = text_of(staff.get(home))
    assert "n’a pas encore de stand" not in page
    with organised.reading() as db:
        first = plan_of(db, event_id).booths[0]
    assert staff.send(f"{home}/booths/{first.id}/pin", {"pinned": "1"}, page=home).status_code == 303
    move = {"exhibitor_id": str(first.exhibitor_id), "number": "B2"}
    assert staff.send(f"{home}/move", move, page=home).status_code == 303
    assert staff.send(f"{home}/move", move | {"number": "C1"}, page=home).status_code == 422
