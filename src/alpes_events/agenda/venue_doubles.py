"""A venue that was written twice: its events are held at the one that stands for it, until somebody takes it back."""

from collections.abc import Mapping
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import mark_revised
from alpes_events.agenda.models import Event, Venue
from alpes_events.agenda.venue_merges import Merging, came_through
from alpes_events.agenda.venues import BadVenue, the_venue
from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.folding import fold
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_ALIKE = 70


class NotOffered(Refusal):
    """A venue that is offered no more, or that another one stands for, cannot be made one with another."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(_REPLACED if venue.merged_into is not None else _NO_MORE)


_REPLACED = N_("Un autre lieu remplace déjà celui-ci : séparez-les de nouveau, puis choisissez le lieu à garder.")
_NO_MORE = N_("Ce lieu n’est plus proposé : proposez-le de nouveau, puis choisissez le lieu à garder.")


class NotRetired(Refusal):
    """A venue that is in use has nothing to take back."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lieu est déjà proposé : il n’y a rien à annuler."))


def likely_doubles(db: Session, venue: Venue) -> list[Venue]:
    """The venues in use that may be the same: in the same commune, with a name or an address nearly alike."""
    rows = db.exec(
        select(Venue).where(
            col(Venue.retired_at).is_(None), col(Venue.id) != venue.id, col(Venue.commune_name) == venue.commune_name
        )
    )
    return sorted((row for row in rows if _alike(venue, row)), key=lambda row: row.name)


def retire_venue(db: Session, venue_id: int, *, now: datetime, account_id: int | None) -> None:
    """Offer the venue for new events no longer. Its events stay there."""
    venue = the_venue(db, venue_id)
    if venue.retired_at is None:
        venue.retired_at = now
        db.add(venue)
        _record(db, venue_id, {"retired": True}, now=now, account_id=account_id)


def merge_venues(db: Session, venue_id: int, *, kept_id: int, now: datetime, account_id: int | None) -> int:
    """`kept_id` is the same place: the events of `venue_id` are held there, and it is not offered any more. Nobody is
    told, as nothing moves. Gives how many events changed. Raises `UnknownVenue`, `NotOffered`, `BadVenue`.
    """
    venue, kept = _locked(db, venue_id, kept_id)
    if venue.retired_at is not None:
        raise NotOffered(venue)
    if kept.id == venue.id or kept.retired_at is not None:
        raise BadVenue(N_("Choisissez un autre lieu, qui est encore proposé."), field="kept_id")
    event_ids = [one for one in db.exec(select(Event.id).where(col(Event.venue_id) == venue_id)) if one is not None]
    _hold_at(db, event_ids, kept_id, now=now, account_id=account_id)
    venue.retired_at, venue.merged_into = now, kept_id
    db.add(venue)
    facts: dict[str, Fact] = {"retired": True, "kept_id": kept_id, "event_ids": event_ids}
    _record(db, venue_id, facts, now=now, account_id=account_id)
    return len(event_ids)


def bring_venue_back(db: Session, venue_id: int, *, now: datetime, account_id: int | None) -> None:
    """Offer a retired venue again; events that a merge took from it are held there again, wherever later merges led
    them, unless they were placed elsewhere since. Raises `UnknownVenue`, `NotRetired`.
    """
    (venue,) = _locked(db, venue_id)
    if venue.retired_at is None:
        raise NotRetired
    event_ids: list[int] = []
    if venue.merged_into is not None:
        event_ids = _still_there(db, came_through(venue_id, _merges(db)))
        _hold_at(db, event_ids, venue_id, now=now, account_id=account_id)
    venue.retired_at = venue.merged_into = None
    db.add(venue)
    facts: dict[str, Fact] = {"retired": False, "event_ids": event_ids}
    _record(db, venue_id, facts, now=now, account_id=account_id)


def _locked(db: Session, *venue_ids: int) -> list[Venue]:
    """The venues, held until the transaction ends: two merges of one of them come one after the other."""
    db.exec(select(Venue.id).where(col(Venue.id).in_(venue_ids)).order_by(col(Venue.id)).with_for_update()).all()
    return [the_venue(db, venue_id) for venue_id in venue_ids]


def _hold_at(db: Session, event_ids: list[int], venue_id: int, *, now: datetime, account_id: int | None) -> None:
    held = col(Event.id).in_(event_ids)
    change = update(Event).where(held).values(venue_id=venue_id).execution_options(synchronize_session="fetch")
    row_count(db, change)
    mark_revised(db, held, moved=False, changed="venue_id", now=now, account_id=account_id)


def _still_there(db: Session, left_at: Mapping[int, int]) -> list[int]:
    """Of these events, each with the venue where merges left it, those that are held there."""
    rows = db.exec(select(Event.id, Event.venue_id).where(col(Event.id).in_(list(left_at))).order_by(col(Event.id)))
    return [event_id for event_id, venue_id in rows if event_id is not None and left_at[event_id] == venue_id]


def _merges(db: Session) -> list[Merging]:
    entries = db.exec(
        select(JournalEntry).where(JournalEntry.kind == EntryKind.VENUE_RETIRED.value).order_by(col(JournalEntry.id))
    )
    return [
        Merging(entry.subject_id, entry.facts.get("kept_id"), tuple(entry.facts.get("event_ids") or ()))
        for entry in entries
    ]


def _alike(one: Venue, other: Venue) -> bool:
    same_address = bool(one.address) and fold(one.address) == fold(other.address)
    return same_address or fuzz.token_set_ratio(fold(one.name), fold(other.name)) >= _ALIKE


def _record(db: Session, venue_id: int, facts: dict[str, Fact], *, now: datetime, account_id: int | None) -> None:
    kind = EntryKind.VENUE_RETIRED
    record(db, kind, subject=("venue", venue_id), now=now, account_id=account_id, facts=facts)
