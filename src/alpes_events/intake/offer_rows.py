"""Rows of the file `offers`, read into records. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date

from alpes_events.hiring.codes import ContractKind, PayPeriod
from alpes_events.hiring.experience import NotATime, read_months
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.issues import BadCell
from alpes_events.intake.keys import import_key
from alpes_events.intake.place_name import PLACE_COLUMNS, PlaceName, place_name
from alpes_events.intake.row import Row
from alpes_events.intake.values import shortened, words
from alpes_events.language.sentence import N_, say

OFFER_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", "référence", note=N_("le vôtre, s’il y en a un")),
    needed("title", "intitulé", "title", "poste", "métier", example="Vendeur ou vendeuse"),
    needed("company", "entreprise", "company", "employeur", example="Boulangerie du Beffroi"),
    column("siret", "SIRET", note=N_("quatorze chiffres")),
    needed("contract", "contrat", "contract", example="CDI"),
    column("contract_months", "durée en mois", "months", "durée"),
    column("weekly_hours", "heures par semaine", "weekly hours", example="35"),
    *PLACE_COLUMNS,
    column("schedule", "horaires", "schedule", example="Du mardi au samedi, 7 h – 14 h"),
    column("pay_min", "salaire au moins", "pay min", "salaire", example="12,50"),
    column("pay_max", "salaire au plus", "pay max"),
    column("pay_period", "salaire par", "pay period", note=N_("heure, mois ou année"), example="heure"),
    column("description", "description", "le poste"),
    column("required_skills", "nécessaire", "required skills", note=N_("plusieurs, séparés par |")),
    column("desirable_skills", "apprécié", "desirable skills", note=N_("plusieurs, séparés par |")),
    column("experience", "expérience", "experience", note=N_("« débutant accepté », « 6 mois » ou « 2 ans »")),
    column("training_level", "niveau de formation", "training level", note=N_("de 3 (CAP) à 8 (doctorat)")),
    column("licence", "permis", "licence"),
    column("languages", "langues", "languages", note=N_("utiles au poste")),
    column("place_count", "nombre de postes", "places", example="1"),
    column("starts_on", "début", "starts on"),
    column("ends_on", "fin", "ends on"),
    column("closes_on", "dernier jour", "closes on", "date limite"),
    column("rome_code", "code ROME", "rome", example="D1106"),
    column("published_on", "publiée le", "published on", note=N_("vide : l’offre reste un brouillon")),
)
_CONTRACTS = words(
    cdi="CDI",
    cdd="CDD",
    temporary="intérim, temporaire",
    apprenticeship="apprentissage, contrat d’apprentissage",
    professionalisation="professionnalisation, contrat de professionnalisation",
    pec="PEC, parcours emploi compétences",
    cie="CIE, contrat initiative emploi",
    insertion="insertion, CDDI, contrat d’insertion",
    civic_service="service civique",
    pmsmp="PMSMP, immersion",
)
_PERIODS = words(hour="heure, h, horaire", month="mois, mensuel", year="année, an, annuel")
_NUMBER = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?0*")


@dataclass(frozen=True)
class OfferRecord:
    """One offer of a file. `key` makes the same row the same."""

    key: str
    title: str
    company: str
    siret: str
    contract: ContractKind
    place: PlaceName
    published_on: date | None
    details: dict[str, object] = field(default_factory=dict)


def offer_record(row: Row) -> OfferRecord:
    """The offer of a row."""
    title, company, published_on = row.text("title"), row.text("company"), row.day("published_on")
    place = place_name(row)
    period = row.choice("pay_period", _PERIODS)
    natural = (title, company, place.insee_code or place.name, str(published_on or ""))
    details: dict[str, object] = {name: row.text(name) for name in ("schedule", "licence", "rome_code")}
    details |= {name: row.day(name) for name in ("starts_on", "ends_on", "closes_on")}
    details |= {name: row.words(name) for name in ("required_skills", "desirable_skills", "languages")}
    details |= {
        "description": row.long_text("description"),
        "contract_months": row.count("contract_months"),
        "experience_months": _months(row),
        "training_level": row.count("training_level"),
        "weekly_minutes": _hundredths(row, "weekly_hours", unit=60),
        "pay_min_cents": _hundredths(row, "pay_min", unit=100),
        "pay_max_cents": _hundredths(row, "pay_max", unit=100),
        "pay_period": PayPeriod(period) if period else None,
        "place_count": row.count("place_count") or 1,
    }
    return OfferRecord(
        key=import_key("offer", identifier=row.text("identifier"), natural=natural),
        title=title,
        company=company,
        siret=row.text("siret"),
        contract=ContractKind(row.choice("contract", _CONTRACTS, ContractKind.CDI.value)),
        place=place,
        published_on=published_on,
        details=details,
    )


def _months(row: Row) -> int | None:
    text = row.text("experience")
    return row.tried("experience", lambda: _experience(text), None) if text else None


def _experience(text: str) -> int:
    try:
        return read_months(text)
    except NotATime as error:
        sentence = N_("« %(cell)s » : écrivez l’expérience comme « débutant accepté », « 6 mois » ou « 2 ans ».")
        raise BadCell(say(sentence, cell=shortened(text))) from error


def _hundredths(row: Row, name: str, *, unit: int) -> int | None:
    """« 12,50 » in the smaller unit: cents of euros, minutes of hours."""
    text = row.text(name)
    if not text:
        return None
    return row.tried(name, lambda: _read(text, unit), None)


def _read(text: str, unit: int) -> int:
    found = _NUMBER.fullmatch(re.sub(r"[\s€]", "", text))
    if found is None:
        raise BadCell(say(N_("« %(cell)s » n’est pas un nombre, comme « 12,50 »."), cell=shortened(text)))
    return int(found[1]) * unit + round(int((found[2] or "0").ljust(2, "0")) * unit / 100)
