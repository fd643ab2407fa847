"""How well an offer fits a person, in words: what speaks for and against, what is not known, what would change it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from alpes_events.language.sentence import N_
from alpes_matching.ranking import CRITERIA, SCALE, Explanation, Reason, State
from alpes_web.languages import language, translated

_MOST_CHANGES = 3
_HEAVIEST = 50 * max(criterion.weight for criterion in CRITERIA)
"""The most that one criterion adds or takes away."""
_LEAST_WIDTH = 4


@dataclass(frozen=True)
class Voice:
    """To whom it is said: what the whole is called from each score on."""

    overall: tuple[tuple[int, str], ...]


TO_PERSON = Voice(
    (
        (7_500, N_("Cette offre vous va très bien")),
        (6_000, N_("Cette offre vous va bien")),
        (4_500, N_("Cette offre vous va en partie")),
        (0, N_("Cette offre est loin de ce que vous cherchez")),
    )
)
TO_STAFF = Voice(
    (
        (7_500, N_("Convient très bien")),
        (6_000, N_("Convient bien")),
        (4_500, N_("Convient en partie")),
        (0, N_("Loin de ce que la personne cherche ou sait faire")),
    )
)
_ASKED_AT = {
    "occupation": "titles",
    "required_skills": "skills",
    "desired_skills": "skills",
    "experience": "job_1",
    "training": "training",
    "licence": "holding-0",
    "distance": "minutes",
    "hours": "least_hours",
    "times": "times",
    "availability": "available_on",
    "contract": "contracts",
    "languages": "language_1",
}
"""The question of the form that answers each criterion."""


@dataclass(frozen=True)
class ShownReason:
    """One reason: its bar is as wide, in percent, as it counts. `address`: where to say what is not known."""

    label: str
    sentence: str
    width: int
    address: str


@dataclass(frozen=True)
class ShownFit:
    """Everything about one offer for one person. `lacking`: what the job cannot do without, and is not there."""

    overall: str
    width: int
    speaks_for: tuple[ShownReason, ...]
    partly: tuple[ShownReason, ...]
    speaks_against: tuple[ShownReason, ...]
    unknown: tuple[ShownReason, ...]
    silent: tuple[str, ...]
    lacking: str
    changes: tuple[str, ...]


def shown_fit(found: Explanation, voice: Voice) -> ShownFit:
    """The explanation, ready to be shown in the page's language; the person and the team read the same reasons."""
    known = [one for one in found.reasons if one.state is State.KNOWN]
    return ShownFit(
        overall=translated(next(words for least, words in voice.overall if found.score >= least)),
        width=round(100 * found.score / SCALE),
        speaks_for=_shown(one for one in known if one.contribution >= 0 and _is_whole(one)),
        partly=_shown(one for one in known if one.contribution >= 0 and not _is_whole(one)),
        speaks_against=_shown(one for one in known if one.contribution < 0),
        unknown=_shown(one for one in found.reasons if one.state is State.UNKNOWN),
        silent=tuple(_label(one) for one in found.reasons if one.state is State.NOT_ASKED),
        lacking=", ".join(_label(one) for one in known if one.cap is not None),
        changes=tuple(one.sentence.in_language(language()) for one in found.changes[:_MOST_CHANGES]),
    )


def _is_whole(one: Reason) -> bool:
    """Whether nothing is missing. Skills never reach 1, and say by their cap that one is missing."""
    return one.value == 1 or one.criterion == "desired_skills" or (one.criterion == "required_skills" and not one.cap)


def _shown(reasons: Iterable[Reason]) -> tuple[ShownReason, ...]:
    """What counts most comes first."""
    return tuple(map(_reason, sorted(reasons, key=lambda one: -abs(one.contribution))))


def _reason(one: Reason) -> ShownReason:
    width = max(_LEAST_WIDTH, round(100 * abs(one.contribution) / _HEAVIEST))
    address = url_for("my_project.page") + "#" + _ASKED_AT[one.criterion]
    return ShownReason(_label(one), one.sentence.in_language(language()), width, address)


def _label(one: Reason) -> str:
    return one.label.in_language(language())
