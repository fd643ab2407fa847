"""Convocations as files: for whoever holds the sign-up, for staff, one page a person, and nobody else's."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from alpes_events.attendance.convocations import convocations_of
from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Role
from alpes_web.links import Purpose, signed
from tests.integration.test_sign_up_pages import FORM, an_open_event, typed
from tests.support.databases import Templates
from tests.support.pdf import pages_of, reader_of
from tests.support.staff import Desk
from tests.support.stories import NOW, signs_up
from tests.support.town import town_of
from tests.support.typed_texts import PAYLOAD, settle_town_with_payload
from tests.support.web import SETTINGS, Browser, a_site, text_of


def own_page(reference: str, purpose: Purpose = Purpose.MANAGE) -> str:
    secret = signed(reference, purpose=purpose, key=SETTINGS.secret_key)
    return f"/my-sign-up/{secret}"


def test_link_of_a_sign_up_gives_its_convocation_in_the_page_s_language(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        one = signs_up(db, event_id, 1)
        db.commit()
    browser = Browser(a_site(organised))
    page = browser.get(own_page(one.reference))
    assert f"{own_page(one.reference)}/convocation.pdf" in page.get_data(as_text=True)
    french = browser.get(f"{own_page(one.reference)}/convocation.pdf")
    assert french.mimetype == "application/pdf"
    assert french.headers["Cache-Control"] == "no-store"
    assert "Au nom de" in pages_of(french.data)[0]
    assert "In the name of" in pages_of(browser.get(f"{own_page(one.reference)}/convocation.pdf?lang=en").data)[0]


def test_without_a_place_there_is_no_convocation(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        placed, waiting = (signs_up(db, event_id, number) for number in (1, 2))
        db.commit()
    browser = Browser(a_site(organised))
    assert browser.get(f"{own_page(waiting.reference)}/convocation.pdf").status_code == 409
    with organised.writing() as db:
        cancel_registration(db, placed.registration_id, by="self", now=NOW)
        db.commit()
    assert browser.get(f"{own_page(placed.reference)}/convocation.pdf").status_code == 409


def test_another_purpose_s_link_gives_no_convocation(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        one = signs_up(db, event_id, 1)
        db.commit()
    assert (
        Browser(a_site(organised)).get(f"{own_page(one.reference, Purpose.SURVEY)}/convocation.pdf").status_code == 404
    )


def test_page_after_a_sign_up_prints_what_it_shows_and_names_nobody_elsewhere(organised: Database) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    done = browser.post(FORM, typed(browser)).location
    here = pages_of(browser.get(f"{done}/convocation.pdf").data)[0]
    assert "Convocation de Samira Belkacem" in here
    elsewhere = pages_of(Browser(browser.app).get(f"{done}/convocation.pdf").data)[0]
    assert "Votre convocation" in elsewhere
    assert "Samira" not in elsewhere
    assert "Samira" not in text_of(Browser(browser.app).get(done))


def test_somebody_signed_up_before_and_a_stranger_get_the_same_convocation(organised: Database) -> None:
    """Decision 0002: the page, and so its print, tells nobody who was known."""
    an_open_event(organised, capacity=5)
    app = a_site(organised)
    told = []
    for changes in ({}, {}, {"given_name": "Jeanne", "email": "jeanne@example.org"}):
        browser = Browser(app)
        done = browser.post(FORM, typed(browser, **changes)).location
        page = pages_of(Browser(app).get(f"{done}/convocation.pdf").data)[0]
        told.append(page.split("Votre référence")[0])
    assert told[0] == told[1] == told[2]


def test_chosen_people_are_printed_in_one_file_a_page_each_in_their_language(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        ids = [signs_up(db, event_id, number).registration_id for number in (1, 2)]
        db.get_one(Registration, ids[1]).language = "en"
        db.commit()
    desk = Desk(organised)
    people = f"/staff/events/{event_id}/people"
    answer = desk.press(people, f"{people}?group=all", act="print", chosen=[str(number) for number in ids])
    first, second = pages_of(answer.data)
    assert "Convocation de Prénomb" in first
    assert "Sign-up sheet of Prénomc" in second
    assert "Waiting list, position 1" in second
    with organised.reading() as db:
        audit = db.exec(select(AccessAudit).where(AccessAudit.action == AuditAction.EXPORTED)).all()
    assert [(row.account_id, row.subject_id, row.count) for row in audit] == [(desk.account_id, event_id, 2)]


def test_staff_open_the_convocation_of_a_sign_up_and_leave_a_trace(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        number = signs_up(db, event_id, 1).registration_id
        db.commit()
    desk = Desk(organised)
    page = desk.get(f"/staff/sign-ups/{number}").get_data(as_text=True)
    assert f"/staff/sign-ups/{number}/convocation.pdf" in page
    assert len(pages_of(desk.get(f"/staff/sign-ups/{number}/convocation.pdf").data)) == 1
    assert Desk(organised, Role.ADVISOR).get(f"/staff/sign-ups/{number}/convocation.pdf").status_code == 404


@pytest.fixture(scope="module")
def hostile(templates: Templates) -> Iterator[Database]:
    with templates.fresh("sqlite", settle_town_with_payload) as fresh:
        yield fresh


def test_typed_markup_is_inert_on_paper(hostile: Database) -> None:
    number = town_of(hostile).placed.registration_id
    document = Desk(hostile).get(f"/staff/sign-ups/{number}/convocation.pdf").data
    (page,) = pages_of(document)
    squeezed = "".join(page.split())
    assert squeezed.count("".join(PAYLOAD.split())) >= 4
    for alive in (b"/JavaScript", b"/JS", b"/Launch", b"/SubmitForm", b"/EmbeddedFile", b"/URI"):
        assert alive not in document
    assert reader_of(document).get_fields() is None
    with hostile.reading() as db:
        assert convocations_of(db, [number])[0].title.startswith(PAYLOAD)
