"""Whether somebody about to be written down is known already: compared before anything is stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.people.commands import candidate_as_said
from alpes_events.people.identity import PersonIn
from alpes_events.people.merge_proposals import as_person, neighbours
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import standing_records
from alpes_matching.duplicates import CERTAIN_FROM, Verdict, compare

_MOST = 5


@dataclass(frozen=True)
class Lookalike:
    """Somebody of the files who may be meant, with the reasons that speak for it."""

    person: CandidateView
    certain: bool
    reasons: tuple[str, ...]


def lookalikes(db: Session, person: PersonIn, *, now: datetime) -> list[Lookalike]:
    """Who of the files may be this person, the most alike first. Nothing is stored.

    Raises `BadInput` with the field, `WhichCommune`, like writing the person down.
    """
    said = candidate_as_said(db, person, now=now)
    said.id = 0  # compared like a record, and is none
    new = as_person(said)
    compared = [(row, compare(new, as_person(row))) for row in neighbours(db, said)]
    likely = sorted(
        ((row, found) for row, found in compared if found.verdict is not Verdict.DIFFERENT),
        key=lambda pair: -pair[1].score,
    )
    standing = standing_records(db, (row.id or 0 for row, _found in likely))
    shown: dict[int, Lookalike] = {}
    for row, found in likely:
        kept = candidate_view(standing[row.id or 0])
        reasons = tuple(one.label for one in found.criteria if one.points and one.points > 0)
        shown.setdefault(kept.id, Lookalike(kept, found.score >= CERTAIN_FROM, reasons))
    return list(shown.values())[:_MOST]
