"""What the employer of the demonstration finds in their space: stands with their plan, offers, and who applied."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.reference import new_reference
from alpes_events.companies.models import CompanyContact
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.companies.speaking import spoken_for
from alpes_events.demo.scene import Scene
from alpes_events.fair.models import Booth, Exhibitor
from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import ContractKind, PayPeriod, Proposer
from alpes_events.hiring.commands import add_offer, publish_offer
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.own_offers import submit_offer
from alpes_events.people.models import Candidate

_APPLYING = 4
_HOUR = timedelta(hours=1)


def furnish_space(db: Session, scene: Scene, account_id: int) -> None:
    """Their stand of today with an offer that some applied for, another to be published, and a stand of the salon."""
    (company_id,) = spoken_for(db, account_id)
    contact_id = db.exec(select(CompanyContact.id).where(CompanyContact.company_id == company_id)).first()
    stands = db.exec(select(Exhibitor).where(Exhibitor.company_id == company_id).order_by(col(Exhibitor.id))).all()
    for row in stands:
        row.reference, row.contact_id = row.reference or new_reference(), contact_id
        db.add(row)
    db.flush()
    draft = OfferDraft(
        title="Agent d’accueil (H/F)",
        contract=ContractKind.CDI,
        company_id=company_id,
        exhibitor_id=stands[0].id,
        weekly_minutes=35 * 60,
        insee_code=stands[0].insee_code,
        schedule="Du lundi au vendredi, 8 h 30 – 16 h 30",
        pay_min_cents=1_250,
        pay_period=PayPeriod.HOUR,
        description="Vous accueillez les visiteurs et répondez au téléphone.\n\nUne formation est prévue à l’arrivée.",
        required_skills=("Accueillir un public", "Répondre au téléphone"),
    )
    _offered(db, scene, draft, account_id)
    waiting = replace(draft, title="Assistant administratif (H/F)", exhibitor_id=None, contract=ContractKind.CDI)
    submit_offer(
        db,
        add_offer(db, waiting, now=scene.now - 2 * _HOUR, account_id=account_id),
        now=scene.now - _HOUR,
        account_id=account_id,
    )
    _stand_at_the_salon(db, scene, account_id)


def _offered(db: Session, scene: Scene, draft: OfferDraft, account_id: int) -> None:
    offer_id = add_offer(db, draft, now=scene.now - 60 * _HOUR, account_id=account_id)
    publish_offer(db, offer_id, now=scene.now - 50 * _HOUR, account_id=scene.coordinator)
    people = select(Candidate.id).where(col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
    for number, candidate_id in enumerate(db.exec(people.order_by(col(Candidate.id)).offset(7).limit(_APPLYING)).all()):
        form = ApplicationForm(
            offer_id=offer_id,
            candidate_id=candidate_id or 0,
            proposer=Proposer.SELF,
            message="J’ai tenu l’accueil d’une mairie pendant un an.",
            shares_contact=number % 2 == 0,
        )
        apply_for(db, form, now=scene.now - (40 - 9 * number) * _HOUR)


def _stand_at_the_salon(db: Session, scene: Scene, account_id: int) -> None:
    """They speak for a company with a stand on the plan of a salon to come too."""
    placed = (
        select(Exhibitor.company_id)
        .join(Booth, col(Booth.exhibitor_id) == col(Exhibitor.id))
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Event.starts_at) > scene.now, col(Exhibitor.company_id).is_not(None))
    )
    company_id = db.exec(placed.order_by(col(Exhibitor.id))).first()
    if company_id is not None:
        speak_by_invitation(db, company_id, account_id, now=scene.now, account_id=scene.coordinator)
