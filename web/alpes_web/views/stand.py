"""Asking for a stand by a form, and one's own stand behind its secret link: no account is needed."""

from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.queries import event_card, public_event
from alpes_events.fair.admission import check_call
from alpes_events.fair.asking import ask_for_stand
from alpes_events.fair.changing import revise_stand
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.logo import give_stand_logo
from alpes_events.fair.models import StandCall
from alpes_events.fair.plan_queries import own_hall
from alpes_events.fair.requests import gate
from alpes_events.fair.stand_queries import stand_of_form
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.wish_queries import WishCount, wish_counts
from alpes_events.fair.words import PLACE_KINDS, STAND_OPTIONS
from alpes_events.interviews.table_queries import tables_of
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import Sentence
from alpes_events.territory.queries import resolve_commune
from alpes_web.commune_text import name_and_code
from alpes_web.event_view import view_of
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.limits import limit_address
from alpes_web.link_refusals import LinkIsOver
from alpes_web.opening import sentence_of
from alpes_web.own_stand import Call, after_is_open, call_of, own_stand, own_stand_and_call, stand_is_over
from alpes_web.picture_answer import sent_picture
from alpes_web.site import site
from alpes_web.stand_fields import own_form, request_form
from alpes_web.stand_form import OwnStandForm, RequestForm
from alpes_web.stand_words import OWN_STATES

stand = Blueprint("stand", __name__)

_REQUESTS_BY_ADDRESS = 30


class ButtonForm(StrictForm):
    """A button that acts on the stand."""


@stand.route("/events/<slug>/stand", methods=["GET", "POST"])
def form(slug: str) -> Response:
    """One page. A form that is sent twice gets the first answer."""
    with site().database.reading() as db:
        asked = call_of(db, public_event(db, slug))
        row = db.get(StandCall, asked.event.id)
        check_call(gate(asked.event, row), now=site().now())
    filled = request_form(asked.call, asked.villages, asked.questions)
    setback: Sentence | None = None
    status = 200
    if filled.is_submitted():
        limit_address("stand", limit=_REQUESTS_BY_ADDRESS)
        if filled.validate_on_submit():
            refusal = _ask(asked, filled)
            if isinstance(refusal, Response):
                return refusal
            setback, status = (sentence_of(refusal), refusal.status) if refusal else (None, 422)
        filled.remind_of_logo(again=setback is not None)
    status = 422 if filled.mistakes and setback is None else status
    page = render_template(
        "stand/form.html", section="agenda", form=filled, item=asked.item, call=asked.call, setback=setback
    )
    return make_response(page, status)


@stand.get("/stands/<uuid:form_key>")
def done(form_key: UUID) -> str:
    """What a request was answered."""
    with site().database.reading() as db:
        found = stand_of_form(db, str(form_key))
        if found is None:
            abort(404)
        own, event = found
        card = event_card(db, event.id or 0)
    if site().now() >= event.ends_at:
        raise LinkIsOver
    assert card is not None
    item = view_of(card, now=site().now(), zone=identity().zone)
    return render_template("stand/done.html", section="agenda", own=own, item=item, state=OWN_STATES[own.state])


@stand.route("/stand/<secret>", methods=["GET", "POST"])
def page(secret: str) -> Response:
    """One's own stand: where it stands, what is missing, and the form to complete it; after the event what it gave."""
    with site().database.reading() as db:
        if stand_is_over(db, secret):
            return redirect(url_for("stand_after.page", secret=secret), code=303)
        own, asked, open_ = own_stand_and_call(db, secret)
        hall = own_hall(db, own.event_id, own.id)
        wishes = wish_counts(db, [own.id]).get(own.id, WishCount())
        tables = tables_of(db, [own.id]).get(own.id, ())
    filled = own_form(asked.call, asked.villages, asked.questions, own)
    if open_ and filled.is_submitted():
        if filled.validate_on_submit() and _revise(own, filled):
            flash(translated("C’est enregistré. Merci."), "ok")
            return redirect(url_for("stand.page", secret=secret), code=303)
        filled.remind_of_logo()
    content = render_template(
        "stand/page.html",
        section="agenda",
        own=own,
        item=asked.item,
        form=filled,
        call=asked.call,
        secret=secret,
        state=OWN_STATES[own.state],
        live=own.state in LIVE,
        amendable=open_,
        begun=own.state is ExhibitorState.ACCEPTED and after_is_open(asked.event),
        hall=hall,
        wishes=wishes,
        table_count=len(tables),
        button=ButtonForm(),
        place_kinds=PLACE_KINDS,
        option_words=STAND_OPTIONS,
    )
    return make_response(content, 422 if filled.mistakes else 200)


@stand.post("/stand/<secret>/withdraw")
def withdraw(secret: str) -> Response:
    """The exhibitor does not come. A second time changes nothing."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        own, _event = own_stand(db, secret)
        withdraw_stand(db, own.id, by="self", now=site().now(), account_id=None)
        db.commit()
    flash(translated("C’est fait. Merci de nous avoir prévenus."), "ok")
    return redirect(url_for("stand.page", secret=secret), code=303)


def _ask(asked: Call, filled: RequestForm) -> Response | Refusal | None:
    """The answer of an accepted request, a refusal to show above the form, or None for what is said beside a field."""
    try:
        with site().database.writing() as db:
            name, postal_code = name_and_code(filled.commune_name.data or "")
            found = resolve_commune(db, name=name, postal_code=postal_code)
            answer = ask_for_stand(
                db,
                asked.event.id or 0,
                filled.stand(),
                place=filled.place(None if found is None else found.insee_code, name, postal_code),
                contact=filled.contact(),
                form_key=filled.key,
                now=site().now(),
                language=language(),
            )
            if not answer.replayed and filled.logo.data:
                _give_logo(db, answer.exhibitor_id, filled)
            db.commit()
    except BadDraft as refusal:
        filled.blame_answers(refusal)
        return None
    except BadInput as refusal:
        return None if filled.blame(refusal) else refusal
    except Refusal as refusal:
        return refusal
    return redirect(url_for("stand.done", form_key=filled.key), code=303)


def _revise(own: StandView, filled: OwnStandForm) -> bool:
    """Whether what was written is kept; what is wrong stands beside its field."""
    draft = filled.stand()
    known = own.draft.exhibitor
    exhibitor = type(known)(draft.exhibitor.name, known.insee_code, known.in_territory, draft.exhibitor.looking_for)
    try:
        with site().database.writing() as db:
            written = type(draft)(**{**vars(draft), "exhibitor": exhibitor})
            revise_stand(db, own.id, written, now=site().now(), account_id=None)
            if filled.logo.data:
                _give_logo(db, own.id, filled)
            db.commit()
    except BadDraft as refusal:
        filled.blame_answers(refusal)
        return False
    except Refusal as refusal:
        if not filled.blame(refusal):
            filled.name.errors = [refusal.sentence]
        return False
    return True


def _give_logo(db: Session, exhibitor_id: int, filled: RequestForm | OwnStandForm) -> None:
    content, name = sent_picture(filled.logo.data)
    give_stand_logo(db, exhibitor_id, content, name=name, now=site().now(), account_id=None)
