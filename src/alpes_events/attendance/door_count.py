"""Visitors counted at the door, by half-hour and without names. Counts are only ever added: a negative one corrects."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import hold_event
from alpes_events.attendance.marks import HELD, EventNotHeld
from alpes_events.attendance.models import DoorCount
from alpes_events.attendance.reference import check_key
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class DoorTally:
    """Visitors counted in the half-hour that holds `at`; `territory_count` None: not asked where they live."""

    at: datetime
    visitor_count: int
    territory_count: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether those of the territory can be among the visitors, counted or taken away."""
        least, most = sorted((0, self.visitor_count))
        return self.territory_count is None or least <= self.territory_count <= most


def count_visitors(
    db: Session, event_id: int, tally: DoorTally, *, count_key: str, now: datetime, account_id: int | None
) -> bool:
    """Add a count of the door. A negative one corrects; it cannot take a half-hour below zero, and those of the
    territory are among the visitors.

    False when this count was received before.
    """
    check_key(count_key)
    event = hold_event(db, event_id)
    if db.exec(select(DoorCount.id).where(DoorCount.count_key == count_key)).first() is not None:
        return False
    if event.state not in HELD:
        raise EventNotHeld
    if not tally.is_possible:
        raise BadInput(
            N_("Les personnes du territoire sont parmi les visiteurs : elles ne peuvent pas être plus nombreuses."),
            field="territory_count",
        )
    half_hour = half_hour_of(tally.at)
    counted = visitors_in(db, event_id, half_hour)
    if counted + tally.visitor_count < 0:
        raise BadInput(
            N_("On ne peut pas retirer plus que les %(counted)d personnes comptées dans cette demi-heure."),
            field="visitor_count",
            counted=counted,
        )
    db.add(
        DoorCount(
            count_key=count_key,
            event_id=event_id,
            half_hour_at=half_hour,
            visitor_count=tally.visitor_count,
            territory_count=tally.territory_count,
            counted_at=now,
            counted_by=account_id,
        )
    )
    record(
        db,
        EntryKind.VISITORS_COUNTED,
        subject=("event", event_id),
        now=now,
        account_id=account_id,
        facts={"visitor_count": tally.visitor_count},
    )
    return True


def half_hour_of(at: datetime) -> datetime:
    """The beginning of the half-hour that holds `at`."""
    return at.replace(minute=at.minute - at.minute % 30, second=0, microsecond=0)


def visitors_in(db: Session, event_id: int, half_hour_at: datetime) -> int:
    """Visitors counted so far in one half-hour."""
    total = db.exec(
        select(func.coalesce(func.sum(DoorCount.visitor_count), 0)).where(
            col(DoorCount.event_id) == event_id, col(DoorCount.half_hour_at) == half_hour_at
        )
    ).one()
    return int(total)
