"""One sign-up: its page, its sheet of paper, and what staff may do with it."""

from flask import Blueprint, render_template, url_for
from flask import Response as AnyResponse
from werkzeug.wrappers import Response

from alpes_events.agenda.queries import event_card, sessions_of
from alpes_events.attendance.offers import accept_offer, offer_by_hand
from alpes_events.attendance.priority import change_priority
from alpes_events.attendance.release import UnknownRegistration, cancel_registration, revoke_registration
from alpes_events.documents.convocation import convocations_pdf
from alpes_events.interviews.convocations import full_convocations
from alpes_events.language.sentence import N_
from alpes_events.messages.queries import messages_of_registration
from alpes_web.languages import language
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.own import own_now, own_sign_up
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import coordinates, me

staff_sign_ups = Blueprint("staff_sign_ups", __name__, url_prefix="/staff/sign-ups/<int:registration_id>")


@staff_sign_ups.get("")
def page(registration_id: int) -> str:
    """Who, where it stands, what was answered, and what may be done."""
    with site().database.reading() as db:
        one = own_sign_up(db, registration_id)
        card = event_card(db, one.line.event_id)
        sessions = {part.session.id: part for part in sessions_of(db, one.line.event_id)}
        messages = messages_of_registration(db, registration_id)
    note_read(one.line.person_id)
    part = sessions.get(one.line.session_id)
    places = part.places if part else card.places if card else None
    return render_template(
        "staff/sign_ups/page.html",
        section="events",
        one=one,
        line=one.line,
        event=one.event,
        card=card,
        part=part,
        messages=messages,
        may_write=coordinates(),
        place_free=places is not None and places.free != 0,
    )


@staff_sign_ups.get("/convocation.pdf")
def convocation(registration_id: int) -> AnyResponse:
    """A page for the person, whether they have an e-mail or not: when, where, the reference and its QR code."""
    with site().database.reading() as db:
        one = own_sign_up(db, registration_id)
        pages = full_convocations(db, [registration_id])
    note_read(one.line.person_id)
    if not pages:
        raise UnknownRegistration
    return pdf_answer(convocations_pdf(pages, language=language()), f"convocation-{pages[0].reference}")


@staff_sign_ups.post("/offer")
def offer(registration_id: int) -> Response:
    """Offer a free place to somebody who waits."""
    pressed()
    event_id = own_now(registration_id).line.event_id
    with change() as (db, now):
        offer_by_hand(db, registration_id, now=now, account_id=me().account_id)
    people = url_for("staff_event.people", event_id=event_id)
    return done(N_("La place est proposée : un message part, ou la personne est dans la liste d’appels."), people)


@staff_sign_ups.post("/first")
def first(registration_id: int) -> Response:
    """Somebody who waits passes before the others."""
    return _priority(registration_id, N_("C’est noté : %(name)s passe avant les autres."), first=True)


@staff_sign_ups.post("/in-turn")
def in_turn(registration_id: int) -> Response:
    """They wait in turn again."""
    return _priority(registration_id, N_("C’est noté : %(name)s attend à son tour."), first=False)


@staff_sign_ups.post("/accept")
def accept(registration_id: int) -> Response:
    """The person takes the offered place, and says so to us."""
    pressed()
    own_now(registration_id)
    with change() as (db, now):
        accept_offer(db, registration_id, now=now, account_id=me().account_id)
    return done(N_("La place est prise."), url_for("staff_sign_ups.page", registration_id=registration_id))


@staff_sign_ups.post("/cancel")
def cancel(registration_id: int) -> Response:
    """The person told us that they do not come."""
    pressed()
    name = own_now(registration_id).line.name
    with change() as (db, now):
        cancel_registration(db, registration_id, by="staff", now=now, account_id=me().account_id)
    address = url_for("staff_sign_ups.page", registration_id=registration_id)
    return done(N_("C’est noté : %(name)s ne vient pas. La place passe à la suite."), address, name=name)


@staff_sign_ups.post("/revoke")
def revoke(registration_id: int) -> Response:
    """We take the place back."""
    pressed()
    name = own_now(registration_id).line.name
    with change() as (db, now):
        revoke_registration(db, registration_id, now=now, account_id=me().account_id)
    address = url_for("staff_sign_ups.page", registration_id=registration_id)
    return done(N_("L’inscription de %(name)s est annulée, et la personne prévenue."), address, name=name)


def _priority(registration_id: int, sentence: str, *, first: bool) -> Response:
    pressed()
    name = own_now(registration_id).line.name
    with change() as (db, now):
        change_priority(db, registration_id, first=first, now=now, account_id=me().account_id)
    return done(sentence, url_for("staff_sign_ups.page", registration_id=registration_id), name=name)
