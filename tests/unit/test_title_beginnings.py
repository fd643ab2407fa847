"""Words stand for one another by their first five letters; a shorter word stands for itself alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.titles import TitleIndex
from tests.support.depth import in_part

INDEX = TitleIndex.build(
    [
        ("smith", "Batteur au marteau"),
        ("smith", "Frappeur à l'enclume"),
        ("docker", "Docker"),
        ("docker", "Manutentionnaire du port"),
        ("baker", "Boulanger / Boulangère"),
    ],
    [("H2901", "Forgeron / Forgeronne"), ("H2901", "Batteur au marteau")],
)
"""No label of the smith says « forgeron »: only the occupation beside tells that one who hammers is one."""


def translated(text: str) -> dict[str, tuple[float, float]]:
    """What the translation of the title's words, and of the label's, brings to each key that is found."""
    return {
        hit.key: (hit.contributions.get("translation", 0), hit.contributions.get("translation_back", 0))
        for hit in INDEX.search(text)
    }


@pytest.mark.parametrize("text", ["forgeron", "forgeronne", "forgeage", "ouvrier forgeur", "Forgeage à chaud"])
def test_title_said_with_a_word_of_the_same_beginning_finds_its_key_through_translation(text: str) -> None:
    best = INDEX.search(text)[0]
    assert best.key == "smith"
    assert min(translated(text)["smith"]) > 0
    assert sum(translated(text)["smith"]) > best.score / 2


@in_part(4)
@given(st.text("abdeilnorstu", max_size=8))
def test_words_of_one_beginning_are_translated_alike_whatever_follows(ending: str) -> None:
    assert translated("forge" + ending)["smith"] == translated("forgeron")["smith"]


@pytest.mark.parametrize("text", ["forg", "forgat", "fergeron", "reforgeage"])
def test_word_that_differs_within_its_first_five_letters_is_not_translated(text: str) -> None:
    assert translated(text).get("smith", (0, 0)) == (0, 0)


def test_word_shorter_than_five_letters_is_translated_as_it_is() -> None:
    assert min(translated("port")["docker"]) > 0
    assert translated("ports") == translated("port")


@pytest.mark.parametrize("text", ["portail", "portuaire", "por"])
def test_longer_or_shorter_word_does_not_speak_for_a_short_one(text: str) -> None:
    assert translated(text).get("docker", (0, 0)) == (0, 0)
