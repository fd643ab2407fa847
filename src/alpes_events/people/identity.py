"""A person as somebody types them, made clean: names, e-mail address, telephone. Each refusal names its field."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from alpes_events.language.folding import composed, fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.models import Sex

LONGEST_NAME = 100
_REGION = "FR"
_FIRST_BIRTH = date(1900, 1, 1)
_NAME_MARKS = frozenset(" -‐‑–'’ʼ‘`.,·/()\u200c\u200d")
_NAME_KINDS = ("L", "M", "N")


class BadPerson(BadInput):
    """A value about a person that cannot be right; `field` names it as in `PersonIn`."""


@dataclass(frozen=True)
class PersonIn:
    """What is said about a person at sign-up or by an advisor; empty text and None are « not said »."""

    family_name: str
    given_name: str
    email: str = ""
    telephone: str = ""
    insee_code: str = ""
    commune_name: str = ""
    postal_code: str = ""
    birth_on: date | None = None
    sex: Sex | None = None
    priority_district: str = ""
    outside_priority_districts: bool = False
    language: str = "fr"


def clean_person(person: PersonIn, *, today: date, contact_required: bool = True) -> PersonIn:
    """The person with clean names, e-mail address and telephone (E.164). Raises the first of `problems_of`.

    Staff may leave out both e-mail and telephone (`contact_required=False`); a person who signs up may not.
    """
    problems = problems_of(person, today=today, contact_required=contact_required)
    if problems:
        raise problems[0]
    return replace(
        person,
        family_name=clean_name(person.family_name, field="family_name"),
        given_name=clean_name(person.given_name, field="given_name"),
        email=clean_email(person.email),
        telephone=clean_telephone(person.telephone),
        commune_name=composed(person.commune_name),
        postal_code=composed(person.postal_code),
    )


def problems_of(person: PersonIn, *, today: date, contact_required: bool = True) -> list[BadInput]:
    """Everything that is wrong with what was typed, in the order of the form; empty when nothing is."""
    problems = [
        *_tried(lambda: clean_name(person.family_name, field="family_name")),
        *_tried(lambda: clean_name(person.given_name, field="given_name")),
        *_tried(lambda: clean_email(person.email)),
        *_tried(lambda: clean_telephone(person.telephone)),
        *_tried(lambda: _check_lengths(person)),
        *_tried(lambda: _check_birth(person.birth_on, today=today)),
    ]
    if contact_required and not person.email.strip() and not person.telephone.strip():
        problems.append(
            BadPerson(N_("Indiquez une adresse e-mail ou un téléphone : il nous en faut un des deux."), field="email")
        )
    return problems


def _tried(check: Callable[[], object]) -> list[BadInput]:
    try:
        check()
    except BadInput as problem:
        return [problem]
    return []


def clean_name(text: str, *, field: str) -> str:
    """A family or given name: NFC, single blanks, at most 100 letters and the marks that names have."""
    name = composed(text)
    if not any(unicodedata.category(sign).startswith("L") for sign in name):
        sentence = N_("Indiquez le nom.") if field == "family_name" else N_("Indiquez le prénom.")
        raise BadPerson(sentence, field=field)
    if len(name) > LONGEST_NAME:
        raise BadPerson(
            N_("Ce nom a %(length)d caractères. Raccourcissez-le à %(longest)d au plus."),
            field=field,
            length=len(name),
            longest=LONGEST_NAME,
        )
    strange = sorted({sign for sign in name if not _belongs_to_names(sign)})
    if strange:
        raise BadPerson(
            N_("Un nom s’écrit avec des lettres : retirez %(signs)s."),
            field=field,
            signs=" ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in strange[:5]),
        )
    return name


def _belongs_to_names(sign: str) -> bool:
    return sign in _NAME_MARKS or unicodedata.category(sign)[0] in _NAME_KINDS


def clean_email(text: str) -> str:
    """An e-mail address in small letters, or « ». Only its form is checked: nothing is asked of the network."""
    address = composed(text)
    if not address:
        return ""
    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError as error:
        raise BadPerson(
            N_("Cette adresse e-mail ne semble pas complète. Elle s’écrit comme « prenom.nom@example.fr »."),
            field="email",
        ) from error


def clean_telephone(text: str) -> str:
    """A telephone number as `+33612345678` (E.164), or « ». Without a country it is French."""
    typed = composed(text)
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException as error:
        raise _bad_telephone() from error
    if not phonenumbers.is_possible_number(number):
        raise _bad_telephone()
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _bad_telephone() -> BadPerson:
    return BadPerson(
        N_("Ce numéro ne semble pas complet. En France il a dix chiffres, comme « 06 39 98 00 00 »."), field="telephone"
    )


def display_telephone(number: str | None) -> str:
    """An E.164 number as people read it: `06 39 98 00 00` in France, `+32 470 12 34 56` elsewhere; « » for none."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number, _REGION)
    national = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == _REGION
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL))


def search_name(given_name: str, family_name: str) -> str:
    """Both names folded, the family's first: to search by, and to sort by."""
    return f"{fold(family_name)} {fold(given_name)}".strip()


def name_key(given_name: str, family_name: str) -> str:
    """Both names folded, in no order: the same when they were typed in each other's field."""
    return " ".join(sorted(search_name(given_name, family_name).split()))


def _check_lengths(person: PersonIn) -> None:
    if len(person.commune_name) > LONGEST_NAME or len(person.postal_code.strip()) > 12:  # noqa: PLR2004 (the column's)
        raise BadPerson(N_("Ce nom de commune ou ce code postal est trop long."), field="commune_name")


def _check_birth(birth_on: date | None, *, today: date) -> None:
    if birth_on is not None and not _FIRST_BIRTH <= birth_on <= today:
        raise BadPerson(N_("Cette date de naissance n’est pas possible : vérifiez l’année."), field="birth_on")
