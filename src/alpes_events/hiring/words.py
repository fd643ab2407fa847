"""What people read for the codes of hiring, and an offer's contract, hours and pay in words."""

from babel.numbers import format_currency

from alpes_events.hiring.codes import ApplicationState, ContractKind, OfferState, PayPeriod, RefusalReason, TrainingKind
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.project_words import ASKED_LEVELS
from alpes_events.language.sentence import N_, say

CONTRACTS: dict[ContractKind, str] = {
    ContractKind.CDI: N_("CDI"),
    ContractKind.CDD: N_("CDD"),
    ContractKind.TEMPORARY: N_("Intérim"),
    ContractKind.APPRENTICESHIP: N_("Apprentissage"),
    ContractKind.PROFESSIONALISATION: N_("Contrat de professionnalisation"),
    ContractKind.PEC: N_("Parcours emploi compétences (PEC)"),
    ContractKind.CIE: N_("Contrat initiative emploi (CIE)"),
    ContractKind.INSERTION: N_("Contrat d’insertion (CDDI)"),
    ContractKind.CIVIC_SERVICE: N_("Service civique"),
    ContractKind.PMSMP: N_("Immersion (PMSMP)"),
}

OFFER_STATES: dict[OfferState, str] = {
    OfferState.DRAFT: N_("Brouillon"),
    OfferState.PUBLISHED: N_("Publiée"),
    OfferState.FILLED: N_("Pourvue"),
    OfferState.EXPIRED: N_("Expirée"),
    OfferState.WITHDRAWN: N_("Retirée du site"),
}

APPLICATION_STATES: dict[ApplicationState, str] = {
    ApplicationState.NEW: N_("Reçue"),
    ApplicationState.IN_PROGRESS: N_("En cours"),
    ApplicationState.SHORTLISTED: N_("Présélectionnée"),
    ApplicationState.HIRED: N_("Embauche"),
    ApplicationState.REFUSED: N_("Refusée"),
    ApplicationState.WITHDRAWN: N_("Retirée par la personne"),
    ApplicationState.OBSOLETE: N_("Sans objet"),
}

OWN_APPLICATION_STATES: dict[ApplicationState, str] = {
    ApplicationState.NEW: N_("Reçue"),
    ApplicationState.IN_PROGRESS: N_("À l’étude"),
    ApplicationState.SHORTLISTED: N_("Retenue pour la suite"),
    ApplicationState.HIRED: N_("Embauche"),
    ApplicationState.REFUSED: N_("Non retenue cette fois"),
    ApplicationState.WITHDRAWN: N_("Retirée"),
    ApplicationState.OBSOLETE: N_("Close"),
}
"""Where an application stands, as its person reads it."""

REFUSAL_REASONS: dict[RefusalReason, str] = {
    RefusalReason.SKILLS: N_("Compétences à acquérir"),
    RefusalReason.EXPERIENCE: N_("Expérience demandée"),
    RefusalReason.HOURS: N_("Horaires impossibles"),
    RefusalReason.DISTANCE: N_("Trajet impossible"),
    RefusalReason.LICENCE: N_("Permis ou habilitation"),
    RefusalReason.NOT_REACHED: N_("Personne non jointe"),
    RefusalReason.PLACE_TAKEN: N_("Poste pourvu"),
    RefusalReason.OTHER: N_("Autre raison"),
}

TRAININGS: dict[TrainingKind, str] = {
    TrainingKind.POEC: N_("POEC (préparation collective)"),
    TrainingKind.POEI: N_("POEI (préparation individuelle)"),
    TrainingKind.AFPR: N_("AFPR (formation avant recrutement)"),
}

PAY_PERIODS: dict[PayPeriod, str] = {
    PayPeriod.HOUR: N_("par heure"),
    PayPeriod.MONTH: N_("par mois"),
    PayPeriod.YEAR: N_("par an"),
}

_PAID = {
    PayPeriod.HOUR: (N_("%(pay)s de l’heure"), N_("de %(low)s à %(high)s de l’heure")),
    PayPeriod.MONTH: (N_("%(pay)s par mois"), N_("de %(low)s à %(high)s par mois")),
    PayPeriod.YEAR: (N_("%(pay)s par an"), N_("de %(low)s à %(high)s par an")),
}
_HOUR = 60


def contract_words(offer: JobOffer, language: str) -> str:
    """« CDD, 6 mois »."""
    words = say(CONTRACTS[offer.contract]).in_language(language)
    if offer.contract_months is None:
        return words
    return say(N_("%(contract)s, %(months)s mois"), contract=words, months=offer.contract_months).in_language(language)


def level_words(level: int | None, language: str) -> str:
    """« niveau 3 : CAP, BEP »; nothing when none is asked."""
    return say(ASKED_LEVELS[level]).in_language(language) if level in ASKED_LEVELS else ""


def week_words(minutes: int | None, language: str) -> str:
    """« 35 h par semaine », « 17 h 30 par semaine »; nothing when unknown."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, _HOUR)
    return say(N_("%(hours)s par semaine"), hours=f"{hours} h {rest:02d}" if rest else f"{hours} h").in_language(
        language
    )


def pay_words(offer: JobOffer, language: str) -> str:
    """« 12,50 € de l’heure », « de 1 800 € à 2 000 € par mois »; nothing when unknown."""
    amounts = [cents for cents in (offer.pay_min_cents, offer.pay_max_cents) if cents is not None]
    if not amounts or offer.pay_period is None:
        return ""
    one, between = _PAID[offer.pay_period]
    low, high = euros(amounts[0], language), euros(amounts[-1], language)
    return (say(one, pay=low) if low == high else say(between, low=low, high=high)).in_language(language)


def euros(cents: int, language: str) -> str:
    """« 1 800 € », « 12,50 € »."""
    pattern = None if cents % 100 else "#,##0 ¤" if language == "fr" else "¤#,##0"
    return format_currency(cents / 100, "EUR", pattern, locale=language, currency_digits=pattern is None)
