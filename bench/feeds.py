"""The feed of 1,000 events: how long it takes cold, with gzip, and when the reader has it already.

Run: `make bench-feeds`, `ARGS="[events] [seed]"`. Prints one JSON object for each database. *Cold* is
the first whole feed after one event changed, in a process that has answered before; *first* is the very first one.
"""

import json
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from flask.testing import FlaskClient

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.agenda.commands import create_event, publish_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import EventKind
from alpes_events.agenda.revision import revise_event
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.database.engine import Database
from alpes_events.settings.deployment import Deployment
from alpes_web.app import create_app
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_organisation

FEED = "/feeds/agenda.ics"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = ("accueil", "emploi", "métier", "atelier", "rencontre", "entreprise", "été", "œuvre", "projet", "équipe")
COLD_ROUNDS, WARM_ROUNDS = 10, 300

Taken = tuple[float, float]
"""Milliseconds by the clock, and of the process."""


def main() -> None:
    """Fill, ask, print, for each database."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        templates = Templates(Path(folder))
        for engine in ENGINES:
            with templates.fresh(engine, an_organisation) as database:
                fill(database, count, random.Random(seed))
                print(json.dumps(about(database) | {"events": count, "seed": seed} | measure(database)), flush=True)


def fill(database: Database, count: int, chance: random.Random) -> None:
    """Publish `count` events of an ordinary length, over two years."""
    with database.writing() as db:
        venues = [
            find_or_add_venue(db, VenueDraft(f"Salle {number}", f"{number} rue de l’Exemple", insee_code="59328"))
            for number in range(20)
        ]
        for number in range(count):
            starts_at = NOW + timedelta(hours=17 * number)
            draft = EventDraft(
                title=f"Job dating {number} : {_words(chance, 4)}",
                kind=chance.choice(list(EventKind)),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=3),
                venue_id=chance.choice(venues),
                summary=_words(chance, 15),
                description="\n\n".join(_words(chance, 40) for _ in range(2)),
                themes=(_words(chance, 1),),
            )
            event_id = create_event(db, draft, capacity=40, now=NOW, account_id=None)
            publish_event(db, event_id, now=NOW, account_id=None)
        db.commit()


def measure(database: Database) -> dict[str, object]:
    """Milliseconds of each kind of answer."""
    settings = Deployment(secret_key="bench" * 8, base_url="http://localhost", demo=True)
    client = create_app(settings, database).test_client()
    first = _timed(lambda: client.get(FEED))
    cold, squeezed = [], []
    for number in range(1, COLD_ROUNDS + 1):
        _revise(database, number)
        cold.append(_timed(lambda: client.get(FEED)))
        _revise(database, number)
        squeezed.append(_timed(lambda: client.get(FEED, headers={"Accept-Encoding": "gzip"})))
    kept = [_timed(lambda: client.get(FEED)) for _ in range(COLD_ROUNDS)]
    return {
        "feed_octets": len(client.get(FEED).data),
        "first_ms": _summary([first]),
        "cold_ms": _summary(cold),
        "cold_gzip_ms": _summary(squeezed),
        "kept_whole_ms": _summary(kept),
        "revalidated_ms": _summary(_revalidations(client)),
    }


def _revalidations(client: FlaskClient) -> list[Taken]:
    known = {"If-None-Match": client.head(FEED).headers["ETag"]}
    assert client.get(FEED, headers=known).status_code == 304
    return [_timed(lambda: client.get(FEED, headers=known)) for _ in range(WARM_ROUNDS)]


def _revise(database: Database, event_id: int) -> None:
    now = datetime.now(tz=UTC)
    with database.writing() as db:
        draft = replace(EventDraft.of(the_event(db, event_id)), to_bring=f"CV, à jour au {now:%H:%M:%S.%f}")
        revise_event(db, event_id, draft, now=now, account_id=None)
        db.commit()


def _timed(ask: Callable[[], object]) -> Taken:
    """Milliseconds that an answer took: by the clock, and of this process alone."""
    wall, cpu = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _summary(times: list[Taken]) -> dict[str, float]:
    """The clock's best, median and worst, and the process's median, which a busy machine changes least."""
    wall, cpu = zip(*times, strict=True)
    return {
        "best": round(min(wall), 2),
        "median": round(statistics.median(wall), 2),
        "worst": round(max(wall), 2),
        "cpu_median": round(statistics.median(cpu), 2),
    }


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


if __name__ == "__main__":
    main()
