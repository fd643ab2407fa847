"""Messages in trouble, what each message says, and the organisation's own words for them."""

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import LANGUAGES, N_
from alpes_events.messages.commands import UnknownMessage, send_again
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.preview import preview_message, preview_sample
from alpes_events.messages.queries import mail_health, messages_in_trouble
from alpes_events.messages.wording import PLACEHOLDERS, Wording, change_wording, text_subject, wording_of
from alpes_web.forms import AtMost, StrictForm
from alpes_web.identity import identity
from alpes_web.return_address import safe_return
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import message_sheet
from alpes_web.staff.take_away import EVERY_LINE, asked_file, people_file

staff_messages = Blueprint("staff_messages", __name__, url_prefix="/staff/messages")


class AgainForm(StrictForm):
    """Sending a message again; `back` is the page to return to."""

    back = HiddenField()


class WordingForm(PlainForm):
    """The organisation's own subject and opening; empty brings ours back."""

    subject = StringField(N_("Objet"), validators=[AtMost(150)])
    opening = TextAreaField(
        N_("Premières phrases"), description=N_("Elles remplacent les nôtres."), validators=[AtMost(2000)]
    )
    act = HiddenField()


@staff_messages.get("")
def trouble() -> str | Response:
    """What did not leave, and whether mail leaves at all. Or the same messages, as a file."""
    form = asked_file()
    with site().database.reading() as db:
        lines = messages_in_trouble(db, limit=EVERY_LINE) if form else messages_in_trouble(db)
        health = mail_health(db, now=site().now())
    if form is not None:
        return people_file(form, message_sheet(lines), name="messages-en-difficulte")
    return render_template("staff/messages/trouble.html", section="messages", lines=lines, health=health)


@staff_messages.post("/<int:message_id>/again")
def again(message_id: int) -> Response:
    """Send a message again."""
    form = AgainForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        send_again(db, message_id, now=now)
    address = safe_return(form.back.data, default=url_for("staff_messages.trouble"))
    return done(N_("Le message part de nouveau."), address)


@staff_messages.get("/<int:message_id>")
def preview(message_id: int) -> str:
    """What a message says, or would say now; its secrets are not made."""
    with site().database.reading() as db:
        row = db.get(OutboxMessage, message_id)
        if row is None:
            raise UnknownMessage
        rendered = preview_message(db, message_id, base_url=site().settings.base_url, now=site().now())
    return render_template(
        "staff/messages/preview.html", section="messages", kind=MessageKind(row.kind), rendered=rendered, row=row
    )


@staff_messages.get("/texts")
def texts() -> str:
    """Every message that the platform sends."""
    with site().database.reading() as db:
        changed = {(kind, code): wording_of(db, kind, code) != Wording() for kind in MessageKind for code in LANGUAGES}
    return render_template("staff/messages/texts.html", section="settings", kinds=list(MessageKind), changed=changed)


@staff_messages.route("/texts/<kind>/<any(fr, en):code>", methods=["GET", "POST"])
def text(kind: str, code: str) -> str | Response | tuple[str, int]:
    """The words of one message in one language, with what it then looks like."""
    if kind not in {member.value for member in MessageKind}:
        abort(404)
    chosen = MessageKind(kind)
    with site().database.reading() as db:
        stored = wording_of(db, chosen, code)
        form = WordingForm(data={"subject": stored.subject, "opening": stored.opening})
        wording = Wording(form.subject.data or "", form.opening.data or "")
        rendered = preview_sample(
            db, chosen, code, base_url=site().settings.base_url, now=site().now(), wording=wording
        )
    if form.validate_on_submit() and form.act.data == "keep":
        try:
            with change() as (db, now):
                today = now.astimezone(identity().zone).date()
                changed = change_wording(db, chosen, code, wording, today=today, now=now, account_id=me().account_id)
                undo = undo_address(db, text_subject(chosen, code), changed)
        except BadInput as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le texte est enregistré."), url_for("staff_messages.text", kind=kind, code=code), undo=undo)
    page = render_template(
        "staff/messages/text.html",
        section="settings",
        kind=chosen,
        code=code,
        form=form,
        rendered=rendered,
        placeholders=PLACEHOLDERS,
    )
    return page, 422 if form.mistakes else 200
