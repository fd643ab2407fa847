"""Quantities of services are read as people type them, and read again as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.services.kinds import BadAct, Unit
from alpes_events.services.quantities import read_quantity, shown_quantity, written_quantity


@pytest.mark.parametrize(
    ("text", "unit", "quantity"),
    [
        ("12,50 €", Unit.CENT, 1250),
        ("12.5", Unit.CENT, 1250),
        ("1 234,05", Unit.CENT, 123_405),
        ("80", Unit.CENT, 8000),
        ("1 h 30", Unit.MINUTE, 90),
        ("1h30", Unit.MINUTE, 90),
        ("1:30", Unit.MINUTE, 90),
        ("1,5", Unit.MINUTE, 90),
        ("90 min", Unit.MINUTE, 90),
        ("2", Unit.MINUTE, 120),
        ("1 200", Unit.PASS, 1200),
    ],
)
def test_quantity_is_read_as_people_type_it(text: str, unit: Unit, quantity: int) -> None:
    assert read_quantity(text, unit) == quantity


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("12,505", Unit.CENT, "12,50"),
        ("-3", Unit.CENT, "montant"),
        ("douze", Unit.CENT, "montant"),
        ("90", Unit.MINUTE, "90 min"),
        ("une heure", Unit.MINUTE, "durée"),
        ("1,5", Unit.PASS, "entier"),
        ("", Unit.CARD, "entier"),
    ],
)
def test_quantity_that_cannot_be_read_is_refused_with_how_to_write_it(text: str, unit: Unit, said: str) -> None:
    with pytest.raises(BadAct) as refused:
        read_quantity(text, unit)
    assert (refused.value.field, said in refused.value.sentence.in_language("fr")) == ("quantity", True)


@given(st.integers(0, 10**8), st.sampled_from(Unit))
def test_quantity_that_is_written_is_read_again(quantity: int, unit: Unit) -> None:
    asked = quantity % (24 * 60 * 31) if unit is Unit.MINUTE else quantity
    assert read_quantity(written_quantity(asked, unit), unit) == asked


def test_quantity_is_shown_in_the_unit_of_its_kind() -> None:
    shown = [shown_quantity(1250, Unit.CENT, "fr"), shown_quantity(90, Unit.MINUTE, "fr")]
    assert shown == ["12,50\u00a0€", "1\u00a0h\u00a030"]
    assert [shown_quantity(one, Unit.PASS, "fr") for one in (1, 2)] == ["1 titre", "2 titres"]
    assert shown_quantity(2, Unit.PASS, "en") == "2 passes"
