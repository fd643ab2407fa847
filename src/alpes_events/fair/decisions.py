"""What becomes of a request for a stand: accepted, sent back, declined with a reason, or withdrawn."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.agenda.draft import clean_reason
from alpes_events.agenda.models import EventState
from alpes_events.fair.admission import NEXT, check_ahead
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Booth, Exhibitor
from alpes_events.fair.places import Stands, leave, seat_or_queue, take_free
from alpes_events.fair.refusals import BadRequest, ExhibitorHasInterviews, FairIsOff, NoStandFree, NotFromHere
from alpes_events.fair.requests import gate_of, held_exhibitor
from alpes_events.fair.wishes_ending import end_wishes_for
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_


def accept_stand(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> ExhibitorState:
    """The coordinator agrees. One who waits keeps their turn, and is accepted when a place becomes free.

    Gives the state it has now. Raises `NotFromHere` for a request that is over.
    """
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    check_ahead(gate_of(stands), now=now)
    if exhibitor.state is ExhibitorState.ACCEPTED:
        return exhibitor.state
    exhibitor.approved_at = now
    if exhibitor.state is not ExhibitorState.WAITLISTED:
        _step(db, exhibitor, ExhibitorState.ACCEPTED, EntryKind.STAND_ACCEPTED, now=now, account_id=account_id)
    db.add(exhibitor)
    return exhibitor.state


def send_back(db: Session, exhibitor_id: int, *, reason: str, now: datetime, account_id: int | None) -> None:
    """Ask the exhibitor for something more, in the coordinator's words. The place stays theirs meanwhile."""
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    check_ahead(gate_of(stands), now=now)
    exhibitor.reason = _needed(reason)
    _step(db, exhibitor, ExhibitorState.TO_COMPLETE, EntryKind.STAND_SENT_BACK, now=now, account_id=account_id)


def decline_stand(db: Session, exhibitor_id: int, *, reason: str, now: datetime, account_id: int | None) -> bool:
    """Decline, with a reason that the exhibitor reads. The place goes to the next who waits. False a second time."""
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    if exhibitor.state is ExhibitorState.DECLINED:
        return False
    check_ahead(gate_of(stands), now=now)
    why = _needed(reason)
    _end(db, exhibitor, stands, ExhibitorState.DECLINED, EntryKind.STAND_DECLINED, now=now, account_id=account_id)
    exhibitor.reason = why
    db.add(exhibitor)
    return True


def withdraw_stand(db: Session, exhibitor_id: int, *, by: str, now: datetime, account_id: int | None) -> bool:
    """The exhibitor does not come (`by` self, or staff on their word). The next who waits takes the place.

    False when the request was over already. Raises `ExhibitorHasInterviews`, `TooLateForStands`.
    """
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    if exhibitor.state not in LIVE:
        return False
    _check_still_to_come(stands, by=by, now=now)
    _end(
        db,
        exhibitor,
        stands,
        ExhibitorState.WITHDRAWN,
        EntryKind.STAND_WITHDRAWN,
        now=now,
        account_id=account_id,
        by=by,
    )
    return True


def take_decision_back(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> ExhibitorState:
    """A request that was declined or withdrawn is open again: with a place if one is free and nobody waits, else at the
    end of the queue. One that was accepted waits for a decision again. Gives the state it has now.
    """
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    check_ahead(gate_of(stands), now=now)
    came_from = exhibitor.state
    if came_from in {ExhibitorState.REQUESTED, ExhibitorState.TO_COMPLETE}:
        return came_from
    exhibitor.approved_at = None
    if came_from in {ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN}:
        placed = seat_or_queue(db, stands, exhibitor, now=now)
        exhibitor.state = ExhibitorState.REQUESTED if placed else ExhibitorState.WAITLISTED
    elif came_from is ExhibitorState.ACCEPTED:
        exhibitor.state = ExhibitorState.REQUESTED
    exhibitor.reason, exhibitor.changed_at = "", now
    db.add(exhibitor)
    db.flush()
    kind = EntryKind.STAND_WAITLISTED if exhibitor.state is ExhibitorState.WAITLISTED else EntryKind.STAND_REQUESTED
    _record(db, kind, exhibitor, {"came_from": came_from.value}, now=now, account_id=account_id)
    return exhibitor.state


def place_by_hand(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> None:
    """The coordinator gives a free place to one who waits, whatever their turn. Raises `NoStandFree`, `NotFromHere`."""
    exhibitor, stands = held_exhibitor(db, exhibitor_id)
    if exhibitor.state is not ExhibitorState.WAITLISTED:
        raise NotFromHere(name=exhibitor.name)
    check_ahead(gate_of(stands), now=now)
    if not take_free(db, stands):
        raise NoStandFree
    exhibitor.holds_seat, exhibitor.queued_at, exhibitor.approved_at = True, None, now
    came_from = exhibitor.state
    exhibitor.state, exhibitor.changed_at = ExhibitorState.ACCEPTED, now
    db.add(exhibitor)
    db.flush()
    _record(db, EntryKind.STAND_ACCEPTED, exhibitor, {"came_from": came_from.value}, now=now, account_id=account_id)


def _step(
    db: Session,
    exhibitor: Exhibitor,
    wanted: ExhibitorState,
    kind: EntryKind,
    *,
    now: datetime,
    account_id: int | None,
    more: dict[str, Fact] | None = None,
) -> None:
    came_from = exhibitor.state
    if wanted not in NEXT[came_from]:
        raise NotFromHere(name=exhibitor.name)
    exhibitor.state, exhibitor.changed_at = wanted, now
    db.add(exhibitor)
    _record(db, kind, exhibitor, {"came_from": came_from.value, **(more or {})}, now=now, account_id=account_id)


def _end(
    db: Session,
    exhibitor: Exhibitor,
    stands: Stands,
    wanted: ExhibitorState,
    kind: EntryKind,
    *,
    now: datetime,
    account_id: int | None,
    by: str = "staff",
) -> None:
    of_stand = (col(Interview.exhibitor_id) == exhibitor.id, col(Interview.held_at).is_not(None))
    held = db.exec(select(func.count()).select_from(Interview).where(*of_stand)).one()
    if held:
        raise ExhibitorHasInterviews(name=exhibitor.name, count=held)
    for booth in db.exec(select(Booth).where(Booth.exhibitor_id == exhibitor.id)):
        booth.exhibitor_id, booth.pinned = None, False
        db.add(booth)
    end_wishes_for(db, exhibitor.id or 0, now=now)
    more: dict[str, Fact] = {"by": by} if kind is EntryKind.STAND_WITHDRAWN else {}
    had_place = exhibitor.holds_seat
    exhibitor.holds_seat, exhibitor.queued_at = False, None
    _step(db, exhibitor, wanted, kind, now=now, account_id=account_id, more=more)
    exhibitor.holds_seat = had_place
    leave(db, exhibitor, stands, now=now)


def _check_still_to_come(stands: Stands, *, by: str, now: datetime) -> None:
    """Staff set right after the event who did not come; of an event that is off nothing changes."""
    if by == "self":
        check_ahead(gate_of(stands), now=now)
    elif stands.event.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        raise FairIsOff


def _needed(reason: str) -> str:
    clean = clean_reason(reason)
    if not clean:
        raise BadRequest(N_("Écrivez pourquoi : l’exposant le lira."), field="reason")
    return clean


def _record(
    db: Session,
    kind: EntryKind,
    exhibitor: Exhibitor,
    facts: dict[str, Fact],
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    told: dict[str, Fact] = {"event_id": exhibitor.event_id, **facts}
    record(db, kind, subject=("exhibitor", exhibitor.id or 0), now=now, account_id=account_id, facts=told)
