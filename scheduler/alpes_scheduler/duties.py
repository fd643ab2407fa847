"""What the scheduler does all day: each duty opens its transactions, calls, commits, and gives how much it did."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlmodel import Session

from alpes_events.agenda.commands import close_event
from alpes_events.agenda.queries import events_to_close
from alpes_events.attendance.offers import expire_offer, fill_idle_place, idle_places, lapsed_offers
from alpes_events.companies.doubles import all_double_pairs, propose_double_pairs
from alpes_events.fair.wishes_ending import end_wishes_of
from alpes_events.hiring.ranking_again import rank_again
from alpes_events.interviews.ending import end_interviews_of
from alpes_events.journal.consumers import Consumer, added_consumers
from alpes_events.journal.delivery import deliver_due
from alpes_events.language.refusal import Refusal
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.queries import mail_health
from alpes_events.people.merge_proposals import all_likely_pairs, likely_pairs, propose_pairs, recent_records
from alpes_events.privacy import replay as privacy
from alpes_events.statistics.touched import note_touched
from alpes_events.webhooks.consumer import owe_calls
from alpes_matching.duplicates import Pair
from alpes_scheduler.desk import Desk

CONSUMERS: Mapping[str, Consumer] = {
    "messages": tell_people,
    "statistics": note_touched,
    "webhooks": owe_calls,
    "wishes": end_wishes_of,
    "interviews": end_interviews_of,
    "rankings": rank_again,
}
"""Who is told of the entries of the journal, besides the consumers that others added."""

_MOST_BATCHES = 20
_log = structlog.get_logger("alpes.scheduler")
_LATELY = timedelta(minutes=15)
"""Longer than the pause between two looks: a record made while a look was under way is seen by the next."""

T = TypeVar("T")


class DutyFailedError(Exception):
    """Part of a duty failed; the rest was done. `done_count` says how much."""

    def __init__(self, *, done_count: int, failed_count: int) -> None:
        super().__init__(f"{failed_count} failed")
        self.done_count = done_count


def deliver_journal(desk: Desk) -> int:
    """Tell every consumer of what happened. Raises `DutyFailedError` when one of them failed."""
    done = failed = 0
    for name, tell in {**CONSUMERS, **added_consumers()}.items():
        for _ in range(_MOST_BATCHES):
            batch = deliver_due(desk.database, name, tell, clock=desk.clock)
            done, failed = done + batch.done_count, failed + batch.failed_count
            if not batch.done_count:
                break
    if failed:
        raise DutyFailedError(done_count=done, failed_count=failed)
    return done


def send_mail(desk: Desk) -> int:
    """Send what is due. Raises `DutyFailedError` when the mail server is away or refused something."""
    sender = desk.sender()
    sent = failed = 0
    for _ in range(_MOST_BATCHES):
        done = sender.send_due()
        sent, failed = sent + done.sent_count, failed + done.failed_count + int(done.line_lost)
        if done.line_lost or not (done.sent_count or done.dropped_count):
            break
    if failed:
        raise DutyFailedError(done_count=sent, failed_count=failed)
    return sent


def send_urgent_mail(desk: Desk) -> int:
    """Send what somebody waits for before a screen."""
    return desk.sender(urgent_only=True).send_due().sent_count


def call_webhooks(desk: Desk) -> int:
    """Tell other systems what is due. Raises `DutyFailedError` when one of them could not be told."""
    made = desk.caller().call_due()
    if made.failed_count:
        raise DutyFailedError(done_count=made.done_count, failed_count=made.failed_count)
    return made.done_count


def watch_mail(desk: Desk) -> int:
    """Raise the alarm when mail waits too long. Gives how many messages wait, if it is time to worry."""
    with desk.database.reading() as db:
        health = mail_health(db, now=desk.clock())
    if not health.alarm or health.oldest_at is None:
        return 0
    minutes = int((desk.clock() - health.oldest_at).total_seconds() // 60)
    _log.error("mail waits", messages=health.waiting_count, oldest_minutes=minutes)
    raise DutyFailedError(done_count=0, failed_count=health.waiting_count)


def expire_offers(desk: Desk) -> int:
    """Pass on the places that were offered and not taken in time, and those that may move again."""
    with desk.database.reading() as db:
        lapsed, idle = lapsed_offers(db, now=desk.clock()), idle_places(db, now=desk.clock())
    _each(desk, idle, lambda db, place: fill_idle_place(db, place, now=desk.clock()) > 0)
    return _each(desk, lapsed, lambda db, one: expire_offer(db, one, now=desk.clock()))


def close_events(desk: Desk) -> int:
    """Published events whose end has passed become done."""
    with desk.database.reading() as db:
        past = events_to_close(db, now=desk.clock())
    return _each(desk, past, lambda db, one: _closed(db, one, desk))


def list_erased(desk: Desk) -> int:
    """Keep the list of erased people beside the backups whole, also when a crash came between."""
    with desk.database.reading() as db:
        return privacy.list_erased(db, desk.settings.backup_folder)


def propose_merges(desk: Desk) -> int:
    """Propose to merge the records made or changed lately with those that are likely of the same person."""
    with desk.database.reading() as db:
        pairs = likely_pairs(db, recent_records(db, since=desk.clock() - _LATELY))
    return _propose(desk, pairs)


def propose_all_merges(desk: Desk) -> int:
    """Compare everybody with everybody, and propose what is new."""
    with desk.database.reading() as db:
        pairs = all_likely_pairs(db)
    return _propose(desk, pairs)


def propose_company_doubles(desk: Desk) -> int:
    """Compare every company with every other, and propose what is new."""
    with desk.database.reading() as db:
        pairs = all_double_pairs(db)
    if not pairs:
        return 0
    with desk.database.writing() as db:
        count = propose_double_pairs(db, pairs, now=desk.clock())
        db.commit()
    return count


def _propose(desk: Desk, pairs: list[Pair]) -> int:
    if not pairs:
        return 0
    with desk.database.writing() as db:
        count = propose_pairs(db, pairs, now=desk.clock())
        db.commit()
    return count


def _closed(db: Session, event_id: int, desk: Desk) -> bool:
    close_event(db, event_id, now=desk.clock(), account_id=None)
    return True


def _each(desk: Desk, subjects: Iterable[T], act: Callable[[Session, T], bool]) -> int:
    """Act on each in a transaction of its own. Where somebody was quicker the rules refuse, and that is fine."""
    count = 0
    for one in subjects:
        try:
            with desk.database.writing() as db:
                count += act(db, one)
                db.commit()
        except Refusal:
            continue
    return count
