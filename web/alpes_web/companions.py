"""Programs that run side by side for a while: started together, and stopped together when one ends or Ctrl-C comes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

_PATIENCE_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 0.2
_PORTS_TRIED = 20


@dataclass(frozen=True)
class Companions:
    """The programs that were started together."""

    processes: tuple[subprocess.Popen[bytes], ...]

    def wait_for_one(self) -> int:
        """Wait until one of them ends; gives its exit code."""
        while True:
            for process in self.processes:
                if process.poll() is not None:
                    return int(process.returncode)
            time.sleep(_LOOK_EVERY_SECONDS)

    def answer(self, host: str, port: int, *, seconds: float = 30.0) -> bool:
        """Whether one of them listens there before so many seconds have passed, while all live."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and all(process.poll() is None for process in self.processes):
            with socket.socket() as probe:
                probe.settimeout(_LOOK_EVERY_SECONDS)
                if probe.connect_ex((host, port)) == 0:
                    return True
            time.sleep(_LOOK_EVERY_SECONDS)
        return False

    def stop(self) -> None:
        """Ask all to stop, and make those who have not after ten seconds."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + _PATIENCE_SECONDS
        for process in self.processes:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def companions(commands: Sequence[Sequence[str]], *, environment: Mapping[str, str]) -> Iterator[Companions]:
    """Run `alpes` with each of these arguments until the block ends, whatever ends it. `SIGTERM` counts as Ctrl-C."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    started: list[subprocess.Popen[bytes]] = []
    try:
        for arguments in commands:
            program = [sys.executable, "-m", "alpes_web", *arguments]
            started.append(subprocess.Popen(program, env={**os.environ, **environment}))  # noqa: S603 (our own program)
        yield Companions(tuple(started))
    finally:
        Companions(tuple(started)).stop()
        signal.signal(signal.SIGTERM, before)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    return next((port for port in range(wanted, min(wanted + _PORTS_TRIED, 65536)) if can_listen(host, port)), wanted)


def can_listen(host: str, port: int) -> bool:
    """Whether a program may listen there: the address is ours, and nobody else does."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
