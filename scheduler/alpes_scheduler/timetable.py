"""When each duty is done. Nothing is due between 01:00 and 03:59: on two nights of the year those hours jump."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alpes_scheduler import daily, duties
from alpes_scheduler.desk import Desk
from alpes_scheduler.errands import run_errands

_FORBIDDEN = (time(1), time(4))


@dataclass(frozen=True)
class Often:
    """A duty done again and again. Passes that find nothing to do cost a reading query."""

    name: str
    every: timedelta
    do: Callable[[Desk], int]


@dataclass(frozen=True)
class Daily:
    """A duty done once for each local day, at `at` or as soon afterwards as a scheduler runs.

    `catch_up_at`: when it was not done all day, it is still worth doing for the day before, from that hour on.
    """

    name: str
    at: time
    do: Callable[[Desk, date], int]
    catch_up_at: time | None = None

    def __post_init__(self) -> None:
        for at in (self.at, self.catch_up_at):
            if at is not None and _FORBIDDEN[0] <= at < _FORBIDDEN[1]:
                raise ValueError(f"{self.name} is due at {at}, an hour that may come twice or never")

    def days_due(self, local_now: datetime) -> list[date]:
        """The days for which the duty is to be done, if it was not: the present one once its hour has come."""
        today = local_now.date()
        due = [today] if local_now.time() >= self.at else []
        late = self.catch_up_at is not None and local_now.time() >= self.catch_up_at
        return [today - timedelta(days=1), *due] if late else due


OFTEN = (
    Often("deliver_journal", timedelta(seconds=1), duties.deliver_journal),
    Often("send_urgent_mail", timedelta(seconds=1), duties.send_urgent_mail),
    Often("send_mail", timedelta(seconds=2), duties.send_mail),
    Often("run_errands", timedelta(seconds=1), run_errands),
    Often("call_webhooks", timedelta(seconds=5), duties.call_webhooks),
    Often("watch_mail", timedelta(minutes=5), duties.watch_mail),
    Often("expire_offers", timedelta(minutes=1), duties.expire_offers),
    Often("close_events", timedelta(minutes=5), duties.close_events),
    Often("list_erased", timedelta(minutes=5), duties.list_erased),
    Often("propose_merges", timedelta(minutes=5), duties.propose_merges),
)

DAILY = (
    Daily("expire_job_offers", time(0, 20), daily.expire_job_offers),
    Daily("give_stand_links", time(0, 30), daily.give_stand_links),
    Daily("compile_figures", time(4, 10), daily.compile_figures),
    Daily("compile_report", time(4, 20), daily.compile_report),
    Daily("backup", time(4, 40), daily.save),
    Daily("end_files", time(5, 20), daily.end_files),
    Daily("propose_all_merges", time(5, 40), daily.propose_merges),
    Daily("verify_hours", time(5, 50), daily.verify_hours),
    Daily("sweep", time(6), daily.sweep),
    Daily("write_digest", time(7, 30), daily.write_digest),
    Daily("tell_alerts", time(8), daily.tell_alerts),
    Daily("tell_lapses", time(8, 10), daily.tell_lapses),
    Daily("remind_chapters", time(8, 20), daily.remind_chapters),
    Daily("thank", time(10), daily.thank),
    Daily("ask_exhibitors", time(9, 30), daily.ask_exhibitors),
    Daily("ask_companies", time(9, 10), daily.ask_companies),
    Daily("chase", time(9), daily.chase),
    Daily("remind", time(18), daily.remind, catch_up_at=time(7)),
)
