"""Questions to exhibitors after an event: answered, put off, and an answer taken back. Opening: `follow_up_opening`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.follow_up import (
    MOST_PUT_OFF,
    PUT_OFF_BY,
    FollowUp,
    FollowUpAnswer,
    last_day,
)
from alpes_events.hiring.hires import HireDraft, HireOrigin, hire_unnamed, withdraw_hire
from alpes_events.hiring.meeting_outcomes import say_interviews
from alpes_events.hiring.refusals import FollowUpAnswered, FollowUpIsOver, NotPutOff, UnknownFollowUp
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.territory.organisation import local_today

MOST_TOLD = 8


@dataclass(frozen=True)
class ToldHire:
    """A contract as an employer tells it: no name; `still_there` None: they do not know or did not say."""

    contract: HireDraft
    still_there: bool | None = None


@dataclass(frozen=True)
class Reply:
    """An answer: contracts that were not known, what became of those that were, interviews held (None: not said)."""

    hires: Sequence[ToldHire] = ()
    still_there: Mapping[int, bool | None] = field(default_factory=dict)
    interview_count: int | None = None


def answer_follow_up(
    db: Session, follow_up_id: int, reply: Reply, *, now: datetime, account_id: int | None = None
) -> None:
    """Keep the answer: each contract is a row of its own. Raises `FollowUpAnswered`, `FollowUpIsOver`, `BadHire`."""
    row, exhibitor = _open(db, follow_up_id, now=now)
    known = _known(db, row.exhibitor_id)
    for told in reply.hires:
        origin = HireOrigin(exhibitor_id=row.exhibitor_id, follow_up_id=row.id)
        hire_unnamed(
            db,
            told.contract,
            company_id=exhibitor.company_id,
            origin=origin,
            still_there=told.still_there,
            now=now,
            account_id=account_id,
        )
    for hire in known:
        if (there := reply.still_there.get(hire.id or 0)) is not None:
            hire.still_there, hire.still_there_on = there, local_today(db, now)
            db.add(hire)
    if reply.interview_count is not None:
        say_interviews(db, row.exhibitor_id, reply.interview_count, now=now, account_id=account_id)
    row.answer = FollowUpAnswer.HIRED if reply.hires or known else FollowUpAnswer.NOBODY
    row.answered_at, row.answered_by = now, account_id
    db.add(row)
    db.flush()
    record_change(db, row, "answered", now=now, account_id=account_id, hire_count=len(reply.hires))


def put_off(db: Session, follow_up_id: int, *, now: datetime, account_id: int | None = None) -> date:
    """Ask again in two weeks. Gives the day. Raises `NotPutOff` the fourth time, or when the last day would be over."""
    row, _exhibitor = _open(db, follow_up_id, now=now)
    to = local_today(db, now) + PUT_OFF_BY
    if row.put_off_count >= MOST_PUT_OFF or to > last_day(row.due_on):
        raise NotPutOff
    row.put_off_to, row.put_off_count = to, row.put_off_count + 1
    db.add(row)
    record_change(db, row, "put_off", now=now, account_id=account_id)
    return to


def reopen_follow_up(db: Session, follow_up_id: int, *, now: datetime, account_id: int | None = None) -> bool:
    """The answer was a mistake: the contracts that it told count no more, and the question is open. False if it was."""
    row, _exhibitor = _held(db, follow_up_id, now=now)
    if row.answered_at is None:
        return False
    for hire in _known(db, row.exhibitor_id):
        if hire.follow_up_id == row.id:
            withdraw_hire(db, hire.id or 0, now=now, account_id=account_id)
    row.answer = row.answered_at = row.answered_by = None
    db.add(row)
    db.flush()
    record_change(db, row, "reopened", now=now, account_id=account_id)
    return True


def _held(db: Session, follow_up_id: int, *, now: datetime) -> tuple[FollowUp, Exhibitor]:
    """The question, held until the transaction ends. Raises `FollowUpIsOver` after its last day, or without a stand."""
    asked = select(FollowUp).where(col(FollowUp.id) == follow_up_id)
    row = db.exec(asked.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise UnknownFollowUp
    exhibitor = db.get_one(Exhibitor, row.exhibitor_id)
    if local_today(db, now) > last_day(row.due_on) or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise FollowUpIsOver
    return row, exhibitor


def _open(db: Session, follow_up_id: int, *, now: datetime) -> tuple[FollowUp, Exhibitor]:
    row, exhibitor = _held(db, follow_up_id, now=now)
    if row.answered_at is not None:
        raise FollowUpAnswered
    return row, exhibitor


def _known(db: Session, exhibitor_id: int) -> list[Hire]:
    stands = select(Hire).where(col(Hire.exhibitor_id) == exhibitor_id, col(Hire.withdrawn_at).is_(None))
    return list(db.exec(stands.order_by(col(Hire.id))))


def record_change(
    db: Session, row: FollowUp, change: str, *, now: datetime, account_id: int | None, hire_count: int = 0
) -> None:
    """Write to the journal what became of a question."""
    event_id = db.get_one(Exhibitor, row.exhibitor_id).event_id
    facts: dict[str, Fact] = {
        "event_id": event_id,
        "follow_up_id": row.id,
        "change": change,
        "hire_count": hire_count,
    }
    subject = ("exhibitor", row.exhibitor_id)
    record(db, EntryKind.FOLLOW_UP_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)
