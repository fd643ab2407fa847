"""Reading the folder where demo mode leaves its mail: what was sent, newest first."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path


@dataclass(frozen=True)
class MailSeen:
    """One mail of the folder, as a list shows it. `name` is its file."""

    name: str
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class MailOpened:
    """One mail, opened. `attachments` are file names."""

    seen: MailSeen
    sender: str
    text: str
    html: str
    attachments: tuple[str, ...]


def list_mail(folder: Path, *, limit: int = 200) -> list[MailSeen]:
    """The mail in the folder, newest first."""
    files = sorted((folder / "new").glob("*"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_seen(file.name, _read(file, headers_only=True)) for file in files[:limit]]


def open_mail(folder: Path, name: str) -> MailOpened | None:
    """The mail in the file `name`, if there is one. No other file can be read by it."""
    file = folder / "new" / name
    if not name.isalnum() or not file.is_file():
        return None
    mail = _read(file)
    return MailOpened(
        seen=_seen(name, mail),
        sender=str(mail["From"]),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        attachments=tuple(part.get_filename() or "" for part in mail.iter_attachments()),
    )


def _read(file: Path, *, headers_only: bool = False) -> EmailMessage:
    with file.open("rb") as opened:
        mail = BytesParser(EmailMessage, policy=policy.default).parse(opened, headersonly=headers_only)
    assert isinstance(mail, EmailMessage)
    return mail


def _seen(name: str, mail: EmailMessage) -> MailSeen:
    return MailSeen(
        name=name, to=str(mail["To"]), subject=str(mail["Subject"]), at=parsedate_to_datetime(str(mail["Date"]))
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return "" if part is None else str(part.get_content())
