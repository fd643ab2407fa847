"""What people decide about those a ranking shows: kept, never changed; the last decision stands."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import Proposer
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.ranking_rows import AsideReason, RankingDecision, RankingStep
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate


class ReasonIsMissing(BadInput):
    """Somebody is set aside without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Choisissez pourquoi vous mettez cette personne de côté."), field="reason")


NO_AGREEMENT = N_("Avec son accord seulement : cochez la case une fois que la personne l’a donné.")


class AgreementIsMissing(BadInput):
    """Somebody is proposed to an employer without having agreed."""

    def __init__(self) -> None:
        super().__init__(NO_AGREEMENT, field="agreed")


def decide(
    db: Session,
    offer_id: int,
    candidate_id: int,
    step: RankingStep,
    *,
    run_id: int | None,
    now: datetime,
    account_id: int | None,
    reason: AsideReason | None = None,
) -> bool:
    """Pin, set aside or put back a person for an offer. The decision that stands already is not written twice.

    Gives whether it was written. Raises `ReasonIsMissing`, `UnknownOffer`, `UnknownCandidate`.
    """
    the_offer(db, offer_id)
    person = canonical(db, the_candidate(db, candidate_id)).id or 0
    if (step is RankingStep.SET_ASIDE) != (reason is not None):
        raise ReasonIsMissing
    last = standing(db, offer_id).get(person)
    if (last and (last.step, last.reason)) == (step, reason) or (last is None and step is RankingStep.PUT_BACK):
        return False
    row = RankingDecision(
        offer_id=offer_id,
        candidate_id=person,
        run_id=run_id,
        step=step,
        reason=reason,
        at=now,
        account_id=account_id,
    )
    db.add(row)
    db.flush()
    facts: dict[str, Fact] = {"candidate_id": person, "step": step.value, "run_id": run_id}
    facts |= {"reason": reason.value} if reason else {}
    record(db, EntryKind.RANKING_DECIDED, subject=("job_offer", offer_id), now=now, account_id=account_id, facts=facts)
    return True


def propose(
    db: Session,
    offer_id: int,
    candidate_id: int,
    *,
    agreed: bool,
    run_id: int | None,
    now: datetime,
    account_id: int | None,
) -> int:
    """Propose a person who agreed to the employer: an application made by an advisor. Gives its id.

    Raises `AgreementIsMissing`, and what `apply_for` does.
    """
    if not agreed:
        raise AgreementIsMissing
    form = ApplicationForm(offer_id, candidate_id, Proposer.ADVISOR, shares_contact=True, account_id=account_id)
    application_id = apply_for(db, form, now=now)
    decide(db, offer_id, candidate_id, RankingStep.PROPOSED, run_id=run_id, now=now, account_id=account_id)
    return application_id


def standing(db: Session, offer_id: int) -> Mapping[int, RankingDecision]:
    """The decision that stands about each person for an offer."""
    last = (
        columns(func.max(col(RankingDecision.id)))
        .where(col(RankingDecision.offer_id) == offer_id)
        .group_by(col(RankingDecision.candidate_id))
    )
    rows = db.exec(select(RankingDecision).where(col(RankingDecision.id).in_(last)))
    return {row.candidate_id: row for row in rows}


def shelf(decision: RankingDecision | None) -> int:
    """Where somebody stands in a list before anything else counts: kept, as they come, set aside."""
    if decision is None or decision.step in {RankingStep.PUT_BACK, RankingStep.PROPOSED}:
        return 1
    return 0 if decision.step is RankingStep.PINNED else 2
