"""What strangers type becomes one harmless line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.messages.greeting import greeted, one_line
from alpes_events.messages.wording import filled, paragraphs
from tests.support.depth import in_part


@in_part(4)
@given(st.text())
def test_one_line_is_one_line_without_control_characters(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == one_line(line)
    assert not set(line) & set("\r\n\0\t\u202e\u2066\x1b")


@pytest.mark.parametrize("name", ["Zoé", "Anne-Marie", "J.-P.", "O’Neil", "Ngọc Ánh", "محمد"])
def test_real_names_are_greeted(name: str) -> None:
    assert greeted(name) == name


@pytest.mark.parametrize("name", ["gagnez.example.com", "http://x", "a@example.org", "<b>", "x" * 41, "C:\\", ""])
def test_advertisements_are_not(name: str) -> None:
    assert greeted(name) == ""


@in_part(4)
@given(st.text())
def test_placeholders_are_replaced_and_nothing_is_evaluated(text: str) -> None:
    words = "{prénom} {date} {0} {prénom.__class__} %(x)s {" + text.replace("{", "").replace("}", "")
    said = filled(words, {"prénom": "Zoé", "date": "lundi"})
    assert said.startswith("Zoé lundi {0} {prénom.__class__} %(x)s {")


def test_an_opening_keeps_its_paragraphs() -> None:
    assert paragraphs("Un\r\ndeux\r\n\r\n\r\ntrois ") == ["Un deux", "trois"]
