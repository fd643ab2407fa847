"""An employment contract set right: its dates, mode, employer, job and hours a week. The person's situation stays."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, func, select

from alpes_events.clause.eligibility.first_hires import eligibility_end
from alpes_events.clause.employment.employing import tell_employment
from alpes_events.clause.employment.employment_terms import TOO_YOUNG, check_terms, is_too_young
from alpes_events.clause.employment.engaging import last_planned_day, plan_total
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.ledger.ground import held_ground
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.terms import open_lot, the_employment
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate


@dataclass(frozen=True)
class EmploymentTerms:
    """What may be set right of an employment contract. `ended_on`: it ended sooner (or later) than written."""

    starts_on: date
    ends_on: date | None = None
    ended_on: date | None = None
    mode: EmploymentMode | None = None
    employer_id: int | None = None
    rome_code: str | None = None
    weekly_minutes: int | None = None


def revise_employment(
    db: Session, employment_id: int, terms: EmploymentTerms, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make the employment contract as the terms say, and give the names of what changed.

    Hours that were declared stay within its dates, or it is refused; those planned for months that it has no more are
    spread anew. Raises `BadClause`, `ContractClosed`, `UnknownEmployment`, `UnknownCompany`.
    """
    wanted = asdict(terms)
    if not _changes(the_employment(db, employment_id), wanted):
        return ()
    contract, lot = open_lot(db, the_employment(db, employment_id).lot_id)
    row = held_ground(db, employment_id).employment
    changed = _changes(row, wanted)
    check_terms(db, contract, lot, terms)
    if is_too_young(db.get_one(Candidate, row.candidate_id).birth_on, on=terms.starts_on):
        raise BadClause(TOO_YOUNG, field="starts_on")
    last = terms.ended_on or terms.ends_on
    if terms.ended_on is not None and terms.ended_on < terms.starts_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ended_on")
    _check_hours(db, employment_id, terms.starts_on, last)
    row.sqlmodel_update({name: wanted[name] for name in changed})
    row.eligible_until = eligibility_end(db, contract, row.candidate_id, terms.starts_on, but=employment_id)
    db.add(row)
    db.flush()
    tell_employment(db, row, {"changed": list(changed)}, now=now, account_id=account_id)
    _plan_within(db, row, now=now, account_id=account_id)
    return changed


def _changes(row: EmploymentContract, wanted: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in wanted.items() if getattr(row, name) != value)


def _check_hours(db: Session, employment_id: int, first: date, last: date | None) -> None:
    """What a company declared stays in the contract's months."""
    real = select(func.min(HourEntry.month), func.max(HourEntry.month)).where(
        HourEntry.employment_id == employment_id, HourEntry.account != HourAccount.PLANNED
    )
    earliest, latest = db.exec(real).one()
    if earliest is not None and earliest < month_of(first):
        raise BadClause(
            N_("Des heures sont au registre dès %(month)s : le contrat ne peut pas commencer après."),
            field="starts_on",
            month=f"{earliest:%m/%Y}",
        )
    if latest is not None and last is not None and latest > month_of(last):
        raise BadClause(
            N_("Des heures sont au registre jusqu’en %(month)s : le contrat ne peut pas finir avant."),
            field="ends_on",
            month=f"{latest:%m/%Y}",
        )


def _plan_within(db: Session, row: EmploymentContract, *, now: datetime, account_id: int | None) -> None:
    """Planned hours that fall outside the contract are spread anew over its months."""
    planned = balances_by_month(db, [row.id or 0], HourAccount.PLANNED)
    last = last_planned_day(db, row)
    months = [month for _employment, month in planned]
    outside = [one for one in months if one < month_of(row.starts_on) or (last is not None and one > month_of(last))]
    if outside and last is not None:
        plan_total(db, row.id or 0, sum(planned.values()), now=now, account_id=account_id)
