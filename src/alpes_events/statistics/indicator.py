"""What an indicator is: a figure by its name, with what is counted, which acts make it, and how it may be cut."""

from dataclasses import dataclass
from enum import StrEnum

from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.periods import Grain


class Gate(StrEnum):
    """Which counter of the event says whether an indicator is collected there."""

    NONE = ""
    VISITORS = "visitors_counter"
    PARTICIPANTS = "participants_counter"
    EXHIBITORS = "exhibitors_counter"
    INTERVIEWS = "interviews_counter"
    DEMONSTRATIONS = "demonstrations_counter"


@dataclass(frozen=True)
class Indicator:
    """One figure. `label` and `definition` are French sentences to translate; `acts` names the tables counted."""

    id: str
    label: str
    definition: str
    acts: tuple[str, ...]
    gate: Gate = Gate.NONE
    cuts: tuple[Cut, ...] = (Cut.KIND,)
    version: int = 1
    grains: tuple[Grain, ...] = (Grain.EVENT, Grain.MONTH, Grain.YEAR)

    def cuts_at(self, grain: Grain) -> tuple[Cut, ...]:
        """The cuts at one size of period: a single event is not cut by kind."""
        return tuple(cut for cut in self.cuts if not (cut is Cut.KIND and grain is Grain.EVENT))
