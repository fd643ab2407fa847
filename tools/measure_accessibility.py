"""Check every page in a browser, and write what was found to `web/alpes_web/accessibility.json`.

The declaration of accessibility is made from that file. Takes some minutes; run it before a release. The pages are
those of the tests' small town, as everybody, a candidate, an employer and an administrator see them. Prints each
fault; an audit that stands in the file stays there.
"""

import json
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from alpes_events.people.models import Role
from tests.browser.conftest import Served, _Quiet
from tests.browser.test_pages import SMALL_TARGETS, pages_for, violations
from tests.support.databases import Templates
from tests.support.town import settle_town, town_of
from tests.support.web import a_site

FILE = Path(__file__).resolve().parent.parent / "web/alpes_web/accessibility.json"
WIDTHS = (320, 1280)
ROLES = (None, Role.CANDIDATE, Role.EMPLOYER, Role.ADMINISTRATOR)


def main() -> int:
    """Walk the pages, write the file; 1 when a fault was found."""
    faults, pages = Counter(dict.fromkeys(("axe", "headings", "skip_link", "reflow", "targets"), 0)), set()
    with _served() as served, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        chromium = browser.version
        for role in ROLES:
            paths = [path for path in pages_for(served, role) if _is_whole(served, role, path)]
            pages.update(paths)
            for width in WIDTHS:
                for path, check in _walk(browser, served, role, width, paths):
                    faults[check] += 1
                    print(f"{check}: {path} ({width} px)")
        browser.close()
    before = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    found = {
        "made_on": datetime.now(tz=UTC).date().isoformat(),
        "pages": len(pages),
        "widths": list(WIDTHS),
        "tools": [f"axe-core {_axe_version()}", f"Chromium {chromium}", f"Playwright {version('playwright')}"],
        "faults": dict(faults),
        "audit": before.get("audit"),
    }
    FILE.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(faults.total() > 0)


def _is_whole(served: Served, role: Role | None, path: str) -> bool:
    """Whether the answer is a page: a part of one, asked for by a page that stands open, is read within it."""
    return b"</html>" in served.account(role).get(path).data


def _walk(
    browser: Browser, served: Served, role: Role | None, width: int, paths: list[str]
) -> Iterator[tuple[str, str]]:
    """The faults of these pages, each with its check."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="fr-FR")
    if role is not None:
        context.add_cookies([{"name": "alpes", "value": served.cookie(role), "url": served.address}])
    page = context.new_page()
    for path in paths:
        page.goto(served.address + path)
        for check in _faults(page, width):
            yield path, check
    context.close()


def _faults(page: Page, width: int) -> Iterator[str]:
    yield from ("axe" for _ in violations(page))
    if page.locator("h1").count() != 1 or not page.title():
        yield "headings"
    if width == min(WIDTHS):
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield "reflow"
        yield from ("targets" for _ in page.evaluate(SMALL_TARGETS))
    if page.evaluate("document.activeElement === document.body"):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") != "#content":
            yield "skip_link"


def _axe_version() -> str:
    """The version of the rules, read from the script itself."""
    script = Path(sys.modules[Axe.__module__].__file__ or "").parent / "axe.min.js"
    head = script.read_text(encoding="utf-8")[:200]
    return head.partition("axe v")[2].split()[0] if "axe v" in head else version("axe-playwright-python")


@contextmanager
def _served() -> Iterator[Served]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Templates(Path(folder)).fresh("sqlite", settle_town) as database,
    ):
        app = a_site(database, demo=True, base_url="http://127.0.0.1")
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(app, database, town_of(database), f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
