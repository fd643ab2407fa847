"""A deadline counted down: in words from the server, kept live by `countdown.js` where there is JavaScript."""

from datetime import UTC, datetime

from flask import Flask
from markupsafe import Markup

from alpes_events.language.time_left import patterns, time_left
from alpes_web.languages import language
from alpes_web.site import site


def countdown(until: datetime) -> Markup:
    """« encore 3 h 12 » until an instant that lies ahead. When it is over the page is asked for anew, and says so."""
    words = time_left(until - site().now(), language=language())
    given = Markup("").join(Markup(' data-{}="{}"').format(name, told) for name, told in patterns(language()).items())
    instant = until.astimezone(UTC).isoformat(timespec="seconds")
    return Markup('<time class="left" datetime="{}" data-until{}>{}</time>').format(instant, given, words)


def install(app: Flask) -> None:
    """Give the templates of `app` the countdown."""
    app.jinja_env.globals.update(countdown=countdown)
