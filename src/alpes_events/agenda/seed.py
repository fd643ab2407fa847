"""The series of events that an organisation's seed file names."""

from collections.abc import Iterable

from sqlmodel import Session, select

from alpes_events.agenda.models import EventKind, Series
from alpes_events.language.sentence import N_
from alpes_events.territory.seed import BadSeed, SeriesSeed


def seed_series(db: Session, series: Iterable[SeriesSeed]) -> int:
    """Add the series whose slug is not there yet, and give their number. Raises `BadSeed` for an unknown kind."""
    known = set(db.exec(select(Series.slug)))
    new = [_row(entry) for entry in series if entry.slug not in known]
    db.add_all(new)
    db.flush()
    return len(new)


def _row(entry: SeriesSeed) -> Series:
    if entry.kind not in set(EventKind):
        raise BadSeed(
            N_("« %(kind)s » n’est pas un genre d’événement. Choisissez parmi : %(kinds)s."),
            kind=entry.kind,
            kinds=", ".join(EventKind),
        )
    return Series(
        slug=entry.slug,
        name=entry.name,
        short_name=entry.short_name,
        description=entry.description,
        kind=EventKind(entry.kind),
    )
