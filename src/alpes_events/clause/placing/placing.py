"""Placements of people on lots: proposed behind the gate of the contract, and moved on; each move is in the journal."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from alpes_events.clause.eligibility.assessing import assess_person
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS, may_be_hired, next_states
from alpes_events.clause.placing.placement_checks import check_gate, check_is_free, check_lot, open_on
from alpes_events.clause.placing.placing_refusals import BadPlacement, NoSuchMove, PlacedAlready, UnknownPlacement
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.terms import held_contract, open_contract, open_lot, the_lot
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import canonical_ids, records_of


@dataclass(frozen=True)
class Proposal:
    """A person for the work of a lot, with one of its companies (None: not said). `run_id`: the ranking in which they
    were found; `plan_id`, with the first day and the minutes: the plan whose line it is.
    """

    candidate_id: int
    lot_id: int
    company_id: int | None = None
    run_id: int | None = None
    plan_id: int | None = None
    starts_on: date | None = None
    planned_minutes: int | None = None


def propose_placement(db: Session, proposal: Proposal, *, today: date, now: datetime, account_id: int | None) -> int:
    """Propose somebody whom the clause is for today, by an assessment made for it; the day of hiring asks anew. Gives
    the id.

    Raises `UnknownCandidate`, `UnknownLot`, `ContractClosed`, `BadPlacement`, `PlacedAlready`, `WorksThere`, and
    `NotEligible` or `EligibilityUnknown` where the gate is shut.
    """
    contract, lot = open_lot(db, proposal.lot_id)
    person = canonical(db, the_candidate(db, proposal.candidate_id))
    person_id, day = person.id or 0, max(proposal.starts_on or today, today)
    check_lot(
        db,
        contract,
        lot,
        day=day,
        starts_on=proposal.starts_on,
        company_id=proposal.company_id,
        planned_minutes=proposal.planned_minutes,
    )
    check_is_free(db, person_id, proposal.lot_id, day)
    check_gate(db, person_id, lot.contract_id, on=today)
    assessment_id = assess_person(db, person_id, lot.contract_id, on=today, now=now, account_id=account_id)
    row = Placement(
        candidate_id=person_id,
        lot_id=proposal.lot_id,
        company_id=_standing(db, proposal.company_id),
        state=PlacementState.PROPOSED,
        assessment_id=assessment_id,
        run_id=proposal.run_id,
        plan_id=proposal.plan_id,
        starts_on=proposal.starts_on,
        planned_minutes=proposal.planned_minutes,
        created_at=now,
        created_by=account_id,
        moved_at=now,
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError as clash:
        raise PlacedAlready from clash
    _record(db, row, None, now=now, account_id=account_id)
    return row.id or 0


def move_placement(
    db: Session,
    placement_id: int,
    state: PlacementState,
    *,
    came_from: PlacementState,
    now: datetime,
    account_id: int | None,
) -> None:
    """Move a placement on from where somebody saw it. One that is open can be ended though its contract is closed.

    Raises `NoSuchMove`, `UnknownPlacement`, `PlacedAlready`, `ContractClosed`.
    """
    contract_id = the_lot(db, the_placement(db, placement_id).lot_id).contract_id
    (open_contract if state in OPEN_PLACEMENTS else held_contract)(db, contract_id)
    row = the_placement(db, placement_id)
    if state not in next_states(came_from):
        raise NoSuchMove
    _move(db, row, state, came_from=came_from, now=now, account_id=account_id)


def hire_from(
    db: Session, placement_id: int, *, candidate_id: int, lot_id: int, now: datetime, account_id: int | None
) -> None:
    """An employment contract came of it. Raises `BadPlacement` for one of another person or lot, `NoSuchMove`."""
    row = the_placement(db, placement_id)
    if row.lot_id != lot_id or row.candidate_id not in records_of(db, candidate_id):
        raise BadPlacement(N_("Cette proposition est d’une autre personne, ou d’un autre lot."), field="placement_id")
    if not may_be_hired(row.state):
        raise NoSuchMove
    _move(db, row, PlacementState.HIRED, came_from=row.state, now=now, account_id=account_id)


def unhire(db: Session, placement_id: int, *, now: datetime, account_id: int | None) -> None:
    """The employment contract was noted by mistake: the company had accepted, and that is where it stands again.

    Where the person was proposed on the lot once more since, this placement is withdrawn.
    """
    row = the_placement(db, placement_id)
    hired = PlacementState.HIRED
    if row.state is not hired:
        return
    try:
        _move(db, row, PlacementState.ACCEPTED, came_from=hired, now=now, account_id=account_id)
    except PlacedAlready:
        _move(db, row, PlacementState.WITHDRAWN, came_from=hired, now=now, account_id=account_id)


def the_placement(db: Session, placement_id: int) -> Placement:
    """The placement, or `UnknownPlacement`."""
    row = db.get(Placement, placement_id, populate_existing=True)
    if row is None:
        raise UnknownPlacement
    return row


def _standing(db: Session, company_id: int | None) -> int | None:
    return None if company_id is None else standing_company(db, the_company(db, company_id)).id


def _move(
    db: Session,
    row: Placement,
    state: PlacementState,
    *,
    came_from: PlacementState,
    now: datetime,
    account_id: int | None,
) -> None:
    """Claim the move: whoever comes second finds it gone on."""
    if state in OPEN_PLACEMENTS and came_from not in OPEN_PLACEMENTS:
        person = canonical_ids(db, [row.candidate_id])[row.candidate_id]
        other = open_on(db, records_of(db, person), row.lot_id)
        if other is not None:
            raise PlacedAlready
    claim = update(Placement).where(col(Placement.id) == row.id, col(Placement.state) == came_from)
    values = claim.values(state=state, moved_at=now).execution_options(synchronize_session=False)
    try:
        with db.begin_nested():
            if row_count(db, values) != 1:
                raise NoSuchMove
    except IntegrityError as clash:
        raise PlacedAlready from clash
    db.refresh(row)
    _record(db, row, came_from, now=now, account_id=account_id)


def _record(
    db: Session, row: Placement, came_from: PlacementState | None, *, now: datetime, account_id: int | None
) -> None:
    facts: dict[str, Fact] = {
        "candidate_id": row.candidate_id,
        "lot_id": row.lot_id,
        "state": row.state.value,
        "came_from": None if came_from is None else came_from.value,
    }
    record(
        db, EntryKind.PLACEMENT_MOVED, subject=("placement", row.id or 0), now=now, account_id=account_id, facts=facts
    )
