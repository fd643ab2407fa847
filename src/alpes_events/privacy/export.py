"""A copy of everything we hold of one person, for that person (GDPR, articles 15 and 20)."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as rows_of

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.database.rows import About, SeenBy
from alpes_events.messages.letters_told import letters_told
from alpes_events.privacy.dossier import Dossier, dossier_of, holdings, standing_record, theirs
from alpes_events.privacy.holdings import Holding
from alpes_events.privacy.processing import record_of_processing


def export_person(db: Session, candidate_id: int, *, now: datetime) -> dict[str, Any]:
    """Every row and column that is the person's, as a JSON document: `person`, `events` (what they signed up for),
    `letters` (what the team wrote to them in words of its own), `tables` (the rows as stored, hashes of secrets left
    out) and `processing` (why each table is kept, and how long).

    Also what was merged into their record. Raises `UnknownCandidate`.
    """
    dossier = dossier_of(db, candidate_id)
    kept = standing_record(db, dossier)
    return {
        "exported_at": now.isoformat(),
        "person": {"id": kept.id, "given_name": kept.given_name, "family_name": kept.family_name},
        "events": _events(db, dossier),
        "letters": _letters(db, dossier),
        "tables": {table.name: _rows(db, table, holding, dossier) for table, holding in holdings()},
        "processing": [activity.as_json() for activity in record_of_processing()],
    }


def without_reserved(document: dict[str, Any]) -> dict[str, Any]:
    """The copy as staff may hand it over who are no facilitators: without what facilitators alone read of a living
    person. `left_out` names it, whether there is any or not: the person has all of it in their own space.
    """
    reserved = {
        (table.name, column.name) for table, _holding in holdings() for column in table.columns if _is_reserved(column)
    }
    tables = {
        name: [{column: value for column, value in row.items() if (name, column) not in reserved} for row in rows]
        for name, rows in document["tables"].items()
        if not _is_apart(name)
    }
    left_out = sorted(f"{table}.{column}" for table, column in reserved)
    return {**document, "tables": tables, "left_out": left_out}


def _is_reserved(column: Column[Any]) -> bool:
    declaration = column.info.get("declaration")
    return declaration is not None and declaration.seen_by is SeenBy.FACILITATORS


def _is_apart(name: str) -> bool:
    """Whether facilitators alone read a table (but for who wrote in it): also how many rows it has is theirs."""
    declared = [column.info.get("declaration") for column in SQLModel.metadata.tables[name].columns]
    about = [one for one in declared if one is not None and one.about is not About.STAFF]
    return bool(about) and all(one.seen_by is SeenBy.FACILITATORS for one in about)


def _rows(db: Session, table: Table, holding: Holding, dossier: Dossier) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name not in holding.secrets]
    statement = select(*columns).where(theirs(table, holding, dossier)).order_by(*table.primary_key)
    return [{name: _json(value) for name, value in row.items()} for row in db.execute(statement).mappings()]


def _events(db: Session, dossier: Dossier) -> list[dict[str, Any]]:
    statement = (
        rows_of(Registration, Event)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .where(col(Registration.id).in_(dossier.registration_ids))
        .order_by(col(Event.starts_at), col(Registration.id))
    )
    return [
        {
            "title": event.title,
            "starts_at": event.starts_at.isoformat(),
            "state": registration.state.value,
            "presence": registration.presence.value,
            "reference": registration.reference,
        }
        for registration, event in db.exec(statement)
    ]


def _letters(db: Session, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "written_at": one.written_at.isoformat(),
            "event": one.event,
            "subject": one.words.subject if one.words else None,
            "text": one.words.opening if one.words else None,
        }
        for one in letters_told(db, dossier.registration_ids)
    ]


def _json(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
