"""Offers and applications as sheets; no cell can become a formula (see `language.cells`)."""

from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from alpes_events.companies.models import Company
from alpes_events.hiring.applications import ApplicationStep, Hire, JobApplication
from alpes_events.hiring.experience import experience_words
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.words import (
    APPLICATION_STATES,
    CONTRACTS,
    OFFER_STATES,
    PAY_PERIODS,
    REFUSAL_REASONS,
)
from alpes_events.intake.exported_words import AGE_WORDS, SEX_WORDS, Words
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_events.people.identity import display_telephone
from alpes_events.people.models import Account, Candidate
from alpes_events.territory.organisation import current_organisation

OFFER_HEADINGS = (
    N_("adresse"),
    N_("intitulé"),
    N_("entreprise"),
    N_("contrat"),
    N_("durée en mois"),
    N_("heures par semaine"),
    N_("commune"),
    N_("code postal"),
    N_("code INSEE"),
    N_("du territoire"),
    N_("expérience"),
    N_("niveau de formation"),
    N_("salaire au moins"),
    N_("salaire au plus"),
    N_("salaire par"),
    N_("nombre de postes"),
    N_("code ROME"),
    N_("état"),
    N_("publiée le"),
    N_("dernier jour"),
    N_("candidatures"),
)
APPLICATION_HEADINGS = (
    N_("référence"),
    N_("intitulé"),
    N_("entreprise"),
    N_("nom"),
    N_("prénom"),
    N_("e-mail"),
    N_("téléphone"),
    N_("code INSEE"),
    N_("du territoire"),
    N_("en quartier prioritaire"),
    N_("sexe"),
    N_("tranche d’âge"),
    N_("état"),
    N_("raison"),
    N_("postulé le"),
    N_("changé le"),
    N_("proposée par"),
    N_("contrat signé"),
    N_("signé le"),
)


def offers_sheet(db: Session, *, language: str) -> Sheet:
    """Every offer, the newest first, with how many applied."""
    words, zone = Words(language), ZoneInfo(current_organisation(db).time_zone)
    counts = dict(db.exec(select(JobApplication.offer_id, func.count()).group_by(col(JobApplication.offer_id))).all())
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .order_by(col(JobOffer.created_at).desc(), col(JobOffer.id).desc())
    )
    lines: list[list[Cell]] = [
        [
            offer.slug,
            offer.title,
            company,
            words.of(offer.contract, CONTRACTS),
            offer.contract_months,
            None if offer.weekly_minutes is None else offer.weekly_minutes / 60,
            offer.commune_name,
            offer.postal_code,
            offer.insee_code or "",
            words.flag(offer.in_territory),
            experience_words(offer.experience_months, language),
            offer.training_level,
            _euros(offer.pay_min_cents),
            _euros(offer.pay_max_cents),
            words.of(offer.pay_period, PAY_PERIODS),
            offer.place_count,
            offer.rome_code or "",
            words.of(offer.state, OFFER_STATES),
            None if offer.published_at is None else offer.published_at.astimezone(zone),
            offer.closes_on,
            counts.get(offer.id or 0, 0),
        ]
        for offer, company in rows
    ]
    return Sheet(words(N_("Offres")), [words(heading) for heading in OFFER_HEADINGS], lines)


def applications_sheet(db: Session, *, language: str, proposed_by: int | None = None) -> Sheet:
    """Every application, or those of the people whom one account proposed, by day."""
    words, zone = Words(language), ZoneInfo(current_organisation(db).time_zone)
    last = (col(ApplicationStep.application_id) == col(JobApplication.id)) & (
        col(ApplicationStep.number) == col(JobApplication.step_count)
    )
    mine = () if proposed_by is None else (col(JobApplication.proposed_by) == proposed_by,)
    rows = db.execute(
        select(JobApplication, JobOffer.title, Company.name, Candidate, ApplicationStep.reason, Account.name, Hire)  # type: ignore[call-overload]
        .join(JobOffer, col(JobOffer.id) == col(JobApplication.offer_id))
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .join(Candidate, col(Candidate.id) == col(JobApplication.candidate_id))
        .join(ApplicationStep, last)
        .outerjoin(Account, col(Account.id) == col(JobApplication.proposed_by))
        .outerjoin(Hire, (col(Hire.application_id) == col(JobApplication.id)) & col(Hire.withdrawn_at).is_(None))
        .where(*mine)
        .order_by(col(JobApplication.created_at), col(JobApplication.id))
    )
    lines: list[list[Cell]] = [
        [
            one.reference,
            title,
            company,
            person.family_name,
            person.given_name,
            person.email or "",
            display_telephone(person.telephone),
            one.insee_code or "",
            words.flag(one.in_territory),
            words.flag(one.in_priority_district),
            words.of(one.sex, SEX_WORDS),
            words.of(one.age_band, AGE_WORDS),
            words.of(one.state, APPLICATION_STATES),
            words.of(reason, REFUSAL_REASONS),
            one.created_at.astimezone(zone),
            one.changed_at.astimezone(zone),
            proposer or "",
            words.of(hire.contract, CONTRACTS) if hire else "",
            hire.signed_on if hire else None,
        ]
        for one, title, company, person, reason, proposer, hire in rows
    ]
    return Sheet(words(N_("Candidatures")), [words(heading) for heading in APPLICATION_HEADINGS], lines)


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100
