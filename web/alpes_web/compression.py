"""Answers through gzip, where nothing secret stands beside what a visitor may choose (BREACH).

Files of ours, and public pages for somebody who is not signed in: they hold no token, and are the same for everyone.
Pages with a form that changes something, pages behind a secret link and pages of who is signed in are sent as they are.
"""

import gzip
from collections.abc import Mapping
from functools import lru_cache

from flask import Flask, Response, g, request, session

from alpes_web.access import Access, access_of
from alpes_web.visitor import visitor

_KINDS = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
        "text/plain",
    }
)
_LEAST = 860
"""Octets below which an answer fits a packet anyhow."""
_LEVEL_OF_PAGES, _LEVEL_OF_FILES = 5, 9
_FILES = "static"
_NOTED = "csrf_token"
"""Where Flask-WTF notes the token that a page carries."""


def install(app: Flask, policy: Mapping[str, Access]) -> None:
    """Compress what may be, after every other part of `app` has said what it has to say of the answer."""

    @app.after_request
    def squeeze(response: Response) -> Response:
        if response.mimetype not in _KINDS or not _holds_no_secret(policy):
            return response
        response.vary.add("Accept-Encoding")
        if not _is_asked_for(response):
            return response
        response.direct_passthrough = False
        plain = response.get_data()
        if len(plain) < _LEAST:
            return response
        response.set_data(
            _file(plain) if request.endpoint == _FILES else gzip.compress(plain, _LEVEL_OF_PAGES, mtime=0)
        )
        response.headers["Content-Encoding"] = "gzip"
        tag, _weak = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)
        return response


def _holds_no_secret(policy: Mapping[str, Access]) -> bool:
    """Whether the page is public, asked for by nobody who is signed in, writes no session and printed no token."""
    if request.endpoint == _FILES:
        return True
    if request.routing_exception is not None or access_of(request.endpoint, policy) is not Access.PUBLIC:
        return False
    return visitor() is None and not session.modified and _NOTED not in g


def _is_asked_for(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200  # noqa: PLR2004
        and "Content-Encoding" not in response.headers
        and request.accept_encodings["gzip"] > 0
    )


@lru_cache(maxsize=64)
def _file(plain: bytes) -> bytes:
    return gzip.compress(plain, _LEVEL_OF_FILES, mtime=0)
