"""The day as coordination runs it, queues from one's own page, the screen: what each does, and what is another's."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence, Registration
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import Interview
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.models import InterviewHours, InterviewTable
from alpes_events.interviews.queues import call_next, join_queue
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.support.meetings import ON_THE_DAY, a_fair, comes, wishes
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import a_table, books
from tests.support.web import SETTINGS, Browser, a_site, text_of

SLUG_OF = "/events/{}/queues"


class Day:
    """A stand with two tables, three people with times at the first, a fourth without, and coordination signed in."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock(ON_THE_DAY)
        with database.writing() as db:
            self.event_id, (self.mill, self.bakery) = a_fair(db, "Filature des Prés", "Boulangerie")
            publish_catalogue(db, self.event_id, now=NOW, account_id=None)
            self.table = a_table(db, self.event_id, self.mill, closes=180, name="Table 1")
            a_table(db, self.event_id, self.mill, closes=180, name="Table 2")
            self.people = [comes(db, self.event_id, number) for number in range(4)]
            for person in self.people[:3]:
                wishes(db, person, self.mill)
            books(
                db,
                self.event_id,
                *(Slot(self.people[n], self.mill, self.table, 80 + 10 * n, 90 + 10 * n) for n in range(3)),
            )
            db.commit()
        self.app = a_site(database, now=self.clock)
        self.desk = Browser(self.app)
        self.desk.sign_in(Role.COORDINATOR)
        self.page = f"/staff/events/{self.event_id}/interviews-today"

    def press(self, action: str, fields: Mapping[str, object] | None = None, page: str = "") -> TestResponse:
        return self.desk.send(f"{self.page}/{action}", fields, page=page or self.page)

    def times(self) -> list[tuple[int, int | None, int | None]]:
        with self.database.reading() as db:
            return [
                (self.people.index(one.registration_id), one.table_id, one.starts)
                for one in timetable_of(db, self.event_id)
            ]

    def own_page(self, person: int) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Registration, self.people[person]).reference
        return f"/my-sign-up/{signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)}"

    def proposal(self) -> dict[str, str]:
        """The hidden fields of what is proposed."""
        page = self.desk.get(f"{self.page}/again").get_data(as_text=True)
        return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("read",)}


@pytest.fixture
def day(organised: Database) -> Day:
    return Day(organised)


def test_those_who_are_due_and_nobody_has_seen_are_shown_until_they_are_there(day: Day) -> None:
    assert "Prénoma Noma" in text_of(day.desk.get(day.page)).split("Stand par stand")[0]
    day.press(f"people/{day.people[0]}/arrived")
    assert "Prénoma Noma" not in text_of(day.desk.get(day.page)).split("Stand par stand")[0]
    with day.database.reading() as db:
        assert db.get_one(Registration, day.people[0]).presence is Presence.ATTENDED


def test_who_leaves_is_proposed_away_and_only_they_are_told(day: Day) -> None:
    answer = day.press(f"people/{day.people[1]}/gone")
    assert answer.location.endswith("/again")
    page = text_of(day.desk.get(f"{day.page}/again"))
    assert ("Perdent un entretien 1" in page, "Prénomb Nomb" in page, "était à 15 h 30" in page) == (True,) * 3
    assert day.press("again", day.proposal(), f"{day.page}/again").status_code == 303
    assert [who for who, _table, _starts in day.times()] == [0, 2]
    with day.database.reading() as db:
        told = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_TIMES_CHANGED)).all()
        assert [entry.subject_id for entry in told] == [day.people[1]]


def test_late_until_an_hour_moves_the_interview_behind_it(day: Day) -> None:
    day.press(f"people/{day.people[0]}/late", {"comes": "16:00"})
    with day.database.reading() as db:
        assert db.get_one(InterviewHours, day.people[0]).comes == 120
    day.press("again", day.proposal(), f"{day.page}/again")
    assert max(day.times(), key=lambda one: one[2] or 0)[0] == 0


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Indiquez l’heure d’arrivée"),
    ("25:00", "Cette heure n’existe pas"),
    ("20:00", "hors de l’événement"),
])  # fmt: skip
def test_hour_that_cannot_be_is_said_and_stays_as_it_was_typed(day: Day, typed: str, said: str) -> None:
    answer = day.press(f"people/{day.people[0]}/late", {"comes": typed})
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert f'value="{typed}"' in answer.get_data(as_text=True)


def test_closed_table_gives_its_people_to_the_other(day: Day) -> None:
    day.press(f"tables/{day.table}/close")
    assert text_of(day.desk.get(f"{day.page}/again")).count("au lieu de") == 3
    day.press("again", day.proposal(), f"{day.page}/again")
    assert day.table not in {table for _who, table, _starts in day.times()}
    day.press(f"tables/{day.table}/open")
    with day.database.reading() as db:
        assert db.get_one(InterviewTable, day.table).closed_from is None


def test_second_who_accepts_is_told_and_sees_what_is_proposed_now(day: Day) -> None:
    day.press(f"people/{day.people[1]}/gone")
    seen = day.proposal()
    day.press("again", seen, f"{day.page}/again")
    again = day.press("again", seen, day.page)
    assert again.status_code == 409
    assert "Les horaires ont changé entre-temps" in text_of(again)


def test_coordination_marks_for_a_stand_and_gives_numbers(day: Day) -> None:
    stand = f"stands/{day.mill}"
    with day.database.reading() as db:
        first = timetable_of(db, day.event_id)[0].id or 0
        reference = db.get_one(Registration, day.people[3]).reference
    day.press(f"{stand}/mark", {"interview_id": first, "mark": "held", "mark_key": "k"})
    day.press(f"{stand}/join", {"reference": reference}, f"{day.page}/{stand}")
    wrong = day.press(f"{stand}/join", {"reference": "NOBODY"}, f"{day.page}/{stand}")
    assert (wrong.status_code, "NOBODY" in wrong.get_data(as_text=True)) == (422, True)
    day.press(f"{stand}/next")
    with day.database.reading() as db:
        assert state_of(db.get_one(Interview, first)) is InterviewState.HELD
        waits = db.exec(select(Interview).where(col(Interview.queue_number) == 1)).one()
        assert (waits.registration_id, waits.called_at) == (day.people[3], ON_THE_DAY)
    day.press(f"{stand}/queue/{waits.id}/leave")
    assert "N’attend plus" in text_of(day.desk.get(f"{day.page}/{stand}"))
    day.press(f"{stand}/queue/{waits.id}/return")
    assert "N’attend plus" not in text_of(day.desk.get(f"{day.page}/{stand}"))


def test_what_is_of_another_event_or_stand_does_not_exist(day: Day) -> None:
    with day.database.writing() as db:
        other, (theirs,) = a_fair(db, "Ailleurs")
        their_table = a_table(db, other, theirs)
        them = comes(db, other, 7)
        first = timetable_of(db, day.event_id)[0].id or 0
        db.commit()
    mark = {"interview_id": first, "mark": "held", "mark_key": "k"}
    for action, fields in (
        (f"people/{them}/gone", {}),
        (f"people/{them}/late", {"comes": "16:00"}),
        (f"tables/{their_table}/close", {}),
        (f"stands/{theirs}/mark", mark),
        (f"stands/{day.bakery}/mark", mark),
        (f"stands/{theirs}/next", {}),
        (f"stands/{day.bakery}/queue/{first}/call", {}),
    ):
        assert day.press(action, fields).status_code == 404, action
    assert day.desk.get(f"{day.page}/stands/{theirs}").status_code == 404
    with day.database.reading() as db:
        assert state_of(db.get_one(Interview, first)) is InterviewState.PLANNED


def test_person_takes_a_number_from_their_own_page_sees_their_turn_and_gives_it_back(day: Day) -> None:
    mine, theirs = Browser(day.app), Browser(day.app)
    assert "Prendre un numéro" in text_of(mine.get(day.own_page(3)))
    for browser, person in ((theirs, 2), (mine, 3)):
        page = f"{day.own_page(person)}/queue"
        assert browser.send(f"{page}/{day.bakery}/join", {}, page=page).status_code == 303
    page = f"{day.own_page(3)}/queue"
    assert "1 personne passe avant vous" in text_of(mine.get(page))
    with day.database.writing() as db:
        for _twice in range(2):
            called = call_next(db, day.bakery, now=ON_THE_DAY, account_id=None)
        db.commit()
    assert "C’est à vous" in text_of(mine.get(page))
    other = f"{day.own_page(2)}/queue"
    assert theirs.send(f"{other}/{called}/leave", {}, page=other).status_code == 404
    assert mine.send(f"{page}/{called}/leave", {}, page=page).status_code == 303
    assert "Vos numéros" not in text_of(mine.get(page))


def test_numbers_are_taken_only_while_the_event_runs(day: Day) -> None:
    page = f"{day.own_page(3)}/queue"
    browser = Browser(day.app)
    token = browser.token(page)
    day.clock.now = STARTS_AT - timedelta(minutes=1)
    assert "Prendre un numéro" not in text_of(browser.get(day.own_page(3)))
    assert browser.post(f"{page}/{day.bakery}/join", {"csrf_token": token}).status_code == 409
    day.clock.now = STARTS_AT + timedelta(hours=4)
    assert browser.get(page).status_code == 410


def slug(db: Session, event_id: int) -> str:
    return SLUG_OF.format(db.get_one(Event, event_id).slug)


def test_screen_says_numbers_and_never_names(day: Day) -> None:
    with day.database.writing() as db:
        for person in (3, 0, 1):
            join_queue(db, day.people[person], day.bakery, now=ON_THE_DAY, account_id=None)
        call_next(db, day.bakery, now=ON_THE_DAY, account_id=None)
        address = slug(db, day.event_id)
        db.commit()
    shown = text_of(Browser(day.app).get(address))
    assert "Boulangerie maintenant n° 1 ensuite n° 2 , n° 3" in shown.replace("n°\u00a0", "n° ")
    assert "Nom" not in shown
    assert "Filature" not in shown
    day.clock.now = STARTS_AT + timedelta(days=1)
    assert "Boulangerie" not in text_of(Browser(day.app).get(address))
