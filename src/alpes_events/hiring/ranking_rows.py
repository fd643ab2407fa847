"""The trail of rankings: each run with what it was made of, whom it put where, and what people decided then."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import RANKING_TRAIL, STAFF, Row, enum_column, personal


class RunCause(StrEnum):
    """Why a ranking was made."""

    ASKED = "asked"
    JOURNAL = "journal"
    CLAUSE = "clause"
    """Of the people whom a lot of a public contract may take on, for its work."""


class RankingRun(Row, table=True):
    """One ranking of the candidates for an offer, never changed.

    `rules` is the version of criteria and weights, `offer_digest` that of the offer as it was compared, `input_digest`
    that of all profiles and distances, `order_digest` that of the whole order and its scores; `candidate_count` were
    ranked and `objected_count` were not, because they do not want to be.
    """

    __tablename__ = "ranking_run"
    __table_args__ = (Index("ix_ranking_run_offer", "offer_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="job_offer.id")
    cause: RunCause = Field(sa_type=enum_column(RunCause))
    rules: str = Field(max_length=40)
    offer_digest: str = Field(max_length=64)
    input_digest: str = Field(max_length=64)
    order_digest: str = Field(max_length=64)
    candidate_count: int
    objected_count: int
    made_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")


class RankingPlace(Row, table=True):
    """Where a run put a person, and with which score in ten-thousandths; the first places of a run are kept."""

    __tablename__ = "ranking_place"
    __table_args__ = (
        UniqueConstraint("run_id", "rank"),
        CheckConstraint("rank > 0", name="rank"),
        CheckConstraint("score >= 0 AND score <= 10000", name="score"),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = personal(RANKING_TRAIL, foreign_key="ranking_run.id")
    rank: int = personal(RANKING_TRAIL)
    candidate_id: int = personal(RANKING_TRAIL, foreign_key="candidate.id", index=True)
    score: int = personal(RANKING_TRAIL)


class RankingStep(StrEnum):
    """What somebody decides about a person for an offer."""

    PINNED = "pinned"
    SET_ASIDE = "set_aside"
    PUT_BACK = "put_back"
    PROPOSED = "proposed"


class AsideReason(StrEnum):
    """Why a person is set aside for an offer: never what the law forbids to count (code du travail, L.1132-1)."""

    NOT_INTERESTED = "not_interested"
    NOT_AVAILABLE = "not_available"
    WORKING = "working"
    SKILLS = "skills"
    HOURS = "hours"
    TRAVEL = "travel"
    NOT_REACHED = "not_reached"
    OTHER = "other"


class RankingDecision(Row, table=True):
    """What somebody decided about a person for an offer, never changed; the last stands. `run_id` is what they saw."""

    __tablename__ = "ranking_decision"
    __table_args__ = (
        CheckConstraint("(step = 'set_aside') = (reason IS NOT NULL)", name="reason"),
        Index("ix_ranking_decision_offer", "offer_id", "candidate_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = personal(RANKING_TRAIL, foreign_key="job_offer.id")
    candidate_id: int = personal(RANKING_TRAIL, foreign_key="candidate.id", index=True)
    run_id: int | None = personal(RANKING_TRAIL, None, foreign_key="ranking_run.id")
    step: RankingStep = personal(RANKING_TRAIL, sa_type=enum_column(RankingStep))
    reason: AsideReason | None = personal(RANKING_TRAIL, None, sa_type=enum_column(AsideReason))
    at: datetime = personal(RANKING_TRAIL)
    account_id: int | None = personal(STAFF, None, foreign_key="account.id")
