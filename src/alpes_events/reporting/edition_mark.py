"""What a report says of itself on its cover: an edition its number, day and hash; a draft that it is one."""

from dataclasses import dataclass, field, replace
from datetime import date

from alpes_events.language.dates import short_day
from alpes_events.language.sentence import N_, say
from alpes_events.reporting.corrections import Correction
from alpes_events.reporting.set_report import SetReport


@dataclass(frozen=True)
class EditionMark:
    """`sha256` is the hash (hexadecimal) of what was frozen; `corrects`, what it says of the edition before."""

    number: int
    published_on: date
    sha256: str
    corrects: Correction = field(default_factory=Correction)

    def lines(self, language: str) -> list[str]:
        """« Édition 2, publiée le … », and the hash."""
        day = short_day(self.published_on, language=language, year=True)
        said = say(N_("Édition %(number)s, publiée le %(day)s"), number=self.number, day=day)
        return [said.in_language(language), f"SHA-256 {self.sha256}"]


@dataclass(frozen=True)
class DraftMark:
    """Of a report that is not published: `read_on` is the day on which its records were read."""

    read_on: date

    def lines(self, language: str) -> list[str]:
        """« Brouillon », and the day."""
        day = short_day(self.read_on, language=language, year=True)
        said = (say(N_("Brouillon, non publié")), say(N_("Chiffres tels qu’enregistrés le %(day)s"), day=day))
        return [one.in_language(language) for one in said]


def with_correction(report: SetReport, mark: EditionMark | DraftMark) -> SetReport:
    """The report with what its edition corrects as its first chapter."""
    first = mark.corrects.chapter(report.language) if isinstance(mark, EditionMark) else None
    return report if first is None else replace(report, chapters=[first, *report.chapters])
