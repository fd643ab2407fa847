"""Changes of errands that people ask for: do this, stop it, do it again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from alpes_events.database.outcome import row_count
from alpes_events.errands.file import File
from alpes_events.errands.models import OPEN, Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_

MOST_OPEN = 5
"""Errands that one account may have waiting or running."""

Wish = int | str | bool


class TooManyErrands(Refusal):
    """Somebody asked for more before what they asked for was done."""

    status = 429

    def __init__(self, *, most: int) -> None:
        super().__init__(
            N_("Vous avez déjà %(most)d travaux en cours : attendez que l’un d’eux se termine, ou arrêtez-en un."),
            most=most,
        )


class UnknownErrand(NotFound):
    """An errand that does not exist, or is another’s."""

    def __init__(self) -> None:
        super().__init__(N_("Ce travail n’existe pas, ou n’est plus gardé : revenez à la liste des travaux."))


class FileGone(Refusal):
    """The file of an errand was removed: its time had come, or somebody in it was erased."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce fichier n’est plus gardé : demandez le travail de nouveau."))


def ask_errand(
    db: Session,
    kind: ErrandKind,
    *,
    wishes: Mapping[str, Wish] | None = None,
    sent: File | None = None,
    follows: int | None = None,
    language: str,
    now: datetime,
    account_id: int,
) -> int:
    """Ask the machine for long work; it begins within seconds of the commit. Raises `TooManyErrands`."""
    waiting = select(func.count()).where(col(Errand.account_id) == account_id, col(Errand.state).in_(OPEN))
    if db.exec(waiting).one() >= MOST_OPEN:
        raise TooManyErrands(most=MOST_OPEN)
    errand = Errand(
        kind=kind,
        account_id=account_id,
        language=language,
        wishes=dict(wishes or {}),
        follows=follows,
        asked_at=now,
    )
    db.add(errand)
    db.flush()
    assert errand.id is not None
    if sent is not None:
        db.add(sent.row(errand.id))
        db.flush()
    return errand.id


def ask_again(db: Session, errand_id: int, *, now: datetime, account_id: int) -> int:
    """The same work once more, with the same file. Raises `UnknownErrand`, `FileGone` and `TooManyErrands`."""
    before = the_errand(db, errand_id)
    sent = db.exec(
        select(ErrandFile).where(ErrandFile.errand_id == errand_id, ErrandFile.role == FileRole.SENT)
    ).first()
    if before.kind is ErrandKind.CHECK and sent is None:
        raise FileGone
    return ask_errand(
        db,
        before.kind,
        wishes=before.wishes,
        sent=None if sent is None else File(FileRole.SENT, sent.name, sent.media_type, sent.content),
        follows=before.follows,
        language=before.language,
        now=now,
        account_id=account_id,
    )


def ask_stop(db: Session, errand_id: int, *, now: datetime) -> bool:
    """Stop an errand: at once while it waits, at its next step while it runs. False when it is over already.

    What an import wrote before it was stopped stays.
    """
    mine = col(Errand.id) == errand_id
    waiting = (
        update(Errand)
        .where(mine, col(Errand.state) == ErrandState.WAITING)
        .values(state=ErrandState.STOPPED, stop_asked_at=now, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    running = (
        update(Errand)
        .where(mine, col(Errand.state) == ErrandState.RUNNING)
        .values(stop_asked_at=func.coalesce(col(Errand.stop_asked_at), now))
        .execution_options(synchronize_session=False)
    )
    return row_count(db, waiting) == 1 or row_count(db, running) == 1


def the_errand(db: Session, errand_id: int) -> Errand:
    """One errand. Raises `UnknownErrand`."""
    found = db.get(Errand, errand_id)
    if found is None:
        raise UnknownErrand
    return found
