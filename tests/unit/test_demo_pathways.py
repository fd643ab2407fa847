"""The pathways of the demonstration are those of the activity report, on whatever day it is made."""

from random import Random

import pytest

from alpes_events.demo.pathways import drawn


@pytest.mark.parametrize("day", [f"2027-{month:02d}-{number:02d}" for month in (1, 2, 12) for number in range(1, 29)])
def test_pathways_that_end_lasted_thirty_four_months(day: str) -> None:
    lasted = [(one.exited_on - one.entered_on).days for one in drawn(Random(f"year {day}")) if one.exited_on]
    assert round(sum(lasted) / len(lasted) / 30.4375) == 34
    assert min(lasted) > 0
