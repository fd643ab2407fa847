"""Charts: valid drawings without inline style, every number in words too, and nothing drawn for what is unknown."""

from xml.etree import ElementTree as ET

import pytest

from alpes_events.statistics.chart import Bar, bar_chart

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Métiers du Transport, de la Logistique & du <Bâtiment> " * 3
EXTREMES = [
    Bar(LONG, LONG, 2_000, 1_999, note=LONG),
    Bar("", "", 1, 0),
    Bar("2 mars", LONG, 0, 0),
    Bar("2 mars", "", 7),
    Bar("2 mars", "", None, 3),
    Bar("2 mars", "\u202e\U0001f600", None, None, note=LONG),
]


def _drawings(chart: str) -> list[ET.Element]:
    """The two drawings, read as XML in the namespace that HTML gives them."""
    return list(ET.fromstring(f'<div xmlns="http://www.w3.org/2000/svg">{chart}</div>'))  # noqa: S314 (our own drawing)


@pytest.mark.parametrize("drawn", [[], EXTREMES, EXTREMES[2:3]])
def test_drawing_is_well_formed_inert_and_inside_its_frame(drawn: list[Bar]) -> None:
    for drawing in _drawings(bar_chart(drawn, title="<Titre> & plus", name="c")):
        width = float(drawing.attrib["viewBox"].split()[2])
        for element in drawing.iter():
            assert "style" not in element.attrib
            assert not any(name.startswith("on") for name in element.attrib)
        for rect in drawing.iter(f"{SVG}rect"):
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width
        assert drawing[0].text == "<Titre> & plus"


def test_unknown_is_said_and_has_no_bar() -> None:
    chart = bar_chart([Bar("1er juin", "Spécial jeunes", None, note="487 visiteurs à la porte")], title="T", name="c")
    for drawing in _drawings(chart):
        assert list(drawing.iter(f"{SVG}rect")) == []
        texts = [text.text for text in drawing.iter(f"{SVG}text")]
        assert "non relevé, 487 visiteurs à la porte" in texts
        assert drawing[1].text == "1er juin Spécial jeunes : non relevé, 487 visiteurs à la porte."


def test_parts_are_labelled_and_the_whole_stands_at_the_end() -> None:
    wide, _ = _drawings(bar_chart([Bar("6 juillet", "Santé", 56, 29)], title="T", name="c"))
    texts = [text.text for text in wide.iter(f"{SVG}text")]
    assert texts == ["6 juillet", "Santé", "29 du territoire", "27 d’ailleurs", "56"]
    assert wide[1].text == "6 juillet Santé : 56 dont 29 du territoire."


def test_only_the_territory_known_leaves_the_whole_unsaid() -> None:
    wide, _ = _drawings(bar_chart([Bar("30 janvier", "", None, 18)], title="T", name="c", language="en"))
    texts = [text.text for text in wide.iter(f"{SVG}text")]
    assert texts == ["30 janvier", "18 from the territory", "not recorded"]
