"""Questions to errands: one with what is told of it, those of somebody or of everybody, and their files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from alpes_events.database.page import Page, Part
from alpes_events.errands.commands import FileGone, UnknownErrand, Wish
from alpes_events.errands.file import File
from alpes_events.errands.models import OPEN, Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.people.models import Account


@dataclass(frozen=True)
class FileLine:
    """A file without its bytes. `size` in octets."""

    name: str
    size: int


@dataclass(frozen=True)
class ErrandView:
    """One errand as it stands. `report` is what its work told, as plain values."""

    id: int
    kind: ErrandKind
    state: ErrandState
    account_id: int
    asked_by: str
    wishes: Mapping[str, Wish]
    follows: int | None
    asked_at: datetime
    stop_asked_at: datetime | None
    settled_at: datetime | None
    cleared_at: datetime | None
    attempt_count: int
    done_count: int
    total_count: int
    counts: Mapping[str, int]
    files: Mapping[FileRole, FileLine]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    def is_of_people_of(self, account_id: int) -> bool:
        """Whether this account asked for it, and it holds nobody but those whom the account signed up."""
        asked = self.account_id == account_id and self.kind is ErrandKind.SIGN_UPS
        return asked and self.wishes.get("registered_by") == account_id

    @property
    def percent(self) -> int:
        """How much is done, in hundredths; a hundred only when all is."""
        if self.state is ErrandState.DONE:
            return 100
        return min(99, self.done_count * 100 // self.total_count) if self.total_count else 0


def errand_view(db: Session, errand_id: int) -> ErrandView:
    """One errand. Raises `UnknownErrand`."""
    found = db.exec(select(Errand, Account.name).join(Account).where(col(Errand.id) == errand_id)).first()
    if found is None:
        raise UnknownErrand
    return _view(*found, _files(db, [errand_id]).get(errand_id, {}))


def errands(db: Session, *, account_id: int | None, part: Part, of_own_people: bool = False) -> Page[ErrandView]:
    """The errands of one account (`of_own_people`: those alone that are), or of everybody, newest first."""
    whose = [] if account_id is None else _asked_by(account_id, of_own_people=of_own_people)
    count = db.exec(select(func.count()).select_from(Errand).where(*whose)).one()
    rows = db.exec(
        select(Errand, Account.name)
        .join(Account)
        .where(*whose)
        .order_by(col(Errand.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    files = _files(db, [errand.id or 0 for errand, _ in rows])
    return Page(tuple(_view(errand, name, files.get(errand.id or 0, {})) for errand, name in rows), count, part)


def lately(db: Session, account_id: int, *, since: datetime, of_own_people: bool = False) -> list[ErrandView]:
    """What somebody asked for since then (`of_own_people`: what alone is): what runs, and what is ready."""
    rows = db.exec(
        select(Errand, Account.name)
        .join(Account)
        .where(*_asked_by(account_id, of_own_people=of_own_people), col(Errand.asked_at) >= since)
        .order_by(col(Errand.id).desc())
        .limit(3)
    )
    return [_view(errand, name, {}) for errand, name in rows]


def latest_about(db: Session, kind: ErrandKind, about: str, number: int) -> ErrandView | None:
    """The errand of a kind asked for last about one thing (its wish `about` is that number), if there is one."""
    found = db.exec(
        select(Errand, Account.name)
        .join(Account)
        .where(col(Errand.kind) == kind, col(Errand.wishes)[about].as_integer() == number)
        .order_by(col(Errand.id).desc())
        .limit(1)
    ).first()
    return None if found is None else _view(*found, _files(db, [found[0].id or 0]).get(found[0].id or 0, {}))


def latest_open(db: Session, kind: ErrandKind) -> int | None:
    """The errand of a kind that is still to be done, if there is one."""
    asked = select(Errand.id).where(col(Errand.kind) == kind, col(Errand.state).in_(OPEN))
    return db.exec(asked.order_by(col(Errand.id).desc())).first()


def followers(db: Session, errand_id: int) -> list[int]:
    """The imports that went by a check, newest first."""
    found = db.exec(select(col(Errand.id)).where(col(Errand.follows) == errand_id).order_by(col(Errand.id).desc()))
    return [one for one in found if one is not None]


def file_of(db: Session, errand_id: int, role: FileRole) -> File:
    """One file with its bytes. Raises `FileGone`."""
    found = db.exec(select(ErrandFile).where(ErrandFile.errand_id == errand_id, ErrandFile.role == role)).first()
    if found is None:
        raise FileGone
    return File(role, found.name, found.media_type, found.content)


def report_of(db: Session, errand: ErrandView) -> Mapping[str, Any]:
    """What its work told, as plain values; nothing when it told nothing, or it is not kept any more."""
    if FileRole.REPORT not in errand.files:
        return {}
    told: Mapping[str, Any] = json.loads(file_of(db, errand.id, FileRole.REPORT).content)
    return told


def _asked_by(account_id: int, *, of_own_people: bool) -> list[ColumnElement[bool]]:
    """The same rule as `ErrandView.is_of_people_of`, asked of the rows."""
    own = [
        col(Errand.kind) == ErrandKind.SIGN_UPS,
        col(Errand.wishes)["registered_by"].as_integer() == account_id,
    ]
    return [col(Errand.account_id) == account_id, *(own if of_own_people else [])]


def _files(db: Session, errand_ids: list[int]) -> dict[int, dict[FileRole, FileLine]]:
    rows = db.exec(
        select(ErrandFile.errand_id, ErrandFile.role, ErrandFile.name, ErrandFile.size).where(
            col(ErrandFile.errand_id).in_(errand_ids)
        )
    )
    found: dict[int, dict[FileRole, FileLine]] = {}
    for errand_id, role, name, size in rows:
        found.setdefault(errand_id, {})[FileRole(role)] = FileLine(name, size)
    return found


def _view(errand: Errand, asked_by: str, files: Mapping[FileRole, FileLine]) -> ErrandView:
    return ErrandView(
        id=errand.id or 0,
        kind=errand.kind,
        state=errand.state,
        account_id=errand.account_id,
        asked_by=asked_by,
        wishes=errand.wishes,
        follows=errand.follows,
        asked_at=errand.asked_at,
        stop_asked_at=errand.stop_asked_at,
        settled_at=errand.settled_at,
        cleared_at=errand.cleared_at,
        attempt_count=errand.attempt_count,
        done_count=errand.done_count,
        total_count=errand.total_count,
        counts=errand.counts,
        files=files,
    )
