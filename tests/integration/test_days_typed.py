"""Days that are typed in forms, whichever form has one: a year out of reason gets one clear sentence, and stays."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.core import UnboundField

import alpes_web
from alpes_events.language.sentence import Sentence
from alpes_web.forms import StrictForm
from alpes_web.staff.fields import FIRST_YEAR, LAST_YEAR, DayField, DaysField


def _forms(kind: Any) -> Iterator[Any]:
    for made in kind.__subclasses__():
        yield made
        yield from _forms(made)


def _fields() -> list[tuple[str, UnboundField]]:
    """Every field of every form of the site that takes days."""
    for module in walk_packages(alpes_web.__path__, "alpes_web."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in {*_forms(StrictForm)}
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, DayField | DaysField)
    ]


FIELDS = dict(sorted(_fields()))
_WRONG_YEARS = st.one_of(st.integers(0, FIRST_YEAR - 1), st.integers(LAST_YEAR + 1, 999_999))
_WAYS = st.sampled_from(["{0:04}-{1:02}-{2:02}", "{2:02}/{1:02}/{0:04}", "{2}.{1}.{0}"])
_DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31))


def _typed(field: UnboundField, text: str) -> tuple[list[str], str, object]:
    """What a field of a sent form says, shows and holds."""
    form = type("OneDay", (Form,), {"day": field})(MultiDict({"day": text}))
    form.validate()
    said = [error.in_language("fr") if isinstance(error, Sentence) else str(error) for error in form.day.errors]
    return said, form.day._value(), form.day.data


def test_forms_with_days_are_found() -> None:
    assert len(FIELDS) > 8


@pytest.mark.parametrize("field", FIELDS)
@given(year=_WRONG_YEARS, way=_WAYS, day=_DAYS)
def test_year_out_of_reason_gets_one_sentence_and_stays(field: str, year: int, way: str, day: date) -> None:
    text = way.format(year, day.month, day.day)
    said, shown, _ = _typed(FIELDS[field], text)
    assert said == ["Choisissez une année entre 1900 et 2200."]
    assert shown == text


@given(day=st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), way=_WAYS)
def test_day_of_a_year_within_reason_is_read_in_every_way(day: date, way: str) -> None:
    said, _, read = _typed(DayField(), way.format(day.year, day.month, day.day))
    assert (said, read) == ([], day)


@given(day=st.dates(), way=st.sampled_from(["31/02/{0}", "{0}-13-01", "{0}-00-10", "30/02/{0}"]))
def test_day_that_does_not_exist_is_told_as_such_whatever_its_year(day: date, way: str) -> None:
    text = way.format(day.year)
    said, shown, _ = _typed(DayField(), text)
    assert (said, shown) == ([f"Le jour « {text} » n’existe pas : écrivez-le comme 12/03/2026."], text)
