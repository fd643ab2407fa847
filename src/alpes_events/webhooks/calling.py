"""The caller: claim a call, write its document as things are now, make it, note the answer.

A call is made at least once: a crash after the other system answered makes it again when the lease lapses, under the
same `webhook-id`, by which it knows the second one. Calls about one event to one system go in order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, delete, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.database.outcome import row_count
from alpes_events.journal.delivery import place_of_failure
from alpes_events.webhooks.models import CallState, Webhook, WebhookCall
from alpes_events.webhooks.signature import secret_of, signed_headers

LEASE = timedelta(minutes=1)
GIVEN_UP_AFTER = 10
"""Attempts, over about a day, before a call counts as failed."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=6)
_UNDONE = (CallState.WAITING, CallState.CALLING)

Compose = Callable[[Session, WebhookCall, datetime], bytes | None]
"""Writes the document of a call; None when there is nothing to tell any more."""


class CallFailedError(Exception):
    """The other system could not be reached, or must not be: the words say why, without anything it said."""


class Post(Protocol):
    """Sends a document to an address, and gives the status that was answered. Raises `CallFailedError`."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """One request, without following redirections."""
        ...


@dataclass(frozen=True)
class Called:
    """What one pass did."""

    done_count: int = 0
    failed_count: int = 0


@dataclass(frozen=True)
class Caller:
    """Makes the calls that are due. `key` is the deployment's secret."""

    database: Database
    post: Post
    compose: Compose
    key: str
    clock: Callable[[], datetime]

    def call_due(self, *, limit: int = 20) -> Called:
        """Make up to `limit` calls that are due, each in transactions of its own. Nothing due costs one query."""
        with self.database.reading() as db:
            due = due_calls(db, now=self.clock(), limit=limit)
        outcomes = [self._call(call_id) for call_id in due]
        return Called(outcomes.count(True), outcomes.count(False))

    def _call(self, call_id: int) -> bool | None:
        """True: told; False: not this time; None: somebody was quicker, or there was nothing to tell."""
        with self.database.writing() as db:
            attempt = claim_call(db, call_id, now=self.clock())
            db.commit()
        if attempt is None:
            return None
        status: int | None = None
        try:
            with self.database.reading() as db:
                call = db.get_one(WebhookCall, call_id)
                hook = db.get_one(Webhook, call.webhook_id)
                body = self.compose(db, call, self.clock())
            if body is None:
                self._settle(call_id, attempt, state=CallState.DROPPED, settled_at=self.clock())
                return None
            secret = secret_of(hook.salt, key=self.key)
            headers = signed_headers(body, call_id=f"call_{call_id}", at=self.clock(), secret=secret)
            status = self.post(hook.url, body, {"content-type": "application/json", **headers})
            error = "" if 200 <= status < 300 else f"HTTP {status}"  # noqa: PLR2004 (success)
        except CallFailedError as refusal:
            error = str(refusal)
        except Exception as failure:  # noqa: BLE001 (one call that goes wrong must not hold up the others)
            error = place_of_failure(failure)
        return self._conclude(call_id, attempt, status, error)

    def _conclude(self, call_id: int, attempt: int, status: int | None, error: str) -> bool:
        now = self.clock()
        if not error:
            return self._settle(call_id, attempt, state=CallState.DONE, status=status, settled_at=now, last_error=None)
        given_up = attempt >= GIVEN_UP_AFTER
        self._settle(
            call_id,
            attempt,
            state=CallState.FAILED if given_up else CallState.WAITING,
            status=status,
            settled_at=now if given_up else None,
            next_try_at=now + wait_after(attempt),
            last_error=error[:200],
        )
        return False

    def _settle(self, call_id: int, attempt: int, **values: object) -> bool:
        """Write the outcome, unless the lease lapsed and another caller has it now."""
        statement = (
            update(WebhookCall)
            .where(
                col(WebhookCall.id) == call_id,
                col(WebhookCall.state) == CallState.CALLING,
                col(WebhookCall.attempt_count) == attempt,
            )
            .values(leased_until=None, **values)
            .execution_options(synchronize_session=False)
        )
        with self.database.writing() as db:
            ours = row_count(db, statement) == 1
            db.commit()
        return ours


def due_calls(db: Session, *, now: datetime, limit: int) -> list[int]:
    """The ids of calls that may be made now, oldest first."""
    ids = db.exec(
        select(col(WebhookCall.id)).where(_due(now), ~_earlier_undone()).order_by(col(WebhookCall.id)).limit(limit)
    )
    return [call_id for call_id in ids if call_id is not None]


def claim_call(db: Session, call_id: int, *, now: datetime) -> int | None:
    """Take a call for the time of the lease, and give its attempt's number; None when another was quicker."""
    statement = (
        update(WebhookCall)
        .where(col(WebhookCall.id) == call_id, _due(now), ~_earlier_undone())
        .values(state=CallState.CALLING, leased_until=now + LEASE, attempt_count=col(WebhookCall.attempt_count) + 1)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 0:
        return None
    return db.exec(select(WebhookCall.attempt_count).where(col(WebhookCall.id) == call_id)).one()


def wait_after(attempt: int) -> timedelta:
    """How long to wait after attempt number `attempt`: 30 s, then three times longer each time, at most six hours."""
    tripled: int = 3 ** min(attempt - 1, 10)
    return min(_FIRST_WAIT * tripled, _LONGEST_WAIT)


def forget_calls(db: Session, *, before: datetime) -> int:
    """Remove from the log the calls that were settled before `before`. Gives how many."""
    old = col(WebhookCall.state).not_in(_UNDONE), col(WebhookCall.settled_at) < before
    return row_count(db, delete(WebhookCall).where(*old).execution_options(synchronize_session=False))


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(col(WebhookCall.state) == CallState.WAITING, col(WebhookCall.next_try_at) <= now),
        and_(col(WebhookCall.state) == CallState.CALLING, col(WebhookCall.leased_until) <= now),
    )


def _earlier_undone() -> ColumnElement[bool]:
    earlier = aliased(WebhookCall)
    return exists().where(
        col(earlier.webhook_id) == col(WebhookCall.webhook_id),
        col(earlier.event_id) == col(WebhookCall.event_id),
        col(earlier.id) < col(WebhookCall.id),
        col(earlier.state).in_(_UNDONE),
    )
