"""Whether a message that was owed is still worth sending: time has passed since, and things may have changed."""

from collections.abc import Callable, Mapping
from datetime import datetime

from alpes_events.agenda.models import EventState
from alpes_events.attendance.models import ACTIVE, Presence, RegistrationState
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.messages.declaration_mail import BY_HAND
from alpes_events.messages.kinds import (
    ABOUT_ALERTS,
    ABOUT_APPLICATIONS,
    ABOUT_NO_SIGN_UP,
    FOLLOW_UPS,
    NOT_OURS,
    MessageKind,
)
from alpes_events.messages.moment import Moment
from alpes_events.messages.occasion import Occasion, Standing
from alpes_events.messages.stand_news import StandNews

_STATES: dict[MessageKind, tuple[RegistrationState, ...]] = {
    MessageKind.CONFIRMED: (RegistrationState.CONFIRMED,),
    MessageKind.WAITLISTED: (RegistrationState.WAITLISTED,),
    MessageKind.OFFERED: (RegistrationState.OFFERED,),
    MessageKind.OFFER_EXPIRED: (RegistrationState.EXPIRED,),
    MessageKind.CHANGED: ACTIVE,
    MessageKind.CANCELLED_BY_YOU: (RegistrationState.CANCELLED,),
    MessageKind.REVOKED: (RegistrationState.REVOKED,),
    MessageKind.EVENT_CANCELLED: (RegistrationState.REVOKED,),
    MessageKind.ALREADY_REGISTERED: ACTIVE,
    MessageKind.REMINDER: (RegistrationState.CONFIRMED,),
    MessageKind.INTERVIEW_TIMES: (RegistrationState.CONFIRMED,),
}
"""The states of a sign-up in which each message still says the truth."""

_STAND_STATES: dict[MessageKind, tuple[ExhibitorState, ...]] = {
    MessageKind.STAND_RECEIVED: (ExhibitorState.REQUESTED, ExhibitorState.TO_COMPLETE, ExhibitorState.ACCEPTED),
    MessageKind.STAND_WAITLISTED: (ExhibitorState.WAITLISTED,),
    MessageKind.STAND_FREED: (ExhibitorState.REQUESTED, ExhibitorState.TO_COMPLETE),
    MessageKind.STAND_ACCEPTED: (ExhibitorState.ACCEPTED,),
    MessageKind.STAND_TO_COMPLETE: (ExhibitorState.TO_COMPLETE,),
    MessageKind.STAND_DECLINED: (ExhibitorState.DECLINED,),
    MessageKind.STAND_WITHDRAWN: (ExhibitorState.WITHDRAWN,),
    MessageKind.STAND_MISSING: (ExhibitorState.ACCEPTED,),
    MessageKind.STAND_CHANGED: LIVE,
    MessageKind.STAND_INTERVIEWS: (ExhibitorState.ACCEPTED,),
}
"""The states of a stand in which each message still says the truth."""

_LOOKS_FORWARD = frozenset(
    {
        MessageKind.CONFIRMED,
        MessageKind.WAITLISTED,
        MessageKind.OFFERED,
        MessageKind.CHANGED,
        MessageKind.ALREADY_REGISTERED,
        MessageKind.REMINDER,
        MessageKind.INTERVIEW_TIMES,
    }
)
"""Messages that make no sense once the event is over or called off, nor to somebody who said that they do not come."""


def still_due(moment: Moment) -> bool:
    """Whether the message is to be sent, as things are now. If not, it is dropped."""
    if moment.reader.gone or not moment.reader.email:
        return False
    if moment.kind in NOT_OURS and moment.own is None:
        return False
    if moment.kind in _OWN_TESTS:
        return _OWN_TESTS[moment.kind](moment)
    if moment.stand is not None and moment.occasion is not None:
        return stand_still_true(moment.kind, moment.stand, moment.occasion, now=moment.now)
    if moment.standing is None or moment.occasion is None:
        return moment.kind in ABOUT_NO_SIGN_UP
    return still_true(moment.kind, moment.standing, moment.occasion, now=moment.now)


def still_true(kind: MessageKind, standing: Standing, occasion: Occasion, *, now: datetime) -> bool:
    """Whether the news about a sign-up still holds and is of use, by mail or by telephone."""
    if kind is MessageKind.THANKS:
        return standing.presence is Presence.ATTENDED and not standing.survey_answered
    if kind in NOT_OURS:
        return True  # somebody chose these people, whatever becomes of their sign-up
    if kind is MessageKind.EVENT_CANCELLED and not occasion.called_off:
        return False
    if kind in _LOOKS_FORWARD and (standing.presence is Presence.EXCUSED or not _ahead(occasion, now=now)):
        return False
    if kind is MessageKind.OFFERED and standing.offer_expires_at is not None and standing.offer_expires_at <= now:
        return False
    return standing.state in _STATES.get(kind, ())


def stand_still_true(kind: MessageKind, stand: StandNews, occasion: Occasion, *, now: datetime) -> bool:
    """Whether the news about a stand still holds and is of use."""
    if kind is MessageKind.STAND_OFF:
        return occasion.called_off
    if kind is not MessageKind.STAND_DECLINED and not _ahead(occasion, now=now):
        return False
    if kind is MessageKind.STAND_MISSING and not stand.missing:
        return False
    return stand.state in _STAND_STATES.get(kind, ())


def _ahead(occasion: Occasion, *, now: datetime) -> bool:
    return occasion.state is EventState.PUBLISHED and not occasion.called_off and now < occasion.ends_at


def _has_alert(moment: Moment) -> bool:
    return moment.alert is not None


def _still_waits(moment: Moment) -> bool:
    """Nobody is asked to confirm what is confirmed, or what is over."""
    return moment.request is not None and moment.request.waits


def _still_stands(moment: Moment) -> bool:
    """Nobody is told of a step that another followed."""
    return moment.application is not None and moment.application.stands


def _asks_still(moment: Moment) -> bool:
    """Nobody is asked who answered, whose stand did not come, or whose event was called off."""
    if moment.stand is None or moment.occasion is None or moment.follow_up is None:
        return False
    off = moment.occasion.called_off or moment.follow_up.answered
    return moment.stand.state is ExhibitorState.ACCEPTED and not off


def _lapses_still(moment: Moment) -> bool:
    """Nobody is told of what was renewed meanwhile."""
    return moment.lapse is not None and moment.lapse.count > 0


def _is_chapter_awaited(moment: Moment) -> bool:
    """Nobody is told of a chapter that was read over, given to somebody else or taken out meanwhile."""
    return moment.chapter is not None and moment.chapter.waits


def _waits_for_hours(moment: Moment) -> bool:
    """Nobody is reminded of hours that came meanwhile; a link that somebody sends by hand is wanted."""
    news = moment.declaration
    return news is not None and (news.round == BY_HAND or not news.is_sent)


def _is_refused_still(moment: Moment) -> bool:
    """Nobody is told of a refusal that was undone."""
    return moment.declaration is not None and bool(moment.declaration.refused)


def _silent_since_announced(moment: Moment) -> bool:
    """Nobody who came back since is told that their file will go."""
    announced_at, active_at = moment.reader.erasure_announced_at, moment.reader.last_active_at
    return announced_at is not None and (active_at is None or active_at <= announced_at)


_OWN_TESTS: Mapping[MessageKind, Callable[[Moment], bool]] = {
    MessageKind.RETENTION_NOTICE: _silent_since_announced,
    MessageKind.CLAUSE_LAPSES: _lapses_still,
    MessageKind.CHAPTER_DUE: _is_chapter_awaited,
    **dict.fromkeys(ABOUT_ALERTS, _has_alert),
    MessageKind.OFFER_REQUEST: _still_waits,
    **dict.fromkeys(ABOUT_APPLICATIONS, _still_stands),
    **dict.fromkeys(FOLLOW_UPS, _asks_still),
    MessageKind.DECLARATION_DUE: _waits_for_hours,
    MessageKind.DECLARATION_REFUSED: _is_refused_still,
}
"""What has a test of its own for having lost its sense."""
