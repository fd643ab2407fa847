"""The way a call leaves: one HTTPS request to an address of the public internet, bounded in time, never redirected.

The name is looked up once and that address is called, so that nobody can point a checked name at our own network later.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Timer
from urllib.parse import urlsplit

from alpes_events.webhooks.calling import CallFailedError

_USER_AGENT = "alpes-webhooks/1"


@dataclass(frozen=True)
class PublicPost:
    """Posts to public addresses only; `anywhere` allows this computer and private networks too (demonstration). No
    silence may be longer than `timeout_seconds`, and no call longer than `longest_seconds`.
    """

    timeout_seconds: float = 10.0
    longest_seconds: float = 30.0
    anywhere: bool = False

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send `body`, and give the status that was answered. Raises `CallFailedError`."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        try:
            line = _connected(self._address(host, port), host, port, secure=secure, timeout=self.timeout_seconds)
            end = Timer(self.longest_seconds, _hang_up, [line])  # one that answers a byte now and then must not hold us
            end.start()
            try:
                if isinstance(line.sock, ssl.SSLSocket):
                    line.sock.do_handshake()
                line.request("POST", path, body, {**headers, "user-agent": _USER_AGENT})
                return line.getresponse().status
            finally:
                end.cancel()
                line.close()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise CallFailedError(type(error).__name__) from error

    def _address(self, host: str, port: int) -> str:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self.anywhere and not all(ip_address(address).is_global for address in found):
            raise CallFailedError("private address")
        return found[0]


def _hang_up(line: http.client.HTTPConnection) -> None:
    with suppress(OSError):
        line.sock.shutdown(socket.SHUT_RDWR)


def _connected(address: str, host: str, port: int, *, secure: bool, timeout: float) -> http.client.HTTPConnection:
    """A line to `address`. A secure one is yet to shake hands, in which the other proves that it is `host`."""
    plain = socket.create_connection((address, port), timeout=timeout)
    line = http.client.HTTPConnection(host, port, timeout=timeout)
    line.sock = plain
    if secure:
        context = ssl.create_default_context()
        line.sock = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    return line
