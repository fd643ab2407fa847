"""Declared lines as they are checked and stored: which stored line a written one stands for, and what it becomes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col

from alpes_events.clause.declaring.declaration_refusals import BadLines, LineDecided
from alpes_events.clause.declaring.declared_lines import OPEN, draft_of
from alpes_events.clause.declaring.declaring import LineDraft
from alpes_events.clause.declaring.declaring_problems import problems
from alpes_events.clause.declaring.roster import Employed, employed, records_for
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.language.folding import composed, fold, written

_LONGEST_NAME = 200


def checked_lines(lines: Iterable[LineDraft], people: Mapping[int, Employed], *, month: date) -> list[LineDraft]:
    """The lines as they are stored; `people` are those of `grounds_of`. Raises `BadLines` when one cannot be."""
    clean = [_clean(line) for line in lines]
    found = problems(clean, [one.ground for one in people.values()], month=month)
    if found:
        raise BadLines(found)
    return clean


def grounds_of(db: Session, row: HourDeclaration, lines: Iterable[LineDraft]) -> dict[int, Employed]:
    """The employment contracts of these lines that are this company's; another's do not exist."""
    wanted = sorted({line.employment_id for line in lines if line.employment_id is not None})
    if not wanted:
        return {}
    own = col(EmploymentContract.company_id).in_(records_for(db, row.company_id))
    return {one.employment_id: one for one in employed(db, col(EmploymentContract.id).in_(wanted), own)}


def still_open(there: Iterable[DeclaredLine], lines: Iterable[LineDraft]) -> list[LineDraft]:
    """The lines without those that were decided and say the same. Raises `LineDecided` for one that says otherwise."""
    decided = {line.id: draft_of(line) for line in there if line.state not in OPEN}
    left = []
    for line in lines:
        if line.line_id not in decided:
            left.append(line)
        elif not _same(line, decided[line.line_id]):
            raise LineDecided
    return left


def match_lines(there: Iterable[DeclaredLine], lines: Sequence[LineDraft]) -> dict[int, int]:
    """Which stored line each written one stands for, by its place: the one it names, else the same one, else one of
    the same person. So a form that is sent twice makes nothing new.
    """
    free = {line.id or 0: draft_of(line) for line in there if line.state in OPEN}
    matched: dict[int, int] = {}
    for alike in (_named, _same, _of_same):
        for place, draft in enumerate(lines):
            found = None if place in matched else next((one for one, line in free.items() if alike(draft, line)), None)
            if found is not None:
                matched[place] = found
                del free[found]
    return matched


def put_line(
    db: Session,
    row: HourDeclaration,
    line: DeclaredLine | None,
    draft: LineDraft,
    *,
    way: DeclarationWay,
    now: datetime,
) -> DeclaredLine:
    """Write a line, anew or in the place of another. Its way and moment change with what it says only."""
    if line is None:
        line = DeclaredLine(
            declaration_id=row.id or 0,
            from_on=draft.from_on,
            until_on=draft.until_on,
            minutes=draft.minutes,
            way=way,
            state=LineState.WRITTEN,
            written_at=now,
        )
    elif _same(draft, draft_of(line)) and draft.overtime == line.overtime:
        return line
    line.sqlmodel_update(
        {
            "employment_id": draft.employment_id,
            "person_words": draft.person_words,
            "from_on": draft.from_on,
            "until_on": draft.until_on,
            "minutes": draft.minutes,
            "overtime": draft.overtime,
            "way": way,
            "written_at": now,
        }
    )
    db.add(line)
    db.flush()
    return line


def _clean(line: LineDraft) -> LineDraft:
    words = composed(written(line.person_words))[:_LONGEST_NAME] if line.employment_id is None else ""
    return LineDraft(line.from_on, line.until_on, line.minutes, line.employment_id, words, line.overtime, line.line_id)


def _named(one: LineDraft, other: LineDraft) -> bool:
    return one.line_id is not None and one.line_id == other.line_id


def _same(one: LineDraft, other: LineDraft) -> bool:
    return _of_same(one, other) and (one.from_on, one.until_on, one.minutes) == (
        other.from_on,
        other.until_on,
        other.minutes,
    )


def _of_same(one: LineDraft, other: LineDraft) -> bool:
    return one.employment_id == other.employment_id and fold(one.person_words) == fold(other.person_words)
