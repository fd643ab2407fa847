"""The call list: people with a telephone only, what to tell each, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.agenda.models import Event, EventSession, Venue
from alpes_events.attendance.models import Registration
from alpes_events.attendance.offers import start_deadline
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.own_times import OwnTime, own_times
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.messages.contacts import Contact, contacts_of
from alpes_events.messages.kinds import NOT_OURS, MessageKind
from alpes_events.messages.letters import in_language, letters_of
from alpes_events.messages.models import CallState, CallTask
from alpes_events.messages.occasion import Occasion, Standing, occasion_of, standings_of
from alpes_events.messages.placeholders import spoken_words
from alpes_events.messages.relevance import still_true
from alpes_events.people.models import Account
from alpes_events.territory.organisation import current_organisation

_FIRST = datetime.min.replace(tzinfo=UTC)
_OPEN = (CallState.TO_CALL, CallState.NOT_REACHED)

NEWS: dict[MessageKind, Sentence] = {
    MessageKind.OFFERED: say(N_("Une place s’est libérée : la veut-elle ? Le délai pour répondre part de l’appel.")),
    MessageKind.CONFIRMED: say(N_("Une place s’est libérée : elle est à cette personne.")),
    MessageKind.CHANGED: say(N_("La date, l’heure ou le lieu a changé.")),
    MessageKind.REVOKED: say(N_("Nous avons dû annuler son inscription.")),
    MessageKind.EVENT_CANCELLED: say(N_("Ce rendez-vous est annulé.")),
    MessageKind.INTERVIEW_TIMES: say(N_("Ses entretiens ont une heure, ou une autre qu’avant.")),
    MessageKind.OWN_WORDS: say(N_("Un message de l’équipe à lui dire.")),
}
"""What to tell, in one sentence for the caller."""


class UnknownCall(NotFound):
    """No such call."""

    def __init__(self) -> None:
        super().__init__(N_("Cet appel n’est pas dans la liste."))


class CallIsOver(Refusal):
    """Somebody made the call, or the news is out of date."""

    def __init__(self) -> None:
        super().__init__(N_("Cet appel n’est plus à faire : la liste a changé depuis."))


@dataclass(frozen=True)
class Call:
    """One call: whom, on which number, about what. `called_at` and `caller` are those of the last try; `words` the
    team's own, a paragraph each; `times` the interviews that the call tells.
    """

    id: int
    kind: MessageKind
    state: CallState
    contact: Contact
    occasion: Occasion
    standing: Standing
    created_at: datetime
    call_count: int
    called_at: datetime | None
    caller: str | None
    call_again_at: datetime | None
    words: tuple[str, ...] = ()
    times: tuple[OwnTime, ...] = ()

    def rests(self, *, now: datetime) -> bool:
        """Whether they asked to be called later, and later is not yet."""
        return self.call_again_at is not None and self.call_again_at > now

    @property
    def news(self) -> Sentence:
        """What to tell."""
        return say(N_("De l’équipe : « %(words)s »"), words=" ".join(self.words)) if self.words else NEWS[self.kind]


def calls_to_make(db: Session, *, now: datetime, event_id: int | None = None) -> list[Call]:
    """The calls still to make (of one event, or all), oldest first. News that is no longer true is left out."""
    calls = _calls(db, event_id=event_id)
    due = [call for call in calls if still_true(call.kind, call.standing, call.occasion, now=now)]
    return sorted(due, key=lambda call: call.call_again_at if call.rests(now=now) and call.call_again_at else _FIRST)


def mark_reached(db: Session, call_id: int, *, account_id: int, now: datetime) -> None:
    """Somebody was reached. If a place is offered to them, their time to answer starts now.

    Raises `UnknownCall`, `CallIsOver`.
    """
    task = _tried(db, call_id, state=CallState.REACHED, account_id=account_id, now=now)
    if task.kind == MessageKind.OFFERED and task.registration_id is not None:
        start_deadline(db, task.registration_id, now=now)


def mark_not_reached(db: Session, call_id: int, *, account_id: int, now: datetime) -> None:
    """Nobody answered: the call stays in the list. Raises `UnknownCall`, `CallIsOver`."""
    _tried(db, call_id, state=CallState.NOT_REACHED, account_id=account_id, now=now)


def call_later(db: Session, call_id: int, *, again_at: datetime, account_id: int, now: datetime) -> None:
    """Somebody answered and asks to be called at `again_at`: the call stays in the list, beneath the others until then.

    Raises `UnknownCall`, `CallIsOver`.
    """
    task = _tried(db, call_id, state=CallState.NOT_REACHED, account_id=account_id, now=now)
    task.call_again_at = again_at


def _tried(db: Session, call_id: int, *, state: CallState, account_id: int, now: datetime) -> CallTask:
    task = db.get(CallTask, call_id, with_for_update=True)
    if task is None:
        raise UnknownCall
    if task.state not in _OPEN:
        raise CallIsOver
    task.state, task.called_at, task.called_by = state, now, account_id
    task.call_count += 1
    task.call_again_at = None
    db.add(task)
    return task


def _calls(db: Session, *, event_id: int | None) -> list[Call]:
    query = (
        columns(CallTask, Registration, Account, Event, EventSession, Venue)
        .join(Registration, col(CallTask.registration_id) == col(Registration.id))
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(Account, col(CallTask.called_by) == col(Account.id), isouter=True)
        .where(col(CallTask.state).in_(_OPEN))
        .order_by(col(CallTask.created_at), col(CallTask.id))
    )
    if event_id is not None:
        query = query.where(col(CallTask.event_id) == event_id)
    rows = db.execute(query).all()  # what `occasion_of` looks up is then at hand
    organisation = current_organisation(db)
    contacts = contacts_of(db, {task.candidate_id for task, *_ in rows})
    words = _words(db, [(task, registration) for task, registration, *_ in rows], contacts)
    times = _times(db, [registration for task, registration, *_ in rows if task.kind == MessageKind.INTERVIEW_TIMES])
    standings = standings_of(db, [registration for _, registration, *_ in rows])
    return [
        Call(
            id=task.id or 0,
            kind=MessageKind(task.kind),
            state=task.state,
            contact=contacts[task.candidate_id],
            occasion=occasion_of(db, registration, organisation),
            standing=standing,
            created_at=task.created_at,
            call_count=task.call_count,
            called_at=task.called_at,
            caller=None if caller is None else caller.name,
            call_again_at=task.call_again_at,
            words=words.get(task.id or 0, ()),
            times=times.get(registration.id or 0, ()) if task.kind == MessageKind.INTERVIEW_TIMES else (),
        )
        for (task, registration, caller, *_), standing in zip(rows, standings, strict=True)
    ]


def _times(db: Session, registrations: Sequence[Registration]) -> dict[int, tuple[OwnTime, ...]]:
    """The interviews to come of these sign-ups."""
    found: dict[int, list[OwnTime]] = {}
    for one in own_times(db, [registration.id or 0 for registration in registrations]):
        if one.state is InterviewState.PLANNED:
            found.setdefault(one.registration_id, []).append(one)
    return {registration_id: tuple(times) for registration_id, times in found.items()}


def _words(
    db: Session, calls: Sequence[tuple[CallTask, Registration]], contacts: Mapping[int, Contact]
) -> dict[int, tuple[str, ...]]:
    """What the team wrote itself, for the calls that tell it."""
    written = [(task, registration) for task, registration in calls if task.kind in NOT_OURS and task.entry_id]
    if not written:
        return {}
    letters = letters_of(db, [task.entry_id or 0 for task, _registration in written])
    organisation = current_organisation(db)
    return {
        task.id or 0: spoken_words(
            in_language(letters[task.entry_id or 0], registration.language),
            name=contacts[task.candidate_id].given_name,
            organisation=organisation,
            occasion=occasion_of(db, registration, organisation),
            language=registration.language,
        )
        for task, registration in written
        if task.entry_id in letters
    }
