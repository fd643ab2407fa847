"""A real SMTP server on this machine, which can be told to refuse, to hang, and to hang up."""

import asyncio
import ssl
from collections import deque
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from enum import Enum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from alpes_events.settings.deployment import MailServer

PATIENCE = 20.0
"""Seconds that a client waits: more than a busy machine takes for an answer."""


class Answer(Enum):
    """What the server does with the next message; without orders it takes it."""

    TAKE = "250 taken"
    LATER = "451 4.3.0 try again later"
    NEVER = "554 5.7.1 no such person samira@example.org"
    NO_RECIPIENT = "550 5.1.1 unknown"
    HANG = "hang"
    CUT = "cut"


class MailHost(Controller):
    """The server. `orders` are the answers to come; `taken` the messages it accepted."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, at_once: bool = False, login: tuple[str, str] | None = None
    ) -> None:
        """`tls` encrypts: `at_once` from the first octet, else by STARTTLS. `login` is the only one that may send."""
        self.security = "none" if tls is None else "tls" if at_once else "starttls"
        self.login = login
        self.refused_logins = 0
        self.orders: deque[Answer] = deque()
        self.taken: list[EmailMessage] = []
        self.talks = 0
        self.hang_seconds = 1.0
        options: dict[str, Any] = {} if login is None else {"authenticator": self._knows, "auth_required": True}
        if tls is not None:
            options |= {"ssl_context": tls} if at_once else {"tls_context": tls, "require_starttls": True}
        if login is not None and at_once:
            options |= {"auth_require_tls": False}  # aiosmtpd knows only of STARTTLS
        super().__init__(_Handler(self), hostname="127.0.0.1", port=0, **options)

    def _knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        assert self.login is not None
        known = (given.login, given.password) == tuple(part.encode() for part in self.login)
        self.refused_logins += not known
        return AuthResult(success=known, handled=False)

    def factory(self) -> SMTP:
        """One conversation."""
        self.talks += 1
        return _Conversation(self.handler, host=self, **self.SMTP_kwargs)

    @property
    def settings(self) -> MailServer:
        """The settings that send to this server."""
        user, password = self.login or ("", "")
        return MailServer(
            host="127.0.0.1",
            port=self.port,
            user=user,
            password=password,
            security=self.security,
            sender="bonjour@example.org",
            timeout_seconds=PATIENCE,
        )

    def _trigger_server(self) -> None:
        """The server chose its port when it began to listen."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    def next_answer(self) -> Answer:
        """What to do now."""
        return self.orders.popleft() if self.orders else Answer.TAKE


class _Handler:
    def __init__(self, host: MailHost) -> None:
        self.host = host

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.host.orders and self.host.orders[0] is Answer.NO_RECIPIENT:
            return str(self.host.orders.popleft().value)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        answer = self.host.next_answer()
        if answer is Answer.HANG:
            await asyncio.sleep(self.host.hang_seconds)
            return str(Answer.LATER.value)
        if answer is Answer.TAKE:
            content = envelope.content
            assert isinstance(content, bytes)
            message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
            assert isinstance(message, EmailMessage)
            self.host.taken.append(message)
        return str(answer.value)


class _Conversation(SMTP):
    def __init__(self, handler: Any, *, host: MailHost, **kwargs: Any) -> None:
        super().__init__(handler, **kwargs)
        self.host = host

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if self.host.orders and self.host.orders[0] is Answer.CUT:
            self.host.orders.popleft()
            await self.push("354 go on")
            assert self.transport is not None
            self.transport.close()
            return
        await super().smtp_DATA(arg)
