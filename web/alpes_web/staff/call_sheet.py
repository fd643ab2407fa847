"""The calls to make, by person: who, on which number, and what to say for each piece of news."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from alpes_events.messages.call_list import Call
from alpes_events.messages.contacts import Contact
from alpes_events.messages.file_calls import FileCall
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.spoken import Speech, speech


@dataclass(frozen=True)
class Errand:
    """One piece of news for a person: the call about a sign-up, or about their file; and what to say."""

    speech: Speech
    call: Call | None = None
    about_file: FileCall | None = None

    @property
    def id(self) -> int:
        """The number of the call."""
        return self.call.id if self.call is not None else self.about_file.id if self.about_file is not None else 0


@dataclass
class Callee:
    """Somebody to call, with all that there is to tell them. `rests_until`: they asked to be called later."""

    contact: Contact
    errands: list[Errand] = field(default_factory=list)
    call_count: int = 0
    called_at: datetime | None = None
    caller: str | None = None
    rests_until: datetime | None = None


def callees(
    calls: Iterable[Call], about_files: Iterable[FileCall], *, organisation: str, now: datetime
) -> list[Callee]:
    """The people to call, in the order of their first call; those who rest come last."""
    found: dict[int, Callee] = {}
    for call in calls:
        one = _callee(found, call.contact, call, now=now)
        one.errands.append(Errand(_speech(call.kind, call.contact, organisation), call=call))
    for file in about_files:
        one = _callee(found, file.contact, file, now=now)
        one.errands.append(Errand(_speech(MessageKind.RETENTION_NOTICE, file.contact, organisation), about_file=file))
    return sorted(found.values(), key=lambda one: one.rests_until is not None)


def _callee(found: dict[int, Callee], contact: Contact, call: Call | FileCall, *, now: datetime) -> Callee:
    one = found.setdefault(contact.candidate_id, Callee(contact))
    one.call_count = max(one.call_count, call.call_count)
    if call.called_at is not None and (one.called_at is None or call.called_at > one.called_at):
        one.called_at, one.caller = call.called_at, call.caller
    if call.rests(now=now):
        one.rests_until = max(filter(None, (one.rests_until, call.call_again_at)))
    return one


def _speech(kind: MessageKind, contact: Contact, organisation: str) -> Speech:
    return speech(kind, given_name=contact.given_name, family_name=contact.family_name, organisation=organisation)
