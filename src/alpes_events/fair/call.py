"""The call to exhibitors: when one may ask for a stand, which places and options there are, and in which villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.fair.codes import LIVE, Missing, PlaceKind, StandOption
from alpes_events.fair.models import Exhibitor, StandCall, Village
from alpes_events.fair.places import count_in, fill_free_stands, hold_stands, uncounted_exhibitors
from alpes_events.fair.refusals import BadCall, VillageInUse
from alpes_events.fair.stand import clean_label
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold, written
from alpes_events.language.sentence import N_
from alpes_events.seats.pool import CapacityBelowTaken, check_capacity, open_pool, pool_state, resize_pool

LONGEST_RULES = 5000


@dataclass(frozen=True)
class VillageDraft:
    """A village as written: its places are counted apart (None: without limit). `id` names the stored one."""

    name: str
    capacity: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class CallDraft:
    """A call as written. `capacity` is that of places outside the villages; None: without limit."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    capacity: int | None = None
    place_kinds: tuple[PlaceKind, ...] = (PlaceKind.STAND,)
    options: tuple[StandOption, ...] = ()
    asked_for: tuple[Missing, ...] = ()
    complete_by: datetime | None = None
    rules: str = ""
    villages: tuple[VillageDraft, ...] = ()


def set_call(db: Session, event_id: int, draft: CallDraft, *, now: datetime, account_id: int | None) -> None:
    """Open an event to exhibitors, or make its call say what the draft says. More places go at once to who waits.

    Raises `BadCall` by field, `CapacityBelowTaken`, `VillageInUse` for a village that somebody is in.
    """
    _check(draft)
    event = hold_event(db, event_id)
    call = db.get(StandCall, event_id)
    uncounted = uncounted_exhibitors(db, event_id)
    if call is None:
        _check_room(draft.capacity, len(uncounted))
        pool_id = open_pool(db, capacity=draft.capacity)
        call = StandCall(event_id=event.id or 0, pool_id=pool_id, created_at=now, revised_at=now)
    else:
        _check_room(draft.capacity, pool_state(db, call.pool_id).taken + len(uncounted))
        _resize(db, call.pool_id, draft.capacity, field="capacity")
    count_in(db, call.pool_id, uncounted)
    call.sqlmodel_update(
        {
            "opens_at": draft.opens_at,
            "closes_at": draft.closes_at,
            "place_kinds": [kind.value for kind in draft.place_kinds],
            "options": [option.value for option in draft.options],
            "asked_for": [wanted.value for wanted in draft.asked_for],
            "complete_by": draft.complete_by,
            "rules": written(draft.rules),
            "revised_at": now,
            "closed_at": None,
        }
    )
    db.add(call)
    db.flush()
    _set_villages(db, event_id, draft.villages, now=now)
    _fill_everything(db, event_id, now=now)
    _record(db, event_id, now=now, account_id=account_id)


def close_call(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Nobody asks for a stand any more; who asked stays. A second time changes nothing."""
    call = db.get(StandCall, event_id)
    if call is None or call.closed_at is not None:
        return
    call.closed_at = now
    db.add(call)
    _record(db, event_id, now=now, account_id=account_id)


def villages_of(db: Session, event_id: int) -> list[Village]:
    """The villages of an event, in their order."""
    rows = select(Village).where(col(Village.event_id) == event_id, col(Village.retired_at).is_(None))
    return list(db.exec(rows.order_by(col(Village.position), col(Village.id))))


def draft_of_call(db: Session, event_id: int) -> CallDraft | None:
    """The call as it was written; None where the event is not open to exhibitors."""
    call = db.get(StandCall, event_id)
    if call is None:
        return None
    return CallDraft(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        capacity=pool_state(db, call.pool_id).capacity,
        place_kinds=tuple(PlaceKind(kind) for kind in call.place_kinds),
        options=tuple(StandOption(option) for option in call.options),
        asked_for=tuple(Missing(wanted) for wanted in call.asked_for),
        complete_by=call.complete_by,
        rules=call.rules,
        villages=tuple(
            VillageDraft(village.name, pool_state(db, village.pool_id).capacity, village.id)
            for village in villages_of(db, event_id)
        ),
    )


def _check(draft: CallDraft) -> None:
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        sentence = N_("Les demandes se terminent avant de s’ouvrir : changez une des deux dates.")
        raise BadCall(sentence, field="closes_at")
    if not draft.place_kinds:
        raise BadCall(N_("Choisissez au moins une sorte de place."), field="place_kinds")
    if len(written(draft.rules)) > LONGEST_RULES:
        raise BadCall(N_("Ce texte est trop long : %(longest)d signes au plus."), field="rules", longest=LONGEST_RULES)
    check_capacity(draft.capacity)
    names = [fold(clean_label(village.name, field="villages")) for village in draft.villages]
    if len(set(names)) < len(names):
        raise BadCall(N_("Deux villages ont le même nom : changez-en un."), field="villages")
    for village in draft.villages:
        check_capacity(village.capacity)


def _set_villages(db: Session, event_id: int, drafts: Sequence[VillageDraft], *, now: datetime) -> None:
    rows = db.exec(select(Village).where(col(Village.event_id) == event_id)).all()
    by_id, by_name = {row.id: row for row in rows}, {fold(row.name): row for row in rows}
    kept: set[int | None] = set()
    named: list[tuple[Village, str]] = []
    for position, draft in enumerate(drafts):
        name = clean_label(draft.name, field="villages")
        row = by_id.get(draft.id) or by_name.get(fold(name))
        if row is None:
            pool_id = open_pool(db, capacity=draft.capacity)
            row = Village(event_id=event_id, name=name, position=position, pool_id=pool_id)
        else:
            _resize(db, row.pool_id, draft.capacity, field="villages")
            row.name = name if row.name == name else f"~{row.id}"  # two villages may take each other's name
        row.position, row.retired_at = position, None
        db.add(row)
        db.flush()
        kept.add(row.id)
        named.append((row, name))
    for row, name in named:
        row.name = name
        db.add(row)
    for row in rows:
        if row.id not in kept and row.retired_at is None:
            _retire(db, row, now=now)


def _retire(db: Session, village: Village, *, now: datetime) -> None:
    there = select(Exhibitor.name).where(col(Exhibitor.village_id) == village.id, col(Exhibitor.state).in_(LIVE))
    somebody = db.exec(there.order_by(col(Exhibitor.name))).first()
    if somebody is not None:
        raise VillageInUse(village=village.name, name=somebody)
    village.retired_at = now
    db.add(village)


def _resize(db: Session, pool_id: int, capacity: int | None, *, field: str) -> None:
    try:
        if pool_state(db, pool_id).capacity != capacity:
            resize_pool(db, pool_id, capacity=capacity)
    except CapacityBelowTaken as refusal:
        raise _too_few(refusal.facts["taken"], field=field) from refusal


def _check_room(capacity: int | None, taken: int) -> None:
    if capacity is not None and capacity < taken:
        raise _too_few(taken, field="capacity")


def _too_few(taken: object, *, field: str) -> BadCall:
    sentence = N_("%(taken)d stands y sont déjà : choisissez au moins ce nombre, ou refusez d’abord des demandes.")
    return BadCall(sentence, field=field, taken=taken)


def _fill_everything(db: Session, event_id: int, *, now: datetime) -> None:
    for village_id in [None, *(village.id for village in villages_of(db, event_id))]:
        fill_free_stands(db, hold_stands(db, event_id, village_id), now=now)


def _record(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    record(db, EntryKind.STAND_CALL_CHANGED, subject=("event", event_id), now=now, account_id=account_id)
