"""The reception, on a real server: who sends slowly, in pieces, too much or half keeps nobody else waiting."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alpes_web.companions import free_port
from tests.support.echo import LARGEST

HOST = "127.0.0.1"
ROOT = Path(__file__).parents[2]
_SERVE = """
from granian.constants import Interfaces
from granian.server import Server
Server("tests.support.echo:make", address={host!r}, port={port}, interface=Interfaces.RSGI, factory=True,
       websockets=False, log_enabled=False).serve()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server that echoes."""
    chosen = free_port(HOST, 8600)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-c", _SERVE.format(host=HOST, port=chosen)]
    with subprocess.Popen(command, env=environment) as server:
        try:
            _wait_for(chosen)
            yield chosen
        finally:
            server.send_signal(signal.SIGTERM)


def _wait_for(port: int) -> None:
    patience = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            assert time.monotonic() < patience, "the server did not start"
            time.sleep(0.05)
        else:
            return


def ask(port: int, *lines: str, body: bytes = b"", more: bool = False) -> socket.socket:
    """Begin a request; `more`: the sender stays silent before its end."""
    line = socket.create_connection((HOST, port), timeout=30)
    closing = () if more else ("Connection: close",)
    line.sendall("\r\n".join([*lines, f"Host: {HOST}:{port}", *closing, "", ""]).encode() + body)
    return line


def answer(line: socket.socket) -> tuple[int, str]:
    """The status and the content of the answer."""
    received = b""
    with line:
        while part := line.recv(65_536):
            received += part
    head, _, content = received.decode().partition("\r\n\r\n")
    return int(head.split(" ")[1]), content


def test_slow_senders_keep_nobody_waiting_and_are_sent_away(port: int) -> None:
    slow = [ask(port, "POST / HTTP/1.1", "Content-Length: 100", body=b"a", more=True) for _ in range(12)]
    assert answer(ask(port, "GET /quick HTTP/1.1"))[0] == 200
    slow[0].setblocking(False)
    with pytest.raises(BlockingIOError):
        slow[0].recv(1)
    slow[0].setblocking(True)
    assert {answer(line)[0] for line in slow} == {408}


def test_body_in_pieces_is_read_whole(port: int) -> None:
    status, content = answer(
        ask(port, "POST / HTTP/1.1", "Transfer-Encoding: chunked", body=b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
    )
    said = json.loads(content)
    assert (status, said["read"], said["CONTENT_LENGTH"]) == (200, 7, "7")


@pytest.mark.parametrize("length", [LARGEST + 1, 10**15])
def test_body_that_says_it_is_too_large_is_not_waited_for(port: int, length: int) -> None:
    status, content = answer(ask(port, "POST / HTTP/1.1", f"Content-Length: {length}"))
    said = json.loads(content)
    assert (status, said["read"], said["CONTENT_LENGTH"]) == (200, 0, str(length))


def test_body_that_grows_too_large_is_left(port: int) -> None:
    part = b"1000\r\n" + b"a" * 0x1000 + b"\r\n"
    line = ask(port, "POST / HTTP/1.1", "Transfer-Encoding: chunked", body=part * 3, more=True)
    line.settimeout(30)
    said = json.loads(line.recv(65_536).decode().partition("\r\n\r\n")[2])
    line.close()
    assert LARGEST < said["read"] <= 3 * 0x1000
    assert said["CONTENT_LENGTH"] == str(said["read"])


def test_request_reaches_the_application_as_it_was_sent(port: int) -> None:
    _, content = answer(
        ask(
            port,
            "GET /caf%C3%A9%2F1?q=%C3%A9&q=2 HTTP/1.1",
            "Cookie: a=1",
            "Cookie: b=2",
            "X-Forwarded-For: 192.0.2.1",
            "X_Forwarded_For: 198.51.100.7",
        )
    )
    said = json.loads(content)
    assert said["PATH_INFO"].encode("latin-1").decode() == "/café/1"
    assert (said["QUERY_STRING"], said["REQUEST_METHOD"], said["REMOTE_ADDR"]) == ("q=%C3%A9&q=2", "GET", HOST)
    assert said["HTTP_COOKIE"] == "a=1; b=2"
    assert said["HTTP_X_FORWARDED_FOR"] == "192.0.2.1", "a name with an underscore vouches for nothing"


def test_each_header_of_an_answer_is_kept(port: int) -> None:
    with ask(port, "GET / HTTP/1.1") as line:
        head = line.recv(65_536).decode().partition("\r\n\r\n")[0].lower()
    assert head.count("x-one:") == 2
