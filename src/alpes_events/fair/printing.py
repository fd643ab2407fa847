"""What is printed for the stands of an event, from the rows as they are now."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.queries import event_card
from alpes_events.attendance.reference import shown
from alpes_events.documents.stands import (
    Badge,
    Heading,
    PrintedStand,
    badges_pdf,
    catalogue_pdf,
    set_up_pdf,
    signs_pdf,
)
from alpes_events.fair.call import villages_of
from alpes_events.fair.codes import ExhibitorState, StandOption
from alpes_events.fair.models import Recruiter
from alpes_events.fair.plan_queries import plan_of
from alpes_events.fair.plan_refusals import NothingToPrint
from alpes_events.fair.stand_queries import stands_of
from alpes_events.fair.stand_views import StandView
from alpes_events.language import dates
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say
from alpes_events.pictures.models import Upload
from alpes_events.pictures.picture import Picture, smaller
from alpes_events.territory.organisation import current_organisation


class Print(StrEnum):
    """What can be printed of the stands. The value is the file's name."""

    SIGNS = "panneaux"
    BADGES = "badges"
    CATALOGUE = "catalogue"
    SET_UP = "installation"


_LOGO_SIZES = {Print.SIGNS: (800, 400), Print.CATALOGUE: (280, 140)}
"""Pixels of the logos on what shows them."""
_NO_JOBS: Mapping[int, Sequence[str]] = MappingProxyType({})
_NEEDS = {
    StandOption.ELECTRICITY: N_("prise"),
    StandOption.PANEL: N_("panneau"),
    StandOption.PARKING: N_("parking"),
}


def print_stands(
    db: Session, event_id: int, what: Print, *, language: str, jobs: Mapping[int, Sequence[str]] = _NO_JOBS
) -> bytes:
    """A tagged PDF of the accepted stands of an event. `jobs`: the lines that the catalogue says of a stand's offers.

    Raises `UnknownEvent`, `NothingToPrint`.
    """
    heading = heading_of(db, event_id, language=language)
    stands = _in_order(db, event_id)
    if what is Print.BADGES:
        badges = _badges(db, stands)
        if not badges:
            raise NothingToPrint
        return badges_pdf(badges, heading, language=language)
    if not stands:
        raise NothingToPrint
    logos = _logos(db, stands, _LOGO_SIZES.get(what))
    if what is Print.CATALOGUE:
        stands = _by_village(db, event_id, stands)
    printed = [_printed(one, logos.get(one.logo_id, ""), jobs.get(one.id, ()), language=language) for one in stands]
    return _SETTERS[what](printed, heading, language=language)


_SETTERS: dict[Print, Callable[..., bytes]] = {
    Print.SIGNS: signs_pdf,
    Print.CATALOGUE: catalogue_pdf,
    Print.SET_UP: set_up_pdf,
}


def _in_order(db: Session, event_id: int) -> list[StandView]:
    """The accepted stands in the order in which one walks past them; those without a booth last."""
    walk = {booth.number: place for place, booth in enumerate(plan_of(db, event_id).booths)}
    accepted = [one for one in stands_of(db, event_id) if one.state is ExhibitorState.ACCEPTED]
    return sorted(accepted, key=lambda one: (walk.get(one.booth, len(walk)), fold(one.name)))


def _by_village(db: Session, event_id: int, stands: Sequence[StandView]) -> list[StandView]:
    """These stands village by village, in the order of the plan; those outside the villages last."""
    order = {village.name: place for place, village in enumerate(villages_of(db, event_id))}
    return sorted(stands, key=lambda one: (order.get(one.village, len(order)), fold(one.village), fold(one.name)))


def _logos(db: Session, stands: Sequence[StandView], size: tuple[int, int] | None) -> dict[int | None, str]:
    """The logos of these stands, each fit for the document and as part of it."""
    if size is None:
        return {}
    rows = db.exec(select(Upload).where(col(Upload.id).in_({one.logo_id for one in stands if one.logo_id})))
    kept = ((row.id, Picture(row.content, row.media_type)) for row in rows)
    across, down = size
    return {number: smaller(logo, across=across, down=down, media_type=logo.media_type).inline for number, logo in kept}


def _printed(one: StandView, logo: str, jobs: Sequence[str], *, language: str) -> PrintedStand:
    needs = [say(_NEEDS[option]).in_language(language) for option in one.options if option in _NEEDS]
    if one.meal_count:
        needs.append(say(N_("repas : %(count)d"), count=one.meal_count).in_language(language))
    elif StandOption.MEALS in one.options:
        needs.append(say(N_("repas : combien ?")).in_language(language))
    if one.near_entrance:
        needs.append(say(N_("près de l’entrée")).in_language(language))
    contact = one.contact
    return PrintedStand(
        booth=one.booth,
        name=one.name,
        village=one.village,
        commune=one.commune_name,
        looking_for=one.looking_for,
        needs=needs,
        recruiter_count=one.recruiter_count,
        contact="" if contact is None else " ".join(part for part in (contact.name, contact.telephone) if part),
        plates=one.plates,
        logo=logo,
        jobs=jobs,
    )


def _badges(db: Session, stands: Sequence[StandView]) -> list[Badge]:
    places = {one.id: place for place, one in enumerate(stands)}
    rows = db.exec(select(Recruiter).where(col(Recruiter.exhibitor_id).in_(places)).order_by(col(Recruiter.id))).all()
    return [
        Badge(
            f"{row.given_name} {row.family_name}".strip(),
            stands[places[row.exhibitor_id]].name,
            stands[places[row.exhibitor_id]].booth,
            shown(row.reference),
        )
        for row in sorted(rows, key=lambda row: places[row.exhibitor_id])
    ]


def heading_of(db: Session, event_id: int, *, language: str) -> Heading:
    """What stands on every page that is printed for an event. Raises `UnknownEvent`."""
    card = event_card(db, event_id)
    if card is None:
        raise UnknownEvent
    organisation = current_organisation(db)
    event, zone = card.event, ZoneInfo(organisation.time_zone)
    when = dates.span(event.starts_at, event.ends_at, language=language, zone=zone, all_day=event.all_day, year=True)
    place = "" if card.venue is None else ", ".join(part for part in (card.venue.name, card.commune) if part)
    return Heading(event.title, dates.capitalised(when), place, organisation.name)
