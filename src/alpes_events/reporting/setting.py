"""A report on a year with its figures set in, from what is stored or from a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.blocks import Setting, set_block
from alpes_events.reporting.checks import Checked, check_figures, declared_checks
from alpes_events.reporting.counted import Counted, counted_for
from alpes_events.reporting.definition import Basis
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.models import Report, ReportBlock, ReportChapter
from alpes_events.reporting.naming import list_called
from alpes_events.reporting.numbers import read_as
from alpes_events.reporting.set_blocks import SetChapter
from alpes_events.reporting.set_report import CheckLine, FigureLine, SetReport
from alpes_events.reporting.templates import Template


def setting_of(db: Session, year: int, *, language: str = SOURCE_LANGUAGE) -> Setting:
    """What the blocks of a year are set with, counted now."""
    return counted_for(db, year).setting(language)


def set_template(db: Session, template: Template, year: int, *, language: str = SOURCE_LANGUAGE) -> SetReport:
    """A template as the report on a year."""
    counted, french = counted_for(db, year), language == SOURCE_LANGUAGE
    setting = counted.setting(language)
    chapters = [
        SetChapter(
            number,
            chapter.title if french else chapter.title_en,
            [set_block(place, block.kind, block.content, setting) for place, block in enumerate(chapter.blocks)],
        )
        for number, chapter in enumerate(template.chapters, 1)
    ]
    audience = template.audience if french else template.audience_en
    return _set(template.titled(year, language), audience, counted, chapters, setting)


@dataclass(frozen=True)
class Written:
    """A report as it is written: its chapters in order, the blocks of each by its id."""

    report: Report
    chapters: Sequence[ReportChapter]
    blocks: Mapping[int, Sequence[ReportBlock]]

    def set(self, counted: Counted, *, language: str = SOURCE_LANGUAGE) -> SetReport:
        """The report with figures set in."""
        setting, french = counted.setting(language), language == SOURCE_LANGUAGE
        chapters = [
            SetChapter(
                chapter.id or 0,
                chapter.title if french else chapter.title_en or chapter.title,
                [
                    set_block(one.id or 0, one.kind, one.content, setting)
                    for one in self.blocks.get(chapter.id or 0, ())
                ],
            )
            for chapter in self.chapters
        ]
        one = self.report
        title, audience = (one.title, one.audience) if french else (one.title_en, one.audience_en)
        return _set(title or one.title, audience or one.audience, counted, chapters, setting)

    def state(self) -> list[tuple[object, ...]]:
        """What stands in it and in which order: another, as soon as somebody changed something."""
        said = [(one.id, one.title, one.title_en) for one in self.chapters]
        blocks = [(one.chapter_id, one.id, one.version) for row in self.blocks.values() for one in row]
        return [
            (self.report.title, self.report.title_en, self.report.audience, self.report.audience_en),
            *said,
            *blocks,
        ]


def written_report(db: Session, report: Report) -> Written:
    """A stored report with its chapters and blocks."""
    return Written(report, chapters_of(db, report.id or 0), blocks_by_chapter(db, report.id or 0))


def set_report(db: Session, report: Report, *, language: str = SOURCE_LANGUAGE) -> SetReport:
    """A stored report with the figures of this moment."""
    return written_report(db, report).set(counted_for(db, report.year), language=language)


def chapters_of(db: Session, report_id: int) -> Sequence[ReportChapter]:
    """The chapters of a report, in order."""
    asked = select(ReportChapter).where(ReportChapter.report_id == report_id, col(ReportChapter.removed_at).is_(None))
    return db.exec(asked.order_by(col(ReportChapter.position), col(ReportChapter.id))).all()


def blocks_by_chapter(db: Session, report_id: int) -> dict[int, list[ReportBlock]]:
    """The blocks of each chapter of a report, in order."""
    asked = (
        select(ReportBlock)
        .join(ReportChapter, col(ReportChapter.id) == col(ReportBlock.chapter_id))
        .where(ReportChapter.report_id == report_id, col(ReportBlock.removed_at).is_(None))
        .order_by(col(ReportBlock.position), col(ReportBlock.id))
    )
    found: dict[int, list[ReportBlock]] = {}
    for one in db.exec(asked):
        found.setdefault(one.chapter_id, []).append(one)
    return found


def _set(title: str, audience: str, counted: Counted, chapters: Sequence[SetChapter], setting: Setting) -> SetReport:
    return SetReport(
        title=title,
        audience=audience,
        year=counted.year,
        organisation=counted.organisation.name,
        language=setting.language,
        chapters=chapters,
        lines={one.id: figure_line(one, setting) for one in setting.figures.values()},
        checks=[_check_line(one, setting) for one in check_figures(declared_checks(), setting.figures)],
    )


def figure_line(one: ReportFigure, setting: Setting) -> FigureLine:
    """A figure as it is printed, with its definition."""
    definition, printed = one.definition, one.printed
    attested = setting.attested.get(one.id) if definition.basis is Basis.ATTESTED and printed is not None else None
    return FigureLine(
        id=one.id,
        label=setting.called(one),
        text=read_as(definition, printed, setting.language),
        value=None if printed is None else float(printed),
        unit=definition.unit,
        basis=definition.basis,
        rows=one.rows,
        definition=definition.id,
        list_label=list_called(setting.labels[definition.id]) if definition.has_members else "",
        rule=definition.rule_in(setting.language),
        version=definition.version,
        attested="" if attested is None else attested.said(setting.language),
    )


def _check_line(one: Checked, setting: Setting) -> CheckLine:
    return CheckLine(
        figure=one.whole.id,
        label=setting.called(one.whole),
        value=None if one.whole.value is None else float(one.whole.value),
        expected=None if one.expected is None else float(one.expected),
        is_total=one.check.is_total,
        verdict=one.verdict,
    )
