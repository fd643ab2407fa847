"""Pages over HTTP with 1,000 events: the list, 30 a page, one event, and the coordinator's list of sign-ups.

Run: `make bench-listing` (`ARGS=--quick`). Options: `[--events N] [--asked N] [--seed N] [--quick]`. Prints one JSON
object for each database. Each page is asked for one after the other, by a connection of its own, from the site as
`alpes serve` serves it with one process; `process_ms` is the time of the processor that the site used for one, which a
busy machine changes less than the clock. Memory is what each process of the site holds for itself, before and after.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import EventKind
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from bench.machine import about, percentiles
from bench.served import Answer, Served, ask, serving, signed_in_cookie
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_event, an_organisation, signs_up

PEOPLE = 200
PAGE = 30
WORDS = ("accueil", "emploi", "métier", "atelier", "rencontre", "entreprise", "été", "œuvre", "projet", "équipe")


def main() -> int:
    """Fill, ask, print, for each database."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        templates = Templates(Path(folder), durable=True)
        for engine in chosen.database:
            with templates.fresh(engine, an_organisation) as database:
                slug, event_id = fill(database, chosen.events, random.Random(chosen.seed))
                facts = {"events": chosen.events, "sign_ups": PEOPLE, "asked": chosen.asked, "seed": chosen.seed}
                report = (
                    about(database)
                    | facts
                    | measure(database, slug, event_id, events=chosen.events, times=chosen.asked)
                )
            print(json.dumps(report, ensure_ascii=False), flush=True)
    return 0


def fill(database: Database, count: int, chance: random.Random) -> tuple[str, int]:
    """Publish so many events of the coming year, and sign people up for one in the middle: its slug and id."""
    now = datetime.now(tz=UTC)
    with database.writing() as db:
        venues = [
            find_or_add_venue(db, VenueDraft(f"Salle {number}", f"{number} rue de l’Exemple", insee_code="59328"))
            for number in range(20)
        ]
        ids = []
        for number in range(count):
            starts_at = now + timedelta(days=1, hours=8 * number)
            ids.append(
                an_event(
                    db,
                    capacity=PEOPLE // 2,
                    now=now,
                    title=f"Job dating {number} : {' '.join(chance.choices(WORDS, k=4))}",
                    kind=chance.choice(list(EventKind)),
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(hours=3),
                    venue_id=chance.choice(venues),
                    summary=" ".join(chance.choices(WORDS, k=15)),
                )
            )
        busy = ids[count // 2]
        for number in range(PEOPLE):
            signs_up(db, busy, number, now=now)
        slug = the_event(db, busy).slug
        db.commit()
    return slug, busy


def measure(database: Database, slug: str, event_id: int, *, events: int, times: int) -> dict[str, object]:
    """Ask for each page so many times."""
    cookie = signed_in_cookie(database, Role.COORDINATOR)
    with serving(database, workers=1) as site:
        before = site.memory_mb()
        pages: dict[str, Callable[[], Answer]] = {
            "list": lambda: ask(site.port, "/"),
            "list_middle_page": lambda: ask(site.port, f"/?page={events // PAGE // 2 + 1}"),
            "search": lambda: ask(site.port, "/?q=accueil"),
            "search_with_a_slip": lambda: ask(site.port, "/?q=acueil"),
            "near": lambda: ask(site.port, "/?commune=59328&radius=10"),
            "month": lambda: ask(site.port, f"/agenda/{datetime.now(tz=UTC):%Y-%m}"),
            "event": lambda: ask(site.port, f"/events/{slug}"),
            "sign_up": lambda: ask(site.port, f"/events/{slug}/sign-up"),
            "subscribe": lambda: ask(site.port, "/subscribe"),
            "find_us": lambda: ask(site.port, "/find-us"),
            "your_data": lambda: ask(site.port, "/your-data"),
            "legal": lambda: ask(site.port, "/legal"),
            "staff_sign_ups": lambda: ask(site.port, f"/staff/events/{event_id}/people", cookie=cookie),
            "staff_sign_ups_last_page": lambda: ask(
                site.port, f"/staff/events/{event_id}/people?page={-(-PEOPLE // PAGE)}", cookie=cookie
            ),
        }
        timed = {name: _timed(site, page, times) for name, page in pages.items()}
        return {"pages": timed, "memory_mb_before": before, "memory_mb": site.memory_mb()}


def _timed(site: Served, page: Callable[[], Answer], times: int) -> dict[str, object]:
    for _ in range(5):
        first = page()
        if first.status != 200:
            raise RuntimeError(f"the page answers {first.status}")
    waits, before = [], site.cpu_seconds()
    for _ in range(times):
        began_at = time.perf_counter()
        page()
        waits.append((time.perf_counter() - began_at) * 1000)
    used = (site.cpu_seconds() - before) * 1000 / times
    return {"ms": percentiles(waits), "process_ms": round(used, 1), "octets": len(first.body)}


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=1_000, help="published events (default: 1000)")
    parser.add_argument("--asked", type=int, default=200, help="how often each page is asked for (default: 200)")
    parser.add_argument("--seed", type=int, default=7, help="what titles and places are drawn from")
    parser.add_argument("--quick", action="store_true", help="100 events, 20 times each, to see that it runs")
    parser.add_argument("--database", nargs="+", choices=ENGINES, default=ENGINES, help="default: both")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.events, chosen.asked = 100, 20
    return chosen


if __name__ == "__main__":
    sys.exit(main())
