"""What the page of the tally asks for, kept in its address, and what it may show to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import request
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from alpes_events.clause.tables.contract_rows import ContractingAuthority
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tally.cuts import Line, Narrowing, Side, Tally, lines, tally
from alpes_events.clause.tally.discretion import check_narrowing, tells_criteria
from alpes_events.clause.tally.facts import Facts
from alpes_events.clause.tally.filter_words import narrowing_words
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import company_names, part_names
from alpes_events.clause.tally.report import wished_facts
from alpes_events.clause.tally.wishes import NATIONAL, TallyWishes
from alpes_events.clause.tally.words import ordered
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.language.sentence import Sentence
from alpes_events.people.models import Role
from alpes_events.statistics.published_tally import Key, hidden_parts
from alpes_web.languages import language
from alpes_web.staff.fields import Mistyped, read_day
from alpes_web.staff.scope import coordinates, me, smallest_told
from alpes_web.staff.table import asked, asked_text
from alpes_web.typed import whole_number

FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True)
class Shown:
    """Everything that the page shows. `hidden` are the cells that this visitor may not see; `apart`: the whole cut is
    kept apart; `filters` are the words of what the tally is narrowed by.
    """

    wishes: TallyWishes
    cut: Cut
    tally: Tally
    lines: Sequence[Line]
    names: Mapping[str, str]
    hidden: frozenset[Key]
    apart: bool
    filters: Sequence[tuple[str, str]]


def sees_health() -> bool:
    """Whether criteria of health are told by their own code."""
    return me().role is Role.FACILITATOR


def years_worked(db: Session) -> list[int]:
    """The years from the first to the last month worked, the last first."""
    month, counted = col(HourEntry.month), col(HourEntry.account) == HourAccount.VALIDATED
    first, last = (db.exec(select(which(month)).where(counted)).one() for which in (func.min, func.max))
    return [] if first is None or last is None else list(range(last.year, first.year - 1, -1))


def asked_wishes(years: Sequence[int], *, today: date) -> tuple[TallyWishes, Cut]:
    """What the address asks for; readers narrow nothing, so that no difference tells of a person.

    Raises `CriterionKeptApart`.
    """
    begun = [year for year in years if year <= today.year]
    year = whole_number(request.args.get("year", ""), most=LAST_YEAR) or (begun[0] if begun else today.year)
    cut = asked(Cut.OPERATION, "by")
    wishes = TallyWishes(max(year, FIRST_YEAR), (cut,), language=language(), health=sees_health())
    if not coordinates():
        cut = cut if cut in NATIONAL else Cut.OPERATION
        return replace(wishes, cuts=NATIONAL, health=False), cut
    wishes = replace(wishes, as_of=asked_day(), narrowing=asked_narrowing(), names=True)
    check_narrowing(wishes)
    return wishes, cut


def asked_narrowing() -> Narrowing:
    """Which part of the ledger the address asks for."""
    sides = {side.value: side for side in Side}
    return Narrowing(
        place=sides.get(request.args.get("place", "")),
        residence=sides.get(request.args.get("residence", "")),
        authority_id=_number("authority"),
        operation_id=_number("operation"),
        contract_id=_number("contract"),
        company_id=_number("company"),
        person_id=_number("person"),
        mode=asked_text("mode") or None,
        criterion=asked_text("criterion") or None,
    )


def asked_day() -> date | None:
    """The day whose end is asked for; None for now, and for what is no day."""
    return _read_day()[0]


def mistyped_day() -> Sentence | None:
    """What is wrong with the day that the address asks for: who reads today's figures instead is told."""
    return _read_day()[1] if coordinates() else None


def _read_day() -> tuple[date | None, Sentence | None]:
    typed = request.args.get("as_of", "").strip()
    try:
        return (read_day(typed) if typed else None), None
    except Mistyped as mistake:
        return None, mistake.sentence


def _number(name: str) -> int | None:
    return whole_number(request.args.get(name, "")) or None


def shown(db: Session, wishes: TallyWishes, cut: Cut) -> tuple[Shown, Facts]:
    """The tally, the cut and what is hidden of both, with the facts it was counted from."""
    facts = wished_facts(db, wishes)
    counted = tally(facts, wishes.narrowing)
    parts = {one: lines(facts, one, wishes.narrowing) for one in wishes.cuts}
    names = part_names(db, cut, [line.key for line in parts[cut]], language=wishes.language, names=wishes.names)
    hidden = hidden_parts(counted, parts, threshold=smallest_told(db))
    apart = cut is Cut.CRITERION and not tells_criteria(db, wishes, parts[cut])
    told = [] if apart else ordered(cut, parts[cut])
    filters = narrowing_words(db, wishes.narrowing, language=wishes.language)
    return Shown(wishes, cut, counted, told, names, hidden, apart, filters), facts


@dataclass(frozen=True)
class Choices:
    """What the filters offer: what the year has, by name."""

    authorities: Sequence[tuple[int, str]]
    companies: Sequence[tuple[int, str]]
    modes: Sequence[tuple[str, str]]
    criteria: Sequence[tuple[str, str]]


def choices(db: Session, facts: Facts) -> Choices:
    """The authorities, companies, modes and criteria (for facilitators) that have hours in the year."""
    worked = [(facts.works[one[0]], facts.places[one[1]]) for one in facts.sums]
    ids = {place.authority_id for _work, place in worked}
    rows = db.exec(select(ContractingAuthority.id, ContractingAuthority.name))
    authorities = sorted(((one or 0, name) for one, name in rows if one in ids), key=lambda pair: pair[1])
    companies = company_names(db, {work.company_id for work, _place in worked})
    return Choices(
        authorities,
        sorted(companies.items(), key=lambda pair: pair[1]),
        _named(db, Cut.MODE, facts),
        _named(db, Cut.CRITERION, facts) if sees_health() else (),
    )


def _named(db: Session, cut: Cut, facts: Facts) -> list[tuple[str, str]]:
    keys = [line.key for line in lines(facts, cut)]
    names = part_names(db, cut, keys, language=language())
    return [(key, names[key]) for key in keys]


def working_companies(db: Session) -> list[tuple[int, str]]:
    """The companies (those that stand) for which somebody has a work contract."""
    merged = merged_companies()
    standing = standing_id(col(EmploymentContract.company_id), merged)
    asked_ids = columns(standing).outerjoin(merged, merged.c.id == col(EmploymentContract.company_id)).distinct()
    names = company_names(db, db.scalars(asked_ids))
    return sorted(names.items(), key=lambda pair: pair[1])
