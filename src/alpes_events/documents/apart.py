"""Typesetting in a process of its own: what the typesetter remembers of a long document goes with it.

A hundred convocations take some 150 MB, which a process that goes on living would keep.
"""

import json
import subprocess  # nosec B404 (our own program, with nothing typed on its command line)
import sys
from collections.abc import Mapping

from alpes_events.documents.typesetting import typeset


class TypesettingFailedError(RuntimeError):
    """The process ended without a document."""


def typeset_apart(template: str, content: Mapping[str, object]) -> bytes:
    """The same as `typeset`, in a process that ends with it. Raises `TypesettingFailedError`."""
    sent = json.dumps({"template": template, "content": content}).encode()
    ran = subprocess.run(  # noqa: S603 (as above)  # nosec B603
        [sys.executable, "-m", __name__], input=sent, capture_output=True, check=False
    )
    if ran.returncode or not ran.stdout:
        raise TypesettingFailedError
    return ran.stdout


def main() -> None:
    """What the process does: a document asked for on the one side, given on the other."""
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(typeset(asked["template"], asked["content"]))


if __name__ == "__main__":
    main()
