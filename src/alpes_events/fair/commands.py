"""Changes to the fair of an event: who exhibits, and which trades are shown. Interviews: `fair.interviews`."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.fair.places import hold_stands, take_free
from alpes_events.fair.refusals import (
    BadLabel,
    DemonstrationThere,
    ExhibitorThere,
    FairIsOff,
    NoStandFree,
    UnknownDemonstration,
    UnknownExhibitor,
)
from alpes_events.fair.stand import ExhibitorDraft, clean_exhibitor, clean_label
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_
from alpes_events.seats.pool import lock_pool
from alpes_events.territory.models import Commune, Organisation
from alpes_events.territory.queries import territory_members


def add_exhibitor(db: Session, event_id: int, draft: ExhibitorDraft, *, now: datetime, account_id: int | None) -> int:
    """Add an exhibitor who comes to an event and give its id. One whose request is over comes back on its own line.

    Raises `ExhibitorThere` for the same name (accents and capitals apart), `BadLabel`, `FairIsOff`, and `NoStandFree`
    where the event counts its stands and none is left.
    """
    return add_exhibitors(db, event_id, [draft], now=now, account_id=account_id)[0]


def add_exhibitors(
    db: Session,
    event_id: int,
    drafts: Iterable[ExhibitorDraft],
    *,
    village_id: int | None = None,
    now: datetime,
    account_id: int | None,
) -> list[int]:
    """Add many exhibitors to an event, or to one of its villages, as `add_exhibitor` does one. Gives their ids in
    order. Raises `UnknownVillage` too.
    """
    _open_fair(db, event_id)
    known = _by_name(db, event_id)
    stands = hold_stands(db, event_id, village_id)
    added = []
    for draft in map(clean_exhibitor, drafts):
        there = known.get(fold(draft.name))
        if there is not None and there.state in LIVE:
            raise ExhibitorThere(name=there.name, exhibitor_id=there.id or 0)
        if not take_free(db, stands):
            raise NoStandFree
        exhibitor = there or Exhibitor(event_id=event_id, name="")
        write_exhibitor(db, exhibitor, draft)
        exhibitor.village_id = village_id
        exhibitor.state, exhibitor.holds_seat = ExhibitorState.ACCEPTED, stands.pool_id is not None
        exhibitor.approved_at = exhibitor.changed_at = now
        known[fold(draft.name)] = exhibitor
        added.append(_keep(db, exhibitor, now=now, account_id=account_id))
    return added


def revise_exhibitor(
    db: Session, exhibitor_id: int, draft: ExhibitorDraft, *, now: datetime, account_id: int | None
) -> None:
    """Make an exhibitor's line say what the draft says: another name, commune or search."""
    exhibitor = the_exhibitor(db, exhibitor_id)
    clean = clean_exhibitor(draft)
    _open_fair(db, exhibitor.event_id)
    there = _by_name(db, exhibitor.event_id).get(fold(clean.name))
    if there is not None and there.id != exhibitor_id:
        raise ExhibitorThere(name=there.name, exhibitor_id=there.id or 0)
    write_exhibitor(db, exhibitor, clean)
    _keep(db, exhibitor, now=now, account_id=account_id)


def add_demonstration(db: Session, event_id: int, title: str, *, now: datetime, account_id: int | None) -> int:
    """Add a trade that is shown at an event, and give its id."""
    wanted = clean_label(title, field="title")
    _open_fair(db, event_id)
    for shown in db.exec(select(Demonstration).where(col(Demonstration.event_id) == event_id)):
        if fold(shown.title) == fold(wanted):
            raise DemonstrationThere(title=shown.title, demonstration_id=shown.id or 0)
    demonstration = Demonstration(event_id=event_id, title=wanted)
    db.add(demonstration)
    db.flush()
    assert demonstration.id is not None
    _record(db, event_id, "demonstration_id", demonstration.id, now=now, account_id=account_id)
    return demonstration.id


def remove_demonstration(db: Session, demonstration_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take a demonstration off the list: it was written by mistake, or not shown."""
    demonstration = db.get(Demonstration, demonstration_id)
    if demonstration is None:
        raise UnknownDemonstration
    _open_fair(db, demonstration.event_id)
    db.delete(demonstration)
    _record(db, demonstration.event_id, "demonstration_id", demonstration_id, now=now, account_id=account_id)


def the_exhibitor(db: Session, exhibitor_id: int) -> Exhibitor:
    """The exhibitor, or `UnknownExhibitor`."""
    exhibitor = db.get(Exhibitor, exhibitor_id, populate_existing=True)
    if exhibitor is None:
        raise UnknownExhibitor
    return exhibitor


def _open_fair(db: Session, event_id: int) -> Event:
    """The event, its fair held until the transaction ends so that two hands do not write one line."""
    event = the_event(db, event_id)
    if event.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        raise FairIsOff
    lock_pool(db, event.pool_id)
    return event


def _by_name(db: Session, event_id: int) -> dict[str, Exhibitor]:
    """The exhibitors of an event, withdrawn ones too, by folded name."""
    rows = db.exec(select(Exhibitor).where(col(Exhibitor.event_id) == event_id).order_by(col(Exhibitor.id).desc()))
    return {fold(row.name): row for row in rows}


def write_exhibitor(db: Session, exhibitor: Exhibitor, draft: ExhibitorDraft) -> None:
    """The draft's words, and whether it is of the territory on the day of the event (None: nobody said where)."""
    if draft.insee_code is not None and db.get(Commune, draft.insee_code) is None:
        raise BadLabel(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="insee_code")
    exhibitor.name = draft.name
    exhibitor.insee_code = draft.insee_code
    inside = draft.in_territory
    if draft.insee_code is not None:
        inside = draft.insee_code in _members_on_the_day(db, exhibitor.event_id)
    exhibitor.in_territory = inside
    exhibitor.looking_for = draft.looking_for


def _members_on_the_day(db: Session, event_id: int) -> frozenset[str]:
    zone = ZoneInfo(db.get_one(Organisation, 1).time_zone)
    return territory_members(db, on=local_day(the_event(db, event_id).starts_at, zone))


def _keep(db: Session, exhibitor: Exhibitor, *, now: datetime, account_id: int | None) -> int:
    db.add(exhibitor)
    db.flush()
    assert exhibitor.id is not None
    _record(db, exhibitor.event_id, "exhibitor_id", exhibitor.id, now=now, account_id=account_id)
    return exhibitor.id


def _record(db: Session, event_id: int, fact: str, subject_id: int, *, now: datetime, account_id: int | None) -> None:
    facts = {fact: subject_id}
    record(db, EntryKind.FAIR_CHANGED, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
