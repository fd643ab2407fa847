"""What exhibitors answered after an event, and who did not: for who coordinates and telephones."""

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from alpes_events.hiring.follow_up import FollowUpMoment
from alpes_events.hiring.follow_up_opening import open_by_hand
from alpes_events.hiring.follow_up_queries import AskedState, followed_stands
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.words import Said
from alpes_web.views.follow_up import follow_up_address

staff_follow_ups = Blueprint("staff_follow_ups", __name__, url_prefix="/staff/events/<int:event_id>/stands/follow-ups")

MOMENTS = {FollowUpMoment.SIX_WEEKS: N_("À six semaines"), FollowUpMoment.SIX_MONTHS: N_("À six mois")}
ASKED_SAID = {
    AskedState.TO_COME: Said(N_("À venir"), "muted", "hour"),
    AskedState.UNREACHED: Said(N_("Pas d’adresse : appelez"), "warn", "phone"),
    AskedState.ASKED: Said(N_("Sans réponse"), "warn", "hour"),
    AskedState.PUT_OFF: Said(N_("Remis à plus tard"), "muted", "hour"),
    AskedState.HIRED: Said(N_("A embauché"), "ok", "ok"),
    AskedState.NOBODY: Said(N_("N’a embauché personne"), "muted", "check"),
    AskedState.OVER: Said(N_("Jamais répondu"), "muted", "x"),
}


@staff_follow_ups.get("")
def table(event_id: int) -> str:
    """Every exhibitor who came, with both questions."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stands = followed_stands(db, event_id, today=today())
    answered = {
        moment: sum(one.asked[moment].state in {AskedState.HIRED, AskedState.NOBODY} for one in stands)
        for moment in FollowUpMoment
    }
    return render_template(
        "staff/stands/follow_ups.html",
        section="events",
        tab_name="stands",
        shown=shown,
        stands=stands,
        answered=answered,
        moments=MOMENTS,
        asked_said=ASKED_SAID,
        address=follow_up_address,
    )


@staff_follow_ups.post("/<int:exhibitor_id>/<moment>")
def answer(event_id: int, exhibitor_id: int, moment: str) -> Response:
    """Open the question of an exhibitor on the telephone, and answer it for them."""
    pressed()
    if moment not in set(FollowUpMoment):
        abort(404)
    with change() as (db, now):
        event_page(db, event_id)
        asked = open_by_hand(db, event_id, exhibitor_id, FollowUpMoment(moment), now=now, account_id=me().account_id)
        reference = asked.reference
    return redirect(follow_up_address(reference), 303)
