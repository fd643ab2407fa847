"""A tally as it goes out: the matrix, the indicators, cuts with their names, and what it was narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.clause.ledger.chain import Ending
from alpes_events.clause.tally.cuts import Line, Tally, lines, tally
from alpes_events.clause.tally.discretion import CriterionKeptApart, check_narrowing, tells_criteria
from alpes_events.clause.tally.facts import Facts, read_facts
from alpes_events.clause.tally.filter_words import narrowing_words
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import part_names
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.clause.tally.words import ordered
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class CutReport:
    """The parts of a cut, and what each is called."""

    cut: Cut
    lines: Sequence[Line]
    names: Mapping[str, str]


@dataclass(frozen=True)
class TallyReport:
    """A tally with the names of what it shows. `filters`: by what it is narrowed, as terms and words; `named_ids`: the
    persons whose names were asked for, who stand in it by number.
    """

    wishes: TallyWishes
    tally: Tally
    cuts: Sequence[CutReport]
    filters: Sequence[tuple[str, str]] = ()
    named_ids: Sequence[int] = ()


def tally_report(db: Session, wishes: TallyWishes, *, heads: Sequence[Ending] | None = None) -> TallyReport:
    """The tally that is asked for; `heads`: within these chains only. Persons stand by number, also where their names
    were asked for: those are set in when it is read. Without health the cut by criterion is left out where it would
    tell of somebody. Raises `CriterionKeptApart` when nothing is left.
    """
    check_narrowing(wishes)
    facts = wished_facts(db, wishes, heads=heads)
    cuts, named = [], []
    for cut in wishes.cuts:
        parts = ordered(cut, lines(facts, cut, wishes.narrowing))
        if cut is Cut.CRITERION and not tells_criteria(db, wishes, parts):
            continue
        if cut is Cut.PERSON and wishes.names:
            named = [int(line.key) for line in parts]
        cuts.append(CutReport(cut, parts, part_names(db, cut, [line.key for line in parts], language=wishes.language)))
    if wishes.cuts and not cuts:
        raise CriterionKeptApart
    filters = narrowing_words(db, wishes.narrowing, language=wishes.language)
    return TallyReport(wishes, tally(facts, wishes.narrowing), cuts, filters, named)


def wished_facts(
    db: Session, wishes: TallyWishes, *, heads: Sequence[Ending] | None = None, by_month: bool = False
) -> Facts:
    """The facts that a tally counts; by month when one of its cuts needs it."""
    return read_facts(
        db,
        wishes.year,
        until=None if wishes.as_of is None else end_of_day(db, wishes.as_of),
        heads=heads,
        by_month=by_month or Cut.MONTH in wishes.cuts,
        health=wishes.health,
    )


def end_of_day(db: Session, day: date) -> datetime:
    """The last instant of a day where the organisation is."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(current_organisation(db).time_zone))
