"""The names of the parts of a cut: operations, companies, persons, communes, publics, months."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.tables.contract_rows import ClauseOperation
from alpes_events.clause.tally.keys import ELSEWHERE, Cut
from alpes_events.clause.tally.words import part_words
from alpes_events.companies.models import Company
from alpes_events.database.parts import parts
from alpes_events.language import dates
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, catalogue
from alpes_events.people.evidence import EvidenceIdentity
from alpes_events.people.models import Candidate
from alpes_events.territory.models import Commune

_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])", re.ASCII)
_ERASED = N_("une personne effacée")


def pseudonym(person_id: int) -> str:
    """What stands for a person where no name is told: the same in every export."""
    return f"P{person_id:05d}"


_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


def part_names(db: Session, cut: Cut, keys: Iterable[str], *, language: str, names: bool = False) -> dict[str, str]:
    """The name of each part of a cut, in a language; `names`: persons by their names instead of their pseudonyms."""
    wanted = list(keys)
    found = _stored(db, cut, [key for key in wanted if part_words(cut, key) is None], language, names=names)
    gettext = catalogue(language).gettext
    return {key: found.get(key) or gettext(part_words(cut, key) or "") or key for key in wanted}


def _stored(db: Session, cut: Cut, keys: list[str], language: str, *, names: bool) -> dict[str, str]:
    """What is called by a name that stands in the database, or by a date."""
    match cut:
        case Cut.OPERATION:
            found = _by_id(operation_names(db, _numbers(keys)))
        case Cut.COMPANY:
            found = _by_id(company_names(db, _numbers(keys)))
        case Cut.PERSON:
            ids = _numbers(keys)
            found = _by_id(person_names(db, ids, language=language) if names else {one: pseudonym(one) for one in ids})
        case Cut.COMMUNE:
            found = _communes(db, keys)
        case Cut.CRITERION:
            found = public_names(db, language=language)
        case Cut.MONTH:
            months = [key for key in keys if _MONTH.fullmatch(key)]
            found = {key: dates.month(date.fromisoformat(f"{key}-01"), language=language, year=True) for key in months}
        case _:
            found = {}
    return found


def _numbers(keys: Iterable[str]) -> list[int]:
    """The ids among what an address says."""
    return [int(key) for key in keys if _ID.fullmatch(key)]


def _by_id(named: Mapping[int, str]) -> dict[str, str]:
    return {str(one): name for one, name in named.items()}


def operation_names(db: Session, ids: Iterable[int]) -> dict[int, str]:
    """Names of operations."""
    found: dict[int, str] = {}
    for part in parts(sorted(ids)):
        rows = db.exec(select(ClauseOperation.id, ClauseOperation.name).where(col(ClauseOperation.id).in_(part)))
        found |= {one or 0: name for one, name in rows}
    return found


def company_names(db: Session, ids: Iterable[int]) -> dict[int, str]:
    """Names of companies."""
    found: dict[int, str] = {}
    for part in parts(sorted(ids)):
        found |= {
            one or 0: name for one, name in db.exec(select(Company.id, Company.name).where(col(Company.id).in_(part)))
        }
    return found


def person_names(db: Session, ids: Iterable[int], *, language: str) -> dict[int, str]:
    """Given and family names; of those erased the name kept as evidence, or that they are erased."""
    wanted = list(ids)
    kept: dict[int, str] = {}
    told: dict[int, str] = {}
    for part in parts(wanted):
        kept |= {
            row.candidate_id: f"{row.given_name} {row.family_name}"
            for row in db.exec(select(EvidenceIdentity).where(col(EvidenceIdentity.candidate_id).in_(part)))
        }
        rows = select(Candidate.id, Candidate.given_name, Candidate.family_name, Candidate.erased_at)
        for one, given, family, erased in db.exec(rows.where(col(Candidate.id).in_(part))):
            gone = kept.get(one or 0) or catalogue(language).gettext(_ERASED)
            told[one or 0] = gone if erased else f"{given} {family}".strip()
    return told


def public_names(db: Session, *, language: str) -> dict[str, str]:
    """Labels of the publics by code."""
    gettext = catalogue(language).gettext
    own = language != SOURCE_LANGUAGE
    return {
        code: (one.label_en if own and one.label_en else gettext(one.criterion.label))
        for code, one in publics(db).items()
    }


def _communes(db: Session, keys: list[str]) -> dict[str, str]:
    listed = {key for key in keys if not key.startswith(ELSEWHERE)}
    found = {key: key.removeprefix(ELSEWHERE) for key in keys if key not in listed}
    for part in parts(sorted(listed)):
        rows = db.exec(select(Commune.insee_code, Commune.name).where(col(Commune.insee_code).in_(part)))
        found |= {code: name for code, name in rows}  # noqa: C416
    return found
