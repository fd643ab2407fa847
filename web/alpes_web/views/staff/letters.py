"""The team writes its own words to people chosen in an event's list; who gets what is seen before it leaves."""

from collections.abc import Sequence
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField

from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.letters import MOST_PEOPLE, LetterIn, write_letter
from alpes_events.messages.notice import Notice
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import done, said
from alpes_web.staff.choice_fields import IdsField
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.fields import SeenField
from alpes_web.staff.rehearsing import Outcome, stored_once_seen
from alpes_web.staff.scope import me

staff_letters = Blueprint("staff_letters", __name__, url_prefix="/staff/events/<int:event_id>")

_LETTER = "staff/sign_ups/letter.html"


class LetterForm(StrictForm):
    """Whom to write to, and what; `told`: who gets it, and how it looks, was shown."""

    chosen = IdsField()
    form_key = HiddenField(default=lambda: str(uuid4()))
    subject = StringField(N_("Objet"), validators=[Needed(N_("Écrivez l’objet du message.")), AtMost(150)])
    text = TextAreaField(
        N_("Message"),
        description=N_(
            "« Bonjour » et le prénom sont écrits pour vous. Une ligne vide commence un nouveau paragraphe. N’y mettez "
            "rien sur la santé, la famille ou les ressources de quelqu’un."
        ),
        validators=[Needed(N_("Écrivez le message.")), AtMost(2000)],
    )
    subject_en = StringField(N_("Objet en anglais"), validators=[AtMost(150)])
    text_en = TextAreaField(
        N_("Message en anglais"),
        description=N_("Sans lui, les personnes qui lisent l’anglais reçoivent le français."),
        validators=[AtMost(2000)],
    )
    told = SeenField()

    @property
    def words(self) -> LetterIn:
        """What was written."""
        texts = (self.subject, self.text, self.subject_en, self.text_en)
        return LetterIn(*(field.data or "" for field in texts))


@staff_letters.post("/write")
def write(event_id: int) -> Response | tuple[str, int]:
    """Show who gets the message and how it looks; once that was seen, send it."""
    form, notice = LetterForm(), None
    sent = form.validate_on_submit()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        lines = [line for line in lines_of(db, form.chosen.data[:MOST_PEOPLE]) if line.event_id == event_id]
    people = url_for("staff_event.people", event_id=event_id)
    if not lines:
        flash(said(N_("Choisissez d’abord une personne au moins.")), "warn")
        return redirect(people, 303)
    if sent:
        try:
            outcome = _sent(event_id, lines, form)
        except BadInput as refusal:
            form.blame(refusal)
        else:
            if outcome.stored:
                return done(
                    N_("C’est parti. Personnes prévenues ou à appeler : %(count)d."), people, count=outcome.result
                )
            notice = outcome.notice
    return _page(shown, lines, form, notice=notice), 422 if form.mistakes else 200


def _sent(event_id: int, lines: Sequence[SignUpLine], form: LetterForm) -> Outcome[int]:
    account_id, ids = me().account_id, [line.id for line in lines]
    words, key = form.words, str(form.form_key.data)
    return stored_once_seen(
        lambda db, now: write_letter(db, event_id, ids, words, form_key=key, now=now, account_id=account_id),
        seen=form.told.data,
    )


def letter_to(shown: EventPage, lines: Sequence[SignUpLine]) -> str:
    """The empty message to the people of these sign-ups."""
    return _page(shown, lines, LetterForm(formdata=None), notice=None)


def _page(shown: EventPage, lines: Sequence[SignUpLine], form: LetterForm, *, notice: Notice | None) -> str:
    return render_template(_LETTER, section="events", shown=shown, lines=lines, form=form, notice=notice)
