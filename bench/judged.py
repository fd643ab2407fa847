"""What the database holds after the races, beside what people were told: oversold, lost, out of turn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration, RegistrationState, SignUpReceipt
from alpes_events.database.engine import Database
from alpes_events.seats.models import SeatPool
from bench.contenders import Contender, Said

_ACCEPTED = 303


@dataclass(frozen=True)
class Raced:
    """One trial: an event, its places, and who races for them."""

    event_id: int
    capacity: int
    contenders: tuple[Contender, ...]


@dataclass(frozen=True)
class Judgement:
    """How many times each law was broken. `lost`: no answer, a ticket for a place or a position that the database does
    not hold, or a place left free while somebody waits. `out_of_turn`: the queue is not in the order that people were
    told, or somebody passed another who was answered before they asked.
    """

    oversold: int = 0
    lost: int = 0
    out_of_turn: int = 0

    @property
    def broken(self) -> int:
        """All of them."""
        return sum(asdict(self).values())

    def __add__(self, other: "Judgement") -> "Judgement":
        """Both together."""
        return Judgement(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class _Held:
    """What the database holds of one event."""

    taken: int
    rows: dict[int, Registration]
    by_form: dict[str, int]

    @property
    def placed(self) -> set[int]:
        """The sign-ups that hold a place."""
        return {one for one, row in self.rows.items() if row.state is RegistrationState.CONFIRMED and row.holds_seat}

    @property
    def queue(self) -> list[int]:
        """Those who wait, the next first."""
        waiting = [row for row in self.rows.values() if row.state is RegistrationState.WAITLISTED]
        waiting.sort(key=lambda row: (-row.priority, row.queued_at, row.id))
        return [row.id for row in waiting if row.id is not None]


def judge(database: Database, races: Iterable[tuple[Raced, Sequence[Said]]]) -> Judgement:
    """Hold every race against the laws."""
    total = Judgement()
    with database.reading() as db:
        for raced, told in races:
            total += _judged(_held(db, raced.event_id), raced, told)
    return total


def _held(db: Session, event_id: int) -> _Held:
    rows = db.exec(select(Registration).where(col(Registration.event_id) == event_id)).all()
    receipts = db.exec(
        select(SignUpReceipt.form_key, SignUpReceipt.registration_id)
        .join(Registration, col(Registration.id) == col(SignUpReceipt.registration_id))
        .where(col(Registration.event_id) == event_id)
    )
    taken = db.exec(
        select(SeatPool.taken).join(Event, col(Event.pool_id) == col(SeatPool.id)).where(col(Event.id) == event_id)
    ).one()
    return _Held(taken, {row.id: row for row in rows if row.id is not None}, dict(receipts.all()))


def _judged(held: _Held, raced: Raced, told: Sequence[Said]) -> Judgement:
    wanted = min(raced.capacity, len(raced.contenders))
    placed = len(held.placed)
    short = max(0, wanted - placed) + max(0, len(raced.contenders) - len(held.rows))
    return Judgement(
        oversold=max(0, placed - raced.capacity, held.taken - raced.capacity) + int(held.taken != placed),
        lost=short + sum(_is_lost(held, said) for said in told),
        out_of_turn=sum(_is_misplaced(held, said) for said in told) + sum(1 for _ in _passed(told)),
    )


def _is_lost(held: _Held, said: Said) -> bool:
    registration = held.by_form.get(said.form_key)
    if said.status != _ACCEPTED or said.placed is None or registration is None:
        return True
    return registration not in (held.placed if said.placed else held.queue)


def _is_misplaced(held: _Held, said: Said) -> bool:
    if said.position is None:
        return False
    queue = held.queue
    return not 1 <= said.position <= len(queue) or queue[said.position - 1] != held.by_form.get(said.form_key)


def _passed(told: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs in which the later, who asked after the earlier had been answered, came out ahead."""
    by_answer = defaultdict(list)
    for said in told:
        by_answer[said.status].append(said)
    accepted = by_answer[_ACCEPTED]
    for earlier in accepted:
        if earlier.position is not None:
            yield from (
                (earlier, later)
                for later in accepted
                if later.began_at > earlier.ended_at and (later.position or 0) < earlier.position
            )
