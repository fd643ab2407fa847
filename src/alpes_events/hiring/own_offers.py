"""What an employer does with the offers of their own company: sends one to be published, corrects it, ends it.

Only coordination publishes. What stands published and is corrected stays so, unless the correction brings in a wording
that the law forbids.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import end_offer, revise_offer, the_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_draft import BadOffer, OfferDraft
from alpes_events.hiring.offer_states import OfferStateRefused
from alpes_events.hiring.offer_wording import Finding, findings_of
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_, say

ENDED_BY_EMPLOYER = {
    OfferState.DRAFT: (OfferState.WITHDRAWN,),
    OfferState.PUBLISHED: (OfferState.FILLED, OfferState.WITHDRAWN),
}
"""What an employer may make of an offer by themselves; everything else is asked of coordination."""


def own_offer(db: Session, offer_id: int, company_ids: Collection[int]) -> JobOffer:
    """The offer, when it is one of these records of a company; else `UnknownOffer`, as for one that does not exist."""
    offer = the_offer(db, offer_id)
    if offer.company_id not in company_ids:
        raise UnknownOffer
    return offer


def submit_offer(db: Session, offer_id: int, *, submitted: bool = True, now: datetime, account_id: int | None) -> bool:
    """Send an offer that is not shown to be read over and published (again), or take that back. False when it was so.

    Raises `OfferStateRefused` for one that is shown.
    """
    offer = the_offer(db, offer_id)
    if offer.state is OfferState.PUBLISHED:
        raise OfferStateRefused(offer.state, OfferState.PUBLISHED)
    if (offer.submitted_at is not None) == submitted:
        return False
    offer.submitted_at = now if submitted else None
    db.add(offer)
    draft = OfferDraft.of(offer)
    facts: dict[str, Fact] = {
        "submitted": submitted,
        "finding_count": len(findings_of(draft.texts, contract=draft.contract)),
    }
    record(db, EntryKind.OFFER_SUBMITTED, subject=("job_offer", offer_id), now=now, account_id=account_id, facts=facts)
    return True


def correct_offer(
    db: Session, offer_id: int, draft: OfferDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make an offer say what its employer writes. Gives the names of what changed.

    Raises `BadOffer` beside each field that brings a forbidden wording into an offer that is shown.
    """
    offer = the_offer(db, offer_id)
    if offer.state is OfferState.PUBLISHED:
        _refuse_new_wordings(OfferDraft.of(offer), draft)
    return revise_offer(db, offer_id, draft, now=now, account_id=account_id)


def end_own_offer(
    db: Session, offer_id: int, state: OfferState, *, now: datetime, account_id: int | None
) -> OfferState:
    """The place is filled, or the offer withdrawn. Gives the state before. Raises `OfferStateRefused`."""
    offer = the_offer(db, offer_id)
    if state not in ENDED_BY_EMPLOYER.get(offer.state, ()):
        raise OfferStateRefused(offer.state, state)
    offer.submitted_at = None
    db.add(offer)
    db.flush()
    return end_offer(db, offer_id, state, now=now, account_id=account_id)


def _refuse_new_wordings(before: OfferDraft, after: OfferDraft) -> None:
    known = {(one.field, one.words.casefold()) for one in _found(before)}
    new = [one for one in _found(after) if (one.field, one.words.casefold()) not in known]
    if new:
        sentence = N_("« %(words)s » : la loi l’interdit dans une offre. Changez-le : l’offre est en ligne.")
        raise BadOffer({one.field: say(sentence, words=one.words) for one in reversed(new)})


def _found(draft: OfferDraft) -> Sequence[Finding]:
    return findings_of(draft.texts, contract=draft.contract)
