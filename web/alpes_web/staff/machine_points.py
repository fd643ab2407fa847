"""What the machine asks of a person: it is silent, something failed, mail waits, the last backup is old."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from sqlmodel import Session

from alpes_events.jobs.models import RunState
from alpes_events.jobs.queries import LastRun, Lead, last_done_at
from alpes_events.language.dates import moment
from alpes_events.language.sentence import N_
from alpes_events.messages.queries import MailHealth
from alpes_web.languages import language, translated, translated_count
from alpes_web.staff.jobs import JOBS
from alpes_web.staff.point import Point

_BACKUP_OLD_AFTER = timedelta(days=2)


def machine_points(
    db: Session, *, lead: Lead | None, runs: list[LastRun], mail: MailHealth, now: datetime, zone: ZoneInfo
) -> tuple[Point, ...]:
    """Each with the button that leads to what can be done."""
    return (
        *_silent(lead, zone),
        *_mail(mail, zone),
        *_failed(runs),
        *_backup(last_done_at(db, "backup"), now=now, zone=zone),
    )


def _silent(lead: Lead | None, zone: ZoneInfo) -> Iterator[Point]:
    if lead is not None and lead.alive:
        return
    since = "" if lead is None else translated(N_("Dernier signe %(when)s.")) % {"when": _when(lead.beat_at, zone)}
    yield Point(
        translated(N_("La machine ne travaille pas : aucun message ne part")),
        since or translated(N_("Elle n’a encore jamais travaillé.")),
        url_for("staff_jobs.table"),
        translated(N_("Que faire ?")),
        icon="alert",
        tone="bad",
        first=True,
    )


def _mail(mail: MailHealth, zone: ZoneInfo) -> Iterator[Point]:
    if mail.alarm and mail.oldest_at is not None:
        count = mail.waiting_count
        words = translated_count(
            "%(num)s message ne part pas", "%(num)s messages ne partent pas", count
        )  # fmt: skip
        yield Point(
            words % {"num": count},
            translated(N_("Le plus ancien depuis %(when)s.")) % {"when": _when(mail.oldest_at, zone)},
            url_for("staff_messages.table", show="waiting"),
            translated(N_("Voir les messages")),
            icon="mail",
            tone="bad",
        )
    if mail.failed_count:
        words = translated_count(
            "%(num)s message a été refusé", "%(num)s messages ont été refusés", mail.failed_count
        )  # fmt: skip
        yield Point(
            words % {"num": mail.failed_count},
            translated(N_("La raison est dite : corrigez l’adresse, ou renvoyez.")),
            url_for("staff_messages.table", show="trouble"),
            translated(N_("Voir pourquoi")),
            icon="mail",
        )


def _failed(runs: list[LastRun]) -> Iterator[Point]:
    for run in runs:
        if run.state is RunState.FAILED:
            name = translated(JOBS.get(run.job, run.job))
            yield Point(
                translated(N_("« %(job)s » a échoué")) % {"job": name},
                translated(N_("La machine réessaie d’elle-même, cinq fois au plus.")),
                url_for("staff_jobs.table"),
                translated(N_("Voir et relancer")),
                icon="alert",
            )


def _backup(done_at: datetime | None, *, now: datetime, zone: ZoneInfo) -> Iterator[Point]:
    if done_at is not None and now - done_at > _BACKUP_OLD_AFTER:
        yield Point(
            translated(N_("La dernière sauvegarde est ancienne")),
            translated(N_("Elle date de %(when)s.")) % {"when": _when(done_at, zone)},
            url_for("staff_jobs.table"),
            translated(N_("Voir et relancer")),
            icon="alert",
            tone="bad",
        )


def _when(at: datetime, zone: ZoneInfo) -> str:
    return moment(at, language=language(), zone=zone)
