"""Applying, or asking for an alert, without an account: a link in a message confirms the address.

A known and an unknown address get the same pages: nothing is looked up before the link is followed.
"""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from alpes_events.hiring.alerts import TooManyAlerts
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.listing import ShownOffer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.refusals import AlreadyApplied, OfferIsClosed
from alpes_events.hiring.request_rows import OfferRequest
from alpes_events.hiring.requests import (
    RequestChanged,
    RequestDraft,
    choice_asked,
    confirm_request,
    request_of_reference,
)
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import Sentence
from alpes_events.messages.request_mail import ask_to_confirm
from alpes_events.people.identity import clean_email
from alpes_events.territory.queries import communes_on_map
from alpes_web.clocks import today
from alpes_web.limits import limit_address, limit_tries
from alpes_web.link_refusals import WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.offer_choice import choice_words, offer_choice, query_of
from alpes_web.offer_page import offer_page, the_shown_offer
from alpes_web.offer_request_form import AlertRequestForm, ApplicationRequestForm, RequestForm
from alpes_web.site import site

offer_requests = Blueprint("offer_requests", __name__, url_prefix="/job-offers")

_BY_ADDRESS, _BY_EMAIL, _BY_EMAIL_A_DAY = 30, 5, 20
_DAY = timedelta(days=1)


@offer_requests.route("/<slug>/ask", methods=["GET", "POST"])
def apply(slug: str) -> Response | tuple[str, int]:
    """Somebody without an account applies: a message asks them to confirm their address."""
    form = ApplicationRequestForm()
    if not form.is_submitted():
        return redirect(url_for("offers.page", slug=slug), code=303)
    shown, setback = the_shown_offer(slug), None
    if form.validate_on_submit():
        setback = _ask(form, _application(form, shown))
        if setback is None and not form.mistakes:
            return redirect(url_for("offer_requests.sent"), code=303)
    return offer_page(slug, form, setback=setback), 422 if form.mistakes else 409


@offer_requests.route("/alerts/new", methods=["GET", "POST"])
def alert() -> Response | tuple[str, int]:
    """Somebody without an account asks to be told of new offers like those of the list that they come from."""
    form, setback = AlertRequestForm(), None
    if not form.is_submitted():
        form.query.data = request.query_string.decode(errors="replace")
    with site().database.reading() as db:
        choice = offer_choice(
            MultiDict(parse_qsl(form.query.data or "", max_num_fields=30)), communes_on_map(db, on=today())
        )
        words = choice_words(db, choice)
    form.query.data = urlencode(query_of(choice))
    if form.validate_on_submit():
        setback = _ask(form, RequestDraft(form.person(), form.key, choice=choice))
        if setback is None and not form.mistakes:
            return redirect(url_for("offer_requests.sent"), code=303)
    page = render_template("offers/alert_request.html", section="offers", form=form, words=words, setback=setback)
    return page, 422 if form.mistakes else 200 if setback is None else 409


@offer_requests.get("/requests/sent")
def sent() -> str:
    """Look in your mailbox. It says the same whatever was asked, and for whom."""
    return render_template("offers/request_sent.html", section="offers")


@offer_requests.route("/requests/<secret>", methods=["GET", "POST"])
def confirm(secret: str) -> Response | str:
    """The page behind the link that was sent. Opening it does nothing; its button confirms, once."""
    reference = reference_in(secret, purpose=Purpose.REQUEST, key=site().settings.secret_key)
    if reference is None:
        raise WrongLink
    form, now, setback = ButtonForm(), site().now(), None
    if form.validate_on_submit():
        limit_address("offer-request-confirmed", limit=_BY_ADDRESS)
        try:
            with site().database.writing() as db:
                confirm_request(db, reference, now=now)
                db.commit()
            return redirect(url_for("offer_requests.confirm", secret=secret), code=303)
        except (AlreadyApplied, OfferIsClosed, TooManyAlerts) as refusal:
            setback = refusal
    with site().database.reading() as db:
        row = request_of_reference(db, reference, now=now)
        offer, words = _asked_for(db, row)
    return render_template(
        "offers/request.html",
        section="offers",
        row=row,
        offer=offer,
        words=words,
        secret=secret,
        form=form,
        setback=setback,
        applied=isinstance(setback, AlreadyApplied),
    )


def _ask(form: RequestForm, draft: RequestDraft) -> Sentence | None:
    """Keep what is asked and have the message sent; gives why not, when it is no field's fault."""
    email = clean_email(draft.person.email)
    limit_address("offer-request", limit=_BY_ADDRESS)
    limit_tries("offer-request", email, limit=_BY_EMAIL)
    limit_tries("offer-request-day", email, limit=_BY_EMAIL_A_DAY, window=_DAY)
    try:
        with site().database.writing() as db:
            ask_to_confirm(db, draft, now=site().now())
            db.commit()
    except BadInput as refusal:
        if not form.blame(refusal):
            raise
    except RequestChanged as refusal:
        form.renew()
        return refusal.sentence
    except Refusal as refusal:
        return refusal.sentence
    return None


def _application(form: ApplicationRequestForm, shown: ShownOffer) -> RequestDraft:
    return RequestDraft(form.person(), form.key, offer_id=shown.offer.id, message=form.message.data or "")


def _asked_for(db: Session, row: OfferRequest) -> tuple[JobOffer | None, str]:
    """The offer that is applied for, or what the alert waits for, in words."""
    if row.offer_id is not None:
        return the_offer(db, row.offer_id), ""
    return None, choice_words(db, choice_asked(row))
