"""The board of the day: what comes next, what waits for a person, what happened in the night."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.people.models import Role
from alpes_web.staff import work_words
from alpes_web.staff.asked_work import lately_asked
from alpes_web.staff.board import advisor_board, coordination_board
from alpes_web.staff.scope import me

staff = Blueprint("staff", __name__, url_prefix="/staff")


@staff.get("/")
def today() -> str | Response:
    """The board of the day for those who run events; advisors see their people; the others their one page."""
    match me().role:
        case Role.DOOR:
            return redirect(url_for("staff_day.people", event_id=me().event_id), 303)
        case Role.READER:
            return redirect(url_for("staff_figures.latest"), 303)
        case Role.ADVISOR:
            return render_template(
                "staff/today_advisor.html",
                section="today",
                board=advisor_board(),
                works=lately_asked(),
                work=work_words,
            )
        case _:
            return render_template(
                "staff/today.html", section="today", board=coordination_board(), works=lately_asked(), work=work_words
            )
