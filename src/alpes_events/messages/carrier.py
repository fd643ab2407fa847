"""The port through which mail leaves, and the carrier of demo mode, which leaves it in a folder."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol


class CarrierDown(Exception):  # noqa: N818 (an answer, not a bug)
    """The mail server cannot be reached, is too slow, or closes the line. Nothing more is sent on it; all try again."""


class ComeBackLater(Exception):  # noqa: N818 (an answer, not a bug)
    """The mail server asks to try this message again later (4xx); the line stays good for the others."""


class MailRefused(Exception):  # noqa: N818 (an answer, not a bug)
    """The mail server refuses this message for good (5xx), or it can be written to no server at all."""


class Line(Protocol):
    """An open line to the mail server: several messages, one after the other."""

    def send(self, message: EmailMessage) -> None:
        """Hand one message over. When this returns, the server has taken it.

        Raises `CarrierDown`, `ComeBackLater` or `MailRefused`.
        """
        ...


class MailCarrier(Protocol):
    """What carries mail. The web shell gives one that speaks SMTP; demo mode a folder."""

    def line(self) -> AbstractContextManager[Line]:
        """Open a line. Raises `CarrierDown`."""
        ...


@dataclass(frozen=True)
class FolderCarrier:
    """Keeps mail in a Maildir instead of sending it. The same Message-ID takes the place of the earlier copy."""

    folder: Path

    @contextmanager
    def line(self) -> Iterator["FolderCarrier"]:
        """The folder itself."""
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        yield self

    def send(self, message: EmailMessage) -> None:
        """Write the message beside the others, then move it in one step: no reader sees half of it."""
        name = self.file_name(str(message["Message-ID"]))
        unfinished = self.folder / "tmp" / name
        try:
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self.folder / "new" / name)
        except OSError as error:
            raise CarrierDown(str(error.errno)) from error

    @staticmethod
    def file_name(message_id: str) -> str:
        """The name of the file that holds the message."""
        return hashlib.sha256(message_id.encode()).hexdigest()[:32]
