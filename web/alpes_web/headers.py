"""The headers of every answer, errors too: what a page may load, who may frame it, and who may keep it."""

from collections.abc import Mapping, Sequence

from flask import Flask, Response, request

from alpes_web.access import Access, access_of
from alpes_web.visitor import visitor

CONTENT_SECURITY_POLICY = "; ".join(  # noqa: FLY002 (one directive a line)
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
FRAMED = frozenset({"embed.agenda"})
"""The pages that the sites named in the settings may show inside their own: they know nobody, and hold no form."""

_UNFRAMED = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "X-Frame-Options": "DENY"}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TWO_YEARS = 2 * 365 * 24 * 3600


def content_security_policy(framed_by: Sequence[str] = ()) -> str:
    """The policy of a page that these sites may frame (their origins); of every other page without any."""
    sites = " ".join(framed_by) or "'none'"
    return CONTENT_SECURITY_POLICY.replace("ancestors 'none'", f"ancestors {sites}")


def install(app: Flask, policy: Mapping[str, Access], *, secure: bool, framed_by: Sequence[str]) -> None:
    """Put the headers on every answer of `app`. A page of a person, behind a secret link, or
    of whoever is signed in (it says their name) is never stored.
    """
    in_frames = {
        "Content-Security-Policy": content_security_policy(framed_by),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    @app.after_request
    def protect(response: Response) -> Response:
        access = access_of(request.endpoint, policy) if request.routing_exception is None else Access.PUBLIC
        response.headers.update(_ALWAYS)
        response.headers.update(in_frames if framed_by and request.endpoint in FRAMED else _UNFRAMED)
        response.headers["Referrer-Policy"] = "no-referrer" if access is Access.LINK else "same-origin"
        if secure:
            response.headers["Strict-Transport-Security"] = f"max-age={_TWO_YEARS}; includeSubDomains"
        if access is not Access.PUBLIC:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache" if visitor() is None else "no-store"
        return response
