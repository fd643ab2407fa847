"""A mailbag: the messages of a database sent into a folder, and what each says."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.messages.carrier import FolderCarrier
from tests.support.posts import Clock, a_sender, deliver_messages, send_all


@dataclass(frozen=True)
class Mailbag:
    """What leaves of `database`, as `clock` goes on."""

    database: Database
    folder: Path
    clock: Clock

    def sent(self) -> list[EmailMessage]:
        """Tell of all that happened, send all that is due, and give what left now."""
        before = set(self.folder.glob("new/*"))
        deliver_messages(self.database, self.clock)
        send_all(a_sender(self.database, FolderCarrier(self.folder), self.clock))
        new = sorted(set(self.folder.glob("new/*")) - before)
        policy = email.policy.default
        return [email.message_from_bytes(file.read_bytes(), policy=policy) for file in new]

    def subjects(self) -> list[tuple[str, str]]:
        """To whom, and what is written on it, of what leaves now."""
        return sorted((str(mail["To"]), plain(str(mail["Subject"]))) for mail in self.sent())


def words_of(mail: EmailMessage) -> str:
    """The plain text of a message, with ordinary spaces."""
    part = mail.get_body(("plain",))
    assert part is not None
    return plain(str(part.get_content()))
