"""Invented logos: a mark in two colours and the company's first word, drawn the same each time."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

_ACROSS, _DOWN = 420, 180
_COLOURS = ("#0B5563", "#B5402A", "#1F7A4D", "#2E3F8F", "#A62B5F", "#6D4AA0", "#55701A", "#8D4E17")
_LIGHT = ("#F2B33D", "#9CD3C6", "#F0B7A4", "#C9D6F2")
_MARK = (24, 42, 120, 138)
_LONGEST = 14


def drawn_logo(name: str) -> bytes:
    """The logo of a company of this name, as PNG."""
    chance = Random(f"logo of {name}")  # noqa: S311 (an invented company, not a secret)
    sheet = Image.new("RGB", (_ACROSS, _DOWN), "white")
    brush, colour = ImageDraw.Draw(sheet), chance.choice(_COLOURS)
    _mark(brush, chance, colour)
    first = name.split(maxsplit=1)[0][:_LONGEST]
    brush.text(
        (144, _DOWN // 2), first, fill=colour, font=ImageFont.load_default(min(52, 480 // len(first))), anchor="lm"
    )
    written = BytesIO()
    sheet.save(written, "PNG")
    return written.getvalue()


def _mark(brush: ImageDraw.ImageDraw, chance: Random, colour: str) -> None:
    left, top, right, bottom = _MARK
    light, middle = chance.choice(_LIGHT), (left + right) // 2
    match chance.randrange(4):
        case 0:
            brush.ellipse(_MARK, fill=colour)
            brush.pieslice(_MARK, 300, 60, fill=light)
        case 1:
            brush.rounded_rectangle(_MARK, 20, fill=colour)
            brush.ellipse((left + 28, top + 28, right - 28, bottom - 28), fill=light)
        case 2:
            brush.polygon([(middle, top), (right, bottom), (left, bottom)], fill=colour)
            brush.polygon([(middle, top + 44), (right - 26, bottom), (left + 26, bottom)], fill=light)
        case _:
            brush.rectangle((left, top, middle, bottom), fill=colour)
            brush.rectangle((middle, top + 32, right, bottom), fill=light)
