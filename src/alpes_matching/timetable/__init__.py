"""The timetable of interviews: who meets whom when, proved against a bound, arranged again as the day runs."""

from alpes_matching.timetable.again import Changed, resolve
from alpes_matching.timetable.asked import Day, Person, Pin, Span, Table, Wish, slots_between
from alpes_matching.timetable.building import USUAL_SWEEPS, build, one_more_table
from alpes_matching.timetable.made import CAUSES, Cause, Interview, Timetable, Unmet
from alpes_matching.timetable.making import Progress, Watch
from alpes_matching.timetable.refused import RULES, Refused, Rule

__all__ = [
    "CAUSES",
    "RULES",
    "USUAL_SWEEPS",
    "Cause",
    "Changed",
    "Day",
    "Interview",
    "Person",
    "Pin",
    "Progress",
    "Refused",
    "Rule",
    "Span",
    "Table",
    "Timetable",
    "Unmet",
    "Watch",
    "Wish",
    "build",
    "one_more_table",
    "resolve",
    "slots_between",
]
