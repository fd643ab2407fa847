"""The work of a lot written as an offer: a draft of the lot's company, that says at once what the lot's work is."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.lot_names import lot_names
from alpes_events.clause.placing.jobs import add_job, companies_of_lot, standing_on_lot
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.terms import the_lot, the_public_contract, window_of
from alpes_events.companies.queries import UnknownCompany
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.offer_draft import BadOffer
from alpes_events.language.sentence import N_, say
from alpes_events.people.residence import WhichCommune
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.offer_form import OfferForm
from alpes_web.staff.scope import me

clause_jobs = Blueprint("clause_jobs", __name__, url_prefix="/staff/clause/lots/<int:lot_id>/jobs")


@clause_jobs.route("/new", methods=["GET", "POST"])
def new(lot_id: int) -> Response | tuple[str, int]:
    """The offer form of the house, with what the lot says filled in."""
    with site().database.reading() as db:
        lot = the_lot(db, lot_id)
        name = lot_names(db, [lot_id])[lot_id]
        form = OfferForm(data=_prefilled(db, lot))
        form.prepare(db)
        on_lot = {str(one) for one in companies_of_lot(db, lot_id)}
    form.company.choices = [one for one in form.company.choices if not one[0] or one[0] in on_lot]
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                offer_id = add_offer(db, form.draft(db), now=now, account_id=me().account_id)
                add_job(db, lot_id, offer_id, now=now, account_id=me().account_id)
        except BadOffer as refusal:
            form.put(refusal.problems)
        except WhichCommune as refusal:
            form.put({"commune_name": refusal.sentence})
        except (UnknownCompany, BadClause):
            form.put({"company_id": say(N_("Choisissez une entreprise de ce lot."))})
        else:
            address = url_for("clause_finding.people", lot_id=lot_id, offer_id=offer_id)
            return done(N_("Le poste est gardé en brouillon : personne d’autre ne le voit."), address)
    back = url_for("clause_finding.home", lot_id=lot_id)
    page = render_template("staff/clause/job.html", section="clause", form=form, offer=None, lot=name, back_to=back)
    return page, 422 if form.mistakes else 200


def _prefilled(db: Session, lot: ClauseLot) -> dict[str, object]:
    """What a lot says of its work: who employs, and when."""
    first, last = window_of(the_public_contract(db, lot.contract_id), lot)
    companies = standing_on_lot(db, lot.id or 0)
    starts_on = max(first, today())
    ends_on = last if last is not None and last >= starts_on else None
    return {
        "contract": ContractKind.CDI if ends_on is None else ContractKind.CDD,
        "company": str(companies[0]) if companies else "",
        "place_count": 1,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "weekly_minutes": 35 * 60,
    }
