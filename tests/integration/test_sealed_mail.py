"""Mail over an encrypted line to a real server: by STARTTLS or from the first octet, and to the right server alone."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.queries import mail_health
from alpes_events.messages.sending import Sent
from alpes_events.settings.deployment import BadSettings, Deployment, MailServer, read_settings
from alpes_web.cli import main
from alpes_web.mail import FlaskMailCarrier
from alpes_web.mail_server import mail_trouble
from alpes_web.terminal import Terminal
from tests.support.certificates import Authority
from tests.support.posts import Clock, a_sender, deliver_messages, send_all
from tests.support.smtp import MailHost
from tests.support.stories import NOW, an_event, signs_up

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server: TLS is on

LOGIN = ("courrier", "tulipe orage 42")
Hosting = Callable[..., MailHost]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def hosting() -> Iterator[Hosting]:
    """Starts mail servers, and stops them at the end."""
    with ExitStack() as running:

        def start(**options: object) -> MailHost:
            host = MailHost(**options)  # type: ignore[arg-type]
            host.start()
            running.callback(host.stop)
            return host

        yield start


def trusting(host: MailHost, authority: Authority) -> MailServer:
    return replace(host.settings, ca_file=str(authority.file))


@pytest.mark.parametrize("at_once", [False, True])
def test_mail_leaves_over_a_sealed_line_to_a_server_that_asks_who_sends(
    organised: Database, authority: Authority, hosting: Hosting, *, at_once: bool
) -> None:
    host = hosting(tls=authority.server(), at_once=at_once, login=LOGIN)
    with organised.writing() as db:
        signs_up(db, an_event(db, capacity=5), 1)
        db.commit()
    clock = Clock()
    deliver_messages(organised, clock)
    sender = a_sender(organised, FlaskMailCarrier(trusting(host, authority)), clock)
    assert send_all(sender) == Sent(sent_count=1)
    assert [str(mail["To"]) for mail in host.taken] == ["personne1@example.org"]
    assert mail_trouble(trusting(host, authority)) is None


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("wrong", ["another authority", "another address"])
def test_server_with_a_wrong_certificate_is_told_nothing_and_the_trouble_shows(
    organised: Database, authority: Authority, hosting: Hosting, *, wrong: str, at_once: bool
) -> None:
    shown = authority.server("192.0.2.1" if wrong == "another address" else "127.0.0.1")
    host = hosting(tls=shown, at_once=at_once, login=LOGIN)
    settings = trusting(host, authority) if wrong == "another address" else host.settings
    with organised.writing() as db:
        signs_up(db, an_event(db, capacity=5), 1)
        db.commit()
    clock = Clock()
    deliver_messages(organised, clock)
    assert a_sender(organised, FlaskMailCarrier(settings), clock).send_due() == Sent(line_lost=True)
    clock.pass_by(minutes=16)
    with organised.reading() as db:
        (row,) = db.exec(select(OutboxMessage))
        health = mail_health(db, now=clock.now)
    assert (row.state, row.attempt_count) == (MessageState.WAITING, 0)
    assert (health.waiting_count, health.alarm) == (1, True)
    assert (host.taken, host.refused_logins) == ([], 0)
    told = _doctor(organised, settings)
    assert told["mail"].startswith("Le certificat du serveur de courriel 127.0.0.1 n’est pas reconnu")


def _doctor(database: Database, mail: MailServer) -> dict[str, str]:
    settings = Deployment(secret_key="0123456789abcdef" * 3, base_url="https://agenda.example.org", mail=mail)
    terminal = Terminal(settings=settings, database=database, now=lambda: NOW)
    result = CliRunner().invoke(main, ["doctor", "--json"], obj=terminal)
    return {one["about"]: one["text"] for one in json.loads(result.output)["findings"] if one["verdict"] == "bad"}


def test_each_trouble_with_the_server_is_said_in_its_words(
    authority: Authority, hosting: Hosting, tmp_path: Path
) -> None:
    sealed = trusting(hosting(tls=authority.server(), login=LOGIN), authority)
    plain = hosting()
    away = replace(plain.settings, port=9)
    troubles = {
        "refuse le nom ou le mot de passe": replace(sealed, password="autre"),
        "ne chiffre pas de cette façon : vérifiez": replace(plain.settings, security="starttls"),
        "ne chiffre pas de cette façon": replace(plain.settings, security="tls"),
        "nowhere.pem ne peut pas être lu": replace(sealed, ca_file=str(tmp_path / "nowhere.pem")),
        ":9 ne répond pas": away,
    }
    for words, server in troubles.items():
        trouble = mail_trouble(server)
        assert trouble is not None
        assert words in trouble.in_language("fr")
        assert trouble.in_language("en") != trouble.in_language("fr")
    assert mail_trouble(plain.settings) is None


def test_file_of_authorities_and_way_to_encrypt_are_settings() -> None:
    given = {"ALPES_DEMO": "1", "ALPES_MAIL_CA_FILE": "/etc/authority.pem", "ALPES_MAIL_SECURITY": "tls"}
    mail = read_settings(given).mail
    assert (mail.ca_file, mail.security) == ("/etc/authority.pem", "tls")
    with pytest.raises(BadSettings, match="« ssl »"):
        read_settings({**given, "ALPES_MAIL_SECURITY": "ssl"})
