"""The colours of the style sheets, read from the files: what is written can be read, and no two families look alike."""

import colorsys
import re
from itertools import combinations
from pathlib import Path

import pytest

import alpes_web
from alpes_events.agenda.models import EventKind
from alpes_events.agenda.words import KIND_FAMILIES

SHEET = (Path(alpes_web.__file__).parent / "static/alpes.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{3,6})\b", re.search(r":root \{(.*?)\}", SHEET, re.DOTALL)[1]))  # type: ignore[index]
OWN = {
    name: dict(re.findall(r"--(k|kt): (#[0-9A-F]{6})", body))
    for names, body in re.findall(r"^((?:\.k-[\w, .-]+?)) \{(.*?)\}", SHEET, re.MULTILINE)
    for name in re.findall(r"\.k-(\w+)", names)
}
WHITE, GREY_CHROMA = "#FFFFFF", 0.1

TEXTS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "sun"),
    ("ink", "teal-t"),
    ("ink", "warn-t"),
    ("ink", "sand"),
    ("muted", "paper"),
    ("muted", "card"),
    ("muted", "sand"),
    ("teal", "paper"),
    ("teal", "card"),
    ("teal", "teal-t"),
    ("card", "teal"),
    ("card", "teal-d"),
    ("card", "brick"),
    ("card", "brick-d"),
    ("card", "bad"),
    ("ok", "card"),
    ("ok", "ok-t"),
    ("warn", "card"),
    ("warn", "warn-t"),
    ("bad", "card"),
    ("bad", "bad-t"),
]
EDGES = [("edge", "paper"), ("edge", "card"), ("bad", "card"), ("teal", "card"), ("sun", "teal"), ("ink", "paper")]


def luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in map(_of_hex, _pairs(colour))
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it: 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def hue(colour: str) -> float | None:
    """In degrees; None for what is nearly grey."""
    red, green, blue = map(_of_hex, _pairs(colour))
    if max(red, green, blue) - min(red, green, blue) < GREY_CHROMA:
        return None
    return colorsys.rgb_to_hsv(red, green, blue)[0] * 360


def _pairs(colour: str) -> list[str]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return [digits[at : at + 2] for at in (0, 2, 4)]


def _of_hex(pair: str) -> float:
    return int(pair, 16) / 255


def test_contrast_is_that_of_the_norm() -> None:
    assert round(contrast("#000000", WHITE), 2) == 21
    assert round(contrast("#767676", WHITE), 2) == 4.54


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_border_that_means_something_can_be_seen(edge: str, ground: str) -> None:
    assert contrast(TOKENS[edge], TOKENS[ground]) >= 3


@pytest.mark.parametrize("kind", EventKind)
def test_colour_of_a_kind_can_be_read_under_white_and_on_its_tint(kind: EventKind) -> None:
    own = OWN[kind.value]
    assert contrast(own["k"], WHITE) >= 4.5
    assert contrast(own["k"], own["kt"]) >= 4.5
    assert contrast(TOKENS["ink"], own["kt"]) >= 4.5


def test_each_kind_stands_in_one_family_and_wears_its_colour() -> None:
    assert sorted(kind for family in KIND_FAMILIES for kind in family.kinds) == sorted(EventKind)
    for family in KIND_FAMILIES:
        assert len({OWN[kind.value]["k"] for kind in family.kinds}) == 1


def test_families_are_few_and_far_apart() -> None:
    hues = [hue(OWN[family.kinds[0].value]["k"]) for family in KIND_FAMILIES]
    assert len(hues) <= 6
    assert hues.count(None) <= 1
    for one, other in combinations([found for found in hues if found is not None], 2):
        apart = abs(one - other)
        assert min(apart, 360 - apart) >= 40
