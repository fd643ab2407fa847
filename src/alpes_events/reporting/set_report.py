"""A report with its figures set in, as plain data: what every output prints, and what an edition freezes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from alpes_events.reporting.checks import Verdict
from alpes_events.reporting.definition import Basis
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.set_blocks import FigureCell, Piece, SetBlock, SetChapter, SetTable


@dataclass(frozen=True)
class FigureLine:
    """A figure of the year with its definition. `value` is as printed; None was not recorded.

    `definition` is the id of its definition, `list_label` what the figures of its list are called (none: it has none);
    `attested` says from where it was attested, and on which day (none: it was not).
    """

    id: str
    label: str
    text: str
    value: float | None
    unit: str
    basis: Basis
    rows: int | None
    definition: str
    list_label: str
    rule: str
    version: int
    attested: str = ""


@dataclass(frozen=True)
class CheckLine:
    """A check between figures: the whole, what it was expected to be (None: a figure is not recorded), the verdict."""

    figure: str
    label: str
    value: float | None
    expected: float | None
    is_total: bool
    verdict: Verdict


@dataclass(frozen=True)
class SetReport:
    """A report as it is printed: its chapters, every figure of its year, what the checks between them found.

    `hidden` are the figures that stand veiled in it, by their names in blocks.
    """

    title: str
    audience: str
    year: int
    organisation: str
    language: str
    chapters: Sequence[SetChapter]
    lines: Mapping[str, FigureLine]
    checks: Sequence[CheckLine]
    hidden: Collection[str] = ()

    def gone(self) -> list[str]:
        """The figures that blocks name and that are not there."""
        return [name for chapter in self.chapters for block in chapter.blocks for name in block.gone()]

    def disagreeing(self) -> list[CheckLine]:
        """The checks that do not agree."""
        return [one for one in self.checks if one.verdict is Verdict.DISAGREES]

    def shown(self) -> list[str]:
        """The figures that stand in the report, each once, in order."""
        found = dict.fromkeys(name for chapter in self.chapters for name in chapter.names())
        return [name for name in found if name in self.lines]

    def pictures(self) -> set[int]:
        """The pictures that stand in the report."""
        found = (block.picture_id for chapter in self.chapters for block in chapter.blocks)
        return {one for one in found if one is not None}

    def lacking(self, chapter: SetChapter) -> list[str]:
        """The figures that stand in a chapter and that are not recorded, each once, in order."""
        return [
            name for name in dict.fromkeys(chapter.names()) if name in self.lines and self.lines[name].value is None
        ]


def frozen(report: SetReport) -> dict[str, Any]:
    """The report as data, enough to print it again. Its figures are a list: databases do not keep the order of keys."""
    said = asdict(report) | {"lines": [asdict(one) for one in report.lines.values()]}
    return {name: value for name, value in said.items() if name != "hidden"}


def thawed(said: Mapping[str, Any]) -> SetReport:
    """A report from its data."""
    return SetReport(
        title=said["title"],
        audience=said["audience"],
        year=said["year"],
        organisation=said["organisation"],
        language=said["language"],
        chapters=[_chapter(one) for one in said["chapters"]],
        lines={one["id"]: FigureLine(**{**one, "basis": Basis(one["basis"])}) for one in said["lines"]},
        checks=[CheckLine(**{**one, "verdict": Verdict(one["verdict"])}) for one in said["checks"]],
    )


def _chapter(said: Mapping[str, Any]) -> SetChapter:
    return SetChapter(said["id"], said["title"], [_block(one) for one in said["blocks"]])


def _block(said: Mapping[str, Any]) -> SetBlock:
    table = said["table"]
    rows = [(name, [FigureCell(**cell) for cell in cells]) for name, cells in table["rows"]] if table else []
    return SetBlock(
        id=said["id"],
        kind=BlockKind(said["kind"]),
        heading=said["heading"],
        paragraphs=[[Piece(**piece) for piece in paragraph] for paragraph in said["paragraphs"]],
        figures=[FigureCell(**cell) for cell in said["figures"]],
        left_out=said["left_out"],
        unrecorded=said.get("unrecorded"),
        table=SetTable(table["heading"], rows) if table else None,
        picture_id=said["picture_id"],
        caption=said["caption"],
    )
