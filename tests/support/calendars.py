"""Reading calendar files in tests line by line, without any calendar library, and a site to read them from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import Session

from alpes_events.database.engine import Database
from tests.support.stories import NOW
from tests.support.web import a_site

Entry = dict[str, str]


def lines_of(octets: bytes) -> list[str]:
    """The lines of a calendar file, unfolded."""
    return octets.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def entries_of(octets: bytes) -> list[Entry]:
    """Each event's properties by name, without parameters."""
    entries: list[Entry] = []
    inside = False
    for line in lines_of(octets):
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            inside = True
            entries.append({})
        elif line == "END:VEVENT":
            inside = False
        elif inside:
            entries[-1][name.split(";")[0]] = value
    return entries


class Site:
    """The web on a database of its own, with a clock set by hand."""

    def __init__(self, database: Database, *, now: datetime = NOW) -> None:
        self.database = database
        self.now = now
        self.app = a_site(
            database, now=lambda: self.now, base_url="http://localhost", trusted_networks=("10.1.0.0/16",)
        )
        self.client: FlaskClient = self.app.test_client()

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """A transaction, a minute after the last one."""
        self.now += timedelta(minutes=1)
        with self.database.writing() as db:
            yield db
            db.commit()

    def octets(self, address: str) -> bytes:
        """What a calendar gets from this address."""
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        sent: bytes = answer.data
        return sent

    def entries(self, address: str = "/feeds/agenda.ics") -> list[Entry]:
        """The events that a calendar reads at this address."""
        return entries_of(self.octets(address))

    def tag(self, address: str = "/feeds/agenda.ics") -> str:
        """The feed's ETag, as sent."""
        return self.client.head(address).headers["ETag"]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL statements sent to the database meanwhile, transactions aside."""
    sent: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)
