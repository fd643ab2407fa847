"""Questions about former versions: what something said before, newest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.versions.commands import Subject
from alpes_events.versions.models import FormerVersion


class UnknownVersion(NotFound):
    """No such former version."""

    def __init__(self) -> None:
        super().__init__(N_("Cette version n’existe pas."))


@dataclass(frozen=True)
class Former:
    """What something said until `replaced_at`. `replaced_by`: the account that changed it."""

    id: int
    kind: str
    key: str
    content: dict[str, Any]
    replaced_at: datetime
    replaced_by: int | None


def former_versions(db: Session, subject: Subject, *, limit: int = 20) -> list[Former]:
    """The last versions of `subject`, newest first."""
    kind, key = subject
    statement = (
        select(FormerVersion)
        .where(FormerVersion.subject_kind == kind, FormerVersion.subject_key == key)
        .order_by(col(FormerVersion.id).desc())
        .limit(limit)
    )
    return [_former(row) for row in db.exec(statement)]


def contents_before(db: Session, kind: str, keys: Collection[str]) -> dict[str, list[Mapping[str, Any]]]:
    """What each of several things of a kind said before, by its key, the first first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for part in parts(sorted(keys)):
        asked = select(FormerVersion.subject_key, FormerVersion.content).where(
            FormerVersion.subject_kind == kind, col(FormerVersion.subject_key).in_(part)
        )
        for key, content in db.exec(asked.order_by(col(FormerVersion.id))):
            found.setdefault(key, []).append(content)
    return found


def newest_former(db: Session, subject: Subject) -> Former | None:
    """What `subject` said just before it was changed last."""
    return next(iter(former_versions(db, subject, limit=1)), None)


def version_after(db: Session, former: Former) -> Former | None:
    """What the change that ended `former` made of it, as it was kept in its turn; None: it says so until today."""
    statement = (
        select(FormerVersion)
        .where(
            FormerVersion.subject_kind == former.kind,
            FormerVersion.subject_key == former.key,
            col(FormerVersion.id) > former.id,
        )
        .order_by(col(FormerVersion.id))
        .limit(1)
    )
    row = db.exec(statement).first()
    return None if row is None else _former(row)


def the_former(db: Session, former_id: int) -> Former:
    """The version, or `UnknownVersion`."""
    row = db.get(FormerVersion, former_id)
    if row is None:
        raise UnknownVersion
    return _former(row)


def _former(row: FormerVersion) -> Former:
    return Former(
        id=row.id or 0,
        kind=row.subject_kind,
        key=row.subject_key,
        content=row.content,
        replaced_at=row.replaced_at,
        replaced_by=row.replaced_by,
    )
