"""A change of mind on the site: the place again while nobody has it, else the end of the queue."""

import re
from datetime import timedelta

import pytest

from alpes_events.attendance.coming_back import SignedUpElsewhere, come_back
from alpes_events.attendance.models import Registration
from alpes_events.attendance.offers import expire_offers
from alpes_events.attendance.release import cancel_registration, revoke_registration
from alpes_events.database.engine import Database
from alpes_web.links import Purpose, signed
from tests.integration.test_sign_up_pages import an_open_event
from tests.support.stories import NOW, recount, signs_up, states
from tests.support.web import SETTINGS, Browser, a_site, text_of


def page_of(reference: str, purpose: Purpose = Purpose.MANAGE) -> str:
    return f"/{purpose}/{signed(reference, purpose=purpose, key=SETTINGS.secret_key)}"


def comers(database: Database, event_id: int, count: int) -> list[str]:
    with database.writing() as db:
        references = [signs_up(db, event_id, number).reference for number in range(count)]
        db.commit()
    return references


def now_at(database: Database, event_id: int) -> tuple[list[str], tuple[int, int]]:
    with database.reading() as db:
        return states(db, event_id), recount(db, event_id)


def test_cancelled_by_mistake_is_taken_back_while_nobody_has_the_place(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    (mine,) = comers(organised, event_id, 1)
    browser, page = Browser(a_site(organised)), page_of(mine)
    browser.send(f"{page}/cancel", page=page)
    assert "La place est encore libre" in text_of(browser.get(page))
    answer = browser.send(f"{page}/return", page=page)
    assert answer.headers["Location"] == page
    assert "votre place est gardée" in text_of(browser.get(page))
    assert now_at(organised, event_id) == (["confirmed"], (1, 1))


def test_place_that_went_to_the_next_is_not_taken_from_them(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    mine, _next = comers(organised, event_id, 2)
    browser, page = Browser(a_site(organised)), page_of(mine)
    browser.send(f"{page}/cancel", page=page)
    shown = text_of(browser.get(page))
    assert "Reprendre ma place" not in shown
    assert "vous pouvez rejoindre la liste d’attente, à la fin" in shown
    browser.send(f"{page}/return", page=page)
    assert now_at(organised, event_id) == (["waitlisted", "offered"], (1, 1))


def test_declined_offer_goes_on_and_whoever_declined_waits_at_the_end(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    first, second, _third, _fourth = comers(organised, event_id, 4)
    browser = Browser(a_site(organised))
    browser.send(f"{page_of(first)}/cancel", page=page_of(first))
    offer = page_of(second, Purpose.OFFER)
    browser.send(f"{offer}/cancel", page=offer)
    page = page_of(second)
    browser.send(f"{page}/return", page=page)
    assert now_at(organised, event_id)[0] == ["cancelled", "waitlisted", "offered", "waitlisted"]
    assert "Vous avez la position 2" in text_of(browser.get(page))


def test_declined_offer_is_taken_back_when_nobody_waits(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    first, second = comers(organised, event_id, 2)
    browser = Browser(a_site(organised))
    browser.send(f"{page_of(first)}/cancel", page=page_of(first))
    offer, page = page_of(second, Purpose.OFFER), page_of(second)
    browser.send(f"{offer}/cancel", page=offer)
    browser.send(f"{page}/return", page=page)
    assert now_at(organised, event_id) == (["cancelled", "confirmed"], (1, 1))


def test_whoever_the_team_took_off_does_not_come_back_alone(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        one = signs_up(db, event_id, 1)
        revoke_registration(db, one.registration_id, now=NOW, account_id=None)
        db.commit()
    browser, page = Browser(a_site(organised)), page_of(one.reference)
    assert browser.post(f"{page}/return", {"csrf_token": browser.token("/sign-in")}).status_code == 409
    assert now_at(organised, event_id)[0] == ["revoked"]


def test_nobody_comes_back_to_a_second_place(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=5)
    with organised.writing() as db:
        one = signs_up(db, event_id, 1)
        cancel_registration(db, one.registration_id, by="self", now=NOW)
        signs_up(db, event_id, 1)
        with pytest.raises(SignedUpElsewhere):
            come_back(db, one.registration_id, now=NOW)
        db.commit()
    assert now_at(organised, event_id)[0] == ["cancelled", "confirmed"]
    assert "Reprendre" not in text_of(Browser(a_site(organised)).get(page_of(one.reference)))


def test_calendar_of_somebody_who_came_back_moves_on_each_time(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=5)
    seen = []
    with organised.writing() as db:
        one = signs_up(db, event_id, 1).registration_id
        for act in (None, cancel_registration, come_back, cancel_registration, come_back):
            if act is cancel_registration:
                cancel_registration(db, one, by="self", now=NOW)
            elif act is come_back:
                come_back(db, one, now=NOW)
            seen.append(db.get_one(Registration, one, populate_existing=True).calendar_offset)
    assert seen == [0, 1, 2, 3, 4]


def test_offer_is_counted_down_and_says_when_it_is_over(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    first, second = comers(organised, event_id, 2)
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    browser.send(f"{page_of(first)}/cancel", page=page_of(first))
    page = page_of(second, Purpose.OFFER)
    clock[0] = NOW + timedelta(hours=20, minutes=48)
    shown = browser.get(page)
    assert "Pour répondre : encore 3 h 12" in text_of(shown)
    assert re.search(r'<time class="left" datetime="2026-[^"]+\+00:00" data-until', shown.get_data(as_text=True))
    clock[0] = NOW + timedelta(hours=23, minutes=59, seconds=30)
    assert "moins d’une minute" in text_of(browser.get(page))
    clock[0] = NOW + timedelta(hours=24)
    late = browser.get(page)
    assert (late.status_code, "Cette place n’est plus réservée : le délai est passé" in text_of(late)) == (410, True)
    with organised.writing() as db:
        expire_offers(db, now=clock[0])
        db.commit()
    own = page_of(second)
    assert "une place est encore libre" in text_of(browser.get(own))
    browser.send(f"{own}/return", page=own)
    assert now_at(organised, event_id)[0] == ["cancelled", "confirmed"]


def test_who_waits_reads_what_is_known_and_no_promise(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    first, _second, third = comers(organised, event_id, 3)
    browser = Browser(a_site(organised))
    assert "Jusqu’ici, aucune place ne s’est libérée." in text_of(browser.get(page_of(third)))
    browser.send(f"{page_of(first)}/cancel", page=page_of(first))
    shown = text_of(browser.get(page_of(third)))
    assert "Jusqu’ici, une place s’est libérée pour une personne qui attendait." in shown
    assert "Les places sont proposées jusqu’à jeudi 12 mars, 12 h ; ensuite, l’équipe décide." in shown
