"""What hours are written on: an employment contract, its lot and its public contract, read behind the held head.

Whoever closes a contract, moves its dates or withdraws an employment contract waits meanwhile: what is read here stays
so until the commit.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.clause.durations import LONGEST_MONTH, in_hours
from alpes_events.clause.ledger.ledger import hold_heads
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import BadHours, ContractClosed, UnknownEmployment
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.terms import window_of
from alpes_events.database.parts import parts
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class Ground:
    """An employment contract with the lot and the public contract that it is of."""

    employment: EmploymentContract
    lot: ClauseLot
    contract: PublicContract

    @property
    def contract_id(self) -> int:
        """The contract in whose chain its hours are."""
        return self.contract.id or 0

    def check(self, month: date, minutes: int) -> None:
        """Raises like `check_worked`."""
        check_worked(self.contract, self.lot, month=month, minutes=minutes)

    def check_employed(self, month: date) -> None:
        """Raises `BadHours` for a month in which the employment contract does not run."""
        last = self.employment.ended_on or self.employment.ends_on
        if month_of(month) < month_of(self.employment.starts_on) or (last is not None and month_of(month) > last):
            raise BadHours(
                N_("Le contrat de travail ne court pas en %(month)s : vérifiez le mois, ou les dates du contrat."),
                field="month",
                month=f"{month:%m/%Y}",
            )


def held_grounds(db: Session, employment_ids: Collection[int], *, besides: Collection[int] = ()) -> dict[int, Ground]:
    """What these employment contracts are of, with the chains of their contracts (and of those `besides`) held.

    Raises `UnknownEmployment` for one that is not there, or that was noted by mistake.
    """
    wanted = sorted(set(employment_ids))
    hold_chains(db, {*_contracts(db, wanted), *besides})
    asked = (
        select(EmploymentContract, ClauseLot, PublicContract)
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .where(col(EmploymentContract.withdrawn_at).is_(None))
        .execution_options(populate_existing=True)
    )
    found = {
        employment.id or 0: Ground(employment, lot, contract)
        for some in parts(wanted)
        for employment, lot, contract in db.exec(asked.where(col(EmploymentContract.id).in_(some)))
    }
    if len(found) != len(wanted):
        raise UnknownEmployment
    return found


def held_ground(db: Session, employment_id: int) -> Ground:
    """Like `held_grounds`, for one."""
    return held_grounds(db, [employment_id])[employment_id]


def hold_chains(db: Session, contract_ids: Iterable[int]) -> list[PublicContract]:
    """Hold the heads of these contracts' chains, and the contracts as they are now: nobody else writes in them, closes
    them, or moves their dates or their lots', until the commit. Gives the contracts.

    Whoever writes about a contract holds it alone, and before the head (`terms.held_contract`); here it is shared.
    """
    wanted = sorted(set(contract_ids))
    asked = select(PublicContract).order_by(col(PublicContract.id))
    shared = asked.with_for_update(read=True).execution_options(populate_existing=True)
    contracts = [
        contract for some in parts(wanted) for contract in db.exec(shared.where(col(PublicContract.id).in_(some)))
    ]
    hold_heads(db, wanted)
    return contracts


def fresh_lot(db: Session, lot_id: int) -> tuple[ClauseLot, PublicContract]:
    """A lot and its contract as they are now, once the chain is held."""
    lot = db.get_one(ClauseLot, lot_id, populate_existing=True)
    return lot, db.get_one(PublicContract, lot.contract_id)


def check_open(contract: PublicContract) -> None:
    """Raises `ContractClosed`."""
    if contract.closed_on is not None:
        raise ContractClosed


def check_worked(contract: PublicContract, lot: ClauseLot, *, month: date, minutes: int) -> None:
    """Raises `BadHours` for minutes that no month holds, or a month outside the lot's dates."""
    if minutes <= 0:
        raise BadHours(N_("Inscrivez un nombre d’heures plus grand que zéro."), field="minutes")
    if minutes > LONGEST_MONTH:
        raise BadHours(
            N_("%(hours)s en un mois, c’est plus que le mois n’en a : vérifiez le nombre."),
            field="minutes",
            hours=in_hours(minutes),
        )
    first, last = window_of(contract, lot)
    if month_of(month) < month_of(first):
        raise BadHours(
            N_("Le marché %(reference)s commence en %(first)s : il n’a pas d’heures en %(month)s."),
            field="month",
            reference=contract.reference,
            first=f"{first:%m/%Y}",
            month=f"{month:%m/%Y}",
        )
    if last is not None and month_of(month) > month_of(last):
        raise BadHours(
            N_("Le marché %(reference)s finit en %(last)s : il n’a pas d’heures en %(month)s."),
            field="month",
            reference=contract.reference,
            last=f"{last:%m/%Y}",
            month=f"{month:%m/%Y}",
        )


def _contracts(db: Session, employment_ids: Sequence[int]) -> set[int]:
    asked = select(ClauseLot.contract_id).join(EmploymentContract, col(EmploymentContract.lot_id) == col(ClauseLot.id))
    return {
        contract_id
        for some in parts(employment_ids)
        for contract_id in db.exec(asked.where(col(EmploymentContract.id).in_(some)))
    }
