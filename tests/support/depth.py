"""How deep tests go: the usual numbers, or the full ones of the bench with `ALPES_TEST_DEPTH=deep`."""

import os
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings


@dataclass(frozen=True)
class Depth:
    """How many examples of a property, trials of a race, and kills of a process a test takes.

    Where each example is a long story, or there are many kinds of race, the usual run takes a part of the number; the
    deep run takes the whole everywhere.
    """

    name: str
    examples: int
    races: int
    kills: int
    in_parts: bool

    def part(self, number: int, share: int, *, least: int = 1) -> int:
        """`number` divided by `share` (at least `least`), or all of it in the deep run."""
        return max(least, number // share) if self.in_parts else number


QUICK = Depth("quick", examples=200, races=30, kills=10, in_parts=True)
DEEP = Depth("deep", examples=1_000, races=1_000, kills=1_000, in_parts=False)
DEPTH = DEEP if os.environ.get("ALPES_TEST_DEPTH") == DEEP.name else QUICK
"""What this run takes."""

SEED = int(os.environ.get("ALPES_TEST_SEED", "2026"))
"""Races and kills draw from this; printed when one fails."""


def load_profile() -> None:
    """Give Hypothesis the number of examples; the quick ones are the same in every run."""
    for one in (QUICK, DEEP):
        settings.register_profile(
            one.name,
            max_examples=one.examples,
            derandomize=one is QUICK,
            deadline=None,
            database=None,
            print_blob=True,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        )
    settings.load_profile(DEPTH.name)


def in_part(share: int) -> settings:
    """The settings of a property whose examples are dear: the usual run takes one in `share` of them."""
    return settings(max_examples=DEPTH.part(DEPTH.examples, share))
