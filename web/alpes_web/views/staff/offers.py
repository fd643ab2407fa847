"""The offers of staff: listed, written, looked over before they are shown, and moved from state to state."""

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.companies.models import Company
from alpes_events.companies.queries import UnknownCompany
from alpes_events.hiring.applications_table import Wanted, applications
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import add_offer, end_offer, publish_offer, revise_offer, the_offer
from alpes_events.hiring.offer_draft import BadOffer, OfferDraft
from alpes_events.hiring.offer_states import next_offer_states
from alpes_events.hiring.offers_table import offer_counts, offers_to_publish, staff_offers
from alpes_events.intake.hiring_export import offers_sheet
from alpes_events.language.sentence import N_
from alpes_events.occupations.queries import proposals
from alpes_events.people.residence import WhichCommune
from alpes_web.forms import StrictForm
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.offer_form import OfferForm, stored_in_form
from alpes_web.staff.offer_words import APPLICATION_SAID, OFFER_SAID, pointed_out
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part, asked_text
from alpes_web.staff.take_away import asked_file, table_file

staff_offers_pages = Blueprint("staff_offers", __name__, url_prefix="/staff/offers")

SUBMITTED = "submitted"
_STATES = {state.value: state for state in OfferState}
_DONE = {
    OfferState.PUBLISHED: N_("L’offre est publiée."),
    OfferState.FILLED: N_("L’offre est pourvue : elle n’est plus proposée."),
    OfferState.EXPIRED: N_("L’offre est expirée : elle n’est plus proposée."),
    OfferState.WITHDRAWN: N_("L’offre est retirée."),
    OfferState.DRAFT: N_("L’offre est de nouveau un brouillon."),
}
_VERBS = {
    OfferState.PUBLISHED: N_("Publier"),
    OfferState.FILLED: N_("Poste pourvu"),
    OfferState.EXPIRED: N_("Clore"),
    OfferState.WITHDRAWN: N_("Retirer l’offre"),
    OfferState.DRAFT: N_("Reprendre le brouillon"),
}


class StateForm(StrictForm):
    """The state that a button asks for."""

    state = HiddenField()


@staff_offers_pages.get("")
def table() -> str | Response:
    """Every offer, or those of one state (`state`), or those whose words answer (`q`)."""
    asked, text = request.args.get("state", ""), asked_text()
    state, only_submitted = _STATES.get(asked), asked == SUBMITTED
    with site().database.reading() as db:
        page = staff_offers(db, state=state, text=text, part=asked_part(), only_submitted=only_submitted)
        counts, submitted_count = offer_counts(db), offers_to_publish(db)
        if (form := asked_file()) is not None:
            return table_file(form, offers_sheet(db, language=language()), name="offres")
    return render_template(
        "staff/offers/table.html",
        section="offers",
        page=page,
        state=state,
        text=text,
        counts=counts,
        only_submitted=only_submitted,
        submitted_count=submitted_count,
        said_states=OFFER_SAID,
    )


@staff_offers_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new offer, as a draft."""
    form = OfferForm(data={"company": request.args.get("company", ""), "place_count": 1})
    with site().database.reading() as db:
        form.prepare(db)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                offer_id = add_offer(db, form.draft(db), now=now, account_id=me().account_id)
        except (BadOffer, WhichCommune, UnknownCompany) as refusal:
            _blame(form, refusal)
        else:
            return done(
                N_("Le brouillon est gardé : relisez-le, puis publiez-le."),
                url_for("staff_offers.page", offer_id=offer_id),
            )
    page = render_template("staff/offers/form.html", section="offers", form=form, offer=None)
    return page, 422 if form.mistakes else 200


@staff_offers_pages.get("/<int:offer_id>")
def page(offer_id: int) -> str:
    """One offer: what is pointed out in it, its applications, and what may become of it."""
    with site().database.reading() as db:
        offer = the_offer(db, offer_id)
        company = db.get_one(Company, offer.company_id)
        lines = applications(db, Wanted(offer_id=offer_id), part=asked_part())
        proposed = None if offer.rome_code else proposals(db, offer.title)
    following = [state for state in _VERBS if state in next_offer_states(offer.state)]
    if offer.published_at is not None:
        following = [state for state in following if state is not OfferState.DRAFT]
    return render_template(
        "staff/offers/page.html",
        section="offers",
        offer=offer,
        company=company,
        page=lines,
        findings=pointed_out(OfferDraft.of(offer)),
        proposed=proposed,
        said_state=OFFER_SAID[offer.state],
        said_states=APPLICATION_SAID,
        following=[(state, _VERBS[state]) for state in following],
    )


@staff_offers_pages.route("/<int:offer_id>/edit", methods=["GET", "POST"])
def edit(offer_id: int) -> Response | tuple[str, int]:
    """An offer corrected."""
    with site().database.reading() as db:
        offer = the_offer(db, offer_id)
        stored = stored_in_form(OfferDraft.of(offer))
        form = OfferForm(data=stored)
        form.prepare(db)
    form.amends(("job_offer", offer_id), stored, lambda db: stored_in_form(OfferDraft.of(the_offer(db, offer_id))))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_offer(db, offer_id, form.draft(db), now=now, account_id=me().account_id)
        except (BadOffer, WhichCommune, UnknownCompany) as refusal:
            _blame(form, refusal)
        else:
            return done(N_("L’offre est corrigée."), url_for("staff_offers.page", offer_id=offer_id))
    shown = render_template("staff/offers/form.html", section="offers", form=form, offer=offer)
    return shown, 422 if form.mistakes else 200


@staff_offers_pages.post("/<int:offer_id>/state")
def move(offer_id: int) -> Response:
    """Publish an offer, or end it; taken back with one more press."""
    form = StateForm()
    form.refuse_unknown_fields()
    wanted = _STATES.get(form.state.data or "")
    with change() as (db, now):
        offer = the_offer(db, offer_id)
        if wanted is None:
            abort(400)
        came_from = offer.state
        if wanted is OfferState.PUBLISHED:
            count = len(pointed_out(OfferDraft.of(offer)))
            publish_offer(db, offer_id, now=now, account_id=me().account_id, finding_count=count)
        else:
            end_offer(db, offer_id, wanted, now=now, account_id=me().account_id)
    back = came_from if came_from in next_offer_states(wanted) else None
    undo = "" if back is None else url_for("staff_offers.back", offer_id=offer_id, state=back.value)
    return done(_DONE[wanted], url_for("staff_offers.page", offer_id=offer_id), undo=undo)


@staff_offers_pages.post("/<int:offer_id>/back/<any(draft, published, filled, expired, withdrawn):state>")
def back(offer_id: int, state: str) -> Response:
    """What was just done to an offer is taken back."""
    StrictForm().refuse_unknown_fields()
    wanted = OfferState(state)
    with change() as (db, now):
        if wanted is OfferState.PUBLISHED:
            publish_offer(db, offer_id, now=now, account_id=me().account_id)
        else:
            end_offer(db, offer_id, wanted, now=now, account_id=me().account_id)
    return done(_DONE[wanted], url_for("staff_offers.page", offer_id=offer_id))


def _blame(form: OfferForm, refusal: BadOffer | WhichCommune | UnknownCompany) -> None:
    if isinstance(refusal, BadOffer):
        form.put(refusal.problems)
    elif isinstance(refusal, WhichCommune):
        form.put({"commune_name": refusal.sentence})
    else:
        form.put({"company_id": refusal.sentence})
