"""A search that forgives: one slip in a long word still finds it, and what is written right is left alone."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import Choice, ListedEvent, as_written, narrowed, with_near_words
from alpes_events.agenda.near_words import SHORTEST, near_words
from tests.support.depth import in_part

VOCABULARY = (
    "accueil",
    "alternance",
    "bois",
    "boulangerie",
    "emploi",
    "formation",
    "logistique",
    "metier",
    "mois",
    "secretariat",
)
LETTERS = st.sampled_from(string.ascii_lowercase)
words = st.text(LETTERS, min_size=1, max_size=12)
texts = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=6)
searches = st.lists(st.one_of(words, st.sampled_from(VOCABULARY)), max_size=3).map(" ".join)


def saying(text: str) -> ListedEvent:
    return ListedEvent(1, EventKind.SALON, "", (), (), None, None, text=text)


def found(listed: list[ListedEvent], search: str) -> list[ListedEvent]:
    return narrowed(listed, with_near_words(listed, Choice(search=search)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("boulengerie", "boulangerie"),
        ("boulanjerie", "boulangerie"),
        ("logistik", "logistique"),
        ("secretarait", "secretariat"),
        ("acceuil", "accueil"),
        ("akueil", "accueil"),
        ("fourmation", "formation"),
        ("enploi", "emploi"),
    ],
)
def test_usual_slips_are_understood(typed: str, meant: str) -> None:
    assert near_words(typed, VOCABULARY) == (meant,)


@in_part(4)
@given(st.sampled_from(VOCABULARY), st.data())
def test_one_slip_in_a_long_word_still_finds_it(word: str, data: st.DataObject) -> None:
    assume(len(word) > SHORTEST)
    at, letter = data.draw(st.integers(0, len(word) - 1)), data.draw(LETTERS)
    changed, left_out, added = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
    )
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    listed = [saying(one) for one in VOCABULARY]
    for typed in (changed, left_out, added, swapped):
        assert saying(word) in found(listed, typed)


@in_part(4)
@given(st.text(LETTERS, max_size=SHORTEST - 1), st.lists(words))
def test_short_word_is_not_blurred(typed: str, vocabulary: list[str]) -> None:
    assert near_words(typed, vocabulary) == ()


@in_part(4)
@given(texts, searches)
def test_never_finds_less_than_the_words_as_typed_and_leaves_alone_what_they_find(
    written: list[str], search: str
) -> None:
    listed = [saying(text) for text in written]
    exact = narrowed(listed, Choice(search=search))
    assert exact == [] or found(listed, search) == exact


@in_part(4)
@given(texts, searches)
def test_what_is_looked_for_instead_stands_in_an_event(written: list[str], search: str) -> None:
    listed = [saying(text) for text in written]
    for typed, instead in zip(search.split(), with_near_words(listed, Choice(search=search)).instead, strict=False):
        assert instead == (typed,) or all(any(word in event.words.split() for event in listed) for word in instead)


def test_near_words_are_told_as_the_agenda_writes_them() -> None:
    listed = [saying("Les métiers du bâtiment"), saying("Secrétariat médical")]
    assert as_written(listed, ["batiment", "secretariat"]) == ["bâtiment", "secrétariat"]
