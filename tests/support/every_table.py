"""Rows in every table, made from the schema alone: a new table is filled without anyone remembering it."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.engine import Connection

from alpes_events.database.engine import Database

ROWS = 3
_DAY = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)

Row = dict[str, Any]

_SPECIAL: Mapping[str, Callable[[Row, int], Row]] = {
    "event": lambda row, _: row | _hours(row) | {"opens_at": None},
    "event_session": lambda row, _: row | _hours(row),
    "seat_pool": lambda row, number: row | {"capacity": None if number == 1 else 10, "taken": number},
    "territory_member": lambda row, number: row | {"until_on": None if number == 1 else date(2030, 1, 1)},
    "candidate": lambda row, _: row | {"merged_into": None},
    "company": lambda row, _: row | {"merged_into": None},
    "company_merge": lambda row, number: row | {"first_id": 1, "second_id": number + 1, "kept_id": 1},
    "exhibitor": lambda row, _: row | {"state": "accepted"},
    "stand_call": lambda row, _: row | {"opens_at": None},
    "application_step": lambda row, number: row | {"state": "new", "reason": None, "number": number},
    "offer_alert": lambda row, number: row | {"candidate_id" if number == 1 else "email": None},
    "offer_request": lambda row, number: row | _asked(number),
    "job_application": lambda row, number: row | {"state": "new" if number == 1 else "withdrawn"},
    "job_project": lambda row, number: row | {"training_level": number, "travel_minutes": 30, "travel_kilometres": 9},
    "ranking_place": lambda row, number: row | {"rank": number},
    "ranking_decision": lambda row, _: row | {"step": "pinned", "reason": None},
    "job_offer": lambda row, _: (
        row | {"exhibitor_id": None, "place_count": 1, "training_level": 4, "state": "published"}
    ),
    "interview": lambda row, number: row | _ended(number) | {"ends": 10**6},
    "public_contract": lambda row, _: row | {"eligibility_months": 24, "ends_on": None},
    "placement": lambda row, number: row | {"state": "hired" if number > 1 else "proposed"},
    "hour_entry": lambda row, number: row | _entered(number),
    "followed_situation": lambda row, number: row | {"months": 6 if number == 1 else 12},
    "hour_bonus": lambda row, _: row | {"percent": 150},
    "clause_target": lambda row, number: row | {"minutes": number},
    "declared_line": lambda row, number: row | {"minutes": number, "until_on": date(2031, 1, 1)},
    "eligibility_proof": lambda row, _: row | {"valid_until": date(2031, 1, 1)},
    "disability_proof": lambda row, _: row | {"valid_until": date(2031, 1, 1)},
    "enrolment": lambda row, _: row | {"closed_on": date(2031, 1, 1), "continues_id": None},
    "pathway_step": lambda row, _: row | {"ends_on": date(2031, 1, 1)},
    "funding_period": lambda row, _: row | {"ends_on": date(2031, 1, 1)},
    "service_act": lambda row, number: row | {"quantity": number, "ended_on": None, "replaced_by": None},
    "employment_contract": lambda row, _: row | {"ends_on": date(2031, 1, 1)},
    "interview_day": lambda row, _: row | {"walk_minutes": 5, "most_each": 5},
    "interview_table": lambda row, _: row | {"opens": 0, "closes": 120, "minutes": 10},
    "interview_hours": lambda row, _: row | {"comes": None},
    "meeting_wish": lambda row, _: row | {"shows_name": False},
    "merge_proposal": lambda row, number: row | {"first_id": 1, "second_id": number + 1, "kept_id": 1},
    "outbox_message": lambda row, number: row | _one_recipient(number),
    "registration": lambda row, _: row | {"state": "confirmed"},
    "venue": lambda row, number: row | {"merged_into": None if number == 1 else 1},
}
"""What the CHECK constraints of a table ask for beyond the types."""


def _ended(number: int) -> Row:
    """The first interview was held, the second was not, the third was called off."""
    held = {"not_held_at": None, "not_held_why": None, "called_off_at": None}
    return [
        held,
        {"held_at": None, "called_off_at": None},
        {"held_at": None, "not_held_at": None, "not_held_why": None},
    ][number - 1]


def _entered(number: int) -> Row:
    """The third entry takes back the one before it."""
    told = {"sequence": number, "minutes": 60 + number, "kind": "validated", "reverses": None}
    return told if number < ROWS else told | {"kind": "corrected", "minutes": -62, "reverses": 2}


def fill_every_table(database: Database, metadata: MetaData) -> dict[str, int]:
    """Write rows into each table, parents first. Gives how many each got."""
    keys: dict[str, list[Any]] = {}
    counts = {}
    with database.engine.execution_options(alpes_writes=True).begin() as connection:
        for table in metadata.sorted_tables:
            counts[table.name] = _fill(connection, table, keys)
    return counts


def _fill(connection: Connection, table: Table, keys: dict[str, list[Any]]) -> int:
    rows = [_row(table, number, keys) for number in range(_row_count(table))]
    special = _SPECIAL.get(table.name)
    if special is not None:
        rows = [special(row, number) for number, row in enumerate(rows, start=1)]
    connection.execute(table.insert(), rows)
    for column in table.primary_key.columns:
        keys[f"{table.name}.{column.name}"] = [row[column.name] for row in rows]
    return len(rows)


def _row_count(table: Table) -> int:
    """One-row tables (`CHECK id = 1`) get one row; others a few, one more where others point at them in pairs."""
    if any("id = 1" in str(getattr(one, "sqltext", "")) for one in table.constraints):
        return 1
    return ROWS + 1 if table.name in {"candidate", "company", "registration"} else ROWS


def _row(table: Table, number: int, keys: Mapping[str, list[Any]]) -> Row:
    return {column.name: _value(column, number, keys) for column in table.columns}


def _value(column: Column[Any], number: int, keys: Mapping[str, list[Any]]) -> Any:  # noqa: PLR0911, C901 (a type each)
    for key in column.foreign_keys:
        known = keys.get(key.target_fullname, [])
        return known[number % len(known)] if known else None
    if column.primary_key and isinstance(column.type, Integer):
        return number + 1
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    match kind:
        case Enum():
            return kind.enums[number % len(kind.enums)]
        case Boolean():
            return bool(number % 2)
        case JSON():
            return {"number": number, "text": "œuvre – été", "list": [number]}
        case LargeBinary():
            return bytes([0, 255, number])
        case DateTime():
            return _DAY + timedelta(hours=number)
        case Date():
            return date(2026, 3, 2) + timedelta(days=number)
        case Float():
            return 50.5 + number
        case Integer():
            return number
        case String():
            return f"{column.name} {number} œ’é"[-(kind.length or 80) :]
    raise NotImplementedError(f"a value for {column} of type {kind!r}")


def _one_recipient(number: int) -> Row:
    names = ("candidate_id", "account_id", "contact_id")
    return {name: None for place, name in enumerate(names) if place != number % 3}


def _asked(number: int) -> Row:
    """One application, one alert; one confirmed, one not."""
    kind = {"kind": "application"} if number % 2 else {"kind": "alert", "offer_id": None}
    return kind | ({"confirmed_at": None, "candidate_id": None} if number == 1 else {})


def _hours(row: Row) -> Row:
    return {"ends_at": row["starts_at"] + timedelta(hours=3)}
