"""The site as people reach it: `alpes serve` in processes of its own, asked over HTTP on this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import psutil

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_web.site import utc_now
from tests.support.web import Browser, a_site

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only-for-measuring-" + "0123456789abcdef" * 3
_PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """What the site answered. Header names are in small letters; of several cookies, the last."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running site."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Time of the processor that the site used so far, which a busy machine changes less than the clock."""
        processes = [self.process, *self.process.children(recursive=True)]
        return float(sum(one.cpu_times().user + one.cpu_times().system for one in processes))

    def memory_mb(self) -> list[float]:
        """Memory that each process of the site holds for itself, the one that started the others first."""
        processes = [self.process, *self.process.children(recursive=True)]
        return [round(one.memory_full_info().uss / 2**20, 1) for one in processes]


@contextmanager
def serving(database: Database, *, workers: int | None = None) -> Iterator[Served]:
    """Serve `database` as in production: no demonstration mode, behind one trusted proxy that says who asks.

    The proxy's headers are ours to send (`ask` with `address`), so that each person has an address of their own and
    the limits by address hold as they do for people.
    """
    port, log = _free_port(), tempfile.TemporaryFile()  # noqa: SIM115 (the site writes into it until it ends)
    process = subprocess.Popen(
        [
            sys.executable,
            *("-m", "alpes_web", "serve", "--port", str(port)),
            *(("--workers", str(workers)) if workers else ()),
        ],
        cwd=ROOT,
        env=_environment(database, port),
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        _wait_for(port, process, log)
        yield Served(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)
        log.close()


def ask(
    port: int,
    path: str,
    *,
    form: dict[str, object] | None = None,
    address: str = "192.0.2.1",
    cookie: str = "",
) -> Answer:
    """Open a page, or send a form, by a connection of its own, as somebody at `address`."""
    body = b"" if form is None else urlencode(form, doseq=True).encode()
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"X-Forwarded-For: {address}",
        "Accept-Language: fr",
        "Connection: close",
        *([f"Cookie: {cookie}"] if cookie else []),
        *(["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if body else []),
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as line:
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return _read(line)


def _read(line: socket.socket) -> Answer:
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    status, *headers = head.decode("latin-1").split("\r\n")
    named = (header.partition(": ") for header in headers)
    return Answer(int(status.split()[1]), {name.lower(): value for name, _, value in named}, body)


def _environment(database: Database, port: int) -> dict[str, str]:
    ours = {
        "ALPES_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "ALPES_SECRET_KEY": SECRET,
        "ALPES_BASE_URL": f"http://127.0.0.1:{port}",
        "ALPES_PROXY_COUNT": "1",
        "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("src", "web", "scheduler")),
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("ALPES_")} | ours


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    patience = time.monotonic() + _PATIENCE
    while time.monotonic() < patience:
        if process.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"the site ended with {process.returncode}: {log.read().decode()}")
        try:
            if ask(port, "/legal").status == 200:
                return
        except (OSError, IndexError):
            time.sleep(0.1)
    raise TimeoutError("the site does not answer")


def signed_in_cookie(database: Database, role: Role) -> str:
    """The cookie of a browser in which somebody of this role has signed in, for the site that `serving` serves."""
    browser = Browser(a_site(database, now=utc_now, secret_key=SECRET))
    browser.sign_in(role)
    cookie = browser.client.get_cookie("alpes", domain="agenda.example.org")
    assert cookie is not None
    return f"alpes={cookie.value}"
