"""Capped sign-ups over HTTP: how many a second, and is anything oversold, lost or out of turn?

Run: `make bench-sign_ups` (`ARGS=--quick`). Options: `[--trials N] [--seed N] [--quick]`. Prints one JSON object for
each database and number of client processes, and ends with 1 if a law was broken.

A trial is an event of k places for which n > k people race: all client processes send its sign-up form at the same
moment, each person from an address and by a connection of their own. The site is `alpes serve` as in production (limits
by address counted, forms with their token), and PostgreSQL waits for its disk. *Timed* is one request for each sign-up:
the form sent, until the site answers where the ticket stands, when the sign-up is committed. Opening the form (once for
each process, whose people share its token) and reading the ticket (each one, afterwards) stand outside; `whole_visit`
times all three requests, on some more trials.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.agenda.commands import the_event
from alpes_events.database.engine import Database
from bench.contenders import Contender, Contenders, Said
from bench.judged import Judgement, Raced, judge
from bench.machine import about, middle, percentiles
from bench.served import serving
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_event, an_organisation

PROCESSES = (4, 16)
CONTENDERS = 16
FEWEST_PLACES, MOST_PLACES = 9, 15
TRIALS_A_RUN = 50
VISITS = 0.03
"""So many more trials, for each trial, are run as whole visits."""
TIMED = "1 request a sign-up (the form sent, until the answer after the commit); whole visits: 3"

Races = list[tuple[Raced, list[Said]]]


@dataclass(frozen=True)
class Plan:
    """What one measurement does: so many trials, all drawn from one seed."""

    processes: int
    trials: int
    seed: int


def main() -> int:
    """Race, judge, print, for each database and number of client processes."""
    chosen = _chosen()
    broken = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        templates = Templates(Path(folder), durable=True)
        for engine in chosen.database:
            for processes in chosen.processes:
                plan = Plan(processes, 20 if chosen.quick else chosen.trials, chosen.seed)
                with templates.fresh(engine, an_organisation) as database:
                    report, judgement = measure(database, plan)
                print(json.dumps(report, ensure_ascii=False), flush=True)
                broken += judgement.broken
    return int(broken > 0)


def measure(database: Database, plan: Plan) -> tuple[dict[str, object], Judgement]:
    """All the trials of one plan: the report, and what it says of the laws."""
    visits = max(1, round(plan.trials * VISITS))
    trials = announce(database, plan.trials + visits + 1, chance=random.Random(plan.seed))
    warm, visited, raced = trials[:1], trials[1 : visits + 1], trials[visits + 1 :]
    with serving(database) as site:
        contenders = Contenders(plan.processes, port=site.port, slug=warm[0].contenders[0].slug)
        _race(contenders, warm, whole=True)  # the first pages compile their templates
        before = site.cpu_seconds()
        runs = [_race(contenders, raced[start : start + TRIALS_A_RUN]) for start in range(0, len(raced), TRIALS_A_RUN)]
        cpu_ms = (site.cpu_seconds() - before) * 1000 / (len(raced) * CONTENDERS)
        whole = _race(contenders, visited, whole=True)
        memory = site.memory_mb()
        contenders.stop()
    judgement = judge(database, [one for run in (*runs, whole) for one in run])
    facts = {"clients": plan.processes, "trials": len(raced), "contenders": CONTENDERS, "seed": plan.seed}
    costs = {"site_cpu_ms_a_sign_up_and_its_ticket": round(cpu_ms, 1), "memory_mb": memory}
    return about(database) | facts | _speeds(runs, whole) | asdict(judgement) | costs, judgement


def announce(database: Database, count: int, *, chance: random.Random) -> list[Raced]:
    """Publish so many events, and draw for each how many places it has and who wants one. Most come to several."""
    now = datetime.now(tz=UTC)
    with database.writing() as db:
        trials = []
        for number in range(count):
            starts_at = now + timedelta(days=30, hours=number)
            capacity = chance.randint(FEWEST_PLACES, MOST_PLACES)
            event_id = an_event(
                db,
                capacity=capacity,
                now=now,
                title=f"Job dating {number}",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=3),
            )
            people = chance.sample(range(CONTENDERS * max(count // 4, 2)), CONTENDERS)
            slug = the_event(db, event_id).slug
            wanted = (Contender(slug, one, str(UUID(int=chance.getrandbits(128), version=4))) for one in people)
            trials.append(Raced(event_id, capacity, tuple(wanted)))
        db.commit()
    return trials


def _race(contenders: Contenders, trials: Sequence[Raced], *, whole: bool = False) -> Races:
    told = contenders.run([raced.contenders for raced in trials], whole=whole)
    return list(zip(trials, told, strict=True))


def _speeds(runs: Sequence[Races], whole: Races) -> dict[str, object]:
    placed, answered = ([_a_second(run, only_placed=only) for run in runs] for only in (True, False))
    waits = [(said.ended_at - said.began_at) * 1000 for run in runs for _, told in run for said in told]
    return {
        "timed": TIMED,
        "runs": len(runs),
        "accepted_per_s": middle(placed),
        "answered_per_s": middle(answered),
        "answer_ms": percentiles(waits),
        "whole_visit_per_s": round(_a_second(whole, only_placed=False), 1),
        "accepted": sum(bool(said.placed) for said in _everyone(runs)),
        "waiting": sum(said.placed is False for said in _everyone(runs)),
    }


def _a_second(run: Races, *, only_placed: bool) -> float:
    """People who got a place (or all who were answered) for each second that races lasted."""
    lasted = sum(max(said.ended_at for said in told) - min(said.began_at for said in told) for _, told in run)
    return sum(bool(said.placed) or not only_placed for _, told in run for said in told) / lasted


def _everyone(runs: Sequence[Races]) -> Iterator[Said]:
    return (said for run in runs for _, told in run for said in told)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--trials", type=int, default=1_000, help="events raced for (default: 1000)")
    parser.add_argument("--seed", type=int, default=2026, help="what places and people are drawn from")
    parser.add_argument("--quick", action="store_true", help="20 trials each, to see that it runs")
    parser.add_argument("--processes", type=int, nargs="+", default=PROCESSES, help="client processes (default: 4 16)")
    parser.add_argument("--database", nargs="+", choices=ENGINES, default=ENGINES, help="default: both")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
