"""Sending through a real SMTP server that refuses, hangs and hangs up."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from sqlmodel import col, select

from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.messages import claim, sending
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.queries import mail_health, messages_in_trouble
from alpes_events.messages.sending import Sender, Sent
from alpes_events.people.models import Candidate
from alpes_events.seats.pool import lock_pool
from alpes_events.territory.models import Organisation
from alpes_web.mail import FlaskMailCarrier
from tests.support.posts import Clock, a_sender, deliver_messages, send_all
from tests.support.smtp import Answer, MailHost
from tests.support.stories import an_event, signs_up


@pytest.fixture(scope="module")
def _server() -> Iterator[MailHost]:
    host = MailHost()
    host.start()
    yield host
    host.stop()


@pytest.fixture
def host(_server: MailHost) -> MailHost:
    """A server without orders that has taken nothing yet."""
    _server.orders.clear()
    _server.taken.clear()
    _server.talks = 0
    return _server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Post:
    """A post office with two confirmations that wait."""

    database: Database
    sender: Sender
    clock: Clock
    registration_ids: list[int]

    def rows(self) -> list[OutboxMessage]:
        with self.database.reading() as db:
            return list(db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))

    @property
    def states(self) -> list[MessageState]:
        return [row.state for row in self.rows()]


@pytest.fixture
def post(organised: Database, host: MailHost, clock: Clock) -> Post:
    with organised.writing() as db:
        event_id = an_event(db, capacity=5)
        ids = [signs_up(db, event_id, number).registration_id for number in range(2)]
        db.commit()
    deliver_messages(organised, clock)
    return Post(organised, a_sender(organised, FlaskMailCarrier(host.settings), clock), clock, ids)


def test_mail_that_is_taken_is_sent_once_under_its_own_message_id(post: Post, host: MailHost) -> None:
    assert send_all(post.sender) == Sent(sent_count=2)
    assert send_all(post.sender) == Sent()
    assert [mail["Message-ID"] for mail in host.taken] == [row.message_id for row in post.rows()]
    assert [str(mail["To"]) for mail in host.taken] == ["personne0@example.org", "personne1@example.org"]
    assert post.states == [MessageState.SENT, MessageState.SENT]
    assert host.talks == 1, "one line carries several messages"


def test_a_4xx_waits_its_turn_and_stops_nobody_else(post: Post, host: MailHost) -> None:
    host.orders.append(Answer.LATER)
    assert post.sender.send_due() == Sent(sent_count=1, postponed_count=1)
    assert post.states == [MessageState.WAITING, MessageState.SENT]
    assert post.sender.send_due() == Sent(), "not before its time"
    post.clock.pass_by(seconds=30)
    assert post.sender.send_due() == Sent(sent_count=1)
    assert [row.attempt_count for row in post.rows()] == [2, 1]


@pytest.mark.parametrize("answer", [Answer.NEVER, Answer.NO_RECIPIENT])
def test_a_5xx_is_for_good_and_its_sentence_is_not_kept(post: Post, host: MailHost, answer: Answer) -> None:
    host.orders.append(answer)
    assert post.sender.send_due() == Sent(sent_count=1, failed_count=1)
    failed, sent = post.rows()
    assert (failed.state, sent.state) == (MessageState.FAILED, MessageState.SENT)
    assert failed.last_error == f"SMTP {answer.value[:3]}"
    post.clock.pass_by(days=2)
    assert post.sender.send_due() == Sent()
    with post.database.reading() as db:
        (line,) = messages_in_trouble(db)
        assert (line.id, line.email) == (failed.id, "personne0@example.org")


@pytest.mark.parametrize("answer", [Answer.HANG, Answer.CUT])
def test_a_server_that_hangs_or_cuts_is_left_and_tried_again(post: Post, host: MailHost, answer: Answer) -> None:
    host.orders.append(answer)
    impatient = FlaskMailCarrier(replace(host.settings, timeout_seconds=host.hang_seconds / 2))
    assert replace(post.sender, carrier=impatient).send_due() == Sent(postponed_count=1, line_lost=True)
    assert post.states == [MessageState.WAITING, MessageState.WAITING]
    assert [row.attempt_count for row in post.rows()] == [1, 0], "the second was not even claimed"
    post.clock.pass_by(seconds=30)
    assert post.sender.send_due() == Sent(sent_count=2)
    assert len(host.taken) == 2


def test_a_server_that_is_away_uses_up_no_attempt(organised: Database, post: Post, clock: Clock) -> None:
    away = MailHost()
    away.start()
    settings = away.settings
    away.stop()
    sender = a_sender(organised, FlaskMailCarrier(settings), clock)
    assert sender.send_due() == Sent(line_lost=True)
    assert [(row.state, row.attempt_count) for row in post.rows()] == [(MessageState.WAITING, 0)] * 2
    clock.pass_by(minutes=16)
    with organised.reading() as db:
        health = mail_health(db, now=clock.now)
    assert (health.waiting_count, health.alarm) == (2, True)


def test_attempts_end_in_failure_that_a_person_sees(post: Post, host: MailHost) -> None:
    for _ in range(sending.GIVEN_UP_AFTER):
        host.orders.extend([Answer.LATER, Answer.LATER])
        post.sender.send_due()
        post.clock.pass_by(hours=6)
    assert post.states == [MessageState.FAILED, MessageState.FAILED]


def test_a_crash_after_sending_sends_again_under_the_same_message_id(post: Post, host: MailHost) -> None:
    class Killed(BaseException):
        """The process dies."""

    class Dying(Sender):
        def _settle(self, *_args: object, **_values: object) -> Sent:
            raise Killed

    dying = Dying(post.database, post.sender.carrier, post.sender.composer, post.clock)
    with pytest.raises(Killed):
        dying.send_due()
    assert post.states[0] is MessageState.SENDING
    assert send_all(post.sender) == Sent(sent_count=1), "the other leaves; the first is held until its lease lapses"
    post.clock.now += claim.LEASE
    assert send_all(post.sender) == Sent(sent_count=1)
    first, _second, again = (mail["Message-ID"] for mail in host.taken)
    assert first == again


def test_of_two_senders_one_gets_a_message(post: Post) -> None:
    message_id = post.rows()[0].id or 0
    claims = []
    for _ in range(2):
        with post.database.writing() as db:
            claims.append(claim.claim_message(db, message_id, now=post.clock.now))
            db.commit()
    assert claims == [claim.Claim(message_id, 1, urgent=False), None]


def test_two_senders_at_once_send_each_message_once(organised: Database, host: MailHost, clock: Clock) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=None)
        for number in range(24):
            signs_up(db, event_id, number)
        db.commit()
    deliver_messages(organised, clock)
    senders = [a_sender(organised, FlaskMailCarrier(host.settings), clock) for _ in range(3)]
    ready = threading.Barrier(len(senders))

    def send(sender: Sender) -> Sent:
        ready.wait()
        return send_all(sender)

    with ThreadPoolExecutor(len(senders)) as threads:
        done = list(threads.map(send, senders))
    assert sum(one.sent_count for one in done) == 24
    assert len(host.taken) == len({mail["Message-ID"] for mail in host.taken}) == 24


def test_without_a_sender_s_address_messages_wait(post: Post) -> None:
    with post.database.writing() as db:
        db.get_one(Organisation, 1).email = ""
        db.commit()
    nameless = replace(post.sender, composer=replace(post.sender.composer, sender=""))
    assert nameless.send_due() == Sent(postponed_count=1, line_lost=True)
    assert post.states == [MessageState.WAITING, MessageState.WAITING]


def test_an_address_that_no_server_takes_fails_for_good(post: Post) -> None:
    with post.database.writing() as db:
        db.exec(select(Candidate).order_by(col(Candidate.id))).first().email = "zoé@example.org"  # type: ignore[union-attr]
        db.commit()
    assert send_all(post.sender) == Sent(sent_count=1, failed_count=1)


def test_idle_sending_takes_no_lock_and_opens_no_line(post: Post, host: MailHost) -> None:
    send_all(post.sender)
    host.talks = 0
    with post.database.writing() as held:
        lock_pool(held, 1)
        assert post.sender.send_due() == Sent()
        held.rollback()
    assert host.talks == 0


def test_a_message_that_lost_its_sense_is_dropped(post: Post, host: MailHost) -> None:
    with post.database.writing() as db:
        cancel_registration(db, post.registration_ids[0], by="self", now=post.clock.now)
        db.commit()
    deliver_messages(post.database, post.clock)
    assert send_all(post.sender) == Sent(sent_count=2, dropped_count=1)
    assert post.states == [MessageState.DROPPED, MessageState.SENT, MessageState.SENT]
    assert sorted(str(mail["Subject"])[:30] for mail in host.taken) == [
        "Votre inscription est annulée ",
        "Votre place est gardée : jeudi",
    ]
