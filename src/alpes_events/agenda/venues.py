"""Places where events are held: written once, found again by name and commune."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import mark_revised
from alpes_events.agenda.models import Event, Venue
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, fold
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune
from alpes_events.versions.commands import keep_former

_LONGEST = {
    "name": 150,
    "address": 300,
    "commune_name": 100,
    "postal_code": 12,
    "transport": 500,
    "accessibility": 500,
}


COMMUNE_OF_VENUE = frozenset({"insee_code", "commune_name", "postal_code"})
"""What names the commune of a venue: one thing in three columns."""

_WHERE = COMMUNE_OF_VENUE | {"name", "address"}
"""What says where a venue is: a change of it moves the events held there."""


class UnknownVenue(NotFound):
    """No such venue."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lieu n’existe pas : choisissez-en un autre."))


class BadVenue(BadInput):
    """A venue that cannot be right; `field` names what."""


@dataclass(frozen=True)
class VenueDraft:
    """A venue as written. A listed commune is named by `insee_code`, any other by name and postal code."""

    name: str
    address: str = ""
    insee_code: str | None = None
    commune_name: str = ""
    postal_code: str = ""
    transport: str = ""
    accessibility: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @classmethod
    def of(cls, row: Venue) -> "VenueDraft":
        """The draft that the stored venue would come from."""
        return cls(**{item.name: getattr(row, item.name) for item in fields(cls)})


def venue_subject(venue_id: int) -> tuple[str, str]:
    """Whose former versions those of a venue are."""
    return "venue", str(venue_id)


def find_or_add_venue(db: Session, draft: VenueDraft) -> int:
    """The venue of this name in this commune (accents and capitals apart), or a new one. Gives its id.

    A venue that is there is left as it is: `revise_venue` changes it. One that was written twice is the one that stands
    for it, and one that was retired is in use again. Raises `BadVenue` with the field.
    """
    clean = clean_venue(db, draft)
    wanted = _key(clean.name, clean.insee_code, clean.commune_name)
    rows = db.exec(select(Venue).order_by(col(Venue.retired_at).isnot(None), col(Venue.id)))
    known = next((row for row in rows if _key(row.name, row.insee_code, row.commune_name) == wanted), None)
    if known is not None:
        return _in_use(db, known)
    venue = Venue(**asdict(clean))
    db.add(venue)
    db.flush()
    assert venue.id is not None
    return venue.id


def revise_venue(
    db: Session, venue_id: int, draft: VenueDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make a venue say what the draft says; its events change with it, and one to come that moves is announced.

    Gives the names of what changed. Raises `UnknownVenue`, `BadVenue`.
    """
    venue = the_venue(db, venue_id)
    before, after = asdict(VenueDraft.of(venue)), asdict(clean_venue(db, draft))
    changed = [name for name, value in after.items() if before[name] != value]
    if not changed:
        return ()
    keep_former(db, venue_subject(venue_id), before, now=now, account_id=account_id)
    venue.sqlmodel_update(after)
    db.add(venue)
    db.flush()
    facts: dict[str, Fact] = {"changed": changed}
    record(db, EntryKind.VENUE_REVISED, subject=("venue", venue_id), now=now, account_id=account_id, facts=facts)
    moved = not _WHERE.isdisjoint(changed)
    held_there = col(Event.venue_id) == venue_id
    mark_revised(db, held_there, moved=moved, changed="venue_id", now=now, account_id=account_id)
    return tuple(changed)


def the_venue(db: Session, venue_id: int) -> Venue:
    """The venue, or `UnknownVenue`."""
    venue = db.get(Venue, venue_id, populate_existing=True)
    if venue is None:
        raise UnknownVenue
    return venue


def _in_use(db: Session, venue: Venue) -> int:
    while venue.merged_into is not None:
        venue = db.get_one(Venue, venue.merged_into)
    venue.retired_at = None
    db.add(venue)
    assert venue.id is not None
    return venue.id


def clean_venue(db: Session, draft: VenueDraft) -> VenueDraft:
    """The draft with clean text, and the name of a listed commune as the list has it."""
    text = {item.name: composed(getattr(draft, item.name)) for item in fields(draft) if item.name in _LONGEST}
    if not text["name"]:
        raise BadVenue(N_("Écrivez le nom du lieu."), field="name")
    for name, longest in _LONGEST.items():
        if len(text[name]) > longest:
            raise BadVenue(N_("Ce texte est trop long : %(longest)d signes au plus."), field=name, longest=longest)
    if draft.insee_code:
        commune = db.get(Commune, draft.insee_code)
        if commune is None:
            raise BadVenue(
                N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name"
            )
        text["commune_name"] = commune.name
    return replace(draft, insee_code=draft.insee_code or None, **text)  # type: ignore[arg-type]


def _key(name: str, insee_code: str | None, commune_name: str) -> tuple[str, str]:
    return fold(name), insee_code or fold(commune_name)
