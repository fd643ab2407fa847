"""Doing the duties that are due, if this process leads."""

import secrets
import socket
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import structlog

from alpes_events.jobs.leader import LEASE, give_lead_up, take_lead
from alpes_events.jobs.runs import note_work, run_once
from alpes_events.journal.delivery import place_of_failure
from alpes_scheduler.desk import Desk
from alpes_scheduler.duties import DutyFailedError
from alpes_scheduler.timetable import DAILY, OFTEN, Daily, Often

_log = structlog.get_logger("alpes.scheduler")


@dataclass
class Keeper:
    """One scheduler. It leads until its lease lapses, also when it cannot reach the database to renew it."""

    desk: Desk
    holder: str = field(default_factory=lambda: f"{socket.gethostname()[:40]}-{secrets.token_hex(6)}")
    leads_until: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether this process leads now."""
        return self.leads_until is not None and self.desk.clock() < self.leads_until

    def beat(self) -> bool:
        """Take or renew the lead. Without it nothing is done."""
        led, now = self.leads, self.desk.clock()
        with self.desk.database.writing() as db:
            leads = take_lead(db, self.holder, now=now)
            db.commit()
        self.leads_until = now + LEASE if leads else None
        if leads != led:
            _log.info("leads" if leads else "follows", holder=self.holder)
        return leads

    def retire(self) -> None:
        """Give the lead up, so that another takes over at once."""
        if not self.leads:
            return
        self.leads_until = None
        with self.desk.database.writing() as db:
            give_lead_up(db, self.holder, now=self.desk.clock())
            db.commit()

    def do_often(self, duty: Often) -> int:
        """One pass of a frequent duty. What it did is added up by the hour; a failure never leaves this function."""
        if not self.leads:
            return 0
        try:
            count = duty.do(self.desk)
        except DutyFailedError as error:
            return self._note(duty, error.done_count, failed=True)
        except Exception as error:  # noqa: BLE001 (one duty that fails must not stop the others)
            _log.error("failed", job=duty.name, error=place_of_failure(error))
            return self._note(duty, 0, failed=True)
        return self._note(duty, count, failed=False) if count else 0

    def do_daily(self, duty: Daily) -> list[date]:
        """The days for which the duty was done now: most often none."""
        if not self.leads or not self.desk.is_seeded():
            return []
        return [day for day in duty.days_due(self.desk.local_now()) if self._done_for(duty, day)]

    def once(self) -> dict[str, int]:
        """Do everything that is due, once, and say how much: for a machine that has its own timer, and for tests."""
        if not self.beat():
            return {}
        done: dict[str, int] = {}
        for daily in DAILY:
            done[daily.name] = len(self.do_daily(daily))
        for often in (*OFTEN, *OFTEN):  # twice: what the first round caused is delivered and sent in the second
            done[often.name] = done.get(often.name, 0) + self.do_often(often)
        return done

    def _done_for(self, duty: Daily, day: date) -> bool:
        count = run_once(
            self.desk.database, duty.name, day.isoformat(), lambda: duty.do(self.desk, day), clock=self.desk.clock
        )
        if count is not None:
            _log.info("done", job=duty.name, day=day.isoformat(), count=count)
        return count is not None

    def _note(self, duty: Often, count: int, *, failed: bool) -> int:
        now = self.desk.clock()
        with self.desk.database.writing() as db:
            note_work(db, duty.name, f"{now.astimezone(UTC):%Y-%m-%dT%H}", count=count, failed=failed, now=now)
            db.commit()
        return count
