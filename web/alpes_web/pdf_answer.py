"""A printed document as an answer: a file to keep or print, under a name that names nobody."""

from flask import Response


def pdf_answer(content: bytes, name: str) -> Response:
    """The PDF as a file called `name`.pdf."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
