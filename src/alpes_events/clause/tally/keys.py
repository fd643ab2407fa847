"""How a tally is divided, and in which part of each cut a sum stands. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from alpes_events.clause.tally.facts import Place, Sum, Work

UNKNOWN = "unknown"
"""The part of what was not collected."""
ELSEWHERE = "elsewhere:"
"""What stands before the name of a commune that is not listed."""


class Cut(StrEnum):
    """How a tally is divided. Parts of `SITUATION_6` and `SITUATION_12` are what people did so many months later."""

    OPERATION = "operation"
    COMPANY = "company"
    PERSON = "person"
    CRITERION = "criterion"
    MODE = "mode"
    COMMUNE = "commune"
    MONTH = "month"
    SEX = "sex"
    AGE = "age"
    LEVEL = "level"
    DISTRICT = "district"
    SECTOR = "sector"
    SITUATION_6 = "situation_6"
    SITUATION_12 = "situation_12"


def _commune(_one: Sum, work: Work, _place: Place) -> str:
    if work.insee_code is not None:
        return work.insee_code
    return f"{ELSEWHERE}{work.commune_name}" if work.commune_name else UNKNOWN


def _yes(answer: bool | None) -> str:
    return UNKNOWN if answer is None else "yes" if answer else "no"


KEYS: Mapping[Cut, Callable[[Sum, Work, Place], str]] = {
    Cut.OPERATION: lambda _one, _work, place: str(place.operation_id),
    Cut.COMPANY: lambda _one, work, _place: str(work.company_id),
    Cut.PERSON: lambda _one, work, _place: str(work.person_id),
    Cut.CRITERION: lambda _one, work, _place: work.criterion or UNKNOWN,
    Cut.MODE: lambda _one, work, _place: work.mode or UNKNOWN,
    Cut.COMMUNE: _commune,
    Cut.MONTH: lambda one, _work, _place: UNKNOWN if one[2] is None else one[2].isoformat()[:7],
    Cut.SEX: lambda _one, work, _place: work.sex or UNKNOWN,
    Cut.AGE: lambda _one, work, _place: work.age_band or UNKNOWN,
    Cut.LEVEL: lambda _one, work, _place: UNKNOWN if work.level is None else str(work.level),
    Cut.DISTRICT: lambda _one, work, _place: _yes(work.in_district),
    Cut.SECTOR: lambda _one, work, _place: (work.rome_code or UNKNOWN)[:1] if work.rome_code else UNKNOWN,
    Cut.SITUATION_6: lambda _one, work, _place: work.after_6 or UNKNOWN,
    Cut.SITUATION_12: lambda _one, work, _place: work.after_12 or UNKNOWN,
}
"""The part in which a sum stands."""

OVERLAPPING = frozenset(Cut) - {Cut.PERSON}
"""Cuts whose parts may hold the same person: their persons do not add up."""
