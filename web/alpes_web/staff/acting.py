"""What a staff button does: one command, one commit, a short confirmation, and back to the page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_web.amending import AmendingForm
from alpes_web.forms import StrictForm
from alpes_web.languages import said as in_words
from alpes_web.languages import translated
from alpes_web.site import site

Parts = ParamSpec("Parts")
_SAID_THERE = {409, 422}

UNDO = "undo"
"""The kind of a flashed message that is the address of an undoing, for the message before it."""


class Button(StrictForm):
    """A form with nothing but its button."""


def pressed() -> None:
    """A button was pressed that carries nothing: a field in its form ends the request with 400."""
    Button().refuse_unknown_fields()


@contextmanager
def change(form: AmendingForm | None = None) -> Iterator[tuple[Session, datetime]]:
    """A transaction and its instant, committed at the end; a refusal on the way leaves nothing behind.

    With the `form` that changes something stored, nobody else's change comes in between.
    """
    with site().database.writing() as db:
        if form is not None:
            form.hold(db)
        yield db, site().now()
        db.commit()


def done(sentence: str, address: str, *, tone: str = "ok", undo: str = "", **facts: object) -> Response:
    """Say what was done, once, on the page that comes next, with a button that takes it back at the address `undo`."""
    flash(said(sentence, **facts), tone)
    if undo:
        flash(undo, UNDO)
    return redirect(address, 303)


def answered_at(
    home: Callable[..., str],
) -> Callable[[Callable[Parts, Response]], Callable[Parts, Response]]:
    """What a button cannot do is said on the page `home`, where one sees why; what does not exist, or is not for this
    person, has a page of its own.
    """

    def around(view: Callable[Parts, Response]) -> Callable[Parts, Response]:
        @wraps(view)
        def act(*parts: Parts.args, **named: Parts.kwargs) -> Response:
            try:
                return view(*parts, **named)
            except Refusal as refusal:
                if refusal.status not in _SAID_THERE:
                    raise
                flash(in_words(refusal.sentence), "bad")
                return redirect(home(*parts, **named), 303)

        return act

    return around


def said(sentence: str, **facts: object) -> str:
    """A sentence with its facts, in the page's language."""
    return translated(sentence) % facts if facts else translated(sentence)


def sent(name: str) -> str:
    """One value of the form that was sent, without blanks around it."""
    return request.form.get(name, "").strip()
