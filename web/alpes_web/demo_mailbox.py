"""The mail that a demonstration kept instead of sending it, as pages show it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from markupsafe import Markup, escape

_NAME = re.compile(r"[0-9a-f]{32}\Z")
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")
_LINK = Markup('<a href="{}">{}</a>')
_MOST = 100


@dataclass(frozen=True)
class KeptMail:
    """One message: headers, its text part, the names of its attachments."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    attachments: tuple[str, ...]

    @property
    def linked_text(self) -> Markup:
        """The text with its addresses as links."""
        parts = _ADDRESS.split(self.text)
        return Markup("").join(_LINK.format(part, part) if at % 2 else escape(part) for at, part in enumerate(parts))


def newest_mail(folder: Path) -> list[KeptMail]:
    """The last hundred messages, newest first."""
    files = [file for part in ("new", "cur") for file in (folder / part).glob("*") if _NAME.match(file.name)]
    files.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_read(file) for file in files[:_MOST]]


def one_mail(folder: Path, name: str) -> KeptMail | None:
    """The message of this name."""
    if not _NAME.match(name):
        return None
    found = (folder / part / name for part in ("new", "cur"))
    return next((_read(file) for file in found if file.is_file()), None)


def _read(file: Path) -> KeptMail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    date = message["Date"]
    return KeptMail(
        name=file.name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(date)) if date else None,
        text="" if body is None else str(body.get_content()),
        attachments=tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments()),
    )
