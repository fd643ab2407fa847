"""Is everything well with this installation? Each finding is a sentence, and says what to do when it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session, col, func, select

from alpes_events.database import migrate
from alpes_events.database.backup import list_backups
from alpes_events.database.engine import Database
from alpes_events.jobs.models import JobRun, Leader, RunState
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.messages.queries import mail_health
from alpes_events.people.models import Account, Role
from alpes_events.people.protection import SecondFactor
from alpes_events.settings.deployment import Deployment
from alpes_events.territory.models import Commune, Organisation
from alpes_events.territory.said_of_itself import missing_of
from alpes_events.territory.time_zone import ZoneRefused, zone_lines

LATE_HEARTBEAT = timedelta(minutes=2)
LATE_BACKUP = timedelta(hours=36)


class Verdict(StrEnum):
    """How a finding weighs: well, to be looked at, or in the way of the service."""

    WELL = "well"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    about: str
    verdict: Verdict
    sentence: Sentence


def examine_settings(settings: Deployment) -> list[Finding]:
    """What the settings say: the address and what stands in front of it, the mail server."""
    findings = []
    if settings.demo:
        findings.append(_look("demo", N_("Mode démonstration : rien de réel ne doit y être enregistré.")))
    elif not settings.secure:
        findings.append(
            _look(
                "base_url",
                N_("Le site n’est pas en https : les mots de passe passeraient en clair. Voir ALPES_BASE_URL."),
            )
        )
    elif not settings.proxy_count:
        sentence = N_(
            "Le site est en https et ALPES_PROXY_COUNT vaut 0 : tout le monde semble venir d’une seule adresse, et les "
            "limites d’essais s’additionnent. Indiquez combien de serveurs mandataires (nginx, Caddy…) sont devant."
        )
        findings.append(_look("proxy", sentence))
    if not settings.demo and not settings.mail.host:
        findings.append(_bad("mail", N_("Aucun serveur de courriel : indiquez ALPES_MAIL_HOST et ALPES_MAIL_SENDER.")))
    elif not settings.demo and not settings.mail.sender:
        findings.append(_bad("mail", N_("Aucune adresse d’envoi : indiquez ALPES_MAIL_SENDER.")))
    else:
        findings.append(_well("mail", N_("L’envoi des courriels est réglé.")))
    return findings


def examine_database(database: Database, *, backup_folder: Path, now: datetime) -> list[Finding]:
    """What the database says: its version, its organisation and accounts, and whether the night's work gets done.

    A backup counts wherever it is known from: the folder of this machine, or the scheduler's own record.
    """
    current, wanted = migrate.current_revision(database), migrate.newest_revision()
    if current != wanted:
        sentence = N_("La base de données n’est pas à la version du programme : lancez alpes db upgrade.")
        return [_bad("database", sentence)]
    with database.reading() as db:
        return [
            _well("database", N_("La base de données est à la version du programme.")),
            *_examine_beginnings(db),
            *_examine_scheduler(db, now=now),
            *_examine_backups(db, backup_folder, now=now),
            *_examine_messages(db, now=now),
        ]


def _examine_beginnings(db: Session) -> Iterator[Finding]:
    organisation = db.get(Organisation, 1)
    if organisation is None:
        yield _bad("organisation", N_("L’organisation n’est pas décrite : lancez alpes db seed FICHIER.toml."))
    else:
        yield from _examine_zone(organisation.time_zone)
        if missing_of(organisation):
            yield _look(
                "legal", N_("Les mentions légales sont incomplètes : complétez l’organisation dans les réglages.")
            )
    if not _count(db, col(Commune.insee_code).is_not(None)):
        yield _bad("communes", N_("Aucune commune n’est connue : lancez alpes db seed FICHIER.toml."))
    team = select(func.count()).where(
        col(Account.role).in_([Role.ADMINISTRATOR, Role.COORDINATOR, Role.FACILITATOR]),
        col(Account.disabled_at).is_(None),
    )
    if not db.exec(team).one():
        yield _bad("accounts", N_("Personne ne peut gérer le site : créez un compte par alpes user create."))
    yield from _examine_second_factors(db)


def _examine_second_factors(db: Session) -> Iterator[Finding]:
    """Whether each open account of the administration asks for a telephone after the password."""
    bare = db.exec(
        select(func.count())
        .select_from(Account)
        .outerjoin(SecondFactor, col(SecondFactor.account_id) == col(Account.id))
        .where(
            col(Account.role) == Role.ADMINISTRATOR,
            col(Account.disabled_at).is_(None),
            col(SecondFactor.account_id).is_(None),
        )
    ).one()
    if bare:
        sentence = N_(
            "%(count)d comptes d’administration s’ouvrent par le mot de passe seul : activez-y la connexion en deux "
            "temps, dans « Mon compte »."
        )
        yield _look("second_factor", sentence, count=bare)


def _examine_zone(name: str) -> Iterator[Finding]:
    try:
        zone_lines(name)
    except ZoneRefused as refusal:
        yield Finding("time_zone", Verdict.BAD, refusal.sentence)


def _examine_scheduler(db: Session, *, now: datetime) -> Iterator[Finding]:
    leader = db.get(Leader, 1)
    if leader is None or leader.beat_at is None:
        yield _bad("scheduler", N_("Le planificateur n’a jamais tourné : lancez alpes scheduler."))
    elif now - leader.beat_at > LATE_HEARTBEAT:
        minutes = int((now - leader.beat_at).total_seconds() // 60)
        sentence = N_("Le planificateur ne répond plus depuis %(minutes)d minutes : relancez alpes scheduler.")
        yield _bad("scheduler", sentence, minutes=minutes)
    else:
        yield _well("scheduler", N_("Le planificateur tourne."))
    failed = _count(db, col(JobRun.state) == RunState.FAILED, col(JobRun.started_at) > now - timedelta(days=2))
    if failed:
        yield _look(
            "jobs", N_("%(count)d tâches ont échoué depuis deux jours : voir la page des tâches."), count=failed
        )


def _examine_backups(db: Session, folder: Path, *, now: datetime) -> Iterator[Finding]:
    by_night = db.exec(
        select(func.max(col(JobRun.ended_at))).where(JobRun.job == "backup", col(JobRun.state) == RunState.DONE)
    ).one()
    made = [saved.made_at for saved in list_backups(folder)[:1]] + [at for at in [by_night] if at is not None]
    if not made or now - max(made) > LATE_BACKUP:
        yield _look("backup", N_("Pas de sauvegarde depuis un jour et demi : lancez alpes db backup."))


def _examine_messages(db: Session, *, now: datetime) -> Iterator[Finding]:
    mail = mail_health(db, now=now)
    if mail.alarm:
        sentence = N_("Le courriel ne part plus : %(count)d messages attendent depuis trop longtemps.")
        yield _bad("messages", sentence, count=mail.waiting_count)
    if mail.failed_count:
        sentence = N_("%(count)d messages n’ont pas pu partir : voir la page des messages.")
        yield _look("messages", sentence, count=mail.failed_count)
    parked = _count(db, col(Delivery.state) == DeliveryState.PARKED)
    if parked:
        yield _bad(
            "journal", N_("%(count)d événements du journal sont mis de côté : voir la page des tâches."), count=parked
        )


def _count(db: Session, *conditions: object) -> int:
    return db.exec(select(func.count()).where(*conditions)).one()  # type: ignore[arg-type]


def _well(about: str, text: str) -> Finding:
    return Finding(about, Verdict.WELL, say(text))


def _look(about: str, text: str, **facts: int) -> Finding:
    return Finding(about, Verdict.LOOK, say(text, **facts))


def _bad(about: str, text: str, **facts: int) -> Finding:
    return Finding(about, Verdict.BAD, say(text, **facts))
