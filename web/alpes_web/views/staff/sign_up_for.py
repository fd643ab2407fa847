"""Signing somebody up on their behalf: somebody of the files, or somebody new, with or without e-mail."""

from dataclasses import replace

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import Question
from alpes_events.agenda.questions import questions_of
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.attendance.sign_up import AlreadySignedUp, register
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.merge_proposals import propose_merges
from alpes_events.people.queries import CandidateView
from alpes_events.people.residence import WhichCommune
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.own import sees_sign_up
from alpes_web.staff.person_choice import people_found, person_named
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.sign_up_form import KnownPersonSignUp, NewPersonSignUp, SignUpFields, with_questions
from alpes_web.staff.table import asked_text

staff_sign_up_for = Blueprint("staff_sign_up_for", __name__, url_prefix="/staff/events/<int:event_id>/sign-up")

_FOUND = 8


class SignedUpByOthers(Refusal):
    """An advisor signs up somebody whom others signed up: that sign-up is not theirs to see."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne est déjà inscrite à cet événement."))


@staff_sign_up_for.route("", methods=["GET", "POST"])
def new(event_id: int) -> str | Response | tuple[str, int]:
    """Choose somebody of the files (`person` in the address), or write somebody new down."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        known = person_named(db)
        form = _form(db, shown, questions_of(db, event_id), known)
        right = _is_right(form)
        found = people_found(db, asked_text()) if asked_text() and not known else None
    refusal = None
    if right:
        answer, refusal = _try(form, shown, known)
        if answer is not None:
            return _told(answer, can_be_written_to=_has_email(form, known))
    page = render_template(
        "staff/sign_ups/new.html",
        section="events",
        tab_name="people",
        shown=shown,
        form=form,
        known=known,
        found=found,
        most_found=_FOUND,
        text_asked=asked_text(),
        refusal=refusal,
        may_write=coordinates(),
    )
    return page, 200 if not form.is_submitted() else refusal.status if refusal else 422


def _try(
    form: SignUpFields, shown: EventPage, known: CandidateView | None
) -> tuple[SignUpAnswer | None, Refusal | None]:
    """Sign up; or put what is wrong beside its field, or give the refusal that is about none of them."""
    try:
        return _register(form, shown, known), None
    except WhichCommune as refusal:
        if isinstance(form, NewPersonSignUp):
            form.ask_which(refusal)
    except BadDraft as refusal:
        form.put(refusal.problems)
    except Refusal as refusal:
        if not form.blame(refusal):
            return None, refusal
    return None, None


def _form(db: Session, shown: EventPage, questions: list[Question], known: CandidateView | None) -> SignUpFields:
    kind: type[SignUpFields] = KnownPersonSignUp if known else NewPersonSignUp
    form = with_questions(kind, questions)()
    form.prepare_sessions(shown.sessions)
    if isinstance(form, NewPersonSignUp):
        form.prepare(db, today=today())
    return form


def _is_right(form: SignUpFields) -> bool:
    if isinstance(form, NewPersonSignUp):
        return form.is_right(today=today())
    return form.validate_on_submit()


def _register(form: SignUpFields, shown: EventPage, known: CandidateView | None) -> SignUpAnswer:
    assert shown.event.id is not None
    wanted = SignUp(
        event_id=shown.event.id,
        channel=Channel.ADVISOR,
        candidate_id=known.id if known else None,
        session_id=form.session,
        form_key=form.form_key.data,
        answers=form.answers,
        account_id=me().account_id,
        priority=int(bool(form.priority.data)),
        language=known.language if known else "fr",
    )
    if isinstance(form, NewPersonSignUp):
        person = form.person()
        wanted = replace(wanted, person=person, language=person.language)
    with change() as (db, now):
        try:
            answer = register(db, wanted, now=now)
        except AlreadySignedUp as refusal:
            if sees_sign_up(db, refusal.registration_id):
                raise
            raise SignedUpByOthers from refusal
        if known is None:
            propose_merges(db, db.get_one(Registration, answer.registration_id).candidate_id, now=now)
    return answer


def _has_email(form: SignUpFields, known: CandidateView | None) -> bool:
    return bool(known.email if known else isinstance(form, NewPersonSignUp) and form.email.data)


def _told(answer: SignUpAnswer, *, can_be_written_to: bool) -> Response:
    address = url_for("staff_sign_ups.page", registration_id=answer.registration_id)
    if answer.state is RegistrationState.WAITLISTED:
        return done(
            N_("C’est complet : la personne est sur la liste d’attente, en position %(position)s."),
            address,
            tone="warn",
            position=answer.position,
        )
    if not can_be_written_to:
        return done(N_("L’inscription est enregistrée. Sans e-mail, imprimez la convocation."), address)
    return done(N_("L’inscription est enregistrée."), address)
