"""Everything a message may speak of, as it is at the moment when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.companies.models import CompanyContact
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.interviews.choosing import invited_to_choose
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.own_times import OwnTime, own_times
from alpes_events.messages.account_mail import IssuedLink
from alpes_events.messages.application_news import ApplicationNews, application_news
from alpes_events.messages.chapter_due import ChapterNews, chapter_news
from alpes_events.messages.clause_lapses import LapseNews, lapse_news
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.declaration_mail import DeclarationNews, declaration_news
from alpes_events.messages.digest import Digest
from alpes_events.messages.follow_ups import FollowUpNews, follow_up_news
from alpes_events.messages.kinds import ABOUT_ALERTS, ABOUT_APPLICATIONS, NOT_OURS, MessageKind, to_former_address
from alpes_events.messages.letters import words_for
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.occasion import Occasion, Standing, occasion_at, standing_of
from alpes_events.messages.offer_alert import AlertLetter, alert_address, letter_of
from alpes_events.messages.request_mail import RequestNews, request_news
from alpes_events.messages.sign_in import SignInSecrets
from alpes_events.messages.stand_news import StandNews, stand_news
from alpes_events.messages.wording import Wording
from alpes_events.people.models import Account, Candidate
from alpes_events.territory.organisation import OrganisationView, current_organisation


@dataclass(frozen=True)
class Reader:
    """Who reads the message. `erased` and `disabled` people are written to no more."""

    name: str
    email: str | None
    telephone: str | None
    gone: bool
    last_active_at: datetime | None = None
    erasure_announced_at: datetime | None = None


@dataclass(frozen=True)
class Moment:
    """What is true now for one message: its reader, and what it is about if that is a sign-up."""

    kind: MessageKind
    now: datetime
    zone: ZoneInfo
    language: str
    facts: dict[str, Any]
    organisation: OrganisationView
    reader: Reader
    occasion: Occasion | None = None
    standing: Standing | None = None
    interviews: tuple[OwnTime, ...] = ()
    may_choose: bool = False
    """Whether the person may still choose employers who hold interviews."""
    secrets: SignInSecrets | None = None
    password_link: IssuedLink | None = None
    digest: Digest | None = None
    own: Wording | None = None
    stand: StandNews | None = None
    company: str = ""
    """The name of the company that the message is about."""
    alert: AlertLetter | None = None
    application: ApplicationNews | None = None
    follow_up: FollowUpNews | None = None
    request: RequestNews | None = None
    lapse: LapseNews | None = None
    declaration: DeclarationNews | None = None
    chapter: ChapterNews | None = None


def moment_of(db: Session, message: OutboxMessage, *, now: datetime) -> Moment:
    """What is true at `now` for `message`."""
    organisation = current_organisation(db)
    registration = None if message.registration_id is None else db.get(Registration, message.registration_id)
    event_id = message.event_id if registration is None else registration.event_id
    session_id = None if registration is None else registration.session_id
    request = request_news(db, message, now=now) if message.kind == MessageKind.OFFER_REQUEST else None
    return Moment(
        kind=MessageKind(message.kind),
        now=now,
        zone=ZoneInfo(organisation.time_zone),
        language=message.language,
        facts=dict(message.facts),
        organisation=organisation,
        reader=_reader(db, message, request),
        request=request,
        alert=_alert(db, message, organisation, now=now),
        occasion=None if event_id is None else occasion_at(db, event_id, session_id, organisation),
        standing=None if registration is None else standing_of(db, registration),
        interviews=() if registration is None else _interviews(db, registration),
        may_choose=_may_choose(db, message, registration, now=now),
        own=words_for(db, message.facts, message.language) if message.kind in NOT_OURS else None,
        stand=None if message.exhibitor_id is None else stand_news(db, message.exhibitor_id),
        company=_company(db, message.facts.get("company_id")),
        application=application_news(db, message.facts) if message.kind in ABOUT_APPLICATIONS else None,
        follow_up=follow_up_news(db, message.facts.get("follow_up_id")),
        lapse=lapse_news(db, message.facts, now=now) if message.kind == MessageKind.CLAUSE_LAPSES else None,
        declaration=declaration_news(db, message.facts),
        chapter=_chapter(db, message),
    )


def _chapter(db: Session, message: OutboxMessage) -> ChapterNews | None:
    return chapter_news(db, message.facts, message.account_id) if message.kind == MessageKind.CHAPTER_DUE else None


def _interviews(db: Session, registration: Registration) -> tuple[OwnTime, ...]:
    """The interviews to come of a sign-up that has a place."""
    if registration.state not in HOLDING:
        return ()
    times = own_times(db, [registration.id or 0])
    return tuple(one for one in times if one.state is InterviewState.PLANNED)


def _may_choose(db: Session, message: OutboxMessage, registration: Registration | None, *, now: datetime) -> bool:
    if message.kind != MessageKind.CONFIRMED or registration is None:
        return False
    return invited_to_choose(db, db.get_one(Event, registration.event_id), now=now)


def _company(db: Session, company_id: int | None) -> str:
    return "" if company_id is None else standing_company(db, the_company(db, company_id)).name


def _alert(db: Session, message: OutboxMessage, organisation: OrganisationView, *, now: datetime) -> AlertLetter | None:
    if message.kind not in ABOUT_ALERTS:
        return None
    return letter_of(db, message, today=now.astimezone(ZoneInfo(organisation.time_zone)).date())


def _reader(db: Session, message: OutboxMessage, request: RequestNews | None) -> Reader:
    if message.kind == MessageKind.OFFER_REQUEST:
        name = "" if request is None else request.given_name
        return Reader(name, email=message.address, telephone=None, gone=request is None)
    if message.kind in ABOUT_ALERTS and message.candidate_id is None:
        email = alert_address(db, message)
        return Reader("", email, telephone=None, gone=email is None)
    if message.kind == MessageKind.FAREWELL:
        return Reader(name="", email=message.address, telephone=None, gone=False)
    if message.account_id is not None:
        account = db.get_one(Account, message.account_id)
        address = message.address or (None if to_former_address(message.facts) else account.email)
        return Reader(account.name, address, telephone=None, gone=account.disabled_at is not None)
    if message.contact_id is not None:
        speaker = db.get_one(CompanyContact, message.contact_id)
        gone = speaker.erased_at is not None
        return Reader(speaker.given_name, message.address or speaker.email, speaker.telephone, gone=gone)
    assert message.candidate_id is not None
    contact = contacts_of(db, [message.candidate_id])[message.candidate_id]
    person = db.get_one(Candidate, contact.candidate_id)
    return Reader(
        name=contact.given_name,
        email=contact.email,
        telephone=contact.telephone,
        gone=person.erased_at is not None,
        last_active_at=person.last_active_at,
        erasure_announced_at=person.erasure_announced_at,
    )
