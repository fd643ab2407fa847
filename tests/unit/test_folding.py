"""Folding: what is typed without accents finds what is written with them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.language.folding import composed, fold
from tests.support.depth import in_part


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Marcq-en-Barœul", "marcq en baroeul"),
        ("Éloïse D’HAËNE", "eloise d haene"),
        ("Lætitia Nuñez", "laetitia nunez"),
        ("ŁUKASZ Großmann", "lukasz grossmann"),
        ("  N'Guyên\tThị–Ánh ", "n guyen thi anh"),
        ("ﬁdèle", "fidele"),
        ("محمد", "محمد"),
    ],
)
def test_fold_finds_what_is_typed_without_accents(written: str, searched: str) -> None:
    assert fold(written) == searched


@in_part(4)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@in_part(4)
@given(st.text(max_size=40))
def test_fold_ignores_how_accents_are_encoded(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_composed_text_is_nfc_with_single_blanks() -> None:
    assert composed("  E\u0301loi\u0308se \n Petit ") == "Éloïse Petit"
