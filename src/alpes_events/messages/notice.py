"""Who will be told of a change, how, and in which words, before anything is stored.

The change is rehearsed: its own command runs, and what it wrote in the journal is read in the same transaction as the
consumer `messages` would read it; unless that was seen before, the transaction is taken back. So the preview knows what
the command knows (sessions that follow, places that pass to others), and no second rule can drift from the first.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby, islice

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.database.parts import parts
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.catalogue import Owed, Way
from alpes_events.messages.consumer import Recipient, owed_to
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.links import PreviewLinks
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.occasion import Occasion, occasion_at
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import Rendered, render
from alpes_events.messages.unreached import those_whose_last_failed
from alpes_events.messages.wording import wording_of
from alpes_events.territory.organisation import current_organisation

MOST_LETTERS = 12
"""How many different messages are shown: a change of many events makes some for each of them."""


@dataclass(frozen=True)
class Told:
    """One person, what they will be told, and how. `way` NOTHING: neither e-mail nor telephone, or not worth a call.

    `last_failed`: the last message that we wrote to them never left, and this one may not either.
    """

    kind: MessageKind
    way: Way
    person: Recipient
    state: RegistrationState
    last_failed: bool = False

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.person.contact.given_name} {self.person.contact.family_name}".strip()


@dataclass(frozen=True)
class Letter:
    """What the message of one person says; `count` others get the same with their own name and links."""

    kind: MessageKind
    language: str
    state: RegistrationState
    count: int
    to: str
    rendered: Rendered


@dataclass(frozen=True)
class Notice:
    """Everybody whom a change tells, in the order of their names, the messages that they get, and what those who are
    called are called about. `unshown` are the messages beyond the first dozen: for how many people each.
    """

    told: tuple[Told, ...] = ()
    letters: tuple[Letter, ...] = ()
    called_about: tuple[Occasion, ...] = ()
    unshown: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many sign-ups are told of something, or should be."""
        return len(self.told)

    @property
    def mark(self) -> str:
        """The same for the same people told the same by the same way in the same words. Deadlines run on meanwhile."""
        people = [(one.person.registration_id, one.kind.value, one.way.value) for one in self.told]
        words = [one.rendered.text for one in self.letters if one.kind is not MessageKind.OFFERED]
        return sha256(repr((people, words, self.called_about)).encode()).hexdigest()[:32]

    @property
    def by_mail(self) -> tuple[Told, ...]:
        """Those who get an e-mail."""
        return tuple(one for one in self.told if one.way is Way.MAIL)

    @property
    def doubtful(self) -> tuple[Told, ...]:
        """Those who get an e-mail though the last one never left."""
        return tuple(one for one in self.by_mail if one.last_failed)

    @property
    def by_telephone(self) -> tuple[Told, ...]:
        """Those who go to the call list."""
        return tuple(one for one in self.told if one.way is Way.CALL)

    @property
    def untold(self) -> tuple[Told, ...]:
        """Those whom nobody can tell."""
        return tuple(one for one in self.told if one.way is Way.NOTHING)


def notice_of(db: Session, entry_ids: Sequence[int], *, base_url: str, now: datetime) -> Notice:
    """Whom these entries of the journal tell, with the messages as they would leave now."""
    db.flush()
    db.expire_all()
    entries = db.exec(select(JournalEntry).where(col(JournalEntry.id).in_(entry_ids)).order_by(col(JournalEntry.id)))
    owed = [one for entry in entries.all() for one in owed_to(db, entry, now=now)]
    states = _states(db, [person.registration_id for _owed, person, _way in owed])
    failed = those_whose_last_failed(db, [person.candidate_id for _owed, person, way in owed if way is Way.MAIL])
    told = [
        (one, Told(one.kind, way, person, states[person.registration_id], person.candidate_id in failed))
        for one, person, way in owed
    ]
    groups = _groups(told)
    letters = tuple(islice(_letters(db, groups, base_url=base_url, now=now), MOST_LETTERS))
    by_name = sorted((one for _owed, one in told), key=_by_name)
    return Notice(tuple(by_name), letters, _called_about(db, by_name), tuple(len(group) for group in groups))


def _groups(told: Iterable[tuple[Owed, Told]]) -> deque[list[tuple[Owed, Told]]]:
    """Those who get an e-mail, by occasion, message, language and standing: what differs between these is more than a
    name.
    """
    mailed = sorted(((owed, one) for owed, one in told if one.way is Way.MAIL), key=_alike)
    return deque(list(group) for _key, group in groupby(mailed, key=_alike))


def _letters(db: Session, groups: deque[list[tuple[Owed, Told]]], *, base_url: str, now: datetime) -> Iterator[Letter]:
    """One letter for each group, which is taken from the left; what nobody asks for stays there."""
    while groups:
        alike = groups.popleft()
        owed, first = alike[0]
        _event, _session, kind, language, state = _alike(alike[0])
        rendered = _rendered(db, owed, first, base_url=base_url, now=now)
        if rendered is not None:
            yield Letter(MessageKind(kind), language, RegistrationState(state), len(alike), first.name, rendered)


def _rendered(db: Session, owed: Owed, one: Told, *, base_url: str, now: datetime) -> Rendered | None:
    message = OutboxMessage(
        kind=one.kind.value,
        once_key="",
        candidate_id=one.person.candidate_id,
        registration_id=one.person.registration_id,
        event_id=one.person.event_id,
        facts=dict(owed.facts),
        language=one.person.language,
        due_at=now,
        created_at=now,
        message_id="",
    )
    moment = moment_of(db, message, now=now)
    if not still_due(moment):
        return None
    return render(moment, PreviewLinks(base_url), wording=wording_of(db, moment.kind, moment.language))


def _states(db: Session, registration_ids: Iterable[int]) -> dict[int, RegistrationState]:
    ids = sorted(set(registration_ids))
    found: dict[int, RegistrationState] = {}
    for part in parts(ids):
        rows = db.exec(select(Registration.id, Registration.state).where(col(Registration.id).in_(part)))
        found |= {
            registration_id: RegistrationState(state) for registration_id, state in rows if registration_id is not None
        }
    return found


def _called_about(db: Session, told: Iterable[Told]) -> tuple[Occasion, ...]:
    """What a caller will say has no text of its own: the hours and the place of what the person signed up for."""
    called = {_occasion(one.person) for one in told if one.way is Way.CALL}
    if not called:
        return ()
    organisation = current_organisation(db)
    return tuple(occasion_at(db, event, session or None, organisation) for event, session in sorted(called))


def _occasion(person: Recipient) -> tuple[int, int]:
    return person.event_id, person.session_id or 0


def _alike(pair: tuple[Owed, Told]) -> tuple[int, int, str, str, str]:
    one = pair[1]
    return *_occasion(one.person), one.kind.value, one.person.language, one.state.value


def _by_name(one: Told) -> tuple[str, str, int]:
    return one.person.contact.family_name, one.person.contact.given_name, one.person.registration_id
