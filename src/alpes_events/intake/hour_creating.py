"""What a file of hours names and nobody wrote down yet: companies, operations, contracts, lots.

All of a kind are written at once: on SQLite everybody else who writes waits meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from alpes_events.clause.contracts.drafts import (
    ContractDraft,
    LotDraft,
    OperationDraft,
    authority_columns,
    clean_contract,
    clean_lot,
    clean_operation,
)
from alpes_events.clause.eligibility.criteria import BUILT_IN, publics
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseOperation,
    ContractingAuthority,
    LotCompany,
    LotRole,
    PublicContract,
)
from alpes_events.companies.many import Named, companies_as_named
from alpes_events.database.numbered import insert_numbered
from alpes_events.database.parts import parts
from alpes_events.database.prepared import ask
from alpes_events.intake.hour_things import SomeContract, SomeLot, ToWrite
from alpes_events.journal.commands import record_all
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.territory.queries import CommuneView, resolve_commune, territory_members


class MovedOn(Exception):  # noqa: N818 (what happened, not an error)
    """Somebody else wrote since the plan was made: it is made anew."""


def create_companies(db: Session, hours: Iterable[ToWrite], *, now: datetime, account_id: int | None) -> None:
    """The new companies of these hours."""
    named = (company for one in hours for company in (one.employment.company, one.employment.employer))
    new = [company for company in dict.fromkeys(named) if company is not None and company.id is None]
    drafts = [Named(company.name, company.siret) for company in new]
    for company, number in zip(new, companies_as_named(db, drafts, now=now, account_id=account_id), strict=True):
        company.id = number


def create_contracts(db: Session, contracts: Iterable[SomeContract], *, now: datetime, account_id: int | None) -> None:
    """The contracts that are not there yet, with their operations and authorities. Raises `MovedOn` when one is."""
    new = [one for one in contracts if one.id is None and one.said is not None]
    if not new:
        return
    operations = _operations(db, new, now=now, account_id=account_id)
    listed = tuple(publics(db).values())
    rows = []
    for one in new:
        assert one.said is not None
        codes = sorted(one.codes) or [public.code for public in BUILT_IN]
        draft = ContractDraft(operations[one], one.said.reference, one.row.starts_on, publics=codes)
        rows.append(clean_contract(draft, listed))
    _check_contracts_are_new(db, rows)
    stored = _store(db, PublicContract, rows, kind="public_contract", now=now, account_id=account_id)
    for one, row, number in zip(new, rows, stored, strict=True):
        one.row = PublicContract(**row, id=number, created_at=now, revised_at=now)


def _check_contracts_are_new(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Nobody wrote one of these down since the plan was made."""
    wanted = {(row["operation_id"], row["reference"]) for row in rows}
    asked = select(PublicContract.operation_id, PublicContract.reference)
    for some in parts(sorted({operation_id for operation_id, _reference in wanted})):
        there = ask(db, asked.where(col(PublicContract.operation_id).in_(some)))
        if any((operation_id, reference) in wanted for operation_id, reference in there):
            raise MovedOn


def create_lots(db: Session, lots: Iterable[SomeLot], *, now: datetime, account_id: int | None) -> None:
    """The lots that are not there yet."""
    new = [lot for lot in lots if lot.row.id is None]
    rows = [
        clean_lot(lot.contract.row, LotDraft(lot.row.number, lot.row.title)) | {"contract_id": lot.contract.id}
        for lot in new
    ]
    stored = _store(db, ClauseLot, rows, kind="clause_lot", now=now, account_id=account_id)
    for lot, row, number in zip(new, rows, stored, strict=True):
        lot.row = ClauseLot(**row, id=number, created_at=now, revised_at=now)


def join_companies(db: Session, hours: Iterable[ToWrite], *, now: datetime, account_id: int | None) -> None:
    """The companies of these hours that are not on their lots yet: the first holds a lot, the others hold it too."""
    rows: list[dict[str, Any]] = []
    for lot, company in dict.fromkeys((one.employment.lot, one.employment.company) for one in hours):
        if company.id is None or company.id in lot.companies:
            continue
        role = LotRole.CO_CONTRACTOR if lot.companies else LotRole.CONTRACTOR
        rows.append({"lot_id": lot.row.id, "company_id": company.id, "role": role, "added_at": now})
        lot.companies.add(company.id)
    if not rows:
        return
    insert_numbered(db, LotCompany, rows)
    told = [(("clause_lot", int(row["lot_id"])), {"changed": ["company_id"]}) for row in rows]
    record_all(db, EntryKind.CLAUSE_CHANGED, told, now=now, account_id=account_id)


def _operations(
    db: Session, contracts: Sequence[SomeContract], *, now: datetime, account_id: int | None
) -> dict[SomeContract, int]:
    """The operation of each of these contracts: one that is there by its authority and name, or a new one."""
    authorities = _authorities(db, contracts, now=now, account_id=account_id)
    keys = {one: (authorities[fold(one.said.authority)], fold(one.said.operation)) for one in contracts if one.said}
    known: dict[tuple[int, str], int] = {}
    for some in parts(sorted({authority_id for authority_id, _name in keys.values()})):
        asked = select(ClauseOperation.authority_id, ClauseOperation.search_name, col(ClauseOperation.id))
        for authority_id, name, number in ask(db, asked.where(col(ClauseOperation.authority_id).in_(some))):
            known.setdefault((authority_id, name), number or 0)
    new = {keys[one]: one for one in reversed(contracts) if keys[one] not in known}
    places = _Places(db)
    rows = [clean_operation(places.draft(one, authority_id)) for (authority_id, _name), one in new.items()]
    stored = _store(db, ClauseOperation, rows, kind="clause_operation", now=now, account_id=account_id)
    known |= dict(zip(new, stored, strict=True))
    return {one: known[key] for one, key in keys.items()}


def _authorities(
    db: Session, contracts: Sequence[SomeContract], *, now: datetime, account_id: int | None
) -> dict[str, int]:
    """The authority of each folded name that these contracts say."""
    names = {fold(one.said.authority): one.said.authority for one in reversed(contracts) if one.said}
    known: dict[str, int] = {}
    for some in parts(sorted(names)):
        asked = select(ContractingAuthority.search_name, col(ContractingAuthority.id))
        named = asked.where(col(ContractingAuthority.search_name).in_(some)).order_by(col(ContractingAuthority.id))
        for name, number in ask(db, named):
            known.setdefault(name, number or 0)
    new = [name for name in names if name not in known]
    rows = [authority_columns(names[name]) for name in new]
    stored = _store(db, ContractingAuthority, rows, kind="contracting_authority", now=now, account_id=account_id)
    return known | dict(zip(new, stored, strict=True))


class _Places:
    """Communes by the names of a file, and who belongs to the territory on a day: each asked once."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._communes: dict[str, CommuneView | None] = {}
        self._members: dict[date, frozenset[str]] = {}

    def draft(self, contract: SomeContract, authority_id: int) -> OperationDraft:
        """The operation that a contract is of, as its first row says."""
        said, day = contract.said, contract.row.starts_on
        assert said is not None
        place, inside = self._commune(said.operation_commune), said.operation_inside
        if place is None:
            return OperationDraft(authority_id, said.operation, None, said.operation_commune, inside)
        if day not in self._members:
            self._members[day] = frozenset(territory_members(self._db, on=day))
        inside = place.insee_code in self._members[day] if inside is None else inside
        return OperationDraft(authority_id, said.operation, place.insee_code, place.name, inside)

    def _commune(self, name: str) -> CommuneView | None:
        if name not in self._communes:
            self._communes[name] = resolve_commune(self._db, name=name, postal_code="") if name else None
        return self._communes[name]


def _store(
    db: Session,
    model: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    *,
    kind: str,
    now: datetime,
    account_id: int | None,
) -> list[int]:
    """Insert the rows, tell the journal of each, and give their ids. Raises `MovedOn` when one is there meanwhile."""
    if not rows:
        return []
    dated = [{**row, "created_at": now, "revised_at": now} for row in rows]
    try:
        with db.begin_nested():
            stored = insert_numbered(db, model, dated)
    except IntegrityError as clash:
        raise MovedOn from clash
    told = [((kind, number), {"changed": ["created"]}) for number in stored]
    record_all(db, EntryKind.CLAUSE_CHANGED, told, now=now, account_id=account_id)
    return stored
