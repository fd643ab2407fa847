"""Invented candidates and offers for the ranking: drawn from a seed, unevenly, as people and jobs are.

Three skills of four are among the 25 that go with the occupation; all of them are drawn from everywhere when `related`
is False, which leaves the search less to go by.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from alpes_matching.ranking import (
    CandidateProfile,
    Contract,
    Distances,
    Experience,
    Key,
    LanguageCode,
    LanguageLevel,
    Level,
    Licence,
    Mobility,
    Occupation,
    OfferProfile,
    Skill,
    WorkTime,
    Zone,
)

LETTERS = "ABCDEFGHIJKLMN"
OCCUPATIONS = [Occupation(f"{LETTERS[at % 14]}1{at // 14 % 7 + 1}{at // 98 + 1:02d}") for at in range(532)]
SKILLS = [Skill(f"skill-{at}") for at in range(2_000)]
HOMES = [Zone(f"home-{at}") for at in range(300)]
WORKS = [Zone(f"work-{at}") for at in range(300)]
_LANGUAGES = [
    frozenset({LanguageLevel(LanguageCode(code), level)}) for code in ("fr", "en", "nl", "lsf") for level in Level
]
_LICENCES = (None, frozenset[Licence](), frozenset({Licence.B}), frozenset({Licence.C}), frozenset({Licence.AM}))
_MOBILITIES = [
    *(Mobility(kilometres=far) for far in (5, 10, 15, 20, 30, 50)),
    None,
]
_TIMES = [frozenset({WorkTime.DAY}), frozenset({WorkTime.DAY, WorkTime.EVENING}), frozenset(WorkTime), frozenset()]
_CONTRACTS = [frozenset({Contract.CDI}), frozenset({Contract.CDI, Contract.CDD}), frozenset(Contract), frozenset()]
_FIRST_DAY = date(2026, 9, 1)
_CHUNK = 10_000


def uneven(chance: np.random.Generator, count: int, size: object, tilt: float = 0.7) -> np.ndarray:
    """Whole numbers below `count`, the first ones the most frequent."""
    shares = 1 / np.arange(1, count + 1) ** tilt
    return chance.choice(count, size=size, p=shares / shares.sum())  # type: ignore[call-overload, no-any-return]


_OF_OCCUPATION = np.random.default_rng(0).integers(0, len(SKILLS), (len(OCCUPATIONS), 25))


def drawn_skills(chance: np.random.Generator, occupations: np.ndarray, many: int, *, related: bool) -> np.ndarray:
    """So many skills for each occupation, some maybe twice."""
    size = (len(occupations), many)
    anywhere = uneven(chance, len(SKILLS), size)
    typical = _OF_OCCUPATION[occupations[:, None], uneven(chance, 25, size)]
    return np.where(chance.random(size) < (0.75 if related else 0), typical, anywhere)


def candidates(count: int, seed: int = 1, *, related: bool = True) -> Iterator[CandidateProfile]:
    """So many, each with 1 to 3 occupations and 4 to 12 skills."""
    chance = np.random.default_rng(seed)
    for begin in range(0, count, _CHUNK):
        size = min(_CHUNK, count - begin)
        chosen = uneven(chance, len(OCCUPATIONS), (size, 3))
        able = drawn_skills(chance, chosen[:, 0], 12, related=related).tolist()
        wanted = chosen.tolist()
        draws = chance.integers(0, 2**31, (size, 16)).tolist()
        for at in range(size):
            yield _candidate(begin + at, wanted[at], able[at], draws[at])


def _candidate(number: int, wanted: list[int], able: list[int], draw: list[int]) -> CandidateProfile:
    occupations = frozenset(OCCUPATIONS[one] for one in wanted[: 1 + draw[0] % 3])
    worked = frozenset({Experience(OCCUPATIONS[wanted[0]], draw[1] % 121)}) if draw[2] % 4 else None
    return CandidateProfile(
        key=Key(f"c{number}"),
        occupations=occupations,
        skills=frozenset(SKILLS[one] for one in able[: 4 + draw[3] % 9]),
        experience=worked,
        training_level=(None, 3, 3, 4, 4, 5, 6, 7)[draw[4] % 8],
        licences=_LICENCES[draw[5] % 5],
        zone=HOMES[draw[6] % len(HOMES)],
        mobility=_MOBILITIES[draw[7] % len(_MOBILITIES)],
        least_weekly_minutes=(None, 1200, 2100)[draw[8] % 3],
        most_weekly_minutes=(None, 2100, 2340)[draw[9] % 3],
        times=_TIMES[draw[10] % 4],
        available_on=_FIRST_DAY + timedelta(days=draw[11] % 120) if draw[12] % 5 else None,
        contracts=_CONTRACTS[draw[13] % 4],
        languages=_LANGUAGES[draw[14] % len(_LANGUAGES)] if draw[15] % 3 else frozenset(),
    )


def offers(count: int, seed: int = 2, *, related: bool = True) -> Iterator[OfferProfile]:
    """So many, each with one occupation, 2 to 6 required and up to 4 desired skills."""
    chance = np.random.default_rng(seed)
    wanted = uneven(chance, len(OCCUPATIONS), count)
    able = drawn_skills(chance, wanted, 10, related=related).tolist()
    draws = chance.integers(0, 2**31, (count, 12)).tolist()
    for number, (occupation, skills, draw) in enumerate(zip(wanted.tolist(), able, draws, strict=True)):
        required = 2 + draw[0] % 5
        yield OfferProfile(
            key=Key(f"o{number}"),
            occupations=frozenset({OCCUPATIONS[occupation]}),
            required_skills=frozenset(SKILLS[one] for one in skills[:required]),
            desired_skills=frozenset(SKILLS[one] for one in skills[required : required + draw[1] % 5]),
            experience_months=(None, 6, 12, 24, 36)[draw[2] % 5],
            training_level=(None, 3, 3, 4, 5)[draw[3] % 5],
            licences=(frozenset({Licence.B}), frozenset[Licence](), frozenset[Licence]())[draw[4] % 3],
            zone=WORKS[draw[5] % len(WORKS)],
            weekly_minutes=(None, 2100, 2100, 1200)[draw[6] % 4],
            times=_TIMES[draw[7] % 4],
            starts_on=_FIRST_DAY + timedelta(days=draw[8] % 60) if draw[9] % 2 else None,
            contract=(Contract.CDI, Contract.CDD, Contract.TEMPORARY)[draw[10] % 3],
            languages=_LANGUAGES[draw[11] % 12] if draw[11] % 7 == 0 else frozenset(),
        )


def distances(seed: int = 3) -> Distances:
    """Kilometres between points of a territory of 60 by 60."""
    chance = np.random.default_rng(seed)
    homes, works = chance.uniform(0, 60, (len(HOMES), 2)), chance.uniform(0, 60, (len(WORKS), 2))
    return Distances.of_kilometres(HOMES, WORKS, np.hypot(*(homes[:, None] - works[None]).transpose(2, 0, 1)))
