"""A first visit to each public page on a slow telephone: octets, requests, first content, and what moves.

Run: `make bench-first_visit` (`ARGS=--quick`). Options: `[--width N] [--times N] [--quick]`. Prints one JSON object.
The site is served as in production, with 1,000 events; headless Chromium has its processor slowed four times and a
network of 1.6 Mbit/s with 150 ms for each exchange (« slow 4G »), by the DevTools protocol, and an empty cache for each
visit. `kb` is what came over the wire, headers too; of several visits the median is told. Ratios are to the budgets.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from bench.listing import fill
from bench.machine import about
from bench.served import serving
from tests.support.databases import Templates
from tests.support.stories import an_organisation

BUDGET = {"kb": 100.0, "requests": 10, "first_content_ms": 1000.0, "layout_shift": 0.0}
SLOWED = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 // 8,
    "uploadThroughput": 750_000 // 8,
    "connectionType": "cellular4g",
}
_SETTLED_MS = 300
SHIFT = """
new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass
class Visit:
    """What one visit cost."""

    octets: int = 0
    requests: int = 0
    first_content_ms: float = 0.0
    layout_shift: float = 0.0
    seen: set[str] = field(default_factory=set)

    def listen(self, wire: CDPSession) -> None:
        """Count what comes over the wire."""
        wire.on("Network.requestWillBeSent", lambda told: self.seen.add(told["requestId"]))
        wire.on("Network.loadingFinished", self._finished)

    def _finished(self, told: dict[str, float]) -> None:
        self.octets += int(told["encodedDataLength"])
        self.requests = len(self.seen)


def main() -> int:
    """Fill, visit, print; 1 when a budget is missed."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with Templates(Path(folder)).fresh("sqlite", an_organisation) as database:
            slug, _event_id = fill(database, chosen.events, random.Random(chosen.seed))
            pages = {
                "agenda": "/",
                "month": f"/agenda/{datetime.now(tz=UTC):%Y-%m}",
                "search": "/?q=acueil",
                "event": f"/events/{slug}",
                "sign_up": f"/events/{slug}/sign-up",
                "subscribe": "/subscribe",
                "find_us": "/find-us",
                "your_data": "/your-data",
                "order_of_places": "/order-of-places",
                "accessibility": "/accessibility",
                "legal": "/legal",
                "sign_in": "/sign-in",
            }
            report = about(database) | {"events": chosen.events, "width": chosen.width, "times": chosen.times}
            with serving(database, workers=1) as site, sync_playwright() as play:
                browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                report |= {"chromium": browser.version, "playwright": version("playwright"), "budget": BUDGET}
                _visit(browser, f"http://127.0.0.1:{site.port}/", chosen.width)  # the browser's own first, not told
                found = {
                    name: _of_page(browser, f"http://127.0.0.1:{site.port}{path}", chosen)
                    for name, path in pages.items()
                }
                browser.close()
    print(json.dumps(report | {"pages": found}, ensure_ascii=False), flush=True)
    return int(any(value > 1 for page in found.values() for value in page["ratios"].values()))


def _of_page(browser: Browser, address: str, chosen: argparse.Namespace) -> dict[str, dict[str, float]]:
    visits = [_visit(browser, address, chosen.width) for _ in range(chosen.times)]
    found = {
        "kb": round(statistics.median(one.octets for one in visits) / 1000, 1),
        "requests": max(one.requests for one in visits),
        "first_content_ms": round(statistics.median(one.first_content_ms for one in visits)),
        "layout_shift": round(max(one.layout_shift for one in visits), 4),
    }
    ratios = {
        name: round(value / BUDGET[name], 2) if BUDGET[name] else float(value > 0) * 2 for name, value in found.items()
    }
    return {"measured": found, "ratios": ratios}


def _visit(browser: Browser, address: str, width: int) -> Visit:
    """One visit with an empty cache."""
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="fr-FR")
    page, visit = context.new_page(), Visit()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    visit.listen(wire)
    answer = page.goto(address, wait_until="load")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{address} does not answer as it should")
    page.wait_for_timeout(_SETTLED_MS)
    visit.first_content_ms = page.evaluate(PAINT)
    visit.layout_shift = page.evaluate(SHIFT)
    context.close()
    return visit


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=1_000, help="published events (default: 1000)")
    parser.add_argument("--width", type=int, default=375, help="of the screen (default: 375)")
    parser.add_argument("--times", type=int, default=3, help="visits to each page (default: 3)")
    parser.add_argument("--seed", type=int, default=7, help="what titles and places are drawn from")
    parser.add_argument("--quick", action="store_true", help="100 events, one visit each, to see that it runs")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.events, chosen.times = 100, 1
    return chosen


if __name__ == "__main__":
    sys.exit(main())
