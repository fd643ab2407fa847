"""Rows of the file `people`, read into records. Pure. Other files name people by the same columns."""

from dataclasses import dataclass

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.keys import import_key
from alpes_events.intake.place_name import PLACE_COLUMNS, place_name
from alpes_events.intake.row import Row
from alpes_events.intake.values import words
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, supported
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Sex

_SEXES = words(woman="femme, f, madame, mme, féminin", man="homme, h, m, monsieur, masculin")
_OUTSIDE = frozenset({"hors qpv", "hors", "non", "aucun"})

NAME_COLUMNS: tuple[Column, ...] = (
    needed("family_name", "nom", "nom de famille", "family name", "last name", "surname", example="Delattre"),
    needed("given_name", "prénom", "given name", "first name", example="Éloïse"),
    column("email", "e-mail", "email", "courriel", "mail", "adresse e-mail", example="eloise.delattre@example.org"),
    column("telephone", "téléphone", "tél", "portable", "mobile", "phone", "telephone", example="06 39 98 12 34"),
)
SITUATION_COLUMNS: tuple[Column, ...] = (
    column("birth_on", "date de naissance", "né le", "née le", "birth date", "naissance", example="04/11/1991"),
    column("sex", "sexe", "civilité", "sex", "genre", example="femme"),
    *PLACE_COLUMNS,
    column(
        "district", "quartier prioritaire", "QPV", "priority district", note=N_("code du quartier, ou « hors QPV »")
    ),
    column("language", "langue", "language", note=N_("fr ou en")),
)
PERSON_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", "numéro de dossier", example="D-1042"),
    *NAME_COLUMNS,
    *SITUATION_COLUMNS,
)


@dataclass(frozen=True)
class PersonRecord:
    """One person of a file."""

    key: str
    person: PersonIn


def person_record(row: Row) -> PersonRecord:
    """The person of a row; what is wrong stands in `row.issues`."""
    person = person_of(row)
    natural = (
        person.given_name,
        person.family_name,
        person.email,
        person.telephone,
        str(person.birth_on or ""),
        person.insee_code or person.commune_name,
    )
    return PersonRecord(import_key("person", identifier=row.text("identifier"), natural=natural), person)


def person_of(row: Row) -> PersonIn:
    """A person with everything that the row says of them."""
    place = place_name(row)
    district = row.text("district")
    outside = fold(district) in _OUTSIDE
    sex = row.choice("sex", _SEXES)
    return PersonIn(
        family_name=row.text("family_name"),
        given_name=row.text("given_name"),
        email=row.text("email"),
        telephone=row.text("telephone"),
        insee_code=place.insee_code,
        commune_name=place.name,
        postal_code=place.postal_code,
        birth_on=row.day("birth_on"),
        sex=Sex(sex) if sex else None,
        priority_district="" if outside else district,
        outside_priority_districts=outside,
        language=supported(row.text("language").lower()[:2] or "fr"),
    )


def named_person(row: Row) -> PersonIn:
    """A person by name and contact only."""
    return PersonIn(
        family_name=row.text("family_name"),
        given_name=row.text("given_name"),
        email=row.text("email"),
        telephone=row.text("telephone"),
    )
