"""Lists of what is due about people under the clause: what lapses, who is to be asked, whose name is kept for proof."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from sqlmodel import Session

from alpes_events.clause.eligibility.lapses import AHEAD, NEAR, lapses
from alpes_events.clause.employment.following import ToAsk, to_ask
from alpes_events.clause.tally.names import company_names
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.records import standing_records
from alpes_events.privacy.evidence import kept_identities
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.clause_people_forms import listed_publics
from alpes_web.staff.clause_people_page import reads_health
from alpes_web.staff.clause_people_words import LAPSING, code_words
from alpes_web.staff.scope import me

clause_due = Blueprint("clause_due", __name__, url_prefix="/staff/clause")


@clause_due.get("/lapses")
def lapsing() -> str:
    """What ends within sixty days (or fewer: `within`), the soonest first."""
    within = NEAR if request.args.get("within") == str(NEAR) else AHEAD
    with site().database.reading() as db:
        found = lapses(db, today=today(), within=within, health=reads_health())
        listed = listed_publics(db)
    return render_template(
        "staff/clause/lapses.html",
        section="clause",
        lapses=found,
        listed=listed,
        code_words=code_words,
        words=LAPSING,
        near=NEAR,
        within=within,
        spans=(AHEAD, NEAR),
        today=today(),
    )


@clause_due.get("/followed")
def followed() -> str:
    """Who is to be asked this month what became of them."""
    with site().database.reading() as db:
        waiting = to_ask(db, month=today())
        names, companies = _names(db, waiting), company_names(db, {one.company_id for one in waiting})
    return render_template(
        "staff/clause/followed.html",
        section="clause",
        waiting=[one for one in waiting if one.candidate_id in names],
        names=names,
        companies=companies,
        month=today(),
    )


@clause_due.get("/kept")
def kept() -> str:
    """Whose name is kept for the proof of their hours, and until when."""
    with site().database.reading() as db:
        people = kept_identities(db)
    if people:
        account_id, count = me().account_id, len(people)
        note_access(site().database, AuditAction.NAME_READ, now=site().now(), account_id=account_id, count=count)
    return render_template("staff/clause/kept.html", section="clause", people=people)


def _names(db: Session, waiting: list[ToAsk]) -> Mapping[int, tuple[int, str]]:
    """The record that stands for each person, and their name."""
    rows = standing_records(db, {one.candidate_id for one in waiting})
    return {
        one: (row.id or 0, f"{row.given_name} {row.family_name}".strip())
        for one, row in rows.items()
        if row.erased_at is None
    }
