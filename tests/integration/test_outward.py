"""What the site tells other programs and other sites: news, its list of pages, schema.org, the agenda in a frame."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from alpes_events.agenda.commands import create_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Entry, EventKind
from alpes_events.agenda.revision import revise_event
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from tests.support.calendars import Site
from tests.support.stories import DRAFT, STARTS_AT, an_event, signs_up

NEWS = "/feeds/agenda.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
STRUCTURED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def site(organised: Database) -> Site:
    return Site(organised)


def news(site: Site, address: str = NEWS) -> ET.Element:
    return ET.fromstring(site.octets(address))  # noqa: S314 (our own octets)


def titles(feed: ET.Element) -> list[str | None]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


def structured(site: Site, slug: str) -> dict[str, Any]:
    found = STRUCTURED.search(site.client.get(f"/events/{slug}").text)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_news_tell_the_latest_change_first(site: Site) -> None:
    with site.changing() as db:
        first = an_event(db, now=site.now, title="Premier")
    with site.changing() as db:
        an_event(db, now=site.now, title="Second", summary="Un texte & des <balises>")
    assert titles(news(site)) == ["Second", "Premier"]
    with site.changing() as db:
        draft = replace(EventDraft.of(the_event(db, first)), title="Premier, ailleurs")
        revise_event(db, first, draft, now=site.now, account_id=None)
    feed = news(site)
    assert titles(feed) == ["Premier, ailleurs", "Second"]
    assert feed.findtext("a:updated", namespaces=ATOM) == f"{site.now:%Y-%m-%dT%H:%M:%SZ}"
    told = feed.findtext("a:entry[2]/a:content", namespaces=ATOM) or ""
    assert told.startswith("Jeudi 12 mars 2026, 14 h – 17 h")
    assert "Un texte & des <balises>" in told


def test_news_keep_the_name_of_each_event_and_never_a_draft(site: Site) -> None:
    with site.changing() as db:
        event_id = an_event(db, now=site.now)
        create_event(db, replace(DRAFT, title="Brouillon"), capacity=3, now=site.now, account_id=None)
    before = [entry.findtext("a:id", namespaces=ATOM) for entry in news(site).findall("a:entry", ATOM)]
    with site.changing() as db:
        call_off_event(db, event_id, reason="Grève", now=site.now, account_id=None)
    feed = news(site)
    assert [entry.findtext("a:id", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)] == before
    assert titles(feed) == ["ANNULÉ : Job dating d’essai"]


def test_news_hold_what_rfc_4287_asks(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now, title="Signe \x0b interdit et 🎪")
    feed = news(site, f"{NEWS}?kind=job_dating&lang=en")
    for part in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{part}", namespaces=ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"self": f"http://localhost{NEWS}?kind=job_dating&lang=en", "alternate": "http://localhost/"}
    (entry,) = feed.findall("a:entry", ATOM)
    for part in ("id", "title", "updated"):
        assert entry.findtext(f"a:{part}", namespaces=ATOM)
    assert "🎪" in (titles(feed)[0] or "")


def test_news_are_revalidated_like_calendars(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now)
    answer = site.client.get(NEWS)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert site.client.get(NEWS, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert answer.headers["ETag"] != site.tag()


def test_sitemap_lists_what_the_public_may_see(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now, title="Public")
        create_event(db, replace(DRAFT, title="Brouillon"), capacity=3, now=site.now, account_id=None)
    listed = ET.fromstring(site.octets("/sitemap.xml"))  # noqa: S314 (our own octets)
    places = [place.text or "" for place in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert any("/events/public" in place for place in places)
    assert not any("brouillon" in place for place in places)
    for place in places:
        assert site.client.get(place).status_code == 200, place


def test_robots_leave_the_pages_of_persons(site: Site) -> None:
    rules = site.client.get("/robots.txt").text
    assert "Disallow: /staff/" in rules
    assert "Disallow: /my-sign-up/" in rules
    assert "Disallow: /\n" not in rules
    assert "Sitemap: http://localhost/sitemap.xml" in rules


def test_event_is_told_in_the_words_of_schema_org(site: Site) -> None:
    with site.changing() as db:
        event_id = an_event(db, now=site.now, title="Rencontre", summary="Dix employeurs </script><b>")
        signs_up(db, event_id, 1, now=site.now)
        slug = the_event(db, event_id).slug
    told = structured(site, slug)
    assert told["@type"] == "Event"
    assert told["startDate"] == "2026-03-12T14:00+01:00"
    assert told["endDate"] == "2026-03-12T17:00+01:00"
    assert told["description"] == "Dix employeurs </script><b>"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["maximumAttendeeCapacity"] == 2
    assert told["remainingAttendeeCapacity"] == 1
    assert told["offers"]["availability"] == "https://schema.org/InStock"


def test_event_that_is_full_or_off_says_so_to_search_engines(site: Site) -> None:
    with site.changing() as db:
        event_id = an_event(db, now=site.now, capacity=1)
        signs_up(db, event_id, 1, now=site.now)
        slug = the_event(db, event_id).slug
    assert structured(site, slug)["offers"]["availability"] == "https://schema.org/SoldOut"
    with site.changing() as db:
        call_off_event(db, event_id, reason="", now=site.now, account_id=None)
    assert structured(site, slug)["eventStatus"] == "https://schema.org/EventCancelled"


def test_free_event_of_a_whole_day_has_no_offer_and_no_hour(site: Site) -> None:
    starts_at = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)
    with site.changing() as db:
        event_id = an_event(
            db,
            now=site.now,
            capacity=None,
            entry=Entry.FREE,
            all_day=True,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=1),
        )
        slug = the_event(db, event_id).slug
    told = structured(site, slug)
    assert told["startDate"] == "2026-03-12"
    assert "offers" not in told
    assert "remainingAttendeeCapacity" not in told


def test_frame_shows_the_agenda_narrowed_and_sets_no_cookie(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now, title="Un job dating")
        an_event(db, now=site.now, title="Un atelier", kind=EventKind.WORKSHOP, starts_at=STARTS_AT)
    answer = site.client.get("/embed/agenda?kind=workshop&lang=en")
    assert "Un atelier" in answer.text
    assert "Un job dating" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text
