"""The lines of a declaration as they are stored, and what is pointed out of them at this moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declaration_refusals import UnknownLine
from alpes_events.clause.declaring.declaring import Flag, LineDraft, Noted, Spell, flags
from alpes_events.clause.declaring.noted import noted_hours, own_noted_hours
from alpes_events.clause.declaring.roster import Employed, employed_by_ids
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.people.records import canonical_ids

OPEN = frozenset({LineState.WRITTEN, LineState.SENT})
"""Lines that the company may still change."""


def rows_of(db: Session, declaration_id: int) -> list[DeclaredLine]:
    """The lines of a declaration that stand."""
    asked = select(DeclaredLine).where(
        DeclaredLine.declaration_id == declaration_id, DeclaredLine.state != LineState.WITHDRAWN
    )
    return list(db.exec(asked.order_by(col(DeclaredLine.id)).execution_options(populate_existing=True)))


def lines_named(there: Iterable[DeclaredLine], line_ids: Collection[int]) -> list[DeclaredLine]:
    """These lines among those of a declaration. Raises `UnknownLine` when one does not stand in it."""
    found = [line for line in there if line.id in line_ids]
    if len(found) != len(set(line_ids)):
        raise UnknownLine
    return found


def draft_of(line: DeclaredLine) -> LineDraft:
    """A stored line as it would be written again."""
    return LineDraft(
        line.from_on, line.until_on, line.minutes, line.employment_id, line.person_words, line.overtime, line.id
    )


@dataclass(frozen=True)
class Around:
    """What the lines of a declaration are held against: its people by employment contract, what it has validated, what
    other declarations say of them, and what the ledger has without one (`beside`: what of it is pointed out).
    """

    people: Mapping[int, Employed]
    settled: Sequence[LineDraft]
    elsewhere: Sequence[Spell]
    noted: Sequence[Noted]
    beside: Sequence[Noted]

    def flags_of(self, lines: Sequence[LineDraft]) -> list[tuple[Flag, ...]]:
        """What is to be said of each of these lines."""
        grounds = [one.ground for one in self.people.values()]
        return flags(
            lines, grounds, settled=self.settled, elsewhere=self.elsewhere, noted=self.noted, beside=self.beside
        )

    def open_flags(self, there: Iterable[DeclaredLine]) -> dict[int, tuple[Flag, ...]]:
        """What is to be said of those stored lines that are not decided, by id."""
        waiting = [line for line in there if line.state in OPEN]
        found = self.flags_of([draft_of(line) for line in waiting])
        return {line.id or 0: flagged for line, flagged in zip(waiting, found, strict=True)}


def around(db: Session, row: HourDeclaration, there: Iterable[DeclaredLine], people: Mapping[int, Employed]) -> Around:
    """What is around a declaration at this moment. `there` are all its lines, `people` those that they are of."""
    who = {one.candidate_id for one in people.values()}
    settled = [draft_of(line) for line in there if line.state is LineState.VALIDATED]
    noted = noted_hours(db, row.month, who)
    return Around(people, settled, spells_elsewhere(db, row, who), noted, noted)


def around_for_company(
    db: Session, row: HourDeclaration, there: Iterable[DeclaredLine], people: Mapping[int, Employed]
) -> Around:
    """The same as the company may read it: of what the ledger has without a declaration, its own is pointed out."""
    who = {one.candidate_id for one in people.values()}
    return replace(around(db, row, there, people), beside=own_noted_hours(db, row.month, row.company_id, who))


def people_of(db: Session, there: Iterable[DeclaredLine]) -> dict[int, Employed]:
    """The employment contracts of these lines."""
    return employed_by_ids(db, {line.employment_id for line in there if line.employment_id is not None})


def spells_elsewhere(db: Session, row: HourDeclaration, candidate_ids: Collection[int]) -> list[Spell]:
    """The days of these people that other declarations of the month have, sent and not refused: of other companies, or
    of a record that was merged into this one.
    """
    if not candidate_ids:
        return []
    line = DeclaredLine
    asked = (
        columns(
            col(EmploymentContract.candidate_id),
            col(line.from_on),
            col(line.until_on),
            col(line.minutes),
            col(line.overtime),
        )
        .join(EmploymentContract, col(EmploymentContract.id) == col(line.employment_id))
        .join(HourDeclaration, col(HourDeclaration.id) == col(line.declaration_id))
        .where(
            col(HourDeclaration.id) != row.id,
            col(line.state).in_((LineState.SENT, LineState.VALIDATED)),
            col(line.from_on) <= last_day(row.month),
            col(line.until_on) >= row.month,
        )
        .order_by(col(line.id))
    )
    found = db.execute(asked).all()
    kept = canonical_ids(db, (candidate_id for candidate_id, *_rest in found))
    spells = [Spell(kept[candidate_id], *rest) for candidate_id, *rest in found]
    return [spell for spell in spells if spell.candidate_id in candidate_ids]
