"""The yearly report on paper: a tagged PDF with its charts drawn as vectors, each with its numbers beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpes_events.documents.apart import typeset_apart
from alpes_events.language.typography import set_in


@dataclass(frozen=True)
class PrintedPiece:
    """A run of text; a figure stands bold."""

    text: str
    is_figure: bool = False


@dataclass(frozen=True)
class PrintedFigure:
    """A figure with its label; `value` None: not recorded."""

    label: str
    text: str
    value: float | None


@dataclass(frozen=True)
class PrintedPicture:
    """A picture: `inline` is all of it as an address, its sides are pixels."""

    inline: str
    across: int
    down: int


@dataclass(frozen=True)
class PrintedBlock:
    """A block; what it has not is empty. `chart_heading` and `table_heading` name the columns."""

    heading: str = ""
    paragraphs: Sequence[Sequence[PrintedPiece]] = ()
    lines: Sequence[Sequence[PrintedPiece]] = ()
    cards: Sequence[PrintedFigure] = ()
    chart: Sequence[PrintedFigure] = ()
    chart_heading: Sequence[str] = ()
    chart_note: str = ""
    table_heading: Sequence[str] = ()
    table_rows: Sequence[Sequence[str]] = ()
    picture: PrintedPicture | None = None
    caption: str = ""


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter."""

    title: str
    blocks: Sequence[PrintedBlock]


@dataclass(frozen=True)
class PrintedReport:
    """A report in words of its language; `definitions` are rows under `definitions_heading`, `edition` lines at the
    foot of the cover.
    """

    title: str
    lead: str
    organisation: str
    footer: str
    page_words: str
    contents_words: str
    chapters: Sequence[PrintedChapter]
    definitions_title: str
    definitions_lead: str
    definitions_heading: Sequence[str]
    definitions: Sequence[Sequence[str]]
    edition: Sequence[str] = ()


def report_pdf(report: PrintedReport, *, language: str) -> bytes:
    """A tagged PDF."""
    content = {
        "language": language,
        "title": set_in(report.title, language),
        "lead": set_in(report.lead, language),
        "organisation": set_in(report.organisation, language),
        "edition": [set_in(line, language) for line in report.edition],
        "footer": report.footer,
        "page": report.page_words,
        "contents": report.contents_words,
        "chapters": [
            {"title": set_in(one.title, language), "blocks": [_block(block, language) for block in one.blocks]}
            for one in report.chapters
        ],
        "definitions": {
            "title": report.definitions_title,
            "lead": set_in(report.definitions_lead, language),
            "heading": list(report.definitions_heading),
            "rows": [[set_in(cell, language) for cell in row] for row in report.definitions],
        },
    }
    return typeset_apart("report.typ", content)


def _block(one: PrintedBlock, language: str) -> dict[str, object]:
    return {
        "heading": set_in(one.heading, language),
        "paragraphs": [_words(paragraph, language) for paragraph in one.paragraphs],
        "lines": [_words(line, language) for line in one.lines],
        "cards": [_figure(figure, language) for figure in one.cards],
        "chart": {
            "heading": list(one.chart_heading),
            "figures": [_figure(figure, language) for figure in one.chart],
            "note": set_in(one.chart_note, language),
        },
        "table": {
            "heading": [set_in(words, language) for words in one.table_heading],
            "rows": [[set_in(cell, language) for cell in row] for row in one.table_rows],
        },
        "picture": "" if one.picture is None else _framed(one.picture),
        "caption": set_in(one.caption, language),
    }


def _framed(one: PrintedPicture) -> str:
    """The picture as a drawing of its size: the typesetter reads drawings."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {one.across} {one.down}">'
        f'<image href="{one.inline}" width="{one.across}" height="{one.down}"/></svg>'
    )


def _words(pieces: Sequence[PrintedPiece], language: str) -> list[dict[str, object]]:
    return [{"text": set_in(one.text, language), "figure": one.is_figure} for one in pieces]


def _figure(one: PrintedFigure, language: str) -> dict[str, object]:
    return {
        "label": set_in(one.label, language),
        "text": one.text,
        "value": one.value,
        "known": one.value is not None,
    }
