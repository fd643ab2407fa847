"""A picture as an answer, and a picture that was sent in a form."""

from flask import Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.pictures.models import Upload


def picture_answer(upload: Upload, *, kept_seconds: int = 0) -> AnyResponse:
    """The picture, with a tag by which a browser asks whether it changed. `kept_seconds`: everybody may keep it."""
    answer = Response(upload.content, mimetype=upload.media_type)
    if kept_seconds:
        answer.headers["Cache-Control"] = f"public, max-age={kept_seconds}"
    answer.set_etag(upload.sha256)
    return answer.make_conditional(request)


def sent_picture(file: FileStorage | None) -> tuple[bytes, str]:
    """The octets and the name of a file that was sent; of none, none."""
    return (b"", "") if file is None else (file.read(), file.filename or "")
