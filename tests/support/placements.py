"""Questions of placement that were invented, and a look at a plan that trusts nothing it says of itself."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from alpes_matching.placement import Asked, Fit, Lot, Person, Stint, Weeks

WEEK_COUNT = 8


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Up to five people and four lots over eight weeks."""
    spans = st.tuples(st.integers(0, WEEK_COUNT - 1), st.integers(1, WEEK_COUNT)).map(
        lambda pair: Weeks(pair[0], min(WEEK_COUNT, pair[0] + pair[1]))
    )
    lots = [
        Lot(f"l{number}", draw(st.integers(1, 900)), draw(spans), draw(st.integers(1, 3)))
        for number in range(draw(st.integers(1, 4)))
    ]
    people = [
        Person(
            f"p{number}",
            tuple(draw(st.lists(spans, min_size=1, max_size=2))),
            draw(st.integers(1, 100)),
            draw(st.integers(1, 600)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    pairs = [(person.key, lot.key) for person in people for lot in lots]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Asked(lots, people, [Fit(*pair, draw(st.integers(0, 10_000))) for pair in chosen])


def broken(asked: Asked, stints: tuple[Stint, ...]) -> list[str]:
    """What is wrong with these stints: nothing, if each is within the weeks and hours that person and lot have."""
    people = {one.key: one for one in asked.people}
    of_person: dict[str, list[Stint]] = defaultdict(list)
    for one in stints:
        of_person[one.person].append(one)
    wrong = [said for one in stints for said in _wrong_alone(asked, one)]
    for key, own in of_person.items():
        wrong += _wrong_together(people[key], sorted(own))
    return wrong


def _wrong_alone(asked: Asked, one: Stint) -> Iterator[str]:
    person = next(person for person in asked.people if person.key == one.person)
    lot = next(lot for lot in asked.lots if lot.key == one.lot)
    there = [any(span.start <= week < span.end for span in person.weeks) for week in range(one.start, one.end)]
    if not (lot.weeks.start <= one.start < one.end <= lot.weeks.end and all(there)):
        yield f"{one} outside the weeks"
    if not 0 < one.minutes <= person.weekly * (one.end - one.start):
        yield f"{one} is too long"
    fits = any((fit.person, fit.lot) == (one.person, one.lot) for fit in asked.fits)
    if not one.pinned and (not fits or (one.person, one.lot) in asked.excluded):
        yield f"{one} does not fit"


def _wrong_together(person: Person, own: list[Stint]) -> Iterator[str]:
    for number, first in enumerate(own):
        for last in own[number + 1 :]:
            inside = [one for one in own if first.start <= one.start and one.end <= last.end]
            if sum(one.minutes for one in inside) > person.weekly * (last.end - first.start):
                yield f"{person.key} works too much between {first} and {last}"
            if first.end > last.start + 1:
                yield f"{first} and {last} at one time"
    if sum(one.minutes for one in own) > person.most:
        yield f"{person.key} works more than they want"


def best_credit(asked: Asked) -> float:
    """What the best plan is credited, by a linear program over person, lot and week that knows nothing of flows."""
    people, lots = list(asked.people), list(asked.lots)
    places = [
        (people.index(person), lots.index(lot), week)
        for fit in asked.fits
        for person in people
        for lot in lots
        if (person.key, lot.key) == (fit.person, fit.lot)
        for week in range(*lot.weeks)
        if any(span.start <= week < span.end for span in person.weeks)
    ]
    if not places:
        return 0.0
    rows, most = [], []
    for number, person in enumerate(people):
        rows.append([float(place[0] == number) for place in places])
        most.append(person.most)
        for week in range(WEEK_COUNT):
            rows.append([float((place[0], place[2]) == (number, week)) for place in places])
            most.append(person.weekly)
    for number, lot in enumerate(lots):
        rows.append([float(place[1] == number) for place in places])
        most.append(lot.due)
    gain = np.array([-float(lots[place[1]].urgency) for place in places])
    return -float(linprog(gain, A_ub=np.array(rows), b_ub=np.array(most), method="highs").fun)
