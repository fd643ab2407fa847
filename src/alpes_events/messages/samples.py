"""Invented moments, one for each kind of message: what texts are tried on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.models import EventKind, EventState
from alpes_events.attendance.models import Channel, Presence, RegistrationState
from alpes_events.clause.months import month_of
from alpes_events.companies.models import SpeakerState
from alpes_events.fair.codes import ExhibitorState, Missing
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.own_times import OwnTime
from alpes_events.language.sentence import N_, say
from alpes_events.messages.account_mail import INVITATION_LIFE, IssuedLink
from alpes_events.messages.application_news import sample_news
from alpes_events.messages.chapter_due import sample_chapter
from alpes_events.messages.clause_lapses import sample_lapse
from alpes_events.messages.declaration_mail import DeclarationNews, RefusedLine
from alpes_events.messages.digest import Digest
from alpes_events.messages.follow_ups import FollowUpNews
from alpes_events.messages.kinds import (
    ABOUT_ACCOUNTS,
    ABOUT_APPLICATIONS,
    ABOUT_DECLARATIONS,
    ABOUT_NO_SIGN_UP,
    ABOUT_STANDS,
    FOLLOW_UPS,
    NOT_OURS,
    MessageKind,
)
from alpes_events.messages.moment import Moment, Reader
from alpes_events.messages.occasion import Occasion, Standing
from alpes_events.messages.offer_alert import SAMPLE
from alpes_events.messages.request_mail import SAMPLE_REQUEST
from alpes_events.messages.sign_in import SignInSecrets
from alpes_events.messages.stand_news import StandNews
from alpes_events.messages.wording import Wording
from alpes_events.territory.organisation import OrganisationView

HIDDEN_SECRETS = SignInSecrets(secret="", code="••••••")
"""What stands for the secrets of a message that only is looked at."""
_SAMPLE_FACTS = {"change": "password", "browser": "firefox:windows"}
_SAMPLE_COMPANY = "Atelier du Nord"
_STATES = {
    MessageKind.WAITLISTED: RegistrationState.WAITLISTED,
    MessageKind.OFFERED: RegistrationState.OFFERED,
    MessageKind.OFFER_EXPIRED: RegistrationState.EXPIRED,
    MessageKind.CANCELLED_BY_YOU: RegistrationState.CANCELLED,
    MessageKind.REVOKED: RegistrationState.REVOKED,
    MessageKind.EVENT_CANCELLED: RegistrationState.REVOKED,
}
_STAND_STATES = {
    MessageKind.STAND_RECEIVED: ExhibitorState.REQUESTED,
    MessageKind.STAND_WAITLISTED: ExhibitorState.WAITLISTED,
    MessageKind.STAND_FREED: ExhibitorState.REQUESTED,
    MessageKind.STAND_TO_COMPLETE: ExhibitorState.TO_COMPLETE,
    MessageKind.STAND_DECLINED: ExhibitorState.DECLINED,
    MessageKind.STAND_WITHDRAWN: ExhibitorState.WITHDRAWN,
}


def sample_moment(kind: MessageKind, language: str, organisation: OrganisationView, *, now: datetime) -> Moment:
    """An invented moment for one kind of message."""
    about_sign_up = kind not in ABOUT_NO_SIGN_UP and kind not in ABOUT_STANDS
    ahead = timedelta(days=1 if kind is MessageKind.REMINDER else 9)
    return Moment(
        kind=kind,
        now=now,
        zone=ZoneInfo(organisation.time_zone),
        language=language,
        facts=_sample_facts(kind),
        organisation=organisation,
        reader=Reader("Samira", "samira@example.org", None, gone=False, erasure_announced_at=now),
        occasion=_sample_occasion(now + ahead, organisation) if about_sign_up or kind in ABOUT_STANDS else None,
        standing=_sample_standing(kind, organisation, now=now) if about_sign_up else None,
        interviews=_sample_times(now + ahead) if kind is MessageKind.INTERVIEW_TIMES else (),
        secrets=HIDDEN_SECRETS,
        password_link=hidden_link(now),
        digest=Digest(call_count=2, presence_count=1),
        own=_sample_own(language) if kind in NOT_OURS else None,
        stand=_sample_stand(kind, now=now) if kind in ABOUT_STANDS else None,
        company=_SAMPLE_COMPANY,
        alert=SAMPLE,
        application=sample_news(kind) if kind in ABOUT_APPLICATIONS else None,
        follow_up=FollowUpNews("", answered=False) if kind in FOLLOW_UPS else None,
        lapse=sample_lapse(now) if kind is MessageKind.CLAUSE_LAPSES else None,
        chapter=sample_chapter(now) if kind is MessageKind.CHAPTER_DUE else None,
        declaration=_sample_declaration(kind, now=now) if kind in ABOUT_DECLARATIONS else None,
        request=SAMPLE_REQUEST if kind is MessageKind.OFFER_REQUEST else None,
    )


def _sample_own(language: str) -> Wording:
    subject, text = say(N_("Une précision pour {événement}")), say(N_("L’entrée se fait par la cour. À bientôt !"))
    return Wording(subject.in_language(language), text.in_language(language))


def _sample_facts(kind: MessageKind) -> dict[str, str]:
    if kind is MessageKind.SPEAKER_ANSWER:
        return {"state": SpeakerState.APPROVED.value}
    return dict(_SAMPLE_FACTS) if kind in ABOUT_ACCOUNTS else {}


def _sample_declaration(kind: MessageKind, *, now: datetime) -> DeclarationNews:
    refused = (RefusedLine("Samira Kaci", 75 * 60 + 30, "Feuille d’heures absente"),)
    told = refused if kind is MessageKind.DECLARATION_REFUSED else ()
    return DeclarationNews("", month_of(now.date()), is_sent=bool(told), round=5, refused=told)


def hidden_link(now: datetime) -> IssuedLink:
    """A link without its secret."""
    return IssuedLink(secret="", expires_at=now + INVITATION_LIFE)


def _sample_stand(kind: MessageKind, *, now: datetime) -> StandNews:
    owed = kind in {MessageKind.STAND_ACCEPTED, MessageKind.STAND_MISSING}
    return StandNews(
        name="Filature des Prés",
        reference="K7P4DTJ22",
        state=_STAND_STATES.get(kind, ExhibitorState.ACCEPTED),
        village="Textile",
        position=3,
        reason="Quels métiers proposez-vous ?",
        missing=(Missing.RECRUITERS, Missing.PLATES) if owed else (),
        complete_by=now + timedelta(days=5),
        booth="A12",
    )


def _sample_times(starts_at: datetime) -> tuple[OwnTime, ...]:
    return tuple(
        OwnTime(
            interview_id=number,
            registration_id=0,
            event_id=0,
            exhibitor_id=0,
            exhibitor=exhibitor,
            booth=booth,
            hall="",
            table="",
            starts_at=starts_at + timedelta(minutes=40 * number),
            ends_at=starts_at + timedelta(minutes=40 * number + 10),
            state=InterviewState.PLANNED,
            booked_at=starts_at,
            changed_at=starts_at,
            change_count=0,
        )
        for number, (exhibitor, booth) in enumerate((("Filature des Prés", "A12"), ("Atelier du Nord", "B4")), 1)
    )


def _sample_standing(kind: MessageKind, organisation: OrganisationView, *, now: datetime) -> Standing:
    state = _STATES.get(kind, RegistrationState.CONFIRMED)
    return Standing(
        registration_id=0,
        reference="K7P4DTJ22",
        state=state,
        channel=Channel.SELF,
        presence=Presence.ATTENDED,
        created_at=now,
        offer_expires_at=now + timedelta(hours=organisation.offer_hours),
        position=3 if state is RegistrationState.WAITLISTED else None,
        survey_answered=False,
        invited=False,
    )


def _sample_occasion(starts_at: datetime, organisation: OrganisationView) -> Occasion:
    return Occasion(
        event_id=0,
        slug="exemple",
        title="Décroche ton Job ou ta Formation : commerce et logistique",
        session_title="",
        kind=EventKind.JOB_DATING,
        state=EventState.PUBLISHED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        all_day=False,
        room="",
        venue_name="Salle des fêtes",
        address="12 place du Marché",
        commune="Marcq-en-Barœul",
        transport="Tramway R, arrêt « Mairie »",
        to_bring="trois CV si vous en avez.",
        offer_hours=organisation.offer_hours,
        cancellation_reason="",
        called_off=False,
    )
