"""The records of a year as columns: service acts, enrolments, exits, steps, contracts signed, recruitment sessions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice, repeat
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, String, case, type_coerce
from sqlalchemy import select as columns_of
from sqlmodel import col

from alpes_events.companies.models import Company
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.models import RecruitmentOperation, RecruitmentSession
from alpes_events.pathways.days import within as days_of
from alpes_events.pathways.models import (
    RESERVED,
    Enrolment,
    PathwayExit,
    PathwayStep,
    ReservedExit,
)
from alpes_events.reporting.columns import Columns, Mask, coded, in_order
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.services.models import ServiceAct
from alpes_events.statistics.hiring_figures import heads_of_sessions

Narrowing = Mapping[str, Sequence[str]]
"""Which kinds or schemes are read, for who needs no more; the conditions of a definition will do."""
ALL: Narrowing = {}
YES, NO, UNKNOWN = "yes", "no", "unknown"
_YOUNG = frozenset({"under_18", "18_25"})


def service_acts(rows: SharedRows, year: int, narrow: Narrowing = ALL) -> Columns:
    """What was done in the year. The quantity is in the unit of its kind."""
    asked = columns_of(
        col(ServiceAct.id),
        col(ServiceAct.candidate_id),
        _stored(ServiceAct.happened_on),
        col(ServiceAct.quantity),
        *_person(ServiceAct),
        col(ServiceAct.kind),
        col(ServiceAct.group_name),
        col(ServiceAct.organisation),
        col(ServiceAct.place),
        col(ServiceAct.detail),
        col(ServiceAct.result),
    ).where(
        *_within(ServiceAct.happened_on, year),
        *_narrowed(ServiceAct.kind, narrow.get("kind")),
        col(ServiceAct.withdrawn_at).is_(None),
    )
    return _columns(rows, asked, ("kind", "group", "organisation", "place", "detail", "result"))


def enrolments(rows: SharedRows, year: int, narrow: Narrowing = ALL) -> Columns:
    """Who was in a scheme on one day of the year at least. `entered` is `year` for an entry of the year."""
    asked = columns_of(
        col(Enrolment.id),
        col(Enrolment.candidate_id),
        _stored(Enrolment.entered_on),
        col(Enrolment.id),
        *_person(Enrolment),
        col(Enrolment.scheme_code),
        _when(Enrolment.first_entered_on, year),
    ).where(
        *days_of(year),
        col(Enrolment.withdrawn_at).is_(None),
        *_narrowed(Enrolment.scheme_code, narrow.get("scheme")),
    )
    return _columns(rows, asked, ("scheme", "entered"), criteria=True)


def exits(rows: SharedRows, year: int, narrow: Narrowing = ALL) -> Columns:
    """Who left a scheme in the year. The quantity is how many days they had been in it."""
    asked = (
        columns_of(
            col(Enrolment.id),
            col(Enrolment.candidate_id),
            col(PathwayExit.exited_on),
            col(Enrolment.first_entered_on),
            *_person(Enrolment),
            col(Enrolment.scheme_code),
            col(PathwayExit.reason),
            type_coerce(PathwayExit.outcome, String),
            col(PathwayExit.sector),
            col(PathwayExit.contract),
            col(ReservedExit.reason),
        )
        .join(PathwayExit, col(PathwayExit.enrolment_id) == col(Enrolment.id))
        .outerjoin(ReservedExit, col(ReservedExit.enrolment_id) == col(Enrolment.id))
        .where(
            *_within(PathwayExit.exited_on, year),
            *_narrowed(Enrolment.scheme_code, narrow.get("scheme")),
            col(Enrolment.withdrawn_at).is_(None),
        )
    )
    read = []
    for row in rows.ask(asked):
        one, person, left_on, entered_on, *described, reason, outcome, sector, contract, reserved = row
        told = reserved or "" if reason == RESERVED else reason
        spent = (left_on - entered_on).days
        read.append((one, person, left_on, spent, *described, told, outcome, sector, contract))
    return _columns(rows, read, ("scheme", "reason", "outcome", "sector", "contract"), criteria=True)


def steps(rows: SharedRows, year: int, narrow: Narrowing = ALL) -> Columns:
    """The steps of a year, those begun before it among them (`started` `before`)."""
    asked = (
        columns_of(
            col(PathwayStep.id),
            col(Enrolment.candidate_id),
            _stored(PathwayStep.starts_on),
            col(PathwayStep.id),
            *_person(Enrolment),
            col(Enrolment.scheme_code),
            type_coerce(PathwayStep.kind, String),
            col(PathwayStep.sector),
            col(PathwayStep.contract),
            col(PathwayStep.organisation),
            _when(PathwayStep.starts_on, year),
        )
        .join(Enrolment, col(Enrolment.id) == col(PathwayStep.enrolment_id))
        .where(
            col(PathwayStep.starts_on) <= date(year, 12, 31),
            col(PathwayStep.ends_on).is_(None) | (col(PathwayStep.ends_on) >= date(year, 1, 1)),
            col(Enrolment.closed_on).is_(None) | (col(Enrolment.closed_on) >= date(year, 1, 1)),
            col(PathwayStep.withdrawn_at).is_(None),
            col(Enrolment.withdrawn_at).is_(None),
            *_narrowed(PathwayStep.kind, narrow.get("kind")),
            *_narrowed(Enrolment.scheme_code, narrow.get("scheme")),
        )
    )
    return _columns(rows, asked, ("scheme", "kind", "sector", "contract", "organisation", "started"))


def hires(rows: SharedRows, year: int, _narrow: Narrowing = ALL) -> Columns:
    """The contracts signed in the year. `employer` is who recruits, where an operation is behind it."""
    asked = columns_of(
        col(Hire.id),
        col(Hire.candidate_id),
        col(Hire.in_territory),
        col(Hire.signed_on),
        type_coerce(Hire.contract, String),
        type_coerce(Hire.training, String),
        col(Hire.operation_id),
    ).where(
        *_within(Hire.signed_on, year),
        col(Hire.withdrawn_at).is_(None),
    )
    read = rows.ask(asked).all()
    return in_order(
        ids=[row[0] or 0 for row in read],
        persons=[rows.kept.get(row[1], row[1]) or 0 for row in read],
        days=[row[3].toordinal() for row in read],
        quantities=[1] * len(read),
        words={
            "territory": coded([row[2] for row in read], _said),
            "month": coded([row[3] for row in read], _month),
            "contract": coded([row[4] for row in read]),
            "training": coded([row[5] for row in read]),
            "employer": coded([row[6] for row in read], lambda one: rows.recruiters.get(one, "")),
        },
    )


def recruitment_sessions(rows: SharedRows, year: int, _narrow: Narrowing = ALL) -> Columns:
    """The recruitment sessions of the year where heads were counted; the quantity is how many, in `place` `all` and
    `territory` apart: a session has a row for each that is known.
    """
    asked = (
        columns_of(
            col(RecruitmentSession.id),
            col(RecruitmentSession.held_on),
            col(Company.name),
            col(RecruitmentOperation.name),
        )
        .join(RecruitmentOperation, col(RecruitmentOperation.id) == col(RecruitmentSession.operation_id))
        .join(Company, col(Company.id) == col(RecruitmentOperation.company_id))
        .where(*_within(RecruitmentSession.held_on, year), col(RecruitmentSession.withdrawn_at).is_(None))
    )
    heads = heads_of_sessions(rows.db, [*_within(RecruitmentSession.held_on, year)])
    told = [
        (row[0], row[1], count, place, row[2], row[3])
        for row in rows.ask(asked)
        for place, count in _counted(heads.get(row[0], {}))
    ]
    return in_order(
        ids=[row[0] or 0 for row in told],
        persons=[0] * len(told),
        days=[row[1].toordinal() for row in told],
        quantities=[row[2] for row in told],
        words={
            "heads": coded([row[3] for row in told]),
            "employer": coded([row[4] for row in told]),
            "operation": coded([row[5] for row in told]),
        },
    )


SOURCES: Mapping[str, Callable[[SharedRows, int, Narrowing], Columns]] = {
    "acts": service_acts,
    "enrolments": enrolments,
    "exits": exits,
    "steps": steps,
    "hires": hires,
    "recruitment_sessions": recruitment_sessions,
}
"""How each source is read."""


def _counted(parts: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many heads a session has, and how many of the territory, where somebody counted."""
    known = [("all", sum(parts.values()))] if parts else []
    return [*known, ("territory", parts.get(YES, 0))] if parts.keys() & {YES, NO} else known


def _person(table: Any) -> tuple[Any, ...]:
    """What a row tells of the person on that day, in the order that `_columns` reads."""
    return (
        _stored(table.in_territory),
        _stored(table.in_priority_district),
        _stored(table.sex),
        _stored(table.age_band),
        col(table.training_level),
        col(table.insee_code),
    )


def _stored(column: Any) -> Any:
    """A column as the database keeps it: of hundreds of thousands, each different value is read once, later."""
    return type_coerce(col(column), String)


_AT_ONCE = 500
"""Rows held at a time: more than some hundreds live long enough to be looked through for cycles, again and again."""
_NUMBERS = 4
"""A row begins with its id, the person, the day and the quantity."""
_OF_PERSON = 6
"""Then comes what `_person` asks."""


def _columns(rows: SharedRows, asked: Any, names: Sequence[str], *, criteria: bool = False) -> Columns:
    """Rows read once. What they say beside their numbers repeats: it is put in words once for each combination."""
    kept, communes = rows.kept, rows.communes
    parts = [asked] if isinstance(asked, list) else rows.ask(asked).partitions(_AT_ONCE)
    numbers: tuple[list[Any], ...] = tuple([] for _ in range(_NUMBERS))
    combinations: dict[tuple[Any, ...], int] = {}
    codes: list[int] = []
    for part in parts:
        for place, column in enumerate(numbers):
            column.extend([row[place] for row in part])
        codes.extend([combinations.setdefault(row[_NUMBERS:], len(combinations)) for row in part])
    ids, people, days, quantities = numbers
    said = zip(*combinations, strict=True) if combinations else repeat(())
    inside, district, sex, age, level, insee, *rest = islice(said, _OF_PERSON + len(names))
    each = np.array(codes, dtype=np.int32)
    words = {
        "territory": coded(inside, _said),
        "district": coded(district, _said),
        "sex": coded(sex),
        "age": coded(age),
        "age_group": coded(age, _group_of_age),
        "level": coded(level, _level),
        "commune": coded(insee, lambda code: communes.get(code, "")),
        **{name: coded(column) for name, column in zip(names, rest, strict=True)},
    }
    ordinals = {day: _day(day).toordinal() for day in set(days)}
    return in_order(
        ids=ids,
        persons=[kept.get(one, one) or 0 for one in people] if kept else [one or 0 for one in people],
        days=[ordinals[day] for day in days],
        quantities=quantities,
        words={name: one.at(each) for name, one in words.items()} | {"month": coded(days, _month)},
        several={"criterion": _criteria(rows, ids)} if criteria else None,
    )


def _group_of_age(band: str | None) -> str:
    return "" if band is None else "young" if band in _YOUNG else "adult"


def _level(level: int | None) -> str:
    return "" if level is None else str(level)


def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _month(stored: date | str) -> str:
    return f"{_day(stored).month:02d}"


def _within(day: Any, year: int) -> tuple[ColumnElement[bool], ...]:
    return col(day) >= date(year, 1, 1), col(day) <= date(year, 12, 31)


def _narrowed(column: Any, wanted: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if wanted is None else (col(column).in_(wanted),)


def _when(day: Any, year: int) -> ColumnElement[str]:
    """Whether the day is of the year or of one before it."""
    return case((col(day) >= date(year, 1, 1), "year"), else_="before")


def _said(known: bool | None) -> str:
    return UNKNOWN if known is None else YES if known else NO


def _criteria(rows: SharedRows, ids: Iterable[int]) -> Mapping[str, Mask]:
    """Which enrolments have each criterion, those of health among them: they are counted, not shown."""
    place = {one: index for index, one in enumerate(ids)}
    masks: dict[str, Mask] = {}
    for one, code in rows.criteria:
        if one in place:
            masks.setdefault(code, np.zeros(len(place), dtype=np.bool_))[place[one]] = True
    return masks
