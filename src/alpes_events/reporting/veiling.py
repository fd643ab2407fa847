"""A report for those who may not see small numbers of people: what is hidden says so wherever it stands. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from alpes_events.language.sentence import N_, catalogue
from alpes_events.reporting.definition import EARLIER, Basis
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.set_blocks import FigureCell, Piece, SetBlock, SetChapter
from alpes_events.reporting.set_report import SetReport
from alpes_events.reporting.sums_read import OF_PEOPLE

HIDDEN = N_("masqué")


def veiled(report: SetReport, hidden: Collection[str], lines: Mapping[str, str] | None) -> SetReport:
    """The report without the values of the figures `hidden`, nor what else tells them: checks, and numbers of records
    that are other than what is printed. `lines` are the sentences
    of events that hold some, each with what stands in its place (None: nobody knows, and all are hidden).
    """
    words = catalogue(report.language).gettext(HIDDEN)
    secret = frozenset(hidden)

    def cell(one: FigureCell) -> FigureCell:
        return replace(one, text=words, value=None) if one.id in secret else one

    def piece(one: Piece) -> Piece:
        return replace(one, text=words) if one.figure in secret else one

    def line(one: Piece) -> Piece:
        return replace(one, text=words if lines is None else lines.get(one.text, one.text))

    def block(one: SetBlock) -> SetBlock:
        told, table = line if one.kind is BlockKind.EVENTS else piece, one.table
        return replace(
            one,
            paragraphs=[[told(run) for run in paragraph] for paragraph in one.paragraphs],
            figures=[cell(figure) for figure in one.figures],
            table=table and replace(table, rows=[(name, [cell(figure) for figure in row]) for name, row in table.rows]),
        )

    return replace(
        report,
        chapters=[SetChapter(one.id, one.title, [block(held) for held in one.blocks]) for one in report.chapters],
        lines={
            name: replace(one, text=words, value=None, rows=None)
            if name in secret
            else replace(one, rows=one.rows if one.rows == one.value else None)
            for name, one in report.lines.items()
        },
        checks=(),
        hidden=secret,
    )


def telling(report: SetReport) -> set[str]:
    """Every figure that could tell of people, where nobody noted which ones do."""
    names = {one.id for one in report.lines.values() if one.unit in OF_PEOPLE or one.basis is Basis.DERIVED}
    return names | {name for chapter in report.chapters for name in chapter.names() if name.endswith(EARLIER)}
