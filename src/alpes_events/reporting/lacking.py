"""What a chapter lacks: the figures that stand in it and are not recorded, counting only what it names."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.blocks import Setting, names_in, set_block
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import named
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.models import ReportBlock, ReportChapter
from alpes_events.reporting.naming import bare, whole_labels
from alpes_events.reporting.set_blocks import SetChapter


def lacking_now(db: Session, chapter: ReportChapter, year: int) -> list[str]:
    """The figures that a chapter of a report on the year lacks at this moment, each once, in order."""
    standing = ReportBlock.chapter_id == chapter.id, col(ReportBlock.removed_at).is_(None)
    order = col(ReportBlock.position), col(ReportBlock.id)
    blocks = db.exec(select(ReportBlock).where(*standing).order_by(*order)).all()
    evaluation = Evaluation(db, catalogue_of(db))
    figures = _named_figures(evaluation, {name for one in blocks for name in names_in(one.kind, one.content)}, year)
    setting = Setting(figures, labels=whole_labels(evaluation.catalogue, SOURCE_LANGUAGE))
    shown = SetChapter(
        chapter.id or 0, chapter.title, [set_block(one.id or 0, one.kind, one.content, setting) for one in blocks]
    )
    return [name for name in dict.fromkeys(shown.names()) if name in figures and figures[name].value is None]


def _named_figures(evaluation: Evaluation, names: set[str], year: int) -> Mapping[str, ReportFigure]:
    """The figures of these names, in the order of the catalogue; of a list, every member."""
    meant = {found[0].id for name in names if (found := named(evaluation.catalogue, bare(name))) is not None}
    wanted = (one for one in evaluation.catalogue.values() if one.id in meant)
    return {figure.id: figure for one in wanted for figure in evaluation.of_definition(one, year)}
