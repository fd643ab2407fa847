"""Counting over columns: persons once each, in one part only, whatever the order of the rows."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.reporting.columns import Columns, coded, in_order
from alpes_events.reporting.counting import collected, counted, members_of, rows_of
from alpes_events.reporting.definition import Basis, Definition, Measure

Act = tuple[int, int, str, str, str]
"""Person (0: nobody named), day, kind, sex, place."""
ACTS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(1, 20),
        st.sampled_from(("a", "b")),
        st.sampled_from(("woman", "man", "")),
        st.sampled_from(("here", "there")),
    ),
    max_size=40,
)


def columns_of(acts: Sequence[Act]) -> Columns:
    """These acts, numbered in their order."""
    return in_order(
        ids=list(range(1, len(acts) + 1)),
        persons=[one[0] for one in acts],
        days=[one[1] for one in acts],
        quantities=[one[1] for one in acts],
        words={
            "kind": coded([one[2] for one in acts]),
            "sex": coded([one[3] for one in acts]),
            "place": coded([one[4] for one in acts]),
        },
    )


def defined(measure: Measure, **where: str) -> Definition:
    """A figure."""
    return Definition(
        "x", "x", "x", "act", Basis.COUNTED, source="acts", measure=measure, where={k: (v,) for k, v in where.items()}
    )


def value(columns: Columns, definition: Definition) -> int:
    """What it counts."""
    found = counted(columns, definition, rows_of(columns, definition))
    assert found is not None
    return int(found)


@given(ACTS)
def test_counts_are_those_that_a_slow_reader_finds(acts: list[Act]) -> None:
    columns = columns_of(acts)
    of_kind = [one for one in acts if one[2] == "a"]
    last = {one[0]: one for one in sorted(of_kind, key=lambda act: act[1]) if one[0]}
    assert value(columns, defined(Measure.ROWS, kind="a")) == len(of_kind)
    assert value(columns, defined(Measure.SUM, kind="a")) == sum(one[1] for one in of_kind)
    assert value(columns, defined(Measure.PERSONS, kind="a")) == len(last)
    days = {one[0]: [act[1] for act in of_kind if act[0] == one[0]] for one in last.values()}
    if all(len(set(some)) == len(some) for some in days.values()):
        women = sum(1 for one in last.values() if one[3] == "woman")
        assert value(columns, defined(Measure.PERSONS, kind="a", sex="woman")) == women


@given(ACTS)
def test_persons_stand_in_one_part_only_and_are_no_more_than_acts(acts: list[Act]) -> None:
    columns = columns_of(acts)
    whole = value(columns, defined(Measure.PERSONS, kind="a"))
    parts = [value(columns, defined(Measure.PERSONS, kind="a", sex=sex)) for sex in ("woman", "man", "")]
    assert sum(parts) == whole <= value(columns, defined(Measure.ROWS, kind="a"))


@given(ACTS, st.randoms())
def test_order_in_which_rows_come_changes_nothing(acts: list[Act], random: object) -> None:
    numbered = list(enumerate(acts, 1))
    random.shuffle(numbered)  # type: ignore[attr-defined]
    shuffled = in_order(
        ids=[number for number, _ in numbered],
        persons=[one[0] for _, one in numbered],
        days=[one[1] for _, one in numbered],
        quantities=[one[1] for _, one in numbered],
        words={
            "kind": coded([one[2] for _, one in numbered]),
            "sex": coded([one[3] for _, one in numbered]),
            "place": coded([one[4] for _, one in numbered]),
        },
    )
    for wanted in (defined(Measure.PERSONS, kind="a", sex="woman"), defined(Measure.SUM, place="here")):
        assert value(columns_of(acts), wanted) == value(shuffled, wanted)


@given(ACTS)
def test_rows_behind_a_figure_of_persons_are_theirs(acts: list[Act]) -> None:
    columns = columns_of(acts)
    wanted = defined(Measure.PERSONS, kind="a", sex="man")
    mask = rows_of(columns, wanted)
    assert len(set(columns.persons[mask].tolist())) == value(columns, wanted)


@given(ACTS)
def test_members_are_the_words_there_are_and_each_has_its_part(acts: list[Act]) -> None:
    columns = columns_of(acts)
    listed = replace(defined(Measure.ROWS, kind="a"), id="x.{}", each="place")
    members = members_of(columns, listed)
    assert set(members) == {one[4] for one in acts if one[2] == "a"}
    parts = [counted(columns, listed, rows_of(columns, listed, member)) or 0 for member in members]
    assert sum(parts) == value(columns, defined(Measure.ROWS, kind="a"))


@given(ACTS)
def test_kind_of_which_nothing_was_recorded_is_not_known(acts: list[Act]) -> None:
    columns = columns_of(acts)
    assert collected(columns, defined(Measure.ROWS, kind="a", sex="woman")) == any(one[2] == "a" for one in acts)
    assert not collected(columns, defined(Measure.ROWS, kind="never"))
