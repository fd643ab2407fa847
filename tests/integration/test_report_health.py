"""Who left for reasons of health is told by no figure: not by a month of it, nor by what figures leave between them."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.reporting.behind import opens
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.custom import IndicatorDraft, own_definition
from alpes_events.reporting.definition import BadDefinition
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.occurring import occurring_words
from alpes_events.reporting.one_figure import figure_over_time
from tests.support.in_schemes import LEFT, entered, left
from tests.support.stories import an_organisation

LEGITIMATE: tuple[str, ...] = ("health", "moved", "retired", "probable_employment")
OTHERS: tuple[str, ...] = ("moved", "retired", "probable_employment")


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session where one person left for each reason of a legitimate exit, and one gave up."""
    an_organisation(database)
    with database.writing() as session:
        for number, reason in enumerate((*LEGITIMATE, "gave_up"), start=1):
            left(session, entered(session, number), reason)
        yield session


def exits(**where: tuple[str, ...]) -> IndicatorDraft:
    """A figure of one's own: these exits."""
    return IndicatorDraft("Des sorties", "Exits", "exits", where=where)


def test_figure_whose_records_may_not_be_opened_is_not_told_month_by_month(db: Session) -> None:
    evaluation = Evaluation(db, catalogue())

    def months(name: str, member: str = "") -> int:
        return len(figure_over_time(evaluation, catalogue()[name], member, LEFT.year).months)

    assert [months("plie.exits_legitimate.{}", reason) for reason in LEGITIMATE] == [0, 0, 0, 0]
    assert (months("plie.exits_legitimate_total"), months("plie.exits")) == (12, 12)


@pytest.mark.parametrize(
    "where",
    [
        {"reason": ("health",)},
        {"reason": OTHERS, "month": ("01",)},
        {"reason": ("moved", "gave_up")},
        {"outcome": ("legitimate",), "sector": ("Logistique",)},
        {"outcome": ("legitimate", "positive"), "scheme": ("PLIE",), "month": ("01",)},
    ],
)
def test_figure_of_ones_own_that_would_tell_of_health_is_refused(where: dict[str, Any]) -> None:
    with pytest.raises(BadDefinition, match="santé"):
        own_definition("own.x", exits(**where))


@pytest.mark.parametrize(
    "where",
    [
        {"outcome": ("legitimate",), "scheme": ("PLIE",)},
        {"outcome": ("positive",), "month": ("01",)},
        {"reason": ("gave_up",), "month": ("01",)},
        {"month": ("01",)},
    ],
)
def test_legitimate_exits_open_all_together_and_others_as_one_likes(where: dict[str, Any]) -> None:
    assert opens(own_definition("own.x", exits(**where)), "")


def test_reasons_of_legitimate_exits_are_not_proposed(db: Session) -> None:
    words = occurring_words(db, "exits", [LEFT.year], language="fr")
    assert [*words["reason"]] == ["gave_up"]
    assert {*words["outcome"]} == {"legitimate", "other"}
