"""Every message that the platform can send, and what is fixed about each."""

from enum import StrEnum


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
    THANKS = "thanks"
    DIGEST = "digest"
    SIGN_IN = "sign_in"
    RETENTION_NOTICE = "retention_notice"


URGENT = frozenset({MessageKind.SIGN_IN})
"""Somebody waits before a screen: these leave first, in a lane of their own."""

ABOUT_NO_SIGN_UP = frozenset({MessageKind.SIGN_IN, MessageKind.DIGEST, MessageKind.RETENTION_NOTICE})
"""About an account or a file, not about one sign-up."""
