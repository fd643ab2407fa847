"""An edition read again as it was printed, in either language."""

from zoneinfo import ZoneInfo

from alpes_events.language.dates import local
from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.corrections import Correction, correction
from alpes_events.reporting.edition_mark import EditionMark
from alpes_events.reporting.models import ReportEdition
from alpes_events.reporting.set_report import SetReport, thawed
from alpes_events.reporting.veiling import telling, veiled


def edition_pages(edition: ReportEdition, language: str) -> SetReport:
    """What the edition printed in this language."""
    pages = edition.content["pages"]
    return thawed(pages.get(language) or pages[SOURCE_LANGUAGE])


def veiled_pages(edition: ReportEdition, language: str) -> SetReport:
    """What the edition prints for those who may not see small numbers of people, by the threshold of its day.

    An edition of before that was noted shows none of the figures that could tell of people.
    """
    pages, content = edition_pages(edition, language), edition.content
    if "hidden" not in content:
        return veiled(pages, telling(pages), None)
    return veiled(pages, content["hidden"], content["lines"][pages.language])


def edition_mark(edition: ReportEdition, *, zone: ZoneInfo, corrects: Correction | None = None) -> EditionMark:
    """What it says of itself on its cover, and before its chapters."""
    day = local(edition.published_at, zone=zone).date()
    return EditionMark(edition.number, day, edition.sha256, corrects or Correction())


def correction_of(edition: ReportEdition, pages: SetReport, before: SetReport | None) -> Correction:
    """What the edition corrects of the one before, as both print for the same reader."""
    return correction(edition.why, [str(one["id"]) for one in edition.changes], pages, before)
