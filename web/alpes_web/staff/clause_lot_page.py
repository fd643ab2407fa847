"""What the pages of one lot share: how it stands, the way to it, its address."""

from flask import url_for
from sqlmodel import Session

from alpes_events.clause.board.board import LotCard, lot_cards
from alpes_events.clause.refusals import UnknownLot
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.staff.clause_form_page import Steps


def lot_card(db: Session, lot_id: int) -> LotCard:
    """How the lot stands today, or `UnknownLot`."""
    cards = lot_cards(db, today=today(), lot_ids=[lot_id])
    if not cards:
        raise UnknownLot
    return cards[0]


def lot_steps(card: LotCard) -> Steps:
    """The way to the lot."""
    words = translated(N_("Lot %(number)s")) % {"number": card.lot.number}
    return [
        (translated(N_("Marchés")), url_for("clause_contracts.table")),
        (card.contract.reference, url_for("clause_contracts.page", contract_id=card.contract.id)),
        (words, lot_address(card.lot.id or 0)),
    ]


def lot_address(lot_id: int, **_parts: int) -> str:
    """Where the lot is read."""
    return url_for("clause_lots.page", lot_id=lot_id)
