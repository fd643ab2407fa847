"""Where requests come in from the network: each is read whole, in bounded time and size, before a thread answers it.

A thread that reads a body itself waits for its sender: a dozen forms sent a letter at a time, which one computer can
do, would hold every thread and close the site to everyone. Here those who are slow wait among themselves.
"""

import asyncio
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

PATIENCE_SECONDS = 60.0
"""How long a body may take to arrive: eight megabytes over a poor line."""

_TEXT = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), ("connection", "close")]
_ENCODING = "latin-1"
"""What WSGI makes text of, whatever the octets mean."""


class Reception:
    """A WSGI application behind Granian's own interface (RSGI). `largest_body` in octets; `threads` answer."""

    def __init__(
        self, app: "WSGIApplication", *, largest_body: int, threads: int, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._app = app
        self._largest = largest_body
        self._patience = patience_seconds
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def __rsgi__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        """Answer one request."""
        headers = _headers(scope)
        try:
            async with asyncio.timeout(self._patience):
                body = await self._body(headers, protocol)
        except TimeoutError:
            protocol.response_str(408, _TEXT, "Too slow. Trop lent.\n")
            return
        if body is None:
            protocol.response_str(400, _TEXT, "Cut. Envoi interrompu.\n")
            return
        environ = _environ(scope, headers, body)
        loop = asyncio.get_running_loop()
        protocol.response_bytes(*await loop.run_in_executor(self._threads, self._answer, environ))

    async def _body(self, headers: Mapping[str, str], protocol: "HTTPProtocol") -> bytes | None:
        """The body; None when it was cut. One that is too large is not read to its end: its length tells the site."""
        declared = headers.get("content-length", "")
        if not declared and "transfer-encoding" not in headers:
            return b""
        if declared and int(declared) > self._largest:
            return b""
        body = bytearray()
        async for part in protocol:
            body += part
            if len(body) > self._largest:
                break
        return bytes(body) if not declared or len(body) == int(declared) else None

    def _answer(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        """Call the application: status, headers and content."""
        begun: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> Any:
            begun[:] = [(int(status.split(" ", 1)[0]), headers)]

        parts: Iterable[bytes] = self._app(environ, start)
        try:
            content = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return (*begun[0], content)


def _headers(scope: "Scope") -> dict[str, str]:
    """The headers by name, those sent twice joined. A name with an underscore is left out: WSGI could not tell it from
    the one with a hyphen, and a proxy in front vouches for the hyphen's only.
    """
    found: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" not in name:
            glue = "; " if name == "cookie" else ", "
            found[name] = f"{found[name]}{glue}{value}" if name in found else value
    if scope.authority:
        found.setdefault("host", scope.authority)
    return found


def _environ(scope: "Scope", headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The request as WSGI applications know it (PEP 3333)."""
    server, _, port = scope.server.rpartition(":")
    client, _, _ = scope.client.rpartition(":")
    environ: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    declared = environ.pop("HTTP_CONTENT_LENGTH", "")
    return environ | {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode(_ENCODING),
        "QUERY_STRING": scope.query_string,
        "CONTENT_TYPE": environ.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": declared or str(len(body)),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
