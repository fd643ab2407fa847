"""Wishes as staff see them: written for a person, counted for an event's stands, printed for each stand."""

from flask import Blueprint, render_template, request, url_for
from flask import Response as AnyResponse
from werkzeug.wrappers import Response

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import ACTIVE, Channel
from alpes_events.fair.wish_prints import print_wishes
from alpes_events.fair.wish_queries import exhibitors_to_meet, wishes_at
from alpes_events.fair.wishes import AGREEMENT, withdraw_name
from alpes_events.interviews.choosing import Choice, choose
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.choosing_page import choosing
from alpes_web.languages import language, translated
from alpes_web.names_read import note_names
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.own import own_now, own_sign_up
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import me
from alpes_web.table_acting import hours_of_event
from alpes_web.typed import whole_number
from alpes_web.wishes_form import WishesForm, wishes_form

staff_wishes = Blueprint("staff_wishes", __name__, url_prefix="/staff")


@staff_wishes.route("/sign-ups/<int:registration_id>/wishes", methods=["GET", "POST"])
def edit(registration_id: int) -> Response | tuple[str, int]:
    """The choices of a person who is there or on the telephone, and what they agree to."""
    with site().database.reading() as db:
        one = own_sign_up(db, registration_id)
        about = choosing(db, one.event, registration_id, exhibitors_to_meet(db, one.line.event_id))
    note_read(one.line.person_id)
    form = wishes_form(about)
    if form.validate_on_submit() and _kept(registration_id, one.event, form):
        return done(
            N_("Les souhaits sont enregistrés."), url_for("staff_sign_ups.page", registration_id=registration_id)
        )
    shown = render_template(
        "staff/sign_ups/wishes.html",
        section="events",
        line=one.line,
        event=one.event,
        form=form,
        about=about,
        at=hours_of_event(one.event),
        may_choose=one.line.state in ACTIVE and about.is_open,
    )
    return shown, 422 if form.mistakes else 200


@staff_wishes.post("/sign-ups/<int:registration_id>/wishes/<int:exhibitor_id>/hide")
def hide(registration_id: int, exhibitor_id: int) -> Response:
    """The person takes an agreement back."""
    pressed()
    own_now(registration_id)
    with change() as (db, now):
        withdraw_name(db, registration_id, exhibitor_id, by=Channel.ADVISOR, now=now, account_id=me().account_id)
    address = url_for("staff_wishes.edit", registration_id=registration_id)
    return done(N_("L’accord est retiré : cet employeur ne lit plus ce nom."), address)


@staff_wishes.get("/events/<int:event_id>/stands/wishes")
def table(event_id: int) -> str:
    """How many wish to meet each stand."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stands = wishes_at(db, event_id)
    return render_template("staff/stands/wishes.html", section="events", tab_name="stands", shown=shown, stands=stands)


@staff_wishes.get("/events/<int:event_id>/stands/wishes.pdf")
def prints(event_id: int) -> AnyResponse:
    """A page for each stand, or for one (`stand` in the address): what it may read, and no more."""
    wanted = whole_number(request.args.get("stand", ""))
    with site().database.reading() as db:
        event_page(db, event_id)
        printed = print_wishes(db, event_id, language=language(), exhibitor_id=wanted)
    note_names(printed.candidate_ids)
    return pdf_answer(printed.content, "souhaits-de-rencontre")


def _kept(registration_id: int, event: Event, form: WishesForm) -> bool:
    hours = form.hours(event)
    if hours is None:
        return False
    choice = Choice(form.wishes(), hours, text=translated(AGREEMENT))
    try:
        with change() as (db, now):
            choose(db, registration_id, choice, by=Channel.ADVISOR, now=now, account_id=me().account_id)
    except Refusal as refusal:
        if not form.blame(refusal):
            raise
    return not form.mistakes
