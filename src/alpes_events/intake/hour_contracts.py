"""Which contract and lot a row of hours names: one that is there, or one that the row describes well enough."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from alpes_events.clause.contracts.drafts import SOLE_LOT
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.intake.hour_people import Unsure
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_rows import HourRecord
from alpes_events.intake.hour_things import SomeContract, SomeLot
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say

_LONGEST_REFERENCE, _LONGEST_NUMBER, _LONGEST_NAME = 60, 20, 150
_NOT_YET = datetime(1, 1, 1, tzinfo=UTC)
"""In rows that are not stored: nobody reads it."""


@dataclass
class Contracts:
    """Looks contracts and lots up, and remembers those of the file. `creates`: unknown ones may be created."""

    register: Register
    creates: bool
    made: list[SomeContract] = field(default_factory=list)
    made_lots: list[SomeLot] = field(default_factory=list)
    _new: dict[str, dict[str, SomeContract]] = field(default_factory=lambda: defaultdict(dict))
    _folded: dict[str, str] = field(default_factory=dict)

    def lot_of(self, row: HourRecord) -> SomeLot:
        """The lot of a row. Raises `Unsure`."""
        contract = self._contract(row)
        lots = contract.lots
        if not row.lot:
            if len(lots) == 1:
                return lots[0]
            if lots:
                raise Unsure("lot", say(N_("Ce marché a plusieurs lots : indiquez lequel.")))
            return self._new_lot(contract, row)
        wanted = self._fold(row.lot)
        named = [one for one in lots if wanted in _words_of(one.row)]
        if len(named) == 1:
            return named[0]
        if contract.id is not None and not self.creates:
            raise Unsure("lot", say(N_("Ce marché n’a pas ce lot : ajoutez-le d’abord, ou vérifiez son numéro.")))
        return self._new_lot(contract, row)

    def _contract(self, row: HourRecord) -> SomeContract:
        operation, authority = self._fold(row.operation), self._fold(row.authority)
        found = self.register.contracts.get(self._fold(row.reference), [])
        for place, said in ((0, operation), (1, authority)):
            found = [one for one in found if not said or self.register.names[one.id or 0][place] == said]
        if len(found) > 1:
            raise Unsure("operation", say(N_("Plusieurs marchés ont cette référence : indiquez l’opération.")))
        if found:
            if found[0].row.closed_on is not None:
                raise Unsure("reference", say(N_("Les comptes de ce marché sont clos : rouvrez-le d’abord.")))
            return found[0]
        return self._new_contract(row, operation)

    def _new_contract(self, row: HourRecord, operation: str) -> SomeContract:
        reference = self._fold(row.reference)
        here = [one for said, one in self._new[reference].items() if operation in {"", said}]
        if len(here) == 1:
            return here[0]
        if not self.creates:
            raise Unsure("reference", say(N_("Ce marché n’existe pas : créez-le d’abord, ou vérifiez sa référence.")))
        if not row.operation or not row.authority:
            raise Unsure(
                "reference",
                say(N_("Ce marché n’existe pas : pour le créer, indiquez le maître d’ouvrage et l’opération.")),
            )
        if not _is_name(row.reference, _LONGEST_REFERENCE):
            raise Unsure("reference", say(N_("Donnez la référence du marché, de 60 signes au plus.")))
        for name in ("operation", "authority"):
            if not _is_name(getattr(row, name), _LONGEST_NAME):
                raise Unsure(name, say(N_("Donnez un nom, de 150 signes au plus.")))
        starts_on = row.contract_starts_on or row.month
        facts: dict[str, Any] = {"operation_id": 0, "search_name": "", "created_at": _NOT_YET, "revised_at": _NOT_YET}
        contract = SomeContract(PublicContract(reference=row.reference, starts_on=starts_on, **facts), said=row)
        self._new[reference][operation] = contract
        self.made.append(contract)
        return contract

    def _new_lot(self, contract: SomeContract, row: HourRecord) -> SomeLot:
        taken = {one.row.number for one in contract.lots}
        number = row.lot if row.lot and len(row.lot) <= _LONGEST_NUMBER else str(len(contract.lots) + 1)
        title = "" if number == row.lot else row.lot[:150]
        while number in taken:
            number = f"{number}+"
        facts: dict[str, Any] = {"contract_id": 0, "created_at": _NOT_YET, "revised_at": _NOT_YET}
        lot = SomeLot(ClauseLot(number=number if row.lot else SOLE_LOT, title=title, **facts), contract)
        contract.lots.append(lot)
        self.made_lots.append(lot)
        return lot

    def _fold(self, text: str) -> str:
        if text not in self._folded:
            self._folded[text] = fold(text)
        return self._folded[text]


def begins_with(contract: SomeContract, row: HourRecord) -> None:
    """A contract that would be created begins with its first hours, or who was hired before, unless a row says when."""
    if contract.id is None:
        begins = row.contract_starts_on or min(row.month, row.starts_on or row.month)
        contract.row.starts_on = min(contract.row.starts_on, begins)


def _is_name(text: str, longest: int) -> bool:
    return any(sign.isalnum() for sign in text) and len(text) <= longest


def _words_of(lot: ClauseLot) -> set[str]:
    """How a row may name a lot: its number, its title, or both."""
    number, title = fold(lot.number), fold(lot.title)
    return {number, f"lot {number}", f"{number} {title}", f"lot {number} {title}"} | ({title} if title else set())
