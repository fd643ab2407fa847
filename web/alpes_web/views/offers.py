"""The offers that everyone sees: the list, one offer with the button to apply, and the news of new ones."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.database.page import Part
from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.atom import NewsOfOffers, render_offers
from alpes_events.hiring.codes import Proposer
from alpes_events.hiring.listing import counts_by_contract, listed_offers
from alpes_events.language.refusal import Refusal
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.queries import UnknownCandidate
from alpes_events.territory.organisation import current_organisation
from alpes_events.territory.queries import communes_on_map
from alpes_web.agenda_choice import RADII, USUAL_RADIUS
from alpes_web.clocks import today
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.links import site_links
from alpes_web.offer_alert_form import AlertForm
from alpes_web.offer_choice import chosen_chips, contract_chips, offer_choice, offers_address, query_of, without
from alpes_web.offer_page import ApplyForm, offer_page, the_shown_offer
from alpes_web.site import site
from alpes_web.typed import whole_number
from alpes_web.visitor import the_visitor

offers = Blueprint("offers", __name__, url_prefix="/job-offers")

A_PAGE = 20
_IN_FEED = 50
_LAST_PAGE = 10_000


@offers.get("")
def table() -> str:
    """The offers that are shown, the newest first."""
    day = today()
    number = max(1, whole_number(request.args.get("page", "1"), most=_LAST_PAGE) or 1)
    with site().database.reading() as db:
        communes = communes_on_map(db, on=day)
        choice = offer_choice(request.args, communes)
        page = listed_offers(db, choice, today=day, part=Part(number, A_PAGE))
        counts = counts_by_contract(db, choice, today=day)
        organisation = current_organisation(db)
    if number > 1 and not page.rows:
        abort(404)
    return render_template(
        "offers/list.html",
        section="offers",
        choice=choice,
        page=page,
        communes=communes,
        commune=next((one.name for one in communes if one.insee_code == choice.insee_code), ""),
        radii=RADII,
        usual_radius=USUAL_RADIUS,
        territory=organisation.territory_short_name,
        territory_address=offers_address(replace(choice, only_territory=True)),
        chips=contract_chips(choice, counts),
        chosen=chosen_chips(choice, territory=organisation.territory_short_name),
        carried_by_near=without(choice, "commune", "radius"),
        carried_by_search=without(choice, "q"),
        earlier=offers_address(choice, page=number - 1),
        later=offers_address(choice, page=number + 1),
        feed=offers_address(choice, endpoint="offers.news"),
        alert_form=AlertForm(formdata=None, query=urlencode(query_of(choice))),
        alert_address=offers_address(choice, endpoint="offer_requests.alert"),
    )


@offers.get("/news.atom")
def news() -> AnyResponse:
    """The newest offers as news, narrowed like the list."""
    day = today()
    with site().database.reading() as db:
        choice = offer_choice(request.args, communes_on_map(db, on=day))
        page = listed_offers(db, choice, today=day, part=Part(1, _IN_FEED))
        domain = current_organisation(db).uid_domain
    base = site().settings.base_url
    feed = NewsOfOffers(
        title=f"{translated('Offres d’emploi')} – {identity().name}",
        source=base + offers_address(choice, endpoint="offers.news"),
        page=base + offers_address(choice),
        domain=domain,
        language=language(),
        address=site_links().job_offer_url,
    )
    answer = Response(render_offers(feed, page.rows), content_type="application/atom+xml; charset=utf-8")
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@offers.get("/<slug>")
def page(slug: str) -> str:
    """What the job is, where, for whom, and how to apply."""
    return offer_page(slug)


@offers.post("/<slug>/apply")
def apply(slug: str) -> AnyResponse | tuple[str, int]:
    """The person who is signed in applies. The same form twice makes one application."""
    form = ApplyForm()
    if not form.validate_on_submit():
        return offer_page(slug, form), 422
    shown = the_shown_offer(slug)
    try:
        with site().database.writing() as db:
            own = candidates_of(db, the_visitor().account_id)
            if not own:
                raise UnknownCandidate
            wanted = ApplicationForm(
                offer_id=shown.offer.id or 0,
                candidate_id=own[0],
                proposer=Proposer.SELF,
                message=form.message.data or "",
                shares_contact=bool(form.shares_contact.data),
                form_key=form.form_key.data,
            )
            apply_for(db, wanted, now=site().now())
            db.commit()
    except Refusal as refusal:
        if not form.blame(refusal):
            raise
        return offer_page(slug, form), 422
    flash(translated("Votre candidature est enregistrée. Vous en verrez la suite dans votre espace."), "ok")
    return redirect(url_for("my_applications.table"), code=303)
