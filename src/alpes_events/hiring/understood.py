"""What the titles that a person writes are taken for: by themselves where that is sure, else as the person chooses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from alpes_events.hiring.project import LONGEST_WORD, ProjectDraft
from alpes_matching.occupations import Classification, Proposal

Classify = Callable[[str], Classification]

NONE_OF_THEM = "-"
"""Chosen instead of a code: no proposal is right."""
MOST_UNDERSTOOD = 8
"""Titles wanted and titles worked in, together."""


@dataclass(frozen=True)
class Meaning:
    """A title with the codes it may stand for. `chosen` is one of them, `NONE_OF_THEM`, or "" where nobody said."""

    title: str
    proposals: tuple[Proposal, ...]
    chosen: str

    @property
    def code(self) -> str:
        """The code it is taken for, or ""."""
        return "" if self.chosen == NONE_OF_THEM else self.chosen

    @property
    def label(self) -> str:
        """The name of that code."""
        return next((one.label for one in self.proposals if one.code == self.chosen), "")


def understood(titles: Iterable[str], choices: Mapping[str, str], classify: Classify) -> tuple[Meaning, ...]:
    """What each title is taken for: what was chosen among its proposals, else the first when that is sure."""
    return tuple(_meaning(title, choices.get(title, ""), classify(title)) for title in _to_understand(titles))


def kept_choices(draft: ProjectDraft, classify: Classify) -> dict[str, str]:
    """What was chosen for each title of a project that is kept. Sure titles come first: of two titles that may be the
    same, the other one is then asked about.
    """
    chosen = {one.title: one.rome_code for one in draft.experience or ()}
    told = {title: classify(title) for title in _to_understand(draft.titles)}
    left = list(draft.rome_codes)
    for title in sorted(told, key=lambda title: told[title].ask):
        code = next((one.code for one in told[title].proposals if one.code in left), "")
        if code:
            left.remove(code)
        chosen[title] = code or ("" if told[title].ask else NONE_OF_THEM)
    return chosen


def with_codes(draft: ProjectDraft, meanings: Iterable[Meaning]) -> ProjectDraft:
    """The project with the codes of its titles, of those wanted and of those worked in."""
    codes = {one.title: one.code for one in meanings}
    wanted = tuple(dict.fromkeys(code for title in draft.titles if (code := codes.get(title))))
    experience = draft.experience
    if experience is not None:
        experience = tuple(replace(one, rome_code=codes.get(one.title, "")) for one in experience)
    return replace(draft, rome_codes=wanted, experience=experience)


def _to_understand(titles: Iterable[str]) -> list[str]:
    return [title for title in dict.fromkeys(titles) if title and len(title) <= LONGEST_WORD][:MOST_UNDERSTOOD]


def _meaning(title: str, choice: str, told: Classification) -> Meaning:
    codes = [one.code for one in told.proposals]
    if choice not in {*codes, NONE_OF_THEM}:
        choice = "" if told.ask else codes[0]
    return Meaning(title, told.proposals, choice)
