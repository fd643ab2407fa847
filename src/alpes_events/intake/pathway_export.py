"""Pathways as sheets: participants by name, to be imported again; and without names, as funders ask for them.

Neither tells of health: criteria that do are left out, and a legitimate exit has no reason.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import partial

from sqlmodel import Session, col, select

from alpes_events.database.page import every_row
from alpes_events.database.parts import parts
from alpes_events.hiring.project_words import TRAINING_LEVELS
from alpes_events.intake.exported_words import AGE_WORDS, SEX_WORDS, Words
from alpes_events.intake.pathway_rows import PATHWAY_COLUMNS
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.pathways.directory import PathwayChoice, PathwayLine, pathways
from alpes_events.pathways.models import Enrolment, EnrolmentCriterion, FundingPeriod, PathwayExit
from alpes_events.pathways.words import OUTCOMES, scheme_words, shown_reason
from alpes_events.people.models import Account
from alpes_events.people.records import canonical_ids
from alpes_events.people.situation import age_on

_PSEUDONYM_SIGNS = 12
_HEADINGS = (
    N_("Participant"),
    N_("Dispositif"),
    N_("Période de financement"),
    N_("Sexe"),
    N_("Âge à l’entrée"),
    N_("Tranche d’âge"),
    N_("Niveau de formation"),
    N_("Code INSEE"),
    N_("Commune"),
    N_("Quartier prioritaire"),
    N_("Critères"),
    N_("Entrée"),
    N_("Début de l’enregistrement"),
    N_("Sortie"),
    N_("Situation à la sortie"),
)


def pathways_sheet(db: Session, choice: PathwayChoice, *, language: str) -> Sheet:
    """The pathways chosen, a row each under the headings of the import; then how each ended."""
    words = Words(language)
    lines = every_row(partial(pathways, db, choice))
    criteria, periods, referents = _criteria(db, lines), _periods(db), _referents(db)
    heading = [one.heading for one in PATHWAY_COLUMNS] + [words(N_("genre de sortie"))]
    rows = [
        _named(line, criteria.get(line.enrolment.id or 0, ""), periods, referents, words)
        for line in lines
        if line.person
    ]
    return Sheet(words(N_("Participants")), heading, rows)


def pseudonymous_sheet(db: Session, scheme_code: str, year: int, *, key: str, language: str) -> Sheet:
    """Who was in a scheme on one day of the year at least, a row for each record, by pseudonym and nobody by name.

    A person has the same pseudonym in every such file of this installation (`key` is its secret).
    """
    words = Words(language)
    lines = every_row(partial(pathways, db, PathwayChoice(scheme_code=scheme_code, year=year)))
    criteria, periods = _criteria(db, lines), _periods(db)
    standing = canonical_ids(db, [line.enrolment.candidate_id for line in lines])
    rows = [
        _nameless(
            line,
            pseudonym(standing[line.enrolment.candidate_id], key=key),
            criteria.get(line.enrolment.id or 0, ""),
            periods,
            year,
            words,
        )
        for line in lines
    ]
    return Sheet(
        words(N_("Participants")), [words(one) for one in _HEADINGS], sorted(rows, key=lambda row: str(row[0]))
    )


def pseudonym(candidate_id: int, *, key: str) -> str:
    """What stands for a person in files without names: nobody without the key finds who it is."""
    digest = hmac.new(key.encode(), f"participant:{candidate_id}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_PSEUDONYM_SIGNS]


def _named(
    line: PathwayLine, criteria: str, periods: dict[int, str], referents: dict[int, str], words: Words
) -> Sequence[Cell]:
    row, person, left = line.enrolment, line.person, line.left
    assert person is not None, "the erased are left out"
    reason = "" if left is None else shown_reason(row.scheme_code, left.reason, left.outcome, SOURCE_LANGUAGE)
    return [
        "",
        person.family_name,
        person.given_name,
        person.email,
        person.telephone,
        person.birth_on,
        words.of(person.sex, SEX_WORDS),
        person.insee_code or "",
        person.commune_name,
        person.postal_code,
        person.priority_district or ("hors QPV" if person.outside_priority_districts else ""),
        person.language,
        row.scheme_code,
        row.first_entered_on,
        criteria,
        row.operator,
        referents.get(row.referent_id or 0, ""),
        periods.get(row.funding_period_id or 0, ""),
        *(("", "", "", None, "", "") if left is None else _exit_cells(left, reason)),
        "" if left is None else words(OUTCOMES[left.outcome]),
    ]


def _exit_cells(left: PathwayExit, reason: str) -> tuple[Cell, ...]:
    return (left.exited_on, reason, left.proof, left.job_months, left.contract, left.sector)


def _nameless(
    line: PathwayLine, who: str, criteria: str, periods: dict[int, str], year: int, words: Words
) -> Sequence[Cell]:
    row, left = line.enrolment, line.left
    if left is not None and left.exited_on.year > year:
        left = None
    born = line.person.birth_on if line.person is not None else None
    return [
        who,
        scheme_words(row.scheme_code, words.language),
        periods.get(row.funding_period_id or 0, ""),
        words.of(row.sex, SEX_WORDS),
        None if born is None else age_on(born, on=row.first_entered_on),
        words.of(row.age_band, AGE_WORDS),
        words(TRAINING_LEVELS[row.training_level]) if row.training_level in TRAINING_LEVELS else "",
        row.insee_code or "",
        line.commune,
        words.flag(row.in_priority_district),
        criteria,
        row.first_entered_on,
        row.entered_on,
        None if left is None else left.exited_on,
        "" if left is None else _situation(row, left, words),
    ]


def _situation(row: Enrolment, left: PathwayExit, words: Words) -> str:
    reason = shown_reason(row.scheme_code, left.reason, left.outcome, words.language)
    return " : ".join(part for part in (words(OUTCOMES[left.outcome]), reason) if part)


def _criteria(db: Session, lines: Sequence[PathwayLine]) -> dict[int, str]:
    ids = sorted(line.enrolment.id or 0 for line in lines)
    found: dict[int, list[str]] = {}
    for some in parts(ids):
        part = col(EnrolmentCriterion.enrolment_id).in_(some)
        for one in db.exec(select(EnrolmentCriterion).where(part).order_by(col(EnrolmentCriterion.code))):
            found.setdefault(one.enrolment_id, []).append(one.code)
    return {enrolment_id: ", ".join(codes) for enrolment_id, codes in found.items()}


def _periods(db: Session) -> dict[int, str]:
    return {row.id or 0: row.label for row in db.exec(select(FundingPeriod))}


def _referents(db: Session) -> dict[int, str]:
    asked = select(Account.id, Account.email).where(col(Account.id).in_(select(Enrolment.referent_id)))
    return {one or 0: email for one, email in db.exec(asked)}
