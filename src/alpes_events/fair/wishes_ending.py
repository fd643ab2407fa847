"""Wishes to meet an exhibitor end with the sign-up, or with the stand. Nobody is written to about it."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col

from alpes_events.database.parts import parts
from alpes_events.fair.meetings import MeetingWish
from alpes_events.journal.models import JournalEntry


def end_wishes_of(db: Session, entry: JournalEntry, _now: datetime) -> None:
    """The consumer `wishes` of the journal: wishes of sign-ups that are over end, and nobody reads the name any more.

    What was wished after `entry` is left alone: somebody came back meanwhile.
    """
    ids = (
        (entry.subject_id,)
        if entry.subject_kind == "registration"
        else tuple(entry.facts.get("registration_ids") or ())
    )
    for part in parts(ids):
        _end(db, col(MeetingWish.registration_id).in_(part), col(MeetingWish.wished_at) <= entry.at, now=entry.at)


def end_wishes_for(db: Session, exhibitor_id: int, *, now: datetime) -> None:
    """The exhibitor does not come: nobody wishes to meet it there any more."""
    _end(db, col(MeetingWish.exhibitor_id) == exhibitor_id, now=now)


def _end(db: Session, *conditions: ColumnElement[bool], now: datetime) -> None:
    stands = (col(MeetingWish.ended_at).is_(None), *conditions)
    agreed = update(MeetingWish).where(*stands, col(MeetingWish.shows_name).is_(True))
    db.execute(agreed.values(shows_name=False, withdrawn_at=now).execution_options(synchronize_session=False))
    ended = update(MeetingWish).where(*stands).values(ended_at=now, interest_at=None)
    db.execute(ended.execution_options(synchronize_session=False))
