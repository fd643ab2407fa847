"""What the platform knows when a file of hours comes: contracts, companies, people and their hours, read once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseOperation,
    ContractingAuthority,
    LotCompany,
    PublicContract,
)
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourChain
from alpes_events.companies.models import Company, Establishment
from alpes_events.database.parts import parts
from alpes_events.intake.hour_things import SomeCompany, SomeContract, SomeEmployment, SomeLot, SomePerson
from alpes_events.language.folding import fold
from alpes_events.people.identity import name_key
from alpes_events.people.models import Candidate


@dataclass
class Register:
    """Indexes over what is stored. `names` are operations and authorities of contracts, folded, by contract."""

    contracts: dict[str, list[SomeContract]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    companies: dict[int, SomeCompany] = field(default_factory=dict)
    cores: dict[str, list[SomeCompany]] = field(default_factory=lambda: defaultdict(list))
    sirets: dict[str, SomeCompany] = field(default_factory=dict)
    people: dict[int, SomePerson] = field(default_factory=dict)
    by_name: dict[str, list[SomePerson]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[date, list[SomePerson]] = field(default_factory=lambda: defaultdict(list))


def read_register(db: Session) -> Register:
    """Read it, in a session that only reads."""
    register = Register()
    _companies(db, register)
    _contracts(db, register)
    _people(db, register)
    return register


def employments_on(
    db: Session, lots: Mapping[int, SomeLot], register: Register
) -> dict[tuple[int, int], list[SomeEmployment]]:
    """The work contracts on these lots, by person and lot."""
    told: dict[tuple[int, int], list[SomeEmployment]] = defaultdict(list)
    for part in parts(sorted(lots)):
        rows = db.exec(
            select(EmploymentContract)
            .where(col(EmploymentContract.lot_id).in_(part), col(EmploymentContract.withdrawn_at).is_(None))
            .order_by(col(EmploymentContract.starts_on), col(EmploymentContract.id))
        )
        for row in rows:
            person, company = register.people.get(row.candidate_id), register.companies.get(row.company_id)
            if person is None or person.id is None or company is None:
                continue
            employer = None if row.employer_id is None else register.companies.get(row.employer_id)
            known = SomeEmployment(
                person,
                lots[row.lot_id],
                company,
                employer,
                row.mode,
                row.starts_on,
                row.ended_on or row.ends_on,
                id=row.id,
                employer_id=row.employer_id,
            )
            told[person.id, row.lot_id].append(known)
    return told


def _companies(db: Session, register: Register) -> None:
    merged: dict[int, int] = {}
    table = Company.__table__.c  # type: ignore[attr-defined]
    for number, name, core, into in db.execute(
        sql_select(table.id, table.name, table.core_name, table.merged_into).order_by(table.id)
    ):
        if into is not None:
            merged[number] = into
            continue
        register.companies[number] = SomeCompany(name, core, id=number)
        register.cores[core].append(register.companies[number])
    for number in merged:
        standing = register.companies.get(_followed(merged, number))
        if standing is not None:
            register.companies[number] = standing
    places = select(Establishment.siret, Establishment.company_id).where(col(Establishment.siret).is_not(None))
    for siret, company_id in db.exec(places):
        if siret and company_id in register.companies:
            register.sirets[siret] = register.companies[company_id]


def _followed(merged: Mapping[int, int], number: int) -> int:
    """The record at the end of a row of merges."""
    while number in merged:
        number = merged[number]
    return number


def _contracts(db: Session, register: Register) -> None:
    heads = {chain.contract_id: chain.sequence for chain in db.exec(select(HourChain))}
    by_id: dict[int, SomeContract] = {}
    asked = (
        select(PublicContract, ClauseOperation.name, ContractingAuthority.name)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id))
        .order_by(col(PublicContract.id))
    )
    for row, operation, authority in db.exec(asked):
        known = SomeContract(row, sequence=heads.get(row.id or 0, 0))
        by_id[row.id or 0] = known
        register.contracts[fold(row.reference)].append(known)
        register.names[row.id or 0] = (fold(operation), fold(authority))
    lots: dict[int, SomeLot] = {}
    for lot in db.exec(select(ClauseLot).order_by(col(ClauseLot.id))):
        lots[lot.id or 0] = SomeLot(lot, by_id[lot.contract_id])
        by_id[lot.contract_id].lots.append(lots[lot.id or 0])
    for held in db.exec(select(LotCompany).where(col(LotCompany.withdrawn_at).is_(None))):
        standing = register.companies.get(held.company_id)
        if standing is not None and standing.id is not None:
            lots[held.lot_id].companies.add(standing.id)


def _people(db: Session, register: Register) -> None:
    """Everybody by name and birth date; a record that was merged stands for the one that it was merged into."""
    merged: dict[int, int] = {}
    rows = db.exec(select(Candidate).where(col(Candidate.erased_at).is_(None)).order_by(col(Candidate.id))).all()
    for row in rows:
        if row.merged_into is None:
            register.people[row.id or 0] = SomePerson(row, id=row.id)
        else:
            merged[row.id or 0] = row.merged_into
    for row in rows:
        person = register.people.get(_followed(merged, row.id or 0))
        if person is None:
            continue
        register.people[row.id or 0] = person
        _listed(register.by_name[name_key(row.given_name, row.family_name)], person)
        if row.birth_on is not None:
            _listed(register.by_birth[row.birth_on], person)


def _listed(people: list[SomePerson], person: SomePerson) -> None:
    if person not in people:
        people.append(person)
