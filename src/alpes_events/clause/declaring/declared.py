"""A declaration as it is read: its lines with their people, what is pointed out of each, and how far it has come."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declaration_refusals import UnknownDeclaration
from alpes_events.clause.declaring.declared_lines import OPEN, around, people_of, rows_of
from alpes_events.clause.declaring.declaring import Flag, LineDraft
from alpes_events.clause.declaring.roster import Employed, records_for
from alpes_events.clause.months import next_month
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, HourDeclaration, LineState
from alpes_events.companies.queries import standing_company, the_company

LINK_LASTS = timedelta(days=92)
"""How long a link opens a declaration after the last that happened to it: three months."""


class DeclarationState(StrEnum):
    """How far a month's declaration has come."""

    EXPECTED = "expected"
    WRITTEN = "written"
    RECEIVED = "received"
    DECIDED = "decided"


@dataclass(frozen=True)
class LineView:
    """A declared line. `person` None: nobody knows yet who it is."""

    id: int
    person: Employed | None
    person_words: str
    from_on: date
    until_on: date
    minutes: int
    overtime: bool
    state: LineState
    way: DeclarationWay
    reason: str
    flags: tuple[Flag, ...]
    decided_at: datetime | None

    @property
    def name(self) -> str:
        """Who, as far as is known."""
        return (self.person.name if self.person is not None else "") or self.person_words

    @property
    def draft(self) -> LineDraft:
        """The line as it would be written again."""
        person_id = None if self.person is None else self.person.employment_id
        return LineDraft(
            self.from_on, self.until_on, self.minutes, person_id, self.person_words, self.overtime, self.id
        )


@dataclass(frozen=True)
class DeclarationView:
    """A company's month. `company_id` is the record that stands; `opened_as` the name of the merged record under which
    it was opened, "" when it was opened under this one.
    """

    id: int
    company_id: int
    company: str
    month: date
    reference: str
    nobody_worked: bool
    sent_at: datetime | None
    changed_at: datetime
    reminded_count: int
    lines: tuple[LineView, ...]
    opened_as: str = ""

    @property
    def state(self) -> DeclarationState:
        """How far it has come."""
        return state_of(self.sent_at, [line.state for line in self.lines])

    @property
    def open_lines(self) -> tuple[LineView, ...]:
        """The lines that the company may still change."""
        return tuple(line for line in self.lines if line.state in OPEN)

    @property
    def waiting(self) -> tuple[LineView, ...]:
        """The lines that wait for a decision."""
        return tuple(line for line in self.lines if line.state is LineState.SENT)

    @property
    def minutes(self) -> int:
        """What is declared and was not refused."""
        return sum(line.minutes for line in self.lines if line.state is not LineState.REFUSED)

    @property
    def version(self) -> str:
        """What the declaration says, as a mark: it differs once somebody wrote in it or decided."""
        said = [(line.id, line.draft, line.state.value) for line in self.lines]
        told = repr((said, self.nobody_worked, self.sent_at is None))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def ends_at(self) -> datetime:
        """When its link stops opening it, also when nobody ever declared: it is counted from the end of the month, the
        last change, the last link that the team sent, or the last decision, whichever came last.
        """
        decided = [line.decided_at for line in self.lines if line.decided_at is not None]
        month_over = datetime.combine(next_month(self.month), time.min, UTC)
        return max([*decided, month_over, self.changed_at]) + LINK_LASTS


def state_of(sent_at: datetime | None, states: Collection[LineState]) -> DeclarationState:
    """How far a declaration with such lines has come."""
    if sent_at is None:
        return DeclarationState.WRITTEN if states else DeclarationState.EXPECTED
    return DeclarationState.RECEIVED if LineState.SENT in states else DeclarationState.DECIDED


def declaration_view(db: Session, declaration_id: int) -> DeclarationView:
    """A declaration as it is read. Raises `UnknownDeclaration`."""
    row = db.get(HourDeclaration, declaration_id, populate_existing=True)
    if row is None:
        raise UnknownDeclaration
    return viewed(db, row)


def declaration_of_reference(db: Session, reference: str) -> DeclarationView | None:
    """The declaration of a link."""
    row = db.exec(select(HourDeclaration).where(HourDeclaration.reference == reference)).first()
    return None if row is None else viewed(db, row)


def declaration_of(db: Session, company_id: int, month: date) -> HourDeclaration | None:
    """The row of a company's month, under whichever of its records it was opened: of several the first that is not
    sent, else the first.
    """
    asked = select(HourDeclaration).where(
        col(HourDeclaration.company_id).in_(records_for(db, company_id)), HourDeclaration.month == month
    )
    rows = db.exec(asked.order_by(col(HourDeclaration.sent_at).is_not(None), col(HourDeclaration.id)))
    return rows.first()


def viewed(db: Session, row: HourDeclaration) -> DeclarationView:
    """The declaration of a row."""
    opened = the_company(db, row.company_id)
    company = standing_company(db, opened)
    return DeclarationView(
        id=row.id or 0,
        company_id=company.id or 0,
        company=company.name,
        month=row.month,
        reference=row.reference,
        nobody_worked=row.nobody_worked,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        reminded_count=row.reminded_count,
        lines=lines_of(db, row),
        opened_as="" if company.id == opened.id else opened.name,
    )


def lines_of(db: Session, row: HourDeclaration) -> tuple[LineView, ...]:
    """The lines of a declaration by name, without those that were withdrawn. Flags of what is not decided are those
    of this moment: another company may declare the same person later.
    """
    lines = rows_of(db, row.id or 0)
    people = people_of(db, lines)
    fresh = around(db, row, lines, people).open_flags(lines) if any(line.state in OPEN for line in lines) else {}
    views = [_line_view(line, people, fresh.get(line.id or 0)) for line in lines]
    return tuple(sorted(views, key=lambda one: (one.name.casefold(), one.from_on, one.id)))


def _line_view(line: DeclaredLine, people: dict[int, Employed], fresh: tuple[Flag, ...] | None) -> LineView:
    return LineView(
        id=line.id or 0,
        person=None if line.employment_id is None else people.get(line.employment_id),
        person_words=line.person_words,
        from_on=line.from_on,
        until_on=line.until_on,
        minutes=line.minutes,
        overtime=line.overtime,
        state=line.state,
        way=line.way,
        reason=line.reason,
        flags=tuple(Flag(one) for one in line.flags) if fresh is None else fresh,
        decided_at=line.decided_at,
    )
