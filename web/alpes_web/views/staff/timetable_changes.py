"""The draft of a timetable changed, set aside and published."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from alpes_events.interviews.board import hindrances
from alpes_events.interviews.drafts import set_aside
from alpes_events.interviews.placing import pin, take_out, tidy
from alpes_events.interviews.publishing import changes_of, publish
from alpes_events.language.sentence import N_
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.timetable_page import (
    DraftForm,
    PinForm,
    PublishForm,
    address_of,
    change_open_draft,
    draft_home,
    draft_of,
    render_draft,
)
from alpes_web.typed import whole_number
from alpes_web.views.staff.timetable import home
from alpes_web.views.staff.timetable_draft import timetable_draft

__all__ = ["timetable_draft"]


@timetable_draft.post("/interviews/<int:registration_id>/<int:exhibitor_id>/pin")
def fix(event_id: int, registration_id: int, exhibitor_id: int) -> Response:
    """It stays where it is when a new proposal is made, or may move again."""
    form, pair = PinForm(), (registration_id, exhibitor_id)
    pinned = form.pinned.data == "1"
    change_open_draft(event_id, form.seen(), lambda board: pin(board, pair, pinned=pinned))
    sentence = N_("L’entretien est fixé : une nouvelle proposition le laissera là.")
    return done(sentence if pinned else N_("L’entretien peut de nouveau bouger."), address_of(event_id, pair))


@timetable_draft.post("/interviews/<int:registration_id>/<int:exhibitor_id>/remove")
def remove(event_id: int, registration_id: int, exhibitor_id: int) -> Response:
    """The draft without it."""
    pair = (registration_id, exhibitor_id)
    change_open_draft(event_id, DraftForm().seen(), lambda board: take_out(board, pair))
    return done(N_("L’entretien est retiré de la proposition."), address_of(event_id, pair))


@timetable_draft.post("/tidy")
def tidy_up(event_id: int) -> Response:
    """The draft without what cannot be any more."""
    change_open_draft(event_id, DraftForm().seen(), tidy)
    return done(N_("Ce qui n’était plus possible est retiré."), draft_home(event_id))


@timetable_draft.post("/set-aside")
def aside(event_id: int) -> Response:
    """The draft is not wanted."""
    plan, version = DraftForm().seen()
    with change() as (db, now):
        event_page(db, event_id)
        set_aside(db, event_id, plan, version=version, now=now)
    return done(N_("La proposition est écartée. Les horaires publiés n’ont pas changé."), home(event_id))


@timetable_draft.route("/publish", methods=["GET", "POST"])
def publication(event_id: int) -> str | Response:
    """What publishing would change and how many people it tells; then it is published."""
    if request.method == "POST":
        return _publish(event_id)
    with site().database.reading() as db:
        draft = draft_of(db, event_id)
        if draft is None:
            return redirect(home(event_id), 303)
        differences, number = changes_of(db, event_id, draft.plan, now=site().now())
    return render_draft(
        "staff/timetable/publish.html",
        draft,
        differences=differences,
        number=number,
        troubles=hindrances(draft.board),
    )


def _publish(event_id: int) -> Response:
    form = PublishForm()
    (plan, version), number = form.seen(), whole_number(form.number.data or "")
    if number is None:
        abort(400)
    with change() as (db, now):
        event_page(db, event_id)
        published = publish(db, event_id, plan, version=version, seen=number, now=now, account_id=me().account_id)
    count = len(published.booked.people)
    return done(N_("Les horaires sont publiés. Personnes prévenues : %(count)d."), home(event_id), count=count)
