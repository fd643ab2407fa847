"""What staff see of merges: the pairs to decide, with the reasons; and those that can still be undone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from alpes_events.people.merging import UNDO_LIFE, the_proposal
from alpes_events.people.models import Candidate, MergeProposal, MergeState
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_matching.duplicates import CERTAIN_FROM


@dataclass(frozen=True)
class Reason:
    """One criterion of a proposal. `label` is a French sentence of the catalogues; `points` None: not known."""

    code: str
    label: str
    points: float | None
    possible: float


@dataclass(frozen=True)
class ProposalView:
    """Two records that may be one person. `undo_until` None: nothing to undo."""

    id: int
    first: CandidateView
    second: CandidateView
    score: float
    reasons: tuple[Reason, ...]
    state: MergeState
    kept_id: int | None
    proposed_at: datetime
    decided_at: datetime | None
    undo_until: datetime | None

    @property
    def certain(self) -> bool:
        """Whether the comparison is sure of it."""
        return self.score >= CERTAIN_FROM


def open_proposals(db: Session, *, limit: int = 30, offset: int = 0) -> list[ProposalView]:
    """The pairs to decide, most alike first. A pair of which one was merged or erased meanwhile is not shown."""
    statement = _open().order_by(col(MergeProposal.score).desc(), col(MergeProposal.id)).limit(limit).offset(offset)
    return [_view(*row) for row in db.exec(statement)]


def open_proposal_count(db: Session) -> int:
    """How many pairs are to decide."""
    return db.exec(select(func.count()).select_from(_open().with_only_columns(col(MergeProposal.id)).subquery())).one()


def undoable_merges(db: Session, *, now: datetime) -> list[ProposalView]:
    """The merges of the last thirty days, newest first."""
    statement = (
        _pairs()
        .where(MergeProposal.state == MergeState.ACCEPTED, col(MergeProposal.decided_at) > now - UNDO_LIFE)
        .order_by(col(MergeProposal.decided_at).desc())
    )
    return [_view(*row) for row in db.exec(statement)]


def proposals_about(db: Session, candidate_ids: Collection[int], *, now: datetime) -> list[ProposalView]:
    """The pairs of which one is among these records: to decide, or merged and still to be undone; newest first."""
    about = col(MergeProposal.first_id).in_(candidate_ids) | col(MergeProposal.second_id).in_(candidate_ids)
    undoable = (col(MergeProposal.state) == MergeState.ACCEPTED) & (col(MergeProposal.decided_at) > now - UNDO_LIFE)
    statement = _pairs().where(about, undoable).order_by(col(MergeProposal.id).desc())
    to_decide = _open().where(about).order_by(col(MergeProposal.id).desc())
    return [_view(*row) for row in (*db.exec(to_decide), *db.exec(statement))]


def proposal_view(db: Session, proposal_id: int) -> ProposalView:
    """One proposal with its two records, or `UnknownProposal`."""
    the_proposal(db, proposal_id)
    return _view(*db.exec(_pairs().where(MergeProposal.id == proposal_id)).one())


def _pairs() -> Select[MergeProposal, Candidate, Candidate]:
    first, second = aliased(Candidate, name="first"), aliased(Candidate, name="second")
    return (
        select(MergeProposal, first, second)
        .join(first, col(first.id) == col(MergeProposal.first_id))
        .join(second, col(second.id) == col(MergeProposal.second_id))
    )


def _open() -> Select[MergeProposal, Candidate, Candidate]:
    first, second = aliased(Candidate, name="first"), aliased(Candidate, name="second")
    return (
        select(MergeProposal, first, second)
        .join(first, (col(first.id) == col(MergeProposal.first_id)) & col(first.merged_into).is_(None))
        .join(second, (col(second.id) == col(MergeProposal.second_id)) & col(second.merged_into).is_(None))
        .where(MergeProposal.state == MergeState.PROPOSED)
        .where(col(first.erased_at).is_(None), col(second.erased_at).is_(None))
    )


def _view(proposal: MergeProposal, first: Candidate, second: Candidate) -> ProposalView:
    accepted = proposal.state is MergeState.ACCEPTED and proposal.decided_at is not None
    return ProposalView(
        id=proposal.id or 0,
        first=candidate_view(first),
        second=candidate_view(second),
        score=proposal.score,
        reasons=tuple(Reason(**reason) for reason in proposal.reasons),  # type: ignore[arg-type]
        state=proposal.state,
        kept_id=proposal.kept_id,
        proposed_at=proposal.proposed_at,
        decided_at=proposal.decided_at,
        undo_until=proposal.decided_at + UNDO_LIFE if accepted and proposal.decided_at else None,
    )
