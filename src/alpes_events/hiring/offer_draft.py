"""An offer as somebody writes it, made clean; every problem stands with its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from alpes_events.hiring.codes import ContractKind, PayPeriod
from alpes_events.hiring.experience import MOST_EXPERIENCE
from alpes_events.hiring.project_words import ASKED_LEVELS
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say

LONGEST = {
    "title": 150,
    "commune_name": 100,
    "postal_code": 12,
    "schedule": 300,
    "description": 5000,
    "licence": 60,
}
LONGEST_WORD = 100
MOST_WORDS = 20
MOST_MONTHS = 60
MOST_PLACES = 500
_LEAST_WEEK, _MOST_WEEK = 60, 48 * 60
_MOST_CENTS = 100_000_000
_ROME = re.compile(r"[A-N]\d{4}")
_ROME_VERSION = re.compile(r"\d{1,3}(\.\d{1,3})?")
_TEXTS = ("title", "commune_name", "postal_code", "schedule", "licence")
_LISTS = ("required_skills", "desirable_skills", "languages")


@dataclass(frozen=True)
class OfferDraft:
    """An offer as written. `weekly_minutes` a week, pay in cents for `pay_period`; empty and None are not known.
    `experience_months` 0 is « débutant accepté »; `training_level` is that of the national framework, 3 to 8.

    `ends_on` is the end of the contract, `closes_on` the last day to apply.
    """

    title: str
    contract: ContractKind
    company_id: int
    establishment_id: int | None = None
    rome_code: str = ""
    rome_version: str = ""
    contract_months: int | None = None
    weekly_minutes: int | None = None
    insee_code: str | None = None
    commune_name: str = ""
    postal_code: str = ""
    schedule: str = ""
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: PayPeriod | None = None
    description: str = ""
    required_skills: tuple[str, ...] = ()
    desirable_skills: tuple[str, ...] = ()
    experience_months: int | None = None
    training_level: int | None = None
    licence: str = ""
    languages: tuple[str, ...] = ()
    place_count: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    closes_on: date | None = None
    exhibitor_id: int | None = None
    operation_id: int | None = None

    @classmethod
    def of(cls, row: object) -> "OfferDraft":
        """The draft that a stored offer would come from."""
        stored: dict[str, Any] = {item.name: getattr(row, item.name) for item in fields(cls)}
        stored |= {name: tuple(stored[name]) for name in _LISTS}
        stored |= {name: stored[name] or "" for name in ("rome_code", "rome_version")}
        return cls(**stored)

    @property
    def texts(self) -> dict[str, str]:
        """What is read over for wordings that the law forbids, by field."""
        lists = {name: "\n".join(getattr(self, name)) for name in _LISTS}
        return {"title": self.title, "description": self.description, "schedule": self.schedule, **lists}


class BadOffer(BadInput):
    """Everything that cannot be right about an offer, field by field."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        self.problems = dict(problems)
        first, sentence = next(iter(self.problems.items()))
        super().__init__(sentence.text, field=first, **dict(sentence.facts))


def clean_offer(draft: OfferDraft) -> OfferDraft:
    """The draft as it is stored. Raises `BadOffer` with every problem."""
    texts: dict[str, Any] = {name: composed(written(getattr(draft, name))) for name in _TEXTS}
    lists: dict[str, Any] = {name: _words(getattr(draft, name)) for name in _LISTS}
    clean = replace(
        draft,
        **texts,
        **lists,
        description=written(draft.description),
        rome_code=composed(draft.rome_code).upper(),
        rome_version=composed(draft.rome_version),
        insee_code=(draft.insee_code or "").strip() or None,
        pay_period=None if draft.pay_min_cents is None and draft.pay_max_cents is None else draft.pay_period,
    )
    problems: dict[str, Sentence] = {}
    _check_words(clean, problems)
    _check_contract(clean, problems)
    _check_asked(clean, problems)
    _check_pay(clean, problems)
    if not 1 <= clean.place_count <= MOST_PLACES:
        problems["place_count"] = say(N_("Indiquez un nombre de postes entre 1 et %(most)d."), most=MOST_PLACES)
    if clean.exhibitor_id is not None and clean.operation_id is not None:
        problems["operation_id"] = say(N_("Une offre est à un stand ou à une opération, pas aux deux."))
    if problems:
        raise BadOffer(problems)
    return clean


def _check_words(draft: OfferDraft, problems: dict[str, Sentence]) -> None:
    if not any(sign.isalnum() for sign in draft.title):
        problems["title"] = say(N_("Écrivez l’intitulé du poste."))
    for field, longest in LONGEST.items():
        if len(getattr(draft, field)) > longest:
            problems[field] = say(N_("Ce texte est trop long : %(longest)d signes au plus."), longest=longest)
    for field in _LISTS:
        listed = getattr(draft, field)
        if len(listed) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in listed):
            problems[field] = say(
                N_("Écrivez %(most)d lignes au plus, de %(longest)d signes au plus."),
                most=MOST_WORDS,
                longest=LONGEST_WORD,
            )
    if draft.rome_code and not _ROME.fullmatch(draft.rome_code):
        problems["rome_code"] = say(
            N_("Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres.")
        )
    if draft.rome_version and not _ROME_VERSION.fullmatch(draft.rome_version):
        problems["rome_version"] = say(N_("Écrivez la version du ROME comme « 4.60 »."))


def _check_contract(draft: OfferDraft, problems: dict[str, Sentence]) -> None:
    if draft.contract_months is not None and not 1 <= draft.contract_months <= MOST_MONTHS:
        problems["contract_months"] = say(N_("Indiquez une durée entre 1 et %(most)d mois."), most=MOST_MONTHS)
    elif draft.contract is ContractKind.CDI and (draft.contract_months is not None or draft.ends_on is not None):
        problems["contract_months"] = say(N_("Un CDI n’a pas de fin : retirez sa durée et sa date de fin."))
    if draft.weekly_minutes is not None and not _LEAST_WEEK <= draft.weekly_minutes <= _MOST_WEEK:
        problems["weekly_minutes"] = say(N_("Indiquez une durée entre 1 h et 48 h par semaine."))
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        problems["ends_on"] = say(N_("La fin vient avant le début : changez l’une ou l’autre."))
    if draft.ends_on and draft.closes_on and draft.closes_on > draft.ends_on:
        problems["closes_on"] = say(
            N_("On ne peut plus postuler après la fin du contrat : choisissez un jour plus tôt.")
        )


def _check_asked(draft: OfferDraft, problems: dict[str, Sentence]) -> None:
    if draft.experience_months is not None and not 0 <= draft.experience_months <= MOST_EXPERIENCE:
        problems["experience_months"] = say(
            N_("Demandez %(most)d ans d’expérience au plus."), most=MOST_EXPERIENCE // 12
        )
    if draft.training_level is not None and draft.training_level not in ASKED_LEVELS:
        problems["training_level"] = say(N_("Un niveau de formation demandé va de 3 (CAP) à 8 (doctorat)."))


def _check_pay(draft: OfferDraft, problems: dict[str, Sentence]) -> None:
    for field in ("pay_min_cents", "pay_max_cents"):
        cents = getattr(draft, field)
        if cents is not None and not 0 < cents <= _MOST_CENTS:
            problems[field] = say(N_("Indiquez un salaire en euros, comme « 12,50 »."))
    low, high = draft.pay_min_cents, draft.pay_max_cents
    if low is not None and high is not None and high < low:
        problems["pay_max_cents"] = say(N_("Le salaire le plus haut est sous le plus bas : échangez-les."))
    if (low is not None or high is not None) and draft.pay_period is None:
        problems["pay_period"] = say(N_("Dites si ce salaire est à l’heure, au mois ou à l’année."))


def _words(listed: tuple[str, ...]) -> tuple[str, ...]:
    clean = (composed(written(word)) for word in listed)
    return tuple(dict.fromkeys(word for word in clean if word))
