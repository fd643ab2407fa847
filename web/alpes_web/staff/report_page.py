"""A report as the staff have it before them: its pages with what acts on each block, and the figures to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import get_template_attribute, url_for
from markupsafe import Markup
from sqlmodel import Session

from alpes_events.language.sentence import LANGUAGES
from alpes_events.people.account_names import account_names
from alpes_events.reporting.as_html import Around, one_block
from alpes_events.reporting.blocks import Setting, set_block
from alpes_events.reporting.definition import EARLIER
from alpes_events.reporting.models import BlockKind, Report, ReportBlock
from alpes_events.reporting.naming import bare, list_called
from alpes_events.reporting.numbers import read_as
from alpes_events.reporting.set_blocks import SetBlock, SetChapter
from alpes_events.reporting.set_report import SetReport
from alpes_events.reporting.writing import version_subject
from alpes_events.versions.queries import former_versions
from alpes_web.staff.report_words import BLOCK_KINDS


def around_blocks(blocks: Mapping[int, ReportBlock], comments: Mapping[int, int], *, year: int) -> Around:
    """What acts on each block stands above it; after each chapter, what adds one. Figures lead to their page."""
    tools = get_template_attribute("staff/report/tools.html", "block_tools")
    adding = get_template_attribute("staff/report/tools.html", "chapter_tools")

    def before(block: SetBlock) -> Markup:
        return Markup(tools(blocks[block.id], comments.get(block.id, 0), block.heading, BLOCK_KINDS))  # noqa: S704

    def after(chapter: SetChapter) -> Markup:
        return Markup(adding(chapter))  # noqa: S704 (our own template, which escapes)

    def link(figure: str) -> str:
        return url_for("report_figures.figure", year=year - figure.endswith(EARLIER), name=bare(figure))

    return Around(link=link, picture=picture_address, before=before, after=after)


def drawn_in_both(
    report: Report, kind: BlockKind, content: Mapping[str, Any], setting: Setting
) -> list[tuple[str, Markup]]:
    """What a block prints in each language."""
    return [
        (code, drawn_block(report, -number, kind, content, replace(setting, language=code)))
        for number, code in enumerate(LANGUAGES)
    ]


def drawn_block(report: Report, block_id: int, kind: BlockKind, content: Mapping[str, Any], setting: Setting) -> Markup:
    """One block as the report prints it in the language of the setting."""
    within = SetReport(report.title, report.audience, report.year, "", setting.language, [], {}, [])
    return one_block(within, set_block(block_id, kind, content, setting), around=Around(picture=picture_address))


def picture_address(picture_id: int) -> str:
    """Where staff see a picture of a report."""
    return url_for("report_blocks.picture", picture_id=picture_id)


@dataclass(frozen=True)
class Choosable:
    """A figure of the list to choose from: what one writes, what it is called, its value now (« » for a list)."""

    written: str
    label: str
    text: str


def choosable(setting: Setting, *, takes: str) -> list[tuple[str, list[Choosable]]]:
    """The figures by part of the report. Within sentences each one; in lists, each list by its name instead;
    a block that takes none is offered none.
    """
    if not takes:
        return []
    groups: dict[str, dict[str, Choosable]] = {}
    for one in setting.figures.values():
        is_list = one.definition.has_members and takes == "list"
        written = one.definition.id if is_list else one.id
        label = list_called(setting.labels[written]) if is_list else setting.called(one)
        text = "" if is_list else read_as(one.definition, one.printed, setting.language)
        shown = f"{{{written}}}" if takes == "text" else written
        groups.setdefault(one.id.split(".")[0], {}).setdefault(written, Choosable(shown, label, text))
    return [(name, list(found.values())) for name, found in groups.items()]


@dataclass(frozen=True)
class FormerBlock:
    """What a block said until `until`, as it printed; `by`: who changed it."""

    id: int
    until: datetime
    by: str
    drawn: Markup


def block_history(db: Session, report: Report, block: ReportBlock, setting: Setting) -> list[FormerBlock]:
    """What the block said before, the last first."""
    found = former_versions(db, version_subject(block.id or 0))
    names = account_names(db, (one.replaced_by for one in found))
    return [
        FormerBlock(
            one.id,
            one.replaced_at,
            names.get(one.replaced_by or 0, ""),
            drawn_block(report, one.id, block.kind, one.content, setting),
        )
        for one in found
    ]
