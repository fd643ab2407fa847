"""What the terms of an employment contract may be: its dates within the lot's, its weeks, its job."""

import re
from datetime import date
from typing import Protocol

from sqlmodel import Session

from alpes_events.clause.durations import MINUTES_PER_HOUR
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.terms import window_of
from alpes_events.companies.queries import the_company
from alpes_events.language.sentence import N_

_ROME = re.compile(r"[A-N]\d{4}")


_MOST_WEEK = 48 * MINUTES_PER_HOUR


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
    if terms.rome_code is not None and not _ROME.fullmatch(terms.rome_code):
        raise BadClause(
            N_("Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres."), field="rome_code"
        )
    if terms.weekly_minutes is not None and not 0 < terms.weekly_minutes <= _MOST_WEEK:
        raise BadClause(N_("Indiquez entre 1 et 48 heures par semaine."), field="weekly_minutes")
