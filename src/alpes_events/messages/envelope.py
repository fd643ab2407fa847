"""The mail itself: headers, text, HTML and the calendar part, as one `EmailMessage`."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from alpes_events.messages.carrier import MailRefused
from alpes_events.messages.greeting import one_line
from alpes_events.messages.rendering import Rendered


@dataclass(frozen=True)
class CalendarPart:
    """An iTIP body. `method` is REQUEST or CANCEL, the same as inside the octets."""

    method: str
    octets: bytes


@dataclass(frozen=True)
class Envelope:
    """From whom, to whom, and under which identity."""

    sender_name: str
    sender: str
    reply_to: str
    to: str
    message_id: str
    language: str
    date: datetime


def mail(envelope: Envelope, words: Rendered, calendar: CalendarPart | None = None) -> EmailMessage:
    """The mail, ready to be handed over. Raises `MailRefused` for an address that no server would take.

    Every value that people typed becomes one line first: nothing of theirs can start a header of its own.
    """
    made = EmailMessage(policy=SMTP)
    made["From"] = address(envelope.sender, name=envelope.sender_name)
    made["To"] = address(envelope.to)
    if envelope.reply_to and envelope.reply_to != envelope.sender:
        made["Reply-To"] = address(envelope.reply_to)
    made["Subject"] = one_line(words.subject)
    made["Date"] = envelope.date
    made["Message-ID"] = envelope.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    made.set_content(words.text, cte="quoted-printable")
    made.add_alternative(words.html, subtype="html", cte="quoted-printable")
    if calendar is not None:
        _add_calendar(made, calendar)
    made["Content-Language"] = envelope.language  # last: each added part takes the Content-… headers with it
    return made


def address(email: str, *, name: str = "") -> Address:
    """An address for a header, its domain in ASCII. Raises `MailRefused`."""
    local, _, domain = email.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
        local.encode("ascii")
        return Address(display_name=one_line(name), addr_spec=f"{local}@{domain}")
    except (ValueError, UnicodeError) as error:
        raise MailRefused("address") from error


def _add_calendar(made: EmailMessage, calendar: CalendarPart) -> None:
    """As an alternative, which mail programs turn into an entry, and as a file, for those that do not."""
    made.add_alternative(
        calendar.octets.decode("utf-8"), subtype="calendar", cte="base64", params={"method": calendar.method}
    )
    made.add_attachment(calendar.octets, maintype="application", subtype="ics", filename="invitation.ics")
