"""What waits for a person, each as a sentence with the one action that settles it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from sqlmodel import Session

from alpes_events.agenda.loose_ends import Lack, LooseEnd, loose_ends
from alpes_events.agenda.queries import EventCard
from alpes_events.attendance.open_points import (
    OpenOffers,
    StuckPlaces,
    UnmarkedPresence,
    open_offers,
    stuck_places,
    unmarked_presence,
)
from alpes_events.journal.queries import parked_deliveries
from alpes_events.language.dates import moment
from alpes_events.messages.call_list import calls_to_make
from alpes_events.messages.employer_needs import employer_needs
from alpes_events.messages.file_calls import file_calls_to_make
from alpes_events.people.merge_queries import open_proposal_count
from alpes_events.privacy.outlook import to_erase_soon
from alpes_web.languages import language, translated, translated_count
from alpes_web.staff.employer_points import employer_points
from alpes_web.staff.point import Point


def points_of(db: Session, *, drafts: Iterable[EventCard], now: datetime, zone: ZoneInfo) -> tuple[Point, ...]:
    """Everything that waits, the most pressing first."""
    return (
        *(_stuck(places, zone) for places in stuck_places(db, now=now)),
        *_calls(len(calls_to_make(db, now=now)) + len(file_calls_to_make(db))),
        *_offers(open_offers(db, now=now), zone),
        *employer_points(employer_needs(db, now=now), zone=zone),
        *_merges(open_proposal_count(db)),
        *_parked(len(parked_deliveries(db))),
        *(_draft(card, zone) for card in drafts),
        *(_loose(end, zone) for end in loose_ends(db, now=now)),
        *(_unmarked(event, zone) for event in unmarked_presence(db, now=now)),
        *_going(*to_erase_soon(db, now=now)),
    )


def _stuck(places: StuckPlaces, zone: ZoneInfo) -> Point:
    free = places.free_count or 1
    title = translated_count(
        "%(num)s place libre, et du monde attend", "%(num)s places libres, et du monde attend", free
    ) % {"num": free}
    waiting = translated_count("%(num)s personne attend.", "%(num)s personnes attendent.", places.waiting_count) % {
        "num": places.waiting_count
    }
    what = places.title if not places.session_title else f"{places.title}, {places.session_title}"
    return Point(
        title,
        f"{what}, {_when(places.starts_at, zone)}. {waiting}",
        url_for("staff_event.people", event_id=places.event_id, group="waiting"),
        translated_count("Proposer la place libre", "Proposer les places libres", free),
        first=True,
    )


def _offers(found: Iterable[OpenOffers], zone: ZoneInfo) -> Iterator[Point]:
    for offers in found:
        title = translated_count(
            "%(num)s place proposée attend sa réponse", "%(num)s places proposées attendent leur réponse",
            offers.offer_count,
        ) % {"num": offers.offer_count}  # fmt: skip
        if offers.next_deadline_at is None:
            until = translated("Le délai part quand la personne est jointe.")
        else:
            until = translated("Prochaine réponse avant %(when)s.") % {"when": _when(offers.next_deadline_at, zone)}
        yield Point(
            title,
            f"{offers.title}. {until}",
            url_for("staff_event.people", event_id=offers.event_id, group="offered"),
            translated("Voir les personnes"),
            icon="people",
        )


def _calls(count: int) -> Iterator[Point]:
    if count:
        title = translated_count("%(num)s personne à appeler", "%(num)s personnes à appeler", count) % {"num": count}
        yield Point(
            title,
            translated_count(
                "Elle n’a pas d’e-mail, et il y a du nouveau pour elle.",
                "Elles n’ont pas d’e-mail, et il y a du nouveau pour elles.",
                count,
            ),
            url_for("staff_calls.table"),
            translated("Ouvrir la liste d’appels"),
            icon="phone",
        )


def _merges(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s dossier est peut-être en double", "%(num)s dossiers sont peut-être en double", count
        ) % {"num": count}  # fmt: skip
        detail = translated("Même personne, ou deux personnes ?")
        yield Point(title, detail, url_for("staff_merges.table"), translated("Comparer"), icon="people")


def _parked(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s traitement est arrêté après huit échecs",
            "%(num)s traitements sont arrêtés après huit échecs",
            count,
        ) % {"num": count}
        detail = translated("Des messages ou des chiffres attendent derrière.")
        address = url_for("staff_jobs.table")
        yield Point(title, detail, address, translated("Voir et reprendre"), icon="alert", tone="bad")


def _draft(card: EventCard, zone: ZoneInfo) -> Point:
    return Point(
        translated("« %(title)s » n’est pas encore publié") % {"title": card.event.title},
        translated("Prévu %(when)s : personne ne peut encore s’inscrire.")
        % {"when": _when(card.event.starts_at, zone)},
        url_for("staff_event.overview", event_id=card.event.id),
        translated("Relire et publier"),
        icon="edit",
    )


def _loose(end: LooseEnd, zone: ZoneInfo) -> Point:
    when = _when(end.starts_at, zone)
    if end.lack is Lack.VENUE:
        return Point(
            translated("« %(title)s » n’a pas de lieu") % {"title": end.title},
            translated("Publié, prévu %(when)s : les inscrits ne savent pas où venir.") % {"when": when},
            url_for("staff_editing.edit", event_id=end.event_id),
            translated("Choisir le lieu"),
            icon="pin",
        )
    return Point(
        translated("« %(title)s » n’a pas de limite de places") % {"title": end.title},
        translated("Publié, prévu %(when)s : tout le monde peut s’inscrire.") % {"when": when},
        url_for("staff_life.capacity", event_id=end.event_id),
        translated("Fixer les places"),
        icon="people",
    )


def _going(count: int, days: int) -> Iterator[Point]:
    if count:
        words = translated_count(
            "%(num)s dossier sera bientôt effacé", "%(num)s dossiers seront bientôt effacés", count
        )  # fmt: skip
        detail = translated_count(
            "Sans nouvelles d’ici %(num)s jour. Un signe de la personne le garde.",
            "Sans nouvelles d’ici %(num)s jours. Un signe de la personne le garde.",
            days,
        )
        yield Point(
            words % {"num": count},
            detail % {"num": days},
            url_for("staff_people.table", only="announced"),
            translated("Voir les personnes"),
            icon="clock",
        )


def _unmarked(event: UnmarkedPresence, zone: ZoneInfo) -> Point:
    title = translated_count(
        "%(num)s présence n’est pas notée", "%(num)s présences ne sont pas notées", event.unknown_count
    ) % {"num": event.unknown_count}
    return Point(
        title,
        f"{event.title}, {_when(event.starts_at, zone)}.",
        url_for("staff_day.people", event_id=event.event_id, show="unknown"),
        translated("Noter les présences"),
        icon="list",
    )


def _when(at: datetime, zone: ZoneInfo) -> str:
    return moment(at, language=language(), zone=zone)
