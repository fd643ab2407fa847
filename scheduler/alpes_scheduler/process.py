"""The process that keeps time: APScheduler calls the keeper, until a signal asks it to stop."""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from alpes_events.jobs.leader import HEARTBEAT
from alpes_scheduler.keeper import Keeper
from alpes_scheduler.timetable import DAILY, OFTEN

_log = structlog.get_logger("alpes.scheduler")
_DAILY_EVERY = timedelta(seconds=30)
_THREADS = 8


def keep_time(keeper: Keeper, *, stop: threading.Event) -> None:
    """Do every duty at its time until `stop` is set; then finish what is being done, and give the lead up.

    The calendar lives in memory and is the same in every process: the lead decides which of them acts, and rows
    (`JobRun`, deliveries, the outbox) decide what is still to be done.
    """
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a pass that lasts longer than its second is no news
    calendar = _calendar(keeper)
    keeper.beat()
    calendar.start()
    try:
        stop.wait()
    finally:
        keeper.desk.leaving.set()
        calendar.shutdown(wait=True)
        with suppress(SQLAlchemyError):
            keeper.retire()


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _calendar(keeper: Keeper) -> BackgroundScheduler:
    calendar = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(_THREADS)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    _add(calendar, "heartbeat", HEARTBEAT, keeper.beat)
    for often in OFTEN:
        _add(calendar, often.name, often.every, partial(keeper.do_often, often))
    for daily in DAILY:
        _add(calendar, daily.name, _DAILY_EVERY, partial(keeper.do_daily, daily))
    return calendar


def _add(calendar: BackgroundScheduler, name: str, every: timedelta, act: Callable[[], object]) -> None:
    def safely() -> None:
        """A database that is away for a while must not end the calendar."""
        try:
            act()
        except SQLAlchemyError as error:
            _log.error("database", job=name, error=type(error).__name__)

    calendar.add_job(safely, "interval", seconds=every.total_seconds(), id=name)
