"""A company's hours of a month behind the link of its declaration: no account is needed."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.declaring.declared import declaration_of_reference
from alpes_events.clause.tables.declaration_rows import DeclarationWay
from alpes_web.declaration_words import OWN_DECLARATION_SAID
from alpes_web.declaring_file import columns_page, file_page
from alpes_web.declaring_page import Asked, Desk, asked_of, declaring_page
from alpes_web.link_refusals import HoursAreOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.site import site

hours = Blueprint("hours", __name__, url_prefix="/hours/<secret>")


@hours.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """The month: what is written, what is decided, and the form."""
    with site().database.reading() as db:
        asked = _asked(db, secret)
    return declaring_page(asked, _desk(secret))


@hours.route("/file", methods=["GET", "POST"])
def file(secret: str) -> Response | tuple[str, int]:
    """The hours from a file: it is read, and nothing is kept before it is sent."""
    with site().database.reading() as db:
        asked = _asked(db, secret)
    return file_page(asked, _desk(secret))


@hours.post("/columns")
def columns(secret: str) -> Response | tuple[str, int]:
    """Which column of the file says what."""
    with site().database.reading() as db:
        asked = _asked(db, secret)
    return columns_page(asked, _desk(secret))


def _asked(db: Session, secret: str) -> Asked:
    """The declaration of a link that still serves. Raises `WrongLink`, `HoursAreOver`."""
    reference = reference_in(secret, purpose=Purpose.HOURS, key=site().settings.secret_key)
    view = None if reference is None else declaration_of_reference(db, reference)
    if view is None:
        raise WrongLink
    if view.ends_at <= site().now():
        raise HoursAreOver
    return asked_of(db, view)


def _desk(secret: str) -> Desk:
    return Desk(
        way=DeclarationWay.LINK,
        page_url=url_for("hours.page", secret=secret),
        file_url=url_for("hours.file", secret=secret),
        columns_url=url_for("hours.columns", secret=secret),
        template="hours/page.html",
        file_template="hours/file.html",
        section="",
        facts={"state_said": OWN_DECLARATION_SAID},
    )
