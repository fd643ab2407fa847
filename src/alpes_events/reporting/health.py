"""Which words of records tell of somebody’s health: they are counted, never shown nor crossed."""

from collections.abc import Collection, Mapping
from functools import cache

from alpes_events.pathways.models import Outcome
from alpes_events.pathways.schemes import SENSITIVE_CRITERIA, schemes

_OF_ALL = frozenset({"scheme", "outcome", "reason"})
"""The conditions that legitimate exits may have."""


@cache
def words_of_health() -> frozenset[str]:
    """The criteria that tell of health, and every reason of a legitimate exit: the others, taken off all legitimate
    exits, would tell those for health.
    """
    rules = (rule for one in schemes().values() for rule in one.exits.values())
    return SENSITIVE_CRITERIA | {rule.code for rule in rules if rule.outcome is Outcome.LEGITIMATE}


def tells_health(where: Mapping[str, Collection[str]]) -> bool:
    """Whether what these conditions leave tells of somebody’s health: by a word, or legitimate exits narrowed down."""
    asked = {name: words for name, words in where.items() if words}
    if words_of_health() & {*asked.get("criterion", ()), *asked.get("reason", ())}:
        return True
    return Outcome.LEGITIMATE.value in asked.get("outcome", ()) and not asked.keys() <= _OF_ALL
