"""What is compared: a candidate's wishes and abilities, an offer's needs. There is no room for what the law forbids.

Code du travail, L.1132-1: no age, sex, name, birthplace, home, health or benefit can be put into a profile; identity is
an opaque key, home a zone by which a travel is looked up. Empty sets and None mean *not known* for a candidate and *not
asked* for an offer, except that no licence at all (an empty set) and no experience at all are known.
"""

from dataclasses import dataclass
from datetime import date, datetime

from alpes_matching.ranking.errors import WrongKindError
from alpes_matching.ranking.kinds import Contract, Level, Licence, Mode, WorkTime
from alpes_matching.ranking.tokens import Key, LanguageCode, Occupation, Skill, Zone, members, number, one, several

MOST_OCCUPATIONS = 8
"""Who looks for everything looks for nothing: a longer list would fit any offer."""
MOST_SKILLS = 500
MOST_EXPERIENCES, MOST_MONTHS = 50, 720
_MOST = 50
_WEEK = 7 * 24 * 60
_HIGHEST_TRAINING = 8


@dataclass(frozen=True, slots=True)
class Experience:
    """Months of work (0 to 720) in an occupation. More than an offer asks counts no more than what it asks."""

    occupation: Occupation
    months: int

    def __post_init__(self) -> None:
        one(self.occupation, "experience.occupation")
        _needed(self.months, "experience.months", 0, MOST_MONTHS)


@dataclass(frozen=True, slots=True)
class LanguageLevel:
    """A language with a level: one's own, or the least that a job needs."""

    language: LanguageCode
    level: Level

    def __post_init__(self) -> None:
        one(self.language, "language")
        _kind(self.level, "level", Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobility:
    """How far somebody goes to work at most: minutes by one of the `modes`, or kilometres, each 1 to 1,440.

    Minutes are used where the travel by one of the modes is known, else kilometres.
    """

    minutes: int | None = None
    kilometres: int | None = None
    modes: frozenset[Mode] = frozenset()

    def __post_init__(self) -> None:
        number(self.minutes, "mobility.minutes", 1, 1440)
        number(self.kilometres, "mobility.kilometres", 1, 1440)
        members(self.modes, "mobility.modes", Mode, most=_MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateProfile:
    """A candidate as an offer may see them: what they want and can do. Raises `RankingError` for what is out of range.

    `training_level` is that of the national framework, 1 to 8 (3 CAP, 4 baccalauréat, 5 two years more). Weekly minutes
    are the least and the most that are wanted. `times` are those that are accepted. `licences` and `experience` are
    None when nobody asked, empty when there are none.
    """

    key: Key
    occupations: frozenset[Occupation] = frozenset()
    skills: frozenset[Skill] = frozenset()
    experience: frozenset[Experience] | None = None
    training_level: int | None = None
    licences: frozenset[Licence] | None = None
    zone: Zone | None = None
    mobility: Mobility | None = None
    least_weekly_minutes: int | None = None
    most_weekly_minutes: int | None = None
    times: frozenset[WorkTime] = frozenset()
    available_on: date | None = None
    contracts: frozenset[Contract] = frozenset()
    languages: frozenset[LanguageLevel] = frozenset()

    def __post_init__(self) -> None:
        one(self.key, "key")
        several(self.occupations, "occupations", most=MOST_OCCUPATIONS)
        several(self.skills, "skills", most=MOST_SKILLS)
        if self.experience is not None:
            members(self.experience, "experience", Experience, most=MOST_EXPERIENCES)
        number(self.training_level, "training_level", 1, _HIGHEST_TRAINING)
        if self.licences is not None:
            members(self.licences, "licences", Licence, most=_MOST)
        _place(self.zone)
        if self.mobility is not None:
            _kind(self.mobility, "mobility", Mobility)
        number(self.least_weekly_minutes, "least_weekly_minutes", 1, _WEEK)
        number(self.most_weekly_minutes, "most_weekly_minutes", self.least_weekly_minutes or 1, _WEEK)
        members(self.times, "times", WorkTime, most=_MOST)
        _day(self.available_on, "available_on")
        members(self.contracts, "contracts", Contract, most=_MOST)
        members(self.languages, "languages", LanguageLevel, most=_MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferProfile:
    """What an offer needs. Raises `RankingError` for what is out of range.

    Required skills, the training level, licences and languages are must-haves: who is known to miss one is capped.
    A skill that is both required and desired is required. `times` are those that the job has, all of them.
    """

    key: Key
    occupations: frozenset[Occupation] = frozenset()
    required_skills: frozenset[Skill] = frozenset()
    desired_skills: frozenset[Skill] = frozenset()
    experience_months: int | None = None
    training_level: int | None = None
    licences: frozenset[Licence] = frozenset()
    zone: Zone | None = None
    weekly_minutes: int | None = None
    times: frozenset[WorkTime] = frozenset()
    starts_on: date | None = None
    contract: Contract | None = None
    languages: frozenset[LanguageLevel] = frozenset()

    def __post_init__(self) -> None:
        one(self.key, "key")
        several(self.occupations, "occupations", most=MOST_OCCUPATIONS)
        several(self.required_skills, "required_skills", most=_MOST)
        several(self.desired_skills, "desired_skills", most=_MOST)
        number(self.experience_months, "experience_months", 0, MOST_MONTHS)
        number(self.training_level, "training_level", 1, _HIGHEST_TRAINING)
        members(self.licences, "licences", Licence, most=_MOST)
        _place(self.zone)
        number(self.weekly_minutes, "weekly_minutes", 1, _WEEK)
        members(self.times, "times", WorkTime, most=_MOST)
        _day(self.starts_on, "starts_on")
        if self.contract is not None:
            _kind(self.contract, "contract", Contract)
        members(self.languages, "languages", LanguageLevel, most=_MOST)


def _needed(value: object, field: str, least: int, most: int) -> None:
    if value is None:
        raise WrongKindError(field, value, "a whole number")
    number(value, field, least, most)


def _kind(value: object, field: str, kind: type) -> None:
    if not isinstance(value, kind):
        raise WrongKindError(field, value, f"a {kind.__name__}")


def _place(zone: object) -> None:
    if zone is not None:
        one(zone, "zone")


def _day(value: object, field: str) -> None:
    if value is not None:
        _kind(value, field, date)
        if isinstance(value, datetime):
            raise WrongKindError(field, value, "a date")
