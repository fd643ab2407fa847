"""What an edition corrects of the one before: why, which figures, and which chapters say something else. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alpes_events.language.sentence import N_, catalogue, say
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.set_blocks import FigureCell, Piece, SetBlock, SetChapter, SetTable
from alpes_events.reporting.set_report import FigureLine, SetReport


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that differs from the edition before: what it is called, and what both printed, in words."""

    id: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """`why` somebody wrote; `chapters` are the titles of those whose words or blocks differ. `first`: it is of the
    first edition, that corrects none.
    """

    why: str = ""
    figures: Sequence[ChangedFigure] = field(default=())
    chapters: Sequence[str] = ()
    first: bool = False

    def title(self, language: str) -> str:
        """What stands above it."""
        words = N_("Pourquoi publiée ainsi") if self.first else N_("Ce que cette édition corrige")
        return catalogue(language).gettext(words)

    def chapters_said(self, language: str) -> str:
        """The chapters, in a sentence; nothing when all say the same."""
        if not self.chapters:
            return ""
        return say(N_("Textes ou blocs changés : %(chapters)s."), chapters=", ".join(self.chapters)).in_language(
            language
        )

    def chapter(self, language: str) -> SetChapter | None:
        """It as a chapter before the others; None when there is nothing to say."""
        said = [one for one in (self.why, self.chapters_said(language)) if one]
        if not said and not self.figures:
            return None
        blocks = [SetBlock(0, BlockKind.TEXT, paragraphs=[[Piece(one)] for one in said])]
        if self.figures:
            words = catalogue(language).gettext
            rows = [(one.label, [_cell(one.before), _cell(one.after)]) for one in self.figures]
            table = SetTable([words(N_("Avant")), words(N_("Maintenant"))], rows)
            blocks.append(SetBlock(0, BlockKind.TABLE, words(N_("Chiffres corrigés")), table=table))
        return SetChapter(0, self.title(language), blocks)


def correction(why: str, names: Sequence[str], now: SetReport, before: SetReport | None) -> Correction:
    """What `now` corrects of `before` (None: it is the first edition), of the figures of these names that either
    prints; without what is hidden in either.
    """
    if before is None:
        return Correction(why, first=True)
    printed = {*now.shown(), *before.shown()} - {*now.hidden, *before.hidden}
    figures = [_changed(one, now, before) for one in names if one in printed]
    return Correction(why, figures, [*_rewritten(now, before)])


def _changed(name: str, now: SetReport, before: SetReport) -> ChangedFigure:
    then, current = before.lines.get(name), now.lines.get(name)
    line = current or then
    label = name if line is None else line.label
    return ChangedFigure(name, label, _printed(then, now.language), _printed(current, now.language))


def _printed(line: FigureLine | None, language: str) -> str:
    """What was printed; of a figure that was not there, that it was not."""
    return catalogue(language).gettext(N_("absent de l’édition")) if line is None else line.text


def _cell(text: str) -> FigureCell:
    return FigureCell("", "", text, None, "")


def _rewritten(now: SetReport, before: SetReport) -> Iterator[str]:
    """The titles of the chapters that say something else, that are new, or that are no longer there."""
    former = {one.id: one for one in before.chapters}
    for one in now.chapters:
        if one.id not in former or _words(one) != _words(former[one.id]):
            yield one.title
    kept = {one.id for one in now.chapters}
    yield from (one.title for one in before.chapters if one.id not in kept)


def _words(chapter: SetChapter) -> Mapping[str, object]:
    """What a chapter says beside the values of its figures."""
    return {
        "title": chapter.title,
        "blocks": [
            (one.kind, one.heading, one.caption, one.picture_id, _sentences(one), [*dict.fromkeys(one.names())])
            for one in chapter.blocks
        ],
    }


def _sentences(block: SetBlock) -> list[list[str]]:
    """The words of a text, with the names of its figures; lines of events are figures themselves."""
    if block.kind is BlockKind.EVENTS:
        return []
    return [[piece.figure or piece.text for piece in paragraph] for paragraph in block.paragraphs]
