"""Whether groups are treated alike by rankings: who was ranked, where, and who was proposed, on aggregates only."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.hiring.ranking_rows import RankingDecision, RankingPlace, RankingRun, RankingStep
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate
from alpes_events.people.situation import age_band_on
from alpes_matching.audit import GroupCount, GroupExposure, GroupRate, exposures, selection_rates

UNKNOWN = "unknown"
GROUPINGS: Mapping[str, str] = {"sex": N_("Par sexe"), "age_band": N_("Par tranche d’âge")}
_Groups = Mapping[str, Callable[[Any], str]]


@dataclass(frozen=True)
class RankingAudit:
    """Rates of being proposed, and exposure, for each grouping. A person counts once for each offer."""

    rates: Mapping[str, list[GroupRate]]
    exposures: Mapping[str, list[GroupExposure]]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            name: {
                "selection": [asdict(one) for one in self.rates[name]],
                "exposure": [asdict(one) for one in self.exposures[name]],
            }
            for name in self.rates
        }


def audit_of_rankings(db: Session) -> RankingAudit:
    """The audit of the last run of each offer. Groups are those of the file today; they never enter a ranking."""
    made = db.execute(columns(col(RankingRun.offer_id), col(RankingRun.id)).order_by(col(RankingRun.id)))
    last = {offer_id: run_id or 0 for offer_id, run_id in made}
    runs = {run_id: offer_id for offer_id, run_id in last.items()}
    rows = db.execute(
        columns(
            col(RankingPlace.run_id),
            col(RankingPlace.rank),
            col(RankingPlace.candidate_id),
            col(Candidate.sex),
            col(Candidate.birth_on),
            col(RankingRun.made_at),
        )
        .join(Candidate, col(Candidate.id) == col(RankingPlace.candidate_id))
        .join(RankingRun, col(RankingRun.id) == col(RankingPlace.run_id))
        .where(col(RankingPlace.run_id).in_(list(runs)))
    ).all()
    proposed = _proposed(db)
    groups: _Groups = {
        "sex": lambda row: row.sex.value if row.sex else UNKNOWN,
        "age_band": _band,
    }
    return RankingAudit(
        {name: selection_rates(_counts(rows, group, runs, proposed)) for name, group in groups.items()},
        {name: exposures(_places(rows, group)) for name, group in groups.items()},
    )


def _band(row: Any) -> str:
    band = age_band_on(row.birth_on, on=row.made_at.date())
    return UNKNOWN if band is None else band.value


def _proposed(db: Session) -> set[tuple[int, int]]:
    """Who was ever proposed for which offer."""
    rows = db.execute(
        columns(col(RankingDecision.offer_id), col(RankingDecision.candidate_id)).where(
            col(RankingDecision.step) == RankingStep.PROPOSED
        )
    )
    return {(offer_id, candidate_id) for offer_id, candidate_id in rows}


def _counts(
    rows: Any, group: Callable[[Any], str], runs: Mapping[int, int], proposed: set[tuple[int, int]]
) -> list[GroupCount]:
    considered: Counter[str] = Counter()
    selected: Counter[str] = Counter()
    for row in rows:
        considered[group(row)] += 1
        selected[group(row)] += (runs[row.run_id], row.candidate_id) in proposed
    return [GroupCount(name, count, selected[name]) for name, count in considered.items()]


def _places(rows: Any, group: Callable[[Any], str]) -> list[tuple[str, int, int]]:
    counted = Counter((group(row), row.rank) for row in rows)
    return [(name, rank, count) for (name, rank), count in counted.items()]
