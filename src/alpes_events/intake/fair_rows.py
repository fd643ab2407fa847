"""Rows of the files `exhibitors`, `demonstrations`, `interviews` and `visitors`, read into records. Pure."""

from dataclasses import dataclass, replace
from datetime import date, time

from alpes_events.attendance.reference import read as read_reference
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.person_rows import NAME_COLUMNS, named_person
from alpes_events.intake.place_name import PLACE_COLUMNS, PlaceName, place_name
from alpes_events.intake.registration_rows import EVENT_NAME_COLUMNS, EventName, event_name
from alpes_events.intake.row import Row
from alpes_events.language.sentence import N_, say
from alpes_events.people.identity import PersonIn

EXHIBITOR_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    needed("name", "exposant", "exhibitor", "nom", "entreprise", example="Filature des Prés"),
    column("siret", "SIRET", note=N_("retrouve son entreprise à coup sûr")),
    *PLACE_COLUMNS,
    column("in_territory", "du territoire", "in territory", note=N_("oui ou non, si la commune n’est pas donnée")),
    column("looking_for", "recherche", "looking for", "postes", example="Piqueuses, piqueurs"),
)
DEMONSTRATION_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    needed("title", "démonstration", "demonstration", "titre", "métier", example="Soudure"),
)
INTERVIEW_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    column("reference", "référence", "reference", "inscription", note=N_("celle de la confirmation ; sinon, les noms")),
    *(replace(one, required=False) for one in NAME_COLUMNS),
    needed("exhibitor", "exposant", "exhibitor", "entreprise", "employeur", example="Filature des Prés"),
    needed("hour", "heure", "time", "hour", example="14:20"),
    column("day", "date", "day", note=N_("si l’événement dure plusieurs jours")),
)
VISITOR_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    needed("hour", "demi-heure", "heure", "half hour", "time", example="14:00"),
    needed("visitors", "visiteurs", "visitors", "nombre", example="23"),
    column("territory", "dont territoire", "of the territory", note=N_("vide si ce n’est pas demandé")),
    column("day", "date", "day", note=N_("si l’événement dure plusieurs jours")),
)


@dataclass(frozen=True)
class ExhibitorRecord:
    """One exhibitor of a file."""

    event: EventName
    name: str
    siret: str
    place: PlaceName
    in_territory: bool | None
    looking_for: str


@dataclass(frozen=True)
class DemonstrationRecord:
    """One demonstration of a file."""

    event: EventName
    title: str


@dataclass(frozen=True)
class InterviewRecord:
    """One interview of a file: who, with whom, at which wall time. `day` None is the event's first day."""

    event: EventName
    reference: str
    person: PersonIn
    exhibitor: str
    hour: time
    day: date | None


@dataclass(frozen=True)
class VisitorRecord:
    """Visitors of one half-hour of a file. `day` None is the event's first day."""

    event: EventName
    hour: time
    day: date | None
    visitors: int
    territory: int | None


def exhibitor_record(row: Row) -> ExhibitorRecord:
    """The exhibitor of a row."""
    return ExhibitorRecord(
        event=event_name(row),
        name=row.text("name"),
        siret=row.text("siret"),
        place=place_name(row),
        in_territory=row.flag("in_territory"),
        looking_for=row.text("looking_for"),
    )


def demonstration_record(row: Row) -> DemonstrationRecord:
    """The demonstration of a row."""
    return DemonstrationRecord(event_name(row), row.text("title"))


def interview_record(row: Row) -> InterviewRecord:
    """The interview of a row."""
    person, reference = named_person(row), read_reference(row.text("reference"))
    if not reference and not (person.family_name and person.given_name):
        row.note("family_name", say(N_("Il faut la référence de l’inscription, ou le nom et le prénom.")))
    return InterviewRecord(
        event=event_name(row),
        reference=reference,
        person=person,
        exhibitor=row.text("exhibitor"),
        hour=row.the_hour("hour"),
        day=row.day("day"),
    )


def visitor_record(row: Row) -> VisitorRecord:
    """The half-hour of a row."""
    visitors, territory = row.count("visitors") or 0, row.count("territory")
    if territory is not None and territory > visitors:
        row.note("territory", say(N_("Ce nombre dépasse celui des visiteurs de la demi-heure.")))
    return VisitorRecord(event_name(row), row.the_hour("hour"), row.day("day"), visitors, territory)
