"""Where the records behind a figure are shown, and the part of the platform that counts a figure."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from alpes_events.reporting.definition import Definition
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.given_events import OF_AN_EVENT, event_named
from alpes_events.reporting.record import RecordBehind, Shown
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.periods import of_event

_PAGES: Mapping[Shown, Callable[[int], str]] = {
    Shown.ACT: lambda one: url_for("staff_services.edit", act_id=one),
    Shown.PATHWAY: lambda one: url_for("pathways.page", pathway_id=one),
    Shown.EMPLOYMENT: lambda one: url_for("clause_employments.page", employment_id=one),
    Shown.CLAUSE_OPERATION: lambda one: url_for("clause_operations.page", operation_id=one),
    Shown.RECRUITMENT: lambda one: url_for("staff_operations.page", operation_id=one),
    Shown.OFFER: lambda one: url_for("staff_offers.page", offer_id=one),
    Shown.COMPANY: lambda one: url_for("staff_companies.page", company_id=one),
    Shown.EVENT: lambda one: url_for("staff_event.overview", event_id=one),
}


def address_of(row: RecordBehind) -> str:
    """The page that shows a record; empty when it has none."""
    return "" if row.shown is None or not row.page_id else _PAGES[row.shown](row.page_id)


def origin(evaluation: Evaluation, definition: Definition, member: str, year: int) -> str:
    """The page of the part of the platform that counts a figure, in that year; empty when nothing was counted there."""
    if definition.source == "clause":
        return url_for("clause_tally.page", year=year)
    event = event_named(evaluation.rows, year, member) if definition.source == "events" else None
    if event is None or definition.given not in OF_AN_EVENT:
        known = evaluation.figure(definition, member, year).value is not None
        return url_for("staff_figures.year", year=year) if known else ""
    indicator, cut, part = OF_AN_EVENT[definition.given]
    asked: dict[str, Any] = {} if cut is Cut.ALL else {"cut": cut.value, "part": part}
    return url_for("staff_figures.rows", period=of_event(event.event_id).key, indicator=indicator, **asked)
