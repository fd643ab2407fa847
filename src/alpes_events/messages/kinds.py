"""Every message that the platform can send, and what is fixed about each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class MessageKind(StrEnum):
    """What a message is for. Its folder under `templates/` has the same name."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    OFFER_EXPIRED = "offer_expired"
    CHANGED = "changed"
    CANCELLED_BY_YOU = "cancelled_by_you"
    REVOKED = "revoked"
    EVENT_CANCELLED = "event_cancelled"
    ALREADY_REGISTERED = "already_registered"
    REMINDER = "reminder"
    INTERVIEW_TIMES = "interview_times"
    THANKS = "thanks"
    DIGEST = "digest"
    SIGN_IN = "sign_in"
    RETENTION_NOTICE = "retention_notice"
    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 (a kind of message)
    NEW_BROWSER = "new_browser"
    ACCOUNT_CHANGE = "account_change"
    PROOF = "proof"
    FAREWELL = "farewell"
    OWN_WORDS = "own_words"
    STAND_RECEIVED = "stand_received"
    STAND_WAITLISTED = "stand_waitlisted"
    STAND_FREED = "stand_freed"
    STAND_ACCEPTED = "stand_accepted"
    STAND_TO_COMPLETE = "stand_to_complete"
    STAND_DECLINED = "stand_declined"
    STAND_WITHDRAWN = "stand_withdrawn"
    STAND_MISSING = "stand_missing"
    STAND_CHANGED = "stand_changed"
    STAND_INTERVIEWS = "stand_interviews"
    STAND_OFF = "stand_off"
    FOLLOW_UP_SIX_WEEKS = "follow_up_six_weeks"
    FOLLOW_UP_SIX_MONTHS = "follow_up_six_months"
    EMPLOYER_INVITATION = "employer_invitation"
    SPEAKER_ANSWER = "speaker_answer"
    CONTACT_NOTICE = "contact_notice"
    OFFER_ALERT = "offer_alert"
    ALERT_NOTICE = "alert_notice"
    OFFER_REQUEST = "offer_request"
    APPLICATION_SHORTLISTED = "application_shortlisted"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_HIRED = "application_hired"
    APPLICATION_OBSOLETE = "application_obsolete"
    APPLICATION_TO_TELL = "application_to_tell"
    CLAUSE_LAPSES = "clause_lapses"
    DECLARATION_DUE = "declaration_due"
    DECLARATION_REFUSED = "declaration_refused"
    CHAPTER_DUE = "chapter_due"


class AccountChange(StrEnum):
    """What the owner of an account of staff is told was done to it. `email`: told to the address that it had."""

    PASSWORD = "password"  # noqa: S105 (a code)
    EMAIL = "email"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODE = "recovery_code"


URGENT = frozenset({MessageKind.SIGN_IN, MessageKind.NEW_PASSWORD, MessageKind.PROOF, MessageKind.OFFER_REQUEST})
"""Somebody waits before a screen: these leave first, in a lane of their own."""

WITH_SECRETS = frozenset({MessageKind.SIGN_IN, MessageKind.PROOF})
"""They carry a code that is made when they leave, and lives ten minutes: never sent twice."""

NEVER_AGAIN = WITH_SECRETS | {MessageKind.FAREWELL, MessageKind.OFFER_REQUEST}
"""Sent once and never again: a secret was for one moment, and of who is not known (any more) no address is kept."""

CHOOSES_PASSWORD = frozenset({MessageKind.INVITATION, MessageKind.NEW_PASSWORD})
"""They carry a link by which somebody of staff chooses a password."""

ABOUT_ACCOUNTS = CHOOSES_PASSWORD | {MessageKind.NEW_BROWSER, MessageKind.ACCOUNT_CHANGE}
"""About the safety of an account of staff."""

NOT_OURS = frozenset({MessageKind.OWN_WORDS})
"""They have no text of ours: each is written for the people it goes to."""

ABOUT_STANDS = frozenset(
    {
        MessageKind.STAND_RECEIVED,
        MessageKind.STAND_WAITLISTED,
        MessageKind.STAND_FREED,
        MessageKind.STAND_ACCEPTED,
        MessageKind.STAND_TO_COMPLETE,
        MessageKind.STAND_DECLINED,
        MessageKind.STAND_WITHDRAWN,
        MessageKind.STAND_MISSING,
        MessageKind.STAND_CHANGED,
        MessageKind.STAND_INTERVIEWS,
        MessageKind.STAND_OFF,
        MessageKind.FOLLOW_UP_SIX_WEEKS,
        MessageKind.FOLLOW_UP_SIX_MONTHS,
    }
)
"""To an exhibitor, about their stand."""

FOLLOW_UPS = frozenset({MessageKind.FOLLOW_UP_SIX_WEEKS, MessageKind.FOLLOW_UP_SIX_MONTHS})
"""To an exhibitor after an event: what came of it?"""

ABOUT_COMPANIES = frozenset({MessageKind.EMPLOYER_INVITATION, MessageKind.SPEAKER_ANSWER, MessageKind.CONTACT_NOTICE})
"""To somebody who speaks for a company, or is a contact there."""

ABOUT_ALERTS = frozenset({MessageKind.OFFER_ALERT, MessageKind.ALERT_NOTICE})
"""To a candidate, or an address of nobody known, about an alert on offers."""

ABOUT_APPLICATIONS = frozenset(
    {
        MessageKind.APPLICATION_SHORTLISTED,
        MessageKind.APPLICATION_REFUSED,
        MessageKind.APPLICATION_HIRED,
        MessageKind.APPLICATION_OBSOLETE,
        MessageKind.APPLICATION_TO_TELL,
    }
)
"""Where an application for an offer stands."""

ABOUT_DECLARATIONS = frozenset({MessageKind.DECLARATION_DUE, MessageKind.DECLARATION_REFUSED})
"""To a company, about the hours that it declares each month."""

ABOUT_NO_SIGN_UP = (
    ABOUT_ACCOUNTS
    | ABOUT_COMPANIES
    | ABOUT_APPLICATIONS
    | ABOUT_ALERTS
    | ABOUT_DECLARATIONS
    | {
        MessageKind.SIGN_IN,
        MessageKind.DIGEST,
        MessageKind.CLAUSE_LAPSES,
        MessageKind.CHAPTER_DUE,
        MessageKind.RETENTION_NOTICE,
        MessageKind.PROOF,
        MessageKind.FAREWELL,
        MessageKind.OFFER_REQUEST,
    }
)
"""About an account or a file, not about one sign-up."""


def to_former_address(facts: Mapping[str, Any]) -> bool:
    """Whether the message tells an address that is its reader’s no more: nobody else is to get it."""
    return bool(facts.get("change") == AccountChange.EMAIL)


def goes_once(kind: str, facts: Mapping[str, Any]) -> bool:
    """Whether the message is never sent again: its kind says so, or the address that it went to is kept no more."""
    return kind in NEVER_AGAIN or to_former_address(facts)
