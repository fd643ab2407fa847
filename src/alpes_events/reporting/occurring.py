"""Which words occur in the records of some years: what a figure of one's own can be narrowed by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
from sqlmodel import Session, col, func, select

from alpes_events.hiring.applications import Hire
from alpes_events.pathways.models import RESERVED, Enrolment, PathwayExit, PathwayStep
from alpes_events.reporting.custom import CONDITIONS
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.health import words_of_health
from alpes_events.reporting.words import word_said
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct

_DAYS: Mapping[str, Any] = {
    "acts": ServiceAct.happened_on,
    "enrolments": Enrolment.entered_on,
    "exits": PathwayExit.exited_on,
    "steps": PathwayStep.starts_on,
    "hires": Hire.signed_on,
}
_YEARS_BACK = 2
"""How many years before the last one give words too."""
_MOST_WORDS = 80
"""Of a column; the ones met most often."""


def last_year_of(db: Session, source: str, *, until: int) -> int:
    """The last year that has records of a source, no later than `until`; where none has, `until`."""
    day = _DAYS[source]
    found = db.exec(select(func.max(day)).where(col(day) <= date(until, 12, 31))).one()
    return until if found is None else int(found.year)


def years_of_words(last: int, asked: int) -> frozenset[int]:
    """The years whose words are offered: the three that end with the last one that has records, and that in which the
    figure is tried with the one before.
    """
    return frozenset((*range(last - _YEARS_BACK, last + 1), asked, asked - 1))


def occurring_words(db: Session, source: str, years: Iterable[int], *, language: str) -> dict[str, dict[str, str]]:
    """By column, the words that occur with what they are called; of acts, every kind. None tells of health."""
    evaluation, years = Evaluation(db, {}), sorted(set(years))
    secret = words_of_health() | {RESERVED}
    found: dict[str, dict[str, str]] = {}
    for name in CONDITIONS[source]:
        met: Counter[str] = Counter()
        for one in years:
            columns = evaluation.columns(source, one)
            if name in columns.several:
                met.update({word: int(mask.sum()) for word, mask in columns.several[name].items()})
            elif name in columns.words:
                column = columns.words[name]
                counts = np.bincount(column.codes, minlength=len(column.words))
                met.update({word: int(count) for word, count in zip(column.words, counts, strict=True)})
        if (source, name) == ("acts", "kind"):
            met.update(dict.fromkeys(act_kinds(), 1))
        words = [word for word, count in met.most_common() if count and word not in secret][:_MOST_WORDS]
        found[name] = _by_name({word: word_said(name, word, language) for word in words}, in_order=name == "month")
    return found


def _by_name(words: Mapping[str, str], *, in_order: bool) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda one: one[0] if in_order else one[1].casefold()))
