"""One offer and one candidate, with the ground they are measured on."""

from dataclasses import dataclass

from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile
from alpes_matching.ranking.proximity import Proximity
from alpes_matching.ranking.tokens import Skill


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is compared with what, by which proximities and travels."""

    offer: OfferProfile
    candidate: CandidateProfile
    proximity: Proximity
    distances: Distances

    @property
    def desired_skills(self) -> frozenset[Skill]:
        """Those that are not required anyway."""
        return self.offer.desired_skills - self.offer.required_skills
