"""What other pages show and hide of a year to somebody who reads the report beside them: the statistics of events and
of hiring, and the tally of the clause.
"""

from collections.abc import Mapping
from dataclasses import replace

from alpes_events.clause.tally.cuts import lines, tally
from alpes_events.clause.tally.report import wished_facts
from alpes_events.clause.tally.wishes import NATIONAL, TallyWishes
from alpes_events.reporting.definition import Definition
from alpes_events.reporting.elsewhere_hiring import beside_hiring
from alpes_events.reporting.given_clause import hours_key
from alpes_events.reporting.given_events import events_told
from alpes_events.reporting.published import NOTHING_ELSE, Elsewhere
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.reporting.sums_read import Figures
from alpes_events.statistics.published import protected
from alpes_events.statistics.published_tally import hidden_parts
from alpes_events.statistics.year_report import YearReport


def elsewhere(
    rows: SharedRows, catalogue: Mapping[str, Definition], year: int, figures: Figures, *, threshold: int
) -> Elsewhere:
    """What is read beside the figures of a year."""
    report = rows.report(year)
    told = None if report is None else protected(report, threshold=threshold)
    hiring = NOTHING_ELSE if report is None or told is None else beside_hiring(report, told, figures)
    hidden = {**_of_events(catalogue, told), **_of_clause(rows, catalogue, year, threshold)}
    secret = {name for name, is_hidden in hidden.items() if is_hidden}
    return replace(hiring, hidden=hiring.hidden | secret, shown=hiring.shown | (hidden.keys() - secret))


def _of_events(catalogue: Mapping[str, Definition], shown: YearReport | None) -> dict[str, bool]:
    """By the name of a figure of an event, whether the statistics hide it."""
    patterns = {one.given: one for one in catalogue.values() if one.source == "events"}
    told = ((measure, member, hidden) for measure, member, hidden in events_told(shown) if measure in patterns)
    return {patterns[measure].named(member): hidden for measure, member, hidden in told}


def _of_clause(rows: SharedRows, catalogue: Mapping[str, Definition], year: int, threshold: int) -> dict[str, bool]:
    """By the name of a figure of hours or of people at work, whether the tally hides it."""
    facts = wished_facts(rows.db, TallyWishes(year, NATIONAL))
    hidden = hidden_parts(tally(facts), {cut: lines(facts, cut) for cut in NATIONAL}, threshold=threshold)
    rules = (one for one in catalogue.values() if one.source == "clause")
    return {one.id: key in hidden for one in rules if (key := hours_key(one.given)) is not None}
