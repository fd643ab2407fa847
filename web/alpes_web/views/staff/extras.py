"""What stands beside an event: its questions and its picture."""

from flask import Blueprint, abort, render_template, url_for
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.pictures import illustrate, take_picture_away
from alpes_events.agenda.questions import questions_of, set_questions
from alpes_events.language.sentence import N_
from alpes_events.pictures.models import Upload
from alpes_events.pictures.picture import BadPicture
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost
from alpes_web.picture_answer import picture_answer, sent_picture
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.question_forms import QuestionsForm, said_in_rows
from alpes_web.staff.scope import me

staff_extras = Blueprint("staff_extras", __name__, url_prefix="/staff/events/<int:event_id>")


class PictureForm(AmendingForm, PlainForm):
    """A picture with the sentence for those who do not see it."""

    picture = FileField(N_("Image"), description=N_("JPEG, PNG ou WebP, 3 Mo au plus."))
    picture_alt = StringField(
        N_("Ce que montre l’image"),
        description=N_("Une phrase pour les personnes qui ne la voient pas."),
        validators=[AtMost(200)],
    )


@staff_extras.route("/questions", methods=["GET", "POST"])
def questions(event_id: int) -> AnyResponse | tuple[str, int]:
    """What the event asks at sign-up."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stored = questions_of(db, event_id)
    form = QuestionsForm.of(stored)
    form.amends(("event", event_id), said_in_rows(stored), lambda db: said_in_rows(questions_of(db, event_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                set_questions(db, event_id, form.drafts(stored), now=now)
        except BadDraft as refusal:
            form.put(refusal.problems)
        else:
            return done(N_("Les questions sont enregistrées."), url_for("staff_extras.questions", event_id=event_id))
    page = render_template("staff/extras/questions.html", section="events", tab_name="overview", shown=shown, form=form)
    return page, 422 if form.mistakes else 200


@staff_extras.route("/picture", methods=["GET", "POST"])
def picture(event_id: int) -> AnyResponse | tuple[str, int]:
    """The event's picture: chosen, replaced, described."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
    form = PictureForm(data={"picture_alt": shown.event.picture_alt})
    form.amends(
        ("event", event_id),
        {"picture_alt": shown.event.picture_alt},
        lambda db: {"picture_alt": event_page(db, event_id).event.picture_alt},
    )
    if form.validate_on_submit() and _illustrate(event_id, form):
        return done(N_("L’image est enregistrée."), url_for("staff_event.overview", event_id=event_id))
    page = render_template("staff/extras/picture.html", section="events", tab_name="overview", shown=shown, form=form)
    return page, 422 if form.mistakes else 200


@staff_extras.post("/picture/remove")
def remove_picture(event_id: int) -> AnyResponse:
    """The event has no picture any more."""
    pressed()
    with change() as (db, now):
        take_picture_away(db, event_id, now=now, account_id=me().account_id)
    return done(N_("L’image est retirée."), url_for("staff_event.overview", event_id=event_id))


@staff_extras.get("/picture/file")
def picture_file(event_id: int) -> AnyResponse:
    """The picture itself, of drafts too."""
    with site().database.reading() as db:
        picture_id = event_page(db, event_id).event.picture_id
        upload = None if picture_id is None else db.get(Upload, picture_id)
    if upload is None:
        abort(404)
    return picture_answer(upload)


def _illustrate(event_id: int, form: PictureForm) -> bool:
    content, name = sent_picture(form.picture.data)
    try:
        with change(form) as (db, now):
            illustrate(
                db,
                event_id,
                content,
                name=name,
                alt=form.picture_alt.data or "",
                now=now,
                account_id=me().account_id,
            )
    except BadPicture as refusal:
        form.blame(refusal)
    except BadDraft as refusal:
        for name, sentence in refusal.problems.items():
            form[name].errors = [sentence]
    return not form.mistakes
