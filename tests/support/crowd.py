"""More of everything in the town: as many rows again, of each kind that a page lists."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlmodel import Session, col, not_, select

from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.models import EventKind, QuestionKind, Series
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import Channel, Presence, Registration
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.reference import new_reference
from alpes_events.attendance.release import cancel_registration
from alpes_events.attendance.sign_up import register
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.establishments import add_establishment
from alpes_events.companies.speakers import ask_to_speak, speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.commands import add_demonstration, add_exhibitor
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.wishes import Wish, set_wishes
from alpes_events.hiring.codes import OfferState, Proposer
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.models import JobApplication, JobOffer
from alpes_events.jobs.models import JobRun, RunState
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.merge_proposals import propose_all_merges
from alpes_events.people.models import Account, Role
from alpes_events.people.sessions import open_session
from alpes_events.statistics.compilation import compile_all
from tests.support.clause import crowd_the_clause
from tests.support.clause_found import crowd_the_found
from tests.support.clause_proofs import crowd_the_proofs
from tests.support.declaring import crowd_the_declarations
from tests.support.employers import a_company, an_employer
from tests.support.hiring import a_draft, looks_for_work
from tests.support.pathways import crowd_the_pathways
from tests.support.posts import Clock, deliver_messages
from tests.support.report_figures import crowd_the_figures
from tests.support.reports import crowd_the_reports
from tests.support.services import crowd_the_services
from tests.support.stories import NOW, STARTS_AT, an_event, somebody
from tests.support.timetables import a_table, meets_more_in_town, waits_in_town
from tests.support.town import Town, checked_file

_MOST_QUESTIONS = 6
"""How many are added at the most: a form has room for some, and no more."""
_EVENING = STARTS_AT + timedelta(days=7, hours=4)


def crowd(database: Database, town: Town, count: int, *, first: int) -> None:
    """Add `count` of each kind of row, numbered from `first`."""
    for number in range(first, first + count):
        with database.writing() as db:
            _announce(db, town, number)
            _build(db, town, number)
            _employ(db, number)
            _people(db, town, number)
            _desk(db, number)
            crowd_the_clause(db, number)
            crowd_the_proofs(db, number)
            crowd_the_found(db, number)
            crowd_the_declarations(db, number)
            crowd_the_reports(db, number)
            town_id = db.get_one(Registration, town.placed.registration_id).candidate_id
            crowd_the_pathways(db, town_id, number)
            crowd_the_figures(db, number)
            first = db.get_one(Registration, town.placed.registration_id).candidate_id
            crowd_the_services(db, first, number)
            checked_file(db, number)
            db.commit()
    with database.writing() as db:
        propose_all_merges(db, now=NOW)
        compile_all(db, now=NOW)
        db.commit()
    deliver_messages(database, Clock())
    with database.writing() as db:
        _go_wrong(db, town, count)
        db.commit()


def _announce(db: Session, town: Town, number: int) -> None:
    """An event of its own venue and series, for which the town's first person signs up; and one that is over."""
    venue_id = find_or_add_venue(db, VenueDraft(f"Salle {number}", f"{number} rue de l’Essai", insee_code="59328"))
    series = Series(slug=f"serie-{number}", name=f"Série {number}", kind=EventKind.JOB_DATING)
    db.add(series)
    db.flush()
    coming = an_event(db, title=f"Rendez-vous {number}", venue_id=venue_id, series_id=series.id, themes=("vente",))
    candidate_id = db.get_one(Registration, town.placed.registration_id).candidate_id
    register(db, SignUp(event_id=coming, channel=Channel.ADVISOR, candidate_id=candidate_id), now=NOW)
    before = NOW - timedelta(days=10)
    over = an_event(
        db, title=f"Passé {number}", now=before, starts_at=before + timedelta(days=5), ends_at=NOW - timedelta(days=4)
    )
    came = _signs_up(db, over, 5000 + number, now=before)
    mark_presence(
        db, came.registration_id, Presence.ATTENDED, mark_key=str(uuid4()), now=NOW - timedelta(days=5), account_id=None
    )


def _employ(db: Session, number: int) -> None:
    """A company like no other, twice, each with a contact; and a place and contact more of the first, asked for."""
    name = "".join(chr(ord("a") + byte % 26) for byte in sha256(str(number).encode()).digest()[:12]).title()
    for one in (name, f"{name} et fils"):
        company_id = a_company(db, one)
        add_contact(
            db, company_id, ContactDraft("Haddad", email=f"n{company_id}@lys.example"), now=NOW, account_id=None
        )
    add_contact(db, 1, ContactDraft("Petit", email=f"n{number}@atelier.example"), now=NOW, account_id=None)
    place = EstablishmentDraft(commune_name=f"Ailleurs {number}")
    add_establishment(db, 1, place, now=NOW, account_id=None)
    ask_to_speak(db, 1, asker_id=an_employer(db, f"demande{number}@example.org"), now=NOW)
    speak_by_invitation(db, company_id, an_employer(db, "employer-0@example.org"), now=NOW, account_id=None)


def _build(db: Session, town: Town, number: int) -> None:
    """A stand, a demonstration, a workshop and a question."""
    stand = ExhibitorDraft(name=f"Entreprise {number}", looking_for="Vendeur")
    exhibitor_id = add_exhibitor(db, town.job_dating, stand, now=NOW, account_id=None)
    add_demonstration(db, town.job_dating, f"Métier {number}", now=NOW, account_id=None)
    met = Interview(
        event_id=town.job_dating,
        registration_id=_signs_up(db, town.job_dating, 1000 + number).registration_id,
        exhibitor_id=exhibitor_id,
        held_at=NOW,
    )
    db.add(met)
    (meets_more_in_town if number % 2 else waits_in_town)(db, town.job_dating, met.registration_id)
    wished_for = db.exec(select(MeetingWish.exhibitor_id).order_by(col(MeetingWish.id))).first() or exhibitor_id
    _applies_to_employer(db, db.get_one(Registration, met.registration_id).candidate_id)
    chosen = [Wish(wished_for, shows_name=True), Wish(exhibitor_id)]
    set_wishes(db, met.registration_id, chosen, by=Channel.SELF, now=NOW)
    for stand_id in (wished_for, exhibitor_id):
        a_table(db, town.job_dating, stand_id, name=f"Table n° {number}")
    for event_id in (town.job_dating, town.salon):
        workshop = SessionDraft(f"Atelier {number}", _EVENING, _EVENING + timedelta(hours=1), capacity=5)
        if event_id == town.salon:
            workshop = replace(
                workshop,
                starts_at=_EVENING + timedelta(days=7, hours=-6),
                ends_at=_EVENING + timedelta(days=7, hours=-5),
            )
        else:
            workshop = replace(workshop, starts_at=_EVENING - timedelta(hours=3), ends_at=_EVENING - timedelta(hours=2))
        session_id = add_session(db, event_id, workshop, now=NOW, account_id=None)
        _signs_up(db, event_id, 2000 + number, session_id=session_id)
    if number >= _MOST_QUESTIONS:
        return
    asked = [
        QuestionDraft(one.kind, one.label, one.hint, tuple(one.choices), required=one.required, id=one.id)
        for one in questions_of(db, town.job_dating)
    ]
    set_questions(db, town.job_dating, [*asked, QuestionDraft(QuestionKind.TEXT, f"Question {number}")], now=NOW)


def _applies_to_employer(db: Session, candidate_id: int) -> None:
    """One offer more of the company for which somebody speaks, and one application more for its first."""
    add_offer(db, a_draft(1), now=NOW, account_id=None)
    published = select(JobOffer.id).where(JobOffer.state == OfferState.PUBLISHED).order_by(col(JobOffer.id))
    looks_for_work(db, candidate_id, db.exec(published).first() or 0)
    row = JobApplication(
        reference=new_reference(),
        offer_id=db.exec(select(JobOffer.id).where(JobOffer.company_id == 1).order_by(col(JobOffer.id))).first() or 0,
        candidate_id=candidate_id,
        proposer=Proposer.SELF,
        created_at=NOW,
        changed_at=NOW,
    )
    db.add(row)


def _people(db: Session, town: Town, number: int) -> None:
    """Somebody who waits, somebody to be called, and somebody who is there twice."""
    _signs_up(db, town.full, 3000 + number)
    small = an_event(db, capacity=1, title=f"Petit {number}")
    leaves = _signs_up(db, small, 4000 + number)
    register(
        db,
        SignUp(event_id=small, channel=Channel.SELF, person=somebody(number, telephone_only=True)),
        now=NOW,
    )
    cancel_registration(db, leaves.registration_id, by="self", now=NOW)
    twin = replace(somebody(3000 + number), email=f"autre{number}@example.org")
    register(db, SignUp(event_id=town.salon, channel=Channel.ADVISOR, person=twin), now=NOW)


def _desk(db: Session, number: int) -> None:
    """A colleague who signed in and searched, and a run of a job."""
    colleague = Account(
        email=f"collegue{number}@example.org", name=f"Collègue {number}", role=Role.ADVISOR, created_at=NOW
    )
    db.add(colleague)
    db.flush()
    open_session(db, colleague.id or 0, shared_computer=False, now=NOW)
    record_access(db, AuditAction.SEARCHED, now=NOW, account_id=colleague.id, count=number)
    db.add(JobRun(job="close_events", period=f"essai {number}", state=RunState.DONE, started_at=NOW, ended_at=NOW))


def _go_wrong(db: Session, town: Town, count: int) -> None:
    """Some messages cannot be sent, of the job dating and of others, and some deliveries are parked."""
    own = col(OutboxMessage.event_id) == town.job_dating
    for which in (own, not_(own)):
        waiting = select(OutboxMessage).where(col(OutboxMessage.state) == MessageState.WAITING, which)
        for message in db.exec(waiting.limit(count)):
            message.state = MessageState.FAILED
            db.add(message)
    deliveries = select(Delivery).where(col(Delivery.state) == DeliveryState.WAITING).limit(count)
    for delivery in db.exec(deliveries):
        delivery.state = DeliveryState.PARKED
        db.add(delivery)


def _signs_up(
    db: Session, event_id: int, number: int, *, session_id: int | None = None, now: datetime = NOW
) -> SignUpAnswer:
    answers = {one.id: "yes" for one in questions_of(db, event_id) if one.required and one.id}
    form = SignUp(
        event_id=event_id,
        channel=Channel.SELF,
        person=somebody(number),
        session_id=session_id,
        form_key=str(uuid4()),
        answers=answers,
    )
    return register(db, form, now=now)
