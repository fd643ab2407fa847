"""Operations, contracts and lots as they are written, and what cannot be about them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, select

from alpes_events.clause.eligibility.criteria import Public, checked_codes, publics
from alpes_events.clause.refusals import BadClause, UnknownAuthority, UnknownClauseOperation
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.terms import the_public_contract
from alpes_events.companies.siret import SIREN_LENGTH, has_key
from alpes_events.language.folding import composed, fold, written
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune
from alpes_events.territory.queries import territory_members

SOLE_LOT = "1"
"""The number of the one lot of a contract without lots."""


_LONGEST_NAME = 150


@dataclass(frozen=True)
class OperationDraft:
    """An operation as written. `in_territory` None: as its commune says on the day it is written; None there too: not
    known.
    """

    authority_id: int
    name: str
    insee_code: str | None = None
    commune_name: str = ""
    in_territory: bool | None = None


@dataclass(frozen=True)
class ContractDraft:
    """A public contract as written; `penalty_cents` None: no penalty."""

    operation_id: int
    reference: str
    starts_on: date
    title: str = ""
    ends_on: date | None = None
    publics: Sequence[str] = ()
    eligibility_months: int = 24
    penalty_cents: int | None = None


@dataclass(frozen=True)
class LotDraft:
    """A lot as written; None: the contract's dates."""

    number: str = SOLE_LOT
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def authority_columns(name: str, *, siren: str = "") -> dict[str, Any]:
    """The columns that a name and a SIREN fill. Raises `BadClause`."""
    clean = _name(name, field="name")
    return {"name": clean, "search_name": fold(clean), "siren": _siren(siren)}


def operation_columns(db: Session, draft: OperationDraft, *, today: date) -> dict[str, Any]:
    """The columns that a draft of an operation fills. Raises `BadClause`, `UnknownAuthority`."""
    if db.get(ContractingAuthority, draft.authority_id) is None:
        raise UnknownAuthority
    if draft.insee_code is None:
        return clean_operation(draft)
    listed = db.get(Commune, draft.insee_code)
    if listed is None:
        raise BadClause(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name")
    asked = draft.in_territory is None
    inside = draft.insee_code in territory_members(db, on=today) if asked else draft.in_territory
    return clean_operation(replace(draft, commune_name=listed.name, in_territory=inside))


def clean_operation(draft: OperationDraft) -> dict[str, Any]:
    """The columns of an operation whose commune is known. Without one that is listed, what is named lies outside.

    Raises `BadClause`.
    """
    name, commune = _name(draft.name, field="name"), composed(written(draft.commune_name))[:100]
    outside = False if commune and draft.insee_code is None else None
    inside = outside if draft.in_territory is None else draft.in_territory
    return {**asdict(draft), "name": name, "search_name": fold(name), "commune_name": commune, "in_territory": inside}


def contract_columns(db: Session, draft: ContractDraft, *, contract_id: int | None = None) -> dict[str, Any]:
    """The columns that a draft of a contract fills. Raises `BadClause`, `BadCriteria`, `UnknownClauseOperation`."""
    if db.get(ClauseOperation, draft.operation_id) is None:
        raise UnknownClauseOperation
    clean = clean_contract(draft, publics(db).values())
    twin = select(PublicContract.id).where(
        PublicContract.operation_id == draft.operation_id, PublicContract.reference == clean["reference"]
    )
    if db.exec(twin).first() not in {None, contract_id}:
        raise BadClause(N_("Cette opération a déjà un marché de cette référence."), field="reference")
    return clean


def contract_problems(draft: ContractDraft) -> list[BadClause]:
    """All that cannot be about a contract as it is written, apart from what else is recorded."""
    found = []
    reference = composed(written(draft.reference))
    if not any(sign.isalnum() for sign in reference) or len(reference) > 60:  # noqa: PLR2004 (the column's length)
        found.append(BadClause(N_("Donnez la référence du marché, de 60 signes au plus."), field="reference"))
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        found.append(BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on"))
    if not any(code.strip() for code in draft.publics):
        found.append(BadClause(N_("Choisissez au moins un public que le marché accepte."), field="publics"))
    if not 1 <= draft.eligibility_months <= 120:  # noqa: PLR2004 (the table's CHECK)
        found.append(BadClause(N_("Une éligibilité dure de 1 à 120 mois."), field="eligibility_months"))
    if draft.penalty_cents is not None and not 0 <= draft.penalty_cents <= 100_000:  # noqa: PLR2004 (1,000 euros)
        found.append(BadClause(N_("Une pénalité va de 0 à 1 000 euros par heure."), field="penalty_cents"))
    return found


def clean_contract(draft: ContractDraft, listed: Iterable[Public]) -> dict[str, Any]:
    """The columns of a contract, with the publics of this list. Raises `BadClause`, `BadCriteria`."""
    for problem in contract_problems(draft):
        if problem.field != "publics":
            raise problem
    reference = composed(written(draft.reference))
    title = composed(written(draft.title))[:_LONGEST_NAME]
    return {
        **asdict(draft),
        "reference": reference,
        "title": title,
        "search_name": fold(f"{reference} {title}"),
        "publics": checked_codes(draft.publics, listed),
    }


def lot_columns(db: Session, contract_id: int, draft: LotDraft, *, lot_id: int | None = None) -> dict[str, Any]:
    """The columns that a draft of a lot fills. Raises `BadClause`, `UnknownPublicContract`."""
    clean = clean_lot(the_public_contract(db, contract_id), draft)
    twin = select(ClauseLot.id).where(ClauseLot.contract_id == contract_id, ClauseLot.number == clean["number"])
    if db.exec(twin).first() not in {None, lot_id}:
        raise BadClause(N_("Ce marché a déjà un lot de ce numéro."), field="number")
    return clean


def clean_lot(contract: PublicContract, draft: LotDraft) -> dict[str, Any]:
    """The columns of a lot of this contract. Raises `BadClause`."""
    number = composed(written(draft.number))
    if not any(sign.isalnum() for sign in number) or len(number) > 20:  # noqa: PLR2004 (the column's length)
        raise BadClause(N_("Donnez le numéro du lot, de 20 signes au plus."), field="number")
    starts, ends = draft.starts_on or contract.starts_on, draft.ends_on or contract.ends_on
    if starts < contract.starts_on or (ends is not None and ends < starts):
        raise BadClause(
            N_("Les dates du lot tiennent dans celles du marché : changez les unes ou les autres."), field="starts_on"
        )
    if contract.ends_on is not None and ends is not None and ends > contract.ends_on:
        raise BadClause(
            N_("Les dates du lot tiennent dans celles du marché : changez les unes ou les autres."), field="ends_on"
        )
    return {**asdict(draft), "number": number, "title": composed(written(draft.title))[:_LONGEST_NAME]}


def _name(text: str, *, field: str) -> str:
    clean = composed(written(text))
    if not any(sign.isalnum() for sign in clean) or len(clean) > _LONGEST_NAME:
        raise BadClause(N_("Donnez un nom, de 150 signes au plus."), field=field)
    return clean


def _siren(text: str) -> str | None:
    digits = "".join(text.split())
    if not digits:
        return None
    if len(digits) != SIREN_LENGTH or not (digits.isascii() and digits.isdigit() and has_key(digits)):
        raise BadClause(N_("Un SIREN a 9 chiffres : vérifiez-le, ou laissez ce champ vide."), field="siren")
    return digits
