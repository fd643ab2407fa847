"""Planning across lots: the question that the planner is asked, its answer, and the answer kept as a draft."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic

from sqlmodel import Session

from alpes_events.clause.eligibility.gate import Gate, gate_of, people_who_look
from alpes_events.clause.placing.engaged import FULL_WEEK, Engagement, engagements
from alpes_events.clause.placing.placing_refusals import NothingToPlan
from alpes_events.clause.planning.demands import Part, parts_of
from alpes_events.clause.planning.to_fill import LotToFill, lots_to_fill
from alpes_events.clause.planning.weeks import Calendar, next_monday, without
from alpes_events.clause.planning.whole_weeks import plan_in_whole_weeks
from alpes_events.hiring.ranking import people_to_rank, rank_among
from alpes_events.hiring.ranking_mode import check_ranking_is_on
from alpes_events.hiring.ranking_runs import Ranking
from alpes_matching.placement import Asked, Fit, Person, Plan, Stint, Watch
from alpes_matching.ranking import CandidateProfile

MOST_WEEKS = 104
"""A plan looks two years ahead: an eligibility lasts no longer, unless a contract says otherwise."""
NO_JOB = 5_000
"""The score of everybody for a lot whose work nobody described: in the middle, as what is not known counts."""


@dataclass(frozen=True)
class Question:
    """What is asked on a day: lots with weeks left, people whom their contracts may count and who let themselves be
    ranked, and the rankings by lot. `objected`: how many of the people let in do not want to be ranked.
    """

    on: date
    calendar: Calendar
    asked: Asked
    parts: tuple[Part, ...]
    lots: tuple[LotToFill, ...]
    gates: Mapping[int, Gate]
    rankings: Mapping[int, tuple[Ranking, ...]]
    let_in: int
    objected: int


@dataclass(frozen=True)
class Answer:
    """The planner's answer, its stints in whole weeks, and how long it took. `stopped`: somebody ended it early."""

    question: Question
    best: Plan
    stints: tuple[Stint, ...]
    seconds: float

    @property
    def stopped(self) -> bool:
        """Whether the search was ended before it was over."""
        return self.best.bound is None


def question_of(db: Session, *, on: date, now: datetime, account_id: int | None) -> Question:
    """What is to be planned: nothing is written. Raises `NothingToPlan`, `RankingIsOff`."""
    check_ranking_is_on(db)
    calendar = Calendar(next_monday(on), MOST_WEEKS)
    to_fill = lots_to_fill(db, on=on)
    parts = parts_of(calendar, to_fill)
    with_weeks = {one.lot_id for one in parts}
    lots = tuple(one for one in to_fill if one.lot_id in with_weeks)
    if not lots:
        raise NothingToPlan
    looking = people_who_look(db)
    gates = {
        contract: gate_of(db, contract, on=on, looking=looking)
        for contract in dict.fromkeys(one.contract_id for one in lots)
    }
    let_in = frozenset().union(*(gate.yes.keys() for gate in gates.values()))
    people = people_to_rank(db, let_in)
    rankings = _rankings(db, lots, gates, on=on, now=now, account_id=account_id)
    taken = engagements(db, None, since=calendar.origin)
    asked = Asked(
        lots=[one.asked for one in parts],
        people=[_person(calendar, one, taken.get(int(one.key), ())) for one in people.profiles],
        fits=_fits(lots, parts, gates, rankings, frozenset(int(one.key) for one in people.profiles)),
        excluded=_excluded(parts, taken),
    )
    return Question(on, calendar, asked, parts, lots, gates, rankings, len(let_in), len(people.objected))


def answer(question: Question, *, watch: Watch | None = None) -> Answer:
    """Plan. Asks the database nothing. `watch` may stop it early: the best so far is the answer."""
    begun_at = monotonic()
    lot_of = {one.asked.key: str(one.lot_id) for one in question.parts}
    best, stints = plan_in_whole_weeks(question.asked, lot_of=lot_of, watch=watch)
    return Answer(question, best, stints, round(monotonic() - begun_at, 2))


def _rankings(
    db: Session,
    lots: tuple[LotToFill, ...],
    gates: Mapping[int, Gate],
    *,
    on: date,
    now: datetime,
    account_id: int | None,
) -> dict[int, tuple[Ranking, ...]]:
    """By lot, one ranking for each of its jobs, of those whom its contract may count."""
    pairs = [(one, offer_id) for one in lots for offer_id in one.offer_ids]
    wanted = [(offer_id, gates[one.contract_id].yes.keys()) for one, offer_id in pairs]
    found: dict[int, tuple[Ranking, ...]] = {}
    for (one, _offer_id), ranking in zip(
        pairs, rank_among(db, wanted, today=on, now=now, account_id=account_id), strict=True
    ):
        found[one.lot_id] = (*found.get(one.lot_id, ()), ranking)
    return found


def _excluded(parts: tuple[Part, ...], taken: Mapping[int, tuple[Engagement, ...]]) -> list[tuple[str, str]]:
    """Nobody is planned on a lot where they are already."""
    there = {(who, where.lot_id) for who, ones in taken.items() for where in ones}
    by_lot: defaultdict[int, list[str]] = defaultdict(list)
    for part in parts:
        by_lot[part.lot_id].append(part.asked.key)
    return [(str(who), key) for who, lot_id in sorted(there) for key in by_lot[lot_id]]


def _person(calendar: Calendar, profile: CandidateProfile, taken: tuple[Engagement, ...]) -> Person:
    """Whole weeks from the day when they are there, without those in which they are taken."""
    there = calendar.whole
    if profile.available_on is not None:
        there = calendar.within(profile.available_on, None)
    weeks = without(there, [calendar.touched(one.first_on, one.last_on) for one in taken])
    weekly = profile.most_weekly_minutes or FULL_WEEK
    return Person(profile.key, weeks, weekly, sum(one.end - one.start for one in weeks) * weekly)


def _fits(
    lots: tuple[LotToFill, ...],
    parts: tuple[Part, ...],
    gates: Mapping[int, Gate],
    rankings: Mapping[int, tuple[Ranking, ...]],
    people: frozenset[int],
) -> list[Fit]:
    """Everybody whom a lot's contract may count, with their best score among its jobs."""
    fits = []
    for lot in lots:
        scores: dict[int, int] = {}
        for ranking in rankings.get(lot.lot_id, ()):
            for who, score in ranking.scores.items():
                scores[who] = max(score, scores.get(who, 0))
        usual = 0 if scores else NO_JOB
        let_in = sorted(people & gates[lot.contract_id].yes.keys())
        keys = [part.asked.key for part in parts if part.lot_id == lot.lot_id]
        fits += [Fit(str(who), key, scores.get(who, usual)) for key in keys for who in let_in]
    return fits
