"""The day of interviews on a telephone: what was marked without network arrives later, once."""

import re
from datetime import timedelta

from playwright.sync_api import BrowserContext, Route, expect
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.fair.meetings import Interview, MeetingOutcome
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.models import InterviewMark, InterviewTable
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seat, Seats, Served
from tests.support.meetings import a_fair, comes
from tests.support.stories import NOW
from tests.support.timetables import a_table, books
from tests.support.web import SETTINGS


def a_day_that_runs(db: Session, name: str, people: int) -> tuple[int, int, list[int]]:
    """An event that began an hour ago with a stand, and people with times there one after the other."""
    event_id, (stand,) = a_fair(db, name)
    table = a_table(db, event_id, stand, closes=180)
    slots = [Slot(comes(db, event_id, 920 + n), stand, table, 60 + 10 * n, 70 + 10 * n) for n in range(people)]
    event = db.get_one(Event, event_id)
    event.starts_at, event.ends_at = NOW - timedelta(hours=1), NOW + timedelta(hours=2)
    db.add(event)
    books(db, event_id, *slots)
    return event_id, stand, [one.id or 0 for one in timetable_of(db, event_id)]


def list_of(db: Session, stand: int) -> str:
    reference = db.get_one(Exhibitor, stand).reference or ""
    return f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}/interviews"


def without_network(seat: Seat) -> BrowserContext:
    """The telephone loses it."""
    seat.page.context.set_offline(True)
    return seat.page.context


def test_what_is_marked_without_network_is_kept_and_arrives_once(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        _event, stand, (first, second, third) = a_day_that_runs(db, "Teinturerie du Quai", 3)
        address = list_of(db, stand)
        db.commit()
    with seats(width=375) as seat:
        page = seat.open(address)
        expect(page.get_by_role("status")).to_have_text("Tout est envoyé.")
        context = without_network(seat)
        page.locator(f"#i{first}").get_by_role("button", name="Entretien tenu").click()
        page.locator(f"#i{first}").get_by_role("button", name="À rappeler").click()
        page.locator(f"#i{second}").get_by_role("button", name="Pas venue").click()
        expect(page.get_by_role("status")).to_contain_text("3 notes à envoyer")
        expect(page.locator("[aria-current=true]")).to_have_id(f"i{third}")
        context.set_offline(False)
        expect(page.get_by_role("status")).to_have_text("Tout est envoyé.")
        page.reload()
        expect(page.locator(f"#i{first}").get_by_role("button", name="À rappeler")).to_have_attribute(
            "aria-pressed", "true"
        )
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
        seat.complaints[:] = [one for one in seat.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    with served.database.reading() as db:
        met, missed = db.get_one(Interview, first), db.get_one(Interview, second)
        assert (state_of(met), met.outcome) == (InterviewState.HELD, MeetingOutcome.TO_CALL_BACK)
        assert state_of(missed) is InterviewState.NOT_HELD
        ours = col(InterviewMark.interview_id).in_([first, second, third])
        assert len(db.exec(select(InterviewMark).where(ours)).all()) == 2


def test_a_telephone_that_was_closed_without_network_sends_when_it_is_opened_again(
    seats: Seats, served: Served
) -> None:
    with served.database.writing() as db:
        _event, stand, (first, _second) = a_day_that_runs(db, "Serres du Ferrain", 2)
        address = list_of(db, stand)
        db.commit()
    with seats(width=375) as seat:
        page = seat.open(address)
        context = without_network(seat)
        page.locator(f"#i{first}").get_by_role("button", name="Entretien tenu").click()
        page.close()
        context.set_offline(False)
        page = seat.page = context.new_page()
        seat.open(address)
        expect(page.get_by_role("status")).to_have_text("Tout est envoyé.")
        expect(page.locator(f"#i{first}")).to_have_attribute("data-state", "held")
        seat.complaints[:] = [one for one in seat.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    with served.database.reading() as db:
        assert state_of(db.get_one(Interview, first)) is InterviewState.HELD


def test_answer_that_is_lost_on_the_way_counts_once(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        _event, stand, (first, _second) = a_day_that_runs(db, "Fonderie du Canal", 2)
        address = list_of(db, stand)
        db.commit()
    with seats(width=375) as seat:
        page = seat.open(address)
        lost: list[str] = []

        def lose_the_first(route: Route) -> None:
            if lost:
                route.continue_()
            else:
                lost.append(route.fetch().text())
                route.abort()

        page.route("**/interviews/mark", lose_the_first)
        page.locator(f"#i{first}").get_by_role("button", name="Entretien tenu").click()
        expect(page.get_by_role("status")).to_contain_text("1 note à envoyer")
        expect(page.get_by_role("status")).to_have_text("Tout est envoyé.")
        seat.complaints[:] = [one for one in seat.complaints if "ERR_FAILED" not in one]
    with served.database.reading() as db:
        assert len(db.exec(select(InterviewMark).where(col(InterviewMark.interview_id) == first)).all()) == 1


def test_without_javascript_plain_forms_do_the_same(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        _event, stand, (first, second) = a_day_that_runs(db, "Cidrerie du Moulin", 2)
        address = list_of(db, stand)
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(address)
        page.locator(f"#i{first}").get_by_role("button", name="Entretien tenu").click()
        page.locator(f"#i{first}").get_by_role("button", name="Deuxième entretien").click()
        page.locator(f"#i{second}").get_by_role("button", name="Pas venue").click()
        page.locator(f"#i{second}").get_by_role("button", name="C’était une erreur").click()
        expect(page.locator(f"#i{second}").get_by_role("button", name="Entretien tenu")).to_be_visible()
    with served.database.reading() as db:
        assert db.get_one(Interview, first).outcome is MeetingOutcome.SECOND_INTERVIEW
        assert state_of(db.get_one(Interview, second)) is InterviewState.PLANNED


def test_person_takes_a_number_the_stand_calls_it_and_the_screen_shows_it(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        event_id, (stand,) = a_fair(db, "Verrerie de la Lys")
        publish_catalogue(db, event_id, now=NOW, account_id=None)
        me = db.get_one(Registration, comes(db, event_id, 940))
        mine = f"/my-sign-up/{signed(me.reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)}"
        event = db.get_one(Event, event_id)
        event.starts_at, event.ends_at = NOW - timedelta(hours=1), NOW + timedelta(hours=2)
        db.add(event)
        address, screen = list_of(db, stand), f"/events/{event.slug}/queues"
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(mine)
        page.get_by_role("link", name="Prendre un numéro").click()
        page.get_by_role("button", name=re.compile("Prendre un numéro.*Verrerie de la Lys")).click()
        expect(page.get_by_role("status").first).to_contain_text("Vous avez le n° 1")
        expect(page.get_by_text("Vous êtes la prochaine personne")).to_be_visible()
    with seats(width=1920) as wall:
        shown = wall.open(screen)
        shown.evaluate("document.body.dataset.same = 'yes'")
        expect(shown.get_by_text("personne n’est appelé")).to_be_visible()
        with seats(width=375) as seat:
            page = seat.open(address)
            page.get_by_role("button", name="Appeler le n° 1").click()
            expect(page.get_by_text("appelée à")).to_be_visible()
        expect(shown.locator(".screen-now")).to_contain_text("maintenant n° 1")
        assert shown.evaluate("document.body.dataset.same") == "yes"
    with seats(width=375, javascript=False) as seat:
        page = seat.open(f"{mine}/queue")
        expect(page.get_by_text("C’est à vous : allez au stand.")).to_be_visible()
        page.get_by_role("button", name="Rendre mon numéro").click()
        expect(page.get_by_role("status").first).to_contain_text("vous n’attendez plus")


def test_coordination_closes_a_table_and_accepts_what_is_proposed(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        event_id, stand, (_first, *_others) = a_day_that_runs(db, "Brasserie du Cygne", 3)
        a_table(db, event_id, stand, closes=180, name="Table 2")
        db.commit()
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events/{event_id}/interviews-today")
        page.get_by_role("row", name="Brasserie du Cygne").get_by_role("button", name="Fermer").first.click()
        expect(page.get_by_role("heading", name="Changent d’heure")).to_be_visible()
        page.get_by_role("button", name="Accepter, et prévenir").click()
        expect(page.get_by_role("status").first).to_contain_text("Les horaires sont changés")
    with served.database.reading() as db:
        second = select(InterviewTable.id).where(InterviewTable.event_id == event_id, InterviewTable.name == "Table 2")
        later = {one.table_id for one in timetable_of(db, event_id) if (one.starts or 0) > 60}
        assert later == {db.exec(second).one()}
