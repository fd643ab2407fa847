"""People who do not exist: plausible names of the north of France, reserved telephone numbers, addresses of nobody."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import count
from random import Random
from typing import Any

from alpes_events.language.folding import fold
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Sex
from alpes_events.territory.communes import CommuneRecord, bundled_communes

_ELSEWHERE = (("Tournai", "7500"), ("Béthune", "62400"), ("Hazebrouck", "59190"), ("Lens", "62300"))
"""Homes that are not in the list of communes: the name and postal code are kept."""
_AGES = {"young": (17, 25), "middle": (26, 49), "senior": (50, 63)}
_MOST_NUMBERS = 10_000


@dataclass(frozen=True)
class Crowd:
    """Invented people: those of the territory, and the others."""

    residents: tuple[PersonIn, ...]
    others: tuple[PersonIn, ...]


class Inventor:
    """Invents people one after the other; the same seed and day invent the same ones. No two share an address."""

    def __init__(self, random: Random, *, members: frozenset[str], districts: Mapping[str, str], today: date) -> None:
        communes = bundled_communes()
        self._random = random
        self._today = today
        self._districts = dict(districts)
        self._inside = [commune for commune in communes if commune.insee_code in members]
        self._outside = [commune for commune in communes if commune.insee_code not in members]
        self._numbers = count()

    def crowd(self, *, residents: int, others: int) -> Crowd:
        """So many people of the territory, and so many others."""
        return Crowd(tuple(self._resident() for _ in range(residents)), tuple(self._other() for _ in range(others)))

    def somebody(
        self, random: Random, *, sex: Sex, ages: tuple[int, int], on: date, commune: CommuneRecord, district: str
    ) -> PersonIn:
        """One person of whom everything is known: so old on that day, living there, in that district or in none."""
        youngest, oldest = ages
        birth_on = on - timedelta(days=random.randrange(youngest * 366, oldest * 365))
        band = next(name for name, (_low, high) in _AGES.items() if youngest <= high)
        given, family = random.choice(_names()["given"][sex.value][band]), random.choice(_names()["family"]["names"])
        number = next(self._numbers)
        person = PersonIn(
            given_name=given,
            family_name=family,
            email=address_of(given, family, number),
            birth_on=birth_on,
            sex=sex,
            priority_district=district,
            outside_priority_districts=not district,
        )
        return _living_in(commune, person)

    def strangers(self, how_many: int) -> tuple[PersonIn, ...]:
        """People of whom only names and a telephone or an address are known: not where they live, nor their age."""
        return tuple(
            replace(self._somebody(), birth_on=None, sex=None, outside_priority_districts=False)
            for _ in range(how_many)
        )

    def _resident(self) -> PersonIn:
        person = _living_in(self._weighted(self._inside), self._somebody())
        district = self._districts.get(person.insee_code)
        if district and self._random.random() < 0.25:  # noqa: PLR2004 (a share)
            return replace(person, priority_district=district, outside_priority_districts=False)
        return person

    def _other(self) -> PersonIn:
        person = self._somebody()
        if self._random.random() < 0.08:  # noqa: PLR2004 (a share)
            name, postal_code = self._random.choice(_ELSEWHERE)
            return replace(person, commune_name=name, postal_code=postal_code)
        return _living_in(self._weighted(self._outside), person)

    def _weighted(self, communes: Sequence[CommuneRecord]) -> CommuneRecord:
        return self._random.choices(communes, weights=[commune.population or 1 for commune in communes])[0]

    def _somebody(self) -> PersonIn:
        random, number = self._random, next(self._numbers)
        sex = random.choice((Sex.WOMAN, Sex.MAN))
        band = random.choices(tuple(_AGES), weights=(4, 5, 3))[0]
        given, family = random.choice(_names()["given"][sex.value][band]), random.choice(_names()["family"]["names"])
        contact = random.choices(("both", "email", "telephone"), weights=(75, 15, 10))[0]
        return PersonIn(
            given_name=given,
            family_name=family,
            email="" if contact == "telephone" else address_of(given, family, number),
            telephone="" if contact == "email" else telephone_of(number),
            birth_on=self._birth(band) if random.random() < 0.8 else None,  # noqa: PLR2004 (a share)
            sex=sex if random.random() < 0.9 else None,  # noqa: PLR2004 (a share)
            outside_priority_districts=random.random() < 0.6,  # noqa: PLR2004 (a share)
        )

    def _birth(self, band: str) -> date:
        youngest, oldest = _AGES[band]
        days = self._random.randrange(youngest * 366, oldest * 365)
        return self._today - timedelta(days=days)


def address_of(given: str, family: str, number: int) -> str:
    """An e-mail address in a domain reserved for examples."""
    letters = ".".join(fold(name).replace(" ", "") for name in (given, family))
    return f"{letters.encode('ascii', 'ignore').decode()}.{number}@example.org"


def telephone_of(number: int) -> str:
    """A number of the range that is reserved for fiction, 06 39 98 00 00 to 99 99."""
    pair, rest = divmod(number % _MOST_NUMBERS, 100)
    return f"06 39 98 {pair:02d} {rest:02d}"


def drawn(random: Random, crowd: Sequence[PersonIn], how_many: int) -> Iterator[PersonIn]:
    """So many different people of a crowd, in any order."""
    return iter(random.sample(crowd, how_many))


def _living_in(commune: CommuneRecord, person: PersonIn) -> PersonIn:
    return replace(person, insee_code=commune.insee_code, postal_code=commune.postal_codes[0])


@cache
def _names() -> Mapping[str, Any]:
    source = resources.files("alpes_events.demo") / "data" / "names.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
