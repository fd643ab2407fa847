"""Who somebody unknown in a declaration may be: people under contract at the company first, then everybody known."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from alpes_events.clause.declaring.recognising import Likely, likely
from alpes_events.clause.declaring.roster import Employed, roster
from alpes_events.language.folding import fold
from alpes_events.people.models import Candidate
from alpes_matching.person import Person

_SHORTEST_WORD = 3
_MOST_LOOKED_AT = 400
_MOST_OTHERS = 5
_MOST_SOUGHT = 20


@dataclass(frozen=True)
class Proposed:
    """Somebody under contract who may be meant. `likely` None: their name says nothing for it."""

    person: Employed
    likely: Likely | None


@dataclass(frozen=True)
class Other:
    """Somebody known who has no contract at the company that month. `likely` None: they were looked for by name."""

    candidate_id: int
    name: str
    likely: Likely | None


@dataclass(frozen=True)
class Proposals:
    """Everybody under contract at the company, most likely first, then who else is called like that. `too_short`: what
    somebody looked for has no word of three letters, and nobody was looked for.
    """

    people: tuple[Proposed, ...]
    others: tuple[Other, ...]
    too_short: bool = False


def proposals_for(db: Session, words: str, *, company_id: int, month: date, sought: str = "") -> Proposals:
    """Who may be called `words`; among the others whom `sought` means, when somebody looks for another name."""
    people = roster(db, company_id, month)
    found = {one.id: one for one in likely_of(words, people)}
    listed = [Proposed(one, found.get(one.employment_id)) for one in people]
    listed.sort(key=lambda one: -(one.likely.score if one.likely else 0))
    known = {one.candidate_id for one in people}
    others = _sought(db, sought, known) if sought else _others(db, words, known)
    return Proposals(tuple(listed), tuple(others), too_short=bool(sought) and not _long_words(sought))


def likely_of(words: str, people: list[Employed]) -> list[Likely]:
    """Who of these employment contracts may be called `words`, by the contract's id."""
    return likely(words, [Person(one.employment_id, one.family_name, one.given_name) for one in people])


def _long_words(text: str) -> list[str]:
    return [word for word in fold(text).split() if len(word) >= _SHORTEST_WORD]


def _sought(db: Session, text: str, known: set[int]) -> list[Other]:
    """Those whose name holds every word, one of which has three letters at least, by name."""
    if not _long_words(text):
        return []
    name = col(Candidate.search_name)
    rows = db.exec(
        select(Candidate)
        .where(*(name.contains(part, autoescape=True) for part in fold(text).split()))
        .where(col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
        .where(col(Candidate.id).not_in(sorted(known)))
        .order_by(name, col(Candidate.id))
        .limit(_MOST_SOUGHT)
    )
    return [Other(row.id or 0, f"{row.given_name} {row.family_name}", None) for row in rows]


def _others(db: Session, words: str, known: set[int]) -> list[Other]:
    parts = _long_words(words)
    if not parts:
        return []
    rows = db.exec(
        select(Candidate)
        .where(or_(*(col(Candidate.search_name).contains(part, autoescape=True) for part in parts)))
        .where(col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
        .order_by(col(Candidate.id))
        .limit(_MOST_LOOKED_AT)
    ).all()
    named = {row.id or 0: row for row in rows if row.id not in known}
    found = likely(words, [Person(one, row.family_name, row.given_name) for one, row in named.items()])
    return [
        Other(one.id, f"{named[one.id].given_name} {named[one.id].family_name}", one) for one in found[:_MOST_OTHERS]
    ]
