"""A sign-up on an old phone and a slow network: how long the pages take, how many taps and keys it asks, and in all.

Run: `make bench-sign_up_by_phone` (`ARGS=--quick`). Options: `[--times N] [--quick]`. Prints one JSON object. Chromium
at 375 pixels, its processor slowed four times, its network like the browser's own « slow 3G » (400 kbit/s, 400 ms); the
site is served by `alpes serve`. A person is taken to need 1.5 s for a tap and 0.35 s for a key; what is waited for is
measured.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database
from alpes_web.site import utc_now
from bench.machine import about, middle
from bench.served import serving
from tests.support.databases import Templates
from tests.support.stories import an_event, an_organisation

TAP_S, KEY_S = 1.5, 0.35
SLOWED = 4
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
AIM_S = 60


@dataclass
class Visit:
    """What one sign-up asked of the person, and how long they waited for pages."""

    page: Page
    taps: int = 0
    keys: int = 0
    waits: list[float] = field(default_factory=list)

    def opens(self, address: str) -> None:
        """The first page."""
        begun = time.monotonic()
        self.page.goto(address)
        self.waits.append(time.monotonic() - begun)

    def goes(self, where: Locator) -> None:
        """A tap that leads to another page."""
        self.taps += 1
        begun = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            where.click()
        self.waits.append(time.monotonic() - begun)

    def writes(self, where: Locator, text: str) -> None:
        """A tap into a field, and its text."""
        self.taps += 1
        self.keys += len(text)
        where.fill(text)


def main() -> int:
    """Serve, sign up so many times, print."""
    reader = argparse.ArgumentParser(description="A sign-up on an old phone and a slow network.")
    reader.add_argument("--times", type=int, default=5)
    reader.add_argument("--quick", action="store_true")
    chosen = reader.parse_args()
    times = 1 if chosen.quick else chosen.times
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        templates = Templates(Path(folder))
        with templates.fresh("sqlite", an_organisation) as database:
            _fill(database)
            with serving(database) as site, sync_playwright() as play:
                browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                visits = [_sign_up(browser, f"http://127.0.0.1:{site.port}", number) for number in range(times)]
                told = {"chromium": browser.version, "playwright": version("playwright")}
                browser.close()
            print(json.dumps(about(database) | told | _summed(visits), ensure_ascii=False))
    return 0


def _fill(database: Database) -> None:
    """Twelve events to come, so that the agenda is a real one."""
    now = utc_now()
    with database.writing() as db:
        for day in range(1, 13):
            starts_at = (now + timedelta(days=day)).replace(minute=0, second=0, microsecond=0)
            ends_at = starts_at + timedelta(hours=3)
            an_event(db, title=f"Essai numéro {day}", capacity=40, now=now, starts_at=starts_at, ends_at=ends_at)
        db.commit()


def _sign_up(browser: Browser, address: str, number: int) -> Visit:
    context = browser.new_context(viewport={"width": 375, "height": 667}, locale="fr-FR", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(120_000)
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", SLOW_3G)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    visit = Visit(page)
    visit.opens(f"{address}/")
    visit.goes(page.get_by_role("link", name="Essai numéro 2").first)
    visit.goes(page.locator("a.btn-main:visible").first)
    for name, text in {
        "given_name": "Jeanne",
        "family_name": f"Dubois{chr(97 + number)}",
        "email": f"jeanne{number}@example.org",
        "commune_name": "Lambersart",
    }.items():
        visit.writes(page.locator(f"#{name}"), text)
    visit.goes(page.locator("form button.btn-main"))
    assert "C’est noté" in page.locator("h1").inner_text(), page.title()
    context.close()
    return visit


def _summed(visits: list[Visit]) -> dict[str, object]:
    waited = [sum(visit.waits) for visit in visits]
    whole = [one + visit.taps * TAP_S + visit.keys * KEY_S for one, visit in zip(waited, visits, strict=True)]
    return {
        "times": len(visits),
        "taps": visits[0].taps,
        "keys": visits[0].keys,
        "pages": len(visits[0].waits),
        "waited_s": middle(waited),
        "whole_s": middle(whole),
        "aim_s": AIM_S,
        "met": max(whole) <= AIM_S,
    }


if __name__ == "__main__":
    sys.exit(main())
