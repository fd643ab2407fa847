"""The rights of somebody who speaks for a company and is no contact of any: the erasure of their account."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.speakers import UnknownSpeaker
from alpes_events.companies.speaking import SpeakerView, speakers_of_records
from alpes_events.database.erased import note_erased
from alpes_events.language.sentence import N_
from alpes_events.privacy.employer_accounts import ContactToErase, erase_employer_account, is_contact
from alpes_events.privacy.erasure import empty_log
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.company_page import CompanyHead, company_head
from alpes_web.staff.scope import me
from alpes_web.views.staff.rights import EraseForm

staff_speaker_rights = Blueprint(
    "staff_speaker_rights", __name__, url_prefix="/staff/companies/<int:company_id>/speakers/<int:link_id>"
)


@staff_speaker_rights.route("/erase", methods=["GET", "POST"])
def erase(company_id: int, link_id: int) -> Response | tuple[str, int]:
    """Forget whose account it is, once the consequences were read. The company and the figures stay."""
    form, here = EraseForm(), site()
    with here.database.reading() as db:
        shown, speaker = _speaker(db, company_id, link_id)
        if is_contact(db, speaker.email):
            raise ContactToErase
    if form.validate_on_submit():
        with change() as (db, now):
            note = erase_employer_account(db, speaker.account_id, now=now, by=me().account_id)
            note_erased(here.settings.backup_folder, note)
        empty_log(here.database)
        address = url_for("staff_companies.page", company_id=shown.company.id)
        return done(N_("Ce compte est effacé. L’entreprise et les chiffres restent."), address)
    page = render_template(
        "staff/companies/erase_speaker.html", section="companies", form=form, company=shown.company, speaker=speaker
    )
    return page, 422 if form.mistakes else 200


def _speaker(db: Session, company_id: int, link_id: int) -> tuple[CompanyHead, SpeakerView]:
    """A company and somebody who speaks for it, or asks to; 404 for another company's."""
    head = company_head(db, company_id)
    speaker = next((one for one in speakers_of_records(db, head.records) if one.id == link_id), None)
    if speaker is None:
        raise UnknownSpeaker
    return head, speaker
