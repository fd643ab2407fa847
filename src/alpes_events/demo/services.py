"""The services of 2023 in the demonstration, as published: cyber-base, mobility, business creation, placements."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random

from sqlmodel import Session

from alpes_events.demo.clients import Client, Clients, Wanted
from alpes_events.demo.scene import Scene
from alpes_events.people.models import Sex
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft

_FIRST, _DAYS = date(2023, 1, 9), 340
_WOMAN, _MAN = Sex.WOMAN, Sex.MAN
_SITES = (
    ("Lambersart", 1202, (("adult", 104, 75), ("young", 164, 175))),
    ("Marcq-en-Barœul", 213, (("adult", 6, 7), ("young", 61, 81))),
)
_BOTH_SITES = ((_WOMAN, 1), (_MAN, 2))
"""Adults who came to both: 742 users are fewer than the sum of the sites and of the others."""
_ELSEWHERE = ("Marquette-lez-Lille", 175, (35, 37))
_APPOINTMENTS = (("young", _WOMAN, 54), ("young", _MAN, 50), ("adult", _WOMAN, 36), ("adult", _MAN, 33))
_PASSES = ((True, True, 30), (True, False, 57), (False, True, 109), (False, False, 237))
_FUEL = ((True, True, 20), (False, True, 36), (True, False, 12), (False, False, 24))
_TRAIN = ((True, True, 1), (True, False, 1), (False, False, 5))
_TRIPS = ((True, True, 20), (True, False, 30))
_SIAE = (("ACI", 46), ("EI", 20), ("AI", 11), ("ETTI", 19))
_PARTNERS = 10


def serve(db: Session, scene: Scene, clients: Clients, random: Random) -> None:
    """Note what was done in 2023, each act on its day."""
    acts = [
        *_cyber_base(clients, random),
        *_appointments(clients, random),
        *_mobility(clients, random),
        *_creation(clients, random),
        *_placements(clients, random),
        *_employers(),
    ]
    note_acts(db, sorted(acts, key=lambda act: act.happened_on), now=scene.now, account_id=scene.coordinator)


def repeated(people: Sequence[Client], count: int, random: Random) -> list[Client]:
    """Each at least once, the rest by chance."""
    return [*people, *random.choices(people, k=count - len(people))]


def day_of(random: Random) -> date:
    """A weekday of the year."""
    day = _FIRST + timedelta(days=random.randrange(_DAYS))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _cyber_base(clients: Clients, random: Random) -> Iterator[ActDraft]:
    used: set[int] = set()
    both: list[Client] = []
    for site, uses, groups in _SITES:
        people = list(both)
        for ages, women, men in groups:
            for sex, count in ((_WOMAN, women), (_MAN, men)):
                known = sum(1 for one in both if one.sex is sex and one.ages == ages)
                people += clients.draw(used, Wanted(sex, ages, inside=True), count - known)
        if not both:
            adults = [one for one in people if one.ages == "adult"]
            both = [one for sex, count in _BOTH_SITES for one in [x for x in adults if x.sex is sex][:count]]
        for one in repeated(people, uses, random):
            yield ActDraft("cyber_base_use", day_of(random), candidate_id=one.id, place=site)
    site, uses, (women, men) = _ELSEWHERE
    people = [
        *clients.draw(used, Wanted(_WOMAN, "young", inside=True), women),
        *clients.draw(used, Wanted(_MAN, "young", inside=True), men),
    ]
    for one in repeated(people, uses, random):
        yield ActDraft("cyber_base_use", day_of(random), candidate_id=one.id, place=site)


def _appointments(clients: Clients, random: Random) -> Iterator[ActDraft]:
    used: set[int] = set()
    people = [one for ages, sex, count in _APPOINTMENTS for one in clients.draw(used, Wanted(sex, ages), count)]
    for one in repeated(people, 211, random):
        yield ActDraft("cyber_base_appointment", day_of(random), candidate_id=one.id, place="Lambersart")


def _mobility(clients: Clients, random: Random) -> Iterator[ActDraft]:
    for kind, groups, count in (("transit_pass", _PASSES, 598), ("fuel_card", _FUEL, 247), ("train_ticket", _TRAIN, 7)):
        for one in repeated(_living(clients, groups), count, random):
            yield ActDraft(kind, day_of(random), candidate_id=one.id)
    trips = cycle((("Salon de Lille", 3, 9), ("Visite d’un chantier", 5, 23), ("Forum de Tourcoing", 10, 11)))
    for one, (trip, month, day) in zip(_living(clients, _TRIPS), trips, strict=False):
        yield ActDraft("group_trip", date(2023, month, day), candidate_id=one.id, group_name=trip)


def _creation(clients: Clients, random: Random) -> Iterator[ActDraft]:
    def people(inside: int, outside: int) -> list[Client]:
        return _living(clients, ((True, None, inside), (False, None, outside)))

    workshops = cycle(
        (f"Atelier création {number}", date(2023, month, 14)) for number, month in enumerate((2, 3, 5, 6, 9, 11), 1)
    )
    for one, (name, day) in zip(people(30, 10), workshops, strict=False):
        yield ActDraft("creation_workshop", day, candidate_id=one.id, group_name=name)
    salon = date(2023, 3, 23)
    for number in range(_PARTNERS):
        yield ActDraft("creation_stand_partner", salon, organisation=f"Partenaire de la création {number + 1}")
    for one in people(17, 59):
        yield ActDraft("creation_stand_visit", salon, candidate_id=one.id)
    for one in people(2, 8):
        yield ActDraft("creation_stand_workshop", salon, candidate_id=one.id, group_name="Créer son activité")
    used: set[int] = set()
    holders = [
        *clients.draw(used, Wanted(_WOMAN, "adult", inside=True), 21),
        *clients.draw(used, Wanted(_MAN, "adult", inside=True), 22),
        *clients.draw(used, Wanted(_MAN, "adult", inside=False), 1),
    ]
    for one in holders:
        yield ActDraft("creation_project", day_of(random), candidate_id=one.id)
    for one in repeated(holders, 49, random):
        yield ActDraft("creation_referral", day_of(random), candidate_id=one.id, organisation="Réseau de la création")
    for one in [one for one in holders if one.inside][:5]:
        yield ActDraft("business_created", day_of(random), candidate_id=one.id)
    for one in clients.draw(set(), Wanted(None, "adult"), 6):
        yield ActDraft("entrepreneur", day_of(random), candidate_id=one.id)


def _placements(clients: Clients, random: Random) -> Iterator[ActDraft]:
    used: set[int] = set()
    for kind, count in _SIAE:
        for one in clients.draw(used, Wanted(), count):
            yield ActDraft("siae_placement", day_of(random), candidate_id=one.id, detail=kind)


def _employers() -> Iterator[ActDraft]:
    yield ActDraft("pmsmp_offer", date(2023, 9, 4), organisation="Smyths Toys", quantity=25)
    yield ActDraft("screen_test", date(2023, 5, 9), organisation="Film casting", quantity=4)
    for number in range(12):
        yield ActDraft("mentor", date(2023, 2, 1) + timedelta(days=20 * number), group_name=f"Parrainage {number + 1}")


def _living(clients: Clients, groups: Sequence[tuple[bool, bool | None, int]]) -> list[Client]:
    used: set[int] = set()
    return [
        one
        for inside, district, count in groups
        for one in clients.draw(used, Wanted(inside=inside, district=district), count)
    ]
