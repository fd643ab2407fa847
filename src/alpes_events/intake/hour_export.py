"""The validated hours of a year as a sheet that can be imported again: one row for each person, contract and month.

Hours that a convention counts elsewhere stand where they were worked. By which public somebody is eligible is left out:
a gap where others have one would tell of health.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.companies.models import Company
from alpes_events.errands.file import XLSX, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.work import Product, Task
from alpes_events.intake.exported_words import SEX_WORDS, Words
from alpes_events.intake.hour_columns import HOUR_COLUMNS, MODES
from alpes_events.language.cells import Cell, Sheet, workbook
from alpes_events.language.sentence import N_, say
from alpes_events.people.models import Candidate

_MODE_WORDS = dict(zip(dict.fromkeys(MODES.codes.values()), MODES.proposed, strict=True))
_LEFT_OUT = frozenset({"full_name", "contract_starts_on", "criterion"})
_Worked = tuple[EmploymentContract, Candidate, ClauseLot, PublicContract, ClauseOperation, ContractingAuthority]


def hours_sheet(db: Session, year: int, *, language: str) -> Sheet:
    """Every work contract and month of the year worked that has validated hours."""
    minutes = _minutes(db, year)
    names = dict(db.exec(select(Company.id, Company.name)).all())
    rows: list[list[Cell]] = []
    for worked in _worked(db, year):
        employment = worked[0]
        for month, told in sorted(minutes.get(employment.id or 0, {}).items()):
            rows.append(_row(worked, names, month, told))
    headings = [one.heading for one in HOUR_COLUMNS if one.field not in _LEFT_OUT]
    return Sheet(say(N_("Heures")).in_language(language), headings, rows)


def hours_of_year(task: Task) -> Product:
    """A workbook with the validated hours of a year."""
    year, words = int(task.wishes["year"]), Words(task.language)
    task.step(0, 1)
    with task.database.reading() as db:
        sheet = hours_sheet(db, year, language=task.language)
    task.step(1, 1)
    name = f"{words(N_('heures'))}-{year}.xlsx"
    return Product((File(FileRole.RESULT, name, XLSX, workbook([sheet])),), {"rows": len(sheet.rows)})


def _minutes(db: Session, year: int) -> dict[int, dict[date, int]]:
    """Validated minutes by work contract and month; what sums to nothing is left out."""
    asked = (
        sql_select(col(HourEntry.employment_id), col(HourEntry.month), func.sum(col(HourEntry.minutes)))
        .where(_of(year))
        .group_by(col(HourEntry.employment_id), col(HourEntry.month))
    )
    told: dict[int, dict[date, int]] = {}
    for employment_id, month, minutes in db.execute(asked):
        if minutes:
            told.setdefault(employment_id, {})[month] = int(minutes)
    return told


def _of(year: int) -> ColumnElement[bool]:
    validated = col(HourEntry.account) == HourAccount.VALIDATED
    return validated & col(HourEntry.month).between(date(year, 1, 1), date(year, 12, 1))


def _worked(db: Session, year: int) -> list[_Worked]:
    """The work contracts of these hours with what they hang on, by contract, then by person."""
    asked = (
        sql_select(EmploymentContract, Candidate, ClauseLot, PublicContract, ClauseOperation, ContractingAuthority)
        .join(Candidate, col(Candidate.id) == col(EmploymentContract.candidate_id))
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id))
        .where(col(EmploymentContract.id).in_(sql_select(col(HourEntry.employment_id)).where(_of(year))))
        .order_by(col(PublicContract.id), col(Candidate.search_name), col(EmploymentContract.id))
    )
    return [
        (employment, person, lot, contract, operation, authority)
        for employment, person, lot, contract, operation, authority in db.execute(asked)
    ]


def _row(worked: _Worked, names: Mapping[int | None, str], month: date, minutes: int) -> list[Cell]:
    employment, person, lot, contract, operation, authority = worked
    inside = {True: "oui", False: "non", None: ""}[operation.in_territory]
    cells: dict[str, Cell] = {
        "record": person.id,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birth_on": person.birth_on,
        "sex": SEX_WORDS[employment.sex] if employment.sex else "",
        "insee_code": employment.insee_code or "",
        "commune_name": employment.commune_name,
        "postal_code": person.postal_code or "",
        "authority": authority.name,
        "operation": operation.name,
        "operation_commune": operation.commune_name,
        "operation_inside": inside,
        "reference": contract.reference,
        "lot": lot.number,
        "company": names.get(employment.company_id, ""),
        "siret": "",
        "employer": names.get(employment.employer_id, ""),
        "mode": _MODE_WORDS[employment.mode.value] if employment.mode else "",
        "rome_code": employment.rome_code or "",
        "starts_on": employment.starts_on,
        "ends_on": employment.ended_on or employment.ends_on,
        "month": f"{month:%m/%Y}",
        "minutes": f"{minutes // 60}h{minutes % 60:02d}",
    }
    return [cells[one.field] for one in HOUR_COLUMNS if one.field in cells]
