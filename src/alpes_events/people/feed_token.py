"""The secret address of one person's own calendar: made, recognised, revoked. The database keeps only its SHA-256."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate, FeedToken

_OCTETS = 24
"""192 bits: it cannot be guessed, and opens nothing but one calendar."""


class UnknownFeedToken(NotFound):
    """A calendar address that was never given, or was revoked."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette adresse de calendrier ne sert plus, ou est incomplète. Demandez-en une autre dans votre espace.")
        )


def make_feed_token(db: Session, candidate_id: int, *, now: datetime) -> str:
    """Give the person a new secret, to be shown once. Earlier ones stay good: each device may have its own."""
    secret = secrets.token_urlsafe(_OCTETS)
    db.add(FeedToken(candidate_id=candidate_id, secret_hash=_hash(secret), made_at=now))
    db.flush()
    return secret


def revoke_feed_tokens(db: Session, candidate_id: int, *, now: datetime) -> int:
    """Make every secret of the person useless from now on. Gives how many were good."""
    statement = (
        update(FeedToken)
        .where(col(FeedToken.candidate_id) == candidate_id, col(FeedToken.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement)


def revoke_feed_token(db: Session, token_id: int, *, candidate_ids: Iterable[int], now: datetime) -> None:
    """Make one secret of these records useless. Raises `UnknownFeedToken` for one that is not theirs, or not good."""
    statement = (
        update(FeedToken)
        .where(
            col(FeedToken.id) == token_id,
            col(FeedToken.candidate_id).in_(tuple(candidate_ids)),
            col(FeedToken.revoked_at).is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 0:
        raise UnknownFeedToken


@dataclass(frozen=True)
class GoodFeed:
    """One secret address that is good: nobody can read it again, so its date tells it from the others."""

    id: int
    made_at: datetime


def good_feeds(db: Session, candidate_ids: Iterable[int]) -> list[GoodFeed]:
    """The secret addresses of these records that are good now, the newest first."""
    rows = db.exec(
        select(FeedToken)
        .where(col(FeedToken.candidate_id).in_(tuple(candidate_ids)), col(FeedToken.revoked_at).is_(None))
        .order_by(col(FeedToken.id).desc())
    )
    return [GoodFeed(row.id or 0, row.made_at) for row in rows]


def owner_of_token(db: Session, secret: str) -> int:
    """The candidate whose calendar the secret opens. Raises `UnknownFeedToken`; an erased person has no calendar."""
    owner = db.exec(
        select(FeedToken.candidate_id)
        .join(Candidate, col(Candidate.id) == col(FeedToken.candidate_id))
        .where(
            col(FeedToken.secret_hash) == _hash(secret),
            col(FeedToken.revoked_at).is_(None),
            col(Candidate.erased_at).is_(None),
        )
    ).first()
    if owner is None:
        raise UnknownFeedToken
    return owner


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
