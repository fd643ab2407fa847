"""The demonstration's pure parts: shares, timetables, invented people, and days around today."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from alpes_events.agenda.models import Counter, EventKind
from alpes_events.demo.companies import exhibitors
from alpes_events.demo.door import flow, half_hours, spread
from alpes_events.demo.people import Inventor
from alpes_events.demo.report import plans_of_2023
from alpes_events.demo.timetable import timetable
from alpes_events.demo.weeks import hours_today, plans_around, working_day
from alpes_events.people.identity import clean_person

PARIS = ZoneInfo("Europe/Paris")
MNO = frozenset({"59368", "59328", "59356", "59378", "59386", "59457", "59482", "59527", "59611", "59636"})
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("seed", range(20))
def test_shares_are_whole_and_sum_to_the_total(seed: int) -> None:
    random = Random(seed)
    total, weights = random.randrange(5000), [random.uniform(0.1, 10) for _ in range(random.randint(1, 30))]
    shares = spread(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    assert all(abs(share - total * weight / whole) < 1.0001 for share, weight in zip(shares, weights, strict=True))


def test_half_hours_cover_the_event() -> None:
    starts = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    slots = half_hours(starts, starts + timedelta(minutes=75))
    assert slots == [starts, starts + timedelta(minutes=30), starts + timedelta(minutes=60)]
    assert all(weight > 0 for weight in flow(len(slots)))


@pytest.mark.parametrize("seed", range(20))
def test_timetable_has_nobody_in_two_places_and_no_pair_twice(seed: int) -> None:
    random = Random(seed)
    people, stands, slots = random.randint(2, 40), random.randint(1, 12), random.randint(4, 20)
    talks = min(people * stands, slots * min(people, stands)) // 3
    held = timetable(Random(seed), people=people, stands=stands, slots=slots, talks=talks)
    assert len(held) == talks
    assert len({(talk.person, talk.slot) for talk in held}) == talks
    assert len({(talk.stand, talk.slot) for talk in held}) == talks
    assert len({(talk.person, talk.stand) for talk in held}) == talks


def test_timetable_that_cannot_be_says_so() -> None:
    with pytest.raises(ValueError, match="5 interviews do not fit"):
        timetable(Random(1), people=2, stands=2, slots=9, talks=5)


def inventor(seed: int = 1) -> Inventor:
    return Inventor(Random(seed), members=MNO, districts={"59328": "DEMO24-1"}, today=TODAY)


def test_invented_people_are_clean_and_nobody_s() -> None:
    crowd = inventor().crowd(residents=200, others=100)
    everyone = [*crowd.residents, *crowd.others]
    for person in everyone:
        clean_person(person, today=TODAY)
        assert person.email == "" or person.email.endswith("@example.org")
        assert person.telephone == "" or person.telephone.startswith("06 39 98 ")
    assert all(person.insee_code in MNO for person in crowd.residents)
    assert not any(person.insee_code in MNO for person in crowd.others)
    contacts = [contact for person in everyone for contact in (person.email, person.telephone) if contact]
    assert len(contacts) == len(set(contacts))


def test_same_seed_invents_the_same_people() -> None:
    assert inventor(7).crowd(residents=9, others=9) == inventor(7).crowd(residents=9, others=9)
    assert inventor(7).crowd(residents=9, others=9) != inventor(8).crowd(residents=9, others=9)


def test_invented_exhibitors_have_names_of_their_own() -> None:
    stands = exhibitors(Random(3), count=171, sector="everything", members=MNO, in_territory=39)
    assert len({stand.name.casefold() for stand in stands}) == 171
    assert sum(stand.insee_code in MNO for stand in stands) == 39
    unknown = exhibitors(Random(3), count=9, sector="inclusion", members=MNO, in_territory=None)
    assert [(stand.insee_code, stand.in_territory) for stand in unknown] == [(None, None)] * 9


def test_agenda_of_2023_has_every_event_of_the_report() -> None:
    plans = plans_of_2023(PARIS)
    assert len(plans) == 28
    assert all(plan.draft.starts_at.astimezone(PARIS).year == 2023 for plan in plans)
    silent = [plan for plan in plans if plan.draft.kind is EventKind.DISCOVERY]
    assert len(silent) == 3
    counters = {name: getattr(silent[0].draft, name) for name in dir(silent[0].draft) if name.endswith("_counter")}
    assert set(counters.values()) == {Counter.NOT_COLLECTED}
    youth = next(plan.draft for plan in plans if plan.draft.title == "DTJ Spécial Jeunes")
    assert (youth.visitors_counter, youth.participants_counter) == (Counter.COLLECTED, Counter.NOT_COLLECTED)
    tables = next(plan.draft for plan in plans if plan.draft.title == "Lille Tables et Toques")
    assert tables.participants_counter is Counter.TERRITORY_ONLY


@pytest.mark.parametrize("later", [0, 1, 2, 55, 170, 233, 298])
def test_weeks_around_any_day_have_what_the_site_shows(later: int) -> None:
    moment = datetime(2026, 1, 1, 9, 10, tzinfo=UTC) + timedelta(days=later, hours=later % 24)
    plans = plans_around(moment, PARIS)
    today = moment.astimezone(PARIS).date()
    days = [plan.draft.starts_at.astimezone(PARIS).date() for plan in plans]
    assert days.count(today) == 1
    upcoming = [plan for plan, day in zip(plans, days, strict=True) if day > today]
    assert 18 <= sum(plan.draft.starts_at < moment + timedelta(days=60) for plan in upcoming) <= 25
    assert all(day.weekday() < 5 for day in days if day != today)
    assert {plan.draft.kind for plan in upcoming} == set(EventKind)
    assert all(plan.published_at < min(moment, plan.draft.starts_at) for plan in plans)


def test_today_s_event_is_held_now_or_still_to_come() -> None:
    for minutes in range(0, 24 * 60, 10):
        moment = datetime(2026, 3, 2) + timedelta(minutes=minutes)
        begins, ends = hours_today(moment)
        assert begins < ends
        assert moment.hour < 8 or (begins <= moment.time() and (moment.time() < ends or moment.hour == 23))


def test_working_days_step_off_weekends_and_holidays() -> None:
    friday = date(2026, 10, 30)
    assert working_day(friday, 1) == date(2026, 11, 2)
    assert working_day(date(2026, 11, 10), 1) == date(2026, 11, 12)
    assert working_day(date(2026, 11, 16), -1) == date(2026, 11, 13)
    assert working_day(date(2026, 11, 15), 0) == date(2026, 11, 15)
