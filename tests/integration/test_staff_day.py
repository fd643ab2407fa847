"""The day of an event at the door: one event only, presence by a button or a reference, visitors by half-hour."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from alpes_events.agenda.models import Counter
from alpes_events.attendance.models import Channel, DoorCount, Presence, PresenceMark, Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import Account, Role
from tests.support.databases import Templates
from tests.support.forms import form_of, forms_of
from tests.support.staff import Desk
from tests.support.stories import STARTS_AT, an_event, an_organisation, recount, signs_up
from tests.support.web import text_of


def an_open_event(database: Database, *, people: int = 2, capacity: int = 5, **changes: Any) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity, visitors_counter=Counter.COLLECTED, **changes)
        for number in range(people):
            signs_up(db, event_id, number)
        db.commit()
    return event_id


def _one_event(database: Database) -> None:
    an_organisation(database)
    an_open_event(database)


@pytest.fixture(scope="module")
def refused_here(templates: Templates) -> Iterator[Database]:
    """One event for all that is refused before it reaches the tables: neither engine has a part in it."""
    with templates.fresh("sqlite", _one_event) as fresh:
        yield fresh


def the_door(database: Database, event_id: int) -> Desk:
    """Who keeps the door, an hour before the event begins."""
    return Desk(database, Role.DOOR, event_id=event_id, now=lambda: STARTS_AT - timedelta(hours=1))


def presences(database: Database, event_id: int) -> list[tuple[Presence, Channel]]:
    with database.reading() as db:
        rows = db.exec(select(Registration).where(Registration.event_id == event_id).order_by(col(Registration.id)))
        return [(row.presence, row.channel) for row in rows]


def marks_of(desk: Desk, path: str) -> list[dict[str, object]]:
    """The forms of the list, one for each person."""
    return [form.fields for form in forms_of(desk.get(path).get_data(as_text=True)) if "mark_key" in form.fields]


def test_door_staff_come_to_their_list_and_see_nothing_else(organised: Database) -> None:
    event_id, other = an_open_event(organised), an_open_event(organised, title="Un autre")
    door = the_door(organised, event_id)
    assert door.get("/staff/").location == f"/staff/events/{event_id}/day"
    assert door.get(f"/staff/events/{event_id}/day").status_code == 200
    assert door.get(f"/staff/events/{event_id}/sign-in-sheet").status_code == 200
    for path in ("day", "sign-in-sheet"):
        assert door.get(f"/staff/events/{other}/{path}").status_code == 404
    for path in ("", "/people", "/history", "/stands"):
        assert door.get(f"/staff/events/{event_id}{path}").status_code == 403
    mark = {**marks_of(door, f"/staff/events/{event_id}/day")[0], "presence": "attended"}
    for act in ("mark", "scan", "walk-in", "count"):
        assert door.post(f"/staff/events/{other}/day/{act}", mark).status_code == 404
    assert presences(organised, event_id) == [(Presence.UNKNOWN, Channel.SELF)] * 2


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (timedelta(days=-1), "L’accueil n’est pas encore ouvert"),
        (timedelta(hours=-15), "L’accueil n’est pas encore ouvert"),
        (timedelta(hours=14), "L’accueil est fermé"),
        (timedelta(days=40), "L’accueil est fermé"),
    ],
)
def test_outside_its_day_the_door_says_when_it_opens_and_shows_and_changes_nothing(
    organised: Database, when: timedelta, says: str
) -> None:
    event_id = an_open_event(organised)
    path = f"/staff/events/{event_id}/day"
    mark = {**marks_of(the_door(organised, event_id), path)[0], "presence": "attended"}
    door = Desk(organised, Role.DOOR, event_id=event_id, now=lambda: STARTS_AT + when)
    for page in (path, f"{path}?q=Prenoma", f"/staff/events/{event_id}/sign-in-sheet"):
        shut = door.get(page)
        assert (shut.status_code, says in text_of(shut), "Noma" in text_of(shut)) == (409, True, False)
    assert "jeudi 12 mars, 0 h" in text_of(shut) or "vendredi 13 mars, 4 h" in text_of(shut)
    token = {"csrf_token": door.token("/account")}
    assert door.post(f"{path}/mark", {**mark, **token}).status_code == 409
    assert door.post(f"{path}/count", {**token, "change": "5"}).status_code == 409
    assert presences(organised, event_id) == [(Presence.UNKNOWN, Channel.SELF)] * 2
    assert Desk(organised, Role.COORDINATOR).get(path).status_code == 200


@pytest.mark.parametrize(("day", "status"), [(12, 200), (13, 409), (14, 409), (20, 200)])
def test_door_staff_of_one_day_come_in_on_that_day_only(organised: Database, day: int, status: int) -> None:
    """The event lasts three days, and it is the first; a day that the event has no more shuts nobody out."""
    event_id = an_open_event(organised, ends_at=STARTS_AT + timedelta(days=2))
    door = the_door(organised, event_id)
    with organised.writing() as db:
        account = db.get_one(Account, door.account_id)
        account.door_on = date(2026, 3, day)
        db.add(account)
        db.commit()
    assert door.get(f"/staff/events/{event_id}/day").status_code == status


def test_presence_is_marked_undone_and_a_second_click_changes_nothing(organised: Database) -> None:
    event_id = an_open_event(organised)
    door, path = the_door(organised, event_id), f"/staff/events/{event_id}/day"
    sent = {**marks_of(door, path)[0], "presence": "attended"}
    for _click in range(2):
        answer = door.post(f"{path}/mark", sent)
        assert (answer.status_code, answer.location.rpartition("#")[2]) == (303, f"p{sent['registration_id']}")
    assert presences(organised, event_id)[0] == (Presence.ATTENDED, Channel.SELF)
    undo = {**marks_of(door, path)[0], "presence": "unknown"}
    door.post(f"{path}/mark", undo)
    with organised.reading() as db:
        assert len(db.exec(select(PresenceMark)).all()) == 2
    assert presences(organised, event_id)[0] == (Presence.UNKNOWN, Channel.SELF)


def test_view_of_the_list_is_kept_after_a_mark(organised: Database) -> None:
    event_id = an_open_event(organised)
    door = the_door(organised, event_id)
    path = f"/staff/events/{event_id}/day"
    sent = {**marks_of(door, f"{path}?q=prenoma&show=unknown&evil=1")[0], "presence": "attended"}
    assert door.post(f"{path}/mark", sent).location.startswith(f"{path}?q=prenoma&show=unknown#p")


def test_reference_as_read_or_scanned_marks_the_person(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.reading() as db:
        reference = db.exec(select(Registration.reference).where(Registration.event_id == event_id)).first() or ""
    door, path = the_door(organised, event_id), f"/staff/events/{event_id}/day"
    typed = f"{reference[:3]}-{reference[3:6]} {reference[6:].lower()}"
    answer = door.press(f"{path}/scan", path, reference=typed)
    assert "Prénoma Noma est là." in text_of(door.get(answer.location))
    assert presences(organised, event_id)[0][0] is Presence.ATTENDED


@pytest.mark.parametrize("reference", ["ZZZ-ZZZ-ZZZ", "", "😀", "' OR 1=1", "x" * 60])
def test_unknown_reference_is_said_and_stays_in_its_field(refused_here: Database, reference: str) -> None:
    door, path = the_door(refused_here, 1), "/staff/events/1/day"
    refused = door.press(f"{path}/scan", path, reference=reference)
    assert refused.status_code == 422
    assert "Aucune inscription à cet événement ne porte cette référence" in text_of(refused)
    assert form_of(refused.get_data(as_text=True), holding="reference")["reference"] == reference


def test_somebody_without_a_place_is_let_in_under_their_own_sign_up(organised: Database) -> None:
    event_id = an_open_event(organised, people=2, capacity=1)
    with organised.reading() as db:
        waiting = db.exec(select(Registration).order_by(col(Registration.id).desc())).first()
    assert waiting is not None
    door, path = the_door(organised, event_id), f"/staff/events/{event_id}/day"
    refused = door.press(f"{path}/scan", path, reference=waiting.reference)
    assert refused.status_code == 409
    assert "vous pouvez la laisser entrer" in text_of(refused)
    offered = next(
        form.fields
        for form in forms_of(refused.get_data(as_text=True))
        if {"walk_in_key", "registration_id"} <= form.fields.keys()
    )
    assert offered["registration_id"] == str(waiting.id)
    for _ in range(2):  # a second click changes nothing
        assert door.post(f"{path}/let-in", offered).status_code == 303
    assert presences(organised, event_id) == [(Presence.UNKNOWN, Channel.SELF), (Presence.ATTENDED, Channel.SELF)]
    with organised.reading() as db:
        assert recount(db, event_id) == (1, 1)


def test_walk_in_needs_two_fields_and_counts_as_there(organised: Database) -> None:
    event_id = an_open_event(organised, people=1)
    door, path = the_door(organised, event_id), f"/staff/events/{event_id}/day"
    sent = {**door.fields(path, "walk_in_key"), "given_name": "Zoé", "family_name": "Martin"}
    for _click in range(2):
        assert door.post(f"{path}/walk-in", sent).status_code == 303
    assert presences(organised, event_id) == [
        (Presence.UNKNOWN, Channel.SELF),
        (Presence.ATTENDED, Channel.DOOR),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"given_name": "", "family_name": "Martin"}, "Indiquez le prénom."),
        ({"given_name": "Zoé", "family_name": "1234"}, "Indiquez le nom."),
        ({"given_name": "Zoé", "family_name": "M" * 101}, "101 caractères, 100 au plus"),
    ],
)
def test_walk_in_that_cannot_be_right_keeps_what_was_typed(
    refused_here: Database, typed: dict[str, str], sentence: str
) -> None:
    door, path = the_door(refused_here, 1), "/staff/events/1/day"
    refused = door.post(f"{path}/walk-in", {**door.fields(path, "walk_in_key"), **typed})
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    kept = form_of(refused.get_data(as_text=True), holding="walk_in_key")
    assert {name: kept[name] for name in typed} == typed


def test_visitors_are_counted_by_half_hour_and_corrected(organised: Database) -> None:
    event_id = an_open_event(organised, people=0)
    door, path = the_door(organised, event_id), f"/staff/events/{event_id}/day"
    half = door.fields(path, "half_hour_at")
    for change in ("10", "1", "-1"):
        assert door.post(f"{path}/count", {**door.fields(path, "half_hour_at"), "change": change}).status_code == 303
    assert door.post(f"{path}/count", {**half, "change": "5"}).status_code == 303
    assert door.post(f"{path}/count", {**half, "change": "5"}).status_code == 303
    with organised.reading() as db:
        counts = db.exec(select(DoorCount.visitor_count).order_by(col(DoorCount.id))).all()
    assert list(counts) == [10, 1, -1, 5]
    too_many = door.post(f"{path}/count", {**door.fields(path, "half_hour_at"), "change": "-100"})
    assert too_many.status_code == 422
    assert "On ne peut pas retirer plus que les 15 personnes comptées" in text_of(too_many)
    more = {**door.fields(path, "half_hour_at"), "change": "5", "territory": "6"}
    assert "ne peuvent pas être plus nombreuses" in text_of(door.post(f"{path}/count", more))
    with organised.reading() as db:
        assert db.exec(select(func.sum(DoorCount.visitor_count))).one() == 15


@pytest.mark.parametrize("change", ["", "0", "beaucoup", "501", "1e3", "--2"])
def test_count_that_is_no_number_of_people_is_refused(refused_here: Database, change: str) -> None:
    door, path = the_door(refused_here, 1), "/staff/events/1/day"
    refused = door.post(f"{path}/count", {**door.fields(path, "half_hour_at"), "change": change})
    assert refused.status_code == 422
    assert "Écrivez un nombre de personnes, de 1 à 500." in text_of(refused)


def test_sheet_to_sign_lists_those_who_have_a_place_and_free_lines(organised: Database) -> None:
    event_id = an_open_event(organised, people=3, capacity=2)
    page = Desk(organised).get(f"/staff/events/{event_id}/sign-in-sheet")
    told = text_of(page)
    assert "Prénoma Noma" in told
    assert "Prénomc Nomc" not in told
    assert page.get_data(as_text=True).count("<tr>") == 1 + 2 + 10
