"""The record of processing (GDPR, article 30), to be read and printed."""

from flask import Blueprint, render_template

from alpes_events.privacy.notice import uses_of
from alpes_events.privacy.processing import Terms, record_of_processing
from alpes_web.identity import identity

staff_record = Blueprint("staff_record", __name__, url_prefix="/staff/settings/record-of-processing")


@staff_record.get("")
def page() -> str:
    """Every processing that the organisation does with this site."""
    terms = Terms(identity().retention_months, identity().retention_notice_days, identity().evidence_months)
    return render_template(
        "staff/settings/record.html", section="settings", uses=uses_of(record_of_processing(), terms=terms)
    )
