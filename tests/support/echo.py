"""An application that says what reached it, behind a reception with little patience: served by tests of the network."""

import json
from collections.abc import Iterable
from typing import Any

from alpes_web.reception import Reception

LARGEST = 10_000
PATIENCE_SECONDS = 3.0


def echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Give back the texts of the request, and the length of its body."""
    said: dict[str, object] = {name: value for name, value in environ.items() if isinstance(value, str)}
    said["read"] = len(environ["wsgi.input"].read())
    start("200 OK", [("content-type", "application/json"), ("x-one", "1"), ("x-one", "2")])
    return [json.dumps(said).encode()]


def make() -> Reception:
    """What the server calls. Two threads: three slow senders would hold them all."""
    return Reception(echo, largest_body=LARGEST, threads=2, patience_seconds=PATIENCE_SECONDS)
