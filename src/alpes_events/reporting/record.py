"""A record behind a figure, and how the person of it is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from alpes_events.database.page import Page, Part
from alpes_events.people.models import Candidate
from alpes_events.people.records import merged_records
from alpes_events.reporting.shared_rows import SharedRows


class Shown(StrEnum):
    """What a record is shown on: its own page, or that of what it belongs to."""

    ACT = "act"
    PATHWAY = "pathway"
    EMPLOYMENT = "employment"
    CLAUSE_OPERATION = "clause_operation"
    RECRUITMENT = "recruitment"
    OFFER = "offer"
    COMPANY = "company"
    EVENT = "event"


@dataclass(frozen=True)
class RecordBehind:
    """A record behind a figure. `what` says what it is, `beside` where or with whom; `person_id` 0: nobody is named,
    and `person` is empty for somebody who was erased. `page_id` names the page of kind `shown`; 0: it has none.
    """

    id: int
    day: date | None
    what: str
    beside: str
    person_id: int
    person: str
    quantity: int
    shown: Shown | None = None
    page_id: int = 0


@dataclass(frozen=True)
class Opened:
    """One page of the records behind a figure. `differs`: today they do not make what was compiled."""

    page: Page[RecordBehind]
    differs: bool = False


@dataclass(frozen=True)
class Opening:
    """Which page of the records behind a figure is asked for, of what other parts of the platform count."""

    rows: SharedRows
    name: str
    member: str
    year: int
    part: Part
    now: datetime
    language: str


Named = Mapping[int | None, tuple[int, str]]
"""By the id of a record, the record that stands for the person and their name."""


def people_named(db: Session, ids: Sequence[int]) -> Named:
    """The record that stands for each, with its name; nothing for who was erased."""
    merged = merged_records()
    found = db.execute(columns_of(merged.c.id, merged.c.kept_id).where(merged.c.id.in_(sorted(set(ids)))))
    kept: dict[int, int] = {row[0]: row[1] for row in found}
    asked = columns_of(col(Candidate.id), col(Candidate.given_name), col(Candidate.family_name)).where(
        col(Candidate.id).in_(sorted({kept.get(one, one) for one in ids})), col(Candidate.erased_at).is_(None)
    )
    names = {row[0]: f"{row[1]} {row[2]}".strip() for row in db.execute(asked)}
    return {one: (kept.get(one, one), names.get(kept.get(one, one), "")) for one in ids}
