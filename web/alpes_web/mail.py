"""Sending mail through Flask-Mail, with what it lacks: a time-out, and a message that is already whole."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses

from flask import Flask
from flask_mail import BadHeaderError, Connection, Mail, Message

from alpes_events.messages.carrier import CarrierDown, ComeBackLater, FolderCarrier, MailCarrier, MailRefused
from alpes_events.settings.deployment import Deployment, MailServer

_PERMANENT = 500
_CLOSING = 421
_NO_ANSWER = -1


def mail_carrier(settings: Deployment) -> MailCarrier:
    """How mail leaves this deployment: the folder in demo mode without a mail server, else SMTP."""
    if settings.demo and not settings.mail.host:
        return FolderCarrier(settings.mailbox_folder)
    return FlaskMailCarrier(settings.mail)


class WholeMessage(Message):
    """A message that is built already: Flask-Mail checks its headers and hands its octets over unchanged."""

    def __init__(self, made: EmailMessage) -> None:
        super().__init__(
            subject=str(made["Subject"]), sender=_only_address(made, "From"), recipients=[_only_address(made, "To")]
        )
        self.made = made

    def as_bytes(self) -> bytes:
        """The octets that go to the server."""
        return self.made.as_bytes()


class TimedConnection(Connection):
    """Flask-Mail's connection, in which no wait is longer than the time-out, and certificates are checked."""

    def __init__(self, mail: Mail, *, timeout: float, ca_file: str) -> None:
        super().__init__(mail)
        self.timeout = timeout
        self.ca_file = ca_file

    def configure_host(self) -> smtplib.SMTP:
        """Connect, encrypt, and log in. A server whose certificate does not hold is told neither name nor password."""
        context = ssl.create_default_context(cafile=self.ca_file or None)
        host: smtplib.SMTP
        if self.mail.use_ssl:
            host = smtplib.SMTP_SSL(self.mail.server, self.mail.port, timeout=self.timeout, context=context)
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=self.timeout)
        try:
            if self.mail.use_tls:
                host.starttls(context=context)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def hang_up(self, *, politely: bool) -> None:
        """Close; say goodbye first, unless the server no longer answers."""
        if self.host is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            if politely:
                self.host.quit()
        self.host.close()


@dataclass
class SmtpLine:
    """An open connection. It stays good when a message is refused or must come later, and is lost after a failure."""

    app: Flask
    connection: TimedConnection
    lost: bool = False

    def send(self, message: EmailMessage) -> None:
        """Hand one message over; it is taken when this returns."""
        try:
            with self.app.app_context(), _as_answers():
                self.connection.send(WholeMessage(message))
        except CarrierDown:
            self.lost = True
            raise


class FlaskMailCarrier:
    """The carrier that speaks SMTP."""

    def __init__(self, server: MailServer) -> None:
        self._app = Flask("alpes_mail")
        self._app.config.update(
            MAIL_SERVER=server.host,
            MAIL_PORT=server.port,
            MAIL_USERNAME=server.user or None,
            MAIL_PASSWORD=server.password or None,
            MAIL_USE_TLS=server.security == "starttls",
            MAIL_USE_SSL=server.security == "tls",
        )
        Mail(self._app)
        self._timeout = server.timeout_seconds
        self._ca_file = server.ca_file

    @contextmanager
    def line(self) -> Iterator[SmtpLine]:
        """Open a connection. Raises `CarrierDown` when it cannot be opened in time."""
        if not self._app.config["MAIL_SERVER"]:
            raise CarrierDown("no mail server")
        connection = TimedConnection(self._app.extensions["mail"], timeout=self._timeout, ca_file=self._ca_file)
        with _as_answers(opening=True):
            connection.host = connection.configure_host()
        line = SmtpLine(self._app, connection)
        try:
            yield line
        finally:
            connection.hang_up(politely=not line.lost)


@contextmanager
def _as_answers(*, opening: bool = False) -> Iterator[None]:
    """What smtplib raises, as the answers of the port. Only codes are kept: a server's sentence may name people.

    A connection or log-in that is refused is the deployment's fault and not the message's: the line is down.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(max(code for code, _sentence in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise CarrierDown(f"SMTP {error.smtp_code}") if opening else _answer(error.smtp_code) from error
    except (BadHeaderError, UnicodeEncodeError) as error:
        raise MailRefused("address or header") from error
    except (smtplib.SMTPException, OSError) as error:
        raise CarrierDown(type(error).__name__) from error


def _answer(code: int) -> CarrierDown | MailRefused | ComeBackLater:
    """5xx: never. 421 and no answer: the line is closed. Other 4xx: this message later."""
    if code >= _PERMANENT:
        return MailRefused(f"SMTP {code}")
    return CarrierDown(f"SMTP {code}") if code in (_CLOSING, _NO_ANSWER) else ComeBackLater(f"SMTP {code}")


def _only_address(made: EmailMessage, header: str) -> str:
    """The bare address of a From or To header that holds one."""
    (_name, address), *_others = getaddresses([str(made[header])])
    return address
