"""Who stops speaking for a company: at once, and without anything of the company being lost."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.models import CompanySpeaker, SpeakerState
from alpes_events.companies.speakers import set_state, the_link
from alpes_events.companies.speaking import LIVE, links_of


def end_speaker(db: Session, link_id: int, *, company_id: int, now: datetime, account_id: int | None) -> None:
    """They do not speak for the company any more. Raises `UnknownSpeaker`."""
    _end(db, [the_link(db, link_id, company_id, SpeakerState.APPROVED)], now=now, account_id=account_id)


def end_speakers_at(db: Session, company_id: int, email: str, *, now: datetime, account_id: int | None) -> int:
    """Whoever signs in with this address speaks for the company no more, nor asks to. Gives how many it ended."""
    rows = [row for row, account in links_of(db, company_id, LIVE) if email and account.email == email]
    return _end(db, rows, now=now, account_id=account_id)


def end_every_speaking(db: Session, speaker_id: int, *, now: datetime, account_id: int | None) -> int:
    """The account speaks for no company any more, nor asks to. Gives how many it ended."""
    live = select(CompanySpeaker).where(CompanySpeaker.account_id == speaker_id, col(CompanySpeaker.state).in_(LIVE))
    return _end(db, db.exec(live).all(), now=now, account_id=account_id)


def _end(db: Session, rows: Sequence[CompanySpeaker], *, now: datetime, account_id: int | None) -> int:
    for row in rows:
        row.ended_at = now
        set_state(db, row, SpeakerState.ENDED, now=now, account_id=account_id)
    return len(rows)
