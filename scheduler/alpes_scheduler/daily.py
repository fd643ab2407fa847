"""What the scheduler does once a day, for a day on the organisation's clocks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import structlog
from sqlmodel import Session

from alpes_events.clause.ledger.verifying import verify
from alpes_events.database.backup import back_up, prune_backups
from alpes_events.fair.tying import give_links
from alpes_events.hiring.commands import expire_offers
from alpes_events.jobs.runs import forget_runs
from alpes_events.journal.delivery import forget_delivered
from alpes_events.messages.chapter_due import enqueue_chapter_checks, enqueue_chapter_reminders, lacking_chapters
from alpes_events.messages.clause_lapses import enqueue_lapses
from alpes_events.messages.declaration_mail import enqueue_declaration_reminders
from alpes_events.messages.exhibitors import enqueue_stand_chases
from alpes_events.messages.follow_ups import enqueue_follow_ups
from alpes_events.messages.offer_alert import enqueue_alerts
from alpes_events.messages.sign_in import forget_links
from alpes_events.messages.timed import enqueue_digests, enqueue_reminders, enqueue_thanks
from alpes_events.people.rate import forget_counts
from alpes_events.privacy.end_of_files import end_files as privacy_round
from alpes_events.reporting.compiling import count_years, keep_compilations
from alpes_events.statistics.compilation import compile_touched
from alpes_events.tables import METADATA
from alpes_events.webhooks.calling import forget_calls
from alpes_scheduler.desk import Desk
from alpes_scheduler.duties import DutyFailedError, list_erased, propose_all_merges, propose_company_doubles

_log = structlog.get_logger("alpes.scheduler")
_DAYS_OF_COUNTS = timedelta(days=2)
_DAYS_OF_LINKS = timedelta(days=30)
_DAYS_OF_WORK = timedelta(days=90)


def remind(desk: Desk, day: date) -> int:
    """Owe reminders for the day after `day`."""
    return _commit(desk, lambda db, now: enqueue_reminders(db, day=day, now=now))


def thank(desk: Desk, day: date) -> int:
    """Owe thanks for what ended before `day`."""
    return _commit(desk, lambda db, now: enqueue_thanks(db, day=day, now=now))


def chase(desk: Desk, day: date) -> int:
    """Owe reminders to exhibitors who have not given what their event asks for."""
    return _commit(desk, lambda db, now: enqueue_stand_chases(db, day=day, now=now))


def ask_companies(desk: Desk, day: date) -> int:
    """Owe reminders to companies that have not declared the hours of the month before."""
    return _commit(desk, lambda db, now: enqueue_declaration_reminders(db, day=day, now=now))


def ask_exhibitors(desk: Desk, day: date) -> int:
    """Owe the questions to exhibitors of an event that ended six weeks or six months ago."""
    return _commit(desk, lambda db, now: enqueue_follow_ups(db, day=day, now=now))


def write_digest(desk: Desk, day: date) -> int:
    """Owe the coordinators their letter of `day`."""
    return _commit(desk, lambda db, now: enqueue_digests(db, day=day, now=now))


def compile_figures(desk: Desk, _day: date) -> int:
    """Count what was touched since the last night, and keep its figures. Gives how many periods have new ones."""
    return _commit(desk, lambda db, now: compile_touched(db, now=now).written)


def compile_report(desk: Desk, day: date) -> int:
    """Count the figures of the report of the year and of the one before. Gives how many years have new ones."""
    with desk.database.one_state() as db:
        counted = count_years(db, (day.year - 1, day.year))
    return _commit(desk, lambda db, now: keep_compilations(db, counted, now=now))


def give_stand_links(desk: Desk, _day: date) -> int:
    """Stands that are a company's and have no link of their own get one, and so stand in the employer's space."""
    return _commit(desk, lambda db, now: give_links(db, now=now))


def expire_job_offers(desk: Desk, day: date) -> int:
    """Job offers whose last day was before `day` are no longer shown."""
    return _commit(desk, lambda db, now: expire_offers(db, today=day, now=now))


def tell_alerts(desk: Desk, day: date) -> int:
    """Owe a letter for each alert on offers that has something new."""
    return _commit(desk, lambda db, now: enqueue_alerts(db, day=day, now=now))


def tell_lapses(desk: Desk, day: date) -> int:
    """Owe facilitators the letters about what lapses sixty and fifteen days after `day`."""
    return _commit(desk, lambda db, now: enqueue_lapses(db, day=day, now=now))


def remind_chapters(desk: Desk, day: date) -> int:
    """Owe the letters about chapters of reports that are due soon and, on the first of a month, those that lack."""
    with desk.database.one_state() as db:
        lacking = lacking_chapters(db) if day.day == 1 else {}

    def owe(db: Session, now: datetime) -> int:
        return enqueue_chapter_reminders(db, day=day, now=now) + enqueue_chapter_checks(db, lacking, day=day, now=now)

    return _commit(desk, owe)


def save(desk: Desk, _day: date) -> int:
    """Back up, and keep only the newest. Gives the size in kilobytes."""
    folder = desk.settings.backup_folder
    list_erased(desk)
    saved = back_up(desk.database, METADATA, folder, now=desk.clock())
    prune_backups(folder, keep=desk.settings.backup_keep)
    return saved.byte_count // 1024


def end_files(desk: Desk, _day: date) -> int:
    """Tell those whose file comes to its end, erase those told long enough ago, forget what was short-lived."""
    done = privacy_round(desk.database, desk.settings.backup_folder, now=desk.clock())
    return done.announced_count + done.erased_count + done.forgotten_count


def sweep(desk: Desk, _day: date) -> int:
    """Forget what served its time: counts of uses, sign-in links, runs of jobs, what was told."""

    def forget(db: Session, now: datetime) -> int:
        return (
            forget_counts(db, before=now - _DAYS_OF_COUNTS)
            + forget_links(db, before=now - _DAYS_OF_LINKS)
            + forget_runs(db, before=now - _DAYS_OF_WORK)
            + forget_delivered(db, before=now - _DAYS_OF_WORK)
            + forget_calls(db, before=now - _DAYS_OF_WORK)
        )

    return _commit(desk, forget)


def propose_merges(desk: Desk, _day: date) -> int:
    """Compare everybody with everybody for duplicates, and every company with every other."""
    return propose_all_merges(desk) + propose_company_doubles(desk)


def verify_hours(desk: Desk, _day: date) -> int:
    """Compute every chain of the hour ledger again. Gives how many entries were read.

    Raises `DutyFailedError` when an entry lies or is missing: `alpes clause verify` names it.
    """
    with desk.database.one_state() as db:
        verified = verify(db)
    for found in verified.findings:
        _log.error("hour ledger", fault=found.fault.value, contract_id=found.contract_id, sequence=found.sequence)
    if verified.findings:
        raise DutyFailedError(done_count=verified.entry_count, failed_count=len(verified.findings))
    return verified.entry_count


def _commit(desk: Desk, act: Callable[[Session, datetime], int]) -> int:
    with desk.database.writing() as db:
        count = act(db, desk.clock())
        db.commit()
    return count
