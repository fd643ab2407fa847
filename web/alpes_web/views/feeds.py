"""Calendars to subscribe to: the agenda, one event, and a person's own sign-ups."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, request

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.feeds import FeedAddress, FeedForm, feed_version, render_scope
from alpes_events.agenda.scope import FeedScope, scope_labels, scope_of
from alpes_events.interviews.own_calendar import own_days, render_days
from alpes_events.language.sentence import LANGUAGES, supported
from alpes_events.people.feed_token import UnknownFeedToken, owner_of_token
from alpes_events.people.queries import UnknownCandidate
from alpes_web.calendar_answer import CALENDAR, calendar_answer
from alpes_web.feed_cache import FeedCache, Rendered
from alpes_web.limits import limit_address
from alpes_web.site import site

feeds = Blueprint("feeds", __name__)

_MINUTE = timedelta(minutes=1)
_WHOLE_FEEDS_A_MINUTE = 120
"""For one address. A reader that has the feed already is not counted: its answer costs next to nothing."""

_WRONG_TOKENS_A_MINUTE = 20
_LANGUAGE = "lang"
MEDIA_TYPES = {FeedForm.CALENDAR: CALENDAR, FeedForm.NEWS: "application/atom+xml; charset=utf-8"}


@feeds.record_once
def _open_cache(state: object) -> None:
    """Each site keeps the feeds it rendered."""
    state.app.extensions["alpes_feeds"] = FeedCache()  # type: ignore[attr-defined]


@feeds.get("/feeds/agenda.ics")
def agenda() -> Response:
    """The public agenda; `territory`, `commune`, `kind`, `series` and `theme` narrow it."""
    return _answer(_asked_scope())


@feeds.get("/feeds/agenda.atom")
def news() -> Response:
    """The public agenda as news, the latest first, narrowed in the same way."""
    return _answer(_asked_scope(), FeedForm.NEWS)


@feeds.get("/events/<slug>.ics")
def event(slug: str) -> Response:
    """One event, which follows its changes like the agenda."""
    return _answer(FeedScope(slug=slug))


@feeds.get("/feeds/me/<token>.ics")
def own(token: str) -> Response:
    """The sign-ups of the person who was given this secret address. It opens nothing else."""
    now = site().now()
    try:
        with site().database.reading() as db:
            owner = owner_of_token(db, token)
            days = own_days(db, owner, base_url=site().settings.base_url, language=_asked_language(), now=now)
            calendar = days.calendar
            return calendar_answer(
                calendar.tag,
                modified_at=calendar.modified_at,
                file_name=f"Mes rendez-vous {calendar.organisation.short_name}.ics",
                cache_control="private, no-cache",
                rendered=lambda: Rendered(render_days(db, days, now=now)),
            )
    except (UnknownFeedToken, UnknownCandidate) as error:
        limit_address("feed-token", limit=_WRONG_TOKENS_A_MINUTE, window=_MINUTE)
        raise UnknownFeedToken from error


def _asked_scope() -> FeedScope:
    return scope_of((name, value) for name, value in request.args.items(multi=True) if name != _LANGUAGE)


def _answer(scope: FeedScope, form: FeedForm = FeedForm.CALENDAR) -> Response:
    """The feed of `scope`: its version from one query, its octets from memory or rendered once."""
    now = site().now()
    address = FeedAddress(site().settings.base_url, _asked_language() or "fr", form)
    with site().database.reading() as db:
        labels = scope_labels(db, scope, language=address.language)
        version = feed_version(db, scope, address=address, labels=labels, now=now)
        if scope.slug and not version.event_count:
            raise UnknownEvent

        def rendered() -> Rendered:
            limit_address("feed", limit=_WHOLE_FEEDS_A_MINUTE, window=_MINUTE)
            return _cache().get(
                version.tag,
                lambda: render_scope(db, scope, address=address, version=version, labels=labels, now=now),
            )

        return calendar_answer(
            version.tag,
            modified_at=version.modified_at,
            file_name=f"{scope.slug or f'Agenda {version.organisation}'}.{form}",
            cache_control="public, no-cache",
            media_type=MEDIA_TYPES[form],
            rendered=rendered,
        )


def _asked_language() -> str | None:
    """The language in the address. Neither cookie nor browser decides: the address alone says what a feed holds."""
    asked = request.args.get(_LANGUAGE)
    return supported(asked) if asked in LANGUAGES else None


def _cache() -> FeedCache:
    found = current_app.extensions["alpes_feeds"]
    assert isinstance(found, FeedCache)
    return found
