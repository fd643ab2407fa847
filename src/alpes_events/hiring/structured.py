"""An offer in the words of schema.org (`JobPosting`), for search engines and whoever else reads pages by program."""

from collections.abc import Mapping

from alpes_events.companies.models import Company
from alpes_events.hiring.codes import ContractKind, PayPeriod
from alpes_events.hiring.models import JobOffer

Value = str | int | float | bool | Mapping[str, "Value"] | list["Value"]

_EMPLOYMENT = {
    ContractKind.CDI: "FULL_TIME",
    ContractKind.CDD: "TEMPORARY",
    ContractKind.TEMPORARY: "TEMPORARY",
    ContractKind.APPRENTICESHIP: "INTERN",
    ContractKind.PROFESSIONALISATION: "INTERN",
    ContractKind.CIVIC_SERVICE: "VOLUNTEER",
    ContractKind.PMSMP: "INTERN",
}
_UNITS = {PayPeriod.HOUR: "HOUR", PayPeriod.MONTH: "MONTH", PayPeriod.YEAR: "YEAR"}
_CREDENTIALS = {
    3: "professional certificate",
    4: "high school",
    5: "associate degree",
    6: "bachelor degree",
    7: "postgraduate degree",
    8: "postgraduate degree",
}
"""By the national level; the words are those that search engines read."""
_FULL_WEEK = 35 * 60
_COUNTRY = "FR"


def structured_offer(offer: JobOffer, company: Company, *, address: str, site_name: str) -> dict[str, Value]:
    """The offer at `address` as JSON-LD; what is not known is left out."""
    assert offer.published_at is not None, "an offer is described once it is published"
    told: dict[str, Value] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": offer.title,
        "url": address,
        "description": offer.description or offer.title,
        "datePosted": offer.published_at.date().isoformat(),
        "employmentType": _employment(offer),
        "hiringOrganization": _employer(company),
        "identifier": {"@type": "PropertyValue", "name": site_name, "value": offer.uid},
        "totalJobOpenings": offer.place_count,
        "directApply": True,
    }
    optional: dict[str, Value | None] = {
        "validThrough": offer.closes_on.isoformat() if offer.closes_on else None,
        "jobStartDate": offer.starts_on.isoformat() if offer.starts_on else None,
        "jobLocation": _place(offer),
        "baseSalary": _pay(offer),
        "workHours": offer.schedule or None,
        "skills": ", ".join([*offer.required_skills, *offer.desirable_skills]) or None,
        "experienceRequirements": _experience(offer),
        "educationRequirements": _education(offer),
        "qualifications": offer.licence or None,
        "occupationalCategory": offer.rome_code,
    }
    return told | {name: value for name, value in optional.items() if value is not None}


def _experience(offer: JobOffer) -> Value | None:
    if not offer.experience_months:
        return None if offer.experience_months is None else "no requirements"
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": offer.experience_months}


def _education(offer: JobOffer) -> Value | None:
    if offer.training_level is None:
        return None
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": _CREDENTIALS[offer.training_level]}


def _employment(offer: JobOffer) -> list[Value]:
    kinds: list[Value] = [_EMPLOYMENT.get(offer.contract, "TEMPORARY")]
    if offer.weekly_minutes is not None and offer.weekly_minutes < _FULL_WEEK:
        kinds = ["PART_TIME" if kind == "FULL_TIME" else kind for kind in kinds]
        if "PART_TIME" not in kinds:
            kinds.append("PART_TIME")
    return kinds


def _employer(company: Company) -> dict[str, Value]:
    told: dict[str, Value] = {"@type": "Organization", "name": company.name}
    return told | {"sameAs": company.website} if company.website else told


def _place(offer: JobOffer) -> Value | None:
    lines = {"addressLocality": offer.commune_name, "postalCode": offer.postal_code}
    known: dict[str, Value] = {name: line for name, line in lines.items() if line}
    if not known:
        return None
    return {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": _COUNTRY, **known}}


def _pay(offer: JobOffer) -> Value | None:
    amounts = {"minValue": offer.pay_min_cents, "maxValue": offer.pay_max_cents}
    known: dict[str, Value] = {name: cents / 100 for name, cents in amounts.items() if cents is not None}
    if not known or offer.pay_period is None:
        return None
    value: dict[str, Value] = {"@type": "QuantitativeValue", "unitText": _UNITS[offer.pay_period], **known}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
