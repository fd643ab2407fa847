"""Writing the rows of `events`."""

from dataclasses import replace

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import close_event, create_event, publish_event
from alpes_events.agenda.models import Event, Series
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.intake.desk import Desk, Outcome, Unfound
from alpes_events.intake.event_rows import EventRecord, VenueRecord
from alpes_events.intake.place_name import PlaceName
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_
from alpes_events.people.residence import WhichCommune
from alpes_events.territory.queries import commune, communes_of_postal_code, resolve_commune


def write_event(db: Session, desk: Desk, record: EventRecord) -> Outcome:
    """Add an event. One that is over is published and closed; one to come stays a draft unless the row publishes it."""
    there = db.exec(select(Event.id).where(col(Event.import_key) == record.key)).first()
    if there is not None:
        return Outcome.THERE
    draft = replace(
        record.draft,
        series_id=_series_id(db, record.series),
        venue_id=None if record.venue is None else _venue_id(db, record.venue),
    )
    event_id = create_event(
        db, draft, capacity=record.capacity, now=desk.now, account_id=desk.account_id, import_key=record.key
    )
    over = draft.ends_at <= desk.now
    if record.publish or (record.publish is None and over):
        publish_event(db, event_id, now=desk.now, account_id=desk.account_id)
        if over:
            close_event(db, event_id, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED


def listed_commune(db: Session, place: PlaceName) -> str | None:
    """The INSEE code of the place, when it is a listed commune; None for another, which keeps its name.

    Raises `Unfound` for an unknown code, `WhichCommune` when a postal code alone leaves a choice.
    """
    if place.insee_code:
        if commune(db, place.insee_code) is None:
            raise Unfound(
                N_("Le code INSEE %(code)s n’est pas dans la liste : écrivez la commune et le code postal."),
                field="insee_code",
                code=place.insee_code[:10],
            )
        return place.insee_code
    found = resolve_commune(db, name=place.name, postal_code=place.postal_code)
    if found is None and place.postal_code and not place.name:
        choices = communes_of_postal_code(db, place.postal_code)
        if choices:
            raise WhichCommune(choices)
    return None if found is None else found.insee_code


def _venue_id(db: Session, venue: VenueRecord) -> int:
    insee_code = listed_commune(db, venue.place)
    known = None if insee_code is None else commune(db, insee_code)
    draft = VenueDraft(
        name=venue.name or (known.name if known else venue.place.name),
        address=venue.address,
        insee_code=insee_code,
        commune_name=venue.place.name,
        postal_code=venue.place.postal_code,
        transport=venue.transport,
        accessibility=venue.accessibility,
    )
    return find_or_add_venue(db, draft)


def _series_id(db: Session, name: str) -> int | None:
    if not name:
        return None
    for series in db.exec(select(Series).order_by(col(Series.id))):
        if fold(name) in {fold(series.name), fold(series.slug), fold(series.short_name)}:
            return series.id
    raise Unfound(N_("La série « %(series)s » n’existe pas : créez-la d’abord."), field="series", series=name[:80])
