"""Figures that other parts of the platform count already: how each is asked, and for the rows behind it."""

from collections.abc import Callable, Mapping

from alpes_events.reporting.answers import Answers
from alpes_events.reporting.event_behind import event_behind
from alpes_events.reporting.given_clause import clause_behind, of_clause
from alpes_events.reporting.given_events import of_events
from alpes_events.reporting.given_hiring import hiring_behind, of_statistics
from alpes_events.reporting.record import Opened, Opening
from alpes_events.reporting.shared_rows import SharedRows

GIVEN: Mapping[str, Callable[[SharedRows, int], Answers]] = {
    "statistics": of_statistics,
    "events": of_events,
    "clause": of_clause,
}
"""How each is asked."""

BEHIND: Mapping[str, Callable[[Opening], Opened]] = {
    "statistics": hiring_behind,
    "events": event_behind,
    "clause": clause_behind,
}
"""How the records behind each are asked for."""
