"""Bars as SVG: one row an event (or a month), the territory's part dark, the others light, each with its own number.

Two drawings are made, for a wide and for a narrow screen (text in a drawing shrinks with it); the style sheet shows
one. Colours are classes of the style sheet: no inline style, which the site's policy forbids. The table beneath says
the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, catalogue
from alpes_events.statistics.event_line import number

_INSIDE = N_("%(num)s du territoire")
_ELSEWHERE = N_("%(num)s d’ailleurs")
_OF_WHOM = N_("%(whole)s dont %(inside)s du territoire")
_NO_WHOLE = N_("%(num)s du territoire, total non relevé")
_UNKNOWN = N_("non relevé")
_HIDDEN = N_("masqué (petit nombre)")
_LETTER = 8.2
"""Widths of text are estimated: about eight units a letter at the sizes used."""


@dataclass(frozen=True)
class Bar:
    """One row. `whole` None: not collected (or `hidden`, because it is small), and `note` says what is known instead;
    `inside` is the territory's part.
    """

    title: str
    subtitle: str
    whole: int | None
    inside: int | None = None
    note: str = ""
    hidden: bool = False

    @property
    def length(self) -> int:
        """How long the bar is, in people."""
        return self.whole if self.whole is not None else self.inside or 0


@dataclass(frozen=True)
class _Frame:
    """Where a drawing puts things."""

    name: str
    width: int
    left: int
    right: int
    bar_height: int
    row_height: int
    bar_top: int


_WIDE = _Frame("wide", width=1150, left=236, right=80, bar_height=40, row_height=60, bar_top=8)
_NARROW = _Frame("narrow", width=335, left=0, right=60, bar_height=30, row_height=72, bar_top=32)


def bar_chart(bars: Sequence[Bar], *, title: str, name: str, language: str = SOURCE_LANGUAGE) -> str:
    """Both drawings of `bars`. `title` says what is counted; `name` makes their ids unique on the page."""
    return "".join(_drawing(frame, bars, title, name, language) for frame in (_WIDE, _NARROW))


def _drawing(frame: _Frame, bars: Sequence[Bar], title: str, name: str, language: str) -> str:
    longest = max((bar.length for bar in bars), default=0) or 1
    scale = (frame.width - frame.left - frame.right) / longest
    rows = "".join(_row(frame, bar, number * frame.row_height, scale, language) for number, bar in enumerate(bars))
    height = len(bars) * frame.row_height + (8 if frame is _WIDE else 0)
    axis = f'<path class="s-edge" d="M{frame.left} 0V{height}"/>' if frame is _WIDE else ""
    ids = f"{name}-{frame.name}"
    described = escape(" ".join(_told(bar, language) for bar in bars))
    return (
        f'<svg class="plan {frame.name}" viewBox="0 0 {frame.width} {height}" role="img" '
        f'aria-labelledby="{ids}-t {ids}-d"><title id="{ids}-t">{escape(title)}</title>'
        f'<desc id="{ids}-d">{described}</desc>{rows}{axis}</svg>'
    )


def _told(bar: Bar, language: str) -> str:
    """One row in words."""
    words = catalogue(language).gettext
    if bar.whole is None:
        said = _without_whole(bar, language)
    elif bar.inside is None:
        said = number(bar.whole, language)
    else:
        said = words(_OF_WHOM) % {"whole": number(bar.whole, language), "inside": number(bar.inside, language)}
    colon = " : " if language == SOURCE_LANGUAGE else ": "
    return f"{' '.join(part for part in (bar.title, bar.subtitle) if part)}{colon}{said}."


def _without_whole(bar: Bar, language: str) -> str:
    words = catalogue(language).gettext
    if bar.inside is not None:
        return words(_NO_WHOLE) % {"num": number(bar.inside, language)}
    return ", ".join(part for part in (_missing(bar, language), bar.note) if part)


def _missing(bar: Bar, language: str) -> str:
    return catalogue(language).gettext(_HIDDEN if bar.hidden else _UNKNOWN)


def _row(frame: _Frame, bar: Bar, top: int, scale: float, language: str) -> str:
    return "".join((*_names(frame, bar, top), *_bars(frame, bar, top + frame.bar_top, scale, language)))


def _names(frame: _Frame, bar: Bar, top: int) -> Iterator[str]:
    """The row's two names: beside the bar, or above it when the screen is narrow."""
    if frame is _WIDE:
        yield _text(frame.left - 16, top + 25, _cut(bar.title, 22), "tx-b", anchor="end", size=16)
        yield _text(frame.left - 16, top + 44, _cut(bar.subtitle, 28), "tx-m", anchor="end", size=14)
        return
    yield _text(0, top + 22, bar.title, "tx-b", size=15)
    start = len(bar.title) * _LETTER + 10
    yield _text(start, top + 22, _cut(bar.subtitle, int((frame.width - start) / (_LETTER - 0.4))), "tx-m", size=15)


def _bars(frame: _Frame, bar: Bar, top: int, scale: float, language: str) -> Iterator[str]:
    """The parts of one bar with their numbers, as far as they have room; the whole at its end."""
    middle = top + frame.bar_height / 2 + 5.5
    if bar.whole is None and bar.inside is None:
        yield _text(frame.left + 10, middle, _without_whole(bar, language), "tx-m tx-i", size=15)
        return
    inside = bar.inside or 0
    elsewhere = (bar.whole or inside) - inside
    x = float(frame.left)
    for count, fill, ink, words in ((inside, "f-k", "tx-w", _INSIDE), (elsewhere, "f-kt2", "", _ELSEWHERE)):
        if count > 0:
            width = max(count * scale - 2, 1)
            yield f'<rect class="{fill}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{frame.bar_height}" rx="3"/>'
            yield from _label(x, middle, width, count, ink, words if bar.inside is not None else "", language)
            x += count * scale
    end = number(bar.whole, language) if bar.whole is not None else ""
    yield _text(x + 8, middle, end, "tx-b", size=16)
    if bar.whole is None:
        yield _text(x + 8, middle, _missing(bar, language), "tx-m tx-i", size=15)


def _label(x: float, y: float, width: float, count: int, ink: str, words: str, language: str) -> Iterator[str]:
    """A part's number in words if they fit, bare if only that fits, else not at all. No words: the whole says it."""
    if not words:
        return
    for text in (catalogue(language).gettext(words) % {"num": number(count, language)}, number(count, language)):
        if len(text) * _LETTER + 16 <= width:
            yield _text(x + 10, y, text, ink, size=15)
            return


def _text(x: float, y: float, content: str, classes: str, *, size: int, anchor: str = "") -> str:
    if not content:
        return ""
    attributes = f' text-anchor="{anchor}"' if anchor else ""
    attributes += f' class="{classes}"' if classes else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{attributes}>{escape(content)}</text>'


def _cut(text: str, letters: int) -> str:
    """A name that fits: the end of a long one is left out (the table has it whole)."""
    return text if len(text) <= letters else f"{text[: max(1, letters - 1)].rstrip()}…"
