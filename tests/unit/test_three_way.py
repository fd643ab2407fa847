"""Two people on one form: nobody's change is lost, and where both changed the same it is named."""

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.versions.three_way import Merged, merge
from tests.support.depth import in_part

NAMES = ("name", "address", "hours")

forms = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in NAMES})


@in_part(4)
@given(forms, forms, forms)
def test_each_field_keeps_the_change_that_was_made_of_it(
    shown: dict[str, str], mine: dict[str, str], stored: dict[str, str]
) -> None:
    merged = merge(shown, mine, stored)
    for name in NAMES:
        said = {value for value in (mine[name], stored[name]) if value != shown[name]}
        if len(said) > 1:
            assert (name in merged.contested, merged.content[name]) == (True, mine[name])
        else:
            assert (name in merged.contested, {merged.content[name]}) == (False, said or {shown[name]})
        assert (name in merged.theirs) == (stored[name] != shown[name])


@in_part(4)
@given(forms, forms)
def test_when_one_of_both_changed_nothing_the_other_is_followed(one: dict[str, str], other: dict[str, str]) -> None:
    assert merge(one, other, one) == Merged(other, (), ())
    assert merge(one, one, other).content == other
    assert merge(one, other, other).content == other


@in_part(4)
@given(forms, forms, forms)
def test_what_was_merged_and_seen_goes_through_as_it_is(
    shown: dict[str, str], mine: dict[str, str], stored: dict[str, str]
) -> None:
    merged = merge(shown, mine, stored)
    assert merge(stored, merged.content, stored) == Merged(merged.content, (), ())


@in_part(4)
@given(forms, forms, forms)
def test_where_nothing_is_contested_it_matters_not_who_came_first(
    shown: dict[str, str], one: dict[str, str], other: dict[str, str]
) -> None:
    first, second = merge(shown, one, other), merge(shown, other, one)
    assert set(first.contested) == set(second.contested)
    if not first.contested:
        assert first.content == second.content


def test_field_that_was_not_shown_stays_as_sent() -> None:
    assert merge({}, {"picture": "new"}, {"picture": "old"}) == Merged({"picture": "new"}, (), ())
