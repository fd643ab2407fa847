"""A request for a stand changed: completed, corrected, or taken to another village."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.models import AskedOf
from alpes_events.agenda.questions import check_answers, questions_of
from alpes_events.fair.admission import check_call
from alpes_events.fair.answers import keep_answers
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.places import Stands, hand_over, hold_stands, seat_or_queue
from alpes_events.fair.recruiters import set_recruiters
from alpes_events.fair.refusals import ExhibitorThere, NoStandFree
from alpes_events.fair.request import StandDraft, clean_request
from alpes_events.fair.requests import WRITTEN, exhibitor_named, gate_of, held_exhibitor, offered_at, write_stand
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind


def revise_stand(
    db: Session,
    exhibitor_id: int,
    draft: StandDraft,
    *,
    now: datetime,
    account_id: int | None,
    by_staff: bool = False,
) -> tuple[str, ...]:
    """Make a request say what the draft says, until the event ends; one sent back is for the coordinator again.

    Another village gives the place there if one is free, else `NoStandFree` and nothing changes. Gives the names of
    what changed.
    """
    found = the_exhibitor(db, exhibitor_id)
    clean = clean_request(draft, offered_at(db, found.event_id, kept=found.village_id))
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    check_call(gate_of(stands), now=now, by_staff=True)
    questions = questions_of(db, exhibitor.event_id, asked_of=AskedOf.EXHIBITORS)
    answers = check_answers(questions, clean.answers)
    _refuse_other(db, exhibitor, clean)
    before = _said(exhibitor)
    if clean.village_id != exhibitor.village_id and exhibitor.state in LIVE:
        _move(db, exhibitor, stands, clean.village_id, now=now)
    write_stand(db, exhibitor, clean)
    if exhibitor.state is ExhibitorState.TO_COMPLETE and not by_staff:
        exhibitor.state = ExhibitorState.REQUESTED
    changed = tuple(name for name, value in _said(exhibitor).items() if before[name] != value)
    exhibitor.changed_at = now
    db.add(exhibitor)
    db.flush()
    keep_answers(db, exhibitor_id, questions, answers, given=clean.answers)
    if set_recruiters(db, exhibitor, clean.recruiters):
        changed = (*changed, "recruiters")
    facts: dict[str, Fact] = {"event_id": exhibitor.event_id, "changed": list(changed)}
    record(
        db, EntryKind.STAND_REVISED, subject=("exhibitor", exhibitor_id), now=now, account_id=account_id, facts=facts
    )
    return changed


def _refuse_other(db: Session, exhibitor: Exhibitor, draft: StandDraft) -> None:
    other = exhibitor_named(db, exhibitor.event_id, draft.exhibitor.name)
    if other is not None and other.id != exhibitor.id:
        raise ExhibitorThere(name=other.name, exhibitor_id=other.id or 0)


def _said(exhibitor: Exhibitor) -> dict[str, object]:
    names = ("name", "insee_code", "looking_for", "village_id", "options", "plates", *WRITTEN)
    return {name: getattr(exhibitor, name) for name in names}


def _move(db: Session, exhibitor: Exhibitor, stands: Stands, village_id: int | None, *, now: datetime) -> None:
    """Take a live request to another village: a place there for a place here, or a turn there for a turn here."""
    target = hold_stands(db, exhibitor.event_id, village_id)
    had_place, waited = exhibitor.holds_seat, exhibitor.state is ExhibitorState.WAITLISTED
    with db.no_autoflush:
        placed = seat_or_queue(db, target, exhibitor, now=now)
        if not waited and not placed:
            raise NoStandFree
        if waited and placed:
            exhibitor.state = ExhibitorState.ACCEPTED if exhibitor.approved_at else ExhibitorState.REQUESTED
        exhibitor.village_id = village_id
    db.add(exhibitor)
    db.flush()
    if had_place:
        hand_over(db, stands, now=now)
