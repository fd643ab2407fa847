"""Figures that other parts of the platform count already: events, offers and awareness, the clause's hours."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import distinct, func
from sqlalchemy import select as columns_of
from sqlmodel import col

from alpes_events.agenda.models import Event
from alpes_events.clause.tally.cuts import Side, tally
from alpes_events.clause.tally.facts import read_facts
from alpes_events.pathways.models import Enrolment
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.models import CountedEvent, Participation
from alpes_events.statistics.published import protected
from alpes_events.statistics.year_report import HIRING_COLUMNS, EventRow, YearReport

_OF_AN_EVENT: Mapping[str, tuple[str, Cut, str]] = {
    "exhibitors": ("exhibitors", Cut.ALL, ""),
    "exhibitors_territory": ("exhibitors", Cut.TERRITORY, YES),
    "visitors": ("visitors", Cut.ALL, ""),
    "participants": ("participants", Cut.ALL, ""),
    "participants_territory": ("participants", Cut.TERRITORY, YES),
    "interviews": ("interviews", Cut.ALL, ""),
    "demonstrations": ("demonstrations", Cut.ALL, ""),
}


@dataclass(frozen=True)
class Given:
    """A figure as another part gives it: its value (None: not collected) and how many rows stand behind it."""

    value: Fraction | None
    rows: int | None = None


Answers = Mapping[tuple[str, str], Given]
"""Figures by name and member; the member of one that has none is empty."""


def of_statistics(rows: SharedRows, year: int) -> Answers:
    """Offers, recruitment and awareness of a year, as last compiled."""
    report = rows.report(year)
    if report is None:
        return {}
    return {(name, ""): _given(report.figures.figure(*wanted)) for name, wanted in HIRING_COLUMNS.items()}


def of_events(rows: SharedRows, year: int) -> Answers:
    """The figures of each event of a year, by its title; of two with one title, the later has its day beside it."""
    report = rows.report(year)
    found: dict[tuple[str, str], Given] = {}
    editions, youth = _editions(rows, year), _in_scheme(rows, year, "CEJ")
    villages = {one: Fraction(count) for one, count in rows.villages.items()}
    for name, event in _named(report):
        for measure, wanted in _OF_AN_EVENT.items():
            found[measure, name] = _given(event.figures.figure(*wanted))
        for measure, known in (("edition", editions), ("villages", villages), ("participants_cej", youth)):
            if event.event_id in known:
                found[measure, name] = Given(known[event.event_id])
    return found


def hidden_of_events(report: YearReport | None, *, threshold: int) -> frozenset[tuple[str, str]]:
    """The figures of events, by name and member, that the statistics of the year hide where they stand by themselves:
    a reader of both pages could else work one out by the other.
    """
    shown = protected(report, threshold=threshold) if report is not None and threshold > 1 else None
    told = ((name, event.figures) for name, event in _named(shown))
    return frozenset(
        (measure, name)
        for name, figures in told
        for measure, wanted in _OF_AN_EVENT.items()
        if (figure := figures.figure(*wanted)) is not None and figure.hidden
    )


def _named(report: YearReport | None) -> Iterator[tuple[str, EventRow]]:
    """Each event by its title; of two with one title, the later has its day beside it."""
    names: set[str] = set()
    for event in report.events if report else ():
        name = event.name if event.name not in names else f"{event.name} ({event.starts_on:%d/%m/%Y})"
        names.add(name)
        yield name, event


def of_clause(rows: SharedRows, year: int) -> Answers:
    """The hours of the social clause in a year: the matrix, persons, operations and companies."""
    facts = read_facts(rows.db, year)
    if not facts.sums:
        return {}
    found = tally(facts)
    sum_count = len(facts.sums)
    inside, outside, unknown = (found.residences.get(one) for one in (Side.IN, Side.OUT, Side.UNKNOWN))
    values: Mapping[str, int] = {
        "operations_territory": found.operations.get(Side.IN, 0),
        "operations_outside": found.operations.get(Side.OUT, 0),
        "companies_supported": found.company_count,
        "minutes_total": found.whole.minutes,
        "minutes_by_residents": inside.minutes if inside else 0,
        "persons_residents": inside.person_count if inside else 0,
        "minutes_in_resident": found.cell(Side.IN, Side.IN).minutes,
        "minutes_out_resident": found.cell(Side.OUT, Side.IN).minutes,
        "minutes_by_non_residents": outside.minutes if outside else 0,
        "minutes_by_unknown": unknown.minutes if unknown else 0,
        "minutes_of_unknown_place": found.cell(Side.UNKNOWN, Side.IN).minutes,
        "persons_non_residents": outside.person_count if outside else 0,
    }
    return {(name, ""): Given(Fraction(value), sum_count) for name, value in values.items()}


GIVEN: Mapping[str, Callable[[SharedRows, int], Answers]] = {
    "statistics": of_statistics,
    "events": of_events,
    "clause": of_clause,
}
"""How each is asked."""


def _given(figure: Figure | None) -> Given:
    if figure is None or figure.value is None:
        return Given(None)
    return Given(Fraction(figure.value), figure.value)


def _editions(rows: SharedRows, year: int) -> dict[int, Fraction]:
    asked = (
        columns_of(col(Event.id), col(Event.edition))
        .join(CountedEvent, col(CountedEvent.event_id) == col(Event.id))
        .where(col(CountedEvent.year) == f"{year:04d}", col(Event.edition).is_not(None))
    )
    return {one: Fraction(edition) for one, edition in rows.ask(asked)}


def _in_scheme(rows: SharedRows, year: int, scheme: str) -> dict[int, Fraction]:
    """How many of the participants of each event were in a scheme on the day of the event."""
    merged = merged_records()
    person = canonical_id(col(Enrolment.candidate_id), merged)
    asked = (
        columns_of(col(Participation.event_id), func.count(distinct(col(Participation.person_id))))
        .join(CountedEvent, col(CountedEvent.event_id) == col(Participation.event_id))
        .join(Event, col(Event.id) == col(Participation.event_id))
        .join(Enrolment, Enrolment.scheme_code == scheme)  # type: ignore[arg-type]
        .outerjoin(merged, merged.c.id == col(Enrolment.candidate_id))
        .where(
            col(CountedEvent.year) == f"{year:04d}",
            person == col(Participation.person_id),
            col(Participation.attended) > 0,
            col(Enrolment.withdrawn_at).is_(None),
            col(Enrolment.entered_on) <= func.date(col(Event.starts_at)),
            col(Enrolment.closed_on).is_(None) | (col(Enrolment.closed_on) >= func.date(col(Event.starts_at))),
        )
        .group_by(col(Participation.event_id))
    )
    return {one: Fraction(count) for one, count in rows.ask(asked)}
