"""Events around every change of the clocks in Paris from 2020 to 2037, and at noon of every month."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus, Feed

ZONE = ZoneInfo("Europe/Paris")
YEARS = range(2020, 2038)
FEED = Feed(
    name="Essai",
    description="Heure d’été",
    source="https://example.org/feeds/agenda.ics",
    language="fr",
    time_zone="Europe/Paris",
)
_REVISED = datetime(2020, 1, 1, tzinfo=UTC)


def entries() -> list[CalendarEntry]:
    """The events, with a UID that tells them apart."""
    return [
        CalendarEntry(
            uid=f"{number}@example.org",
            sequence=number % 3,
            status=EntryStatus.CONFIRMED,
            summary=f"Événement {number} : été, œuvre; 🎪",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=25),
            all_day=False,
            created_at=_REVISED,
            revised_at=_REVISED,
            description="Une ligne\nune autre\\ avec « signes », et un texte assez long pour être plié deux fois.",
            location="Salle, Lambersart",
            position=(50.65, 3.02),
            url="https://example.org/events/x",
            categories=("Atelier", "Été, rentrée"),
        )
        for number, starts_at in enumerate(_starts())
    ]


def _starts() -> Iterator[datetime]:
    for year in YEARS:
        for month in range(1, 13):
            yield datetime(year, month, 15, 11, 0, tzinfo=UTC)
        for month in (3, 10):
            midnight = datetime(year, month, 31, tzinfo=UTC)
            sunday = midnight - timedelta(days=(midnight.weekday() + 1) % 7)
            for step in range(-3, 7):
                yield sunday + timedelta(minutes=30 * step)
