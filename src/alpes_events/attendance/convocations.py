"""The convocation of a sign-up: what is printed for the person, gathered from where their sign-up stands."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.models import EventState, Venue
from alpes_events.agenda.queries import EventCard
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.attendance.models import RegistrationState
from alpes_events.attendance.reference import shown
from alpes_events.attendance.standing import Receipt, Standing, standings_by_id
from alpes_events.documents.convocation import Convocation, Letterhead, Where
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.territory.organisation import OrganisationView, current_organisation


def convocations_of(db: Session, registration_ids: Sequence[int]) -> list[Convocation]:
    """The pages of these sign-ups, in this order, each in the language of its sign-up; not those of erased people."""
    letterhead = letterhead_of(current_organisation(db))
    standings = {one.registration_id: one for one in standings_by_id(db, registration_ids)}
    found = [standings[number] for number in registration_ids if number in standings]
    return [convocation_of(one, letterhead, language=one.language) for one in found]


def convocation_of(standing: Standing, letterhead: Letterhead, *, language: str) -> Convocation:
    """One sign-up's page."""
    return _convocation(
        standing,
        letterhead,
        name=f"{standing.given_name} {standing.family_name}",
        language=language,
        caution=_caution(standing),
        has_link=bool(standing.email),
    )


def convocation_of_receipt(
    receipt: Receipt, letterhead: Letterhead, *, name: str, has_link: bool, language: str
) -> Convocation:
    """The page of an accepted form: what it was answered, under the name that was just typed (or none)."""
    caution = _caution_of_receipt(receipt)
    return _convocation(receipt, letterhead, name=name, language=language, caution=caution, has_link=has_link)


def letterhead_of(organisation: OrganisationView) -> Letterhead:
    """The organisation at the head of a page."""
    return Letterhead(
        name=organisation.name,
        address=organisation.address,
        telephone=organisation.telephone,
        email=organisation.email,
        opening_hours=organisation.opening_hours,
        zone=ZoneInfo(organisation.time_zone),
    )


_WAITING = N_("Liste d’attente, position %(position)s : ne venez que si une place vous est proposée.")
_OFF = N_("Ce rendez-vous est annulé.")
_OVER = N_("Cette inscription est terminée : elle ne garde plus de place.")
_OFFERED = N_("Une place vous est proposée : dites-nous si vous la prenez.")


def _caution(standing: Standing) -> Sentence | None:
    """What to say of a sign-up that keeps no place, or not yet."""
    if standing.card.event.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        return say(_OFF)
    match standing.state:
        case RegistrationState.CONFIRMED:
            return None
        case RegistrationState.OFFERED:
            return say(_OFFERED)
        case RegistrationState.WAITLISTED:
            return say(_WAITING, position=standing.position or 1)
        case _:
            return say(_OVER)


def _caution_of_receipt(receipt: Receipt) -> Sentence | None:
    if receipt.is_off:
        return say(_OFF)
    placed = receipt.state is RegistrationState.CONFIRMED
    return None if placed else say(_WAITING, position=receipt.position or 1)


def _convocation(
    of: Standing | Receipt,
    letterhead: Letterhead,
    *,
    name: str,
    language: str,
    caution: Sentence | None,
    has_link: bool,
) -> Convocation:
    event, session = of.card.event, of.session
    return Convocation(
        language=language,
        letterhead=letterhead,
        kind=event.kind.value,
        kind_words=KIND_WORDS[event.kind].one,
        title=event.title,
        session="" if session is None else ", ".join(part for part in (session.title, session.room) if part),
        starts_at=of.starts_at,
        ends_at=of.ends_at,
        all_day=event.all_day and session is None,
        where=None if of.card.venue is None else _where(of.card.venue, of.card),
        name=name,
        code=of.reference,
        reference=shown(of.reference),
        to_bring=event.to_bring,
        caution=caution,
        has_link=has_link,
    )


def _where(venue: Venue, card: EventCard) -> Where:
    town = " ".join(part for part in (venue.postal_code, card.commune) if part)
    return Where(
        name=venue.name,
        address=", ".join(part for part in (venue.address, town) if part),
        transport=venue.transport,
        accessibility=venue.accessibility,
    )
