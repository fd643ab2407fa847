"""A QR code as plain SVG: no style in it, drawn with the page's own colours."""

from itertools import groupby

import segno
from markupsafe import Markup

_QUIET = 2


def qr_code(content: str, label: str) -> Markup:
    """The code of `content`; `label` says what it is for to whoever does not see it."""
    rows = [list(row) for row in segno.make(content, error="m", micro=False).matrix]
    size = len(rows) + 2 * _QUIET
    svg = Markup(
        '<svg class="qr" viewBox="-{quiet} -{quiet} {size} {size}" role="img" aria-label="{label}" '
        'shape-rendering="crispEdges"><rect class="f-white" x="-{quiet}" y="-{quiet}" width="{size}" height="{size}"/>'
        '<path class="f-black" d="{path}"/></svg>'
    )
    return svg.format(quiet=_QUIET, size=size, label=label, path=_path(rows))


def _path(rows: list[list[int]]) -> str:
    """One rectangle for each run of dark modules of a row."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(parts)
