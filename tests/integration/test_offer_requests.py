"""Applying and asking for an alert without an account: nothing is done before the address is confirmed, and nobody
learns who is known.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.hiring.applications import JobApplication
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.codes import ContractKind, OfferState
from alpes_events.hiring.commands import end_offer
from alpes_events.hiring.models import OfferAlert
from alpes_events.hiring.request_rows import OfferRequest
from alpes_events.hiring.requests import (
    REQUEST_LIFE,
    RequestDraft,
    choice_asked,
    confirm_request,
    forget_requests,
    keep_request,
)
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate, Role
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.short_lived import forget_short_lived
from alpes_events.tables import METADATA
from alpes_web.links import Purpose, signed
from tests.support.hiring import an_offer, applies
from tests.support.mailbag import Mailbag, words_of
from tests.support.posts import BASE, KEY, Clock
from tests.support.stories import NOW, somebody
from tests.support.web import SETTINGS, Browser, a_site, text_of

OFFER = "/job-offers/vendeur-ou-vendeuse-en-boulangerie"
NEW = {"given_name": "Zoé", "family_name": "Canarine", "email": "zoe@canarine.example"}


@pytest.fixture
def site(organised: Database) -> Database:
    with organised.writing() as db:
        an_offer(db)
        db.commit()
    return organised


def counts(database: Database) -> tuple[int, int, int]:
    """People, applications and alerts."""
    with database.reading() as db:
        return tuple(len(db.exec(select(table.id)).all()) for table in (Candidate, JobApplication, OfferAlert))  # type: ignore[return-value]


def asks(browser: Browser, **typed: object) -> str:
    """Send the form of the offer's page. Gives where it leads."""
    answer = browser.send(f"{OFFER}/ask", {**_form(browser), **NEW, **typed}, page=OFFER)
    return f"{answer.status_code} {answer.location}"


def _form(browser: Browser) -> dict[str, object]:
    found = re.search(r'name="form_key" type="hidden" value="([^"]+)"', browser.get(OFFER).get_data(as_text=True))
    assert found is not None
    return {"form_key": found[1], "telephone": "", "message": "Je sais vendre."}


def link(database: Database, number: int = -1) -> str:
    """The address in the message of a request, the newest unless said otherwise."""
    with database.reading() as db:
        reference = db.exec(select(OfferRequest.reference).order_by(col(OfferRequest.id))).all()[number]
    return f"/job-offers/requests/{signed(reference, purpose=Purpose.REQUEST, key=SETTINGS.secret_key)}"


def test_stranger_applies_and_confirms_by_the_link_of_the_message(site: Database, tmp_path: Path) -> None:
    browser, bag = Browser(a_site(site)), Mailbag(site, tmp_path, Clock())
    assert asks(browser, telephone="06 39 98 11 22") == "303 /job-offers/requests/sent"
    assert "regardez vos messages" in text_of(browser.get("/job-offers/requests/sent"))
    assert counts(site) == (0, 0, 0)
    (mail,) = bag.sent()
    assert (mail["To"], "Bonjour Zoé" in words_of(mail)) == (NEW["email"], True)
    found = re.search(rf"{BASE}(/job-offers/requests/\S+)", words_of(mail))
    assert found is not None
    with site.reading() as db:
        reference = db.exec(select(OfferRequest.reference)).one()
        assert found[1] == f"/job-offers/requests/{signed(reference, purpose=Purpose.REQUEST, key=KEY)}"
        assert db.exec(select(OutboxMessage.address)).all() == [None]
    elsewhere = Browser(a_site(site))
    assert "Confirmer et postuler" in text_of(elsewhere.get(link(site)))
    assert counts(site) == (0, 0, 0), "opening the page does nothing"
    elsewhere.send(link(site))
    shown = text_of(elsewhere.get(link(site)))
    assert "Votre candidature est partie" in shown
    assert counts(site) == (1, 1, 0)
    with site.reading() as db:
        person = db.exec(select(Candidate)).one()
        assert (person.email, person.telephone) == (NEW["email"], "+33639981122")
        assert db.exec(select(JobApplication.message)).all() == ["Je sais vendre."]
        row = db.exec(select(OfferRequest)).one()
        assert (row.given_name, row.family_name, row.email, row.telephone, row.message) == ("", "", "", "", "")


def test_known_and_unknown_addresses_get_the_same_answer_and_write_the_same(site: Database) -> None:
    with site.writing() as db:
        applies(db, 1, 1)
        db.commit()
    known, unknown = somebody(1), somebody(2)
    answers = []
    for person in (known, unknown):
        typed = {"given_name": person.given_name, "family_name": person.family_name, "email": person.email}
        browser = Browser(a_site(site))
        answers.append((asks(browser, **typed), text_of(browser.get("/job-offers/requests/sent"))))
    assert answers[0] == answers[1]
    with site.reading() as db:
        assert len(db.exec(select(OfferRequest)).all()) == len(db.exec(select(OutboxMessage)).all()) == 2
    assert counts(site) == (1, 1, 0)


def test_two_requests_of_one_person_are_theirs_and_the_second_for_the_same_offer_says_so(site: Database) -> None:
    with site.writing() as db:
        an_offer(db, title="Cariste (H/F)")
        find_or_create_candidate(db, PersonIn("CANARINE", "zoe", NEW["email"]), now=NOW)
        db.commit()
    browser = Browser(a_site(site))
    for _ in range(2):
        asks(browser)
    answer = browser.send("/job-offers/cariste-h-f/ask", {**_form(browser), **NEW}, page="/job-offers/cariste-h-f")
    assert answer.status_code == 303
    for number in range(3):
        browser.send(link(site, number))
    assert counts(site) == (1, 2, 0)
    twice = browser.send(link(site, 1))
    assert "Vous avez déjà postulé à cette offre" in text_of(twice)


def test_stranger_asks_for_an_alert_like_the_list(site: Database) -> None:
    browser = Browser(a_site(site))
    listed = browser.get("/job-offers?q=vendeuse&contract=cdi&commune=59328&radius=10").get_data(as_text=True)
    found = re.search(r'href="(/job-offers/alerts/new\?[^"]+)"', listed)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    page = browser.get(address)
    assert "vendeuse, CDI, à moins de 10 km de Lambersart" in text_of(page)
    fields = dict(re.findall(r'name="(form_key|query)" type="hidden" value="([^"]*)"', page.get_data(as_text=True)))
    fields["query"] = fields["query"].replace("&amp;", "&")
    assert 'name="family_name"' not in page.get_data(as_text=True)
    assert browser.send("/job-offers/alerts/new", {**fields, "email": NEW["email"]}).status_code == 303
    browser.send(link(site))
    assert "Votre alerte est prête" in text_of(browser.get(link(site)))
    assert counts(site) == (0, 0, 1), "an address makes nobody a candidate"
    with site.reading() as db:
        alert = db.exec(select(OfferAlert)).one()
        assert (alert.candidate_id, alert.email) == (None, NEW["email"])
        assert (alert.search, alert.contracts, alert.insee_code, alert.radius_km) == ("vendeuse", ["cdi"], "59328", 10)


def test_request_ends_by_itself(site: Database, tmp_path: Path) -> None:
    now = [NOW]
    browser = Browser(a_site(site, now=lambda: now[0]))
    asks(browser)
    assert len(Mailbag(site, tmp_path, Clock()).sent()) == 1
    address = link(site)
    now[0] = NOW + REQUEST_LIFE - timedelta(seconds=1)
    assert browser.get(address).status_code == 200
    now[0] = NOW + REQUEST_LIFE
    assert browser.get(address).status_code == 410
    with site.writing() as db:
        assert forget_requests(db, now=NOW + REQUEST_LIFE - timedelta(seconds=1)) == 0
        forget_short_lived(db, now=NOW + REQUEST_LIFE)
        db.commit()
    assert browser.get(address).status_code == 404
    with site.reading() as db:
        assert "canarine" not in str([db.execute(table.select()).all() for table in METADATA.sorted_tables]).lower()


def test_bad_answers_say_so_and_stay_typed(site: Database) -> None:
    browser = Browser(a_site(site))
    form = _form(browser) | {"given_name": "Zoé", "family_name": "", "email": "zoe@", "telephone": "12"}
    wrong = browser.send(f"{OFFER}/ask", form, page=OFFER)
    shown = text_of(wrong)
    assert (wrong.status_code, "Indiquez le nom." in shown, "ne semble pas complet" in shown) == (422, True, True)
    assert 'value="zoe@"' in wrong.get_data(as_text=True)
    assert "Je sais vendre." in wrong.get_data(as_text=True)
    bad = browser.send(f"{OFFER}/ask", {**_form(browser), **NEW, "form_key": "x"}, page=OFFER)
    assert bad.status_code == 400
    with site.reading() as db:
        assert db.exec(select(OfferRequest)).all() == []


def test_same_form_twice_is_one_request_and_with_other_words_is_asked_again(site: Database) -> None:
    browser = Browser(a_site(site))
    form = {**_form(browser), **NEW}
    for _ in range(2):
        assert browser.send(f"{OFFER}/ask", form, page=OFFER).status_code == 303
    other = browser.send(f"{OFFER}/ask", {**form, "message": "Autre."}, page=OFFER)
    assert (other.status_code, "avec d’autres réponses" in text_of(other)) == (409, True)
    with site.reading() as db:
        assert len(db.exec(select(OfferRequest)).all()) == len(db.exec(select(OutboxMessage)).all()) == 1


def test_address_is_written_to_a_few_times_only(site: Database) -> None:
    browser = Browser(a_site(site))
    assert [asks(browser)[:3] for _ in range(6)] == ["303"] * 5 + ["429"]
    assert asks(browser, email="autre@canarine.example")[:3] == "303"


def test_offer_that_closed_meanwhile_says_so_when_confirmed(site: Database) -> None:
    browser = Browser(a_site(site))
    asks(browser)
    with site.writing() as db:
        end_offer(db, 1, OfferState.FILLED, now=NOW, account_id=None)
        db.commit()
    assert "On ne peut plus postuler" in text_of(browser.send(link(site)))
    assert counts(site) == (0, 0, 0)
    assert browser.get(f"{link(site)}x").status_code == 404


def test_erasure_takes_what_waits_under_the_address(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
        keep_request(db, RequestDraft(somebody(1), "1" * 36, offer_id=offer_id), now=NOW)
        keep_request(db, RequestDraft(somebody(2), "2" * 36, offer_id=offer_id), now=NOW)
        erase_person(db, candidate_id, now=NOW)
        assert db.exec(select(OfferRequest.email)).all() == [somebody(2).email]


def test_choice_of_an_alert_comes_back_as_it_was_asked(organised: Database) -> None:
    choice = OfferChoice("vendeuse", (ContractKind.CDI,), "59328", 10, only_territory=True)
    with organised.writing() as db:
        row, _new = keep_request(db, RequestDraft(somebody(1), "1" * 36, choice=choice), now=NOW)
        db.refresh(row)
        assert choice_asked(row) == choice


def test_of_many_clicks_on_the_link_one_application_is_made(site: Database) -> None:
    with site.writing() as db:
        row, _new = keep_request(db, RequestDraft(somebody(1), "1" * 36, offer_id=1), now=NOW)
        reference = row.reference
        db.commit()
    together = Barrier(4)

    def click(_number: int) -> bool:
        together.wait()
        with site.writing() as db:
            confirmed = confirm_request(db, reference, now=NOW).confirmed_at is not None
            db.commit()
        return confirmed

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(click, range(4))) == [True] * 4
    assert counts(site)[1] == 1


def test_who_is_signed_in_applies_as_before(site: Database) -> None:
    with site.writing() as db:
        candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
        db.commit()
    person = Browser(a_site(site))
    person.sign_in(Role.CANDIDATE, candidate_id=candidate_id)
    assert "Sans compte" not in text_of(person.get(OFFER))
