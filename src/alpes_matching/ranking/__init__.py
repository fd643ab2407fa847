"""Who fits which offer, and why: whole numbers, reasons in words, nothing that the law forbids to count."""

from alpes_matching.ranking.card import Card, card
from alpes_matching.ranking.changes import Change
from alpes_matching.ranking.criteria import CRITERIA, RULES_VERSION, START, Criterion
from alpes_matching.ranking.distances import NOWHERE, Distances, Travel
from alpes_matching.ranking.errors import (
    DistanceError,
    DuplicateKeyError,
    LimitError,
    NotATokenError,
    OutOfRangeError,
    RankingError,
    WrongKindError,
)
from alpes_matching.ranking.explanation import Reason, Score, State
from alpes_matching.ranking.kinds import Contract, Level, Licence, Mode, WorkTime
from alpes_matching.ranking.pools import CandidatePool, OfferPool
from alpes_matching.ranking.profiles import CandidateProfile, Experience, LanguageLevel, Mobility, OfferProfile
from alpes_matching.ranking.proximity import SCALE, Proximity, linked
from alpes_matching.ranking.rank import rank_candidates, rank_many, rank_offers
from alpes_matching.ranking.ranked import Ranked
from alpes_matching.ranking.said import Said
from alpes_matching.ranking.tokens import Key, LanguageCode, Occupation, Skill, Zone, skill
from alpes_matching.ranking.why import Explanation, why

__all__ = [
    "CRITERIA",
    "NOWHERE",
    "RULES_VERSION",
    "SCALE",
    "START",
    "CandidatePool",
    "CandidateProfile",
    "Card",
    "Change",
    "Contract",
    "Criterion",
    "DistanceError",
    "Distances",
    "DuplicateKeyError",
    "Experience",
    "Explanation",
    "Key",
    "LanguageCode",
    "LanguageLevel",
    "Level",
    "Licence",
    "LimitError",
    "Mobility",
    "Mode",
    "NotATokenError",
    "Occupation",
    "OfferPool",
    "OfferProfile",
    "OutOfRangeError",
    "Proximity",
    "Ranked",
    "RankingError",
    "Reason",
    "Said",
    "Score",
    "Skill",
    "State",
    "Travel",
    "WorkTime",
    "WrongKindError",
    "Zone",
    "card",
    "linked",
    "rank_candidates",
    "rank_many",
    "rank_offers",
    "skill",
    "why",
]
