"""Rows of the file `events`, read into records. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Counter, Entry, EventKind, OrganiserRole
from alpes_events.agenda.words import AUDIENCES
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.keys import import_key
from alpes_events.intake.place_name import PLACE_COLUMNS, PlaceName, place_name
from alpes_events.intake.row import Row
from alpes_events.intake.times import at
from alpes_events.intake.values import Words, words
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say

_KINDS = words(
    salon="salon, salons",
    forum="forum, forums",
    job_dating="job dating, job datings, jobdating",
    recruitment="recrutement, session de recrutement, recrutements",
    discovery="découverte, découverte de métiers, découverte des métiers",
    workshop="atelier, ateliers",
    information="réunion d’information, réunion, information",
    partner_event="événement partenaire, rendez-vous partenaire, événement d’un partenaire",
)
_ROLES = words(
    organiser="organisateur, organisatrice, organisation",
    co_organiser="co-organisateur, co-organisatrice, coorganisateur",
    participant="participant, participante, participation",
)
_ENTRIES = words(
    sign_up="inscription, sur inscription", free="libre, entrée libre", elsewhere="ailleurs, inscription ailleurs"
)
_COUNTERS = words(
    collected="relevé, oui, compté",
    territory_only="territoire, territoire seulement",
    not_collected="non relevé, non",
)
_STATES = words(draft="brouillon", published="publié, publiée, published")
_COUNTED = ("visitors", "participants", "exhibitors", "interviews", "demonstrations")
_ALL_DAY = words(yes="oui, x, journée entière, vrai, 1", no="non, faux, 0")

EVENT_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", "référence", example="JD-2026-03"),
    needed("title", "titre", "title", "nom", "événement", example="Job dating de la logistique"),
    needed("kind", "genre", "kind", "type", example="job dating", note=N_("salon, forum, job dating, recrutement…")),
    needed("day", "date", "date", "date de début", "jour", example="12/03/2026"),
    column("starts", "heure de début", "début", "start", "from", example="14:00"),
    column("last_day", "date de fin", "end date"),
    column("ends", "heure de fin", "fin", "end", "until", example="17:00"),
    column("all_day", "journée entière", "all day"),
    column("capacity", "places", "capacité", "capacity", example="60"),
    column("summary", "résumé", "summary", example="Dix employeurs reçoivent sans rendez-vous."),
    column("description", "description"),
    column("to_bring", "à apporter", "to bring"),
    column("venue", "lieu", "venue", "salle", example="Salle des fêtes"),
    column("address", "adresse", "address", example="1 place de la Mairie"),
    *PLACE_COLUMNS,
    column("transport", "accès", "transport", "transports"),
    column("accessibility", "accessibilité", "accessibility"),
    column("role", "rôle", "role", example="organisateur"),
    column("series", "série", "series"),
    column("edition", "édition", "edition"),
    column("audience", "public", "audience", "publics"),
    column("themes", "thèmes", "secteurs", "themes"),
    column("partners", "partenaires", "partners"),
    column("entry", "entrée", "entry", example="inscription", note=N_("inscription, libre ou ailleurs")),
    column("entry_url", "adresse d’inscription", "entry url", "lien"),
    column("state", "état", "state", "statut", example="publié", note=N_("brouillon ou publié")),
    *(
        column(f"{name}_counter", heading, f"{name} counter", note=N_("relevé, territoire ou non relevé"))
        for name, heading in zip(
            _COUNTED,
            ("compteur visiteurs", "compteur participants", "compteur exposants", "compteur entretiens",
             "compteur démonstrations"),
            strict=True,
        )
    ),
)  # fmt: skip


@dataclass(frozen=True)
class VenueRecord:
    """Where an event is held, as written. Without a name it goes by that of its commune."""

    name: str
    address: str
    place: PlaceName
    transport: str
    accessibility: str


@dataclass(frozen=True)
class EventRecord:
    """One event of a file. `publish` None: as its date says (past ones are published and closed)."""

    key: str
    draft: EventDraft
    venue: VenueRecord | None
    series: str
    capacity: int | None
    publish: bool | None


def event_record(row: Row) -> EventRecord:
    """The event of a row; what is wrong stands in `row.issues`."""
    title, day = row.text("title"), row.the_day("day")
    starts_at, ends_at, all_day = _hours(row, day)
    counters = {
        f"{name}_counter": row.choice(f"{name}_counter", _COUNTERS, _default_counter(name)) for name in _COUNTED
    }
    draft = EventDraft(
        title=title,
        kind=EventKind(row.choice("kind", _KINDS, EventKind.JOB_DATING)),
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=all_day,
        organiser_role=OrganiserRole(row.choice("role", _ROLES, OrganiserRole.ORGANISER)),
        edition=row.count("edition"),
        summary=row.text("summary"),
        description=row.long_text("description"),
        to_bring=row.long_text("to_bring"),
        audience=tuple(_audience(word) for word in row.words("audience")),
        themes=row.words("themes"),
        partners=row.words("partners"),
        entry=Entry(row.choice("entry", _ENTRIES, Entry.SIGN_UP)),
        entry_url=row.text("entry_url"),
        visitors_counter=Counter(counters["visitors_counter"]),
        participants_counter=Counter(counters["participants_counter"]),
        exhibitors_counter=Counter(counters["exhibitors_counter"]),
        interviews_counter=Counter(counters["interviews_counter"]),
        demonstrations_counter=Counter(counters["demonstrations_counter"]),
    )
    state = row.choice("state", _STATES)
    return EventRecord(
        key=import_key("event", identifier=row.text("identifier"), natural=(title, f"{starts_at:%Y-%m-%dT%H:%M}")),
        draft=draft,
        venue=_venue(row),
        series=row.text("series"),
        capacity=row.count("capacity"),
        publish=state == "published" if state else None,
    )


def _hours(row: Row, day: date) -> tuple[datetime, datetime, bool]:
    """Start, end, and whether the event fills whole days (asked for, or because no hour is given)."""
    starts, ends = row.hour("starts"), row.hour("ends")
    all_day = row.choice("all_day", _ALL_DAY) == "yes" or (starts is None and ends is None)
    last_day = row.day("last_day") or day
    if last_day < day:
        row.note("last_day", say(N_("La fin doit venir après le début.")))
        last_day = day
    if all_day:
        after = last_day if last_day == date.max else last_day + timedelta(days=1)
        return _at(row, "day", day, time()), _at(row, "day", after, time()), True
    for field, hour in (("starts", starts), ("ends", ends)):
        if hour is None and not row.text(field):
            row.note(field, say(N_("Il manque cette valeur.")))
    starts_at, ends_at = _at(row, "starts", day, starts or time()), _at(row, "ends", last_day, ends or time())
    if not row.issues and ends_at <= starts_at:
        row.note("ends", say(N_("La fin doit venir après le début.")))
    return starts_at, ends_at, False


def _at(row: Row, field: str, day: date, hour: time) -> datetime:
    stand_in = datetime(1970, 1, 1, tzinfo=row.zone)
    if day.year < _FIRST_YEAR:
        return stand_in
    return row.tried(field, lambda: at(day, hour, row.zone), stand_in)


_FIRST_YEAR = 1970


def _default_counter(name: str) -> str:
    return Counter.COLLECTED if name == "participants" else Counter.NOT_COLLECTED


def _venue(row: Row) -> VenueRecord | None:
    place, name = place_name(row), row.text("venue")
    if not name and not place.said:
        return None
    return VenueRecord(name, row.text("address"), place, row.text("transport"), row.text("accessibility"))


def _audience(word: str) -> str:
    """The code of a known audience, else the word as it is."""
    return _AUDIENCES.codes.get(fold(word), word)


_AUDIENCES = Words(
    {fold(shown): code for code, shown in AUDIENCES.items()}
    | {fold(code): code for code in AUDIENCES}
    | {"tous": "everyone", "tout public": "everyone", "jeunes": "young", "femmes": "women"},
    tuple(AUDIENCES.values()),
)
