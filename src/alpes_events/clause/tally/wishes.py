"""What somebody asks of a tally, as a document keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alpes_events.clause.tally.cuts import WHOLE, Narrowing, Side
from alpes_events.clause.tally.keys import Cut
from alpes_events.language.sentence import SOURCE_LANGUAGE

NATIONAL: tuple[Cut, ...] = (
    Cut.SEX,
    Cut.AGE,
    Cut.LEVEL,
    Cut.CRITERION,
    Cut.DISTRICT,
    Cut.MODE,
    Cut.SECTOR,
    Cut.SITUATION_6,
    Cut.SITUATION_12,
    Cut.MONTH,
    Cut.COMMUNE,
    Cut.OPERATION,
    Cut.COMPANY,
)
"""The cuts of a tally for which none was asked: all but that by person."""


@dataclass(frozen=True)
class TallyWishes:
    """What somebody asks of a tally. `as_of`: as it was at the end of that local day; `names`: persons by their names;
    `health`: criteria of health by their own code.
    """

    year: int
    cuts: tuple[Cut, ...] = NATIONAL
    as_of: date | None = None
    narrowing: Narrowing = WHOLE
    names: bool = False
    health: bool = False
    language: str = SOURCE_LANGUAGE

    def stored(self) -> dict[str, Any]:
        """As a document keeps it."""
        narrowed = {name: value for name, value in asdict(self.narrowing).items() if value is not None}
        return {
            "year": self.year,
            "cuts": [cut.value for cut in self.cuts],
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "narrowing": narrowed,
            "names": self.names,
            "health": self.health,
            "language": self.language,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "TallyWishes":
        """The same, read back."""
        narrowed = dict(stored["narrowing"])
        for name in ("place", "residence"):
            narrowed[name] = Side(narrowed[name]) if name in narrowed else None
        return cls(
            year=stored["year"],
            cuts=tuple(Cut(cut) for cut in stored["cuts"]),
            as_of=None if stored["as_of"] is None else date.fromisoformat(stored["as_of"]),
            narrowing=Narrowing(**narrowed),
            names=stored["names"],
            health=stored["health"],
            language=stored["language"],
        )
