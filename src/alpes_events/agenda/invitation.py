"""The calendar part of a mail (iTIP, RFC 5546): one person is invited to one event, or the invitation is taken back."""

from dataclasses import dataclass
from urllib.parse import quote

from alpes_events.agenda.calendar import CalendarEntry, Method, calendar_file, entry_lines
from alpes_events.agenda.content_lines import folded, parameter

_SIGNED_UP = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
_SAFE_IN_MAILTO = "@!$'*+-./=_~"


@dataclass(frozen=True)
class Party:
    """Who invites or is invited: a name to show and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """One person's entry (`attendance.own_calendar.registration_entry`) with who invites whom."""

    entry: CalendarEntry
    organiser: Party
    attendee: Party
    time_zone: str
    language: str


def request_body(invitation: Invitation) -> bytes:
    """The octets of `text/calendar; method=REQUEST; charset=utf-8`: a confirmation, or a change of it.

    Pure: `request_body(Invitation(entry=…, organiser=Party(…), attendee=Party(…), time_zone="Europe/Paris",
    language="fr"))`. A calendar that knows the entry's UID replaces it when SEQUENCE is higher. The attendee has
    accepted (they signed up) and is not asked: an answer from a phone would reach nobody.
    """
    return _body(invitation, Method.REQUEST)


def cancel_body(invitation: Invitation) -> bytes:
    """The octets of `text/calendar; method=CANCEL; charset=utf-8`. The entry must be cancelled (`ValueError`)."""
    if invitation.entry.status != "CANCELLED":
        raise ValueError("a cancellation needs a cancelled entry")
    return _body(invitation, Method.CANCEL)


def _body(invitation: Invitation, method: Method) -> bytes:
    organiser, attendee = invitation.organiser, invitation.attendee
    people = (
        f"ORGANIZER;CN={parameter(organiser.name)}:{_mailto(organiser.email)}",
        f"ATTENDEE;CN={parameter(attendee.name)};{_SIGNED_UP}:{_mailto(attendee.email)}",
    )
    lines = entry_lines(invitation.entry, zone_name=invitation.time_zone, language=invitation.language, people=people)
    return calendar_file(method, head=(), zone_name=invitation.time_zone, body=folded(lines))


def _mailto(email: str) -> str:
    return "mailto:" + quote(email.strip(), safe=_SAFE_IN_MAILTO)
