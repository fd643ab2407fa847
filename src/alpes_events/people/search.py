"""Staff look a person up: by name (accents, order and typing errors forgiven), telephone, e-mail address or number."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import CTE, ColumnElement, Select, Subquery
from sqlalchemy import select as columns
from sqlmodel import Session, and_, col, false, func, select, true

from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.people.identity import clean_telephone
from alpes_events.people.models import Candidate
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import canonical_id, merged_records

PAGE_LENGTH = 30
_NOT_A_DIGIT = re.compile(r"\D")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_NUMBER = 5
_LIKE = 75.0
_MOST_FORGIVEN = 5 * PAGE_LENGTH


@dataclass(frozen=True)
class FoundPeople:
    """One page of people. `forgiving`: nobody is written so, and these are written nearly so."""

    people: tuple[CandidateView, ...]
    count: int
    page: int
    forgiving: bool = False
    length: int = PAGE_LENGTH

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.length))


def find_people(db: Session, text: str, *, page: int = 1, length: int = PAGE_LENGTH) -> FoundPeople:
    """The people that `text` may mean, thirty a page by family name; everybody for an empty text.

    Words may stand in any order and be only begun; signs alone mean nobody. When nobody is written so, those written
    nearly so are given, the most alike first. A person is found by any of their merged records and shown once; the
    erased are never shown.
    """
    matched = _matched(_meant(text))
    count = db.execute(columns(func.count()).select_from(matched)).scalar_one()
    if count or not is_a_name(text):
        return FoundPeople(_page(db, matched, page=page, length=length), count, page, length=length)
    ids = _nearly(db, fold(text).split())
    shown = ids[(page - 1) * length : page * length]
    rows = {row.id: row for row in db.exec(select(Candidate).where(col(Candidate.id).in_(shown)))}
    people = tuple(candidate_view(rows[one]) for one in shown)
    return FoundPeople(people, len(ids), page, forgiving=bool(ids), length=length)


def records_meant(text: str, merged: CTE) -> Select[int]:
    """The ids of the records that stand for those whom `text` may mean, as a question to stand within another; `merged`
    is the `merged_records` of the whole.
    """
    return _standing_for(_meant(text), merged)


def is_a_name(text: str) -> bool:
    """Whether `text` can be a name, which may be mistyped: letters, and no e-mail address."""
    return bool(_LETTER.search(text)) and "@" not in text


def nearly_named(db: Session, text: str) -> list[int]:
    """Ids of the people whose name has, for each word of `text`, one nearly like it: the most alike first."""
    return _nearly(db, fold(text).split())


def _meant(text: str) -> ColumnElement[bool]:
    """The condition for what was typed, by its kind."""
    if "@" in text:
        return col(Candidate.email).contains(text.strip().lower(), autoescape=True)
    if _LETTER.search(text):
        return and_(*(_begun(word) for word in fold(text).split()))
    digits = _NOT_A_DIGIT.sub("", text)
    if not digits:
        return false() if text.strip() else true()
    if len(digits) <= _LONGEST_NUMBER:
        return col(Candidate.id) == int(digits)
    return _telephone(text, digits)


def _begun(word: str) -> ColumnElement[bool]:
    """A word of the name begins so."""
    name = col(Candidate.search_name)
    return name.startswith(word, autoescape=True) | name.contains(f" {word}", autoescape=True)


def _telephone(text: str, digits: str) -> ColumnElement[bool]:
    """A whole number in any spelling, or some digits in a row of it."""
    try:
        return col(Candidate.telephone) == clean_telephone(text)
    except BadInput:
        return col(Candidate.telephone).contains(digits.lstrip("0"), autoescape=True)


def _matched(condition: ColumnElement[bool]) -> Subquery:
    """The records that stand for those that the condition finds, each once."""
    return _standing_for(condition, merged_records()).distinct().subquery()


def _standing_for(condition: ColumnElement[bool], merged: CTE) -> Select[int]:
    return (
        columns(canonical_id(col(Candidate.id), merged).label("id"))
        .select_from(Candidate)
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .where(condition, col(Candidate.erased_at).is_(None))
    )


def _page(db: Session, matched: Subquery, *, page: int, length: int) -> tuple[CandidateView, ...]:
    statement = (
        select(Candidate)
        .join(matched, matched.c.id == col(Candidate.id))
        .order_by(col(Candidate.search_name), col(Candidate.id))
        .offset((page - 1) * length)
        .limit(length)
    )
    return tuple(candidate_view(row) for row in db.exec(statement))


def _nearly(db: Session, words: list[str]) -> list[int]:
    """Ids of the people whose name has, for each word, one nearly like it: the most alike first."""
    merged = merged_records()
    rows = db.execute(
        columns(canonical_id(col(Candidate.id), merged), col(Candidate.search_name))
        .select_from(Candidate)
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .where(col(Candidate.erased_at).is_(None))
    )
    best: dict[int, float] = {}
    for candidate_id, name in rows:
        likeness = min(max(fuzz.ratio(word, other) for other in name.split() or [""]) for word in words)
        if likeness >= max(_LIKE, best.get(candidate_id, 0.0)):
            best[candidate_id] = likeness
    return sorted(best, key=lambda one: (-best[one], one))[:_MOST_FORGIVEN]
