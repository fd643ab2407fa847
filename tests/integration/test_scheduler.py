"""The scheduler: what it does at once, in its turn, and when it is told to stop."""

import json
import threading
import time as wall
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import col, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.backup import list_backups
from alpes_events.database.engine import Database
from alpes_events.jobs.leader import LEASE
from alpes_events.jobs.models import JobRun, RunState
from alpes_events.jobs.queries import last_runs, present_lead
from alpes_events.journal.models import Delivery, JournalEntry
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.sign_in import ask_sign_in
from alpes_events.people.models import Account, RateCount, Role, SignInLink
from alpes_events.people.rate import count_use
from alpes_events.settings.deployment import Deployment, MailServer
from alpes_scheduler import daily
from alpes_scheduler.cli import scheduler
from alpes_scheduler.desk import Desk
from alpes_scheduler.duties import DutyFailedError
from alpes_scheduler.keeper import Keeper
from alpes_scheduler.process import keep_time
from alpes_web.demo_mailbox import newest_mail
from alpes_web.mail import FlaskMailCarrier
from alpes_web.terminal import Terminal
from tests.support.clause import FEBRUARY, JANUARY, MARCH, a_site, employs, works
from tests.support.posts import KEY, Clock
from tests.support.smtp import Answer, MailHost
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, states
from tests.support.tampering import tampered


@pytest.fixture
def desk(organised: Database, tmp_path: Path) -> Desk:
    return a_desk(organised, tmp_path)


def a_desk(database: Database, tmp_path: Path) -> Desk:
    """A deployment whose mail and backups land in folders, at a clock that stands still."""
    settings = Deployment(
        secret_key=KEY,
        base_url="https://agenda.example.org",
        backup_folder=tmp_path / "backups",
        mail=MailServer(sender="bonjour@example.org"),
    )
    return Desk(database, settings, FolderCarrier(tmp_path / "mail"), Clock())


def subjects(desk: Desk) -> list[str]:
    assert isinstance(desk.carrier, FolderCarrier)
    return sorted(mail.subject for mail in newest_mail(desk.carrier.folder))


def test_once_does_everything_that_is_due(desk: Desk) -> None:
    with desk.database.writing() as db:
        event_id = an_event(db, capacity=1)
        first, _second = (signs_up(db, event_id, number).registration_id for number in range(2))
        cancel_registration(db, first, by="self", now=NOW)
        db.commit()
    keeper = Keeper(desk)
    done = keeper.once()
    assert (done["deliver_journal"] > 0, done["backup"], done["remind"]) == (True, 1, 1)
    assert len(list_backups(desk.settings.backup_folder)) == 1
    assert subjects(desk) == [
        "Une place s’est libérée : confirmez avant mardi 3 mars, 10 h",
        "Votre inscription est annulée : Job dating d’essai",
    ]
    again = keeper.once()
    assert (again["deliver_journal"], again["send_mail"], again["backup"]) == (0, 0, 0)


def test_a_place_that_is_not_taken_in_time_goes_to_the_next(desk: Desk) -> None:
    with desk.database.writing() as db:
        event_id = an_event(db, capacity=1)
        first, *_others = (signs_up(db, event_id, number).registration_id for number in range(3))
        cancel_registration(db, first, by="self", now=NOW)
        db.commit()
    later = replace(desk, clock=Clock(NOW + timedelta(hours=24)))
    assert Keeper(later).once()["expire_offers"] == 1
    with desk.database.reading() as db:
        assert states(db, event_id) == ["cancelled", "expired", "offered"]
    assert "La place n’a pas été confirmée à temps : Job dating d’essai" in subjects(desk)


def test_an_event_that_is_over_is_closed(desk: Desk) -> None:
    with desk.database.writing() as db:
        an_event(db)
        db.commit()
    later = replace(desk, clock=Clock(STARTS_AT + timedelta(hours=3)))
    assert Keeper(later).once()["close_events"] == 1
    with desk.database.reading() as db:
        assert db.exec(select(Event.state)).one() is EventState.DONE


def test_reminders_leave_at_six_in_the_evening_once_even_on_a_late_start(desk: Desk) -> None:
    with desk.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    Keeper(desk).once()
    clock = Clock(datetime(2026, 3, 11, 16, 59, tzinfo=UTC))
    keeper = Keeper(replace(desk, clock=clock))
    keeper.once()
    assert len(subjects(desk)) == 1
    clock.pass_by(hours=15)
    keeper.once()
    keeper.once()
    assert subjects(desk) == ["Aujourd’hui, 14 h : Job dating d’essai", "Votre place est gardée : jeudi 12 mars, 14 h"]


def test_who_does_not_lead_does_nothing_until_the_leader_is_gone(desk: Desk) -> None:
    clock = Clock()
    first, second = (Keeper(replace(desk, clock=clock)) for _ in range(2))
    assert first.once() != {}
    assert second.once() == {}
    clock.now += LEASE
    assert not first.leads, "it could not renew in time: it stops by itself"
    assert second.once() != {}
    assert first.once() == {}


def test_a_duty_that_fails_is_written_down_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    with desk.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    away = FlaskMailCarrier(MailServer(host="127.0.0.1", port=1, security="none", timeout_seconds=0.2))
    (tmp_path / "backups").write_text("a file where the folder should be")
    Keeper(replace(desk, carrier=away)).once()
    with desk.database.reading() as db:
        runs = {run.job: run for run in last_runs(db)}
        assert db.exec(select(OutboxMessage.state)).one() is MessageState.WAITING
    assert (runs["send_mail"].state, runs["backup"].state) == (RunState.FAILED, RunState.FAILED)
    assert runs["backup"].error.startswith("FileExistsError")
    assert runs["deliver_journal"].state is RunState.DONE


def test_before_an_organisation_is_known_nothing_daily_is_done(database: Database, tmp_path: Path) -> None:
    evening = Clock(datetime(2026, 3, 13, 20, tzinfo=UTC))
    assert Keeper(replace(a_desk(database, tmp_path), clock=evening)).once()["remind"] == 0
    with database.reading() as db:
        assert db.exec(select(JobRun)).all() == []


def test_mail_that_waits_too_long_raises_the_alarm(desk: Desk) -> None:
    with desk.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    without_server = replace(desk, carrier=FlaskMailCarrier(MailServer()))
    Keeper(without_server).once()
    with desk.database.reading() as db:
        assert "watch_mail" not in {run.job for run in last_runs(db)}, "not after a moment"
    Keeper(replace(without_server, clock=Clock(NOW + timedelta(minutes=16)))).once()
    with desk.database.reading() as db:
        runs = {run.job: run for run in last_runs(db)}
        (row,) = db.exec(select(OutboxMessage)).all()
    assert runs["watch_mail"].state is RunState.FAILED
    assert (row.state, row.attempt_count) == (MessageState.WAITING, 0), "without a server nothing is spent"


def test_a_ledger_that_lies_fails_the_check_of_the_night(desk: Desk) -> None:
    with desk.database.writing() as db:
        who = employs(db, a_site(db))
        for month in (JANUARY, FEBRUARY, MARCH):
            works(db, who, 60, month=month)
        db.commit()
    assert daily.verify_hours(desk, NOW.date()) == 3
    tampered(desk.database, "UPDATE hour_entry SET minutes = minutes + 60 WHERE sequence = 2")
    with pytest.raises(DutyFailedError):
        daily.verify_hours(desk, NOW.date())


def test_the_command_does_once_what_is_due_and_says_so(desk: Desk) -> None:
    with desk.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    settings = replace(desk.settings, demo=True, var_folder=desk.settings.backup_folder.parent)
    terminal = Terminal(settings=settings, database=desk.database, now=desk.clock)
    ran = CliRunner().invoke(scheduler, ["--once", "--json"], obj=terminal)
    assert json.loads(ran.stdout)["send_mail"] == 1
    assert [mail.to for mail in newest_mail(settings.mailbox_folder)] == ["personne1@example.org"]
    Keeper(desk, holder="somebody else").beat()
    busy = CliRunner().invoke(scheduler, ["--once"], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"})
    assert "Un autre planificateur mène" in busy.stdout


def test_what_served_its_time_is_swept_and_the_journal_stays(desk: Desk) -> None:
    with desk.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.add(Account(email="samira@example.org", name="Samira", role=Role.CANDIDATE, created_at=NOW))
        db.flush()
        ask_sign_in(db, account_id=1, browser_hash=None, language="fr", now=NOW)
        count_use(db, "somebody", limit=5, window=timedelta(hours=1), now=NOW)
        db.commit()
    Keeper(desk).once()
    with desk.database.reading() as db:
        entries = db.exec(select(JournalEntry.id)).all()
    later = replace(desk, clock=Clock(NOW + timedelta(days=91)))
    assert daily.sweep(later, later.today()) > 0
    with desk.database.reading() as db:
        assert db.exec(select(JournalEntry.id)).all() == entries
        for table in (Delivery, JobRun, SignInLink, RateCount):
            assert db.exec(select(table)).all() == []


@contextmanager
def running(desk: Desk) -> Iterator[Keeper]:
    """A scheduler that keeps time in a thread of its own, told to stop at the end."""
    keeper, stop = Keeper(desk), threading.Event()
    thread = threading.Thread(target=keep_time, args=(keeper,), kwargs={"stop": stop})
    thread.start()
    try:
        yield keeper
    finally:
        stop.set()
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_a_sign_in_mail_leaves_while_the_mail_server_hangs_on_others(desk: Desk) -> None:
    host = MailHost()
    host.hang_seconds = 12
    host.start()
    try:
        slow = FlaskMailCarrier(host.settings)
        live = replace(desk, carrier=slow, clock=lambda: datetime.now(tz=UTC))
        host.orders.append(Answer.HANG)
        with desk.database.writing() as db:
            starts_at = live.clock() + timedelta(days=30)
            event_id = an_event(db, now=live.clock(), starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
            signs_up(db, event_id, 1, now=live.clock())
            db.add(Account(email="samira@example.org", name="Samira", role=Role.CANDIDATE, created_at=NOW))
            db.commit()
        with running(live):
            _wait_for(lambda: not host.orders)
            with desk.database.writing() as db:
                account = db.exec(select(Account)).one()
                ask_sign_in(db, account_id=account.id or 0, browser_hash=None, language="fr", now=live.clock())
                db.commit()
            asked = wall.monotonic()
            _wait_for(lambda: any(mail["To"] == "samira@example.org" for mail in host.taken))
            assert wall.monotonic() - asked < host.hang_seconds
    finally:
        host.stop()


def test_a_scheduler_that_stops_leaves_the_lead_free(desk: Desk) -> None:
    live = replace(desk, clock=lambda: datetime.now(tz=UTC))
    with running(live) as keeper:
        _wait_for(lambda: keeper.leads)
    with desk.database.reading() as db:
        lead = present_lead(db, now=live.clock())
        runs = db.exec(select(JobRun).order_by(col(JobRun.id))).all()
    assert lead is not None
    assert not lead.alive
    assert all(run.state is not RunState.RUNNING for run in runs)


def _wait_for(condition: object, *, seconds: float = 15) -> None:
    assert callable(condition)
    until = wall.monotonic() + seconds
    while not condition():
        assert wall.monotonic() < until, "waited in vain"
        wall.sleep(0.05)
