"""SIRET numbers: the key catches every single wrong digit, but for La Poste, whose rule is another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.companies.siret import BadSiret, clean_siret, has_key, is_siret, shown_siret, siren_of
from tests.support.depth import in_part

LA_POSTE = "356000000"
GOOD = "55210055400013"


def _with_key(thirteen: str) -> str:
    return next(thirteen + last for last in "0123456789" if has_key(thirteen + last))


sirets = (
    st.from_regex(r"[1-9][0-9]{12}", fullmatch=True).map(_with_key).filter(lambda one: not one.startswith(LA_POSTE))
)


@in_part(4)
@given(sirets, st.integers(0, 13), st.integers(1, 9))
def test_any_single_wrong_digit_is_caught(siret: str, place: int, added: int) -> None:
    wrong = siret[:place] + str((int(siret[place]) + added) % 10) + siret[place + 1 :]
    assert is_siret(siret)
    assert not is_siret(wrong) or wrong.startswith(LA_POSTE)


@in_part(4)
@given(sirets, st.sampled_from([" ", ".", "-", "\u00a0", ""]))
def test_siret_is_read_however_it_is_spaced(siret: str, between: str) -> None:
    typed = between.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
    assert clean_siret(f" {typed} ") == siret
    assert clean_siret(shown_siret(siret)) == siret
    assert siren_of(siret) == siret[:9]


@given(st.integers(0, 99_999))
def test_establishments_of_la_poste_follow_the_sum_of_their_digits(number: int) -> None:
    siret = f"{LA_POSTE}{number:05d}"
    assert is_siret(siret) is (has_key(siret) or sum(map(int, siret)) % 5 == 0)


@pytest.mark.parametrize("typed", ["35600000000048", "35600000049837"])
def test_known_establishments_of_la_poste_are_right(typed: str) -> None:
    assert clean_siret(typed) == typed


def test_nothing_typed_is_no_siret_yet() -> None:
    assert clean_siret("  ") is None
    assert shown_siret(None) == ""
    assert siren_of(None) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("552100554", "SIREN"),
        ("5521005540001", "14 chiffres"),
        ("5521005540001X", "14 chiffres"),
        ("５５２１００５５４０００１３", "14 chiffres"),
        ("55210055400014", "ne peut pas exister"),
        ("00000000000000", "ne peut pas exister"),
    ],
)
def test_what_cannot_be_a_siret_is_refused_with_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(BadSiret, match=sentence) as refused:
        clean_siret(typed)
    assert refused.value.field == "siret"


def test_two_neighbours_swapped_are_caught() -> None:
    for place in range(13):
        if GOOD[place] != GOOD[place + 1]:
            swapped = GOOD[:place] + GOOD[place + 1] + GOOD[place] + GOOD[place + 2 :]
            assert not is_siret(swapped) or {GOOD[place], GOOD[place + 1]} == {"0", "9"}
