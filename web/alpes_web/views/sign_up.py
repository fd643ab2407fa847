"""Signing up for an event, and the page that confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, session, url_for
from flask import Response as AnyResponse
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import Question
from alpes_events.agenda.queries import EventCard, SessionCard, public_event, sessions_of
from alpes_events.agenda.questions import questions_of
from alpes_events.attendance.admission import Door, EventIsFull, check_open
from alpes_events.attendance.convocations import convocation_of_receipt, letterhead_of
from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel
from alpes_events.attendance.receipts import FormChanged
from alpes_events.attendance.sign_up import register
from alpes_events.attendance.standing import Receipt, receipt_of
from alpes_events.documents.convocation import convocations_pdf
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import Sentence
from alpes_events.people.identity import PersonIn, problems_of
from alpes_events.people.residence import WhichCommune, residence_of
from alpes_events.territory.organisation import current_organisation
from alpes_events.territory.queries import CommuneView, communes_on_map
from alpes_web.choices_link import choices_link
from alpes_web.clocks import today
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.languages import language
from alpes_web.limits import limit_address
from alpes_web.link_refusals import LinkIsOver, NoConvocation
from alpes_web.opening import sentence_of
from alpes_web.pdf_answer import pdf_answer
from alpes_web.sign_up_form import SignUpForm, form_for
from alpes_web.site import site

sign_up = Blueprint("sign_up", __name__)

_SIGN_UPS_BY_ADDRESS = 60
_JUST_NOW = "signed_up"


@dataclass(frozen=True)
class _Event:
    """What the form is about."""

    card: EventCard
    sessions: list[SessionCard]
    questions: list[Question]

    @property
    def event_id(self) -> int:
        """The event's id."""
        assert self.card.event.id is not None
        return self.card.event.id


@dataclass(frozen=True)
class _Setback:
    """Why a form that was well filled could not be accepted."""

    sentence: Sentence
    status: int


@sign_up.route("/events/<slug>/sign-up", methods=["GET", "POST"])
def form(slug: str) -> Response:
    """One page, a few fields. A form that is sent twice gets the first answer."""
    with site().database.reading() as db:
        event = _event(db, slug)
    filled = form_for(event.sessions, event.questions)
    if not filled.is_submitted():
        _check_door(event)
        return _page(event, filled)
    limit_address("sign-up", limit=_SIGN_UPS_BY_ADDRESS)
    setback = None
    if _is_well_filled(filled):
        try:
            return _accept(event, filled)
        except BadDraft as refusal:
            filled.blame_answers(refusal)
        except BadInput as refusal:
            if not filled.blame(refusal):
                raise
        except Refusal as refusal:
            setback = _Setback(sentence_of(refusal), refusal.status)
            if isinstance(refusal, FormChanged):
                filled.renew()
    return _page(event, filled, setback)


@sign_up.get("/sign-ups/<uuid:form_key>")
def done(form_key: UUID) -> str:
    """What an accepted form was answered: a place and a ticket, or a position in the queue."""
    with site().database.reading() as db:
        receipt = _receipt(db, form_key)
        choices = choices_link(db, receipt) if _typed(form_key) else ""
    item = view_of(receipt.card, now=site().now(), zone=identity().zone)
    return render_template(
        "sign_up/done.html",
        section="agenda",
        receipt=receipt,
        item=item,
        typed=_typed(form_key),
        form_key=form_key,
        choices=choices,
    )


@sign_up.get("/sign-ups/<uuid:form_key>/convocation.pdf")
def convocation(form_key: UUID) -> AnyResponse:
    """What that page says, to print and bring. Like the page it names nobody but whom this browser just typed."""
    with site().database.reading() as db:
        receipt = _receipt(db, form_key)
        letterhead = letterhead_of(current_organisation(db))
    if receipt.is_off:
        raise NoConvocation
    typed = _typed(form_key)
    name = f"{typed['given_name']} {typed['family_name']}" if typed else ""
    has_link = bool(typed.get("email", True))
    page = convocation_of_receipt(receipt, letterhead, name=name, has_link=has_link, language=language())
    return pdf_answer(convocations_pdf([page], language=language()), f"convocation-{page.reference}")


def _receipt(db: Session, form_key: UUID) -> Receipt:
    """What the form was answered, until the event ends. Raises `LinkIsOver`."""
    receipt = receipt_of(db, str(form_key))
    if receipt is None:
        abort(404)
    if site().now() >= receipt.ends_at:
        raise LinkIsOver
    return receipt


def _typed(form_key: UUID) -> dict[str, object]:
    """What this browser typed into that form just now, if it was this one."""
    kept = session.get(_JUST_NOW)
    return dict(kept[1]) if kept and kept[0] == str(form_key) else {}


def _is_well_filled(filled: SignUpForm) -> bool:
    """Whether the answers can be right by themselves; each mistake is said beside its field, all at once."""
    valid = filled.validate_on_submit()
    problems = problems_of(filled.person(), today=today())
    filled.blame_all(problems)
    return valid and not problems


def _accept(event: _Event, filled: SignUpForm) -> Response:
    with site().database.writing() as db:
        person = _settled(db, filled.person())
        register(
            db,
            SignUp(
                event_id=event.event_id,
                session_id=filled.session_id(),
                channel=Channel.SELF,
                person=person,
                form_key=filled.key,
                answers=filled.answers(),
                language=language(),
            ),
            now=site().now(),
        )
        db.commit()
    typed = {
        "given_name": person.given_name.strip(),
        "family_name": person.family_name.strip(),
        "email": bool(person.email.strip()),
    }
    session[_JUST_NOW] = [filled.key, typed]
    return redirect(url_for("sign_up.done", form_key=filled.key), code=303)


def _page(event: _Event, filled: SignUpForm, setback: _Setback | None = None) -> Response:
    """The form, empty or with everything that was typed."""
    here, zone = site(), identity().zone
    with here.database.reading() as db:
        communes = communes_on_map(db, on=today())
        if filled.is_submitted():
            filled.ask_commune(_commune_choices(db, filled.person()))
    item = view_of(event.card, now=here.now(), zone=zone)
    page = render_template(
        "sign_up/form.html", section="agenda", form=filled, item=item, communes=communes, setback=setback
    )
    status = 422 if filled.mistakes else 200 if setback is None else setback.status
    return make_response(page, status)


def _check_door(event: _Event) -> None:
    """Say at once why one cannot sign up, before a form is filled in vain."""
    row = event.card.event
    check_open(
        Door(row.state, row.entry, row.starts_at, row.ends_at, row.opens_at, row.closes_at),
        now=site().now(),
    )
    if event.card.places.free == 0 and not row.waiting_list and not event.sessions:
        raise EventIsFull


def _settled(db: Session, person: PersonIn) -> PersonIn:
    """The person with the commune they pointed out, if it is one of those that what they typed may mean."""
    if not person.insee_code:
        return person
    meant = {view.insee_code for view in _commune_choices(db, person)}
    return person if person.insee_code in meant else replace(person, insee_code="")


def _commune_choices(db: Session, person: PersonIn) -> Sequence[CommuneView]:
    """The communes between which what was typed leaves a choice; none when it is certain, or not listed."""
    try:
        residence_of(db, replace(person, insee_code=""))
    except WhichCommune as question:
        return question.choices
    except BadInput:
        return []
    return []


def _event(db: Session, slug: str) -> _Event:
    card = public_event(db, slug)
    if card is None or card.event.id is None:
        raise UnknownEvent
    return _Event(card, sessions_of(db, card.event.id), questions_of(db, card.event.id))
