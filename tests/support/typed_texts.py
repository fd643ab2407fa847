"""Every text that somebody can type, found in the tables, and the town with something wicked in each of them."""

from sqlalchemy import String, Table, cast, literal, update

from alpes_events.database.engine import Database
from alpes_events.tables import METADATA
from tests.support.town import settle_town

PAYLOAD = "<img src=x onerror=alert(1)>'\"{{ 7*7 }}</title></script>"
_LEFT_ALONE = frozenset(
    {"slug", "uid", "kind", "state", "reference", "email", "code", "language", "uid_domain", "time_zone"}
)
"""Texts that the platform makes or checks itself: nobody can type the payload there."""


def settle_town_with_payload(database: Database) -> None:
    """Prepare a database (for `Templates.fresh`) with the town, the payload in every text that somebody can type."""
    settle_town(database)
    with database.writing() as db:
        for name in ("venue", "series", "event", "event_session", "question", "exhibitor", "organisation", "candidate"):
            table = METADATA.tables[name]
            own = literal(PAYLOAD).concat(cast(table.c.id, String))
            db.execute(update(table).values(dict.fromkeys(free_texts(table), own)))
        lists = {name: [PAYLOAD] for name in ("themes", "partners", "audience")}
        db.execute(update(METADATA.tables["event"]).values(**lists))
        db.execute(update(METADATA.tables["question"]).values(choices=[PAYLOAD, "b"]))
        db.commit()


def free_texts(table: Table) -> list[str]:
    """The columns of a table that hold words somebody typed."""
    return [
        column.name
        for column in table.columns
        if type(column.type).__name__ == "AutoString"
        and (column.type.length or 0) >= 64  # type: ignore[attr-defined]
        and not column.unique
        and not column.foreign_keys
        and column.name not in _LEFT_ALONE
    ]
