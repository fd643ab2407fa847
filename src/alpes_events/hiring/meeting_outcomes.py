"""What came of an interview, as the employer says: hired (with the contract), a second interview, kept in mind, no."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview, MeetingOutcome
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import UnknownInterview
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.hires import HireDraft, HireOrigin, hire_person, hire_unnamed, withdraw_hire
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.queries import UnknownCandidate

MOST_INTERVIEWS = 1000


class OutcomesNotYet(Refusal):
    """Nothing came of an event yet: it has not begun, or the stand is not of those who come."""

    def __init__(self) -> None:
        super().__init__(N_("L’événement n’a pas encore eu lieu : revenez ensuite dire ce qu’il a donné."))


class BadOutcome(BadInput):
    """An outcome that cannot be; `field` names what."""


def note_outcome(
    db: Session,
    interview_id: int,
    outcome: MeetingOutcome,
    *,
    exhibitor_id: int,
    hire: HireDraft | None = None,
    now: datetime,
    account_id: int | None,
) -> None:
    """Keep what came of an interview of this exhibitor; a later word replaces the first, with its contract.

    Hired needs its contract, nothing else has one. Raises `BadOutcome`, `BadHire`, `UnknownInterview` for another's.
    """
    if (outcome is MeetingOutcome.HIRED) != (hire is not None):
        raise BadOutcome(N_("Indiquez le contrat et son premier jour."), field="contract")
    interview, exhibitor = _own(db, interview_id, exhibitor_id)
    _withdraw_contract(db, interview_id, now=now, account_id=account_id)
    if hire is not None:
        _sign(db, interview, exhibitor, hire, now=now, account_id=account_id)
    _write(db, interview, outcome, now=now, account_id=account_id)


def clear_outcome(db: Session, interview_id: int, *, exhibitor_id: int, now: datetime, account_id: int | None) -> None:
    """What was said was a mistake: nothing is known again, and its contract counts no more."""
    interview, _exhibitor = _own(db, interview_id, exhibitor_id)
    _withdraw_contract(db, interview_id, now=now, account_id=account_id)
    _write(db, interview, None, now=now, account_id=account_id)


def say_interviews(db: Session, exhibitor_id: int, count: int | None, *, now: datetime, account_id: int | None) -> None:
    """How many interviews the exhibitor says to have held; None: it does not say. Figures count those noted."""
    exhibitor = _after(db, exhibitor_id, now=now)
    if count is not None and not 0 <= count <= MOST_INTERVIEWS:
        raise BadOutcome(
            N_("Indiquez un nombre entre 0 et %(most)d, ou rien."), field="interviews", most=MOST_INTERVIEWS
        )
    if exhibitor.said_interview_count == count:
        return
    exhibitor.said_interview_count = count
    db.add(exhibitor)
    facts: dict[str, Fact] = {"event_id": exhibitor.event_id, "changed": ["said_interview_count"]}
    subject = ("exhibitor", exhibitor_id)
    record(db, EntryKind.STAND_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)


def _after(db: Session, exhibitor_id: int, *, now: datetime) -> Exhibitor:
    """The exhibitor, once its event has begun. Raises `OutcomesNotYet`."""
    exhibitor = db.get(Exhibitor, exhibitor_id, populate_existing=True)
    if exhibitor is None or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise OutcomesNotYet
    if now < db.get_one(Event, exhibitor.event_id).starts_at:
        raise OutcomesNotYet
    return exhibitor


def _own(db: Session, interview_id: int, exhibitor_id: int) -> tuple[Interview, Exhibitor]:
    held = select(Interview).where(col(Interview.id) == interview_id, col(Interview.held_at).is_not(None))
    interview = db.exec(held.with_for_update().execution_options(populate_existing=True)).first()
    if interview is None or interview.exhibitor_id != exhibitor_id:
        raise UnknownInterview
    return interview, db.get_one(Exhibitor, exhibitor_id)


def _sign(
    db: Session, interview: Interview, exhibitor: Exhibitor, hire: HireDraft, *, now: datetime, account_id: int | None
) -> None:
    """The contract of who came to the interview, or of nobody by name when they are erased."""
    person = db.get_one(Registration, interview.registration_id).candidate_id
    origin = HireOrigin(exhibitor_id=exhibitor.id, interview_id=interview.id)
    signed: dict[str, Any] = {
        "company_id": exhibitor.company_id,
        "origin": origin,
        "now": now,
        "account_id": account_id,
    }
    try:
        hire_person(db, person, hire, **signed)
    except UnknownCandidate:
        hire_unnamed(db, hire, **signed)


def _withdraw_contract(db: Session, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    stands = select(Hire.id).where(col(Hire.interview_id) == interview_id, col(Hire.withdrawn_at).is_(None))
    for hire_id in db.exec(stands).all():
        withdraw_hire(db, hire_id or 0, now=now, account_id=account_id)


def _write(
    db: Session, interview: Interview, outcome: MeetingOutcome | None, *, now: datetime, account_id: int | None
) -> None:
    interview.outcome, interview.outcome_at, interview.outcome_by = outcome, now, account_id
    db.add(interview)
    db.flush()
    facts: dict[str, Fact] = {
        "interview_id": interview.id,
        "exhibitor_id": interview.exhibitor_id,
        "outcome": outcome.value if outcome else None,
    }
    subject = ("event", interview.event_id)
    record(db, EntryKind.MEETING_ENDED, subject=subject, now=now, account_id=account_id, facts=facts)
