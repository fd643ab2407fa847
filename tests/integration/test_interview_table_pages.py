"""Pages before the day: an exhibitor opens tables by its link, staff for all; a person says whom to meet and when."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Channel, Registration
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.day_settings import DaySettings, set_day, settings_of
from alpes_events.interviews.hours import Hours, hours_of, say_hours
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_table
from alpes_events.language.typography import plain
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.rendering import render
from alpes_events.people.models import Role
from alpes_web.links import Purpose, SiteLinks, signed
from tests.support.meetings import a_fair, comes, wishes
from tests.support.posts import BASE, KEY, Clock, deliver_messages
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import books
from tests.support.web import SETTINGS, Browser, a_site, text_of

TABLE = TableDraft(0, 120, 10)
TYPED = {"opens": "14:00", "closes": "16:00", "minutes": "15", "break_1_from": "15:00", "break_1_to": "15:10"}

_KEY = re.compile(r'name="form_key"[^>]*value="([^"]+)"')
_CHOICES = re.compile(r'href="(/my-sign-up/[^"]+/wishes)"')
_LATE = {"break_3_from": "16:30", "break_3_to": "16:40"}


class Fair:
    """An event from 14:00 to 17:00 with two stands, somebody who signed up, and the clock of its site."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock()
        with database.writing() as db:
            self.event_id, (self.stand, self.other) = a_fair(db, "Filature des Prés", "Boulangerie du Beffroi")
            publish_catalogue(db, self.event_id, now=NOW, account_id=None)
            self.me = comes(db, self.event_id, 1)
            db.commit()
        self.app = a_site(database, now=self.clock)

    def browser(self, role: Role | None = None) -> Browser:
        browser = Browser(self.app)
        if role is not None:
            browser.sign_in(role)
        return browser

    def opens(self, exhibitor_id: int, draft: TableDraft = TABLE) -> int:
        with self.database.writing() as db:
            table_id = open_table(db, exhibitor_id, draft, now=NOW)
            db.commit()
        return table_id

    def interviews(self, table_id: int, *starts: int) -> None:
        with self.database.writing() as db:
            slots = [
                Slot(comes(db, self.event_id, 50 + at), self.stand, table_id, start, start + 10)
                for at, start in enumerate(starts)
            ]
            books(db, self.event_id, *slots)
            db.commit()

    def tables(self) -> list[tuple[int, int, int, int, list[list[int]]]]:
        with self.database.reading() as db:
            rows = db.exec(
                select(InterviewTable).where(col(InterviewTable.retired_at).is_(None)).order_by(col(InterviewTable.id))
            )
            return [(row.exhibitor_id, row.opens, row.closes, row.minutes, row.breaks) for row in rows]

    def coming(self) -> list[int | None]:
        with self.database.reading() as db:
            return [one.starts for one in timetable_of(db, self.event_id)]

    def link(self, purpose: Purpose, exhibitor_id: int = 0) -> str:
        with self.database.reading() as db:
            row = db.get_one(Exhibitor, exhibitor_id) if exhibitor_id else db.get_one(Registration, self.me)
            return f"/{purpose.value}/{signed(row.reference or '', purpose=purpose, key=SETTINGS.secret_key)}"

    @property
    def stand_tables(self) -> str:
        return f"{self.link(Purpose.STAND, self.stand)}/tables"

    @property
    def staff_tables(self) -> str:
        return f"/staff/events/{self.event_id}/tables"

    @property
    def my_wishes(self) -> str:
        return f"{self.link(Purpose.MANAGE)}/wishes"


@pytest.fixture
def fair(organised: Database) -> Fair:
    return Fair(organised)


def test_exhibitor_opens_a_table_by_its_link_and_a_second_one_in_a_press(fair: Fair) -> None:
    browser = fair.browser()
    assert "Dites quand vous recevez" in text_of(browser.get(fair.link(Purpose.STAND, fair.stand)))
    assert browser.send(fair.stand_tables, TYPED).status_code == 303
    shown = text_of(browser.get(fair.stand_tables))
    assert "14 h – 16 h, 15 minutes par entretien, pause 15 h – 15 h 10" in shown
    assert "7 entretiens possibles" in shown
    table_id = fair_table(fair)
    assert browser.send(f"{fair.stand_tables}/{table_id}/again", page=fair.stand_tables).status_code == 303
    assert fair.tables() == [(fair.stand, 0, 120, 15, [[60, 70]])] * 2
    assert "2 tables sont ouvertes" in text_of(browser.get(fair.link(Purpose.STAND, fair.stand)))


def fair_table(fair: Fair) -> int:
    with fair.database.reading() as db:
        return db.exec(select(InterviewTable.id).order_by(col(InterviewTable.id))).first() or 0


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"opens": "13:00"}, "Cette heure est en dehors de l’événement", "opens"),
        ({"closes": "17:05"}, "Cette heure est en dehors de l’événement", "closes"),
        ({"closes": "midi"}, "Cette heure n’existe pas", "closes"),
        ({"opens": ""}, "Indiquez l’heure d’ouverture", "opens"),
        ({"break_1_to": ""}, "Indiquez le début et la fin de la pause", "break_1_to"),
        ({"break_2_from": "15:05", "break_2_to": "15:20"}, "Deux pauses se chevauchent", "break_2_from"),
        ({"break_1_from": "", "break_1_to": "", **_LATE}, "en dehors des heures de la table", "break_3_from"),
        ({"minutes": "12"}, "Choisissez une des réponses proposées", "minutes"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(
    fair: Fair, typed: dict[str, str], sentence: str, field: str
) -> None:
    sent = {**TYPED, "name": "Chez Nadia", **typed}
    answer = fair.browser().send(fair.stand_tables, sent)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in text_of(answer)
    assert f'id="{field}-e"' in page
    assert all(f'value="{value}"' in page for name, value in sent.items() if value and name != "minutes")
    assert fair.tables() == []


def test_change_that_calls_interviews_off_says_how_many_and_waits_for_a_yes(fair: Fair) -> None:
    table_id = fair.opens(fair.stand)
    fair.interviews(table_id, 0, 100, 110)
    browser, path = fair.browser(), f"{fair.stand_tables}/{table_id}"
    narrower = {**TYPED, "minutes": "10", "closes": "15:30"}
    answer = browser.send(path, narrower)
    assert answer.status_code == 409
    assert "2 entretiens déjà fixés ne tiennent plus dans ces heures" in text_of(answer)
    assert 'value="15:30"' in answer.get_data(as_text=True)
    assert fair.coming() == [0, 100, 110]
    assert browser.send(path, {**narrower, "may_lose": "1"}).status_code == 409
    assert browser.send(path, {**narrower, "may_lose": "2"}).status_code == 303
    assert fair.coming() == [0]
    assert fair.tables() == [(fair.stand, 0, 90, 10, [[60, 70]])]


def test_table_with_interviews_is_taken_away_only_when_their_number_was_said(fair: Fair) -> None:
    table_id = fair.opens(fair.stand)
    fair.interviews(table_id, 0, 10)
    browser, path = fair.browser(), f"{fair.stand_tables}/{table_id}"
    assert "2 entretiens y sont déjà fixés" in text_of(browser.get(path))
    assert browser.send(f"{path}/retire", {"may_lose": "0"}, page=path).status_code == 303
    assert (len(fair.tables()), fair.coming()) == (1, [0, 10])
    assert browser.send(f"{path}/retire", {"may_lose": "2"}, page=path).status_code == 303
    assert (fair.tables(), fair.coming()) == ([], [])
    assert browser.get(path).status_code == 404


def test_tables_of_another_stand_do_not_exist(fair: Fair) -> None:
    theirs, mine = fair.opens(fair.other), fair.opens(fair.stand)
    browser = fair.browser()
    assert browser.get(f"{fair.stand_tables}/{theirs}").status_code == 404
    own = f"{fair.stand_tables}/{mine}"
    for path in (f"{fair.stand_tables}/{theirs}", f"{fair.stand_tables}/{theirs}/again"):
        data = TYPED if path.endswith(str(theirs)) else None
        assert browser.send(path, data, page=own).status_code == 404
    assert browser.send(f"{fair.stand_tables}/{theirs}/retire", {"may_lose": "0"}, page=own).status_code == 404
    assert len(fair.tables()) == 2


def test_link_of_a_stand_that_does_not_come_or_is_for_something_else_opens_no_tables(fair: Fair) -> None:
    with fair.database.writing() as db:
        reference = db.get_one(Exhibitor, fair.stand).reference or ""
        withdraw_stand(db, fair.other, by="staff", now=NOW, account_id=None)
        db.commit()
    wrong = signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)
    browser = fair.browser()
    assert browser.get(f"/stand/{wrong}/tables").status_code == 404
    assert browser.get(f"{fair.link(Purpose.STAND, fair.other)}/tables").status_code == 404
    fair.clock.now = STARTS_AT + timedelta(hours=3)
    assert browser.get(fair.stand_tables).status_code == 410


def test_exhibitor_marks_its_interest_and_the_person_sees_it(fair: Fair) -> None:
    with fair.database.writing() as db:
        wishes(db, fair.me, (fair.stand, True))
        silent = comes(db, fair.event_id, 2)
        wishes(db, silent, fair.stand)
        db.commit()
    browser, page = fair.browser(), f"{fair.link(Purpose.STAND, fair.stand)}/wishes"
    path = f"{page}/{fair.me}/interest"
    assert browser.send(path, {"interested": "y"}, page=page).status_code == 303
    assert "vous souhaitez la rencontrer" in text_of(browser.get(page))
    assert "le souhaite aussi" in text_of(browser.get(fair.my_wishes))
    assert browser.send(path, page=page).status_code == 303
    assert "vous souhaitez la rencontrer" not in text_of(browser.get(page))
    other = f"{fair.link(Purpose.STAND, fair.other)}/wishes/{fair.me}/interest"
    for wrong in (f"{page}/{silent}/interest", f"{page}/99999/interest", other):
        assert browser.send(wrong, {"interested": "y"}, page=page).status_code == 404
    with fair.database.reading() as db:
        assert set(db.exec(select(MeetingWish.interest_at))) == {None}


def test_company_opens_tables_from_its_space(fair: Fair) -> None:
    browser = fair.browser()
    account_id = browser.sign_in(Role.EMPLOYER)
    with fair.database.writing() as db:
        company_id = db.get_one(Exhibitor, fair.stand).company_id or 0
        speak_by_invitation(db, company_id, account_id, now=NOW, account_id=None)
        db.commit()
    assert fair.stand_tables in browser.get(f"/employer/companies/{company_id}").get_data(as_text=True)


def test_coordinator_opens_the_same_table_for_all_who_have_none(fair: Fair) -> None:
    fair.opens(fair.other, TableDraft(30, 60, 5))
    browser = fair.browser(Role.COORDINATOR)
    assert "1 exposant a une table, sur 2" in text_of(browser.get(fair.staff_tables))
    assert browser.send(f"{fair.staff_tables}/all", TYPED).status_code == 303
    assert fair.tables() == [(fair.other, 30, 60, 5, []), (fair.stand, 0, 120, 15, [[60, 70]])]
    assert "Chaque exposant a déjà sa table" in text_of(browser.get(f"{fair.staff_tables}/all"))
    shown = text_of(browser.get(fair.staff_tables))
    assert "2 exposants ont une table, sur 2" in shown
    assert "13 entretiens possibles" in shown


def test_coordinator_opens_changes_and_takes_away_one_table(fair: Fair) -> None:
    browser = fair.browser(Role.COORDINATOR)
    assert browser.send(f"{fair.staff_tables}/new/{fair.stand}", TYPED).status_code == 303
    path = f"{fair.staff_tables}/{fair_table(fair)}"
    assert browser.send(path, {**TYPED, "minutes": "10"}).status_code == 303
    assert browser.send(f"{path}/again", page=path).status_code == 303
    assert fair.tables() == [(fair.stand, 0, 120, 10, [[60, 70]])] * 2
    assert browser.send(f"{path}/retire", {"may_lose": "0"}, page=path).status_code == 303
    assert len(fair.tables()) == 1


def test_tables_of_another_event_do_not_exist_for_staff(fair: Fair) -> None:
    with fair.database.writing() as db:
        other_event, (stranger,) = a_fair(db, "Ailleurs")
        table_id = open_table(db, stranger, TABLE, now=NOW)
        db.commit()
    mine = fair.opens(fair.stand)
    browser = fair.browser(Role.COORDINATOR)
    page = f"{fair.staff_tables}/{mine}"
    for path in (f"{fair.staff_tables}/{table_id}", f"{fair.staff_tables}/new/{stranger}"):
        assert browser.get(path).status_code == 404
    assert browser.send(f"{fair.staff_tables}/{table_id}/again", page=page).status_code == 404
    assert browser.send(f"{fair.staff_tables}/{table_id}/retire", {"may_lose": "9"}, page=page).status_code == 404
    assert browser.get(f"/staff/events/{other_event}/tables/{table_id}").status_code == 200


def test_coordinator_says_until_when_and_how_many(fair: Fair) -> None:
    browser, path = fair.browser(Role.COORDINATOR), f"{fair.staff_tables}/day"
    typed = {"until_on": "2026-03-10", "until_time": "12:00", "most_each": "3", "walk_minutes": "5"}
    assert browser.send(path, typed).status_code == 303
    with fair.database.reading() as db:
        found = settings_of(db, fair.event_id)
    assert found == DaySettings(STARTS_AT.replace(day=10, hour=11), 5, 3)
    assert "jusqu’au mardi 10 mars, 12 h" in text_of(browser.get(fair.staff_tables))
    for wrong, sentence in (
        ({"until_on": "2026-03-13"}, "Choisissez un moment avant la fin de l’événement"),
        ({"until_on": ""}, "Indiquez aussi le jour"),
        ({"most_each": "21"}, "Choisissez de 1 à 20 entretiens"),
        ({"walk_minutes": "61"}, "Comptez de 0 à 60 minutes"),
    ):
        answer = browser.send(path, typed | wrong)
        assert (answer.status_code, sentence in text_of(answer)) == (422, True)


def test_person_says_hours_and_how_many_with_their_choices(fair: Fair) -> None:
    browser = fair.browser()
    sent = {"choice_1": fair.stand, "comes": "15:00", "leaves": "16:30", "most": "2"}
    assert browser.send(fair.my_wishes, sent).status_code == 303
    with fair.database.reading() as db:
        assert hours_of(db, fair.me) == Hours(60, 150, 2)
    page = browser.get(fair.my_wishes)
    assert "Vous êtes là : de 15 h à 16 h 30, 2 entretiens au plus" in text_of(page)
    assert 'value="16:30"' in page.get_data(as_text=True)
    assert browser.send(fair.my_wishes, {"choice_1": fair.stand}).status_code == 303
    assert "Vous êtes là : toute la durée" in text_of(browser.get(fair.my_wishes))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"comes": "13:00"}, "Cette heure est en dehors de l’événement"),
        ({"comes": "16:00", "leaves": "15:00"}, "L’heure de départ doit être après l’heure d’arrivée"),
        ({"leaves": "25:00"}, "Cette heure n’existe pas"),
    ],
)
def test_hours_that_cannot_be_are_said_and_nothing_of_the_choice_is_kept(
    fair: Fair, typed: dict[str, str], sentence: str
) -> None:
    answer = fair.browser().send(fair.my_wishes, {"choice_1": fair.stand, "shows_1": "y", **typed})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    page = answer.get_data(as_text=True)
    assert f"<option value='{fair.stand}' selected>" in page
    assert all(f'value="{value}"' in page for value in typed.values())
    with fair.database.reading() as db:
        assert db.exec(select(MeetingWish)).all() == []


def test_once_somebody_opened_a_table_only_those_who_did_are_offered(fair: Fair) -> None:
    browser = fair.browser()
    assert "Boulangerie du Beffroi" in text_of(browser.get(fair.my_wishes))
    fair.opens(fair.stand)
    shown = text_of(browser.get(fair.my_wishes))
    assert ("Filature des Prés" in shown, "Boulangerie du Beffroi" in shown) == (True, False)
    answer = browser.send(fair.my_wishes, {"choice_1": fair.other})
    assert answer.status_code == 422


def test_until_when_is_said_and_then_nothing_changes_but_an_agreement(fair: Fair) -> None:
    until = NOW + timedelta(days=2)
    with fair.database.writing() as db:
        wishes(db, fair.me, (fair.stand, True))
        set_day(db, fair.event_id, DaySettings(until), now=NOW)
        db.commit()
    browser = fair.browser()
    assert "jusqu’au mercredi 4 mars, 10 h" in text_of(browser.get(fair.my_wishes))
    token = browser.token(fair.my_wishes)
    fair.clock.now = until
    assert "On ne change plus ces choix ni ces heures" in text_of(browser.get(fair.my_wishes))
    assert browser.post(fair.my_wishes, {"csrf_token": token, "choice_1": str(fair.other)}).status_code == 410
    assert browser.send(f"{fair.my_wishes}/{fair.stand}/hide", page=fair.my_wishes).status_code == 303


def test_time_already_given_outside_the_hours_is_pointed_out(fair: Fair) -> None:
    table_id = fair.opens(fair.stand)
    with fair.database.writing() as db:
        books(db, fair.event_id, Slot(fair.me, fair.stand, table_id, 0, 10))
        say_hours(db, fair.me, Hours(60), by=Channel.SELF, now=NOW)
        db.commit()
    assert "Un entretien est déjà fixé à 14 h, en dehors de vos heures" in text_of(fair.browser().get(fair.my_wishes))


def test_advisor_says_the_hours_of_their_own_person(fair: Fair) -> None:
    browser = fair.browser()
    advisor, path = browser.sign_in(Role.ADVISOR), f"/staff/sign-ups/{fair.me}/wishes"

    def own(db: Session) -> None:
        db.get_one(Registration, fair.me).registered_by = advisor

    with fair.database.writing() as db:
        own(db)
        db.commit()
    assert browser.send(path, {"choice_1": fair.stand, "comes": "14:30"}).status_code == 303
    with fair.database.reading() as db:
        assert hours_of(db, fair.me) == Hours(30)
    assert "Heures de présence : à partir de 14 h 30" in text_of(browser.get(path))
    assert browser.get(fair.staff_tables).status_code == 403


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_speak_both_languages(fair: Fair, language: str) -> None:
    fair.opens(fair.stand, TableDraft(0, 120, 10, ((60, 70),)))
    public, staff = fair.browser(), fair.browser(Role.COORDINATOR)
    words = {
        "fr": ("10 minutes par entretien", "Quand serez-vous là ?"),
        "en": ("10 minutes per interview", "When will you be there?"),
    }
    assert words[language][0] in text_of(public.get(f"{fair.stand_tables}?lang={language}"))
    assert words[language][0] in text_of(staff.get(f"{fair.staff_tables}?lang={language}"))
    assert words[language][1] in text_of(public.get(f"{fair.my_wishes}?lang={language}"))


def test_who_has_just_signed_up_is_led_to_the_choice_and_nobody_else_by_that_address(fair: Fair) -> None:
    fair.opens(fair.stand)
    with fair.database.reading() as db:
        path = f"/events/{db.get_one(Event, fair.event_id).slug}/sign-up"
    browser = fair.browser()
    key = _KEY.search(browser.get(path).get_data(as_text=True))
    assert key is not None
    typed = {"given_name": "Leïla", "family_name": "Haddad", "email": "leila@example.org", "form_key": key[1]}
    answer = browser.send(path, typed)
    assert answer.status_code == 303
    done = answer.location
    [link] = _CHOICES.findall(browser.get(done).get_data(as_text=True))
    assert "Filature des Prés" in text_of(browser.get(link))
    assert _CHOICES.findall(fair.browser().get(done).get_data(as_text=True)) == []
    fair.clock.now = STARTS_AT + timedelta(hours=2)
    with fair.database.writing() as db:
        set_day(db, fair.event_id, DaySettings(STARTS_AT), now=NOW)
        db.commit()
    assert _CHOICES.findall(browser.get(done).get_data(as_text=True)) == []


def test_confirmation_leads_to_the_choice_once_somebody_accepts_interviews(fair: Fair) -> None:
    def says() -> bool:
        with fair.database.reading() as db:
            message = db.exec(
                select(OutboxMessage).where(
                    col(OutboxMessage.kind) == MessageKind.CONFIRMED, col(OutboxMessage.registration_id) == fair.me
                )
            ).one()
            rendered = render(moment_of(db, message, now=fair.clock.now), SiteLinks(BASE, KEY))
        return "choisissez jusqu’à cinq employeurs" in plain(rendered.text)

    deliver_messages(fair.database, Clock(NOW))
    before = says()
    fair.opens(fair.stand)
    assert (before, says()) == (False, True)
    with fair.database.writing() as db:
        set_day(db, fair.event_id, DaySettings(NOW), now=NOW)
        db.commit()
    assert not says()
