"""People of whom it is not known whether a lot's contract may count them: never a no, and what to ask each for."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import standings
from alpes_events.clause.eligibility.criteria import health_codes, publics
from alpes_events.clause.eligibility.gate import Gate
from alpes_events.clause.eligibility.standing import Standing, without_health
from alpes_events.clause.terms import the_public_contract
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold
from alpes_events.people.models import Candidate
from alpes_matching.eligibility import Criterion, CriterionAnswer

_ASKED_BY_ID = 500


@dataclass(frozen=True)
class UnknownPerson:
    """Somebody with what is not known. `last_active_at`: when they were last in touch."""

    candidate_id: int
    name: str
    last_active_at: datetime
    standing: Standing

    @property
    def noted(self) -> tuple[CriterionAnswer, ...]:
        """The publics of which there is a document that does not say yes: too old, or that says the contrary."""
        return tuple(one for one in self.standing.answers if one.proof is not None)


def unknown_people(
    db: Session, contract_id: int, gate: Gate, *, part: Part, text: str = "", facilitates: bool
) -> Page[UnknownPerson]:
    """One page of them by name, of those whose name holds `text`. What tells of health only for who facilitates."""
    asked = select(Candidate.id, Candidate.given_name, Candidate.family_name, Candidate.last_active_at).where(
        col(Candidate.erased_at).is_(None),
        col(Candidate.merged_into).is_(None),
        col(Candidate.search_name).contains(fold(text), autoescape=True),
    )
    if len(gate.unknown) <= _ASKED_BY_ID:
        asked = asked.where(col(Candidate.id).in_(gate.unknown))
    rows = db.exec(asked.order_by(col(Candidate.search_name), col(Candidate.id))).all()
    people = [row for row in rows if row[0] in gate.unknown]
    shown = people[part.offset : part.offset + part.size]
    found = standings(db, contract_id, on=gate.on, candidate_ids=[row[0] or 0 for row in shown])
    health = frozenset[str]() if facilitates else health_codes(db)
    lines = tuple(
        UnknownPerson(one or 0, f"{given} {family}", seen, without_health(found[one or 0], health))
        for one, given, family, seen in shown
    )
    return Page(lines, len(people), part)


def documents_of(db: Session, contract_id: int, *, facilitates: bool) -> tuple[list[Criterion], bool]:
    """The publics that a contract accepts, each with its document; and whether one that tells of health is left out."""
    accepted, health = set(the_public_contract(db, contract_id).publics), health_codes(db)
    listed = [one.criterion for code, one in publics(db).items() if code in accepted]
    shown = [one for one in listed if facilitates or one.code not in health]
    return shown, len(shown) < len(listed)


def names_of_no(db: Session, gate: Gate) -> list[tuple[int, str]]:
    """Those whose documents say that the contract is not for them, by name: looked at again by whoever wants."""
    asked = select(Candidate.id, Candidate.given_name, Candidate.family_name).where(
        col(Candidate.erased_at).is_(None), col(Candidate.id).in_(sorted(gate.no)[:_ASKED_BY_ID])
    )
    rows = db.exec(asked.order_by(col(Candidate.search_name), col(Candidate.id)))
    return [(one or 0, f"{given} {family}") for one, given, family in rows]
