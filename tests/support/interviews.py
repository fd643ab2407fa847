"""Days of interviews that were invented, and a look at a timetable that trusts nothing it says of itself."""

import random
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import strategies as st

from alpes_matching.timetable import Day, Interview, Person, Span, Table, Wish, slots_between

HALLS = ("nord", "sud")
WALK = {("nord", "sud"): 10}


def a_day(people: int, exhibitors: int, slots: int, *, seed: int = 0, halls: int = 1) -> Day:
    """Everybody is there all day with five wishes; every exhibitor has one table with interviews of ten minutes."""
    chance = random.Random(seed)
    hours = Span(0, 10 * slots)
    tables = [
        Table(f"t{number}", f"e{number:03}", slots_between(*hours, length=10), HALLS[number % halls])
        for number in range(exhibitors)
    ]
    wishes = [
        Wish(f"p{person:04}", f"e{number:03}", rank, interest=chance.random() < 0.2)
        for person in range(people)
        for rank, number in enumerate(chance.sample(range(exhibitors), min(5, exhibitors)), start=1)
    ]
    return Day(
        tuple(tables), tuple(Person(f"p{person:04}", (hours,)) for person in range(people)), tuple(wishes), walks=WALK
    )


@st.composite
def days(draw: st.DrawFn) -> Day:
    """Small days with all that may differ: lengths, breaks, several tables, hours in pieces, halls, most, interest."""
    tables = tuple(
        Table(
            f"t{number}",
            f"e{draw(st.integers(0, 3))}",
            slots_between(
                draw(st.integers(0, 20)),
                draw(st.integers(30, 80)),
                length=draw(st.sampled_from([5, 10, 15])),
                breaks=draw(st.lists(st.builds(Span, st.just(30), st.just(40)), max_size=1)),
            ),
            draw(st.sampled_from(HALLS)),
        )
        for number in range(draw(st.integers(1, 5)))
    )
    spans = st.tuples(st.integers(0, 60), st.integers(5, 60)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
    people = tuple(
        Person(f"p{number}", tuple(draw(st.lists(spans, max_size=2))), draw(st.integers(0, 3)))
        for number in range(draw(st.integers(0, 6)))
    )
    pairs = [(person.key, f"e{number}") for person in people for number in range(4)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14)) if pairs else []
    wishes = tuple(Wish(*pair, draw(st.integers(1, 5)), interest=draw(st.booleans())) for pair in chosen)
    return Day(tables, people, wishes, walks=draw(st.sampled_from([{}, WALK])))


def broken(day: Day, interviews: Iterable[Interview]) -> list[str]:
    """What is wrong with these interviews: nothing, if each has a slot of its table and nobody is at two places."""
    tables = {table.key: table for table in day.tables}
    people = {person.key: person for person in day.people}
    wrong, of_table, of_person = [], defaultdict(list), defaultdict(list)
    for one in interviews:
        of_table[one.table].append(one)
        of_person[one.person].append(one)
        if Span(one.start, one.end) not in tables[one.table].slots or tables[one.table].exhibitor != one.exhibitor:
            wrong.append(f"{one} is not a slot of that table")
        if not all(
            any(minute in range(*span) for span in people[one.person].hours) for minute in range(one.start, one.end)
        ):
            wrong.append(f"{one} while the person is not there")
    for own in of_table.values():
        wrong += [f"{one} and {other} at one table" for one, other in pairwise(sorted(own)) if other.start < one.end]
    for key, own in of_person.items():
        for one, other in pairwise(sorted(own)):
            if other.start < one.end + walk_between(day, tables[one.table].hall, tables[other.table].hall):
                wrong.append(f"{one} and {other} for one person")
        if len({one.exhibitor for one in own}) < len(own) or len(own) > people[key].most:
            wrong.append(f"{key} has too many")
    return wrong


def walk_between(day: Day, here: str, there: str) -> int:
    """Minutes from hall to hall."""
    return 0 if here == there else max(day.walks.get((here, there), 0), day.walks.get((there, here), 0))
