"""A report as HTML: the part that pages of the site hold, and a whole page that stands alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from alpes_events.language.sentence import N_, catalogue
from alpes_events.language.typography import set_in
from alpes_events.pictures.picture import Picture
from alpes_events.reporting.edition_mark import DraftMark, EditionMark, with_correction
from alpes_events.reporting.printing import definition_rows, left_out_said, table_heading
from alpes_events.reporting.set_blocks import SetBlock, SetChapter
from alpes_events.reporting.set_report import SetReport

_NOTHING = Markup()


@dataclass(frozen=True)
class Around:
    """What a page puts around the blocks: where a figure leads and where a picture is (« »: nowhere), and what stands
    before each block and after each chapter.
    """

    link: Callable[[str], str] = lambda _figure: ""
    picture: Callable[[int], str] = lambda _picture_id: ""
    before: Callable[[SetBlock], Markup] = lambda _block: _NOTHING
    after: Callable[[SetChapter], Markup] = lambda _chapter: _NOTHING


NOTHING_AROUND = Around()


def fragment(report: SetReport, *, around: Around = NOTHING_AROUND) -> Markup:
    """The chapters, to stand within a page under its first heading."""
    return _drawn(report, around, None)


def one_block(report: SetReport, block: SetBlock, *, around: Around = NOTHING_AROUND) -> Markup:
    """One block as the report prints it."""
    return _drawn(report, around, block)


def whole_page(
    report: SetReport, *, mark: EditionMark | DraftMark, pictures: Mapping[int, Picture] | None = None
) -> bytes:
    """A page of its own, that needs nothing beside it: `pictures` stand in it, and at its head what `mark` says."""
    words = catalogue(report.language).gettext
    page = _pages(report.language).get_template("whole.html")
    held = pictures or {}
    report = with_correction(report, mark)
    return page.render(
        report=report,
        edition=mark.lines(report.language),
        style=style("alone") + style("report"),
        body=fragment(report, around=Around(picture=lambda one: held[one].inline if one in held else "")),
        definition_heading=[words(one) for one in (N_("Chiffre"), N_("Valeur"), N_("Origine"), N_("Règle"))],
        definitions=[*definition_rows(report)],
        _=words,
    ).encode()


def style(name: str) -> str:
    """A sheet of styles: `report` for blocks wherever they stand, `alone` for a page that stands alone."""
    return (resources.files("alpes_events.reporting") / "pages" / f"{name}.css").read_text(encoding="utf-8")


def _drawn(report: SetReport, around: Around, only: SetBlock | None) -> Markup:
    words = catalogue(report.language).gettext
    drawn = _pages(report.language).get_template("document.html")
    return Markup(  # noqa: S704 (made by our own template, which escapes)
        drawn.render(
            report=report,
            only=only,
            link=around.link,
            picture=around.picture,
            before=around.before,
            after=around.after,
            heading=lambda block: table_heading(block, report),
            left_out=lambda block: left_out_said(block, report.language),
            _=words,
        )
    )


@cache
def _pages(language: str) -> Environment:
    pages = Environment(
        loader=PackageLoader("alpes_events.reporting", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    pages.filters["typo"] = lambda text: set_in(text, language)
    return pages
