"""What the pages of the yearly report call things: how far a chapter is, what a block is; and the bar of a report."""

from collections.abc import Mapping, Sequence

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.reporting.listing import ReportLine
from alpes_events.reporting.models import BlockKind, ChapterState, Report, ReportChapter
from alpes_web.languages import language
from alpes_web.staff.words import Said

CHAPTER_STATES: Mapping[ChapterState, Said] = {
    ChapterState.CHECKED: Said(N_("relu"), "ok", "ok"),
    ChapterState.WRITTEN: Said(N_("rédigé"), "muted", "list"),
    ChapterState.TO_FILL: Said(N_("à remplir"), "warn", "edit"),
}
"""From the furthest to the least."""
BLOCK_KINDS: Mapping[BlockKind, str] = {
    BlockKind.TITLE: N_("Sous-titre"),
    BlockKind.TEXT: N_("Texte"),
    BlockKind.FIGURES: N_("Chiffres clés"),
    BlockKind.TABLE: N_("Tableau"),
    BlockKind.CHART: N_("Graphique"),
    BlockKind.EVENTS: N_("Événements de l’année"),
    BlockKind.PICTURE: N_("Image"),
}
"""Each kind of block."""
BLOCK_HINTS: Mapping[BlockKind, str] = {
    BlockKind.TEXT: N_("Des phrases, avec des chiffres dedans."),
    BlockKind.FIGURES: N_("Quelques chiffres, en grand."),
    BlockKind.TABLE: N_("Une ligne par chiffre, avec l’année d’avant si vous voulez ; ou une ligne par commune."),
    BlockKind.CHART: N_("Des barres, chacune avec son nombre."),
    BlockKind.EVENTS: N_("Une phrase par événement, faite de ses chiffres."),
    BlockKind.PICTURE: N_("Une photo, avec ce qu’elle montre."),
}
"""What each kind that can be added is for."""
FIGURE_PARTS: Mapping[str, str] = {
    "territory": N_("Territoire"),
    "mde": N_("Maison de l’emploi"),
    "plie": "PLIE",
    "ml": N_("Mission Locale"),
    "communication": N_("Communication"),
}
"""The parts of the catalogue of figures, by how their names begin."""
_FILLS: Mapping[ChapterState, str] = {
    ChapterState.CHECKED: "f-ok",
    ChapterState.WRITTEN: "f-teal",
    ChapterState.TO_FILL: "f-sun",
}


def state_bar(line: ReportLine) -> Sequence[tuple[str, str, str]]:
    """The pieces of a bar, one a state with chapters: its fill, where it starts and how wide it is, in percent."""
    pieces, at = [], 0
    for state, fill in _FILLS.items():
        count = line.chapters.get(state, 0)
        if count:
            pieces.append((fill, _share(at, line), _share(count, line)))
        at += count
    return pieces


def _share(count: int, line: ReportLine) -> str:
    return f"{count * 100 / line.chapter_count:.2f}%"


def titled(row: Report | ReportChapter) -> str:
    """What a report or a chapter is called in the language of the page; in French, where it has no English."""
    return row.title if language() == SOURCE_LANGUAGE else row.title_en or row.title
