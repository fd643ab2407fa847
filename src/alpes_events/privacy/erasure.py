"""Erasing a person: the row is blanked and keeps its id, what only they need is deleted, figures stay as they were."""

from datetime import datetime

from sqlalchemy import Table, delete, update
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventSession
from alpes_events.attendance.models import ACTIVE, Presence, Registration
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.database.erased import ErasedRecord
from alpes_events.database.overwriting import overwriting
from alpes_events.errands.clearing import drop_files
from alpes_events.hiring.request_rows import OfferRequest
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.letters import forget_letters_to
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.models import Candidate
from alpes_events.privacy.dossier import Dossier, dossier_of, holdings, standing_record, theirs
from alpes_events.privacy.evidence import move_identity
from alpes_events.privacy.holdings import Fate, Holding


def erase_person(
    db: Session, candidate_id: int, *, now: datetime, account_id: int | None = None
) -> tuple[ErasedRecord, ...]:
    """Erase the person, with every record merged into theirs. Places they held for what is to come go to the next; who
    they were is kept apart while hours of theirs must be proved (`privacy.evidence`).

    Gives what the caller notes by `database.erased.note_erased` before it commits.

    Raises `UnknownCandidate`, also for somebody erased before.
    """
    dossier = dossier_of(db, candidate_id)
    _leave_what_is_to_come(db, dossier, now=now, account_id=account_id)
    move_identity(db, standing_record(db, dossier), dossier.candidate_ids, now=now)
    db.flush()
    with overwriting(db):
        forget_letters_to(db, dossier.registration_ids)
        _forget_requests(db, dossier)
        for table, holding in reversed(list(holdings())):
            _treat(db, table, holding, dossier)
        _close_accounts(db, dossier, now=now)
        erased = _mark_erased(db, dossier, now=now, account_id=account_id)
        drop_files(db, now=now)
    if account_id is not None:
        _note_who_erased(db, candidate_id, now=now, account_id=account_id)
    db.expire_all()
    return erased


def _note_who_erased(db: Session, candidate_id: int, *, now: datetime, account_id: int) -> None:
    """The access audit tells who did it, the person themselves too; the nightly round and a replay are nobody."""
    subject = ("candidate", candidate_id)
    record_access(db, AuditAction.FILE_ERASED, now=now, account_id=account_id, subject=subject, count=1)


def _leave_what_is_to_come(db: Session, dossier: Dossier, *, now: datetime, account_id: int | None) -> None:
    ends_at = func.coalesce(EventSession.ends_at, Event.ends_at)
    active = db.exec(
        select(Registration.id)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .outerjoin(EventSession, col(EventSession.id) == col(Registration.session_id))
        .where(col(Registration.id).in_(dossier.registration_ids), col(Registration.state).in_(ACTIVE))
        .where(ends_at > now, col(Registration.presence) != Presence.ATTENDED)
        .order_by(col(Registration.id))
    ).all()
    for registration_id in active:
        cancel_registration(db, registration_id or 0, by="self", now=now, account_id=account_id)


def _forget_requests(db: Session, dossier: Dossier) -> None:
    """What waits under one of their addresses to be confirmed is theirs too, as far as anybody can know."""
    addresses = select(Candidate.email).where(col(Candidate.id).in_(dossier.candidate_ids))
    db.execute(delete(OfferRequest).where(col(OfferRequest.email).in_(addresses)))


def _treat(db: Session, table: Table, holding: Holding, dossier: Dossier) -> None:
    condition = theirs(table, holding, dossier)
    if holding.fate is Fate.DELETED:
        db.execute(delete(table).where(condition))
    elif holding.fate is Fate.BLANKED:
        db.execute(update(table).where(condition).values(**holding.blank))


def _close_accounts(db: Session, dossier: Dossier, *, now: datetime) -> None:
    """An address is unique and required: a word that is no address stands for it."""
    account = next(table for table, _ in holdings() if table.name == "account")
    for account_id in dossier.account_ids:
        closed = update(account).where(account.c.id == account_id)
        db.execute(closed.values(email=f"erased:{account_id}", disabled_at=now))


def _mark_erased(db: Session, dossier: Dossier, *, now: datetime, account_id: int | None) -> tuple[ErasedRecord, ...]:
    db.expire_all()
    erased = []
    for candidate_id in dossier.candidate_ids:
        row = db.get_one(Candidate, candidate_id)
        row.erased_at = row.updated_at = now
        db.add(row)
        record(db, EntryKind.CANDIDATE_ERASED, subject=("candidate", candidate_id), now=now, account_id=account_id)
        erased.append(ErasedRecord(candidate_id, row.created_at))
    db.flush()
    return tuple(erased)


def empty_log(database: Database) -> None:
    """After the commit: SQLite's write-ahead log still has the pages as they were; have it written out and emptied.

    It waits for nobody: while others read, the log stays until the next time.
    """
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
