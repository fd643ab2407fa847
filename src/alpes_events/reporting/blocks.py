"""Blocks of a report with their figures set in: the same for the page, the PDF, the workbook and JSON. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, say
from alpes_events.reporting.attested_values import AttestedValue
from alpes_events.reporting.definition import EARLIER, MEMBER, TARGET, Basis
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.naming import called, list_called, member_said
from alpes_events.reporting.numbers import read, read_as, said_before
from alpes_events.reporting.set_blocks import FigureCell, Piece, SetBlock, SetTable

_NAMED = re.compile(r"\{([^{}]+)\}")
_MOST_BARS = 24
_MOST_UNKNOWN = 10
"""A list longer than that is drawn without what was not recorded."""


@dataclass(frozen=True)
class Setting:
    """What blocks are set with: the figures of the year and of the year before, the targets of the year, what was
    attested of it, what each definition is called (by id), the lines of events, the language.
    """

    figures: Mapping[str, ReportFigure]
    before: Mapping[str, ReportFigure] = field(default_factory=dict)
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    attested: Mapping[str, AttestedValue] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    event_lines: Sequence[tuple[str, str, str]] = ()
    """For each event its name, its kind, and its sentence."""
    language: str = SOURCE_LANGUAGE

    @property
    def known(self) -> set[str]:
        """What a block may name: the figures of the year, and lists, those that have no member among them."""
        return {*self.figures, *(name for name in self.labels if MEMBER in name)}

    def called(self, figure: ReportFigure) -> str:
        """What a figure is called."""
        return called(figure, self.labels, self.language)

    def cell(self, name: str) -> FigureCell:
        """The figure of this id; `id@-1` is that of the year before, `id@target` what it is to reach."""
        if name.endswith(TARGET):
            return self._target(name)
        wanted, earlier = name.removesuffix(EARLIER), name.endswith(EARLIER)
        figure = (self.before if earlier else self.figures).get(wanted)
        if figure is None:
            gone = not earlier or wanted not in self.figures
            text = self._gone(name) if gone else read(None, "", self.language)
            return FigureCell(name, wanted, text, None, "", gone=gone)
        printed = figure.printed
        return FigureCell(
            id=name,
            label=self.called(figure),
            text=read_as(figure.definition, printed, self.language),
            value=None if printed is None else float(printed),
            basis=figure.definition.basis.value,
        )

    def _target(self, name: str) -> FigureCell:
        wanted = name.removesuffix(TARGET)
        figure, target = self.figures.get(wanted), self.targets.get(wanted)
        if figure is None:
            return FigureCell(name, wanted, self._gone(name), None, "", gone=True)
        text = read_as(figure.definition, target, self.language)
        value = None if target is None else float(target)
        return FigureCell(name, self.called(figure), text, value, Basis.ATTESTED.value)

    def _gone(self, name: str) -> str:
        """What stands where a figure is named that is not there: words, so that it is seen without its colour."""
        return say(N_("chiffre disparu : %(name)s"), name=name).in_language(self.language)

    def of_member(self, column: str, member: str) -> FigureCell:
        """The figure of a member of a list; not recorded, where this list has not the member."""
        if self.is_gone(column):
            return self.cell(column)
        cell = self.cell(column.replace(MEMBER, member))
        return replace(cell, text=read(None, "", self.language), gone=False) if cell.gone else cell

    def is_gone(self, pattern: str) -> bool:
        """Whether there is no such list: one without a member is there."""
        return pattern not in self.labels

    def members(self, pattern: str) -> list[ReportFigure]:
        """The figures of a list, in its order."""
        return [one for one in self.figures.values() if one.definition.id == pattern]


def set_block(block_id: int, kind: BlockKind, content: Mapping[str, Any], setting: Setting) -> SetBlock:
    """The block with its figures."""
    heading = _words(content, "heading", setting)
    match kind:
        case BlockKind.TITLE | BlockKind.TEXT:
            text = _words(content, "text", setting)
            return SetBlock(block_id, kind, heading, paragraphs=[*_paragraphs(text, setting)])
        case BlockKind.FIGURES:
            return SetBlock(block_id, kind, heading, figures=_cells(content.get("figures", ()), setting))
        case BlockKind.CHART:
            return _chart(block_id, heading, _cells(content.get("figures", ()), setting))
        case BlockKind.TABLE:
            return SetBlock(block_id, kind, heading, table=_table(content, setting))
        case BlockKind.EVENTS:
            return SetBlock(block_id, kind, heading, paragraphs=[*_event_lines(content, setting)])
        case BlockKind.PICTURE:
            caption = _words(content, "caption", setting)
            return SetBlock(block_id, kind, heading, picture_id=content.get("picture_id"), caption=caption)


def names_in(kind: BlockKind, content: Mapping[str, Any]) -> list[str]:
    """The figures that a block names, as they are written."""
    if kind in (BlockKind.TITLE, BlockKind.TEXT):
        return _NAMED.findall(f"{content.get('text', '')} {content.get('text_en', '')}")
    return [*content.get("figures", ()), *content.get("columns", ())]


def _words(content: Mapping[str, Any], name: str, setting: Setting) -> str:
    french = str(content.get(name, ""))
    return french if setting.language == SOURCE_LANGUAGE else str(content.get(f"{name}_en") or french)


def _paragraphs(text: str, setting: Setting) -> Iterator[Sequence[Piece]]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.strip():
            yield [*_pieces(" ".join(paragraph.split()), setting)]


def _pieces(text: str, setting: Setting) -> Iterator[Piece]:
    last = 0
    for found in _NAMED.finditer(text):
        if found.start() > last:
            yield Piece(text[last : found.start()])
        cell = setting.cell(found[1])
        yield Piece(said_before(cell.text, text[found.end() :]), found[1], gone=cell.gone)
        last = found.end()
    if last < len(text):
        yield Piece(text[last:])


def _cells(names: Sequence[str], setting: Setting) -> list[FigureCell]:
    """The figures of these names; a name that holds `{}` stands for every figure of its list."""
    found: list[FigureCell] = []
    for name in names:
        if MEMBER in name and not setting.is_gone(name):
            found += [_member_cell(one, setting) for one in setting.members(name)]
        else:
            found.append(setting.cell(name))
    return found


def _chart(block_id: int, heading: str, cells: Sequence[FigureCell]) -> SetBlock:
    """A drawing of what is known, or of what is not when that is all; how many of a long list were left out, and how
    many of those because they are not recorded.
    """
    known = [cell for cell in cells if cell.value is not None or cell.gone]
    fit = known if known and len(cells) > _MOST_UNKNOWN else list(cells)
    drawn = fit[:_MOST_BARS]
    left_out, unrecorded = len(cells) - len(drawn), len(cells) - len(fit)
    return SetBlock(block_id, BlockKind.CHART, heading, figures=drawn, left_out=left_out, unrecorded=unrecorded)


def _member_cell(one: ReportFigure, setting: Setting) -> FigureCell:
    cell = setting.cell(one.id)
    return FigureCell(cell.id, member_said(one, setting.language), cell.text, cell.value, cell.basis)


def _table(content: Mapping[str, Any], setting: Setting) -> SetTable:
    """A row for each member of the lists in `columns`, or one for each of `figures`."""
    columns = list(content.get("columns", ()))
    if not columns:
        names = list(content.get("figures", ()))
        beside = {"before": EARLIER} if content.get("compared") else {}
        beside |= {"target": TARGET} if content.get("aimed") else {}
        rows = [
            (cell.label, [cell, *(setting.cell(f"{cell.id}{end}") for end in beside.values())])
            for cell in _cells(names, setting)
        ]
        return SetTable([*beside], rows)
    members = {one.member: member_said(one, setting.language) for column in columns for one in setting.members(column)}
    if any(setting.is_gone(column) for column in columns):
        members = members or {"": ""}
    heading = [one if setting.is_gone(one) else list_called(setting.labels[one]) for one in columns]
    table_rows = [(said, [setting.of_member(column, member) for column in columns]) for member, said in members.items()]
    return SetTable(heading, table_rows)


def _event_lines(content: Mapping[str, Any], setting: Setting) -> Iterator[Sequence[Piece]]:
    kinds = set(content.get("kinds", ()))
    for name, kind, line in setting.event_lines:
        if not kinds or kind in kinds:
            yield [Piece(f"{name} : {line}")]
