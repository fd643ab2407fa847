"""What is hidden of the figures of a year where they are counted or compiled: the one rule, with what other pages say
of the same year.
"""

from collections.abc import Callable, Mapping
from functools import partial

from sqlmodel import Session

from alpes_events.reporting.definition import Definition
from alpes_events.reporting.elsewhere import elsewhere
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.published import Hidden, hidden_of_year
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.reporting.sources import SOURCES
from alpes_events.reporting.sums_read import OF_PEOPLE, Figures

_OF_PEOPLE = frozenset({*SOURCES, "events", "clause"})
"""Sources whose records may name people, and those whose figures stand on another page too."""


def hidden_in(evaluation: Evaluation, year: int, *, threshold: int) -> Hidden:
    """What is hidden of a year that is counted, and of the one before."""
    return _hidden(evaluation.of_year, evaluation.rows, evaluation.catalogue, year, threshold)


def hidden_around(evaluation: Evaluation, definition: Definition, year: int, *, threshold: int) -> Hidden:
    """What is hidden of a figure and of those that it is worked out from. Whole years are counted only for one that may
    be of few people.
    """
    if not asks_whole_years(definition, evaluation.catalogue, threshold=threshold):
        return Hidden()
    return hidden_in(evaluation, year, threshold=threshold)


def asks_whole_years(definition: Definition, catalogue: Mapping[str, Definition], *, threshold: int) -> bool:
    """Whether nobody can tell what is hidden of a figure without the others of its year."""
    return threshold > 1 and may_be_hidden(definition, catalogue)


def may_be_hidden(definition: Definition, catalogue: Mapping[str, Definition]) -> bool:
    """Whether a figure can be of few people, or tell of one that is: it counts people or records that may name some,
    another page gives it, or it is worked out from such.
    """
    if definition.unit in OF_PEOPLE or definition.source in _OF_PEOPLE:
        return True
    names = definition.formula.names() if definition.formula else ()
    return any(name not in catalogue or may_be_hidden(catalogue[name], catalogue) for name, _earlier in names)


def hidden_in_compiled(
    db: Session, years: Mapping[int, Figures], catalogue: Mapping[str, Definition], year: int, *, threshold: int
) -> Hidden:
    """What is hidden of a compiled year, and of the one before."""
    return _hidden(years.get, SharedRows(db), catalogue, year, threshold)


def _hidden(
    figures_of: Callable[[int], Figures | None],
    rows: SharedRows,
    catalogue: Mapping[str, Definition],
    year: int,
    threshold: int,
) -> Hidden:
    beside = partial(elsewhere, rows, catalogue, threshold=threshold)
    return hidden_of_year(figures_of, year, threshold=threshold, elsewhere=beside)
