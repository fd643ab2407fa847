"""Wishes on the pages: a person chooses, an advisor for them, the stand reads what it may and no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.attendance.models import Channel, Registration
from alpes_events.attendance.release import cancel_registration
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import publish_catalogue, unpublish_catalogue
from alpes_events.fair.wishes import AGREEMENT, withdraw_name
from alpes_events.people.audit import AuditAction
from alpes_events.people.consents import text_hash
from alpes_events.people.models import AccessAudit, Role
from alpes_web.links import Purpose, signed
from tests.support.meetings import a_fair, candidate_of, comes, wishes
from tests.support.pdf import pages_of
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT
from tests.support.web import SETTINGS, Browser, a_site, text_of

LATER = NOW + timedelta(days=1)


class Fair:
    """An event with two stands, somebody who signed up, and the clock of its site."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock()
        with database.writing() as db:
            self.event_id, (self.stand, self.other) = a_fair(db, "Filature des Prés", "Boulangerie du Beffroi")
            publish_catalogue(db, self.event_id, now=NOW, account_id=None)
            self.me = comes(db, self.event_id, 1)
            db.commit()
        self.app = a_site(database, now=self.clock)

    def browser(self) -> Browser:
        return Browser(self.app)

    def change(self, act: Callable[[Session], object]) -> None:
        with self.database.writing() as db:
            act(db)
            db.commit()

    @property
    def my_page(self) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Registration, self.me).reference
        return f"/my-sign-up/{signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)}"

    @property
    def stand_page(self) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Exhibitor, self.stand).reference or ""
        return f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}"

    def reads(self) -> list[tuple[int | None, int | None]]:
        """Whose name was read, by which account."""
        with self.database.reading() as db:
            rows = db.exec(select(AccessAudit).where(col(AccessAudit.action) == AuditAction.NAME_READ.value))
            return [(row.subject_id, row.account_id) for row in rows]


@pytest.fixture
def fair(organised: Database) -> Fair:
    return Fair(organised)


def test_nobody_is_offered_to_be_met_before_the_catalogue_says_who_comes(fair: Fair) -> None:
    fair.change(lambda db: unpublish_catalogue(db, fair.event_id, now=NOW, account_id=None))
    browser, desk = fair.browser(), fair.browser()
    desk.sign_in(Role.COORDINATOR)
    assert "Qui souhaitez-vous rencontrer" not in text_of(browser.get(fair.my_page))
    for_them = text_of(desk.get(f"/staff/sign-ups/{fair.me}/wishes"))
    shown = ["Filature" in one for one in (text_of(browser.get(f"{fair.my_page}/wishes")), for_them)]
    assert shown == [False, True]


def test_person_chooses_in_order_and_says_their_name_to_one(fair: Fair) -> None:
    browser = fair.browser()
    assert "Qui souhaitez-vous rencontrer" in text_of(browser.get(fair.my_page))
    chosen = {"choice_1": fair.other, "choice_2": fair.stand, "shows_2": "y"}
    answer = browser.send(f"{fair.my_page}/wishes", chosen)
    assert answer.status_code == 303
    with fair.database.reading() as db:
        rows = db.exec(select(MeetingWish).order_by(col(MeetingWish.position))).all()
    assert [(row.exhibitor_id, row.shows_name, row.agreed_by) for row in rows] == [
        (fair.other, False, None),
        (fair.stand, True, "self"),
    ]
    assert rows[1].agreed_text == text_hash(AGREEMENT)
    shown = text_of(browser.get(fair.my_page))
    assert shown.index("Boulangerie du Beffroi") < shown.index("Filature des Prés")


def test_choice_that_cannot_be_is_said_and_what_was_chosen_stays(fair: Fair) -> None:
    twice = {"choice_1": fair.stand, "choice_2": fair.stand, "shows_2": "y"}
    answer = fair.browser().send(f"{fair.my_page}/wishes", twice)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Vous avez choisi deux fois le même employeur" in text_of(answer)
    assert page.count(f"<option value='{fair.stand}' selected>") == 2


def test_stand_reads_the_number_and_the_one_name_and_each_reading_is_kept(fair: Fair) -> None:
    def wish(db: Session) -> None:
        wishes(db, fair.me, (fair.stand, True))
        wishes(db, comes(db, fair.event_id, 2), fair.stand)

    fair.change(wish)
    browser = fair.browser()
    front = text_of(browser.get(fair.stand_page))
    assert "2 personnes souhaitent vous rencontrer, dont 1 vous dit son nom" in front
    assert "Nomb" not in front
    assert fair.reads() == []
    names = text_of(browser.get(f"{fair.stand_page}/wishes"))
    assert "Prénomb Nomb" in names
    assert "Nomc" not in names
    with fair.database.reading() as db:
        person = candidate_of(db, fair.me)
    assert fair.reads() == [(person, None)]


def test_name_is_gone_the_moment_it_is_taken_back(fair: Fair) -> None:
    fair.change(lambda db: wishes(db, fair.me, (fair.stand, True)))
    answer = fair.browser().send(f"{fair.my_page}/wishes/{fair.stand}/hide", page=f"{fair.my_page}/wishes")
    assert answer.status_code == 303
    assert "Nomb" not in text_of(fair.browser().get(f"{fair.stand_page}/wishes"))
    assert fair.reads() == []


@pytest.mark.parametrize("end", ["cancel", "leave"])
def test_name_is_gone_with_the_sign_up_or_the_stand(fair: Fair, end: str) -> None:
    fair.change(lambda db: wishes(db, fair.me, (fair.stand, True)))
    if end == "cancel":
        fair.change(lambda db: cancel_registration(db, fair.me, by="self", now=NOW))
    else:
        fair.change(lambda db: withdraw_stand(db, fair.stand, by="staff", now=NOW, account_id=None))
    answer = fair.browser().get(f"{fair.stand_page}/wishes")
    assert answer.status_code == (200 if end == "cancel" else 404)
    assert "Nomb" not in text_of(answer)


def test_names_end_with_the_event_and_the_agreement_can_still_be_taken_back(fair: Fair) -> None:
    fair.change(lambda db: wishes(db, fair.me, (fair.stand, True)))
    fair.clock.now = STARTS_AT + timedelta(days=2)
    browser = fair.browser()
    assert browser.get(f"{fair.stand_page}/wishes").status_code == 410
    page = browser.get(f"{fair.my_page}/wishes")
    assert "On ne change plus ces choix" in text_of(page)
    assert browser.send(f"{fair.my_page}/wishes/{fair.stand}/hide", page=f"{fair.my_page}/wishes").status_code == 303
    fair.clock.now = STARTS_AT + timedelta(days=80)
    assert browser.get(f"{fair.my_page}/wishes").status_code == 410


def test_link_for_another_purpose_opens_no_names(fair: Fair) -> None:
    with fair.database.reading() as db:
        reference = db.get_one(Exhibitor, fair.stand).reference or ""
    wrong = signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)
    assert fair.browser().get(f"/stand/{wrong}/wishes").status_code == 404
    assert fair.browser().get(f"/my-sign-up/{wrong}/wishes").status_code == 404


def test_company_reads_the_number_in_its_space(fair: Fair) -> None:
    fair.change(lambda db: wishes(db, fair.me, (fair.stand, True)))
    browser = fair.browser()
    account_id = browser.sign_in(Role.EMPLOYER)
    with fair.database.writing() as db:
        company_id = db.get_one(Exhibitor, fair.stand).company_id or 0
        speak_by_invitation(db, company_id, account_id, now=NOW, account_id=None)
        person = candidate_of(db, fair.me)
        db.commit()
    assert "1 personne souhaite vous rencontrer" in text_of(browser.get(f"/employer/companies/{company_id}"))
    browser.get(f"{fair.stand_page}/wishes")
    assert fair.reads() == [(person, account_id)]


def test_advisor_writes_for_their_own_person_and_for_nobody_elses(fair: Fair) -> None:
    browser = fair.browser()
    advisor = browser.sign_in(Role.ADVISOR)
    path = f"/staff/sign-ups/{fair.me}/wishes"
    assert browser.get(path).status_code == 404

    def own(db: Session) -> None:
        db.get_one(Registration, fair.me).registered_by = advisor

    fair.change(own)
    assert browser.send(path, {"choice_1": fair.stand, "shows_1": "y"}).status_code == 303
    with fair.database.reading() as db:
        row = db.exec(select(MeetingWish)).one()
    assert (row.agreed_by, row.shows_name) == (Channel.ADVISOR.value, True)
    assert browser.send(f"{path}/{fair.stand}/hide", page=path).status_code == 303
    with fair.database.reading() as db:
        assert not db.exec(select(MeetingWish)).one().shows_name


def test_coordinator_counts_and_prints_only_the_names_that_may_be_read(fair: Fair) -> None:
    def wish(db: Session) -> None:
        wishes(db, fair.me, (fair.stand, True), fair.other)
        second = comes(db, fair.event_id, 2)
        wishes(db, second, (fair.stand, True))
        withdraw_name(db, second, fair.stand, by=Channel.SELF, now=NOW)

    fair.change(wish)
    browser = fair.browser()
    account_id = browser.sign_in(Role.COORDINATOR)
    table = text_of(browser.get(f"/staff/events/{fair.event_id}/stands/wishes"))
    assert "Filature des Prés – 2 2 1" in table
    printed = browser.get(f"/staff/events/{fair.event_id}/stands/wishes.pdf?stand={fair.stand}")
    words = " ".join(pages_of(printed.data))
    assert "Nomb" in words
    assert "Nomc" not in words
    assert "Boulangerie" not in words
    assert [account for _person, account in fair.reads()] == [account_id]
