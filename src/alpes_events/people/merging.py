"""Deciding a merge: accepted (a link, no row moves), refused, or undone within thirty days."""

from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate, MergeProposal, MergeState
from alpes_events.people.queries import UnknownCandidate
from alpes_events.people.records import canonical_ids

UNDO_LIFE = timedelta(days=30)


class UnknownProposal(NotFound):
    """No such proposal."""

    def __init__(self) -> None:
        super().__init__(N_("Cette proposition de fusion n’existe pas, ou n’existe plus."))


class AlreadyMerged(Refusal):
    """The two records are one person already."""

    def __init__(self) -> None:
        super().__init__(N_("Ces deux fiches sont déjà réunies : il n’y a plus rien à décider."))


class NotRefused(Refusal):
    """A proposal that was not refused is not taken up again."""

    def __init__(self) -> None:
        super().__init__(N_("Personne n’a dit que ce sont deux personnes : il n’y a rien à annuler."))


class NotMerged(Refusal):
    """A proposal that was not accepted cannot be undone."""

    def __init__(self) -> None:
        super().__init__(N_("Ces deux fiches ne sont pas réunies : il n’y a rien à annuler."))


class TooLateToUndo(Refusal):
    """More than thirty days went by."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette fusion date de plus de %(days)d jours : elle ne peut plus être annulée."), days=UNDO_LIFE.days
        )


def accept_merge(db: Session, proposal_id: int, *, kept_id: int, now: datetime, account_id: int | None) -> int:
    """Make the two records one person, whose record is `kept_id` (one of the two, or the one that stands for it).

    Gives the id of the record that stands. A proposal refused or undone before may be accepted. Raises
    `AlreadyMerged`, `UnknownCandidate` when `kept_id` is neither.
    """
    proposal = the_proposal(db, proposal_id)
    kept, merged = _roots(db, proposal, kept_id=kept_id)
    merged.merged_into = kept.id
    proposal.kept_id, proposal.merged_id = kept.id, merged.id
    _decide(db, proposal, MergeState.ACCEPTED, now=now, account_id=account_id)
    _record(db, EntryKind.CANDIDATES_MERGED, proposal, now=now, account_id=account_id)
    return kept.id or 0


def refuse_merge(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """Two people: the pair is not proposed again. Raises `AlreadyMerged` for an accepted one (undo it instead)."""
    proposal = the_proposal(db, proposal_id)
    if proposal.state is MergeState.ACCEPTED:
        raise AlreadyMerged
    _decide(db, proposal, MergeState.REFUSED, now=now, account_id=account_id)


def propose_again(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """The refusal is taken back: the pair is to decide again. Raises `NotRefused`."""
    proposal = the_proposal(db, proposal_id)
    if proposal.state is not MergeState.REFUSED:
        raise NotRefused
    _decide(db, proposal, MergeState.PROPOSED, now=now, account_id=account_id)


def undo_merge(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take the link away: both records stand for themselves again. Raises `NotMerged`, `TooLateToUndo`."""
    proposal = the_proposal(db, proposal_id)
    merged = db.get(Candidate, proposal.merged_id) if proposal.merged_id else None
    if proposal.state is not MergeState.ACCEPTED or merged is None or merged.merged_into != proposal.kept_id:
        raise NotMerged
    if proposal.decided_at is None or now >= proposal.decided_at + UNDO_LIFE or merged.erased_at is not None:
        raise TooLateToUndo
    merged.merged_into = None
    db.add(merged)
    _decide(db, proposal, MergeState.UNDONE, now=now, account_id=account_id)
    _record(db, EntryKind.MERGE_UNDONE, proposal, now=now, account_id=account_id)


def the_proposal(db: Session, proposal_id: int) -> MergeProposal:
    """The proposal, held until the transaction ends; or `UnknownProposal`."""
    row = db.get(MergeProposal, proposal_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownProposal
    return row


def _roots(db: Session, proposal: MergeProposal, *, kept_id: int) -> tuple[Candidate, Candidate]:
    """The records that stand for the two, the kept one first, held so that two merges cannot make a circle.

    They are held by ascending id, and asked again once held: another merge may have been faster. Then they are let go
    before others are held, so that of two merges neither waits for what the other has.
    """
    pair = (proposal.first_id, proposal.second_id)
    while True:
        standing = canonical_ids(db, [*pair, kept_id])
        low, high = sorted(standing[one] for one in pair)
        if low == high:
            raise AlreadyMerged
        attempt = db.begin_nested()
        held = {one: db.get_one(Candidate, one, with_for_update=True, populate_existing=True) for one in (low, high)}
        if all(row.merged_into is None for row in held.values()):
            attempt.commit()
            break
        attempt.rollback()
    if standing[kept_id] not in held or any(row.erased_at is not None for row in held.values()):
        raise UnknownCandidate
    kept = held.pop(standing[kept_id])
    return kept, held.popitem()[1]


def _decide(db: Session, proposal: MergeProposal, state: MergeState, *, now: datetime, account_id: int | None) -> None:
    proposal.state = state
    proposal.decided_at = now
    proposal.decided_by = account_id
    db.add(proposal)
    db.flush()


def _record(db: Session, kind: EntryKind, proposal: MergeProposal, *, now: datetime, account_id: int | None) -> None:
    facts = {"merged_id": proposal.merged_id, "proposal_id": proposal.id}
    record(db, kind, subject=("candidate", proposal.kept_id or 0), now=now, account_id=account_id, facts=facts)
