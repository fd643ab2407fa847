"""The icons of the site: drawn once in a file, and only those that a page uses are written into it."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import resources

from flask import g
from markupsafe import Markup

_SYMBOL = re.compile(r'<symbol id="i-([\w-]+)".*?</symbol>')


@lru_cache
def drawings() -> dict[str, str]:
    """Each icon's name with its `<symbol>`."""
    text = resources.files("alpes_web").joinpath("icons.svg").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in _SYMBOL.finditer(text)}


def icon(name: str, classes: str = "") -> Markup:
    """The icon `name`, and a note that the page needs its drawing. A name that is not drawn is a `KeyError`."""
    g.setdefault("icons", set()).add(name)
    return _use_of(name, classes)


def noted(draw: Callable[[], Markup]) -> tuple[Markup, frozenset[str]]:
    """What `draw` gives, and the icons in it: to be kept, and shown with `needing` on a page of another request."""
    before, g.icons = g.get("icons", set()), set()
    try:
        return draw(), frozenset(g.icons)
    finally:
        g.icons = before


def needing(names: Iterable[str]) -> None:
    """Note that the page needs these drawings."""
    g.setdefault("icons", set()).update(names)


@lru_cache
def _use_of(name: str, classes: str) -> Markup:
    drawings()[name]
    svg = Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>')
    return svg.format(f"i {classes}".strip(), name)


def sprite() -> Markup:
    """The drawings that the page has used, to be written at its end."""
    symbols = "".join(drawings()[name] for name in sorted(g.get("icons", ())))
    ours = Markup(symbols)  # noqa: S704 (our own drawings)  # nosec B704
    return Markup('<svg class="sprite" aria-hidden="true" focusable="false">{}</svg>').format(ours)
