"""The answer of the whole from the answers of its criteria, and which of those not known could still settle it."""

from collections.abc import Mapping

from alpes_matching.eligibility.answer import Answer, all_of, at_least, one_of
from alpes_matching.eligibility.criteria import Criteria, Way


def whole(criteria: Criteria, known: Mapping[str, Answer]) -> Answer:
    """Yes by what prevails alone; else by one of the ways, and no exclusion."""
    ways = one_of(_met(way, known) for way in criteria.ways)
    return one_of((_prevails(criteria, known), all_of((ways, ~_excluded(criteria, known)))))


def wanting(criteria: Criteria, known: Mapping[str, Answer]) -> frozenset[str]:
    """The codes not known that could settle a whole that is not known; none when it is."""
    if whole(criteria, known) is not Answer.UNKNOWN:
        return frozenset()
    useful = set(criteria.prevailing)
    ways = one_of(_met(way, known) for way in criteria.ways)
    if _excluded(criteria, known) is not Answer.YES and ways is not Answer.NO:
        useful |= criteria.exclusions
        if ways is Answer.UNKNOWN:
            useful |= {code for way in criteria.ways if _met(way, known) is Answer.UNKNOWN for code in way.codes}
    return frozenset(code for code in useful if known[code] is Answer.UNKNOWN)


def _met(way: Way, known: Mapping[str, Answer]) -> Answer:
    return at_least(way.count, (known[code] for code in way.codes))


def _prevails(criteria: Criteria, known: Mapping[str, Answer]) -> Answer:
    return one_of(known[code] for code in criteria.prevailing)


def _excluded(criteria: Criteria, known: Mapping[str, Answer]) -> Answer:
    return one_of(known[code] for code in criteria.exclusions)
