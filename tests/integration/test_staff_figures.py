"""The pages of figures: each figure opens as many rows as it says, readers see no small one and no name."""

import json
import re
from csv import reader
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from alpes_events.agenda.models import Counter, EventState
from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.people.models import Role
from alpes_events.statistics.compilation import compile_all
from tests.support.counted import AFTERWARDS, MARCH, World, a_lively_year
from tests.support.errands import a_worker
from tests.support.posts import Clock
from tests.support.staff import Desk, statements
from tests.support.web import text_of

YEAR = "/staff/figures/2023"
_LINK = re.compile(r'<a href="(/staff/figures/[^"/]+/[^"]+)">(.*?)</a>')


def lively(database: Database) -> None:
    """A year with every kind of act, its people named Nom and a number."""
    with database.writing() as db:
        a_lively_year(db)
        compile_all(db, now=AFTERWARDS)
        db.commit()


def number_in(words: str) -> int:
    return int(re.sub(r"\D", "", plain(unescape(words))))


def test_each_figure_of_a_year_opens_as_many_rows_as_it_says(database: Database) -> None:
    lively(database)
    desk = Desk(database)
    links = dict(_LINK.findall(desk.get(YEAR).get_data(as_text=True)))
    wrong = {}
    for address, words in links.items():
        page = desk.get(unescape(address)).get_data(as_text=True)
        count = re.search(r'<span class="cnt">(.*?)</span>', page)
        if count is None or number_in(count[1]) != number_in(words) or "ont changé" in page:
            wrong[address] = words
    assert (wrong, len(links) > 40) == ({}, True)


def test_year_says_its_figures_in_a_sentence_and_what_each_event_knows(database: Database) -> None:
    lively(database)
    text = text_of(Desk(database).get(YEAR))
    assert "En 2023 : 11 participants , 42 visiteurs , 4 entretiens réalisés et 3 exposants ." in text
    assert "2 événements sur 3 connaissent leurs participants." in text
    partner = text[text.index("31 mai, Événement 2") :]
    assert partner.startswith(
        "31 mai, Événement 2 Non relevé : visiteurs, participants, entretiens, démonstrations. 0 "
    )


def test_year_that_nobody_compiled_says_so_and_the_address_alone_leads_to_the_last_one(database: Database) -> None:
    lively(database)
    desk = Desk(database)
    assert desk.get("/staff/figures").location == YEAR
    answer = desk.get("/staff/figures/2019")
    assert (answer.status_code, "ne sont pas encore arrêtés" in text_of(answer)) == (404, True)


def test_before_the_first_count_the_page_offers_to_count(database: Database) -> None:
    with database.writing() as db:
        World(db).organisation()
        db.commit()
    desk = Desk(database)
    assert "Aucun chiffre n’est encore arrêté" in text_of(desk.get("/staff/figures"))
    assert desk.press("/staff/figures/2026", "/staff/figures").location == "/staff/work/1"
    a_worker(database).perform_due()
    assert "En 2026, aucun chiffre n’est encore relevé." in text_of(desk.get("/staff/figures/2026"))


def test_counting_again_takes_what_changed_and_rows_say_when_they_differ(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        world.came(event, 2)
        compile_all(db, now=AFTERWARDS)
        world.came(event, 1)
        db.commit()
    desk = Desk(database)
    rows = f"{YEAR}/participants"
    assert "En 2023 : 2 participants" in text_of(desk.get(YEAR))
    assert "2 quand les chiffres ont été arrêtés" in text_of(desk.get(rows))
    desk.press(YEAR, YEAR)
    a_worker(database, Clock(AFTERWARDS)).perform_due()
    assert "En 2023 : 3 participants" in text_of(desk.get(YEAR))
    assert "quand les chiffres ont été arrêtés" not in text_of(desk.get(rows))


def test_nobody_counts_a_year_out_of_reason(database: Database) -> None:
    lively(database)
    desk = Desk(database)
    assert [desk.press(f"/staff/figures/{year}", YEAR).status_code for year in ("0000", "9999")] == [404, 404]


@pytest.mark.parametrize("role", [Role.READER, Role.ADVISOR])
def test_who_sees_figures_only_opens_no_row(database: Database, role: Role) -> None:
    lively(database)
    with database.writing() as db:
        draft_id = World(db).event(state=EventState.DRAFT, title="Encore secret").id
        db.commit()
    desk = Desk(database, role)
    assert desk.get(f"/staff/figures/event:{draft_id}/participants").status_code == 404
    year = desk.get(YEAR)
    assert _LINK.findall(year.get_data(as_text=True)) == []
    assert "Recompter" not in text_of(year)
    for address in (f"{YEAR}/participants", f"{YEAR}/persons?cut=sex&part=woman", "/staff/figures/event:1/registered"):
        page = text_of(desk.get(address))
        assert "seule l’équipe qui organise les ouvre" in page
        assert "Nom" not in page.replace("Nombre", "")
        assert "cnt" not in desk.get(address).get_data(as_text=True)
    assert desk.press(YEAR, "/account").status_code == 403


@pytest.mark.parametrize("role", [Role.READER, Role.ADVISOR])
def test_who_does_not_coordinate_sees_no_small_figure_on_the_page_or_in_a_file(database: Database, role: Role) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        for number, (inside, outside) in enumerate([(38, 3), (29, 27), (22, 14)]):
            event = world.event(MARCH + timedelta(days=30 * number))
            world.came(event, inside, in_territory=True)
            world.came(event, outside, in_territory=False)
        compile_all(db, now=AFTERWARDS)
        db.commit()
    desk = Desk(database, role)
    text = text_of(desk.get(YEAR))
    first = text[text.index("2 mars, Événement 0") : text.index("1er avril, Événement")]
    assert "38" not in first
    assert "masqué (petit nombre)" in first
    document = json.loads(desk.get(f"{YEAR}.json").get_data(as_text=True))
    first_event = document["events"][0]
    assert (first_event["participants"], first_event["participants_territory"]) == (41, None)
    assert document["hidden"][0] == {
        "name": "Événement 0",
        "starts_on": "2023-03-02",
        "figure": "participants_territory",
    }
    assert "masqué (petit nombre)" in desk.get(f"{YEAR}.csv").get_data(as_text=True)
    whole = json.loads(Desk(database).get(f"{YEAR}.json").get_data(as_text=True))
    assert (whole["events"][0]["participants_territory"], whole["hidden"]) == (38, [])


def test_files_carry_names_as_text_and_the_definitions(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        world.came(world.event(title="=1+1"), 2)
        compile_all(db, now=AFTERWARDS)
        db.commit()
    desk = Desk(database)
    table = list(reader(StringIO(desk.get(f"{YEAR}.csv").get_data().decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in table] == ["Événement", "'=1+1", "Total", "Événements qui connaissent ce chiffre"]
    book = CalamineWorkbook.from_filelike(BytesIO(desk.get(f"{YEAR}.xlsx").get_data()))
    assert book.sheet_names == ["Événements", "2023", "Définitions"]
    assert book.get_sheet_by_name("Événements").to_python()[1][1] == "=1+1"
    document = json.loads(desk.get(f"{YEAR}.json").get_data(as_text=True))
    assert (document["events"][0]["name"], document["totals"]["participants"]) == ("=1+1", 2)
    assert {"participants", "persons"} <= {one["id"] for one in document["definitions"]}


def test_figure_that_does_not_exist_is_not_there(database: Database) -> None:
    lively(database)
    desk = Desk(database)
    asked = {
        "/staff/figures/2023-13/participants": 422,
        "/staff/figures/2023/weather": 404,
        "/staff/figures/event:9999/participants": 404,
        "/staff/figures/event:1/persons": 404,
        f"{YEAR}/participants?cut=sex&part=<b>": 404,
        f"{YEAR}/participants?cut=shoes&part=red": 404,
        f"{YEAR}/participants?cut=commune&part=59328'--": 404,
        f"{YEAR}/participants?page=99": 404,
        f"{YEAR}/demonstrations?cut=sex&part=woman": 404,
    }
    assert {address: desk.get(address).status_code for address in asked} == asked


def test_tab_of_an_event_says_its_line_and_what_is_recorded(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event(visitors_counter=Counter.NOT_COLLECTED)
        stand = world.exhibitor(event)
        people = [*world.came(event, 29, in_territory=True), *world.came(event, 27, in_territory=False)]
        for person in people[:3]:
            world.interview(person, stand)
        draft = world.event(state=EventState.DRAFT)
        db.commit()
        ids = event.id, draft.id
    desk = Desk(database)
    text = text_of(desk.get(f"/staff/events/{ids[0]}/figures"))
    assert "1 exposant – 56 participants dont 29 MNO – 3 entretiens réalisés" in text
    assert "Visiteurs non relevé non relevé" in text
    assert "Participants 56 relevé dont territoire 29" in text
    assert "Cet événement ne compte pas" in text_of(desk.get(f"/staff/events/{ids[1]}/figures"))


def test_many_events_are_drawn_month_by_month(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        for number in range(16):
            world.came(world.event(MARCH + timedelta(days=5 * number)), 2, in_territory=True)
        compile_all(db, now=AFTERWARDS)
        db.commit()
    desk = Desk(database)
    page = desk.get(YEAR)
    assert "Participants par mois, en personnes" in text_of(page)
    months = dict(_LINK.findall(page.get_data(as_text=True)))
    assert [months[f"/staff/figures/2023-0{month}/participants"] for month in (3, 4, 5)] == ["12", "12", "8"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.READER])
def test_a_year_of_many_events_takes_as_many_statements_as_one(database: Database, role: Role) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        world.came(world.event(), 2)
        compile_all(db, now=AFTERWARDS)
        db.commit()
    desk = Desk(database, role)
    counts = []
    for _ in range(2):
        desk.get(YEAR)
        with statements(database) as sent:
            desk.get(YEAR)
        counts.append(len(sent))
        with database.writing() as db:
            again = World(db)
            for number in range(3):
                again.came(again.event(MARCH + timedelta(days=20 + number)), 2)
            compile_all(db, now=AFTERWARDS + timedelta(days=1))
            db.commit()
    assert counts[0] == counts[1] <= 15
