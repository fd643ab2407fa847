"""Answers that take the same time whatever the site knows: whoever measures them learns nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

FLOOR_SECONDS = 0.05
"""Well above what a known address costs more than an unknown one (2 ms measured: an account, a link, a message)."""


@contextmanager
def even_time() -> Iterator[None]:
    """What is done within takes `FLOOR_SECONDS`, however little it is."""
    end = time.monotonic() + FLOOR_SECONDS
    yield
    time.sleep(max(0.0, end - time.monotonic()))
