"""One's own sign-up behind its secret link: where it stands, and the buttons to take, leave or cancel a place."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as AnyResponse
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice

from alpes_events.attendance.coming_back import come_back as come_back_to
from alpes_events.attendance.coming_back import way_back
from alpes_events.attendance.convocations import convocation_of, letterhead_of
from alpes_events.attendance.models import RegistrationState
from alpes_events.attendance.offers import OfferIsOver, accept_offer
from alpes_events.attendance.outlook import outlook_of
from alpes_events.attendance.release import cancel_registration
from alpes_events.attendance.standing import Standing, standing_of_reference
from alpes_events.attendance.survey import HIGHEST, LOWEST, answer_survey
from alpes_events.documents.convocation import convocations_pdf
from alpes_events.fair.publishing import is_shown
from alpes_events.fair.wish_queries import own_wishes
from alpes_events.interviews.convocations import with_times
from alpes_events.interviews.own_times import own_times
from alpes_events.interviews.queues import queue_open
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import current_organisation
from alpes_web.event_view import view_of
from alpes_web.forms import Needed, StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language, said, translated
from alpes_web.link_refusals import LinkIsOver, NoConvocation, NotYetOver, WrongLink
from alpes_web.links import Purpose, reference_in, signed
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.typed import whole_number

my_sign_up = Blueprint("my_sign_up", __name__)

_FOLDERS = "/<any('my-sign-up', offers):purpose>"
_SCORES = (
    N_("Pas du tout utile"),
    N_("Peu utile"),
    N_("Assez utile"),
    N_("Utile"),
    N_("Très utile"),
)


_CAME_BACK = {
    RegistrationState.CONFIRMED: N_("La place est de nouveau à vous."),
    RegistrationState.OFFERED: N_("Une place vous est proposée."),
    RegistrationState.WAITLISTED: N_("Vous êtes de nouveau sur la liste d’attente."),
}


class ButtonForm(StrictForm):
    """A button that acts on the sign-up."""


class SurveyForm(StrictForm):
    """The one question after an event."""

    score = RadioField(
        N_("Ce rendez-vous vous a-t-il été utile ?"),
        [Needed(N_("Choisissez une des réponses proposées."))],
        choices=[],
        validate_choice=False,
    )


@my_sign_up.get(f"{_FOLDERS}/<secret>")
def page(purpose: str, secret: str) -> str:
    """Where the sign-up stands. Opening the page does nothing."""
    now = site().now()
    with site().database.reading() as db:
        standing = _standing(db, Purpose(purpose), secret)
        if purpose == Purpose.OFFER.value and not standing.offer_stands(now):
            raise OfferIsOver
        back = way_back(db, standing.registration_id, now=now)
        waits = standing.state is RegistrationState.WAITLISTED
        outlook = outlook_of(db, standing.registration_id) if waits else None
        exhibits = standing.is_active and is_shown(db, standing.card.event)
        times = own_times(db, [standing.registration_id]) if standing.is_active else []
        wishes = [one for one in own_wishes(db, standing.registration_id) if one.stands] if exhibits else []
    return render_template(
        "my_sign_up/page.html",
        section="agenda",
        standing=standing,
        lapsed=standing.offer_lapsed(now),
        back=back,
        outlook=outlook,
        item=view_of(standing.card, now=now, zone=identity().zone),
        purpose=purpose,
        secret=secret,
        manage_secret=_manage_secret(standing),
        form=ButtonForm(),
        begun=standing.starts_at <= now,
        exhibits=exhibits,
        wishes=wishes,
        times=times,
        queue_is_open=exhibits and queue_open(standing.card.event, now=now),
    )


@my_sign_up.get("/my-sign-up/<secret>/convocation.pdf")
def convocation(secret: str) -> AnyResponse:
    """The page to print and bring, for somebody whose place is kept."""
    with site().database.reading() as db:
        standing = _standing(db, Purpose.MANAGE, secret)
        letterhead = letterhead_of(current_organisation(db))
        times = own_times(db, [standing.registration_id])
    if not standing.opens_door:
        raise NoConvocation
    page = with_times(convocation_of(standing, letterhead, language=language()), times)
    return pdf_answer(convocations_pdf([page], language=language()), f"convocation-{page.reference}")


@my_sign_up.post(f"{_FOLDERS}/<secret>/cancel")
def cancel(purpose: str, secret: str) -> Response:
    """Give the place (or the position in the queue) up. A second time changes nothing."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, Purpose(purpose), secret)
        cancel_registration(db, standing.registration_id, by="self", now=site().now())
        db.commit()
    flash(translated("C’est fait. Merci de nous avoir prévenus."), "ok")
    return redirect(_own_page(standing), code=303)


@my_sign_up.post("/my-sign-up/<secret>/return")
def come_back(secret: str) -> Response:
    """A change of mind: the place again if it is free, else the end of the queue."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, Purpose.MANAGE, secret)
        state = come_back_to(db, standing.registration_id, now=site().now())
        db.commit()
    flash(translated(_CAME_BACK[state]), "ok")
    return redirect(_own_page(standing), code=303)


@my_sign_up.post(f"{_FOLDERS}/<secret>/accept")
def accept(purpose: str, secret: str) -> Response:
    """Take the place that is offered."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, Purpose(purpose), secret)
        accept_offer(db, standing.registration_id, now=site().now())
        db.commit()
    flash(translated("La place est à vous."), "ok")
    return redirect(_own_page(standing), code=303)


@my_sign_up.route("/survey/<secret>", methods=["GET", "POST"])
def survey(secret: str) -> str | Response:
    """The one question: was it of use? A later answer replaces the first."""
    form = SurveyForm()
    if form.is_submitted():
        form.refuse_unknown_fields()
    with site().database.reading() as db:
        standing = _of_secret(db, Purpose.SURVEY, secret)
    now = site().now()
    if now < standing.starts_at:
        raise NotYetOver
    form.score.choices = [SelectChoice(str(score), said(words)) for score, words in enumerate(_SCORES, LOWEST)]
    if form.validate_on_submit():
        score = whole_number(form.score.data, most=HIGHEST) or 0
        with site().database.writing() as db:
            answer_survey(db, standing.registration_id, score=score, now=now)
            db.commit()
        flash(translated("Merci : votre réponse nous aide à faire mieux."), "ok")
        return redirect(url_for("my_sign_up.survey", secret=secret), code=303)
    item = view_of(standing.card, now=now, zone=identity().zone)
    return render_template("my_sign_up/survey.html", section="agenda", standing=standing, item=item, form=form)


def _standing(db: Session, purpose: Purpose, secret: str) -> Standing:
    """The sign-up of a link that still serves. Raises `WrongLink`, `LinkIsOver`, `OfferIsOver`."""
    standing = _of_secret(db, purpose, secret)
    if site().now() >= standing.ends_at:
        raise LinkIsOver
    if purpose is Purpose.OFFER and not standing.holds_place:
        raise OfferIsOver
    return standing


def _of_secret(db: Session, purpose: Purpose, secret: str) -> Standing:
    reference = reference_in(secret, purpose=purpose, key=site().settings.secret_key)
    standing = None if reference is None else standing_of_reference(db, reference)
    if standing is None:
        raise WrongLink
    return standing


def _own_page(standing: Standing) -> str:
    return url_for("my_sign_up.page", purpose=Purpose.MANAGE.value, secret=_manage_secret(standing))


def _manage_secret(standing: Standing) -> str:
    return signed(standing.reference, purpose=Purpose.MANAGE, key=site().settings.secret_key)
