"""Places against their capacity, ready to be drawn as a bar and said in words."""

from dataclasses import dataclass

from alpes_events.agenda.models import Entry
from alpes_events.agenda.queries import Places
from alpes_web.languages import translated, translated_count


@dataclass(frozen=True)
class FillBar:
    """Widths in percent of a bar: what is taken, where the capacity ends, and who waits beyond it.

    Without a capacity there is no bar: `drawn` is false.
    """

    taken: int
    capacity: int | None
    waiting: int = 0

    @classmethod
    def of(cls, places: Places, *, waiting: int = 0) -> "FillBar":
        """The bar of a pool with so many people waiting."""
        return cls(places.taken, places.capacity, waiting)

    @property
    def drawn(self) -> bool:
        """Whether there is something to draw against."""
        return bool(self.capacity)

    @property
    def taken_width(self) -> str:
        """How wide the places taken are."""
        return self._share(self.taken)

    @property
    def capacity_at(self) -> str:
        """Where the capacity ends: people wait beyond it."""
        return self._share(self.capacity or 0)

    @property
    def waiting_width(self) -> str:
        """How wide the people waiting are."""
        return self._share(self.waiting)

    @property
    def free(self) -> int | None:
        """How many places are free; None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def short(self) -> str:
        """« 38 sur 40, 6 en attente »."""
        if self.capacity is None:
            words = translated_count("%(num)s inscription", "%(num)s inscriptions", self.taken) % {"num": self.taken}
        else:
            words = translated("%(taken)s sur %(capacity)s") % {"taken": self.taken, "capacity": self.capacity}
        return f"{words}, {self._waiting_words}" if self.waiting else words

    @property
    def whole(self) -> str:
        """The same for those who do not see the bar."""
        taken = translated_count("%(num)s place prise", "%(num)s places prises", self.taken) % {"num": self.taken}
        if self.capacity is None:
            return taken
        of = translated("%(taken)s sur %(capacity)s") % {"taken": taken, "capacity": self.capacity}
        return f"{of}, {self._waiting_words}" if self.waiting else of

    @property
    def _waiting_words(self) -> str:
        return translated_count("%(num)s en attente", "%(num)s en attente", self.waiting) % {"num": self.waiting}

    def _share(self, part: int) -> str:
        whole = max(self.capacity or 0, self.taken) + self.waiting
        return f"{100 * part / whole:.1f}%" if whole else "0%"


def entry_without_sign_up(entry: Entry) -> bool:
    """Whether people come without signing up here: there is no bar to fill."""
    return entry is not Entry.SIGN_UP
