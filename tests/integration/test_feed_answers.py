"""How calendars ask for feeds (E): tags, dates, compression, names, filters, and patience."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlmodel import Session

from alpes_events.agenda.commands import publish_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Event, EventKind, Series, Venue
from alpes_events.agenda.revision import revise_event
from alpes_events.database.engine import Database
from alpes_events.territory.models import Organisation, Territory, TerritoryMember
from tests.support.calendars import Site, entries_of, lines_of, statements
from tests.support.databases import Templates
from tests.support.stories import STARTS_AT, an_event, an_organisation

FEED = "/feeds/agenda.ics"


def with_one_event(database: Database) -> Site:
    """The web on `database`, with one published event."""
    made = Site(database)
    with made.changing() as db:
        an_event(db, now=made.now)
    return made


@pytest.fixture
def site(organised: Database) -> Site:
    """A site with one event, on both engines."""
    return with_one_event(organised)


@pytest.fixture
def light(templates: Templates) -> Iterator[Site]:
    """The same on SQLite alone, for what no database decides."""
    with templates.fresh("sqlite", an_organisation) as database:
        yield with_one_event(database)


def revise(site: Site, **changes: object) -> None:
    with site.changing() as db:
        draft = replace(EventDraft.of(the_event(db, 1)), **changes)  # type: ignore[arg-type]
        revise_event(db, 1, draft, now=site.now, account_id=None)


def test_e1_e3_e6_feed_says_what_it_is(light: Site) -> None:
    answer = light.client.get(FEED)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Last-Modified"] == "Mon, 02 Mar 2026 09:01:00 GMT"
    assert answer.headers["Content-Disposition"] == (
        "inline; filename=\"Agenda MDE.ics\"; filename*=UTF-8''Agenda%20MDE.ics"
    )
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert lines_of(answer.data).count(f"SOURCE;VALUE=URI:http://localhost{FEED}") == 1


def test_e2_known_version_is_not_sent_again_in_any_form(light: Site) -> None:
    tag = light.tag()
    assert tag[0] == tag[-1] == '"'
    forms = (
        tag,
        f"W/{tag}",
        f'"other", {tag}',
        f'W/"other" , W/{tag}',
        "*",
        tag.replace('"', "").join(['"', '-gzip"']),
    )
    for form in forms:
        answer = light.client.get(FEED, headers={"If-None-Match": form})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag), form
    for form in ('"other"', 'W/"other"', '"a", "b"', "", '"'):
        assert light.client.get(FEED, headers={"If-None-Match": form}).status_code == 200, form


def test_e2_revalidation_asks_one_question_and_renders_nothing(site: Site) -> None:
    tag = site.tag()
    with statements(site.database) as sent:
        answer = site.client.get(FEED, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert len(sent) == 1
    assert "event.description" not in sent[0]


def test_feed_is_rendered_once_for_each_version(site: Site) -> None:
    site.octets(FEED)
    with statements(site.database) as sent:
        site.octets(FEED)
    assert not [statement for statement in sent if "event.description" in statement]
    revise(site, title="Autre")
    assert site.entries(FEED)[0]["SUMMARY"] == "Autre"


def test_e2_tag_moves_with_everything_that_shows(site: Site) -> None:
    tags = [
        site.tag(),
        site.tag(f"{FEED}?lang=en"),
        site.tag(f"{FEED}?kind=job_dating"),
        site.tag(f"{FEED}?kind=forum"),
    ]
    revise(site, summary="Nouveau")
    tags.append(site.tag())
    revise(site, ends_at=STARTS_AT + timedelta(hours=1))
    tags.append(site.tag())
    with site.changing() as db:
        an_event(db, now=site.now)
    tags.append(site.tag())
    with site.changing() as db:
        db.get_one(Organisation, 1).short_name = "ALPES"
    tags.append(site.tag())
    assert len(set(tags)) == len(tags)


def test_e2_tag_moves_when_an_older_change_is_committed_last(site: Site) -> None:
    """Two transactions at once: the one that began first may commit last, with the older instant."""
    with site.changing() as db:
        second = an_event(db, now=site.now)
    revise(site, title="Le plus récent")
    tag = site.tag()
    with site.database.writing() as db:
        event = the_event(db, second)
        event.title, event.revised_at = "Commis en dernier", event.revised_at + timedelta(seconds=5)
        db.add(event)
        db.commit()
    assert site.tag() != tag


def test_e3_reader_with_a_date_gets_what_is_newer(light: Site) -> None:
    since = {"If-Modified-Since": light.client.head(FEED).headers["Last-Modified"]}
    assert light.client.get(FEED, headers=since).status_code == 304
    assert light.client.get(FEED, headers={**since, "If-None-Match": '"other"'}).status_code == 200
    revise(light, title="Autre")
    assert light.client.get(FEED, headers=since).status_code == 200


def test_e3_date_moves_when_a_cancelled_event_leaves_the_feed(site: Site) -> None:
    with site.changing() as db:
        event = the_event(db, 1)
        event.sqlmodel_update({"state": "cancelled", "revised_at": site.now})
        db.add(event)
    since = {"If-Modified-Since": site.client.head(FEED).headers["Last-Modified"]}
    site.now = STARTS_AT + timedelta(days=91)
    assert site.client.get(FEED, headers=since).status_code == 200


def test_e5_head_gives_the_headers_of_get(light: Site) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}):
        head, get = light.client.head(FEED, headers=headers), light.client.get(FEED, headers=headers)
        assert head.data == b""
        assert (head.status_code, sorted(head.headers)) == (get.status_code, sorted(get.headers))


def test_e7_compressed_feed_is_the_same_feed_with_a_tag_of_its_own(light: Site) -> None:
    plain = light.client.get(FEED)
    squeezed = light.client.get(FEED, headers={"Accept-Encoding": "gzip, deflate"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data
    assert plain.headers["ETag"] != squeezed.headers["ETag"]
    assert squeezed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    known = {"If-None-Match": squeezed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert light.client.get(FEED, headers=known).status_code == 304
    assert "Content-Encoding" not in light.client.get(FEED, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_e4_answers_are_the_same_octets_from_every_process(site: Site) -> None:
    other = Site(site.database, now=site.now + timedelta(hours=7))
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        first, second = (made.client.get(FEED, headers=headers) for made in (site, other))
        assert first.data == second.data
        assert first.headers["ETag"] == second.headers["ETag"]


def test_e10_patience_is_asked_of_who_takes_whole_feeds_too_often(site: Site) -> None:
    tag = site.tag()
    answers = [site.client.get(FEED) for _ in range(120)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert site.client.get(FEED, headers={"If-None-Match": tag}).status_code == 304
    assert site.client.get(FEED, environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200
    site.now += timedelta(minutes=1)
    assert site.client.get(FEED).status_code == 200


def scoped(db: Session) -> None:
    """Four events that differ by kind, theme, series and commune; the last commune joined the territory in April."""
    db.add(Series(id=7, slug="dtj", name="Décroche ton Job", kind=EventKind.SALON))
    db.add(Venue(id=1, name="A", insee_code="59328"))
    db.add(Venue(id=2, name="B", insee_code="59350"))
    territory = Territory(code="LIL", name="Lille", short_name="LIL")
    db.add(territory)
    db.flush()
    assert territory.id is not None
    april = datetime(2026, 4, 1, tzinfo=UTC).date()
    db.add(TerritoryMember(territory_id=territory.id, insee_code="59350", from_on=april))
    later = STARTS_AT + timedelta(days=40)
    an_event(db, title="salon", kind=EventKind.SALON, series_id=7, venue_id=1, themes=("Été", "Santé"))
    an_event(db, title="atelier", kind=EventKind.WORKSHOP, venue_id=1, themes=("Santé",))
    an_event(db, title="mars", kind=EventKind.WORKSHOP, venue_id=2)
    an_event(
        db, title="avril", venue_id=2, starts_at=later, ends_at=later + timedelta(hours=1), themes=('"Quotes" \\',)
    )


FILTERS: list[tuple[dict[str, str | list[str]], list[str]]] = [
    ({}, ["Job dating d’essai", "salon", "atelier", "mars", "avril"]),
    ({"kind": "salon"}, ["salon"]),
    ({"kind": ["salon", "workshop"]}, ["salon", "atelier", "mars"]),
    ({"kind": "workshop", "commune": "59328"}, ["atelier"]),
    ({"commune": "59350"}, ["mars", "avril"]),
    ({"territory": "MNO"}, ["salon", "atelier"]),
    ({"territory": "LIL"}, ["avril"]),
    ({"territory": ["LIL", "MNO"], "kind": "workshop"}, ["atelier"]),
    ({"series": "dtj"}, ["salon"]),
    ({"theme": "Santé"}, ["salon", "atelier"]),
    ({"theme": "Santé", "series": "dtj", "territory": "MNO", "commune": "59328", "kind": "salon"}, ["salon"]),
    ({"theme": '"Quotes" \\'}, ["avril"]),
    ({"theme": "Été", "kind": ""}, ["salon"]),
    ({"kind": "forum"}, []),
]


def test_filters_narrow_the_feed_and_combine(site: Site) -> None:
    with site.changing() as db:
        scoped(db)
    for filters, titles in FILTERS:
        address = f"{FEED}?{urlencode(filters, doseq=True)}"
        assert [entry["SUMMARY"] for entry in site.entries(address)] == titles, filters
        assert len({site.tag(address), site.tag(f"{address}&")}) == 1
    narrowed = lines_of(site.octets(f"{FEED}?territory=MNO&kind=salon"))
    assert "NAME:Agenda MDE – Salon\\, Métropole Nord-Ouest" in narrowed
    assert f"SOURCE;VALUE=URI:http://localhost{FEED}?territory=MNO&kind=salon" in narrowed


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("territory=XX", 404, "Le territoire « XX » n’est pas connu"),
        ("commune=59130", 404, "Aucune commune n’a le code INSEE « 59130 »"),
        ("series=x", 404, "La série « x » n’est pas connue"),
        ("theme=x", 404, "Aucun événement n’a le thème « x »"),
        ("kind=party", 400, "Il n’y a pas de genre d’événement « party »"),
        ("town=x", 400, "Ce calendrier ne se filtre pas par « town »"),
        ("&".join(f"theme={number}" for number in range(21)), 400, "avec 20 valeurs au plus"),
        ("kind=%3Cscript%3E", 400, "« &lt;script&gt; »"),
    ],
)
def test_unknown_filter_is_answered_with_a_sentence(light: Site, query: str, status: int, sentence: str) -> None:
    answer = light.client.get(f"{FEED}?{query}")
    assert answer.status_code == status
    assert sentence in answer.text.replace("\u202f", " ").replace("\u00a0", " ")


def test_feed_speaks_the_language_of_its_address_only(light: Site) -> None:
    french = light.client.get(FEED, headers={"Accept-Language": "en"})
    assert "NAME:Agenda MDE" in lines_of(french.data)
    english = light.client.get(f"{FEED}?lang=en")
    assert "Set-Cookie" not in english.headers
    assert "NAME:MDE agenda" in lines_of(english.data)
    assert entries_of(english.data)[0]["DESCRIPTION"].startswith("Information and sign-up: http://localhost/events/")
    assert hashlib.sha256(english.data).digest() != hashlib.sha256(french.data).digest()


def test_publishing_shows_at_once(site: Site) -> None:
    before = site.tag()
    with site.changing() as db:
        copy = Event(**{**db.get_one(Event, 1).model_dump(exclude={"id"}), "uid": "x", "slug": "x", "state": "draft"})
        db.add(copy)
        db.flush()
        assert copy.id is not None
    assert site.tag() == before
    with site.changing() as db:
        publish_event(db, copy.id, now=site.now, account_id=None)
    assert len(site.entries()) == 2
