"""The organisation's identity and rules, as a coordinator changes them: a page for each part."""

from dataclasses import asdict

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.privacy.outlook import retention_outlook
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import NoOrganisation
from alpes_events.territory.revision import ORGANISATION, BadOrganisation, OrganisationDraft, revise_organisation
from alpes_events.territory.said_of_itself import missing_of
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me
from alpes_web.staff.settings_forms import SECTIONS

staff_settings = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")


@staff_settings.route("", methods=["GET", "POST"])
def organisation() -> Response | tuple[str, int]:
    """Who the organisation is."""
    return _page("organisation")


@staff_settings.route("/waiting-list", methods=["GET", "POST"])
def waiting_list() -> Response | tuple[str, int]:
    """The rules of the waiting list, told with their numbers."""
    return _page("waiting_list")


@staff_settings.route("/retention", methods=["GET", "POST"])
def retention() -> Response | tuple[str, int]:
    """How long files are kept, and what the next nights will erase."""
    with site().database.reading() as db:
        outlook = retention_outlook(db, now=site().now())
    return _page("retention", outlook=outlook)


@staff_settings.route("/figures", methods=["GET", "POST"])
def figures() -> Response | tuple[str, int]:
    """From which number on a figure is shown."""
    return _page("figures")


@staff_settings.route("/ranking", methods=["GET", "POST"])
def ranking() -> Response | tuple[str, int]:
    """Whether people and offers are ranked, or chosen by hand."""
    return _page("ranking")


def _page(name: str, **shown: object) -> Response | tuple[str, int]:
    """One part of the organisation: shown, changed, or shown again with its mistakes."""
    with site().database.reading() as db:
        row = _row(db)
        stored = OrganisationDraft.of(row)
    form = SECTIONS[name](data=asdict(stored))
    form.amends(("organisation", 1), asdict(stored), lambda db: asdict(OrganisationDraft.of(_row(db))))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                draft = form.draft(OrganisationDraft.of(_row(db)))
                changed = revise_organisation(db, draft, now=now, account_id=me().account_id)
                undo = undo_address(db, (ORGANISATION, changed))
        except BadOrganisation as refusal:
            form.blame(refusal)
        else:
            return done(N_("Les réglages sont enregistrés."), url_for(str(request.endpoint)), undo=undo)
    page = render_template(
        f"staff/settings/{name}.html",
        section="settings",
        form=form,
        rules=stored,
        missing=missing_of(row),
        **shown,
    )
    return page, 422 if form.mistakes else 200


def _row(db: Session) -> Organisation:
    row = db.get(Organisation, 1)
    if row is None:
        raise NoOrganisation
    return row
