"""Proposals to merge: made when somebody signs up or people are imported; a person decides each of them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from alpes_events.database.upsert import upsert
from alpes_events.people.models import Candidate, MergeProposal, MergeState
from alpes_events.people.queries import UnknownCandidate, the_candidate
from alpes_events.people.records import canonical_ids
from alpes_matching.duplicates import Comparison, Pair, Person, Verdict, compare, find_duplicates

_SHORTEST_LOCAL_PART = 4
_BEGINNING = 3


def propose_merges(db: Session, candidate_id: int, *, now: datetime) -> int:
    """Compare one record with those that could be the same person, and propose each likely one. Gives how many new.

    A pair that was proposed before, whatever was decided, is not proposed again.
    """
    return propose_pairs(db, likely_pairs(db, [candidate_id]), now=now)


def propose_all_merges(db: Session, *, now: datetime) -> int:
    """Compare everybody with everybody, as after an import. Gives how many new proposals."""
    return propose_pairs(db, all_likely_pairs(db), now=now)


def likely_pairs(db: Session, candidate_ids: Iterable[int]) -> list[Pair]:
    """The pairs of these records with others that are likely one person and were not proposed yet. Reads only."""
    pairs: list[Pair] = []
    for candidate_id in candidate_ids:
        row = the_candidate(db, candidate_id)
        person = as_person(row)
        compared = [(other, compare(person, other)) for other in map(as_person, neighbours(db, row))]
        pairs += [
            Pair(candidate_id, other.id, comparison)
            for other, comparison in compared
            if comparison.verdict is not Verdict.DIFFERENT
        ]
    return _new(db, pairs)


def all_likely_pairs(db: Session) -> list[Pair]:
    """The likely pairs among all people, not proposed yet. Reads only: it takes seconds for 20,000 people, and nobody
    waits for a lock meanwhile.
    """
    rows = db.exec(select(Candidate).where(col(Candidate.erased_at).is_(None)))
    return _new(db, find_duplicates(as_person(row) for row in rows))


def recent_records(db: Session, *, since: datetime) -> list[int]:
    """The records that were made or changed since then, by id."""
    statement = select(Candidate.id).where(col(Candidate.updated_at) >= since, col(Candidate.erased_at).is_(None))
    return sorted(one for one in db.exec(statement) if one is not None)


def propose_pairs(db: Session, pairs: Iterable[Pair], *, now: datetime) -> int:
    """Write proposals for pairs of records that stand. Gives how many; somebody may have been faster."""
    return sum(_insert(db, pair, now=now) for pair in pairs)


def propose_pair(db: Session, first_id: int, second_id: int, *, now: datetime) -> int:
    """Two records that staff say are one person, however unlike they look. Gives the proposal's id.

    Raises `UnknownCandidate`, also for one and the same person.
    """
    first, second = the_candidate(db, first_id), the_candidate(db, second_id)
    low, high = sorted(canonical_ids(db, [first_id, second_id])[one] for one in (first_id, second_id))
    if low == high:
        raise UnknownCandidate
    propose_pairs(db, [Pair(low, high, compare(as_person(first), as_person(second)))], now=now)
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


def _new(db: Session, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs as pairs of the records that stand, each once with its best score, without those proposed before."""
    found = sorted(pairs, key=lambda pair: -pair.comparison.score)
    kept = canonical_ids(db, (one for pair in found for one in (pair.first_id, pair.second_id)))
    known = set(db.exec(select(MergeProposal.first_id, MergeProposal.second_id)).all())
    new: dict[tuple[int, int], Pair] = {}
    for pair in found:
        low, high = sorted((kept[pair.first_id], kept[pair.second_id]))
        if low != high and (low, high) not in known:
            new.setdefault((low, high), Pair(low, high, pair.comparison))
    return list(new.values())


def _insert(db: Session, pair: Pair, *, now: datetime) -> int:
    statement = upsert(db, MergeProposal).values(
        first_id=pair.first_id,
        second_id=pair.second_id,
        score=pair.comparison.score,
        reasons=reasons_of(pair.comparison),
        state=MergeState.PROPOSED,
        proposed_at=now,
    )
    added = statement.on_conflict_do_nothing(index_elements=["first_id", "second_id"]).returning(col(MergeProposal.id))
    return len(db.execute(added).all())


def neighbours(db: Session, row: Candidate) -> Iterable[Candidate]:
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
