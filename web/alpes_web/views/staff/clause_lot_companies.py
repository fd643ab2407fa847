"""The companies of a lot: one comes, stays until a day, or is taken off when it was put there by mistake."""

from flask import Blueprint
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.lot_companies import (
    add_lot_company,
    end_lot_company,
    the_lot_company,
    withdraw_lot_company,
)
from alpes_events.clause.contracts.lot_page import companies_of_lot
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed, said
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_lot_forms import LotCompanyEndForm, LotCompanyForm, stored_end
from alpes_web.staff.clause_lot_page import lot_address, lot_card, lot_steps
from alpes_web.staff.clause_sure import sure_page
from alpes_web.staff.scope import me

clause_lot_companies = Blueprint(
    "clause_lot_companies", __name__, url_prefix="/staff/clause/lots/<int:lot_id>/companies"
)


@clause_lot_companies.route("/new", methods=["GET", "POST"])
def add(lot_id: int) -> Response | tuple[str, int]:
    """A company comes onto the lot."""
    form = LotCompanyForm()
    with site().database.reading() as db:
        card = lot_card(db, lot_id)
        form.prepare(db)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                add_lot_company(
                    db,
                    lot_id,
                    int(form.company_id.data or 0),
                    form.chosen_role,
                    from_on=form.from_on.data,
                    until_on=form.until_on.data,
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            blame(form, refusal, first="company_id")
        else:
            return done(N_("L’entreprise est sur le lot."), lot_address(lot_id))
    rows = (("company_id",), ("role",), ("from_on", "until_on"))
    return form_page(
        form, rows, title=translated(N_("Ajouter une entreprise")), steps=lot_steps(card), back=lot_address(lot_id)
    )


@clause_lot_companies.route("/<int:lot_company_id>", methods=["GET", "POST"])
def end(lot_id: int, lot_company_id: int) -> Response | tuple[str, int]:
    """Until when a company is on the lot."""
    with site().database.reading() as db:
        card, stored = lot_card(db, lot_id), stored_end(the_lot_company(db, lot_id, lot_company_id))
        names = {one.row.id: one.name for one in companies_of_lot(db, lot_id)}
    form = LotCompanyEndForm(data=stored)
    form.amends(
        ("lot_company", lot_company_id), stored, lambda db: stored_end(the_lot_company(db, lot_id, lot_company_id))
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                until_on = form.until_on.data
                end_lot_company(db, lot_id, lot_company_id, until_on=until_on, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="until_on")
        else:
            return done(N_("Les changements sont enregistrés."), lot_address(lot_id))
    title = translated(N_("%(name)s sur ce lot")) % {"name": names[lot_company_id]}
    return form_page(form, (("until_on",),), title=title, steps=lot_steps(card), back=lot_address(lot_id))


@clause_lot_companies.get("/<int:lot_company_id>/withdraw")
def withdrawing(lot_id: int, lot_company_id: int) -> str:
    """Whether a company is to be taken off the lot."""
    with site().database.reading() as db:
        card, row = lot_card(db, lot_id), the_lot_company(db, lot_id, lot_company_id)
        names = {one.row.id: one.name for one in companies_of_lot(db, lot_id)}
    told = N_("L’entreprise n’aura jamais été sur ce lot. Si elle y a travaillé, inscrivez plutôt jusqu’à quand.")
    return sure_page(
        title=said(N_("Retirer %(name)s de ce lot ?"), name=names[row.id]),
        told=[translated(told)],
        button=translated(N_("Retirer cette entreprise")),
        steps=lot_steps(card),
        back=lot_address(lot_id),
    )


@clause_lot_companies.post("/<int:lot_company_id>/withdraw")
@answered_at(lot_address)
def withdraw(lot_id: int, lot_company_id: int) -> Response:
    """A company was put on the lot by mistake."""
    pressed()
    with change() as (db, now):
        withdraw_lot_company(db, lot_id, lot_company_id, now=now, account_id=me().account_id)
    return done(N_("L’entreprise n’est plus sur le lot."), lot_address(lot_id))
