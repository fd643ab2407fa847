"""The site: everything that makes it, put together in one place."""

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from alpes_events.database.engine import Database, connect
from alpes_events.settings.deployment import LOOPBACK, Deployment, read_settings
from alpes_web import access, compression, countdown, headers, languages, logs, printing, refusals, typed, visitor
from alpes_web.policy import POLICY
from alpes_web.reception import Reception
from alpes_web.site import Site, utc_now
from alpes_web.staff import printing as staff_printing
from alpes_web.views.about import about
from alpes_web.views.agenda import agenda
from alpes_web.views.api import api
from alpes_web.views.catalogue import catalogue
from alpes_web.views.demo import demo
from alpes_web.views.embed import embed
from alpes_web.views.employer import employer
from alpes_web.views.employer_applications import employer_applications
from alpes_web.views.employer_contacts import employer_contacts
from alpes_web.views.employer_hours import employer_hours
from alpes_web.views.employer_logo import employer_logo
from alpes_web.views.employer_offers import employer_offers
from alpes_web.views.events import events
from alpes_web.views.feeds import feeds
from alpes_web.views.follow_up import follow_up
from alpes_web.views.hours import hours
from alpes_web.views.interview_lists import interview_lists
from alpes_web.views.my_account import my_account
from alpes_web.views.my_applications import my_applications
from alpes_web.views.my_data import my_data
from alpes_web.views.my_project import my_project
from alpes_web.views.my_proof import my_proof
from alpes_web.views.my_queue import my_queue
from alpes_web.views.my_sign_up import my_sign_up
from alpes_web.views.my_space import my_space
from alpes_web.views.my_wishes import my_wishes
from alpes_web.views.offer_alerts import offer_alerts
from alpes_web.views.offer_requests import offer_requests
from alpes_web.views.offers import offers
from alpes_web.views.offers_for_me import offers_for_me
from alpes_web.views.passwords import passwords
from alpes_web.views.queue_screen import queue_screen
from alpes_web.views.robots import robots
from alpes_web.views.second_factor import second_factor
from alpes_web.views.second_step import second_step
from alpes_web.views.sign_in import sign_in
from alpes_web.views.sign_up import sign_up
from alpes_web.views.staff import STAFF_BLUEPRINTS
from alpes_web.views.stand import stand
from alpes_web.views.stand_after import stand_after
from alpes_web.views.stand_interviews import stand_interviews
from alpes_web.views.stand_logo import stand_logo
from alpes_web.views.stand_tables import stand_tables
from alpes_web.views.stand_wishes import stand_wishes
from alpes_web.views.subscribe import subscribe

BLUEPRINTS = (
    about,
    agenda,
    api,
    catalogue,
    demo,
    embed,
    employer,
    employer_applications,
    employer_contacts,
    employer_hours,
    employer_logo,
    employer_offers,
    events,
    feeds,
    follow_up,
    my_account,
    my_applications,
    my_data,
    my_project,
    my_proof,
    my_queue,
    my_sign_up,
    my_space,
    hours,
    interview_lists,
    my_wishes,
    offer_alerts,
    offer_requests,
    offers,
    offers_for_me,
    passwords,
    queue_screen,
    robots,
    second_factor,
    second_step,
    sign_in,
    sign_up,
    stand,
    stand_logo,
    stand_after,
    stand_tables,
    stand_interviews,
    stand_wishes,
    subscribe,
    *STAFF_BLUEPRINTS,
)
"""Every part of the site. Their pages stand in `policy.POLICY`."""

_LARGEST_BODY = 8 * 1024 * 1024
_THREADS = 4
"""Of one process: requests are short, and the database takes one writer at a time."""


def create_app(settings: Deployment, database: Database, *, now: Callable[[], datetime] = utc_now) -> Flask:
    """Make the site. Raises `UndeclaredRouteError` when a page has no declared access."""
    app = Flask("alpes_web")
    app.extensions["alpes"] = Site(database, settings, now)
    app.config.update(_configuration(settings))
    typed.install(app)
    logs.install(app)
    languages.install(app)
    printing.install(app)
    countdown.install(app)
    staff_printing.install(app)
    refusals.install(app)
    visitor.install(app)
    CSRFProtect(app)
    app.before_request(_refuse_other_sites)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.guard(app, POLICY)
    compression.install(app, POLICY)  # what is asked to act after an answer acts in reverse: this one last
    headers.install(app, POLICY, secure=settings.secure, framed_by=settings.embed_sites)
    app.after_request(_keep_marked_files)
    if settings.proxy_count:
        count = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def from_environment() -> Reception:
    """The site as the environment describes it, with its reception: what each process of the server calls."""
    settings = read_settings()
    logs.configure_logs(settings.log_format)
    app = create_app(settings, connect(settings.database_url))
    _spare_the_collector()
    return Reception(app, largest_body=_LARGEST_BODY, threads=_THREADS)


def _spare_the_collector() -> None:
    """What the start made stays until the process ends: the collector of garbage need not walk it again and again.

    It looks for circles after 50,000 new objects instead of 700: a tenth of a sign-up's time went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _configuration(settings: Deployment) -> dict[str, object]:
    secure = settings.secure
    return {
        "SECRET_KEY": settings.secret_key,
        "DEBUG": settings.debug,
        "TRUSTED_HOSTS": _hosts(settings),
        "MAX_CONTENT_LENGTH": _LARGEST_BODY,
        "SESSION_COOKIE_NAME": "__Host-alpes" if secure else "alpes",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
        "WTF_CSRF_TIME_LIMIT": None,  # it lasts as long as the browser's session: a slow writer loses nothing
        "WTF_CSRF_SSL_STRICT": False,  # pages behind secret links send no Referer; see _refuse_other_sites
    }


def _hosts(settings: Deployment) -> list[str]:
    """The names under which the site may be asked for: its own, and this computer's own in demo mode."""
    own = urlsplit(settings.base_url).hostname or ""
    return [own, *LOOPBACK] if settings.demo else [own]


def _refuse_other_sites() -> None:
    """A change asked for by another site's page is refused, before its token is even looked at. Pages behind secret
    links say « null » of where they are: their token speaks for them.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and origin.lower().partition("://")[2] != request.host.lower()
    if foreign or request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(400)


def _keep_marked_files(response: Response) -> Response:
    """A file asked for with its mark never changes under that address."""
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:  # noqa: PLR2004
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
