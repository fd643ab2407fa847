"""Choosing in the agenda: what is found answers the choice, and an empty page always shows a way out."""

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import Choice, ListedEvent, found_and_counted, narrowed, widenings
from alpes_events.territory.distance import Position, kilometres_between
from tests.support.depth import in_part

LAMBERSART, MARCQ, PARIS = Position(50.64, 3.03), Position(50.67, 3.09), Position(48.8566, 2.3522)
RADII = (2, 5, 10, 20)

listed_events = st.lists(
    st.builds(
        ListedEvent,
        event_id=st.integers(1, 10**6),
        kind=st.sampled_from(EventKind),
        series=st.sampled_from(["", "dtj"]),
        themes=st.sampled_from([(), ("santé",), ("santé", "btp")]),
        audience=st.sampled_from([(), ("everyone",), ("young",)]),
        insee_code=st.sampled_from([None, "59328", "59378"]),
        position=st.sampled_from([None, LAMBERSART, MARCQ, PARIS]),
        text=st.sampled_from(["Cœur d’artichaut", "Job dating santé"]),
    ),
    max_size=12,
)
choices = st.builds(
    Choice,
    kinds=st.sampled_from([(), (EventKind.SALON,), (EventKind.SALON, EventKind.FORUM)]),
    insee_code=st.just("59328"),
    radius_km=st.sampled_from([None, *RADII]),
    theme=st.sampled_from(["", "santé", "nul"]),
    audience=st.sampled_from(["", "young"]),
    series=st.sampled_from(["", "dtj"]),
    search=st.sampled_from(["", "coeur", "SANTE"]),
    near=st.sampled_from([None, LAMBERSART]),
)


def test_distance_is_that_of_the_map() -> None:
    assert round(kilometres_between(LAMBERSART, PARIS)) == 204
    assert kilometres_between(MARCQ, MARCQ) == 0


@in_part(4)
@given(listed_events, choices)
def test_found_events_are_those_that_answer_in_their_order(listed: list[ListedEvent], choice: Choice) -> None:
    assert narrowed(listed, choice) == [event for event in listed if narrowed([event], choice)]
    assert narrowed(listed, Choice()) == listed


@in_part(4)
@given(listed_events, choices)
def test_counts_of_kinds_add_up_to_what_the_rest_of_the_choice_leaves(
    listed: list[ListedEvent], choice: Choice
) -> None:
    found, counts = found_and_counted(listed, choice)
    assert found == narrowed(listed, choice)
    assert len(found) == (sum(counts[kind] for kind in choice.kinds) if choice.kinds else counts.total())


@in_part(4)
@given(listed_events, choices)
def test_empty_page_shows_a_way_out_that_finds_what_it_says(listed: list[ListedEvent], choice: Choice) -> None:
    ways = widenings(listed, choice, radii=RADII)
    assert all(way.count == len(narrowed(listed, way.choice)) > 0 for way in ways)
    if listed and not narrowed(listed, choice):
        assert ways


def test_search_ignores_accents_ligatures_and_case() -> None:
    event = ListedEvent(1, EventKind.WORKSHOP, "", (), (), None, None, text="Cœur d’Éloïse à Marcq-en-Barœul")
    assert all(narrowed([event], Choice(search=typed)) for typed in ("coeur", "ELOISE", "marcq baroeul", "œ"))
    assert not narrowed([event], Choice(search="eloise lambersart"))


def test_what_is_for_everyone_is_for_each_audience_too() -> None:
    everyone = ListedEvent(1, EventKind.WORKSHOP, "", (), ("everyone",), None, None)
    young = ListedEvent(2, EventKind.WORKSHOP, "", (), ("young",), None, None)
    assert narrowed([everyone, young], Choice(audience="seniors")) == [everyone]
