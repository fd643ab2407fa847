"""The sender: claim a message, render it as things are now, hand it over, mark it sent.

E-mail is at least once: a crash after the server took a message and before it is marked sends it again when the lease
lapses, under the same Message-ID, by which mail programs drop the second copy. What is marked sent is never sent again,
and of two senders one gets a message: the claim is an UPDATE whose row count is the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import update
from sqlmodel import col

from alpes_events.database.engine import Database
from alpes_events.database.outcome import row_count
from alpes_events.journal.delivery import place_of_failure
from alpes_events.messages.carrier import CarrierDown, ComeBackLater, Line, MailCarrier, MailRefused
from alpes_events.messages.claim import Claim, claim_message, due_messages
from alpes_events.messages.composing import Composer
from alpes_events.messages.models import MessageState, OutboxMessage

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=6)
_URGENT_WAIT = timedelta(seconds=5)
GIVEN_UP_AFTER = 12
"""Attempts, over more than half a day, before a message counts as failed."""


@dataclass(frozen=True)
class Sent:
    """What one pass did."""

    sent_count: int = 0
    dropped_count: int = 0
    failed_count: int = 0
    postponed_count: int = 0
    line_lost: bool = False

    def plus(self, other: "Sent") -> "Sent":
        """Both together."""
        return Sent(
            self.sent_count + other.sent_count,
            self.dropped_count + other.dropped_count,
            self.failed_count + other.failed_count,
            self.postponed_count + other.postponed_count,
            self.line_lost or other.line_lost,
        )


@dataclass(frozen=True)
class Sender:
    """One sender. `urgent_only` is the quick lane, which never waits behind a slow message of the other."""

    database: Database
    carrier: MailCarrier
    composer: Composer
    clock: Callable[[], datetime]
    urgent_only: bool = False

    def send_due(self, *, limit: int = 20) -> Sent:
        """Send what is due, urgent first. Nothing due costs one reading query: no lock, and no line to the server.

        When no line can be opened nothing is claimed: a server that is down for days uses up nobody's attempts.
        """
        with self.database.reading() as db:
            due = due_messages(db, now=self.clock(), urgent_only=self.urgent_only, limit=limit)
        if not due:
            return Sent()
        try:
            with self.carrier.line() as line:
                return self._send_all(line, due)
        except CarrierDown:
            return Sent(line_lost=True)

    def _send_all(self, line: Line, due: list[int]) -> Sent:
        done = Sent()
        for message_id in due:
            claim = self._claim(message_id)
            if claim is not None:
                done = done.plus(self._send(line, claim))
            if done.line_lost:
                break  # the others stay unclaimed
        return done

    def _claim(self, message_id: int) -> Claim | None:
        with self.database.writing() as db:
            claim = claim_message(db, message_id, now=self.clock())
            db.commit()
        return claim

    def _send(self, line: Line, claim: Claim) -> Sent:
        """Hand one claimed message over and write down how it went. Whatever is wrong with it stops no other."""
        try:
            mail = self._compose(claim)
            if mail is None:
                return self._settle(claim, Sent(dropped_count=1), state=MessageState.DROPPED)
            line.send(mail)
        except MailRefused as error:
            return self._settle(claim, Sent(failed_count=1), state=MessageState.FAILED, last_error=_reason(error))
        except CarrierDown as error:
            return self._postpone(claim, _reason(error), line_lost=True)
        except ComeBackLater as error:
            return self._postpone(claim, _reason(error))
        except Exception as error:  # noqa: BLE001 (a message that cannot be written must not hold up the others)
            return self._postpone(claim, place_of_failure(error))
        return self._settle(claim, Sent(sent_count=1), state=MessageState.SENT, sent_at=self.clock(), last_error=None)

    def _compose(self, claim: Claim) -> EmailMessage | None:
        """The mail as things are now; None when it is no longer worth sending. Secrets are stored before it leaves."""
        with self.database.reading() as db:
            message = db.get_one(OutboxMessage, claim.message_id)
            if not self.composer.needs_secrets(message):
                return self.composer.compose(db, message, now=self.clock())
        with self.database.writing() as db:
            mail = self.composer.compose(db, db.get_one(OutboxMessage, claim.message_id), now=self.clock())
            db.commit()
        return mail

    def _postpone(self, claim: Claim, reason: str, *, line_lost: bool = False) -> Sent:
        if claim.attempt >= GIVEN_UP_AFTER:
            failed = Sent(failed_count=1, line_lost=line_lost)
            return self._settle(claim, failed, state=MessageState.FAILED, last_error=reason)
        later = Sent(postponed_count=1, line_lost=line_lost)
        due_at = self.clock() + wait_after(claim.attempt, urgent=claim.urgent)
        return self._settle(claim, later, state=MessageState.WAITING, due_at=due_at, last_error=reason)

    def _settle(self, claim: Claim, outcome: Sent, **values: object) -> Sent:
        """Write the outcome, unless the lease lapsed and another sender has the message now."""
        statement = (
            update(OutboxMessage)
            .where(
                col(OutboxMessage.id) == claim.message_id,
                col(OutboxMessage.state) == MessageState.SENDING,
                col(OutboxMessage.attempt_count) == claim.attempt,
            )
            .values(leased_until=None, **(values if "due_at" in values else values | {"address": None}))
            .execution_options(synchronize_session=False)
        )
        with self.database.writing() as db:
            ours = row_count(db, statement) == 1
            db.commit()
        return outcome if ours else replace(outcome, sent_count=0)


def wait_after(attempt: int, *, urgent: bool = False) -> timedelta:
    """How long to wait after attempt number `attempt`: 30 s, then twice as long each time, at most six hours.

    For urgent messages always 5 s: what they carry lives ten minutes.
    """
    if urgent:
        return _URGENT_WAIT
    doubled: int = 2 ** min(attempt - 1, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def _reason(error: Exception) -> str:
    """What the carrier said: a code, or the kind of the failure. Never a server's sentence, which may name a person."""
    return (str(error) or type(error).__name__)[:200]
