"""The accounts of a contract closed and opened again; a contract without lots taken away."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.removing import remove_contract
from alpes_events.clause.contracts.revising import close_contract
from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.balances import waiting_minutes
from alpes_events.clause.terms import the_public_contract
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed, said
from alpes_web.staff.clause_sure import sure_page
from alpes_web.staff.scope import me

clause_closing = Blueprint("clause_closing", __name__, url_prefix="/staff/clause/contracts/<int:contract_id>")


def _page_of(contract_id: int) -> str:
    return url_for("clause_contracts.page", contract_id=contract_id)


@clause_closing.get("/close")
def sure(contract_id: int) -> str:
    """What it means to close the accounts of a contract, and what would be left undecided."""
    with site().database.reading() as db:
        contract = the_public_contract(db, contract_id)
        waiting = waiting_minutes(db, contract_id)
    told = [said(N_("%(hours)s déclarées attendent encore une décision."), hours=in_hours(waiting))] if waiting else []
    rest = N_(
        "Le marché ne reçoit plus rien : ni heures, ni avenants, ni objectifs, ni personnes. "
        "Ses pages et ses documents restent, et on peut rouvrir ses comptes."
    )
    back = url_for("clause_contracts.page", contract_id=contract_id)
    return sure_page(
        title=translated(N_("Clore les comptes ?")),
        told=[*told, translated(rest)],
        button=translated(N_("Clore les comptes")),
        steps=[(translated(N_("Marchés")), url_for("clause_contracts.table")), (contract.reference, back)],
        back=back,
    )


@clause_closing.post("/<any(close, reopen):what>")
def close(contract_id: int, what: str) -> Response:
    """Close the accounts of a contract, or open them again."""
    pressed()
    shut = what == "close"
    with change() as (db, now):
        close_contract(db, contract_id, on=today() if shut else None, now=now, account_id=me().account_id)
    address = _page_of(contract_id)
    if shut:
        undo = url_for("clause_closing.close", contract_id=contract_id, what="reopen")
        return done(N_("Les comptes du marché sont clos : il ne reçoit plus rien."), address, undo=undo)
    return done(N_("Les comptes du marché sont rouverts."), address)


@clause_closing.get("/remove")
def removing(contract_id: int) -> str:
    """Whether the contract is to be taken away."""
    with site().database.reading() as db:
        reference = the_public_contract(db, contract_id).reference
    back = _page_of(contract_id)
    return sure_page(
        title=translated(N_("Retirer ce marché ?")),
        told=[translated(N_("Un marché se retire tant que rien n’y est inscrit : ni lot, ni personne, ni heures."))],
        button=translated(N_("Retirer ce marché")),
        steps=[(translated(N_("Marchés")), url_for("clause_contracts.table")), (reference, back)],
        back=back,
    )


@clause_closing.post("/remove")
@answered_at(_page_of)
def remove(contract_id: int) -> Response:
    """One that has no lot, removed."""
    pressed()
    with change() as (db, now):
        remove_contract(db, contract_id, now=now, account_id=me().account_id)
    return done(N_("Le marché est retiré."), url_for("clause_contracts.table"))
