"""Somebody of the team at their desk: pages opened, forms filled and sent."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape

from sqlalchemy import event
from werkzeug.test import TestResponse

from alpes_events.agenda.models import EventKind, Series
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.forms import form_of
from tests.support.web import Browser, a_site

_MARK = re.compile(r'<button[^>]* name="told" value="([^"]+)"')

_UNDO = re.compile(r'flash" role="status"><svg.*?</svg><span>[^<]*</span>\s*<form method="post" action="([^"]+)"')


class Desk(Browser):
    """A browser that is signed in. `account_id` is whose."""

    def __init__(
        self,
        database: Database,
        role: Role = Role.COORDINATOR,
        *,
        event_id: int | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(a_site(database, now=now))
        self.account_id = self.sign_in(role, event_id=event_id)

    def fields(self, path: str, holding: str) -> dict[str, object]:
        """The form of a page that has a field called `holding`, as it stands there."""
        return form_of(self.get(path).get_data(as_text=True), holding=holding)

    def fill(self, path: str, holding: str, **typed: object) -> TestResponse:
        """Open a page, fill its form and send it to the same address."""
        return self.post(path, {**self.fields(path, holding), **typed})

    def confirm(self, path: str, shown: TestResponse, holding: str = "csrf_token", **more: object) -> TestResponse:
        """Press the button of a page that shows who will be told: the form is sent as it stands, with that button's
        mark.
        """
        page = shown.get_data(as_text=True)
        mark = _MARK.search(page)
        assert mark is not None, "this page shows nobody to tell"
        return self.post(path, {**form_of(page, holding=holding), **more, "told": mark[1]})

    def press(self, path: str, page: str, **kept: object) -> TestResponse:
        """Press a button that stands on `page` and goes to `path`."""
        return self.post(path, {"csrf_token": self.token(page), **kept})


def way_back(desk: Desk, answer: TestResponse) -> str:
    """The address of the button beside what was just done; empty when there is none."""
    assert answer.status_code == 303
    found = _UNDO.search(desk.get(answer.location).get_data(as_text=True))
    return "" if found is None else unescape(found[1])


def a_series(database: Database, name: str = "Décroche ton Job") -> int:
    """A series of job datings. Gives its id."""
    with database.writing() as db:
        row = Series(slug="decroche", name=name, kind=EventKind.JOB_DATING)
        db.add(row)
        db.commit()
        assert row.id is not None
        return row.id


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL statements sent while it is open."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
