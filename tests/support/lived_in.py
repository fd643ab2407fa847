"""The town after some weeks: every list has rows and every state somebody, so that each page shows what it is for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import create_event
from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.models import Counter, Event, EventState
from alpes_events.agenda.questions import questions_of
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.door_count import DoorTally, count_visitors
from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel, Presence, Registration
from alpes_events.attendance.offers import accept_offer
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import (
    call_off_event,
    call_off_session,
    cancel_registration,
    revoke_registration,
)
from alpes_events.attendance.sign_up import register
from alpes_events.attendance.survey import answer_survey
from alpes_events.clause.contracts.drafts import ContractDraft, OperationDraft
from alpes_events.clause.contracts.records import add_authority, add_contract, add_operation
from alpes_events.database.engine import Database
from alpes_events.fair.interviews import record_interview
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.alerts import AlertReader, add_alert
from alpes_events.hiring.applying import ApplicationForm, apply_for, move_application
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.codes import ApplicationState, ContractKind, OfferState, Proposer, RefusalReason
from alpes_events.hiring.hires import HireDraft, hire_applicant
from alpes_events.hiring.models import JobOffer
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.models import StepKind
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.people.consents import give_consent
from alpes_events.people.feed_token import make_feed_token
from alpes_events.people.models import Account, Role
from alpes_events.privacy.erasure import erase_person
from alpes_events.services.acts import note_act
from alpes_events.statistics.compilation import compile_all
from tests.support.crowd import crowd
from tests.support.desk_work import work
from tests.support.in_schemes import ENTERED
from tests.support.long_work import ask_for_everything
from tests.support.posts import Clock, deliver_messages
from tests.support.services import complete
from tests.support.stories import DRAFT, NOW, an_event, signs_up, somebody
from tests.support.town import Town, settle_town, town_of

_TODAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def settle_lived_in_town(database: Database) -> None:
    """Prepare a database (for `Templates.fresh`); `town_of` then says what is in each of its copies."""
    settle_town(database)
    town = town_of(database)
    crowd(database, town, 3, first=0)
    with database.writing() as db:
        _team(db, event_id=_today(db))
        _advisor(db, town)
        _endings(db)
        _fair(db, town)
        _ways_of_a_place(db, town)
        _candidate(db, town)
        _applications(db, town)
        _by_mistake(db)
        db.commit()
    deliver_messages(database, Clock())
    with database.writing() as db:
        work(db, _account_of(db, Role.COORDINATOR))
        compile_all(db, now=NOW)
        coordinator = _account_of(db, Role.COORDINATOR)
        db.commit()
    ask_for_everything(database, coordinator)


def today(database: Database) -> int:
    """The event that goes on at the tests' instant: the one whose door is open."""
    with database.reading() as db:
        return int(db.exec(select(Event.id).where(col(Event.starts_at) == _TODAY)).one() or 0)


def _by_mistake(db: Session) -> None:
    """An authority, an operation and a public contract that hold nothing: they can be removed."""
    add_authority(db, "Abandon de projets", now=NOW, account_id=None)
    authority_id = add_authority(db, "Agence des bords de Lys", now=NOW, account_id=None)
    for name in ("Abri de bus", "Abri de jardin"):
        draft = OperationDraft(authority_id, name, commune_name="Ailleurs", in_territory=True)
        operation_id = add_operation(db, draft, today=NOW.date(), now=NOW, account_id=None)
    contract = ContractDraft(operation_id, "2026-00", NOW.date(), publics=["RSA"])
    add_contract(db, contract, now=NOW, account_id=None)


def _team(db: Session, *, event_id: int) -> None:
    """The accounts that `Browser.sign_in` finds, and somebody who has left."""
    for role in Role:
        if role not in {Role.CANDIDATE, Role.EMPLOYER}:  # the town has an employer
            door = event_id if role is Role.DOOR else None
            email, name = f"{role.value}-{door or 0}@example.org", f"Personne {role.value}"
            db.add(Account(email=email, name=name, role=role, event_id=door, structure="Ville", created_at=NOW))
    db.add(Account(email="parti@example.org", name="Paul Parti", role=Role.READER, created_at=NOW, disabled_at=NOW))
    db.flush()


def _account_of(db: Session, role: Role) -> int:
    return int(db.exec(select(Account.id).where(Account.role == role).where(Account.structure == "Ville")).one() or 0)


def _advisor(db: Session, town: Town) -> None:
    """Somebody without an e-mail address, and somebody with one, signed up by their advisor, who follows the latter."""
    advisor = _account_of(db, Role.ADVISOR)
    for number, telephone_only, event_id in ((6001, True, town.salon), (6002, False, town.full)):
        person = somebody(number, telephone_only=telephone_only)
        register(
            db,
            SignUp(
                event_id=event_id, channel=Channel.ADVISOR, person=person, account_id=advisor, form_key=str(uuid4())
            ),
            now=NOW,
        )
    who = db.exec(select(Registration.candidate_id).order_by(col(Registration.id).desc())).first() or 0
    entry = EnrolmentDraft(who, "PLIE", ENTERED, ("RSA",), referent_id=advisor)
    pathway_id = enter(db, entry, now=NOW, account_id=advisor)
    add_step(db, pathway_id, StepDraft(StepKind.TRAINING, ENTERED), now=NOW, account_id=advisor)
    note_act(db, complete("appointment", who), now=NOW, account_id=advisor)


def _endings(db: Session) -> None:
    """A draft, an event that was withdrawn, a series of one whose workshop is cancelled."""
    create_event(db, replace(DRAFT, title="Brouillon de printemps"), capacity=12, now=NOW, account_id=None)
    gone = an_event(db, title="Visite retirée de l’agenda")
    call_off_event(db, gone, state=EventState.WITHDRAWN, now=NOW, account_id=None)
    workshops = an_event(db, title="Trois ateliers d’affilée", capacity=None)
    hours = DRAFT.starts_at, DRAFT.starts_at + timedelta(hours=1)
    for title in ("Atelier réseau", "Atelier voix"):
        session_id = add_session(
            db, workshops, SessionDraft(title, *hours, room="Salle verte", capacity=4), now=NOW, account_id=None
        )
        signs_up(db, workshops, 6100, session_id=session_id)
    call_off_session(db, session_id, now=NOW, account_id=None)


def _today(db: Session) -> int:
    """An event that goes on at this moment, with people who came, who excused themselves, and who count at the door."""
    event_id = an_event(
        db,
        title="Petit-déjeuner des employeurs",
        now=_TODAY - timedelta(days=20),
        starts_at=_TODAY,
        ends_at=_TODAY + timedelta(hours=3),
        capacity=20,
        visitors_counter=Counter.COLLECTED,
    )
    for number, presence in ((6200, Presence.ATTENDED), (6201, Presence.EXCUSED), (6202, None)):
        one = signs_up(db, event_id, number, now=_TODAY - timedelta(days=9))
        if presence is not None:
            mark_presence(db, one.registration_id, presence, mark_key=str(uuid4()), now=NOW, account_id=None)
    count_visitors(
        db, event_id, DoorTally(at=_TODAY, visitor_count=7), count_key=str(uuid4()), now=NOW, account_id=None
    )
    return event_id


def _fair(db: Session, town: Town) -> None:
    """An interview that was held at January's event."""
    stand = db.exec(select(Exhibitor).where(col(Exhibitor.event_id) != town.job_dating)).first()
    assert stand is not None
    came = db.exec(
        select(Registration)
        .where(col(Registration.event_id) == stand.event_id)
        .where(col(Registration.presence) == Presence.ATTENDED)
    ).first()
    assert came is not None
    held_at = datetime(2026, 1, 15, 13, 30, tzinfo=UTC)
    record_interview(db, came.id or 0, stand.id or 0, held_at=held_at, now=NOW, account_id=None)
    answer_survey(db, came.id or 0, score=4, now=NOW)


def _ways_of_a_place(db: Session, town: Town) -> None:
    """Offered, accepted, taken back, given up, and somebody who asked to be forgotten."""
    small = an_event(db, title="Deux places seulement", capacity=2)
    people = [signs_up(db, small, 6300 + number) for number in range(5)]
    cancel_registration(db, people[0].registration_id, by="self", now=NOW)
    cancel_registration(db, people[1].registration_id, by="self", now=NOW)
    accept_offer(db, people[2].registration_id, now=NOW)
    taken_back = signs_up(db, town.salon, 6310)
    revoke_registration(db, taken_back.registration_id, now=NOW, account_id=None)
    forgotten = signs_up(db, town.salon, 6311)
    erase_person(db, db.get_one(Registration, forgotten.registration_id).candidate_id, now=NOW)


def _applications(db: Session, town: Town) -> None:
    """The person who is signed in applied, somebody was proposed and hired, somebody was refused."""
    offer_id = db.exec(select(JobOffer.id).where(JobOffer.state == OfferState.PUBLISHED)).first() or 0
    mine = db.get_one(Registration, town.placed.registration_id).candidate_id
    apply_for(db, ApplicationForm(offer_id=offer_id, candidate_id=mine, proposer=Proposer.SELF), now=NOW)
    choice = OfferChoice(search="vendeur", insee_code="59328", radius_km=10, only_territory=True)
    add_alert(db, AlertReader(candidate_id=mine), choice, now=NOW, account_id=None)
    advisor, today = _account_of(db, Role.ADVISOR), NOW.date()
    people = db.exec(select(Registration.candidate_id).where(Registration.registered_by == advisor)).all()
    proposed = [
        ApplicationForm(offer_id=offer_id, candidate_id=one, proposer=Proposer.ADVISOR, account_id=advisor)
        for one in dict.fromkeys(people)
    ]
    first, second = (apply_for(db, form, now=NOW) for form in proposed[:2])
    hire_applicant(db, first, HireDraft(ContractKind.CDI, today, today), now=NOW, account_id=advisor)
    move_application(db, second, ApplicationState.REFUSED, reason=RefusalReason.HOURS, now=NOW, account_id=advisor)


def _candidate(db: Session, town: Town) -> None:
    """The person who is signed in: they come, they wait, they follow their calendar, they agreed to something."""
    candidate_id = db.get_one(Registration, town.placed.registration_id).candidate_id
    for event_id in (town.job_dating, town.workshop):
        answers = {one.id: "yes" for one in questions_of(db, event_id) if one.required and one.id}
        form = SignUp(event_id=event_id, channel=Channel.ADVISOR, candidate_id=candidate_id, answers=answers)
        register(db, form, now=NOW)
    make_feed_token(db, candidate_id, now=NOW)
    give_consent(db, candidate_id, kind="photo", text="Je veux bien être en photo.", channel="self", now=NOW)
