"""Long lists in parts."""

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.database.parts import IN_A_STATEMENT, parts


@given(st.lists(st.integers()), st.integers(1, 20))
def test_parts_are_the_values_in_their_order_and_none_is_too_long(values: list[int], most: int) -> None:
    found = list(parts(values, most))
    assert [one for part in found for one in part] == values
    assert all(1 <= len(part) <= most for part in found)


def test_statement_takes_so_many_unless_said() -> None:
    assert [len(part) for part in parts(range(2 * IN_A_STATEMENT + 1))] == [IN_A_STATEMENT, IN_A_STATEMENT, 1]
