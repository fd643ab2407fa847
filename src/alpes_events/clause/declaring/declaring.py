"""What a company declares, and what is pointed out of it before it is sent: to be confirmed, not forbidden. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from alpes_events.clause.durations import FULL_MONTH
from alpes_events.clause.months import last_day
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class LineDraft:
    """Hours as declared: of whom, on which days of the month (both included).

    `employment_id` None: somebody who is not among the company's people, called `person_words`. `line_id` is the line
    that it rewrites, None for a new one.
    """

    from_on: date
    until_on: date
    minutes: int
    employment_id: int | None = None
    person_words: str = ""
    overtime: bool = False
    line_id: int | None = None


@dataclass(frozen=True)
class Ground:
    """What a declared line rests on: an employment contract and the days (both included) in which it has hours.

    `first_on` and `last_on` are those of the lot; None: no end known. `eligible_until` is the first day that no longer
    counts.
    """

    employment_id: int
    candidate_id: int
    reference: str
    starts_on: date
    ends_on: date | None
    first_on: date
    last_on: date | None
    eligible_until: date | None = None
    closed: bool = False
    contract_id: int = 0

    @property
    def from_on(self) -> date:
        """The first day that can have hours."""
        return max(self.starts_on, self.first_on)

    @property
    def until_on(self) -> date | None:
        """The last day that can have hours."""
        return min((day for day in (self.ends_on, self.last_on) if day is not None), default=None)

    def days_of(self, month: date) -> tuple[date, date]:
        """The days of a month that can have hours."""
        return max(month, self.from_on), min(last_day(month), self.until_on or date.max)


@dataclass(frozen=True)
class Spell:
    """Days of a person that another declaration has, with their minutes; `overtime` was ticked there."""

    candidate_id: int
    from_on: date
    until_on: date
    minutes: int = 0
    overtime: bool = False


@dataclass(frozen=True)
class Noted:
    """Hours of a person that the ledger has on a public contract in the month, and that no declaration said: they came
    by a file, or were entered by hand. `validated`, or declared only.
    """

    candidate_id: int
    contract_id: int
    minutes: int
    validated: bool


class Flag(StrEnum):
    """What is pointed out of a line and may stand all the same, once the company has confirmed it."""

    OVERTIME = "overtime"
    LAPSED = "lapsed"
    TWICE = "twice"
    ELSEWHERE = "elsewhere"
    COUNTED = "counted"
    FILED = "filed"
    UNKNOWN = "unknown"


FLAG_WORDS: dict[Flag, str] = {
    Flag.OVERTIME: N_(
        "plus de 151 h 40 dans le mois, toutes entreprises comptées, sans heures supplémentaires cochées"
    ),
    Flag.LAPSED: N_("après la fin de l’éligibilité"),
    Flag.TWICE: N_("déclarée deux fois pour les mêmes jours"),
    Flag.ELSEWHERE: N_("déclarée aussi ailleurs pour les mêmes jours, par une autre entreprise ou sous un autre nom"),
    Flag.COUNTED: N_("déjà validées autrement ce mois"),
    Flag.FILED: N_("déjà déclarées autrement ce mois, par un fichier"),
    Flag.UNKNOWN: N_("personne qui n’est pas dans la liste"),
}
"""Each flag, as it stands beside a person's name."""
TO_CHOOSE = frozenset({Flag.COUNTED, Flag.FILED})
"""Such a line may say again what the ledger has already: whoever validates it says whether it comes on top."""


def flags(
    lines: Sequence[LineDraft],
    grounds: Iterable[Ground],
    *,
    settled: Sequence[LineDraft] = (),
    elsewhere: Iterable[Spell] = (),
    noted: Iterable[Noted] = (),
    beside: Iterable[Noted] = (),
) -> list[tuple[Flag, ...]]:
    """What is to be confirmed of each line, in their order. `settled` are lines of the company that are validated.

    `elsewhere`: what other declarations say; `noted`: what the ledger has of these people without a declaration;
    `beside`: what of it may be pointed out to whoever reads the flags.
    """
    known = {ground.employment_id: ground for ground in grounds}
    there = [*lines, *settled]
    people = [_who(line, known) for line in there]
    spells, again = list(elsewhere), noted_minutes(beside)
    minutes = _month_of_each(zip(there, people, strict=True), spells, noted_minutes(noted))
    overtime = {person for line, person in zip(there, people, strict=True) if line.overtime}
    overtime |= {spell.candidate_id for spell in spells if spell.overtime}

    def of(place: int) -> Iterable[Flag]:
        line, person = lines[place], people[place]
        ground = None if line.employment_id is None else known.get(line.employment_id)
        if ground is None:
            yield Flag.UNKNOWN
        if minutes[person] > FULL_MONTH and person not in overtime:
            yield Flag.OVERTIME
        if ground is not None and ground.eligible_until is not None and line.until_on >= ground.eligible_until:
            yield Flag.LAPSED
        others = [one for at, one in enumerate(there) if at != place and people[at] == person]
        if any(_overlap(line, other) for other in others):
            yield Flag.TWICE
        if any(spell.candidate_id == person and _overlap(line, spell) for spell in spells):
            yield Flag.ELSEWHERE
        if ground is not None and (there_already := again.get((ground.candidate_id, ground.contract_id))):
            yield Flag.COUNTED if there_already.validated else Flag.FILED

    return [tuple(of(place)) for place in range(len(lines))]


def noted_minutes(noted: Iterable[Noted]) -> dict[tuple[int, int], Noted]:
    """What the ledger has without a declaration, by person and public contract: what is validated, else declared."""
    found: dict[tuple[int, int], Noted] = {}
    for one in noted:
        key = (one.candidate_id, one.contract_id)
        before = found.get(key)
        if before is None or one.validated > before.validated:
            found[key] = one
        elif one.validated == before.validated:
            found[key] = replace(before, minutes=before.minutes + one.minutes)
    return found


def _month_of_each(
    lines: Iterable[tuple[LineDraft, int | str]], spells: Iterable[Spell], entered: Mapping[tuple[int, int], Noted]
) -> dict[int | str, int]:
    """The minutes of each person in the month, wherever they were worked."""
    minutes: dict[int | str, int] = defaultdict(int)
    for line, person in lines:
        minutes[person] += line.minutes
    for spell in spells:
        minutes[spell.candidate_id] += spell.minutes
    for one in entered.values():
        minutes[one.candidate_id] += one.minutes
    return minutes


def seen_key(line: LineDraft, flag: Flag) -> str:
    """What a page carries to say that a flag of a line was shown and confirmed: other hours are asked anew."""
    who = line.person_words if line.employment_id is None else str(line.employment_id)
    return f"{who}|{line.from_on:%d}-{line.until_on:%d}|{line.minutes}|{flag}"


def unseen(
    lines: Sequence[LineDraft], found: Sequence[Collection[Flag]], seen: Collection[str]
) -> dict[int, tuple[Flag, ...]]:
    """The flags of each line that nobody confirmed, by its place."""
    left = {
        place: tuple(flag for flag in flagged if seen_key(line, flag) not in seen)
        for place, (line, flagged) in enumerate(zip(lines, found, strict=True))
    }
    return {place: flagged for place, flagged in left.items() if flagged}


def _who(line: LineDraft, known: dict[int, Ground]) -> int | str:
    """The person of a line by id; somebody unknown by the words that name them."""
    ground = None if line.employment_id is None else known.get(line.employment_id)
    return ground.candidate_id if ground is not None else fold(line.person_words)


def _overlap(one: LineDraft, other: LineDraft | Spell) -> bool:
    return one.from_on <= other.until_on and other.from_on <= one.until_on
