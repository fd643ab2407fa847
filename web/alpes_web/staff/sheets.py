"""Staff tables as sheets: a row each, with what the page shows in columns that can be sorted."""

from collections.abc import Iterable, Mapping

from alpes_events.agenda.in_use import VenueLine
from alpes_events.agenda.queries import EventCard
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.dates import local
from alpes_events.language.sentence import N_
from alpes_events.messages.call_list import Call
from alpes_events.messages.contacts import Contact
from alpes_events.messages.file_calls import FileCall
from alpes_events.messages.queries import MessageLine
from alpes_events.people.identity import display_telephone
from alpes_events.people.merge_queries import ProposalView
from alpes_events.people.queries import CandidateView
from alpes_web.identity import identity
from alpes_web.languages import said, translated
from alpes_web.staff.words import ENTRIES, EVENT_STATES, MESSAGE_KINDS, MESSAGE_STATES

_EVENTS = (
    N_("Titre"),
    N_("Genre"),
    N_("État"),
    N_("Début"),
    N_("Fin"),
    N_("Lieu"),
    N_("Commune"),
    N_("Série"),
    N_("Édition"),
    N_("Inscription"),
    N_("Places"),
    N_("Places prises"),
    N_("En attente"),
)
_PEOPLE = (N_("Numéro"), N_("Prénom"), N_("Nom"), N_("Commune"), N_("Téléphone"), N_("E-mail"))
_CALLS = (
    N_("Prénom"),
    N_("Nom"),
    N_("Téléphone"),
    N_("À dire"),
    N_("Événement"),
    N_("Séance"),
    N_("Date"),
    N_("Référence"),
    N_("Essais"),
)
_MERGES = (
    N_("Un dossier"),
    N_("Téléphone"),
    N_("E-mail"),
    N_("Un autre"),
    N_("Téléphone de l’autre"),
    N_("E-mail de l’autre"),
    N_("Ressemblance"),
    N_("Proposé le"),
)
_VENUES = (
    N_("Lieu"),
    N_("Adresse"),
    N_("Code postal"),
    N_("Commune"),
    N_("Pour venir"),
    N_("Accessibilité"),
    N_("Événements"),
    N_("Événements à venir"),
)
_MESSAGES = (N_("À"), N_("E-mail"), N_("Message"), N_("Quand"), N_("État"), N_("Essais"), N_("Raison"))


def event_sheet(cards: Iterable[EventCard], waiting: Mapping[int, int]) -> Sheet:
    """Events, with how many wait for each."""
    return _sheet(N_("Événements"), _EVENTS, (_event(card, waiting.get(card.event.id or 0, 0)) for card in cards))


def people_sheet(people: Iterable[CandidateView]) -> Sheet:
    """People with their contacts."""
    return _sheet(N_("Personnes"), _PEOPLE, map(_person, people))


def call_sheet(calls: Iterable[Call], about_files: Iterable[FileCall]) -> Sheet:
    """Calls to make, about sign-ups and about files that will be erased."""
    return _sheet(N_("Appels"), _CALLS, [*map(_call, calls), *map(_file_call, about_files)])


def merge_sheet(proposals: Iterable[ProposalView]) -> Sheet:
    """Pairs of records that may be one person."""
    return _sheet(N_("Dossiers en double"), _MERGES, map(_pair, proposals))


def message_sheet(lines: Iterable[MessageLine]) -> Sheet:
    """Messages and how each fares."""
    return _sheet(N_("Messages"), _MESSAGES, map(_message, lines))


def venue_sheet(lines: Iterable[VenueLine]) -> Sheet:
    """Venues, and how much each is used."""
    return _sheet(N_("Lieux"), _VENUES, map(_venue, lines))


def _venue(line: VenueLine) -> list[Cell]:
    venue = line.venue
    said = [venue.name, venue.address, venue.postal_code, venue.commune_name, venue.transport, venue.accessibility]
    return [*said, line.event_count, line.coming_count]


def _sheet(name: str, heading: Iterable[str], rows: Iterable[list[Cell]]) -> Sheet:
    return Sheet(translated(name), [translated(title) for title in heading], list(rows))


def _event(card: EventCard, waiting: int) -> list[Cell]:
    event, zone = card.event, identity().zone
    return [
        event.title,
        said(KIND_WORDS[event.kind].one),
        translated(EVENT_STATES[event.state].words),
        local(event.starts_at, zone=zone),
        local(event.ends_at, zone=zone),
        card.venue.name if card.venue else "",
        card.commune,
        card.series.name if card.series else "",
        event.edition,
        translated(ENTRIES[event.entry]),
        card.places.capacity,
        card.places.taken,
        waiting,
    ]


def _person(one: CandidateView) -> list[Cell]:
    return [one.id, one.given_name, one.family_name, one.commune_name, one.telephone, one.email]


def _call(call: Call) -> list[Cell]:
    return [
        *_callee(call.contact),
        said(call.news),
        call.occasion.title,
        call.occasion.session_title,
        local(call.occasion.starts_at, zone=identity().zone),
        call.standing.shown_reference,
        call.call_count,
    ]


def _file_call(call: FileCall) -> list[Cell]:
    erased_on = local(call.erased_from, zone=identity().zone).date()
    return [
        *_callee(call.contact),
        translated(N_("Effacement annoncé de son dossier")),
        "",
        "",
        erased_on,
        "",
        call.call_count,
    ]


def _callee(contact: Contact) -> list[Cell]:
    return [contact.given_name, contact.family_name, display_telephone(contact.telephone)]


def _pair(proposal: ProposalView) -> list[Cell]:
    first, second = proposal.first, proposal.second
    likeness = N_("Presque sûr") if proposal.certain else N_("À vérifier")
    proposed_at = local(proposal.proposed_at, zone=identity().zone)
    pair: list[Cell] = [first.name, first.telephone, first.email, second.name, second.telephone, second.email]
    return [*pair, translated(likeness), proposed_at]


def _message(line: MessageLine) -> list[Cell]:
    return [
        line.to,
        line.email,
        translated(MESSAGE_KINDS[line.kind]),
        local(line.sent_at or line.due_at, zone=identity().zone),
        translated(MESSAGE_STATES[line.state].words),
        line.attempt_count,
        line.error,
    ]
