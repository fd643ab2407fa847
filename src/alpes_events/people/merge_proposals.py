"""Proposals to merge: made when somebody signs up or people are imported; a person decides each of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, or_, select

from alpes_events.people.models import Candidate, MergeProposal, MergeState
from alpes_events.people.queries import the_candidate
from alpes_events.people.records import canonical_ids
from alpes_matching.duplicates import Comparison, Pair, Person, Verdict, compare, find_duplicates

_SHORTEST_LOCAL_PART = 4
_BEGINNING = 3


def propose_merges(db: Session, candidate_id: int, *, now: datetime) -> int:
    """Compare one record with those that could be the same person, and propose each likely one. Gives how many new.

    A pair that was proposed before, whatever was decided, is not proposed again.
    """
    row = the_candidate(db, candidate_id)
    person = as_person(row)
    others = [as_person(other) for other in _neighbours(db, row)]
    pairs = [Pair(candidate_id, other.id, compare(person, other)) for other in others]
    return _propose(db, [pair for pair in pairs if pair.comparison.verdict is not Verdict.DIFFERENT], now=now)


def propose_all_merges(db: Session, *, now: datetime) -> int:
    """Compare everybody with everybody (in seconds for 20,000), as after an import. Gives how many new proposals."""
    rows = db.exec(select(Candidate).where(col(Candidate.erased_at).is_(None)))
    return _propose(db, find_duplicates(as_person(row) for row in rows), now=now)


def propose_pair(db: Session, first_id: int, second_id: int, *, now: datetime) -> int:
    """Two records that staff say are one person, however unlike they look. Gives the proposal's id."""
    first, second = the_candidate(db, first_id), the_candidate(db, second_id)
    comparison = compare(as_person(first), as_person(second))
    _propose(db, [Pair(first_id, second_id, comparison)], now=now)
    low, high = sorted(canonical_ids(db, [first_id, second_id]).values())
    statement = select(MergeProposal.id).where(MergeProposal.first_id == low, MergeProposal.second_id == high)
    return db.exec(statement).one() or 0


def as_person(row: Candidate) -> Person:
    """What is compared of a record."""
    assert row.id is not None
    return Person(
        row.id,
        row.family_name,
        row.given_name,
        email=row.email or "",
        telephone=row.telephone or "",
        birth_on=row.birth_on,
        commune=row.insee_code or row.commune_name or "",
    )


def reasons_of(comparison: Comparison) -> list[dict[str, object]]:
    """The criteria as the proposal keeps them: labels and points, nothing of the person."""
    return [
        {"code": one.code, "label": one.label, "points": one.points, "possible": one.possible}
        for one in comparison.criteria
    ]


def _propose(db: Session, pairs: Sequence[Pair], *, now: datetime) -> int:
    """Write the pairs, as pairs of the records that stand; the first of several for one pair is the best."""
    kept = canonical_ids(db, (one for pair in pairs for one in (pair.first_id, pair.second_id)))
    best: dict[tuple[int, int], Comparison] = {}
    for pair in sorted(pairs, key=lambda pair: -pair.comparison.score):
        low, high = sorted((kept[pair.first_id], kept[pair.second_id]))
        if low != high:
            best.setdefault((low, high), pair.comparison)
    return sum(_insert(db, low, high, comparison, now=now) for (low, high), comparison in best.items())


def _insert(db: Session, first_id: int, second_id: int, comparison: Comparison, *, now: datetime) -> int:
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(MergeProposal).values(
        first_id=first_id,
        second_id=second_id,
        score=comparison.score,
        reasons=reasons_of(comparison),
        state=MergeState.PROPOSED,
        proposed_at=now,
    )
    added = statement.on_conflict_do_nothing(index_elements=["first_id", "second_id"]).returning(col(MergeProposal.id))
    return len(db.execute(added).all())


def _neighbours(db: Session, row: Candidate) -> Iterable[Candidate]:
    """The records that share something with this one: telephone, local part of the address, birth date, or the
    beginnings of both names.
    """
    words = [word[:_BEGINNING] for word in row.search_name.split() if len(word) >= _BEGINNING]
    name = col(Candidate.search_name)
    alike: list[ColumnElement[bool]] = [
        name.contains(first, autoescape=True) & name.contains(second, autoescape=True)
        for position, first in enumerate(words)
        for second in words[position + 1 :]
    ]
    if row.telephone:
        alike.append(col(Candidate.telephone) == row.telephone)
    if row.email and len(local := row.email.partition("@")[0].partition("+")[0]) >= _SHORTEST_LOCAL_PART:
        alike.append(col(Candidate.email).startswith(local, autoescape=True))
    if row.birth_on:
        alike.append(col(Candidate.birth_on).in_(_readings(row.birth_on)))
    if not alike:
        return []
    return db.exec(select(Candidate).where(or_(*alike), Candidate.id != row.id, col(Candidate.erased_at).is_(None)))


def _readings(born: date) -> list[date]:
    """The date, and the one with day and month swapped when there is one."""
    try:
        return [born, born.replace(month=born.day, day=born.month)]
    except ValueError:
        return [born]
