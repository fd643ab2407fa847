"""The ledger of a public contract: read entry by entry; a facilitator corrects, which adds entries."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.belonging import own_companies
from alpes_events.clause.contracts.conventions import lots_of_contract
from alpes_events.clause.declaring.declaration_refusals import SaidInDeclaration
from alpes_events.clause.declaring.line_entries import correct_entry, declaration_of_entry
from alpes_events.clause.ledger.ledger_table import LedgerChoice, ledger_line, ledger_of, months_of_ledger
from alpes_events.clause.months import month_of
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.terms import the_public_contract
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Role
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_lot_forms import CorrectionForm
from alpes_web.staff.clause_words import ACCOUNTS, KINDS, SOURCES
from alpes_web.staff.period import asked_day
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part
from alpes_web.typed import whole_number

clause_ledger = Blueprint("clause_ledger", __name__, url_prefix="/staff/clause/contracts/<int:contract_id>/ledger")

_PART = 50


@clause_ledger.get("")
def table(contract_id: int) -> str:
    """The entries of a contract, the latest first, by account, lot and month."""
    choice = _choice()
    with site().database.reading() as db:
        contract = the_public_contract(db, contract_id)
        page = ledger_of(db, contract_id, choice, part=asked_part(_PART))
        lots, months = lots_of_contract(db, contract_id), months_of_ledger(db, contract_id)
        own = own_companies(db, me().account_id)
    return render_template(
        "staff/clause/ledger.html",
        section="clause",
        contract=contract,
        page=page,
        choice=choice,
        lots=lots,
        months=months,
        accounts=ACCOUNTS,
        kinds=KINDS,
        sources=SOURCES,
        facilitates=me().role is Role.FACILITATOR,
        own=own,
    )


@clause_ledger.route("/<int:sequence>/correct", methods=["GET", "POST"])
def correct(contract_id: int, sequence: int) -> Response | tuple[str, int]:
    """Take an entry back, and write the right hours in its place."""
    with site().database.reading() as db:
        contract = the_public_contract(db, contract_id)
        line = ledger_line(db, contract_id, sequence)
        declaration_id = declaration_of_entry(db, contract_id, sequence)
    if declaration_id is not None:
        return _said_in_declaration(contract, sequence, declaration_id)
    form = CorrectionForm()
    back = url_for("clause_ledger.table", contract_id=contract_id)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                correct_entry(db, contract_id, sequence, form.minutes.data, now=now, account_id=me().account_id)
        except Refusal as refusal:
            if refusal.status in {403, 404}:
                raise
            blame(form, refusal, first="minutes")
        else:
            return done(N_("La correction est inscrite au registre."), back)
    lead = translated(
        N_(
            "%(who)s, %(month)s, heures %(account)s. L’écriture n° %(number)s reste au registre ; "
            "une écriture inverse la reprend, et les heures justes s’ajoutent."
        )
    ) % {
        "who": line.name or translated(N_("Personne n° %(number)s")) % {"number": line.candidate_id},
        "month": f"{line.entry.month:%m/%Y}",
        "account": translated(ACCOUNTS[line.entry.account]).lower(),
        "number": sequence,
    }
    return form_page(
        form,
        (("minutes",),),
        title=translated(N_("Corriger l’écriture n° %(number)s")) % {"number": sequence},
        steps=[
            (translated(N_("Marchés")), url_for("clause_contracts.table")),
            (contract.reference, url_for("clause_contracts.page", contract_id=contract_id)),
            (translated(N_("Registre de %(reference)s")) % {"reference": contract.reference}, back),
        ],
        back=back,
        lead=lead,
        save=translated(N_("Inscrire la correction")),
    )


def _said_in_declaration(contract: PublicContract, sequence: int, declaration_id: int) -> tuple[str, int]:
    """Where hours that a declaration says are corrected."""
    page = render_template(
        "staff/clause/entry_declared.html",
        section="clause",
        contract=contract,
        sequence=sequence,
        declaration_id=declaration_id,
        sentence=SaidInDeclaration(declaration_id).sentence,
    )
    return page, 409 if request.method == "POST" else 200


def _choice() -> LedgerChoice:
    account, month = request.args.get("account", ""), asked_day("month")
    return LedgerChoice(
        account=HourAccount(account) if account in set(HourAccount) else None,
        lot_id=whole_number(request.args.get("lot", "")),
        month=None if month is None else month_of(month),
    )
