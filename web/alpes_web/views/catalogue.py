"""The public catalogue of an event: who will be there, the plan of the stands, and both as a file to print."""

from flask import Blueprint, Response, abort, current_app, render_template, request
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.queries import EventCard, public_event
from alpes_events.fair.catalogue import catalogue_of
from alpes_events.fair.plan_queries import plan_of
from alpes_events.fair.printing import Print
from alpes_events.fair.publishing import check_shown
from alpes_events.hiring.catalogue import print_with_jobs
from alpes_events.hiring.listing import offers_at_event
from alpes_events.pictures.models import Upload
from alpes_events.pictures.picture import Picture
from alpes_web.catalogue_page import catalogue_shown
from alpes_web.clocks import today
from alpes_web.event_view import EventView, view_of
from alpes_web.identity import identity
from alpes_web.languages import language
from alpes_web.limits import limit_address
from alpes_web.logo_sheets import LogoSheet, drawn_sheet, logo_addresses, sheets_of
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site

catalogue = Blueprint("catalogue", __name__, url_prefix="/events/<slug>/exhibitors")

_LONGEST_SEARCH = 100
_PRINTS_BY_ADDRESS = 30
_FOR_EVER = "public, max-age=31536000, immutable"


@catalogue.get("")
def page(slug: str) -> str:
    """Who will be there, by village; a search and a village in the address narrow it."""
    search, village = request.args.get("q", "").strip()[:_LONGEST_SEARCH], request.args.get("village", "")
    with site().database.reading() as db:
        card = _card(db, slug)
        stands = catalogue_of(db, card.event.id or 0)
        offers = offers_at_event(db, card.event.id or 0, today=today())
        has_plan = any(one.booth for one in stands)
    return render_template(
        "catalogue/page.html",
        section="agenda",
        item=_item(card),
        shown=catalogue_shown(stands, offers, search=search, village=village),
        logos=logo_addresses(slug, sheets_of(stands)),
        search=search,
        village=village,
        has_plan=has_plan,
    )


@catalogue.get("/plan")
def plan(slug: str) -> str:
    """Where each stands: drawn, and the same as a table."""
    with site().database.reading() as db:
        card = _card(db, slug)
        shown = plan_of(db, card.event.id or 0)
    if not any(booth.exhibitor for booth in shown.booths):
        abort(404)
    return render_template("catalogue/plan.html", section="agenda", item=_item(card), plan=shown)


@catalogue.get("/logos/<int:sheet>.svg")
def logos(slug: str, sheet: int) -> AnyResponse:
    """A sheet of logos; at the address that names those on it, it is kept for ever."""
    with site().database.reading() as db:
        card = _card(db, slug)
        sheets = sheets_of(catalogue_of(db, card.event.id or 0))
        wanted = sheets[sheet] if sheet < len(sheets) else abort(404)
        kept = current_app.extensions["alpes_feeds"].get(f"logos:{wanted.mark}", lambda: _drawn(db, wanted))
    answer = Response(kept.plain, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = _FOR_EVER if request.args.get("v") == wanted.mark else "public, max-age=60"
    answer.set_etag(wanted.mark)
    return answer.make_conditional(request)


@catalogue.get("/catalogue.pdf")
def document(slug: str) -> AnyResponse:
    """The catalogue to print."""
    limit_address("catalogue", limit=_PRINTS_BY_ADDRESS)
    with site().database.reading() as db:
        card = _card(db, slug)
        content = print_with_jobs(db, card.event.id or 0, Print.CATALOGUE, today=today(), language=language())
    return pdf_answer(content, f"catalogue-{slug}")


def _card(db: Session, slug: str) -> EventCard:
    """The event whose catalogue everybody may read. Raises `UnknownEvent`, `NoCatalogue`."""
    card = public_event(db, slug)
    if card is None or card.event.id is None:
        raise UnknownEvent
    check_shown(db, card.event)
    return card


def _item(card: EventCard) -> EventView:
    return view_of(card, now=site().now(), zone=identity().zone)


def _drawn(db: Session, sheet: LogoSheet) -> bytes:
    rows = {row.id: row for row in db.exec(select(Upload).where(col(Upload.id).in_(sheet.logo_ids)))}
    return drawn_sheet([Picture(rows[one].content, rows[one].media_type) for one in sheet.logo_ids])
