"""The value of each criterion: what an offer asks beside what a candidate declares. Whole numbers only.

Each function takes what is asked and what is declared and gives a `Grade`. NOT_ASKED and UNKNOWN have no value: they
neither raise nor lower a score, and cap nothing.
"""

from datetime import date
from typing import NamedTuple

from alpes_matching.ranking.distances import MODES, NOT_KNOWN, TENTHS, Distances
from alpes_matching.ranking.kinds import Contract, Licence, WorkTime, held
from alpes_matching.ranking.profiles import Experience, LanguageLevel, Mobility
from alpes_matching.ranking.proximity import SCALE, Proximity
from alpes_matching.ranking.tokens import LanguageCode, Occupation, Skill, Zone


class Grade(NamedTuple):
    """A value from 0 to 10,000, or -1 and -2 for none; and the most that the whole score may be."""

    value: int
    cap: int = SCALE


UNKNOWN = Grade(-1)
"""Asked, and the candidate has not said."""
NOT_ASKED = Grade(-2)
"""The offer asks nothing here, or does not say."""

SKILL_CAP, TRAINING_CAP, LICENCE_CAP, LANGUAGE_CAP = 8_000, 7_000, 5_000, 6_000
"""The most that a score may be when a must-have of the offer is known to be missing."""
DISTANCE_CAP, TIME_CAP = 6_000, 6_000
"""The same for limits that the candidate has set: far beyond their mobility, a time of work they do not accept."""
NEAR_OCCUPATION = 6_000
"""From this proximity on, experience in another occupation counts, in its proportion."""
LATEST_DAYS = 60
"""Who can begin so many days late has a value of 0."""
_BY_TRAINING_GAP = (SCALE, 5_000, 2_500, 0)


def occupation(asked: frozenset[Occupation], wanted: frozenset[Occupation], proximity: Proximity) -> Grade:
    """The proximity of the nearest pair of a wanted and an offered occupation."""
    if not asked or not wanted:
        return UNKNOWN if asked else NOT_ASKED
    return Grade(max(proximity.nearest(asked, one) for one in wanted))


def skills(asked: frozenset[Skill], declared: frozenset[Skill], cap: int) -> Grade:
    """The share of the skills asked that are declared, as if half of one more were: what one skill says is little."""
    if not asked or not declared:
        return UNKNOWN if asked else NOT_ASKED
    met = len(asked & declared)
    return Grade(skill_value(len(asked), met), SCALE if met == len(asked) else cap)


def skill_value(asked: int, met: int) -> int:
    """(met + 1/2) / (asked + 1)."""
    return SCALE * (2 * met + 1) // (2 * asked + 2)


def experience(
    asked: int | None,
    declared: frozenset[Experience] | None,
    occupations: frozenset[Occupation],
    proximity: Proximity,
) -> Grade:
    """The share of the months asked that were worked in the offer's occupation or a near one; more is no better."""
    if not asked:
        return NOT_ASKED
    if declared is None or not occupations:
        return UNKNOWN
    months = sum(counted(one.months, proximity.nearest(occupations, one.occupation)) for one in declared)
    return Grade(min(SCALE, SCALE * months // (asked * SCALE)))


def counted(months: int, near: int) -> int:
    """Months of an occupation so near, in ten-thousandths of a month."""
    return months * near if near >= NEAR_OCCUPATION else 0


def training(asked: int | None, declared: int | None) -> Grade:
    """The level asked or above, else by how many levels it is missed."""
    if asked is None or declared is None:
        return UNKNOWN if asked is not None else NOT_ASKED
    gap = max(0, asked - declared)
    return Grade(_BY_TRAINING_GAP[min(gap, len(_BY_TRAINING_GAP) - 1)], TRAINING_CAP if gap else SCALE)


def licence(asked: frozenset[Licence], declared: frozenset[Licence] | None) -> Grade:
    """The share of the licences asked that are held, or included in one that is."""
    if not asked or declared is None:
        return UNKNOWN if asked else NOT_ASKED
    met = len(asked & held(declared))
    return Grade(SCALE * met // len(asked), SCALE if met == len(asked) else LICENCE_CAP)


def distance(work: Zone | None, home: Zone | None, mobility: Mobility | None, distances: Distances) -> Grade:
    """Within the candidate's own mobility all is equal; beyond it falls, to nothing at half as far again."""
    if work is None:
        return NOT_ASKED
    way = chosen_way(distances.known(home, work), mobility)
    return UNKNOWN if way is None else distance_value(*way)


def chosen_way(known: tuple[int, ...], mobility: Mobility | None) -> tuple[int, int] | None:
    """The travel and its limit, both in tenths: minutes by the quickest of one's modes, else kilometres."""
    if mobility is None:
        return None
    minutes = [known[1 + MODES.index(mode)] for mode in mobility.modes]
    quick = min((value for value in minutes if value != NOT_KNOWN), default=NOT_KNOWN)
    if mobility.minutes is not None and quick != NOT_KNOWN:
        return quick, mobility.minutes * TENTHS
    if mobility.kilometres is not None and known[0] != NOT_KNOWN:
        return known[0], mobility.kilometres * TENTHS
    return None


def distance_value(far: int, limit: int) -> Grade:
    """Of a travel and its limit in the same unit."""
    value = min(SCALE, max(0, SCALE * (3 * limit - 2 * far) // limit))
    return Grade(value, SCALE if value else DISTANCE_CAP)


def hours(asked: int | None, declared: tuple[int | None, int | None]) -> Grade:
    """The weekly minutes lie in what is wanted, else by how far they miss it, to nothing at half of them."""
    least, most = declared
    if asked is None or (least is None and most is None):
        return UNKNOWN if asked is not None else NOT_ASKED
    gap = max(0, (least or 0) - asked, asked - (most if most is not None else asked))
    return Grade(max(0, SCALE - SCALE * 2 * gap // asked))


def times(asked: frozenset[WorkTime], accepted: frozenset[WorkTime]) -> Grade:
    """The share of the job's times of work that are accepted."""
    if not asked or not accepted:
        return UNKNOWN if asked else NOT_ASKED
    met = len(asked & accepted)
    return Grade(SCALE * met // len(asked), SCALE if met == len(asked) else TIME_CAP)


def availability(asked: date | None, declared: date | None) -> Grade:
    """Free on the first day, else by how many days late."""
    if asked is None or declared is None:
        return UNKNOWN if asked is not None else NOT_ASKED
    late = max(0, (declared - asked).days)
    return Grade(max(0, SCALE - SCALE * late // LATEST_DAYS))


def contract(asked: Contract | None, wanted: frozenset[Contract]) -> Grade:
    """The contract is one of those wanted, or not."""
    if asked is None or not wanted:
        return UNKNOWN if asked is not None else NOT_ASKED
    return Grade(SCALE if asked in wanted else 0)


def languages(asked: frozenset[LanguageLevel], declared: frozenset[LanguageLevel]) -> Grade:
    """The mean over the languages the job needs of the level declared beside the level needed; no language else."""
    if not asked or not declared:
        return UNKNOWN if asked else NOT_ASKED
    need, have = levels(asked), levels(declared)
    parts = [SCALE * min(have.get(language, 0), level) // level for language, level in need.items()]
    return Grade(sum(parts) // len(parts), SCALE if min(parts) == SCALE else LANGUAGE_CAP)


def levels(languages: frozenset[LanguageLevel]) -> dict[LanguageCode, int]:
    """The highest level of each language, by its code."""
    found: dict[LanguageCode, int] = {}
    for one in languages:
        found[one.language] = max(int(one.level), found.get(one.language, 0))
    return found
