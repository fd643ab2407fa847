"""Asking for a stand by a form, and one's own stand behind its secret link: no account is needed."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import AskedOf, Event, Question
from alpes_events.agenda.queries import EventCard, event_card, public_event
from alpes_events.agenda.questions import questions_of
from alpes_events.fair.admission import check_call
from alpes_events.fair.asking import ask_for_stand
from alpes_events.fair.call import CallDraft, draft_of_call, villages_of
from alpes_events.fair.changing import revise_stand
from alpes_events.fair.codes import LIVE
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.models import StandCall, Village
from alpes_events.fair.refusals import NoCall
from alpes_events.fair.requests import gate
from alpes_events.fair.stand_queries import stand_of_form, stand_of_reference
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.words import PLACE_KINDS, STAND_OPTIONS
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import Sentence
from alpes_events.territory.queries import resolve_commune
from alpes_web.commune_text import name_and_code
from alpes_web.event_view import view_of
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.limits import limit_address
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in, signed
from alpes_web.site import site
from alpes_web.stand_form import OwnStandForm, RequestForm, own_form, request_form
from alpes_web.stand_words import OWN_STATES

stand = Blueprint("stand", __name__)

_REQUESTS_BY_ADDRESS = 30


class ButtonForm(StrictForm):
    """A button that acts on the stand."""


@dataclass(frozen=True)
class _Call:
    """What the form is about."""

    card: EventCard
    call: CallDraft
    villages: list[Village]
    questions: list[Question]

    @property
    def event(self) -> Event:
        """The event."""
        return self.card.event


@stand.route("/events/<slug>/stand", methods=["GET", "POST"])
def form(slug: str) -> Response:
    """One page. A form that is sent twice gets the first answer."""
    with site().database.reading() as db:
        asked = _call(db, public_event(db, slug))
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
            setback, status = (refusal.sentence, refusal.status) if refusal else (None, 422)
    status = 422 if filled.mistakes else status
    page = render_template(
        "stand/form.html", section="agenda", form=filled, item=_item(asked.card), call=asked.call, setback=setback
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
    return render_template("stand/done.html", section="agenda", own=own, item=_item(card), state=OWN_STATES[own.state])


@stand.route("/stand/<secret>", methods=["GET", "POST"])
def page(secret: str) -> Response:
    """One's own stand: where it stands, what is missing, and the form to complete it."""
    with site().database.reading() as db:
        own, asked = _own(db, secret)
    filled = own_form(asked.call, asked.villages, asked.questions, own)
    if filled.validate_on_submit() and _revise(own, filled):
        flash(translated("C’est enregistré. Merci."), "ok")
        return redirect(url_for("stand.page", secret=secret), code=303)
    content = render_template(
        "stand/page.html",
        section="agenda",
        own=own,
        item=_item(asked.card),
        form=filled,
        call=asked.call,
        secret=secret,
        state=OWN_STATES[own.state],
        live=own.state in LIVE,
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
        own, _asked = _own(db, secret)
        withdraw_stand(db, own.id, by="self", now=site().now(), account_id=None)
        db.commit()
    flash(translated("C’est fait. Merci de nous avoir prévenus."), "ok")
    return redirect(url_for("stand.page", secret=secret), code=303)


def _ask(asked: _Call, filled: RequestForm) -> Response | Refusal | None:
    """The answer of an accepted request, a refusal to show above the form, or None for what is said beside a field."""
    try:
        with site().database.writing() as db:
            name, postal_code = name_and_code(filled.commune_name.data or "")
            found = resolve_commune(db, name=name, postal_code=postal_code)
            place = filled.place(None if found is None else found.insee_code, name, postal_code)
            ask_for_stand(
                db,
                asked.event.id or 0,
                filled.stand(),
                place=place,
                contact=filled.contact(),
                form_key=filled.key,
                now=site().now(),
                language=language(),
            )
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
            db.commit()
    except BadDraft as refusal:
        filled.blame_answers(refusal)
        return False
    except Refusal as refusal:
        if not filled.blame(refusal):
            filled.name.errors = [refusal.sentence]
        return False
    return True


def _call(db: Session, card: EventCard | None) -> _Call:
    if card is None or card.event.id is None:
        raise UnknownEvent
    call = draft_of_call(db, card.event.id)
    if call is None:
        raise NoCall
    questions = questions_of(db, card.event.id, asked_of=AskedOf.EXHIBITORS)
    return _Call(card, call, villages_of(db, card.event.id), questions)


def _own(db: Session, secret: str) -> tuple[StandView, _Call]:
    """The stand of a link that still serves. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    found = None if reference is None else stand_of_reference(db, reference)
    if found is None:
        raise WrongLink
    own, event = found
    if site().now() >= event.ends_at:
        raise LinkIsOver
    return own, _call(db, event_card(db, event.id or 0))


def _item(card: EventCard) -> object:
    return view_of(card, now=site().now(), zone=identity().zone)


def stand_address(reference: str) -> str:
    """The address of one's own stand."""
    secret = signed(reference, purpose=Purpose.STAND, key=site().settings.secret_key)
    return url_for("stand.page", secret=secret)
