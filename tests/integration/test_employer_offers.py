"""An employer's offers and the applications for them: drafted, sent, corrected, answered; another's do not exist."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select

from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import ApplicationStep, Hire
from alpes_events.hiring.applying import move_application
from alpes_events.hiring.codes import ApplicationState, Mover, OfferState, RefusalReason
from alpes_events.hiring.commands import end_offer, publish_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.journal.models import JournalEntry
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Role
from tests.support.employers import a_company
from tests.support.hiring import an_offer, applies
from tests.support.meetings import a_fair
from tests.support.stories import NOW
from tests.support.web import Browser, a_site, text_of

DRAFT = {"title": "Vendeur ou vendeuse", "contract": "cdi", "place_count": "1", "whose": ""}


class Space:
    """An employer who speaks for one company, and another company that is not theirs."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.browser = Browser(a_site(database))
        self.account_id = self.browser.sign_in(Role.EMPLOYER)
        with database.writing() as db:
            self.company, self.other = a_company(db, "Atelier du Nord"), a_company(db, "Boulangerie du Beffroi")
            speak_by_invitation(db, self.company, self.account_id, now=NOW, account_id=None)
            db.commit()

    def path(self, *more: object, company: int | None = None) -> str:
        return "/".join(map(str, (f"/employer/companies/{company or self.company}/offers", *more)))

    def change(self, act: Any) -> Any:
        with self.database.writing() as db:
            made = act(db)
            db.commit()
        return made

    def offer(self) -> JobOffer:
        """The newest offer."""
        with self.database.reading() as db:
            return db.exec(select(JobOffer).order_by(col(JobOffer.id).desc()).limit(1)).one()

    def published(self, **changes: Any) -> int:
        made = self.change(lambda db: an_offer(db, company_id=self.company, **changes))
        assert isinstance(made, int)
        return made


@pytest.fixture
def space(organised: Database) -> Space:
    return Space(organised)


def test_draft_is_kept_sent_and_published_by_coordination_alone(space: Space) -> None:
    answer = space.browser.send(space.path("new"), DRAFT)
    offer = space.offer()
    assert (answer.status_code, offer.state, offer.company_id) == (303, OfferState.DRAFT, space.company)
    page = space.path(offer.id)
    assert space.browser.send(f"{page}/send", page=page).status_code == 303
    assert (space.offer().state, space.offer().submitted_at) == (OfferState.DRAFT, NOW)
    coordinator = Browser(space.browser.app)
    coordinator.sign_in(Role.COORDINATOR)
    assert "Vendeur ou vendeuse" in text_of(coordinator.get("/staff/offers?state=submitted"))
    space.change(lambda db: publish_offer(db, offer.id or 0, now=NOW, account_id=None))
    assert (space.offer().state, space.offer().submitted_at) == (OfferState.PUBLISHED, None)
    assert "Vendeur ou vendeuse" not in text_of(coordinator.get("/staff/offers?state=submitted"))


def test_sending_is_taken_back(space: Space) -> None:
    space.browser.send(space.path("new"), DRAFT)
    page = space.path(space.offer().id)
    space.browser.send(f"{page}/send", page=page)
    assert space.browser.send(f"{page}/keep", page=page).status_code == 303
    assert space.offer().submitted_at is None


def test_words_are_looked_over_while_drafting_and_nothing_is_kept(space: Space) -> None:
    answer = space.browser.send(space.path("new"), DRAFT | {"description": "Jeune et dynamique.", "check": "1"})
    assert answer.status_code == 200
    assert "Une formulation à revoir" in text_of(answer)
    assert "Jeune et dynamique." in answer.get_data(as_text=True)
    assert "Rien à revoir" in text_of(space.browser.send(space.path("new"), DRAFT | {"check": "1"}))
    with space.database.reading() as db:
        assert db.exec(select(JobOffer)).all() == []


def test_offer_that_is_shown_is_corrected_but_takes_no_forbidden_wording(space: Space) -> None:
    page = space.path(space.published())
    written = DRAFT | {"title": "Vendeur ou vendeuse en boulangerie", "schedule": "Le matin"}
    assert space.browser.send(f"{page}/edit", written).status_code == 303
    assert (space.offer().schedule, space.offer().state) == ("Le matin", OfferState.PUBLISHED)
    answer = space.browser.send(f"{page}/edit", written | {"description": "Jeune et dynamique."})
    assert answer.status_code == 422
    assert "la loi l’interdit dans une offre" in text_of(answer)
    assert "Jeune" not in space.offer().description


def test_employer_fills_or_withdraws_and_asks_for_it_to_be_shown_again(space: Space) -> None:
    page = space.path(space.published())
    assert space.browser.send(f"{page}/end/filled", page=page).status_code == 303
    assert space.offer().state is OfferState.FILLED
    assert space.browser.send(f"{page}/end/withdrawn", page=page).status_code == 409
    assert space.browser.send(f"{page}/send", page=page).status_code == 303
    assert (space.offer().state, space.offer().submitted_at) == (OfferState.FILLED, NOW)


def test_offer_is_tied_to_a_stand_of_ones_own_only(space: Space) -> None:
    def stands(db: Session) -> list[int]:
        _event, ids = a_fair(db, "Stand du Nord", "Stand du Sud")
        db.get_one(Exhibitor, ids[0]).company_id = space.company
        return ids

    mine, theirs = space.change(stands)
    assert space.browser.send(space.path("new"), DRAFT | {"whose": f"stand-{theirs}"}).status_code == 422
    assert space.browser.send(space.path("new"), DRAFT | {"whose": f"stand-{mine}"}).status_code == 303
    assert space.offer().exhibitor_id == mine


def test_application_shows_what_the_person_shared_and_each_reading_is_kept(space: Space) -> None:
    offer = space.published()
    one = space.change(lambda db: applies(db, offer, 1, message="Bonjour.", form_key=str(uuid4())))
    page = text_of(space.browser.get(space.path(offer, "applications", one)))
    assert "Prénomb Nomb" in page
    assert "Bonjour." in page
    assert "personne1@example.org" not in page
    two = space.change(lambda db: applies(db, offer, 2, shares_contact=True))
    assert "personne2@example.org" in text_of(space.browser.get(space.path(offer, "applications", two)))
    with space.database.reading() as db:
        read = db.exec(select(AccessAudit.account_id).where(AccessAudit.action == AuditAction.NAME_READ.value)).all()
    assert read == [space.account_id, space.account_id]


def test_person_who_withdrew_is_read_no_more(space: Space) -> None:
    offer = space.published()
    one = space.change(lambda db: applies(db, offer, 1, message="Bonjour.", shares_contact=True))
    space.change(
        lambda db: move_application(db, one, ApplicationState.WITHDRAWN, by=Mover.SELF, now=NOW, account_id=None)
    )
    for path in (space.path(offer), space.path(offer, "applications", one)):
        shown = text_of(space.browser.get(path))
        assert "Nomb" not in shown
        assert "Bonjour" not in shown
        assert "personne1" not in shown
    answer = space.browser.post(
        space.path(offer, "applications", one),
        {"state": "shortlisted", "csrf_token": space.browser.token(space.path("new"))},
    )
    assert answer.status_code == 422


def test_answers_are_steps_by_the_employer_with_a_reason_for_a_refusal(space: Space) -> None:
    offer = space.published()
    one = space.change(lambda db: applies(db, offer, 1))
    page = space.path(offer, "applications", one)
    assert space.browser.send(page, {"state": "refused", "reason": ""}).status_code == 422
    assert space.browser.send(page, {"state": "shortlisted", "reason": ""}).status_code == 303
    assert space.browser.send(page, {"state": "refused", "reason": "skills"}).status_code == 303
    with space.database.reading() as db:
        steps = db.exec(select(ApplicationStep).order_by(col(ApplicationStep.number))).all()
        told = db.exec(select(JournalEntry).where(JournalEntry.kind == "ApplicationMoved")).all()
    assert [(step.state, step.reason, step.account_id) for step in steps[1:]] == [
        (ApplicationState.SHORTLISTED, None, space.account_id),
        (ApplicationState.REFUSED, RefusalReason.SKILLS, space.account_id),
    ]
    assert {entry.facts["by"] for entry in told} == {"employer"}
    assert space.browser.send(page, {"state": "withdrawn", "reason": ""}).status_code == 422


def test_employer_notes_the_contract(space: Space) -> None:
    offer = space.published()
    one = space.change(lambda db: applies(db, offer, 1))
    page = space.path(offer, "applications", one, "hire")
    signed = {"contract": "cdi", "signed_on": "2026-03-02", "starts_on": "2026-03-09"}
    assert space.browser.send(page, signed).status_code == 303
    with space.database.reading() as db:
        assert [(row.application_id, row.noted_by) for row in db.exec(select(Hire))] == [(one, space.account_id)]
    assert space.browser.get(page).status_code == 404


@pytest.mark.parametrize("company", ["mine", "theirs"])
def test_offers_and_applications_of_another_company_do_not_exist(space: Space, company: str) -> None:
    offer = space.change(lambda db: an_offer(db, company_id=space.other))
    one = space.change(lambda db: applies(db, offer, 1))
    mine = space.published(title="La mienne")
    number = space.company if company == "mine" else space.other
    token = space.browser.token(space.path("new"))
    pages = [space.path(offer, company=number), space.path(offer, "edit", company=number)]
    pages += [space.path(each, "applications", one, company=number) for each in (offer, mine)]
    assert {space.browser.get(path).status_code for path in pages} == {404}
    acts = [space.path(offer, act, company=number) for act in ("edit", "send", "keep", "end/filled", "end/withdrawn")]
    acts += [space.path(each, "applications", one, company=number) for each in (offer, mine)]
    acts += [space.path(each, "applications", one, "hire", company=number) for each in (offer, mine)]
    sent = {"csrf_token": token}
    assert {space.browser.post(path, sent).status_code for path in acts} == {404}
    with space.database.reading() as db:
        assert db.get_one(JobOffer, offer).state is OfferState.PUBLISHED


def test_ended_offer_is_not_shown_again_by_its_employer(space: Space) -> None:
    offer = space.published()
    space.change(lambda db: end_offer(db, offer, OfferState.WITHDRAWN, now=NOW, account_id=None))
    token = space.browser.token(space.path("new"))
    assert space.browser.post(space.path(offer, "end/published"), {"csrf_token": token}).status_code == 404
    assert space.offer().state is OfferState.WITHDRAWN
