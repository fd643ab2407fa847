"""A plan across lots of the social clause, from the rows to the draft: seconds of each part, and memory.

Run: `make bench-clause_plan`. Options: `[--lots N] [--people N]`, 50 and 500 unless told otherwise. Prints one JSON
object for each database. Lots and people are invented: a contract for each lot, an offer that says its work, one proof
and one project for each person.

- `read`: the question, with gates and rankings; `search`: the planner, in whole weeks; `keep`: runs and draft.
- `page`: the plan read for its page.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from alpes_events.clause.planning.plan_keeping import keep_plan
from alpes_events.clause.planning.planning import answer, question_of
from alpes_events.hiring.project import ProjectDraft
from alpes_web.staff.plan_page import shown_plan
from bench.machine import about
from tests.support.clause import a_site
from tests.support.clause_people import TODAY, a_job, looks_for
from tests.support.databases import ENGINES, Templates
from tests.support.stories import NOW, an_organisation

ROME = ("F1703", "F1702", "F1606", "K2204", "A1203", "F1603", "I1203", "N1103")
CODES = ("RSA", "QPV")


def main() -> int:
    """Measure on each engine."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        templates = Templates(Path(folder))
        for engine in ENGINES:
            with templates.fresh(engine, an_organisation) as database:
                with database.writing() as db:
                    _fill(db, chosen.lots, chosen.people)
                    db.commit()
                times = [time.perf_counter()]
                with database.reading() as db:
                    question = question_of(db, on=TODAY, now=NOW, account_id=None)
                times.append(time.perf_counter())
                found = answer(question)
                times.append(time.perf_counter())
                with database.writing() as db:
                    plan = keep_plan(db, found, now=NOW, account_id=None)
                    db.commit()
                    figures = dict(plan.figures)
                    times.append(time.perf_counter())
                    shown_plan(db, plan, by_person=False)
                times.append(time.perf_counter())
                parts = zip(("read", "search", "keep", "page"), times, times[1:], strict=False)
                report = about(database) | {"lots": chosen.lots, "people": chosen.people}
                report |= {name: round(end - start, 2) for name, start, end in parts}
                report |= {name: figures[name] for name in ("due", "reached", "credited", "bound", "placed")}
                report["stints"] = len(found.stints)
                report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    return 0


def _fill(db: Session, lots: int, people: int) -> None:
    chance = random.Random(1)
    for number in range(lots):
        site = a_site(db, number, owed=chance.randrange(100, 1500) * 60)
        a_job(db, site, title=f"Poste {number}", rome_code=chance.choice(ROME))
    for number in range(people):
        project = ProjectDraft(
            rome_codes=(chance.choice(ROME),),
            most_weekly_minutes=chance.choice((None, 1200, 1560, 2100)),
            available_on=date(2026, 3, 2) + timedelta(days=chance.randrange(90)),
        )
        looks_for(db, number, project, code=chance.choice(CODES))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=50)
    parser.add_argument("--people", type=int, default=500)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
