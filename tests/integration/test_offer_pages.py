"""An offer on the site: drafted, looked over, published, found, applied for, answered, and what others cannot reach."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import select

from alpes_events.agenda.models import Event
from alpes_events.database.engine import Database
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.tying import tie_exhibitor
from alpes_events.hiring.applications import ApplicationStep, Hire, JobApplication
from alpes_events.hiring.codes import ApplicationState, ContractKind, OfferState, PayPeriod
from alpes_events.hiring.models import JobOffer
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.offer_alert import enqueue_alerts
from alpes_events.messages.rendering import render
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_web.links import SiteLinks
from tests.support.hiring import a_company, an_offer, applies
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, somebody
from tests.support.web import SETTINGS, Browser, a_site, text_of

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def company_id(organised: Database) -> int:
    with organised.writing() as db:
        company = a_company(db, "Comptoir du Beffroi")
        db.commit()
    return company


def a_candidate(database: Database, number: int = 1) -> Browser:
    with database.writing() as db:
        candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
        db.commit()
    browser = Browser(a_site(database))
    browser.sign_in(Role.CANDIDATE, candidate_id=candidate_id)
    return browser


def test_offer_goes_from_its_draft_to_a_contract(organised: Database, company_id: int) -> None:
    desk = Desk(organised)
    answer = desk.fill(
        "/staff/offers/new", "title", title="Vendeuse", company=company_id, contract="cdi", weekly_minutes="17 h 30",
        pay_min_cents="12,50", pay_period="hour", commune="Lambersart", description="Équipe jeune et dynamique.",
    )  # fmt: skip
    assert answer.status_code == 303
    page = desk.get(answer.location)
    assert "2 formulations à revoir" in text_of(page)
    assert "jeune et dynamique" in text_of(page)
    assert Browser(a_site(organised)).get("/job-offers/vendeuse").status_code == 404

    desk.fill(f"{answer.location}/edit", "title", title="Vendeur ou vendeuse", description="Vous servez les clients.")
    assert "à revoir" not in text_of(desk.get(answer.location))
    published = desk.press(f"{answer.location}/state", answer.location, state="published")
    assert "L’offre est publiée." in text_of(desk.get(published.location))

    public = Browser(a_site(organised))
    assert "Vendeur ou vendeuse" in text_of(public.get("/job-offers?q=vendeuses"))
    shown = text_of(public.get("/job-offers/vendeuse"))
    assert "17 h 30 par semaine" in shown
    assert "12,50 € de l’heure" in shown
    assert "Sans compte ni mot de passe" in shown

    person = a_candidate(organised)
    application = {"message": "Je sais vendre.", "form_key": "k1"}
    sent = person.send("/job-offers/vendeuse/apply", application, page="/job-offers/vendeuse")
    assert sent.location == "/my-space/applications"
    assert "Reçue" in text_of(person.get(sent.location))

    with organised.reading() as db:
        number = db.exec(select(JobApplication.id)).one()
    address = f"/staff/applications/{number}"
    assert "Je sais vendre." in text_of(desk.get(address))
    hired = desk.fill(f"{address}/hire", "signed_on", signed_on="2026-03-09", starts_on="2026-03-16", contract="cdi")
    assert hired.status_code == 303
    assert "Embauche" in text_of(person.get("/my-space/applications"))
    with organised.reading() as db:
        assert db.exec(select(Hire.contract)).all() == [ContractKind.CDI]
        steps = db.exec(select(ApplicationStep.state, ApplicationStep.account_id)).all()
        assert steps == [(ApplicationState.NEW, None), (ApplicationState.HIRED, desk.account_id)]


def test_answer_is_taken_back_by_its_undo(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        db.commit()
    desk, address = Desk(organised), f"/staff/applications/{one}"
    refused = desk.send(f"{address}/step", {"state": "refused", "reason": ""}, page=address)
    assert refused.status_code == 422
    assert "Choisissez pourquoi" in text_of(refused)
    desk.send(f"{address}/step", {"state": "refused", "reason": "hours"}, page=address)
    assert "Horaires impossibles" in text_of(desk.get(address))
    desk.press(f"{address}/back/new", address)
    with organised.reading() as db:
        assert db.get_one(JobApplication, one).state is ApplicationState.NEW
        assert len(db.exec(select(ApplicationStep)).all()) == 3


def test_offer_is_described_for_programs(organised: Database) -> None:
    with organised.writing() as db:
        an_offer(db, title="Vendeur (H/F) </script><script>alert(1)</script>", weekly_minutes=1200, place_count=2)
        db.commit()
    public = Browser(a_site(organised))
    slug = "vendeur-h-f-script-script-alert-1-script"
    page = public.get(f"/job-offers/{slug}").get_data(as_text=True)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    told = json.loads(found[1])
    assert told["@type"] == "JobPosting"
    assert told["employmentType"] == ["PART_TIME"]
    assert told["jobLocation"]["address"]["addressLocality"] == "Lambersart"
    assert told["datePosted"] == "2026-03-02"
    assert "<script>alert" not in page
    feed = ET.fromstring(public.get("/job-offers/news.atom").data)  # noqa: S314 (our own)
    assert [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}title")] == [told["title"]]
    assert f"/job-offers/{slug}</loc>" in public.get("/sitemap.xml").get_data(as_text=True)
    again = public.get(
        "/job-offers/news.atom", **{"If-None-Match": public.get("/job-offers/news.atom").headers["ETag"]}
    )
    assert again.status_code == 304


def test_filters_live_in_the_address_and_lead_on(organised: Database, company_id: int) -> None:
    with organised.writing() as db:
        for number in range(23):
            an_offer(db, company_id=company_id, title=f"Cariste {number}", insee_code="59350")
        an_offer(db, company_id=company_id, contract=ContractKind.CDD, contract_months=6)
        db.commit()
    public = Browser(a_site(organised))
    assert "24 offres à pourvoir" in text_of(public.get("/job-offers"))
    assert "1 à 20 sur 24" in text_of(public.get("/job-offers"))
    assert "21 à 24 sur 24" in text_of(public.get("/job-offers?page=2"))
    assert public.get("/job-offers?page=3").status_code == 404
    assert "1 offre à pourvoir" in text_of(public.get("/job-offers?territory=1"))
    assert "CDD, 6 mois" in text_of(public.get("/job-offers?contract=cdd"))
    assert "à moins de 2 km de Lambersart" in text_of(public.get("/job-offers?commune=59328&radius=2"))
    assert "24 offres à pourvoir" in text_of(public.get("/job-offers?contract=zz&commune=00000&radius=-1"))
    assert "Rien pour l’instant avec ces choix" in text_of(public.get("/job-offers?q=scaphandrier"))


def test_application_of_somebody_else_does_not_exist(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        db.commit()
    other = a_candidate(organised, 2)
    assert other.send(f"/my-space/applications/{one}/withdraw", page="/account").status_code == 404
    mine = a_candidate(organised, 1)
    assert mine.send(f"/my-space/applications/{one}/withdraw", page="/account").status_code == 303
    with organised.reading() as db:
        assert db.get_one(JobApplication, one).state is ApplicationState.WITHDRAWN


def test_advisor_sees_the_applications_they_proposed_and_no_other(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        db.commit()
    advisor = Desk(organised, Role.ADVISOR)
    assert advisor.get(f"/staff/applications/{one}").status_code == 404
    assert advisor.press(f"/staff/applications/{one}/back/in_progress", "/account").status_code == 404
    assert "Prénom" not in text_of(advisor.get("/staff/applications?state=all"))


def test_coordinator_proposes_somebody_of_the_files(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        candidate_id = find_or_create_candidate(db, somebody(3), now=NOW)
        db.commit()
    desk, address = Desk(organised), f"/staff/applications/propose/{offer_id}"
    assert "Prénomd" in text_of(desk.get(f"{address}?q=Nomd"))
    sent = desk.fill(f"{address}?person={candidate_id}", "message", message="Elle connaît la caisse.")
    assert "proposée" in text_of(desk.get(sent.location))
    twice = desk.fill(f"{address}?person={candidate_id}", "message", message="Encore.")
    assert (twice.status_code, "déjà postulé" in text_of(twice)) == (409, True)


def test_bad_values_of_an_offer_say_where_and_stay(organised: Database, company_id: int) -> None:
    desk = Desk(organised)
    wrong = desk.fill(
        "/staff/offers/new", "title", title="=cmd|' /C calc'!A0", company=company_id, contract="cdd",
        starts_on="2026-05-01", ends_on="2026-04-01", pay_min_cents="beaucoup", weekly_minutes="99",
        commune="59840",
    )  # fmt: skip
    assert wrong.status_code == 422
    assert "comme « 12,50 »" in text_of(wrong)
    assert "beaucoup" in wrong.get_data(as_text=True)
    still = desk.fill(
        "/staff/offers/new", "title", title="Cariste", company=company_id, contract="cdd",
        starts_on="2026-05-01", ends_on="2026-04-01", weekly_minutes="99", pay_min_cents="13",
    )  # fmt: skip
    assert "La fin vient avant le début" in text_of(still)
    assert "entre 1 h et 48 h" in text_of(still)
    assert "à l’heure, au mois ou à l’année" in text_of(still)
    with organised.reading() as db:
        assert db.exec(select(JobOffer)).all() == []


def test_state_of_an_offer_is_taken_back_by_its_undo(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        db.commit()
    desk, address = Desk(organised), f"/staff/offers/{offer_id}"
    desk.press(f"{address}/state", address, state="withdrawn")
    public = Browser(a_site(organised))
    assert public.get("/job-offers/vendeur-ou-vendeuse-en-boulangerie").status_code == 404
    desk.press(f"{address}/back/published", address)
    assert public.get("/job-offers/vendeur-ou-vendeuse-en-boulangerie").status_code == 200
    desk.press(f"{address}/state", address, state="filled")
    assert "Ce poste est pourvu" in text_of(public.get("/job-offers/vendeur-ou-vendeuse-en-boulangerie"))
    with organised.reading() as db:
        assert db.get_one(JobOffer, offer_id).state is OfferState.FILLED


def test_operation_keeps_its_sessions_and_contracts(organised: Database, company_id: int) -> None:
    desk = Desk(organised)
    made = desk.fill(
        "/staff/recruitment/new", "planned_count", name="Ouverture", company=company_id, commune="Lambersart",
        starts_on="2026-03-01", planned_count="34", training="poec",
    )  # fmt: skip
    desk.send(
        f"{made.location}/hires",
        {"count": "34", "contract": "cdi", "training": "poec", "in_territory": "yes", "signed_on": "2026-03-02"},
        page=made.location,
    )
    wrong = desk.send(
        f"{made.location}/sessions", {"held_on": "2026-03-02", "candidate_count": "5", "territory_count": "6"},
        page=made.location,
    )  # fmt: skip
    assert (wrong.status_code, "parmi toutes" in text_of(wrong)) == (422, True)
    desk.send(
        f"{made.location}/sessions", {"held_on": "2026-03-02", "candidate_count": "6", "territory_count": "5"},
        page=made.location,
    )  # fmt: skip
    shown = text_of(desk.get(made.location))
    assert "34 embauches prévues" in shown
    assert "CDI après une POEC (préparation collective) 34 34" in shown
    assert "34" in text_of(desk.get("/staff/recruitment"))


def test_programs_ask_for_offers(organised: Database) -> None:
    with organised.writing() as db:
        an_offer(db, pay_min_cents=1250, pay_period=PayPeriod.HOUR)
        an_offer(db, contract=ContractKind.CDD, contract_months=6, insee_code="59350")
        db.commit()
    public = Browser(a_site(organised))
    found = public.get("/api/v1/offers?q=vendeuses&contract=cdi&commune=59328&radius=2&territory=true").get_json()
    assert (found["count"], found["offers"][0]["pay"]) == (1, {"period": "hour", "minimum": 12.5, "maximum": None})
    assert public.get("/api/v1/offers?size=1").get_json()["next"].endswith("page=2")
    assert public.get("/api/v1/offers?commune=99999").status_code == 400
    assert public.get("/api/v1/offers?contract=slavery").status_code == 400


def test_alert_tells_of_each_new_offer_once_until_it_is_ended(organised: Database) -> None:
    person = a_candidate(organised)
    with organised.writing() as db:
        an_offer(db, title="Cariste (H/F)")
        db.commit()
    asked = person.send("/job-offers/alerts", {"query": "q=vendeuse"}, page="/job-offers?q=vendeuse")
    assert asked.status_code == 303
    assert "vendeuse" in text_of(person.get("/my-space/applications"))
    later = NOW + timedelta(hours=20)
    with organised.writing() as db:
        assert enqueue_alerts(db, day=NOW.date(), now=NOW + timedelta(minutes=10)) == 0
        an_offer(db, now=NOW + timedelta(hours=1))
        an_offer(db, now=NOW + timedelta(hours=1), title="Cariste (H/F)")
        assert enqueue_alerts(db, day=later.date(), now=later) == 1
        assert enqueue_alerts(db, day=later.date(), now=later + timedelta(hours=1)) == 0
        message = db.exec(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.OFFER_ALERT)).one()
        told = render(moment_of(db, message, now=later), SiteLinks("http://agenda.example.org", SETTINGS.secret_key))
        db.commit()
    assert told.subject == "Une nouvelle offre pour vous"
    assert "Vendeur ou vendeuse en boulangerie" in told.text
    assert "Cariste" not in told.text
    found = re.search(r"http://agenda.example.org(/job-offers/alerts/\S+)", told.text)
    assert found is not None
    stranger = Browser(a_site(organised))
    assert "vendeuse" in text_of(stranger.get(found[1]))
    assert stranger.get(f"{found[1]}x").status_code in {404, 410}
    stranger.send(found[1])
    with organised.writing() as db:
        assert moment_of(db, message, now=later).alert is None
        an_offer(db, now=later)
        assert enqueue_alerts(db, day=later.date(), now=later + timedelta(days=1)) == 0


def test_alert_of_somebody_else_does_not_exist(organised: Database) -> None:
    a_candidate(organised, 1).send("/job-offers/alerts", {"query": ""}, page="/job-offers")
    other = a_candidate(organised, 2)
    assert other.send("/my-space/alerts/1/stop", page="/account").status_code == 404


def test_offer_of_a_stand_leads_to_its_event_and_back(organised: Database) -> None:
    with organised.writing() as db:
        company_id, event_id = a_company(db), an_event(db)
        stand = add_exhibitor(db, event_id, ExhibitorDraft("Boulangerie du Beffroi"), now=NOW, account_id=None)
        an_offer(db, company_id=company_id, exhibitor_id=stand)
        slug = db.get_one(Event, event_id).slug
        db.commit()
    public = Browser(a_site(organised))
    assert "Leurs offres d’emploi" in text_of(public.get(f"/events/{slug}"))
    shown = public.get("/job-offers/vendeur-ou-vendeuse-en-boulangerie")
    assert f"/events/{slug}" in shown.get_data(as_text=True)
    assert "Rencontrez l’employeur à" in text_of(shown)


def test_companies_of_one_name_and_stands_are_told_apart_and_stands_of_the_past_are_not_offered(
    organised: Database,
) -> None:
    with organised.writing() as db:
        companies = [a_company(db, "Lys"), a_company(db, "Lys", insee_code=None)]
        events = [an_event(db, title="Salon"), an_event(db, title="Forum d’hier")]
        for event_id in events:
            stand = add_exhibitor(db, event_id, ExhibitorDraft("Lys"), now=NOW, account_id=None)
            tie_exhibitor(db, stand, companies[0], now=NOW, account_id=None)
        over = db.get_one(Event, events[1])
        over.starts_at, over.ends_at = NOW - timedelta(days=2), NOW - timedelta(days=1)
        db.add(over)
        db.commit()
    page = text_of(Desk(organised).get("/staff/offers/new"))
    assert ("Lys, Lambersart" in page, "Lys, Ailleurs" in page) == (True, True)
    assert ("Lys (stand : Salon, " in page, "Forum d’hier" in page) == (True, False)
