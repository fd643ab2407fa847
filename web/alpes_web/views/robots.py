"""What programs that walk the web are told: which pages there are, and which are nobody's business."""

from datetime import datetime
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, url_for

from alpes_events.agenda.listing import public_addresses
from alpes_events.fair.publishing import catalogue_addresses
from alpes_events.hiring.listing import offer_addresses
from alpes_web.clocks import today
from alpes_web.links import site_links
from alpes_web.site import site

robots = Blueprint("robots", __name__)

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = (
    "agenda.upcoming",
    "offers.table",
    "subscribe.how",
    "about.find_us",
    "about.accessibility",
    "about.your_data",
    "about.ranking",
    "about.legal",
)
_PRIVATE = (
    "/staff/",
    "/my-space/",
    "/my-sign-up/",
    "/offers/",
    "/survey/",
    "/sign-ups/",
    "/sign-in",
    "/feeds/me/",
    "/job-offers/alerts/",
)


@robots.get("/robots.txt")
def rules() -> Response:
    """Where programs may go: everywhere but the pages of persons; nowhere in a demonstration."""
    closed = ("/",) if site().settings.demo else _PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {site().settings.base_url}{url_for('robots.sitemap')}")
    return _kept(Response("\n".join(lines) + "\n", mimetype="text/plain"))


@robots.get("/sitemap.xml")
def sitemap() -> Response:
    """The public pages, and each event that is announced or took place, with its catalogue."""
    root = ET.Element("urlset", {"xmlns": _SPACE})
    for endpoint in _PAGES:
        _add(root, site().settings.base_url + url_for(endpoint))
    with site().database.reading() as db:
        for slug, revised_at in public_addresses(db):
            _add(root, site_links().event_url(slug), revised_at)
        for slug, changed_at in catalogue_addresses(db):
            _add(root, site().settings.base_url + url_for("catalogue.page", slug=slug), changed_at)
        for slug, revised_at in offer_addresses(db, today=today()):
            _add(root, site_links().job_offer_url(slug), revised_at)
    return _kept(Response(ET.tostring(root, encoding="utf-8", xml_declaration=True), mimetype="application/xml"))


def _add(root: ET.Element, address: str, revised_at: datetime | None = None) -> None:
    page = ET.SubElement(root, "url")
    ET.SubElement(page, "loc").text = address
    if revised_at is not None:
        ET.SubElement(page, "lastmod").text = f"{revised_at:%Y-%m-%dT%H:%M:%SZ}"


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
