"""A timetable that was made: who meets whom when, what stayed unmet and why, and what it was proved against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from alpes_matching.timetable.asked import Wish
from alpes_matching.timetable.refused import Refused
from alpes_matching.wording import N_


@dataclass(frozen=True, order=True)
class Interview:
    """One person at one table, in `[start, end)`. `rank` is that of the wish it meets; None when it meets none."""

    start: int
    exhibitor: str
    table: str
    person: str
    end: int
    rank: int | None = None
    pinned: bool = False


def in_order(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    """By time, exhibitor and table."""
    return tuple(sorted(interviews, key=_PLACE))


_PLACE = attrgetter("start", "exhibitor", "table", "person", "end")


class Cause(StrEnum):
    """Why a wish is not met: the first that holds, in this order."""

    NO_COMMON_SLOT = "no_common_slot"
    AT_MOST = "at_most"
    HOURS_FULL = "hours_full"
    EXHIBITOR_FULL = "exhibitor_full"
    TIMES_CLASH = "times_clash"


CAUSES: Mapping[Cause, str] = {
    Cause.NO_COMMON_SLOT: N_("Aucun créneau de cet exposant ne tombe dans les heures de présence de la personne."),
    Cause.AT_MOST: N_("La personne a déjà autant d’entretiens qu’elle en veut."),
    Cause.HOURS_FULL: N_("Ses autres entretiens prennent toutes les heures où elle pourrait rencontrer cet exposant."),
    Cause.EXHIBITOR_FULL: N_(
        "Tous les créneaux de cet exposant où elle est là sont pris : d’abord par qui avait moins d’entretiens, "
        "puis par qui l’avait placé plus haut ou l’intéressait."
    ),
    Cause.TIMES_CLASH: N_("Les créneaux encore libres de cet exposant tombent pendant ses autres entretiens."),
}
"""Each cause in a French sentence."""


@dataclass(frozen=True)
class Unmet:
    """A wish that found no interview, and why."""

    wish: Wish
    cause: Cause


@dataclass(frozen=True)
class Timetable:
    """Interviews by time, exhibitor and table. `bound_met` and `bound_worth`: what no timetable of that day can pass,
    beside the pins; None when that was not looked for. Idle minutes are those between the first and the last interview
    of a person or of a table; the walks of a person count among them.
    """

    interviews: tuple[Interview, ...]
    unmet: tuple[Unmet, ...]
    refused: tuple[Refused, ...]
    met: int
    bound_met: int | None
    worth: int
    bound_worth: int | None
    person_idle: int
    table_idle: int

    @property
    def proved(self) -> bool:
        """Whether no timetable is worth more: as many interviews, as fair, as near to the ranks of the wishes."""
        return self.bound_worth is not None and self.worth >= self.bound_worth

    @property
    def gap(self) -> float | None:
        """How far the worth may be from the best, as a share of the bound in [0, 1]; None without a bound."""
        return None if self.bound_worth is None else max(0.0, 1 - self.worth / max(1, self.bound_worth))

    def counts(self) -> Counter[str]:
        """How many interviews each person has; nobody is in it who has none."""
        return Counter(interview.person for interview in self.interviews)
