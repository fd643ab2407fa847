"""A search in a catalogue forgives accents, capitals and a slip, and holds every word that was typed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.fair.looking import Found, found_in
from alpes_events.language.folding import fold
from tests.support.depth import in_part

TEXTS = {1: "Œuvres du Béguinage, soudeur et boulanger", 2: "Logistique des Flandres : caristes", 3: ""}
words = st.text(st.sampled_from(string.ascii_lowercase), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("search", "ids", "instead"),
    [
        ("", {1, 2, 3}, ()),
        ("BEGUINAGE", {1}, ()),
        ("oeuvres boul", {1}, ()),
        ("boulzzgerre", set(), ()),
        ("boulenger", {1}, ("boulanger",)),
        ("logistik caristes", {2}, ("logistique",)),
        ("soudeur cariste", set(), ()),
        ("zzzzzz", set(), ()),
    ],
)
def test_search_finds_what_was_meant(search: str, ids: set[int], instead: tuple[str, ...]) -> None:
    assert found_in(TEXTS, search) == Found(frozenset(ids), instead)


@in_part(4)
@given(st.dictionaries(st.integers(1, 9), st.lists(words, max_size=4).map(" ".join), max_size=6), st.data())
def test_word_that_stands_in_a_text_is_found_as_typed(texts: dict[int, str], data: st.DataObject) -> None:
    written = sorted({word for text in texts.values() for word in text.split()})
    if written:
        word = data.draw(st.sampled_from(written))
        found = found_in(texts, word.upper())
        assert found == Found(frozenset(number for number, text in texts.items() if word in fold(text)))
