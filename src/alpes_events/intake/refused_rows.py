"""The refused rows of a file as a file: each with its line and the reasons, to be corrected and sent again."""

from collections.abc import Sequence

from alpes_events.intake.issues import RowIssue
from alpes_events.intake.table import Table, shown
from alpes_events.language.cells import Cell, csv_document
from alpes_events.language.sentence import N_, catalogue

LINE, REASON = N_("ligne du fichier"), N_("à corriger")


def refused_rows(table: Table, issues: Sequence[RowIssue], *, language: str) -> bytes:
    """A CSV file with the headings of the table and its refused rows. An import leaves the two first columns aside."""
    words = catalogue(language).gettext
    reasons: dict[int, list[str]] = {}
    for issue in issues:
        sentence = issue.sentence.in_language(language)
        reasons.setdefault(issue.line, []).append(f"{issue.column} : {sentence}" if issue.column else sentence)
    rows: list[list[Cell]] = [
        [line.number, " ".join(reasons[line.number]), *map(shown, line.cells)]
        for line in table.lines
        if line.number in reasons
    ]
    return csv_document([words(LINE), words(REASON), *table.headings], rows)
