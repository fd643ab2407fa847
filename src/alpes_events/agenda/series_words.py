"""What a series of events is called and how it is described: changed in one place, seen in every event of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import mark_revised
from alpes_events.agenda.models import Event, EventKind, Series
from alpes_events.agenda.slug import letters_of
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, fold, written
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_
from alpes_events.versions.commands import keep_former

_LONGEST = {"name": 150, "short_name": 32, "description": 2000}


class UnknownSeries(NotFound):
    """No such series."""

    def __init__(self) -> None:
        super().__init__(N_("Cette série n’existe pas : choisissez-en une autre."))


class BadSeries(BadInput):
    """A series that cannot be right; `field` names what."""


class SameSeries(BadInput):
    """Another series has this name."""

    def __init__(self) -> None:
        super().__init__(N_("Une autre série porte déjà ce nom."), field="name")


@dataclass(frozen=True)
class SeriesDraft:
    """What coordinators may change. The slug stays: it stands in the addresses of calendars."""

    name: str
    short_name: str = ""
    description: str = ""

    @classmethod
    def of(cls, row: Series) -> "SeriesDraft":
        """The draft that the stored series would come from."""
        return cls(**{item.name: getattr(row, item.name) for item in fields(cls)})


def all_series(db: Session) -> list[Series]:
    """Every series, by name."""
    return list(db.exec(select(Series).order_by(col(Series.name), col(Series.id))))


def the_series(db: Session, series_id: int) -> Series:
    """The series, or `UnknownSeries`."""
    series = db.get(Series, series_id, populate_existing=True)
    if series is None:
        raise UnknownSeries
    return series


def revise_series(
    db: Session, series_id: int, draft: SeriesDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make a series say what the draft says. Gives the names of what changed. Raises `UnknownSeries`, `BadSeries`.

    Calendars show the name with each event: a new name is a new revision of all of them.
    """
    series = the_series(db, series_id)
    before, wanted = asdict(SeriesDraft.of(series)), asdict(_clean(draft))
    changed = tuple(name for name, value in wanted.items() if before[name] != value)
    if not changed:
        return ()
    _refuse_double(db, wanted["name"], but=series_id)
    keep_former(db, series_subject(series_id), before, now=now, account_id=account_id)
    series.sqlmodel_update(wanted)
    db.add(series)
    db.flush()
    subject, facts = ("series", series_id), {"changed": list(changed)}
    record(db, EntryKind.SERIES_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)
    if "name" in changed:
        of_it = col(Event.series_id) == series_id
        mark_revised(db, of_it, moved=False, changed="series_id", now=now, account_id=account_id)
    return changed


def add_series(db: Session, draft: SeriesDraft, kind: EventKind, *, now: datetime, account_id: int | None) -> int:
    """A new series. Gives its id. Raises `BadSeries`, `SameSeries`."""
    clean = _clean(draft)
    _refuse_double(db, clean.name)
    series = Series(**asdict(clean), slug=_free_slug(db, clean.name), kind=kind)
    db.add(series)
    db.flush()
    assert series.id is not None
    record(db, EntryKind.SERIES_ADDED, subject=("series", series.id), now=now, account_id=account_id)
    return series.id


def archive_series(db: Session, series_id: int, *, archived: bool, now: datetime, account_id: int | None) -> None:
    """Offer the series for new events no longer, or again. Its events stay in it."""
    series = the_series(db, series_id)
    if (series.archived_at is not None) == archived:
        return
    series.archived_at = now if archived else None
    db.add(series)
    facts: Mapping[str, bool] = {"archived": archived}
    record(db, EntryKind.SERIES_ARCHIVED, subject=("series", series_id), now=now, account_id=account_id, facts=facts)


def series_subject(series_id: int) -> tuple[str, str]:
    """Whose former versions those of a series are."""
    return "series", str(series_id)


def _refuse_double(db: Session, name: str, *, but: int | None = None) -> None:
    for series in all_series(db):
        if series.id != but and fold(series.name) == fold(name):
            raise SameSeries


def _free_slug(db: Session, name: str) -> str:
    """The readable part of the addresses of its calendar, with a number when it is taken."""
    wanted = letters_of(name) or "serie"
    taken = {series.slug for series in all_series(db)}
    ways = (wanted, *(f"{wanted[:70]}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in ways if slug not in taken)


def _clean(draft: SeriesDraft) -> SeriesDraft:
    clean = SeriesDraft(composed(draft.name), composed(draft.short_name), written(draft.description))
    if not clean.name:
        raise BadSeries(N_("Donnez un nom à la série."), field="name")
    for name, longest in _LONGEST.items():
        if len(getattr(clean, name)) > longest:
            raise BadSeries(N_("Ce texte est trop long : %(longest)d signes au plus."), field=name, longest=longest)
    return clean
