"""Messages: everything that was sent, is owed, or is in trouble; what each says; and sending it again."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.commands import UnknownMessage, send_again
from alpes_events.messages.models import MessageState
from alpes_events.messages.preview import preview_message
from alpes_events.messages.queries import lines_of, mail_health
from alpes_web.forms import StrictForm
from alpes_web.return_address import safe_return
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.choice_fields import IdsField
from alpes_web.staff.message_table import asked_choice, message_table, messages_sheet, trouble_count
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

staff_messages = Blueprint("staff_messages", __name__, url_prefix="/staff/messages")


class AgainForm(StrictForm):
    """Sending a message again; `back` is the page to return to."""

    back = HiddenField()


class ChosenForm(AgainForm):
    """Sending several messages again."""

    chosen = IdsField()


@staff_messages.get("")
def table() -> str | Response:
    """Every message: by how it fares, kind, event, days and words; or those shown, as a file."""
    event_id = whole_number(request.args.get("event", ""))
    choice = asked_choice(event_id=event_id)
    if (form := asked_file()) is not None:
        with site().database.reading() as db:
            sheet = messages_sheet(db, choice)
        return people_file(form, sheet, name="messages", subject=None if event_id is None else ("event", event_id))
    with site().database.reading() as db:
        shown = message_table(db, choice)
        health = mail_health(db, now=site().now())
        trouble = trouble_count(db)
    return render_template("staff/messages/table.html", section="messages", table=shown, health=health, trouble=trouble)


@staff_messages.get("/<int:message_id>")
def preview(message_id: int) -> str:
    """What a message says, or would say now; its secrets are not made."""
    with site().database.reading() as db:
        line = next(iter(lines_of(db, [message_id])), None)
        if line is None:
            raise UnknownMessage
        rendered = preview_message(db, message_id, base_url=site().settings.base_url, now=site().now())
    return render_template(
        "staff/messages/preview.html", section="messages", line=line, rendered=rendered, sent=MessageState.SENT
    )


@staff_messages.post("/<int:message_id>/again")
def again(message_id: int) -> Response:
    """Send a message again."""
    form = AgainForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        send_again(db, message_id, now=now)
    return done(N_("Le message part de nouveau."), _back(form))


@staff_messages.post("/again")
def again_chosen() -> Response:
    """Send the chosen messages again; what cannot be sent again is left out, and said."""
    form = ChosenForm()
    form.refuse_unknown_fields()
    sent = refused = 0
    for message_id in form.chosen.data:
        try:
            with change() as (db, now):
                send_again(db, message_id, now=now)
            sent += 1
        except Refusal:
            refused += 1
    if refused:
        sentence = N_("Messages qui partent de nouveau : %(sent)s. Laissés de côté : %(refused)s.")
        return done(sentence, _back(form), tone="warn", sent=sent, refused=refused)
    if not sent:
        return done(N_("Aucun message n’était choisi."), _back(form), tone="warn")
    return done(N_("Messages qui partent de nouveau : %(sent)s."), _back(form), sent=sent)


def _back(form: AgainForm) -> str:
    return safe_return(form.back.data, default=url_for("staff_messages.table"))
