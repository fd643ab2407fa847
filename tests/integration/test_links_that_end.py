"""Links end with what they were given for: a receipt is no ticket of an event that is off, an offer serves once."""

from datetime import timedelta

import pytest

from alpes_events.agenda.models import EventState
from alpes_events.attendance.release import call_off_event, cancel_registration
from alpes_events.database.engine import Database
from alpes_web.links import Purpose
from tests.integration.test_sign_up_pages import FORM, an_open_event, secret_of, typed
from tests.support.stories import NOW, STARTS_AT, signs_up, states
from tests.support.web import Browser, a_site, text_of


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.WITHDRAWN])
def test_receipt_of_an_event_that_is_off_is_no_ticket(organised: Database, state: EventState) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    receipt = browser.post(FORM, typed(browser)).location
    assert browser.get(f"{receipt}/convocation.pdf").status_code == 200
    with organised.writing() as db:
        call_off_event(db, event_id, state=state, reason="Salle fermée.", now=NOW, account_id=None)
        db.commit()
    page = browser.get(receipt)
    assert "Ce rendez-vous est annulé" in text_of(page)
    assert "Code à présenter" not in page.text
    assert "convocation.pdf" not in page.text
    assert "Votre place est gardée" not in text_of(page)
    assert browser.get(f"{receipt}/convocation.pdf").status_code == 409


def test_receipt_ends_with_the_event(organised: Database) -> None:
    an_open_event(organised)
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    receipt = browser.post(FORM, typed(browser)).location
    clock[0] = STARTS_AT + timedelta(hours=3, microseconds=-1)
    assert browser.get(receipt).status_code == 200
    clock[0] = STARTS_AT + timedelta(hours=3)
    for path in (receipt, f"{receipt}/convocation.pdf"):
        assert browser.get(path).status_code == 410, path


def test_offer_shows_its_page_only_while_it_stands(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        first, waiting = signs_up(db, event_id, 1), signs_up(db, event_id, 2)
        cancel_registration(db, first.registration_id, by="self", now=NOW)
        db.commit()
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    own = f"/my-sign-up/{secret_of(organised, waiting.registration_id)}"
    offer = f"/offers/{secret_of(organised, waiting.registration_id, Purpose.OFFER)}"
    assert browser.get(offer).status_code == 200
    clock[0] = NOW + timedelta(hours=25)
    lapsed = browser.get(offer)
    assert (lapsed.status_code, own in lapsed.text) == (410, False)
    clock[0] = NOW + timedelta(hours=1)
    for _ in range(2):
        assert browser.send(f"{offer}/accept", page=own).location == own
    taken = browser.get(offer)
    assert (taken.status_code, own in taken.text) == (410, False)
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "confirmed"]
