"""The call of an event to exhibitors: when one may ask, which places there are, what is asked for; and its end."""

from flask import render_template
from werkzeug.wrappers import Response

from alpes_events.fair.call import CallDraft, close_call, draft_of_call, set_call, villages_of
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.stand_request_forms import CallForm, stored_call
from alpes_web.views.staff.stand_requests import home_of_requests, staff_stand_requests

__all__ = ["staff_stand_requests"]


@staff_stand_requests.route("/call", methods=["GET", "POST"])
def call(event_id: int) -> Response | tuple[str, int]:
    """When one may ask, which places there are, what is asked for."""
    zone = identity().zone
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stored = draft_of_call(db, event_id)
        villages = villages_of(db, event_id)
    form = CallForm(data=stored_call(stored or CallDraft(), zone))
    form.amends(
        ("event", event_id),
        stored_call(stored or CallDraft(), zone),
        lambda db: stored_call(draft_of_call(db, event_id) or CallDraft(), zone),
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                set_call(db, event_id, form.draft(villages, zone), now=now, account_id=me().account_id)
        except BadInput as refusal:
            if not form.blame(refusal):
                form.closes_on.errors = [refusal.sentence]
        else:
            return done(N_("L’appel aux exposants est enregistré."), home_of_requests(event_id))
    page = render_template(
        "staff/stands/call.html", section="events", tab_name="stands", shown=shown, form=form, stored=stored
    )
    return page, 422 if form.mistakes else 200


@staff_stand_requests.post("/close")
def close(event_id: int) -> Response:
    """Nobody asks any more."""
    pressed()
    with change() as (db, now):
        close_call(db, event_id, now=now, account_id=me().account_id)
    return done(N_("Les demandes sont closes. Celles qui sont arrivées restent."), home_of_requests(event_id))
