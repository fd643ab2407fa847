"""Figures of the social clause: the matrix, persons, operations and companies of a year, and what is behind each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import col

from alpes_events.clause.tables.contract_rows import ClauseOperation
from alpes_events.clause.tables.contract_rows import ContractingAuthority as _Authority
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode
from alpes_events.clause.tally.cuts import WHOLE, Line, Narrowing, Side, Tally, behind, side, tally
from alpes_events.clause.tally.facts import Facts
from alpes_events.clause.tally.names import company_names, operation_names
from alpes_events.clause.tally.words import MODES
from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.database.parts import parts
from alpes_events.language.sentence import catalogue
from alpes_events.reporting.answers import Answers, Given
from alpes_events.reporting.record import Opened, Opening, RecordBehind, Shown, people_named
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.published_tally import WHOLE as WHOLE_KEY
from alpes_events.statistics.published_tally import Key, cell_key, residence_key

_MINUTES: Mapping[str, Narrowing] = {
    "minutes_total": WHOLE,
    "minutes_by_residents": Narrowing(residence=Side.IN),
    "minutes_in_resident": Narrowing(place=Side.IN, residence=Side.IN),
    "minutes_out_resident": Narrowing(place=Side.OUT, residence=Side.IN),
    "minutes_by_non_residents": Narrowing(residence=Side.OUT),
    "minutes_by_unknown": Narrowing(residence=Side.UNKNOWN),
    "minutes_of_unknown_place": Narrowing(place=Side.UNKNOWN, residence=Side.IN),
}
_PERSONS: Mapping[str, Narrowing] = {
    "persons_residents": Narrowing(residence=Side.IN),
    "persons_non_residents": Narrowing(residence=Side.OUT),
}
_OPERATIONS: Mapping[str, Side] = {"operations_territory": Side.IN, "operations_outside": Side.OUT}
_COMPANIES = "companies_supported"


def of_clause(rows: SharedRows, year: int) -> Answers:
    """The hours of the social clause in a year. Behind hours and persons stand employment contracts."""
    facts = rows.hours(year)
    if not facts.sums:
        return {}
    found = tally(facts)
    answers = {name: _given(_line(found, part).minutes, found, part) for name, part in _MINUTES.items()}
    answers |= {name: _given(_line(found, part).person_count, found, part) for name, part in _PERSONS.items()}
    things = {name: found.operations.get(one, 0) for name, one in _OPERATIONS.items()}
    things[_COMPANIES] = found.company_count
    answers |= {name: Given(Fraction(count), count) for name, count in things.items()}
    return {(name, ""): one for name, one in answers.items()}


def _given(value: int, found: Tally, part: Narrowing) -> Given:
    return Given(Fraction(value), _line(found, part).contract_count)


def hours_key(name: str) -> Key | None:
    """The cell of the tally that a figure of hours or persons says; None for things that are no people."""
    part = _MINUTES.get(name) or _PERSONS.get(name)
    if part is None:
        return None
    if part.residence is None:
        return WHOLE_KEY
    return residence_key(part.residence) if part.place is None else cell_key(part.place, part.residence)


def _line(found: Tally, part: Narrowing) -> Line:
    """What the tally says of a part that is a side of the matrix, a cell of it, or all."""
    if part.residence is None:
        return found.whole
    return found.residences[part.residence] if part.place is None else found.cell(part.place, part.residence)


def clause_behind(asked: Opening) -> Opened:
    """One page of what is behind a figure of the clause: employment contracts, person by person; else by name."""
    facts = asked.rows.hours(asked.year)
    if asked.name in _OPERATIONS:
        return Opened(_operations(asked.rows, facts, _OPERATIONS[asked.name], asked.part))
    if asked.name == _COMPANIES:
        return Opened(_companies(asked.rows, facts, asked.part))
    return Opened(_employments(asked.rows, facts, asked.name, asked.part, asked.language))


def _employments(rows: SharedRows, facts: Facts, name: str, part: Part, language: str) -> Page[RecordBehind]:
    minutes, lots = defaultdict[int, int](int), defaultdict[int, dict[int, None]](dict)
    for employment_id, lot_id, _month, count in behind(facts, _MINUTES.get(name) or _PERSONS[name]):
        minutes[employment_id] += count
        lots[employment_id][facts.places[lot_id].operation_id] = None
    ordered = sorted(minutes, key=lambda one: (facts.works[one].person_id, one))
    wanted = ordered[part.offset : part.offset + part.size]
    works = {one: facts.works[one] for one in wanted}
    people = people_named(rows.db, [work.person_id for work in works.values()])
    companies = company_names(rows.db, {work.company_id for work in works.values()})
    operations = operation_names(rows.db, {operation for one in wanted for operation in lots[one]})
    days = _first_days(rows, wanted)
    gettext = catalogue(language).gettext
    found = [
        RecordBehind(
            one,
            days[one],
            ", ".join(operations[operation] for operation in lots[one]),
            ", ".join(
                [companies[work.company_id], *([gettext(MODES[EmploymentMode(work.mode)])] if work.mode else [])]
            ),
            *people[work.person_id],
            minutes[one] if name in _MINUTES else 1,
            Shown.EMPLOYMENT,
            one,
        )
        for one, work in works.items()
    ]
    return Page(tuple(found), len(ordered), part)


def _first_days(rows: SharedRows, ids: Sequence[int]) -> dict[int, date]:
    asked = columns_of(col(EmploymentContract.id), col(EmploymentContract.starts_on))
    return {row[0]: row[1] for row in rows.ask(asked.where(col(EmploymentContract.id).in_(ids)))}


def _operations(rows: SharedRows, facts: Facts, here: Side, part: Part) -> Page[RecordBehind]:
    places = [facts.places[one[1]] for one in facts.sums]
    buyers = {row[0]: row[1] for row in rows.ask(columns_of(col(_Authority.id), col(_Authority.name)))}
    found = {one.operation_id: buyers[one.authority_id] for one in places if side(one.in_territory) is here}
    return _by_name(rows, ClauseOperation, found, Shown.CLAUSE_OPERATION, part)


def _companies(rows: SharedRows, facts: Facts, part: Part) -> Page[RecordBehind]:
    found = dict.fromkeys((facts.works[one[0]].company_id for one in facts.sums), "")
    return _by_name(rows, Company, found, Shown.COMPANY, part)


def _by_name(rows: SharedRows, table: Any, beside: Mapping[int, str], shown: Shown, part: Part) -> Page[RecordBehind]:
    """One page of things that have a name, in order of it, each with what is said beside."""
    columns = columns_of(col(table.search_name), col(table.id), col(table.name))
    asked = (columns.where(col(table.id).in_(some)) for some in parts(sorted(beside)))
    named = sorted(tuple(row) for one in asked for row in rows.ask(one))
    wanted = named[part.offset : part.offset + part.size]
    found = (RecordBehind(one, None, name, beside[one], 0, "", 1, shown, one) for _key, one, name in wanted)
    return Page(tuple(found), len(named), part)
