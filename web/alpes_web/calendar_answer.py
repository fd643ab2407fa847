"""The answer that carries a feed: sent whole once, then only when it has changed."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from flask import Response, request

from alpes_web.feed_cache import Rendered

CALENDAR = "text/calendar; charset=utf-8"
_COMPRESSED = "-gzip"


def calendar_answer(
    tag: str,
    *,
    modified_at: datetime | None,
    file_name: str,
    cache_control: str,
    rendered: Callable[[], Rendered],
    media_type: str = CALENDAR,
) -> Response:
    """The feed with this version, or 304 without rendering it when the reader has it already.

    `tag` is the strong ETag of the plain octets; the compressed ones have a tag of their own, and either is known.
    """
    squeezed = request.accept_encodings["gzip"] > 0
    if _is_known(tag, modified_at):
        answer = Response(status=304)
    else:
        file = rendered()
        answer = Response(file.compressed if squeezed else file.plain, content_type=media_type)
        answer.headers["Content-Disposition"] = disposition(file_name)
        if squeezed:
            answer.headers["Content-Encoding"] = "gzip"
    answer.set_etag(tag + _COMPRESSED if squeezed else tag)
    answer.last_modified = modified_at
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = cache_control
    return answer


def disposition(file_name: str) -> str:
    """`inline`, with the name for old readers (ASCII) and for others (RFC 6266)."""
    plain = file_name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "")
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _is_known(tag: str, modified_at: datetime | None) -> bool:
    """Whether the reader has this version: by its tag if it names one, else by its date (RFC 9110, 13.2.2)."""
    if "If-None-Match" in request.headers:
        tags = request.if_none_match
        return tags.contains_weak(tag) or tags.contains_weak(tag + _COMPRESSED)
    since = request.if_modified_since
    return since is not None and modified_at is not None and modified_at.replace(microsecond=0) <= since
