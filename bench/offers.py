"""The list of offers over HTTP with 1,000 of them, and the search among them.

Run: `make bench-offers` (`ARGS=--quick`). Options: `[--offers N] [--asked N] [--seed N] [--quick]`. Prints one
JSON object for each database. `search_ms` is the question to the database with its words put into stems, and no page.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.commands import add_offer, publish_offer
from alpes_events.hiring.listing import listed_offers
from alpes_events.hiring.offer_draft import OfferDraft
from bench.machine import about, percentiles
from bench.served import Answer, ask, serving
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_organisation

TITLES = (
    "Vendeur ou vendeuse", "Boulanger (H/F)", "Conductrice ou conducteur de bus", "Aide à domicile (H/F)",
    "Cariste (H/F)", "Agent ou agente d’entretien", "Électricien ou électricienne",
    "Assistante ou assistant maternel", "Cuisinier (H/F)",
)  # fmt: skip
PLACES = ("59328", "59350", "59368", "59457", "59378")
SEARCHES = ("vendeuses", "conducteur bus", "électriciennes", "agente entretien")


def main() -> int:
    """Fill, ask, print, for each database."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        templates = Templates(Path(folder), durable=True)
        for engine in chosen.database:
            with templates.fresh(engine, an_organisation) as database:
                fill(database, chosen.offers, random.Random(chosen.seed))
                facts = {"offers": chosen.offers, "asked": chosen.asked, "seed": chosen.seed}
                report = about(database) | facts | measure(database, times=chosen.asked)
            print(json.dumps(report, ensure_ascii=False), flush=True)
    return 0


def fill(database: Database, count: int, chance: random.Random) -> None:
    """Publish so many offers of a hundred companies."""
    now = datetime.now(tz=UTC)
    with database.writing() as db:
        companies = [
            find_or_add_company(db, CompanyDraft(f"Entreprise {number}"), now=now, account_id=None)
            for number in range(100)
        ]
        for number in range(count):
            draft = OfferDraft(
                title=f"{chance.choice(TITLES)} {number}",
                contract=chance.choice(list(ContractKind)),
                company_id=chance.choice(companies),
                insee_code=chance.choice(PLACES),
                required_skills=("Accueillir", "Compter"),
            )
            offer_id = add_offer(db, draft, now=now, account_id=None)
            publish_offer(db, offer_id, now=now, account_id=None)
        db.commit()


def measure(database: Database, *, times: int) -> dict[str, object]:
    """Ask for each page so many times, and search as often."""
    with serving(database, workers=1) as site:
        paths = {
            "list": "/job-offers",
            "middle_page": "/job-offers?page=20",
            "search": "/job-offers?q=vendeuses",
            "near": "/job-offers?commune=59328&radius=5",
        }
        pages = {name: _timed(partial(ask, site.port, path), times) for name, path in paths.items()}
    return {"pages_ms": pages, "search_ms": _searched(database, times)}


def _timed(page: Callable[[], Answer], times: int) -> dict[str, float]:
    waits = []
    for number in range(times + 5):
        began_at = time.perf_counter()
        answer = page()
        if answer.status not in {200, 404}:
            raise RuntimeError(f"the page answers {answer.status}")
        if number >= 5:
            waits.append((time.perf_counter() - began_at) * 1000)
    return percentiles(waits)


def _searched(database: Database, times: int) -> dict[str, float]:
    waits, today = [], datetime.now(tz=UTC).date()
    for number in range(times):
        began_at = time.perf_counter()
        with database.reading() as db:
            listed_offers(db, OfferChoice(search=SEARCHES[number % len(SEARCHES)]), today=today, part=Part(1, 20))
        waits.append((time.perf_counter() - began_at) * 1000)
    return percentiles(waits)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--offers", type=int, default=1_000, help="published offers (default: 1000)")
    parser.add_argument("--asked", type=int, default=200, help="how often each page is asked for (default: 200)")
    parser.add_argument("--seed", type=int, default=7, help="what titles and places are drawn from")
    parser.add_argument("--quick", action="store_true", help="100 offers, 20 times each, to see that it runs")
    parser.add_argument("--database", nargs="+", choices=ENGINES, default=ENGINES, help="default: both")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.offers, chosen.asked = 100, 20
    return chosen


if __name__ == "__main__":
    sys.exit(main())
