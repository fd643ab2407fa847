"""Whether a ranking treats groups alike: on aggregates with intervals, and by changing what must not matter."""

from alpes_matching.audit.counterfactual import Difference, differences
from alpes_matching.audit.exposure import GroupExposure, exposures
from alpes_matching.audit.intervals import Interval, WrongCountError
from alpes_matching.audit.permutation import Permutation, permutation_test
from alpes_matching.audit.selection import GroupCount, GroupRate, selection_rates

__all__ = [
    "Difference",
    "GroupCount",
    "GroupExposure",
    "GroupRate",
    "Interval",
    "Permutation",
    "WrongCountError",
    "differences",
    "exposures",
    "permutation_test",
    "selection_rates",
]
