"""A person's rights: everything we hold about them, and its erasure."""

import json

from flask import Blueprint, Response, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField

from alpes_events.attendance.models import ACTIVE
from alpes_events.attendance.one_sign_up import sign_ups_of_person
from alpes_events.clause.ledger.proving import kept_until
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.queries import candidate_view, canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_events.privacy.end_of_files import erase_and_note
from alpes_events.privacy.export import export_person, without_reserved
from alpes_web.access import ROLES, Access
from alpes_web.clocks import today
from alpes_web.forms import Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import done
from alpes_web.staff.scope import me

staff_rights = Blueprint("staff_rights", __name__, url_prefix="/staff/people/<int:candidate_id>")


class EraseForm(StrictForm):
    """That somebody has read what erasing means."""

    sure = BooleanField(
        N_("J’ai lu ce qui sera effacé, et je sais que cela ne se défait pas."),
        validators=[Needed(N_("Cochez cette case pour effacer."))],
    )


@staff_rights.get("/export.json")
def export(candidate_id: int) -> Response:
    """Every row and column that is the person's, as a file; what facilitators alone read, for them alone."""
    with site().database.reading() as db:
        document = export_person(db, candidate_id, now=site().now())
    if me().role not in ROLES[Access.FACILITATION]:
        document = without_reserved(document)
    note_access(
        site().database,
        AuditAction.EXPORTED,
        now=site().now(),
        account_id=me().account_id,
        subject=("candidate", candidate_id),
        count=1,
    )
    answer = Response(json.dumps(document, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="dossier-{candidate_id}.json"'
    return answer


@staff_rights.route("/erase", methods=["GET", "POST"])
def erase(candidate_id: int) -> AnyResponse | tuple[str, int]:
    """Erase a person, once the consequences were read."""
    form = EraseForm()
    with site().database.reading() as db:
        person = candidate_view(canonical(db, the_candidate(db, candidate_id)))
        records = records_of(db, person.id)
        sign_ups = sign_ups_of_person(db, list(records))
        evidence_until = kept_until(db, records, today=today())
    if form.validate_on_submit():
        here = site()
        folder = here.settings.backup_folder
        erase_and_note(here.database, folder, person.id, now=here.now(), account_id=me().account_id)
        return done(N_("La personne est effacée. Seuls des nombres restent."), url_for("staff_people.table"))
    active = [line for line in sign_ups if line.state in ACTIVE]
    page = render_template(
        "staff/people/erase.html",
        section="people",
        form=form,
        person=person,
        sign_up_count=len(sign_ups),
        active_count=len(active),
        evidence_until=evidence_until,
    )
    return page, 422 if form.mistakes else 200
