"""Taking over an imported ROME, in place of the one before."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from alpes_events.database.parts import parts
from alpes_events.occupations.models import Occupation, OccupationTitle, TrainedOccupations
from alpes_matching.occupations import Occupations
from alpes_matching.occupations.classifier import FORM

_AT_ONCE = 5_000


@dataclass(frozen=True)
class Compared:
    """How many codes and titles of a file are new here, and how many are here already; `same`: nothing differs."""

    added: int
    there: int
    same: bool


def compare_occupations(db: Session, told: Occupations) -> Compared:
    """What importing `told` would change."""
    kept = db.exec(select(TrainedOccupations.source_sha256)).one_or_none()
    codes = set(db.exec(select(Occupation.code, Occupation.label)).all())
    titles = set(db.exec(select(OccupationTitle.code, OccupationTitle.title)).all())
    named = {(one.code, one.label) for one in told.by_code.values()}
    said = {(one.code, one.title) for one in told.titles}
    there = len(named & codes) + len(said & titles)
    return Compared(added=len(named) + len(said) - there, there=there, same=kept == digest(told))


def digest(told: Occupations) -> str:
    """SHA-256 of all that is learned from, and of the form in which it is kept."""
    rows = [
        told.version,
        str(FORM),
        *map(repr, told.by_code.values()),
        *map(repr, told.titles),
        *map(repr, told.shorts),
    ]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def replace_occupations(db: Session, told: Occupations, trained: bytes, *, now: datetime) -> None:
    """Keep these occupations and what was learned from them, and none of those before. Offers keep their codes."""
    for table in (OccupationTitle, Occupation, TrainedOccupations):
        db.execute(delete(table))
    named = [
        {"code": one.code, "label": one.label, "parent_code": one.parent, "version": told.version}
        for one in told.by_code.values()
    ]
    said = [{"code": one.code, "title": one.title, "number": one.number[:20]} for one in told.titles]
    for table, rows in ((Occupation, named), (OccupationTitle, said)):
        for some in parts(rows, _AT_ONCE):
            db.execute(insert(table), list(some))
    db.add(
        TrainedOccupations(
            source_sha256=digest(told),
            sha256=hashlib.sha256(trained).hexdigest(),
            content=trained,
            version=told.version,
            trained_at=now,
        )
    )
    db.flush()
