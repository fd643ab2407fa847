"""Rows of the files `registrations` and `attendance`, read into records. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from alpes_events.attendance.models import Channel, Presence
from alpes_events.attendance.reference import read as read_reference
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.keys import import_key
from alpes_events.intake.person_rows import NAME_COLUMNS, SITUATION_COLUMNS, named_person, person_of
from alpes_events.intake.row import Row
from alpes_events.intake.values import words
from alpes_events.language.sentence import N_, say
from alpes_events.people.identity import PersonIn

_CHANNELS = words(
    self="en ligne, online, lui-même, elle-même, soi-même, candidat, site",
    advisor="conseiller, conseillère, référent, référente, prescripteur",
    employer="employeur, entreprise",
    door="accueil, sur place, à la porte",
)
_STATES = words(confirmed="inscrit, inscrite, confirmé, confirmée", cancelled="annulé, annulée, désisté, désistée")
_PRESENCES = words(
    attended="présent, présente, venu, venue, oui, x, 1",
    no_show="absent, absente, non venu, non venue, non, 0",
    excused="excusé, excusée",
    unknown="inconnu, non pointé",
)

EVENT_NAME_COLUMNS: tuple[Column, ...] = (
    needed(
        "event",
        "événement",
        "event",
        "titre de l’événement",
        example="JD-2026-03",
        note=N_("identifiant d’import, adresse (slug) ou titre"),
    ),
    column(
        "event_day", "date de l’événement", "event date", example="12/03/2026", note=N_("si le titre ne suffit pas")
    ),
)
REGISTRATION_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", example="I-2041"),
    column("reference", "référence", "reference", note=N_("d’un de nos exports : reconnaît une inscription déjà là")),
    *EVENT_NAME_COLUMNS,
    column("session", "séance", "session", "atelier"),
    *NAME_COLUMNS,
    *SITUATION_COLUMNS,
    column("registered_at", "inscrit le", "registered at", "date d’inscription", example="02/03/2026 09:15"),
    column("channel", "inscrit par", "channel", "canal", example="conseiller"),
    column("account", "compte", "account", "e-mail du conseiller", note=N_("e-mail du compte de qui a inscrit")),
    column("state", "état", "state", "statut", example="inscrit", note=N_("inscrit ou annulé")),
    column(
        "presence", "présence", "presence", "attendance", example="présent", note=N_("présent, absent, excusé ou vide")
    ),
)
ATTENDANCE_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    column("session", "séance", "session", "atelier"),
    column("reference", "référence", "reference", "inscription", note=N_("celle de la confirmation ; sinon, les noms")),
    *(replace(one, required=False) for one in NAME_COLUMNS),
    needed("presence", "présence", "presence", "attendance", example="présent", note=N_("présent, absent ou excusé")),
    column("marked_at", "pointé le", "marked at", "heure d’arrivée", example="12/03/2026 14:05"),
    column(
        "channel",
        "inscrit par",
        "channel",
        "canal",
        note=N_("« accueil » ajoute une personne qui n’était pas inscrite"),
    ),
)


@dataclass(frozen=True)
class EventName:
    """How a row names an event. `session` « » is the event as a whole."""

    text: str
    day: date | None = None
    session: str = ""


@dataclass(frozen=True)
class RegistrationRecord:
    """One sign-up of a file. `registered_at` None: now, or the event's start when it is past."""

    key: str
    reference: str
    event: EventName
    person: PersonIn
    registered_at: datetime | None
    channel: Channel
    account: str
    cancelled: bool
    presence: Presence


@dataclass(frozen=True)
class AttendanceRecord:
    """One mark of presence of a file, by reference or by the person's name."""

    event: EventName
    reference: str
    person: PersonIn
    presence: Presence
    marked_at: datetime | None
    at_the_door: bool


def registration_record(row: Row) -> RegistrationRecord:
    """The sign-up of a row; what is wrong stands in `row.issues`."""
    event, person = event_name(row), person_of(row)
    natural = (event.text, str(event.day or ""), event.session, *_who(person))
    return RegistrationRecord(
        key=import_key("registration", identifier=row.text("identifier"), natural=natural),
        reference=read_reference(row.text("reference")),
        event=event,
        person=person,
        registered_at=row.moment("registered_at"),
        channel=Channel(row.choice("channel", _CHANNELS, Channel.ADVISOR)),
        account=row.text("account").lower(),
        cancelled=row.choice("state", _STATES) == "cancelled",
        presence=Presence(row.choice("presence", _PRESENCES, Presence.UNKNOWN)),
    )


def attendance_record(row: Row) -> AttendanceRecord:
    """The mark of a row; what is wrong stands in `row.issues`."""
    person, reference = named_person(row), read_reference(row.text("reference"))
    if not reference and not (person.family_name and person.given_name):
        row.note("family_name", say(N_("Il faut la référence de l’inscription, ou le nom et le prénom.")))
    return AttendanceRecord(
        event=event_name(row),
        reference=reference,
        person=person,
        presence=Presence(row.choice("presence", _PRESENCES, Presence.UNKNOWN)),
        marked_at=row.moment("marked_at"),
        at_the_door=row.choice("channel", _CHANNELS) == Channel.DOOR,
    )


def event_name(row: Row) -> EventName:
    """How the row names its event (and session, when there is such a column)."""
    session = row.text("session") if row.knows("session") else ""
    return EventName(row.text("event"), row.day("event_day"), session)


def _who(person: PersonIn) -> tuple[str, ...]:
    return (person.given_name, person.family_name, person.email, person.telephone, str(person.birth_on or ""))
