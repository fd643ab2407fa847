"""A sentence in both languages that the library speaks, so that it explains itself without a catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The same in plain French and in plain English."""

    french: str
    english: str

    def in_language(self, code: str) -> str:
        """French for `fr` and its variants, English else."""
        return self.french if code.lower().startswith("fr") else self.english

    def put(self, **facts: object) -> "Said":
        """With `{facts}` in their places; a fact that is a `Said` is put in its language."""
        french = {name: fact.french if isinstance(fact, Said) else fact for name, fact in facts.items()}
        english = {name: fact.english if isinstance(fact, Said) else fact for name, fact in facts.items()}
        return Said(self.french.format(**french), self.english.format(**english))


def listed(words: Iterable["str | Said"]) -> Said:
    """Words one after the other, in the order of their French."""
    both = [Said(word.replace("-", " "), word.replace("-", " ")) if isinstance(word, str) else word for word in words]
    both.sort(key=lambda one: one.french)
    return Said(", ".join(one.french for one in both), ", ".join(one.english for one in both))


def percent(value: int) -> Said:
    """A value in ten-thousandths as a whole percentage, half up."""
    share = (value + 50) // 100
    return Said(f"{share} %", f"{share}%")


def duration(minutes: int) -> Said:
    """Minutes as hours, as they are said of a working week."""
    hours, left = divmod(minutes, 60)
    return Said(f"{hours} h {left:02d}", f"{hours} h {left:02d}") if left else Said(f"{hours} h", f"{hours} h")


def span(months: int) -> Said:
    """Months as years and months."""
    years, left = divmod(months, 12)
    parts = []
    if years:
        parts.append(Said(f"{years} an" + "s" * (years > 1), f"{years} year" + "s" * (years > 1)))
    if left or not years:
        parts.append(Said(f"{left} mois", f"{left} month" + "s" * (left != 1)))
    return Said(" et ".join(one.french for one in parts), " and ".join(one.english for one in parts))
