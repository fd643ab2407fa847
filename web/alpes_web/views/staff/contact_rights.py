"""A contact's rights: everything we hold about them, and its erasure."""

import json

from flask import Blueprint, Response, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.database.erased import note_erased
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.privacy.contacts import erase_contact_file, export_contact
from alpes_events.privacy.erasure import empty_log
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.company_page import contact_page
from alpes_web.staff.scope import me
from alpes_web.views.staff.rights import EraseForm

staff_contact_rights = Blueprint(
    "staff_contact_rights", __name__, url_prefix="/staff/companies/<int:company_id>/contacts/<int:contact_id>"
)


@staff_contact_rights.get("/export.json")
def export(company_id: int, contact_id: int) -> Response:
    """Every row and column that is the contact's, as a file."""
    with site().database.reading() as db:
        contact_page(db, company_id, contact_id)
        document = export_contact(db, contact_id, now=site().now())
    note_access(
        site().database,
        AuditAction.EXPORTED,
        now=site().now(),
        account_id=me().account_id,
        subject=("company_contact", contact_id),
        count=1,
    )
    answer = Response(json.dumps(document, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="contact-{contact_id}.json"'
    return answer


@staff_contact_rights.route("/erase", methods=["GET", "POST"])
def erase(company_id: int, contact_id: int) -> AnyResponse | tuple[str, int]:
    """Forget who this is, once the consequences were read. The company and the figures stay."""
    form = EraseForm()
    with site().database.reading() as db:
        shown, contact = contact_page(db, company_id, contact_id)
    if form.validate_on_submit():
        with change() as (db, now):
            erased = erase_contact_file(db, contact_id, now=now, account_id=me().account_id)
            note_erased(site().settings.backup_folder, erased)
        empty_log(site().database)
        address = url_for("staff_companies.page", company_id=shown.company.id)
        return done(N_("Ce contact est effacé. L’entreprise et les chiffres restent."), address)
    page = render_template(
        "staff/companies/erase.html", section="companies", form=form, company=shown.company, contact=contact
    )
    return page, 422 if form.mistakes else 200
