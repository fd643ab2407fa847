"""Telling other systems: signed, in order, at least once, given up in the end, and never inside our own network."""

import hashlib
import hmac
import json
import socket
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlmodel import Session

from alpes_events.agenda.commands import create_event, publish_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.revision import revise_event
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.fair.publishing import publish_catalogue, unpublish_catalogue
from alpes_events.journal import consumers
from alpes_events.journal.consumers import add_consumer, added_consumers, consumer_names
from alpes_events.journal.delivery import deliver_due
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import BadInput
from alpes_events.webhooks.calling import GIVEN_UP_AFTER, Called, Caller, CallFailedError
from alpes_events.webhooks.commands import add_webhook, call_again, close_webhook
from alpes_events.webhooks.consumer import owe_calls
from alpes_events.webhooks.models import CallState, HookKind, Webhook
from alpes_events.webhooks.queries import calls_of
from alpes_events.webhooks.signature import secret_of
from alpes_events.webhooks.transport import PublicPost
from alpes_web.api.answers import call_document
from tests.support.posts import KEY, Clock
from tests.support.stands import settle_stands
from tests.support.stories import DRAFT, an_event


@dataclass
class Heard:
    """One call that the other system received."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class OtherSystem(ThreadingHTTPServer):
    """A portal that writes down what it is told and answers the statuses it was given, 204 afterwards."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[Heard] = []
        self.answers: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook?from=alpes"


class _Handler(BaseHTTPRequestHandler):
    server: OtherSystem

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append(Heard({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_words: object) -> None:  # it says nothing
        pass


@pytest.fixture
def other() -> Iterator[OtherSystem]:
    with OtherSystem() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@dataclass
class Platform:
    """A database with one webhook, and the two passes of the scheduler."""

    database: Database
    clock: Clock
    caller: Caller
    hook_id: int

    def change(self, act: Any) -> Any:
        self.clock.now += timedelta(minutes=1)
        with self.database.writing() as db:
            result = act(db)
            db.commit()
        return result

    def deliver(self) -> None:
        while deliver_due(self.database, "webhooks", owe_calls, clock=self.clock).done_count:
            pass

    def call(self) -> Called:
        return self.caller.call_due()

    def states(self) -> list[tuple[HookKind, CallState]]:
        with self.database.reading() as db:
            return [(call.kind, call.state) for call in calls_of(db, self.hook_id, part=Part()).rows[::-1]]


def a_platform(database: Database, url: str, **options: Any) -> Platform:
    clock = Clock()
    post = options.pop("post", PublicPost(anywhere=True, timeout_seconds=5))
    compose = partial(call_document, base_url="https://agenda.example.org")
    caller = Caller(database, post, compose, KEY, clock)
    with database.writing() as db:
        hook_id = add_webhook(
            db, name="Portail", url=url, kinds=list(HookKind), insecure=True, now=clock.now, account_id=None
        )
        db.commit()
    return Platform(database, clock, caller, hook_id)


@pytest.fixture
def platform(organised: Database, other: OtherSystem) -> Platform:
    return a_platform(organised, other.url)


def published(platform: Platform) -> int:
    event_id: int = platform.change(lambda db: an_event(db, now=platform.clock.now))
    return event_id


def test_life_of_an_event_is_told_in_order_as_things_are(platform: Platform, other: OtherSystem) -> None:
    event_id = published(platform)
    platform.deliver()
    platform.call()
    later = replace(DRAFT, title="Job dating déplacé", starts_at=DRAFT.starts_at + timedelta(hours=1))
    platform.change(lambda db: revise_event(db, event_id, later, now=platform.clock.now, account_id=None))
    platform.change(lambda db: call_off_event(db, event_id, reason="Grève", now=platform.clock.now, account_id=None))
    platform.deliver()
    while platform.call().done_count:
        pass
    assert [heard.told["type"] for heard in other.heard] == ["event.published", "event.changed", "event.cancelled"]
    first, _, last = [heard.told["data"] for heard in other.heard]
    assert first["state"] == "published"
    assert last["state"] == "cancelled"
    assert last["cancellation_reason"] == "Grève"
    assert last["sequence"] == 2
    assert {first["uid"]} == {heard.told["data"]["uid"] for heard in other.heard}


def test_published_catalogue_is_told_as_a_change_of_its_event(platform: Platform, other: OtherSystem) -> None:
    event_id = published(platform)

    def come(db: Session) -> None:
        settle_stands(db, event_id)
        unpublish_catalogue(db, event_id, now=platform.clock.now, account_id=None)

    platform.change(come)
    platform.deliver()
    platform.call()
    other.heard.clear()
    platform.change(lambda db: publish_catalogue(db, event_id, now=platform.clock.now, account_id=None))
    platform.deliver()
    platform.call()
    [heard] = other.heard
    told = json.loads(heard.body)
    assert told["type"] == "event.changed"
    assert told["data"]["url"].startswith("https://agenda.example.org/events/")


def test_call_is_signed_as_standard_webhooks_ask(platform: Platform, other: OtherSystem) -> None:
    published(platform)
    platform.deliver()
    platform.call()
    (heard,) = other.heard
    with platform.database.reading() as db:
        secret = secret_of(db.get_one(Webhook, platform.hook_id).salt, key=KEY)
    signed = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    expected = hmac.new(b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert heard.headers["webhook-signature"] == f"v1,{b64encode(expected).decode()}"
    assert int(heard.headers["webhook-timestamp"]) == int(platform.clock.now.timestamp())
    assert heard.headers["content-type"] == "application/json"


def test_draft_is_nobodys_business(platform: Platform, other: OtherSystem) -> None:
    event_id = platform.change(lambda db: create_event(db, DRAFT, capacity=3, now=platform.clock.now, account_id=None))
    platform.change(
        lambda db: revise_event(db, event_id, replace(DRAFT, title="Autre"), now=platform.clock.now, account_id=None)
    )
    platform.deliver()
    assert platform.states() == []
    platform.change(lambda db: publish_event(db, event_id, now=platform.clock.now, account_id=None))
    platform.deliver()
    platform.call()
    assert [heard.told["type"] for heard in other.heard] == ["event.published"]


def test_refused_call_is_made_again_later_under_the_same_id(platform: Platform, other: OtherSystem) -> None:
    other.answers = [500, 302]
    published(platform)
    platform.deliver()
    assert platform.call() == Called(0, 1)
    assert platform.call() == Called(0, 0)
    platform.clock.now += timedelta(seconds=31)
    assert platform.call() == Called(0, 1)
    platform.clock.now += timedelta(seconds=91)
    assert platform.call() == Called(1, 0)
    assert len({heard.headers["webhook-id"] for heard in other.heard}) == 1
    assert platform.states() == [(HookKind.PUBLISHED, CallState.DONE)]


def test_call_is_given_up_in_the_end_and_can_be_made_again(platform: Platform, other: OtherSystem) -> None:
    other.answers = [410] * GIVEN_UP_AFTER
    published(platform)
    platform.deliver()
    for _ in range(GIVEN_UP_AFTER):
        assert platform.call() == Called(0, 1)
        platform.clock.now += timedelta(hours=6)
    assert platform.call() == Called(0, 0)
    assert platform.states() == [(HookKind.PUBLISHED, CallState.FAILED)]
    assert platform.change(lambda db: call_again(db, 1, now=platform.clock.now))
    assert platform.call() == Called(1, 0)


def test_later_news_of_an_event_wait_for_the_earlier_and_hold_up_no_other(
    platform: Platform, other: OtherSystem
) -> None:
    first, _ = published(platform), platform.change(lambda db: an_event(db, now=platform.clock.now, title="Un autre"))
    platform.deliver()
    other.answers = [503]
    assert platform.call() == Called(1, 1)
    now = platform.clock.now
    with platform.database.writing() as db:
        revise_event(db, first, replace(DRAFT, title="Changé"), now=now, account_id=None)
        db.commit()
    platform.deliver()
    assert platform.call() == Called(0, 0)
    platform.clock.now += timedelta(seconds=31)
    while platform.call().done_count:
        pass
    told = [(heard.told["type"], heard.told["data"]["title"]) for heard in other.heard]
    assert told == [
        ("event.published", DRAFT.title),
        ("event.published", "Un autre"),
        ("event.published", "Changé"),
        ("event.changed", "Changé"),
    ]


def test_two_callers_make_a_call_once(platform: Platform, other: OtherSystem) -> None:
    published(platform)
    platform.deliver()
    threads = [Thread(target=platform.call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(other.heard) == 1


def test_crash_after_the_answer_makes_the_call_again_when_the_lease_lapses(
    organised: Database, other: OtherSystem
) -> None:
    class Crash(BaseException):
        """The process ends here."""

    real = PublicPost(anywhere=True)

    def dies(url: str, body: bytes, headers: Any) -> int:
        real(url, body, headers)
        raise Crash

    platform = a_platform(organised, other.url, post=dies)
    published(platform)
    platform.deliver()
    with pytest.raises(Crash):
        platform.call()
    alive = replace(platform.caller, post=real)
    assert alive.call_due() == Called(0, 0)
    platform.clock.now += timedelta(minutes=2)
    assert alive.call_due() == Called(1, 0)
    assert len({heard.headers["webhook-id"] for heard in other.heard}) == 1


def test_closed_webhook_is_told_nothing_any_more(platform: Platform, other: OtherSystem) -> None:
    published(platform)
    platform.deliver()
    platform.change(lambda db: close_webhook(db, platform.hook_id, now=platform.clock.now, account_id=None))
    platform.call()
    published(platform)
    platform.deliver()
    platform.call()
    assert other.heard == []
    assert platform.states() == [(HookKind.PUBLISHED, CallState.DROPPED)]
    assert not platform.change(lambda db: call_again(db, 1, now=platform.clock.now))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://10.0.0.1/", "http://169.254.169.254/",
     "http://0.0.0.0:9/", "http://2130706433:9/", "http://[::ffff:127.0.0.1]:9/", "http://[fd00::1]/"],
)  # fmt: skip
def test_our_own_network_is_never_called(url: str) -> None:
    with pytest.raises(CallFailedError, match="private address"):
        PublicPost(timeout_seconds=1)(url, b"{}", {})


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_system_that_answers_a_sign_now_and_then_holds_nobody_for_long(scheme: str) -> None:
    """Each silence is short enough; before an answer, and before hands are shaken, all of them together are not."""
    with socket.create_server(("127.0.0.1", 0)) as slow:
        Thread(target=_drip, args=(slow,), daemon=True).start()
        post = PublicPost(timeout_seconds=5, longest_seconds=1, anywhere=True)
        begun = time.monotonic()
        with pytest.raises(CallFailedError):
            post(f"{scheme}://127.0.0.1:{slow.getsockname()[1]}/", b"{}", {})
        assert time.monotonic() - begun < 15


def _drip(slow: socket.socket) -> None:
    """Answer the beginning of something very long, a sign at a time."""
    line, _address = slow.accept()
    with line, suppress(OSError):
        line.recv(1)
        for sign in b"\x16\x03\x03\x3f\xff" + b"\x02" * 100:
            line.send(bytes([sign]))
            time.sleep(0.2)


@pytest.mark.parametrize(
    "url",
    ["", "portail", "http://portail.example.org/", "ftp://portail.example.org/", "https://", "https://moi:mot@x.example/",
     "https://portail.example.org/\r\nx: y", f"https://x.example/{'a' * 500}"],
)  # fmt: skip
def test_address_that_cannot_be_called_is_refused_with_its_field(organised: Database, url: str) -> None:
    with organised.writing() as db, pytest.raises(BadInput) as refused:
        add_webhook(db, name="Portail", url=url, kinds=[HookKind.PUBLISHED], now=Clock().now, account_id=None)
    assert refused.value.field == "url"


def test_consumer_of_ones_own_is_owed_everything_from_then_on(
    organised: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "_added", {})  # what this test adds, no other hears
    heard: list[str] = []

    def listen(_db: Any, entry: JournalEntry, _now: Any) -> None:
        heard.append(entry.kind)

    clock = Clock()
    add_consumer("portal_of_tests", listen)
    with organised.writing() as db:
        event_id = an_event(db, now=clock.now)
        assert EventDraft.of(the_event(db, event_id)).title == DRAFT.title
        db.commit()
    tell = added_consumers()["portal_of_tests"]
    while deliver_due(organised, "portal_of_tests", tell, clock=clock).done_count:
        pass
    assert heard == ["EventCreated", "EventPublished"]
    for taken in ("portal_of_tests", "messages", "No name", ""):
        with pytest.raises(ValueError, match="free name"):
            add_consumer(taken, listen)
    assert consumer_names("SurveyAnswered") == ("messages", "statistics", "portal_of_tests")
