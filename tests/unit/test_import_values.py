"""Cells of imported files: what people write is read, and what cannot be is said."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.intake.issues import BadCell
from alpes_events.intake.table import Cell
from alpes_events.intake.times import day_of, hour_of, moment_of
from alpes_events.intake.values import choice_of, count_of, flag_of, list_of, long_text_of, text_of, words
from tests.support.depth import in_part

PARIS = ZoneInfo("Europe/Paris")
NBSP, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "written",
    [
        "12/03/2026",
        "12 / 3 / 2026",
        "12.03.2026",
        "12-03-2026",
        "2026-03-12",
        "12 mars 2026",
        "jeudi 12 mars 2026",
        "Jeudi 12 MARS 2026",
        "12 March 2026",
        datetime(2026, 3, 12, 15, 0),
        date(2026, 3, 12),
    ],
)
def test_days_are_read_as_people_write_them(written: Cell) -> None:
    assert day_of(written) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("written", "day"), [("1er février 2026", date(2026, 2, 1)), ("3 août 2026", date(2026, 8, 3))]
)
def test_days_in_words_may_have_accents(written: str, day: date) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    "written", ["31/02/2026", "00/01/2026", "12/13/2026", "29/02/2025", "2026-02-30", "31 juin 2026"]
)
def test_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(BadCell, match="n’existe pas"):
        day_of(written)


@pytest.mark.parametrize("written", ["demain", "12/03", "12 foo 2026", "٣/٣/٢٠٢٦", "<b>", "🎉", 46093.0, True])
def test_what_is_no_day_is_refused(written: Cell) -> None:
    with pytest.raises(BadCell, match="n’est pas une date"):
        day_of(written)


def test_year_of_two_figures_is_refused() -> None:
    with pytest.raises(BadCell, match="quatre chiffres"):
        day_of("12/03/26")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("14:30", time(14, 30)),
        ("14 h 30", time(14, 30)),
        (f"14{NBSP}h{NBSP}30", time(14, 30)),
        (f"14{THIN}h{THIN}30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("14H", time(14)),
        ("9 h", time(9)),
        ("9h05 min", time(9, 5)),
        ("14:30:59", time(14, 30)),
        (time(14, 30, 12), time(14, 30)),
        (timedelta(hours=14, minutes=30), time(14, 30)),
        (0.5, time(12)),
    ],
)
def test_hours_are_read_as_people_write_them(written: Cell, hour: time) -> None:
    assert hour_of(written) == hour


@pytest.mark.parametrize("written", ["25:00", "14:60", "24 h", timedelta(hours=30)])
def test_hour_beyond_the_day_is_refused(written: Cell) -> None:
    with pytest.raises(BadCell, match="n’est pas une heure de la journée"):
        hour_of(written)


@pytest.mark.parametrize("written", ["midi", "14.30", "-1:00", "1:2"])
def test_what_is_no_hour_is_refused(written: str) -> None:
    with pytest.raises(BadCell, match="n’est pas une heure"):
        hour_of(written)


@pytest.mark.parametrize(
    "written",
    [
        "12/03/2026 14:30",
        "12/03/2026 14 h 30",
        "le 12/03/2026 à 14h30",
        "2026-03-12T14:30",
        "2026-03-12 14:30:00",
        "12 mars 2026, 14 h 30",
        "2026-03-12T13:30:00Z",
        "2026-03-12T14:30:00+01:00",
        datetime(2026, 3, 12, 14, 30),
    ],
)
def test_moments_are_instants_of_paris(written: Cell) -> None:
    assert moment_of(written, PARIS) == datetime(2026, 3, 12, 13, 30, tzinfo=UTC)


def test_moment_of_a_day_is_noon() -> None:
    assert moment_of("12/03/2026", PARIS) == datetime(2026, 3, 12, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", ["29/03/2026 02:30", "2026-03-29T02:30", datetime(2026, 3, 29, 2, 30)])
def test_hour_that_march_skips_is_refused(written: Cell) -> None:
    with pytest.raises(BadCell, match="02:30 n’existe pas"):
        moment_of(written, PARIS)


def test_hour_that_october_doubles_is_the_first() -> None:
    assert moment_of("25/10/2026 02:30", PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("written", "count"), [("0", 0), ("1 559", 1559), (f"1{THIN}559", 1559), (12.0, 12), (7, 7)])
def test_counts_may_have_blanks(written: Cell, count: int) -> None:
    assert count_of(written) == count


@pytest.mark.parametrize("written", ["-1", "1,5", 1.5, "douze", "1e3", "٣", True, "9999999999", -2])
def test_what_is_no_count_is_refused(written: Cell) -> None:
    with pytest.raises(BadCell, match="nombre entier"):
        count_of(written)


def test_flags_and_choices_know_their_words() -> None:
    assert [flag_of(word) for word in ("Oui", "x", "NON", True, False, "vrai")] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]
    presences = words(attended="présent, là", no_show="absent")
    assert [choice_of(word, presences) for word in ("PRESENT", "là", "no_show", "Absent ")] == [
        "attended",
        "attended",
        "no_show",
        "no_show",
    ]
    with pytest.raises(BadCell, match="Choisissez : présent, absent"):
        choice_of("peut-être", presences)
    with pytest.raises(BadCell, match="oui ou non"):
        flag_of("peut-être")


def test_lists_are_parted_by_their_own_separator() -> None:
    assert list_of("Recrutement | Information, orientation, formation") == (
        "Recrutement",
        "Information, orientation, formation",
    )
    assert list_of("Santé, Animation") == ("Santé", "Animation")
    assert list_of("  ") == ()


def test_text_keeps_what_people_write_and_drops_what_nobody_sees() -> None:
    assert text_of("  E\u0301loïse\u0000 \x07🎉 <b>ok</b> \u202eabc ") == "Éloïse 🎉 <b>ok</b> \u202eabc"
    assert text_of(59000.0) == "59000"
    assert long_text_of("Un\r\n\r\n  deux\x00 ") == "Un\n\ndeux"
    assert text_of("x" * 300) == "x" * 300


PARSERS = (day_of, hour_of, count_of, flag_of, text_of, long_text_of, list_of, lambda cell: moment_of(cell, PARIS))


@in_part(4)
@given(st.sampled_from(PARSERS), st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.datetimes()))
def test_no_cell_breaks_a_parser(parse: Callable[[Cell], object], cell: Cell) -> None:
    with suppress(BadCell):
        parse(cell)
