"""Beginnings of stories of hiring: a company, an offer that is shown, somebody who applies."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.companies.awareness import note_awareness
from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import ContractKind, OfferState, PayPeriod, Proposer, TrainingKind
from alpes_events.hiring.commands import add_offer, end_offer, publish_offer
from alpes_events.hiring.hires import HireDraft, count_hires
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.operations import OperationDraft, SessionCount, add_operation, add_session
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project
from alpes_events.hiring.ranking import rank_for_offer
from alpes_events.hiring.ranking_rows import RunCause
from alpes_events.people.commands import find_or_create_candidate
from tests.support.stories import NOW, somebody


def a_company(db: Session, name: str = "Boulangerie du Beffroi", *, insee_code: str | None = "59328") -> int:
    """A company with one place in Lambersart, unless told otherwise."""
    place = EstablishmentDraft(insee_code=insee_code, commune_name="" if insee_code else "Ailleurs")
    return find_or_add_company(db, CompanyDraft(name), place, now=NOW, account_id=None)


def a_draft(company_id: int, **changes: object) -> OfferDraft:
    """A baker's shop looks for somebody who sells, in Lambersart."""
    draft = OfferDraft(
        title="Vendeur ou vendeuse en boulangerie",
        contract=ContractKind.CDI,
        company_id=company_id,
        insee_code="59328",
        description="Vous servez les clients.\n\nVous tenez la caisse.",
        required_skills=("Accueillir un client",),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def an_offer(db: Session, *, now: datetime = NOW, company_id: int | None = None, **changes: object) -> int:
    """An offer that is shown."""
    draft = a_draft(company_id or a_company(db), **changes)
    offer_id = add_offer(db, draft, now=now, account_id=None)
    publish_offer(db, offer_id, now=now, account_id=None)
    return offer_id


def applies(db: Session, offer_id: int, number: int, *, now: datetime = NOW, **changes: object) -> int:
    """Person `number` of the stories applies."""
    candidate_id = find_or_create_candidate(db, somebody(number), now=now)
    form = ApplicationForm(offer_id=offer_id, candidate_id=candidate_id, proposer=Proposer.SELF)
    return apply_for(db, replace(form, **changes), now=now)  # type: ignore[arg-type]


def looks_for_work(db: Session, candidate_id: int, offer_id: int) -> None:
    """Somebody says what they look for, and everybody is ranked for the offer."""
    project = ProjectDraft(titles=("Vendeuse",), rome_codes=("D1106",), skills=("Accueillir un client",), licences=())
    keep_project(db, candidate_id, project, now=NOW, account_id=None)
    rank_for_offer(db, offer_id, today=NOW.date(), now=NOW, account_id=None, cause=RunCause.ASKED)


def hiring_of_the_town(db: Session) -> int:
    """Offers in every state, an operation with a session and contracts, applications answered and not. Gives the id of
    the offer that is shown first.
    """
    company_id = a_company(db)
    note_awareness(db, company_id, AwarenessSubject.WORK_STUDY, NOW.date(), today=NOW.date(), now=NOW, account_id=None)
    shown = an_offer(
        db,
        company_id=company_id,
        weekly_minutes=35 * 60,
        pay_min_cents=1250,
        pay_max_cents=1300,
        pay_period=PayPeriod.HOUR,
        schedule="Du mardi au samedi, 7 h – 14 h",
        desirable_skills=("Rendre la monnaie",),
        licence="Permis B",
        languages=("Anglais A2",),
        starts_on=NOW.date() + timedelta(days=20),
        closes_on=NOW.date() + timedelta(days=30),
    )
    doubtful = a_draft(company_id, title="Vendeuse", description="Jeune et dynamique.")
    add_offer(db, doubtful, now=NOW, account_id=None)
    for state in (OfferState.FILLED, OfferState.EXPIRED, OfferState.WITHDRAWN):
        ended = an_offer(db, company_id=company_id, title=f"Boulanger ou boulangère, {state.value}")
        end_offer(db, ended, state, now=NOW, account_id=None)
    opening = OperationDraft(company_id, "Ouverture du magasin", NOW.date(), insee_code="59328", planned_count=34)
    operation_id = add_operation(db, opening, now=NOW, account_id=None)
    heads = SessionCount(NOW.date(), candidate_count=8, territory_count=5)
    add_session(db, operation_id, heads, now=NOW, account_id=None)
    signed = HireDraft(ContractKind.CDI, NOW.date(), NOW.date(), training=TrainingKind.POEC)
    count_hires(db, operation_id, signed, count=3, in_territory=True, now=NOW, account_id=None)
    return shown
