"""One offer and one candidate, with the ground they are measured on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile
from alpes_matching.ranking.proximity import Proximity
from alpes_matching.ranking.said import Said, listed
from alpes_matching.ranking.tokens import Skill


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is compared with what, by which proximities and travels."""

    offer: OfferProfile
    candidate: CandidateProfile
    proximity: Proximity
    distances: Distances
    called: Mapping[Skill, str] = field(default_factory=dict)
    """Skills as somebody wrote them, for the sentences: nothing is decided by it."""

    @property
    def desired_skills(self) -> frozenset[Skill]:
        """Those that are not required anyway."""
        return self.offer.desired_skills - self.offer.required_skills

    def named(self, skills: Iterable[Skill]) -> Said:
        """Skills one after the other, as they were written where that is known."""
        return listed(Said(name, name) for name in (self.called.get(one) or one.replace("-", " ") for one in skills))
