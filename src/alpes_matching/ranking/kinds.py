"""The closed lists that profiles choose from: contracts, licences, ways to travel, times of work, language levels."""

from enum import IntEnum, StrEnum


class Contract(StrEnum):
    """What is offered or wanted."""

    CDI = "cdi"
    CDD = "cdd"
    TEMPORARY = "temporary"
    APPRENTICESHIP = "apprenticeship"
    PROFESSIONALISATION = "professionalisation"
    PEC = "pec"
    CIE = "cie"
    INSERTION = "insertion"
    CIVIC_SERVICE = "civic_service"
    PMSMP = "pmsmp"


class Licence(StrEnum):
    """Categories of driving licence (code de la route, R.221-4)."""

    AM = "AM"
    A1 = "A1"
    A2 = "A2"
    A = "A"
    B1 = "B1"
    B = "B"
    BE = "BE"
    C1 = "C1"
    C1E = "C1E"
    C = "C"
    CE = "CE"
    D1 = "D1"
    D1E = "D1E"
    D = "D"
    DE = "DE"


class Mode(StrEnum):
    """How somebody travels to work."""

    WALKING = "walking"
    BICYCLE = "bicycle"
    TRANSIT = "transit"
    CAR = "car"


class WorkTime(StrEnum):
    """When work takes place, beside its weekly hours."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"
    SPLIT = "split"


class Level(IntEnum):
    """Levels of a language (Common European Framework)."""

    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6


_INCLUDED: dict[Licence, tuple[Licence, ...]] = {
    Licence.A1: (Licence.AM,),
    Licence.A2: (Licence.A1,),
    Licence.A: (Licence.A2,),
    Licence.B1: (Licence.AM,),
    Licence.B: (Licence.B1,),
    Licence.BE: (Licence.B,),
    Licence.C1: (Licence.B,),
    Licence.C1E: (Licence.C1, Licence.BE),
    Licence.C: (Licence.C1,),
    Licence.CE: (Licence.C, Licence.C1E),
    Licence.D1: (Licence.B,),
    Licence.D1E: (Licence.D1, Licence.BE),
    Licence.D: (Licence.D1,),
    Licence.DE: (Licence.D, Licence.D1E),
}


def held(licences: frozenset[Licence]) -> frozenset[Licence]:
    """The licences with those they include or that had to be held before (who drives a C holds a B)."""
    found: set[Licence] = set()
    waiting = list(licences)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _INCLUDED.get(one, ())
    return frozenset(found)
