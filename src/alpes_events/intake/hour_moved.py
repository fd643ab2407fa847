"""Whether what planned hours rest on is still so: asked before they are written, by whoever holds their contracts."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select as columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from alpes_events.clause.ledger.ground import hold_chains
from alpes_events.clause.ledger.ledger import hold_heads
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.database.parts import parts
from alpes_events.database.prepared import ask
from alpes_events.intake.hour_creating import MovedOn
from alpes_events.intake.hour_things import SomeContract, SomePerson, ToWrite
from alpes_events.people.identity import search_name
from alpes_events.people.models import Candidate


def check_nothing_moved(db: Session, there: Mapping[int, SomeContract]) -> None:
    """The chains of these contracts end where they did, their accounts are open, and nobody moved their dates. Raises
    `MovedOn`.
    """
    ids = sorted(there)
    held = hold_chains(db, ids)
    if any(head.sequence != there[number].sequence for number, head in hold_heads(db, ids).items()):
        raise MovedOn
    for fresh in held:
        if fresh.closed_on is not None or fresh.revised_at != there[fresh.id or 0].row.revised_at:
            raise MovedOn
    lots = {lot.row.id: lot.row.revised_at for contract in there.values() for lot in contract.lots}
    asked = select(col(ClauseLot.id), col(ClauseLot.revised_at))
    for some in parts(ids):
        if any(lots.get(one) != at for one, at in db.exec(asked.where(col(ClauseLot.contract_id).in_(some)))):
            raise MovedOn


def check_still_stands(db: Session, hours: Iterable[ToWrite]) -> None:
    """The work contracts (their days too) and people that these hours are of are what they were, and stay so.
    Raises `MovedOn`.
    """
    used = list(dict.fromkeys(one.employment for one in hours))
    people = {one.person.id: (one.person.id, None, None) for one in used if one.person.id is not None}
    person = Candidate
    standing = select(col(person.id), col(person.erased_at), col(person.merged_into))
    _check_answered(db, standing, col(person.id), people)
    works = {one.id: (one.id, None, one.employer_id, one.starts_on, one.ends_on) for one in used if one.id is not None}
    work = EmploymentContract
    last_on = func.coalesce(col(work.ended_on), col(work.ends_on))
    asked = columns(col(work.id), col(work.withdrawn_at), col(work.employer_id), col(work.starts_on), last_on)
    _check_answered(db, asked, col(work.id), works)


def _check_answered(
    db: Session, asked: Any, column: Mapped[int | None], expected: Mapping[int, tuple[object, ...]]
) -> None:
    for some in parts(sorted(expected)):
        if set(ask(db, asked.where(column.in_(some)).order_by(column), hold=True)) != {expected[one] for one in some}:
            raise MovedOn


def check_people_are_new(db: Session, people: Iterable[SomePerson]) -> None:
    """Nobody wrote the name and birth date of one of these in the meantime. Raises `MovedOn`."""
    names = {(search_name(one.row.given_name, one.row.family_name), one.row.birth_on) for one in people}
    asked = select(col(Candidate.search_name), col(Candidate.birth_on)).where(col(Candidate.erased_at).is_(None))
    for some in parts(sorted({name for name, _born in names})):
        if not names.isdisjoint(ask(db, asked.where(col(Candidate.search_name).in_(some)))):
            raise MovedOn
