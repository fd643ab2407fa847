"""Calls about a person's file: somebody with a telephone only is told by voice that it will be erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.messages.contacts import Contact, contacts_of
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import CallState, CallTask
from alpes_events.people.models import Account, Candidate
from alpes_events.territory.organisation import current_organisation

_OPEN = (CallState.TO_CALL, CallState.NOT_REACHED)


@dataclass(frozen=True)
class FileCall:
    """One call: whom, and from when on their file may be erased. `called_at` and `caller` are those of the last try."""

    id: int
    contact: Contact
    erased_from: datetime
    call_count: int
    called_at: datetime | None
    caller: str | None
    call_again_at: datetime | None

    def rests(self, *, now: datetime) -> bool:
        """Whether they asked to be called later, and later is not yet."""
        return self.call_again_at is not None and self.call_again_at > now


def file_calls_to_make(db: Session) -> list[FileCall]:
    """The calls still to make, oldest first. Who came back since, or was erased, is left out."""
    silent = col(Candidate.last_active_at) <= col(Candidate.erasure_announced_at)
    rows = db.exec(
        select(CallTask, Candidate, Account)
        .join(Candidate, col(CallTask.candidate_id) == col(Candidate.id))
        .join(Account, col(CallTask.called_by) == col(Account.id), isouter=True)
        .where(
            col(CallTask.kind) == MessageKind.RETENTION_NOTICE.value,
            col(CallTask.state).in_(_OPEN),
            col(Candidate.erased_at).is_(None),
            silent,
        )
        .order_by(col(CallTask.created_at), col(CallTask.id))
    ).all()
    if not rows:
        return []
    notice = timedelta(days=current_organisation(db).retention_notice_days)
    contacts = contacts_of(db, {task.candidate_id for task, _candidate, _caller in rows})
    return [
        FileCall(
            id=task.id or 0,
            contact=contacts[task.candidate_id],
            erased_from=candidate.erasure_announced_at + notice,
            call_count=task.call_count,
            called_at=task.called_at,
            caller=None if caller is None else caller.name,
            call_again_at=task.call_again_at,
        )
        for task, candidate, caller in rows
        if candidate.erasure_announced_at is not None
    ]
