"""The board of the social clause: each lot against the calendar, what lapses soon, who has not declared."""

from datetime import timedelta

from flask import Blueprint, render_template, request

from alpes_events.clause.board.board import BoardChoice
from alpes_events.clause.board.board import board as the_board
from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.declaring.missing import missing
from alpes_events.clause.eligibility.lapses import NEAR, lapses
from alpes_events.clause.months import month_of
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.clause_curve import small_curve
from alpes_web.staff.clause_people_page import reads_health
from alpes_web.staff.clause_people_words import LAPSING
from alpes_web.staff.clause_words import LOT_STATES
from alpes_web.typed import whole_number

clause = Blueprint("clause", __name__, url_prefix="/staff/clause")

_INSIDE = {"yes": True, "no": False}


@clause.get("")
def board() -> str:
    """Each lot with what it owes and what was done."""
    on = today()
    month = month_of(month_of(on) - timedelta(days=1))
    with site().database.reading() as db:
        shown = the_board(db, _choice(), today=on)
        undeclared = missing(db, month)
        lapsing = lapses(db, today=on, health=reads_health())
    return render_template(
        "staff/clause/board.html",
        section="clause",
        board=shown,
        curves={card.lot.id: small_curve(card, today=on) for card in shown.cards},
        lot_states=LOT_STATES,
        undeclared=undeclared,
        lapsing=lapsing,
        lapse_words=LAPSING,
        near=NEAR,
        today=on,
        month=month,
    )


def _choice() -> BoardChoice:
    state = request.args.get("state", "")
    return BoardChoice(
        state=LotState(state) if state in set(LotState) else None,
        company_id=whole_number(request.args.get("company", "")) or None,
        authority_id=whole_number(request.args.get("authority", "")) or None,
        in_territory=_INSIDE.get(request.args.get("where", "")),
    )
