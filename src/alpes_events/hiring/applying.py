"""Applications made and moved on: by the person, or by staff. Each step is kept with who took it and when."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select as columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.attendance.reference import check_key, new_reference
from alpes_events.database.outcome import row_count
from alpes_events.hiring.application_states import StepRefused, check_step
from alpes_events.hiring.applications import ApplicationStep, JobApplication
from alpes_events.hiring.codes import LIVE_APPLICATIONS, ApplicationState, Mover, Proposer, RefusalReason
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_states import takes_applications
from alpes_events.hiring.refusals import AlreadyApplied, OfferIsClosed, UnknownApplication
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.commands import keep_active
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_events.people.situation import situation_on
from alpes_events.territory.organisation import local_today

LONGEST_MESSAGE = 2000


@dataclass(frozen=True)
class ApplicationForm:
    """An application as sent. `account_id` of staff proposes the person; `form_key` makes a replay harmless.

    `shares_contact`: the person agrees that the employer writes and telephones to them.
    """

    offer_id: int
    candidate_id: int
    proposer: Proposer
    message: str = ""
    shares_contact: bool = False
    account_id: int | None = None
    form_key: str | None = None


def apply_for(db: Session, form: ApplicationForm, *, now: datetime) -> int:
    """Store an application with the person's situation of this day. Gives its id; the same form again gives the same.

    Raises `OfferIsClosed`, `AlreadyApplied`, `UnknownOffer`, `UnknownCandidate`, `BadInput` for a message too long.
    """
    check_key(form.form_key)
    person = canonical(db, the_candidate(db, form.candidate_id))
    assert person.id is not None
    _hold(db, person.id)
    if (sent := _sent_before(db, form)) is not None:
        return sent
    offer, message = the_offer(db, form.offer_id), clean_message(form.message)
    if not takes_applications(offer.state, offer.closes_on, today=local_today(db, now)):
        raise OfferIsClosed
    _refuse_second(db, offer, person.id)
    application = JobApplication(
        reference=new_reference(),
        form_key=form.form_key,
        offer_id=form.offer_id,
        candidate_id=person.id,
        proposer=form.proposer,
        proposed_by=form.account_id,
        message=message,
        shares_contact=form.shares_contact,
        created_at=now,
        changed_at=now,
        step_count=1,
        **asdict(situation_on(db, person, on=local_today(db, now))),
    )
    db.add(application)
    db.flush()
    assert application.id is not None
    _add_step(db, application, reason=None, now=now, account_id=form.account_id)
    if form.proposer is Proposer.SELF:
        keep_active(db, person.id, now=now)
    facts: dict[str, Fact] = {"offer_id": form.offer_id, "candidate_id": person.id, "proposer": form.proposer.value}
    subject = ("job_application", application.id)
    record(db, EntryKind.APPLICATION_MADE, subject=subject, now=now, account_id=form.account_id, facts=facts)
    return application.id


def move_application(
    db: Session,
    application_id: int,
    state: ApplicationState,
    *,
    reason: RefusalReason | None = None,
    by: Mover = Mover.STAFF,
    now: datetime,
    account_id: int | None,
) -> ApplicationState:
    """Take one step. Gives the state before, to take it back with. Of two hands at once the second is refused.

    Raises `StepRefused`, `NoReason`, `AlreadyApplied` when reopening what was replaced by a newer application.
    """
    application = the_application(db, application_id)
    came_from = application.state
    check_step(came_from, state, reason=reason, by_candidate=by is Mover.SELF)
    if state in LIVE_APPLICATIONS and came_from not in LIVE_APPLICATIONS:
        _hold(db, application.candidate_id)
        _refuse_second(db, the_offer(db, application.offer_id), application.candidate_id)
    claim = (
        update(JobApplication)
        .where(col(JobApplication.id) == application_id, col(JobApplication.step_count) == application.step_count)
        .values(state=state, step_count=application.step_count + 1, changed_at=now)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, claim) != 1:
        raise StepRefused(state, state)
    db.refresh(application)
    _add_step(db, application, reason=reason, now=now, account_id=account_id)
    facts: dict[str, Fact] = {
        "offer_id": application.offer_id,
        "candidate_id": application.candidate_id,
        "state": state.value,
        "came_from": came_from.value,
        "reason": reason.value if reason else None,
        "by": by.value,
        "number": application.step_count,
    }
    subject = ("job_application", application_id)
    record(db, EntryKind.APPLICATION_MOVED, subject=subject, now=now, account_id=account_id, facts=facts)
    return came_from


def the_application(db: Session, application_id: int) -> JobApplication:
    """The application, or `UnknownApplication`."""
    application = db.get(JobApplication, application_id, populate_existing=True)
    if application is None:
        raise UnknownApplication
    return application


def _hold(db: Session, candidate_id: int) -> None:
    """Hold the person's record until the transaction ends: of two applications at once the second sees the first."""
    db.execute(columns(col(Candidate.id)).where(col(Candidate.id) == candidate_id).with_for_update())


def _sent_before(db: Session, form: ApplicationForm) -> int | None:
    """The application that this very form made, if it was this person's for this offer."""
    if not form.form_key:
        return None
    sent = db.exec(select(JobApplication).where(JobApplication.form_key == form.form_key)).first()
    if sent is None:
        return None
    if sent.offer_id != form.offer_id or sent.candidate_id not in records_of(db, form.candidate_id):
        raise AlreadyApplied(application_id=0)
    return sent.id


def _refuse_second(db: Session, offer: JobOffer, candidate_id: int) -> None:
    """One live application of a person, whichever of their records made it."""
    live = db.exec(
        select(JobApplication.id).where(
            col(JobApplication.offer_id) == offer.id,
            col(JobApplication.candidate_id).in_(records_of(db, candidate_id)),
            col(JobApplication.state).in_(LIVE_APPLICATIONS),
        )
    ).first()
    if live is not None:
        raise AlreadyApplied(application_id=live)


def _add_step(
    db: Session, application: JobApplication, *, reason: RefusalReason | None, now: datetime, account_id: int | None
) -> None:
    assert application.id is not None
    step = ApplicationStep(
        application_id=application.id,
        number=application.step_count,
        state=application.state,
        reason=reason,
        at=now,
        account_id=account_id,
    )
    db.add(step)
    db.flush()


def clean_message(message: str) -> str:
    """A few words as they are kept. Raises `BadInput` when they are too many."""
    clean = written(message)
    if len(clean) > LONGEST_MESSAGE:
        raise BadInput(
            N_("Ce texte est trop long : %(longest)d signes au plus."), field="message", longest=LONGEST_MESSAGE
        )
    return clean
