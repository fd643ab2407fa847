"""What the scheduler does once a day, for a day on the organisation's clocks."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.database.backup import back_up, prune_backups
from alpes_events.messages.timed import enqueue_digests, enqueue_reminders, enqueue_thanks
from alpes_events.tables import METADATA
from alpes_scheduler.desk import Desk
from alpes_scheduler.duties import list_erased


def remind(desk: Desk, day: date) -> int:
    """Owe reminders for the day after `day`."""
    return _commit(desk, lambda db, now: enqueue_reminders(db, day=day, now=now))


def thank(desk: Desk, day: date) -> int:
    """Owe thanks for what ended before `day`."""
    return _commit(desk, lambda db, now: enqueue_thanks(db, day=day, now=now))


def write_digest(desk: Desk, day: date) -> int:
    """Owe the coordinators their letter of `day`."""
    return _commit(desk, lambda db, now: enqueue_digests(db, day=day, now=now))


def save(desk: Desk, _day: date) -> int:
    """Back up, and keep only the newest. Gives the size in kilobytes."""
    folder = desk.settings.backup_folder
    list_erased(desk)
    saved = back_up(desk.database, METADATA, folder, now=desk.clock())
    prune_backups(folder, keep=desk.settings.backup_keep)
    return saved.byte_count // 1024


def _commit(desk: Desk, act: Callable[[Session, datetime], int]) -> int:
    with desk.database.writing() as db:
        count = act(db, desk.clock())
        db.commit()
    return count
