"""What a team at its desk has done, and what it still has to do."""

from sqlmodel import Session, col, select

from alpes_events.jobs.models import JobRun, RunState
from alpes_events.messages.call_list import mark_not_reached, mark_reached
from alpes_events.messages.models import CallState, CallTask, MessageState, MessageText, OutboxMessage
from alpes_events.people.audit import AuditAction
from alpes_events.people.merging import accept_merge, refuse_merge, undo_merge
from alpes_events.people.models import AccessAudit, MergeProposal
from alpes_events.webhooks.commands import close_webhook
from alpes_events.webhooks.models import Webhook
from tests.support.stories import NOW


def work(db: Session, account_id: int) -> None:
    """Merges decided, calls made, messages on their way, jobs that failed, the audit, a portal that was closed."""
    _decide_merges(db, account_id)
    _call(db, account_id)
    _send(db)
    for job, run in (("backup", RunState.FAILED), ("compile_figures", RunState.RUNNING)):
        error = "OSError" if run is RunState.FAILED else None
        db.add(JobRun(job=job, period="2026-03-02", state=run, started_at=NOW, last_error=error))
    for action in AuditAction:
        db.add(AccessAudit(at=NOW, account_id=account_id, action=action.value, count=3))
    shut = Webhook(
        name="Ancien portail", url="https://ancien.example/", kinds=["event.published"], salt="s", created_at=NOW
    )
    db.add(shut)
    db.flush()
    close_webhook(db, shut.id or 0, now=NOW, account_id=account_id)


def _decide_merges(db: Session, account_id: int) -> None:
    """One pair is one person, one was thought to be, one is two people; the others wait for a decision."""
    pairs = [(one.id or 0, one.first_id) for one in db.exec(select(MergeProposal).order_by(col(MergeProposal.id)))]
    assert len(pairs) > 3, "somebody is there twice, still to be decided"
    for proposal_id, kept_id in pairs[:2]:
        accept_merge(db, proposal_id, kept_id=kept_id, now=NOW, account_id=account_id)
    undo_merge(db, pairs[1][0], now=NOW, account_id=account_id)
    refuse_merge(db, pairs[2][0], now=NOW, account_id=account_id)


def _call(db: Session, account_id: int) -> None:
    calls = [one.id or 0 for one in db.exec(select(CallTask).where(col(CallTask.state) == CallState.TO_CALL))]
    assert len(calls) > 2, "somebody has to be called"
    mark_reached(db, calls[0], account_id=account_id, now=NOW)
    mark_not_reached(db, calls[1], account_id=account_id, now=NOW)


def _send(db: Session) -> None:
    """Messages that left, that leave now, that nobody needs any more; and a text in the team's own words."""
    waiting = db.exec(select(OutboxMessage).where(col(OutboxMessage.state) == MessageState.WAITING).limit(6)).all()
    for message, state in zip(
        waiting, [MessageState.SENT, MessageState.DROPPED, MessageState.SENDING] * 2, strict=True
    ):
        message.state, message.attempt_count = state, 1
        message.sent_at = NOW if state is MessageState.SENT else None
        db.add(message)
    db.add(MessageText(kind="confirmed", language="fr", subject="On vous attend", changed_on=NOW.date()))
