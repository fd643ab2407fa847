"""Placing people on the hours that lots owe: most of them in time, proved, each shortage explained."""

from alpes_matching.placement.asked import Asked, Fit, Lot, Person, Stint, Weeks
from alpes_matching.placement.network import Progress, Watch
from alpes_matching.placement.planning import SHORTAGES, Plan, Served, Shortage, plan
from alpes_matching.placement.refused import RULES, Refused, Rule

__all__ = [
    "RULES",
    "SHORTAGES",
    "Asked",
    "Fit",
    "Lot",
    "Person",
    "Plan",
    "Progress",
    "Refused",
    "Rule",
    "Served",
    "Shortage",
    "Stint",
    "Watch",
    "Weeks",
    "plan",
]
