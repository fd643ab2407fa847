"""Take the pictures of the guides anew from the demonstration: `pictures.py http://127.0.0.1:8000` while it is served.

They go to `docs/pictures`, in French, as a person sees the pages.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs/pictures"
PASSWORD = "beffroi carillon gaufre"  # noqa: S105 (the demonstration's, printed when it starts)
_TO_THE_TOP = "seen => window.scrollTo(0, seen.getBoundingClientRect().top + scrollY - 190)"
WIDE, PHONE = (1280, 800), (375, 740)


def main() -> int:
    """Visit and look."""
    if len(sys.argv) != 2:
        print("usage: python tools/pictures.py http://127.0.0.1:8000", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    options = {"executable_path": os.environ.get("ALPES_CHROMIUM", "/usr/bin/chromium"), "args": ["--no-sandbox"]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)  # type: ignore[arg-type]
        _public(browser, sys.argv[1])
        _staff(browser, sys.argv[1])
        browser.close()
    return 0


def _public(browser: Browser, site: str) -> None:
    with _visitor(browser, PHONE) as page:
        page.goto(f"{site}/")
        _take(page, "agenda")
        page.goto(f"{site}/?kind=job_dating")
        page.locator("article.evl h3 a").first.click()
        _take(page, "evenement")
        page.goto(f"{site}/?kind=workshop")
        page.locator("article.evl h3 a").first.click()
        page.locator(".stickbar a").click()
        _take(page, "inscription")
    with _visitor(browser, PHONE) as page:
        page.goto(f"{site}/sign-in")
        page.get_by_label("Adresse e-mail").fill("candidate@example.org")
        page.locator("main form button").first.click()
        page.get_by_label("Code à six chiffres").fill(_code_sent(browser, site))
        page.locator("main form button").first.click()
        page.wait_for_url(f"{site}/my-space/")
        _take(page, "mon-espace")


def _code_sent(browser: Browser, site: str) -> str:
    """The six digits of the newest message in the demonstration's mailbox, once the scheduler has sent it."""
    with _visitor(browser, PHONE) as page:
        for _second in range(30):
            page.goto(f"{site}/demo/mailbox")
            page.locator("main a").first.click()
            if found := re.search(r"\b(\d{3})\s(\d{3})\b", page.locator("main").inner_text()):
                return found[1] + found[2]
            time.sleep(1)
    raise SystemExit("No code came: does the scheduler run?")


def _staff(browser: Browser, site: str) -> None:
    with _visitor(browser, WIDE) as page:
        page.goto(f"{site}/staff/sign-in")
        page.get_by_label("Adresse e-mail").fill("coordination@example.org")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url(f"{site}/staff/")
        _take(page, "aujourdhui")
        page.goto(f"{site}/staff/events")
        _take(page, "evenements")
        page.goto(f"{site}/staff/events/month")
        _take(page, "mois")
        page.goto(f"{site}/staff/events?kind=job_dating")
        page.locator("table .evc a").first.click()
        event = page.url
        _take(page, "un-evenement")
        for tab, name in (("people", "inscrits"), ("day", "jour-j")):
            page.goto(f"{event}/{tab}")
            _take(page, name)
        page.goto(f"{site}/staff/figures/2023")
        _take(page, "chiffres")
        page.goto(f"{site}/staff/people")
        _take(page, "personnes")
        page.goto(f"{site}/staff/")
        stands = page.locator('main a[href*="/stands/requests"]').first.get_attribute("href") or ""
        fair = stands.partition("/stands")[0]
        for path, name in (
            (f"{fair}/stands/requests", "demandes-de-stand"),
            (f"{fair}/plan", "plan-des-stands"),
            ("/staff/offers", "offres"),
            ("/staff/calls", "appels"),
            ("/staff/settings/territory", "territoire"),
            ("/staff/imports/people", "importer"),
        ):
            page.goto(f"{site}{path}")
            if name == "plan-des-stands":
                page.locator(".plan-scroll").first.evaluate(_TO_THE_TOP)
            _take(page, name)


@contextmanager
def _visitor(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
    yield context.new_page()
    context.close()


def _take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")
    print(name)


if __name__ == "__main__":
    sys.exit(main())
