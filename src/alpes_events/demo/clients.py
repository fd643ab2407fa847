"""Whom the services of 2023 were for: people known by then, and as many more as it takes, invented one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sqlmodel import Session, col, update

from alpes_events.demo.clause_sites import at_nine
from alpes_events.demo.scene import Scene
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate, Sex
from alpes_events.territory.communes import CommuneRecord, bundled_communes

AGES = {"young": (16, 24), "adult": (27, 48), "senior": (51, 61)}
_DISTRICTS = {"59328": "DEMO15-1", "59378": "DEMO15-2", "59350": "DEMO15-3"}


@dataclass(frozen=True)
class Wanted:
    """What a person must be like; None: any."""

    sex: Sex | None = None
    ages: str | None = None
    inside: bool | None = None
    district: bool | None = None


@dataclass(frozen=True)
class Client:
    """A person of whom all of this is known and stays so through 2023."""

    id: int
    sex: Sex
    ages: str
    inside: bool
    district: bool

    def fits(self, wanted: Wanted) -> bool:
        """Whether this is somebody wanted."""
        return (
            wanted.sex in (None, self.sex)
            and wanted.ages in (None, self.ages)
            and wanted.inside in (None, self.inside)
            and wanted.district in (None, self.district)
        )


class Clients:
    """Draws people who fit, each once for one service; whom it lacks it invents."""

    def __init__(self, db: Session, scene: Scene, random: Random) -> None:
        self._db, self._scene, self._random = db, scene, random
        self._communes = {one.insee_code: one for one in bundled_communes()}
        self._known: list[Client] = []
        self._invented: list[int] = []

    def draw(self, used: set[int], wanted: Wanted, count: int = 1) -> Iterator[Client]:
        """So many people who fit and whom this service did not have yet."""
        for client in self._known:
            if count == 0:
                return
            if client.id not in used and client.fits(wanted):
                used.add(client.id)
                count -= 1
                yield client
        for _ in range(count):
            client = self.invent(wanted)
            used.add(client.id)
            yield client

    def invent(self, wanted: Wanted, *, commune: str = "", since: date = date(2023, 1, 2)) -> Client:
        """Somebody new who fits, known since that day."""
        random = self._random
        ages = wanted.ages or random.choice(("young", "adult"))
        sex = wanted.sex or random.choice((Sex.WOMAN, Sex.MAN))
        inside = random.random() < 0.7 if wanted.inside is None else wanted.inside  # noqa: PLR2004 (a share)
        place = self._place(commune, inside=inside, district=bool(wanted.district))
        district = _DISTRICTS[place.insee_code] if wanted.district else ""
        person = self._scene.inventor.somebody(
            random, sex=sex, ages=AGES[ages], on=since, commune=place, district=district
        )
        candidate_id = find_or_create_candidate(
            self._db, person, now=at_nine(since), account_id=self._scene.coordinator
        )
        self._invented.append(candidate_id)
        client = Client(candidate_id, sex, ages, inside, bool(district))
        self._known.append(client)
        return client

    def keep_active(self) -> None:
        """Everybody wrote to us since, so that nobody is to be erased during the demonstration."""
        self._db.exec(
            update(Candidate).where(col(Candidate.id).in_(self._invented)).values(last_active_at=self._scene.now)
        )

    def _place(self, commune: str, *, inside: bool, district: bool) -> CommuneRecord:
        if commune:
            return self._communes[commune]
        if district:
            codes = [code for code in _DISTRICTS if (code in self._scene.members) == inside]
            return self._communes[self._random.choice(codes)]
        found = [one for one in self._communes.values() if (one.insee_code in self._scene.members) == inside]
        return self._random.choices(found, weights=[one.population or 1 for one in found])[0]
