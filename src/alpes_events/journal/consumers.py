"""Who is told of what happens: the consumers of the platform, and those that somebody builds on it.

An installed package adds one through the entry points `alpes.consumers` (its name there is the consumer's), a program
of one's own with `add_consumer`. What happens is owed to a consumer from then on; what happened before is not.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from sqlmodel import Session

from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry

Consumer = Callable[[Session, JournalEntry, datetime], None]
"""What a consumer is: it writes through the session it is given, never commits, and may be told the same twice."""

OWN: Mapping[str, frozenset[str] | None] = {
    "messages": None,
    "statistics": None,
    "wishes": frozenset(
        {
            EntryKind.REGISTRATION_CANCELLED,
            EntryKind.REGISTRATION_REVOKED,
            EntryKind.REGISTRATION_EXPIRED,
            EntryKind.EVENT_CANCELLED,
            EntryKind.EVENT_WITHDRAWN,
            EntryKind.SESSION_CANCELLED,
        }
    ),
    "interviews": frozenset(
        {
            EntryKind.REGISTRATION_CANCELLED,
            EntryKind.REGISTRATION_REVOKED,
            EntryKind.REGISTRATION_EXPIRED,
            EntryKind.EVENT_CANCELLED,
            EntryKind.EVENT_WITHDRAWN,
            EntryKind.SESSION_CANCELLED,
            EntryKind.STAND_WITHDRAWN,
            EntryKind.STAND_DECLINED,
        }
    ),
    "rankings": frozenset({EntryKind.OFFER_PUBLISHED, EntryKind.PROJECT_REVISED, EntryKind.ORGANISATION_REVISED}),
    "webhooks": frozenset(
        {
            EntryKind.EVENT_PUBLISHED,
            EntryKind.EVENT_REVISED,
            EntryKind.SESSION_REVISED,
            EntryKind.SESSION_CANCELLED,
            EntryKind.CAPACITY_CHANGED,
            EntryKind.EVENT_CANCELLED,
            EntryKind.EVENT_WITHDRAWN,
            EntryKind.CATALOGUE_CHANGED,
        }
    ),
}
"""The consumers of the platform itself, with the kinds of entries that each is told of (None: of all)."""

_GROUP = "alpes.consumers"
_NAME = re.compile(r"[a-z][a-z0-9_]{1,31}\Z", re.ASCII)
_added: dict[str, Consumer] = {}


def add_consumer(name: str, tell: Consumer) -> None:
    """Tell `tell` of everything from now on. Raises `ValueError` for a name that is taken or is no plain word."""
    if not _NAME.match(name) or name in consumer_names():
        raise ValueError(f"{name!r} is no free name for a consumer")
    _added[name] = tell


def consumer_names(kind: str | None = None) -> tuple[str, ...]:
    """Everyone to whom an entry of this kind is owed; without a kind, everyone."""
    own = (name for name, kinds in OWN.items() if kind is None or kinds is None or kind in kinds)
    return (*own, *(entry.name for entry in _installed()), *_added)


def added_consumers() -> Mapping[str, Consumer]:
    """The consumers that are not the platform's own, ready to be told."""
    return {**{entry.name: entry.load() for entry in _installed()}, **_added}


@cache
def _installed() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=_GROUP), key=lambda entry: entry.name))
