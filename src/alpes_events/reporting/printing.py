"""A report as a tagged PDF."""

from collections.abc import Iterator, Mapping, Sequence

from alpes_events.documents.yearly_report import (
    PrintedBlock,
    PrintedChapter,
    PrintedFigure,
    PrintedPicture,
    PrintedPiece,
    PrintedReport,
    report_pdf,
)
from alpes_events.language.sentence import N_, NN_, catalogue, counted, say
from alpes_events.pictures.header import size_of
from alpes_events.pictures.picture import Picture
from alpes_events.reporting.definition import Basis
from alpes_events.reporting.edition_mark import DraftMark, EditionMark, with_correction
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.set_blocks import FigureCell, Piece, SetBlock
from alpes_events.reporting.set_report import FigureLine, SetReport

BASES = {
    Basis.COUNTED: N_("compté"),
    Basis.ATTESTED: N_("attesté"),
    Basis.DERIVED: N_("calculé"),
}
"""What each basis is called."""
BEFORE = N_("Année d’avant")
_UNRECORDED = NN_("%(num)s autre n’est pas relevé.", "%(num)s autres ne sont pas relevés.")
_NO_ROOM = NN_("%(num)s autre ne tient pas ici.", "%(num)s autres ne tiennent pas ici.")
_EITHER = NN_(
    "%(num)s autre n’est pas relevé ou ne tient pas ici.",
    "%(num)s autres ne sont pas relevés ou ne tiennent pas ici.",
)


def as_pdf(report: SetReport, *, mark: EditionMark | DraftMark, pictures: Mapping[int, Picture] | None = None) -> bytes:
    """The report, with a page of definitions; on the cover what `mark` says, and of an edition what it corrects."""
    words = catalogue(report.language).gettext
    report = with_correction(report, mark)
    printed = PrintedReport(
        title=report.title,
        lead=report.audience,
        organisation=report.organisation,
        footer=f"{report.organisation}. {report.title}",
        page_words=words(N_("Page")),
        contents_words=words(N_("Sommaire")),
        chapters=[
            PrintedChapter(one.title, [_block(block, report, pictures or {}) for block in one.blocks])
            for one in report.chapters
        ],
        definitions_title=words(N_("D’où vient chaque chiffre")),
        definitions_lead=words(
            N_(
                "Un chiffre compté l’est dans nos actes, un par un ; un chiffre attesté vient d’un autre outil, avec "
                "sa source ; un chiffre calculé l’est à partir des autres. Ce qui n’a pas été relevé n’est pas zéro."
            )
        ),
        definitions_heading=[words(one) for one in (N_("Chiffre"), N_("Valeur"), N_("Origine"), N_("Règle"))],
        definitions=[*definition_rows(report)],
        edition=mark.lines(report.language),
    )
    return report_pdf(printed, language=report.language)


def definition_rows(report: SetReport) -> Iterator[list[str]]:
    """Each definition that the report shows: its label, its value (of a list: how many), its origin, its rule with
    the sources that attested it.
    """
    words = catalogue(report.language).gettext
    shown: dict[str, list[FigureLine]] = {}
    for name in report.shown():
        shown.setdefault(report.lines[name].definition, []).append(report.lines[name])
    for lines in shown.values():
        first = lines[0]
        value = f"× {len(lines)}" if first.list_label else first.text
        attested = dict.fromkeys(one.attested for one in lines if one.attested)
        rule = ". ".join(one for one in (first.rule, *attested) if one)
        yield [first.list_label or first.label, value, words(BASES[first.basis]), rule]


def table_heading(block: SetBlock, report: SetReport) -> list[str]:
    """The names of the columns of a table."""
    words = catalogue(report.language).gettext
    assert block.table is not None
    beside = {"before": str(report.year - 1), "target": words(N_("Objectif"))}
    if beside.keys() >= {*block.table.heading}:
        return ["", str(report.year), *(beside[one] for one in block.table.heading)]
    return [words(N_("Intitulé")), *block.table.heading]


def chart_heading(report: SetReport) -> list[str]:
    """The names of the columns of the table that a chart is."""
    words = catalogue(report.language).gettext
    return ["", "", words(N_("Nombre"))]


def left_out_said(block: SetBlock, language: str) -> str:
    """How many figures of a long list a drawing leaves out: those that are not recorded, those that have no room."""
    told = [(_EITHER, block.left_out)]
    if block.unrecorded is not None:
        told = [(_UNRECORDED, block.unrecorded), (_NO_ROOM, block.left_out - block.unrecorded)]
    return " ".join(counted(words, count, language) % {"num": count} for words, count in told if count)


def _block(block: SetBlock, report: SetReport, pictures: Mapping[int, Picture]) -> PrintedBlock:
    is_chart = block.kind is BlockKind.CHART
    paragraphs = [_pieces(one) for one in block.paragraphs]
    rows: list[list[str]] = []
    if block.table is not None:
        rows = [[name, *(cell.text for cell in cells)] for name, cells in block.table.rows]
    return PrintedBlock(
        heading=block.heading,
        paragraphs=() if block.kind is BlockKind.EVENTS else paragraphs,
        lines=paragraphs if block.kind is BlockKind.EVENTS else (),
        cards=() if is_chart else _figures(block.figures),
        chart=_figures(block.figures) if is_chart else (),
        chart_heading=chart_heading(report),
        chart_note=left_out_said(block, report.language),
        table_heading=table_heading(block, report) if rows else (),
        table_rows=rows,
        picture=_picture(pictures.get(block.picture_id or 0)),
        caption=block.caption,
    )


def _picture(picture: Picture | None) -> PrintedPicture | None:
    if picture is None:
        return None
    size = size_of(picture.content, picture.media_type)
    return None if size is None else PrintedPicture(picture.inline, *size)


def _pieces(pieces: Sequence[Piece]) -> list[PrintedPiece]:
    return [PrintedPiece(one.text, bool(one.figure)) for one in pieces]


def _figures(cells: Sequence[FigureCell]) -> list[PrintedFigure]:
    return [PrintedFigure(one.label, one.text, one.value) for one in cells]


def title_of_file(report: SetReport) -> str:
    """What the file is called, without its ending."""
    return say(N_("rapport-%(year)s"), year=report.year).in_language(report.language)
