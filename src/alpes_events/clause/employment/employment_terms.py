"""What the terms of an employment contract may be: its dates within the lot's, its weeks, its job."""

from datetime import date
from typing import Protocol

from sqlmodel import Session

from alpes_events.clause.durations import MINUTES_PER_HOUR
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.terms import window_of
from alpes_events.companies.queries import the_company
from alpes_events.language.sentence import N_
from alpes_events.occupations.codes import loaded_codes, wrong_rome
from alpes_events.people.situation import age_on

_MOST_WEEK = 48 * MINUTES_PER_HOUR
_YOUNGEST = 14
"""Nobody younger is employed (Code du travail, L.4153-1)."""
TOO_YOUNG = N_("Cette personne a moins de 14 ans le premier jour : vérifiez sa date de naissance.")


class Dated(Protocol):
    """What every employment contract says of its dates, employer and hours a week."""

    @property
    def starts_on(self) -> date:
        """Its first day."""

    @property
    def ends_on(self) -> date | None:
        """Its last day, if it has one."""

    @property
    def employer_id(self) -> int | None:
        """Who employs, when it is not the company of the lot."""

    @property
    def rome_code(self) -> str | None:
        """The code of the job, when it is known."""

    @property
    def weekly_minutes(self) -> int | None:
        """Minutes a week, when they are known."""


def check_terms(db: Session, contract: PublicContract, lot: ClauseLot, terms: Dated) -> None:
    """Raises `BadClause` for dates that cannot be, or outside the lot's, and for absurd weeks; `UnknownCompany`."""
    first, last = window_of(contract, lot)
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    if terms.starts_on < first or (last is not None and terms.starts_on > last):
        raise BadClause(N_("Le contrat de travail commence hors des dates du lot."), field="starts_on")
    if terms.employer_id is not None:
        the_company(db, terms.employer_id)
    wrong = None if terms.rome_code is None else wrong_rome(terms.rome_code, loaded_codes(db))
    if wrong is not None:
        raise BadClause(wrong.text, field="rome_code", **dict(wrong.facts))
    if terms.weekly_minutes is not None and not 0 < terms.weekly_minutes <= _MOST_WEEK:
        raise BadClause(N_("Indiquez entre 1 et 48 heures par semaine."), field="weekly_minutes")


def is_too_young(birth_on: date | None, *, on: date) -> bool:
    """Whether somebody born then is too young to be employed on that day."""
    return birth_on is not None and age_on(birth_on, on=on) < _YOUNGEST
