"""What was typed into an address or a form, before any page reads it: signs that nobody types are left out here.

A control character is typed by nobody, PostgreSQL keeps no NUL, calendars and XML no other; half a surrogate pair is no
character at all. In texts they are dropped, in a path they lead nowhere (404), like a number that no row has.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number of a row, and the largest that a page takes."""

_NEVER_TYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class TypedRequest(Request):
    """A request whose names and values hold nothing but what can be typed."""

    @cached_property
    def args(self) -> Any:
        """The query of the address."""
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        self.__dict__["form"] = _cleaned(self.__dict__["form"])
        for file in _files(self.__dict__["files"]):
            file.filename = clean(file.filename or "")


class RowNumber(IntegerConverter):
    """The number of a row in a path; a larger one than any row has is no page."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 (Werkzeug's name)
        super().__init__(map, *args, **{"max": LARGEST, **options})


def install(app: Flask) -> None:
    """Read every request of `app` this way. To be installed before anything that reads requests."""
    app.request_class = TypedRequest
    app.url_map.converters = {**app.url_map.converters, "int": RowNumber}
    app.before_request(_refuse_odd_paths)


def clean(text: str) -> str:
    """`text` without what nobody types; tabs and line ends stay."""
    return _NEVER_TYPED.sub("", text)


def whole_number(text: str, *, most: int = LARGEST) -> int | None:
    """The number from 0 to `most` that `text` writes in plain digits, or None."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None


def _refuse_odd_paths() -> None:
    for part in (request.view_args or {}).values():
        if isinstance(part, str) and clean(part) != part:
            abort(404)


def _cleaned(typed: Any) -> "ImmutableMultiDict[str, str]":
    return ImmutableMultiDict([(clean(name), clean(value)) for name, value in typed.items(multi=True)])


def _files(sent: Any) -> Iterable[FileStorage]:
    return [file for files in sent.listvalues() for file in files]
