"""What came of an event, told by an exhibitor behind a link of that purpose: no account, and nobody's name."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.hiring.follow_up_queries import FollowUpView, follow_up_of
from alpes_events.hiring.following_up import answer_follow_up, put_off, reopen_follow_up
from alpes_events.hiring.refusals import FollowUpIsOver
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.dates import full_day
from alpes_events.language.refusal import Refusal
from alpes_web.clocks import today
from alpes_web.follow_up_form import FollowUpForm, follow_up_form
from alpes_web.languages import language, translated
from alpes_web.link_refusals import WrongLink
from alpes_web.links import Purpose, reference_in, signed
from alpes_web.my_data_forms import ButtonForm
from alpes_web.site import site
from alpes_web.visitor import visitor

follow_up = Blueprint("follow_up", __name__, url_prefix="/after-the-event/<secret>")


@follow_up.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """The question and its answer. Opening the page does nothing; more lines are one press away."""
    with site().database.reading() as db:
        asked = _asked(db, secret)
    form = follow_up_form(asked)
    if form.validate_on_submit() and not form.more.data and _answered(asked, form):
        flash(translated("Merci : votre réponse est enregistrée."), "ok")
        return redirect(url_for("follow_up.page", secret=secret), code=303)
    shown = render_template(
        "stand/follow_up.html",
        section="agenda",
        asked=asked,
        event=asked.event,
        form=form,
        secret=secret,
        button=ButtonForm(formdata=None),
        contracts=CONTRACTS,
        today=today(),
        hires={one.id: one for one in asked.hires},
    )
    return shown, 422 if form.mistakes else 200


@follow_up.post("/later")
def later(secret: str) -> Response:
    """Ask again in two weeks."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        to = put_off(db, _asked(db, secret).id, now=site().now(), account_id=_account())
        db.commit()
    flash(translated("C’est noté : nous vous écrirons %(day)s.") % {"day": _day(to)}, "ok")
    return redirect(url_for("follow_up.page", secret=secret), code=303)


@follow_up.post("/reopen")
def reopen(secret: str) -> Response:
    """The answer is corrected: what it told counts no more until it is sent again."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        reopen_follow_up(db, _asked(db, secret).id, now=site().now(), account_id=_account())
        db.commit()
    flash(translated("Votre réponse est rouverte : corrigez-la, puis envoyez-la de nouveau."), "ok")
    return redirect(url_for("follow_up.page", secret=secret), code=303)


def follow_up_address(reference: str) -> str:
    """The address of one question."""
    secret = signed(reference, purpose=Purpose.FOLLOW_UP, key=site().settings.secret_key)
    return url_for("follow_up.page", secret=secret)


def _answered(asked: FollowUpView, form: FollowUpForm) -> bool:
    reply = form.reply(today())
    if reply is None:
        return False
    try:
        with site().database.writing() as db:
            answer_follow_up(db, asked.id, reply, now=site().now(), account_id=_account())
            db.commit()
    except Refusal as refusal:
        if not form.blame(refusal):
            raise
    return not form.mistakes


def _asked(db: Session, secret: str) -> FollowUpView:
    """The question of a link that still answers. Raises `WrongLink`, `FollowUpIsOver`."""
    reference = reference_in(secret, purpose=Purpose.FOLLOW_UP, key=site().settings.secret_key)
    asked = None if reference is None else follow_up_of(db, reference, today=today())
    if asked is None:
        raise WrongLink
    if not asked.is_open:
        raise FollowUpIsOver
    return asked


def _account() -> int | None:
    """Who answers for the exhibitor, or the employer who is signed in."""
    reader = visitor()
    return None if reader is None else reader.account_id


def _day(on: date) -> str:
    return full_day(on, language=language(), year=on.year != today().year)
