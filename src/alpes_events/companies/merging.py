"""Deciding whether two companies are one: accepted (a link, no row moves), refused, or undone within thirty days."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.companies.doubles import propose_double
from alpes_events.companies.models import Company, CompanyMerge
from alpes_events.companies.queries import UnknownCompany, standing_company
from alpes_events.companies.trail import record_company
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import MergeState

UNDO_LIFE = timedelta(days=30)


class UnknownCompanyMerge(NotFound):
    """No such proposal."""

    def __init__(self) -> None:
        super().__init__(N_("Cette proposition de fusion n’existe pas, ou n’existe plus."))


class CompaniesAreOne(Refusal):
    """The two are one company already."""

    def __init__(self) -> None:
        super().__init__(N_("Ces deux entreprises sont déjà réunies : il n’y a plus rien à décider."))


class CompaniesAreTwo(Refusal):
    """What was not accepted or refused is not taken back."""

    def __init__(self) -> None:
        super().__init__(N_("Ces deux entreprises ne sont pas réunies : il n’y a rien à annuler."))


class TooLateToPart(Refusal):
    """More than thirty days went by."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette fusion date de plus de %(days)d jours : elle ne peut plus être annulée."), days=UNDO_LIFE.days
        )


def merge_companies(db: Session, proposal_id: int, *, kept_id: int, now: datetime, account_id: int | None) -> int:
    """Make the two one company, whose record is `kept_id` (one of the two, or the one that stands for it).

    Gives the id of the record that stands. Raises `CompaniesAreOne`, `UnknownCompany` when `kept_id` is neither.
    """
    proposal = the_company_merge(db, proposal_id)
    kept, merged = _roots(db, proposal, kept_id=kept_id)
    merged.merged_into = kept.id
    db.add(merged)
    proposal.kept_id, proposal.merged_id = kept.id, merged.id
    _decide(db, proposal, MergeState.ACCEPTED, now=now, account_id=account_id)
    _record(db, EntryKind.COMPANIES_MERGED, proposal, now=now, account_id=account_id)
    return kept.id or 0


def merge_by_hand(db: Session, kept_id: int, other_id: int, *, now: datetime, account_id: int | None) -> int:
    """Make two companies one because somebody knows that they are, however unlike they look. Gives the proposal that
    holds it, by which it can be undone. Raises `UnknownCompany`, also for one and the same company.
    """
    proposal_id = propose_double(db, kept_id, other_id, now=now)
    merge_companies(db, proposal_id, kept_id=kept_id, now=now, account_id=account_id)
    return proposal_id


def refuse_double(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """Two companies: the pair is not proposed again. Raises `CompaniesAreOne` for one that was accepted."""
    proposal = the_company_merge(db, proposal_id)
    if proposal.state is MergeState.ACCEPTED:
        raise CompaniesAreOne
    _decide(db, proposal, MergeState.REFUSED, now=now, account_id=account_id)


def propose_double_again(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """The refusal is taken back: the pair is to decide again. Raises `CompaniesAreTwo`."""
    proposal = the_company_merge(db, proposal_id)
    if proposal.state is not MergeState.REFUSED:
        raise CompaniesAreTwo
    _decide(db, proposal, MergeState.PROPOSED, now=now, account_id=account_id)


def part_companies(db: Session, proposal_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take the link away: both records stand for themselves again. Raises `CompaniesAreTwo`, `TooLateToPart`."""
    proposal = the_company_merge(db, proposal_id)
    merged = db.get(Company, proposal.merged_id) if proposal.merged_id else None
    if proposal.state is not MergeState.ACCEPTED or merged is None or merged.merged_into != proposal.kept_id:
        raise CompaniesAreTwo
    if proposal.decided_at is None or now >= proposal.decided_at + UNDO_LIFE:
        raise TooLateToPart
    merged.merged_into = None
    db.add(merged)
    _decide(db, proposal, MergeState.UNDONE, now=now, account_id=account_id)
    _record(db, EntryKind.COMPANIES_PARTED, proposal, now=now, account_id=account_id)


def the_company_merge(db: Session, proposal_id: int) -> CompanyMerge:
    """The proposal, held until the transaction ends; or `UnknownCompanyMerge`."""
    row = db.get(CompanyMerge, proposal_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownCompanyMerge
    return row


def _roots(db: Session, proposal: CompanyMerge, *, kept_id: int) -> tuple[Company, Company]:
    """The records that stand for the two, the kept one first. Both ends are held by ascending id and asked again once
    held, so that two merges at once cannot make a circle.
    """
    while True:
        ends = [standing_company(db, db.get_one(Company, one)) for one in (proposal.first_id, proposal.second_id)]
        ids = sorted({row.id or 0 for row in ends})
        if len(ids) == 1:
            raise CompaniesAreOne
        attempt = db.begin_nested()
        statement = select(Company).where(col(Company.id).in_(ids)).order_by(col(Company.id)).with_for_update()
        held = {row.id: row for row in db.exec(statement.execution_options(populate_existing=True))}
        if all(row.merged_into is None for row in held.values()):
            attempt.commit()
            break
        attempt.rollback()
    wanted = db.get(Company, kept_id)
    standing = None if wanted is None else standing_company(db, wanted)
    if standing is None or standing.id not in held:
        raise UnknownCompany
    kept = held.pop(standing.id)
    return kept, held.popitem()[1]


def _decide(db: Session, proposal: CompanyMerge, state: MergeState, *, now: datetime, account_id: int | None) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, account_id
    db.add(proposal)
    db.flush()


def _record(db: Session, kind: EntryKind, proposal: CompanyMerge, *, now: datetime, account_id: int | None) -> None:
    facts = {"merged_id": proposal.merged_id, "proposal_id": proposal.id}
    record_company(db, kind, proposal.kept_id or 0, facts, now=now, account_id=account_id)  # type: ignore[arg-type]
