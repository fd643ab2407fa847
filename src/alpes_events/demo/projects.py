"""What people of the demonstration look for: some said much, some little, one does not want to be ranked."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.demo.accounts import KNOWN
from alpes_events.demo.scene import Scene
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.project import ProjectDraft, WorkDone
from alpes_events.hiring.projects import keep_project, object_to_ranking
from alpes_events.hiring.ranking import rank_for_offer
from alpes_events.hiring.ranking_rows import RunCause
from alpes_events.people.models import Candidate
from alpes_matching.ranking import Level, Licence, Mode, WorkTime

_PEOPLE = 60
_ONE_JOB = 0.6
_NOT_ASKED = 0.4
_OF_KNOWN = ProjectDraft(
    titles=("Préparatrice de commandes", "Vendeuse en boulangerie"),
    rome_codes=("N1103", "D1106"),
    skills=("Lire un bon de commande", "Accueillir un client"),
    experience=(WorkDone("Préparatrice de commandes", 14, "N1103"),),
    training_level=3,
    licences=(Licence.B,),
    travel_kilometres=12,
    travel_modes=(Mode.CAR,),
    most_weekly_minutes=35 * 60,
    contracts=(ContractKind.CDI, ContractKind.CDD),
)
"""What the candidate who has an account looks for."""


def look_for_work(db: Session, scene: Scene, jobs: list[dict[str, Any]], offers: list[int]) -> None:
    """Give some people of the file a project, and rank them for the first of the offers."""
    random = Random(f"projects {scene.now:%Y-%m-%d}")  # noqa: S311 (invented people, not secrets)
    people = db.exec(
        select(Candidate.id, Candidate.email).where(
            col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None)
        )
    ).all()
    at = scene.now - timedelta(hours=20)
    for candidate_id in (number for number, email in people if email == KNOWN.email):
        keep_project(db, candidate_id or 0, _OF_KNOWN, now=at, account_id=None)
    others = sorted(number or 0 for number, email in people if email != KNOWN.email)
    for number, candidate_id in enumerate(random.sample(others, _PEOPLE)):
        keep_project(db, candidate_id, _project(random, jobs), now=at, account_id=None)
        if number == 0:
            object_to_ranking(db, candidate_id, objects=True, now=at, account_id=None)
    now = scene.now - timedelta(hours=1)
    rank_for_offer(db, offers[0], today=now.date(), now=now, account_id=scene.coordinator, cause=RunCause.ASKED)


def _project(random: Random, jobs: list[dict[str, Any]]) -> ProjectDraft:
    job, other = random.sample(jobs, 2)
    wanted = [job] if random.random() < _ONE_JOB else [job, other]
    skills = job["required"] + job["desirable"]
    return ProjectDraft(
        titles=tuple(one["title"] for one in wanted),
        rome_codes=tuple(one["rome"] for one in wanted),
        skills=tuple(random.sample(skills, random.randint(0, min(2, len(skills))))),
        experience=_experience(random, job),
        training_level=random.choice((None, 2, 3, 3, 4, 5)),
        licences=random.choice((None, (), (Licence.B,), (Licence.B,))),
        travel_minutes=None,
        travel_kilometres=random.choice((None, 5, 10, 15, 25)),
        travel_modes=random.choice(((), (Mode.TRANSIT,), (Mode.CAR,), (Mode.BICYCLE, Mode.TRANSIT))),
        least_weekly_minutes=random.choice((None, 20 * 60, 28 * 60)),
        most_weekly_minutes=random.choice((None, 35 * 60, 39 * 60)),
        work_times=random.choice(((), (WorkTime.DAY,), (WorkTime.DAY, WorkTime.EVENING, WorkTime.WEEKEND))),
        contracts=random.choice(((), (ContractKind.CDI,), (ContractKind.CDI, ContractKind.CDD))),
        languages=random.choice(((), (("fr", Level.B2),), (("fr", Level.C1), ("en", Level.A2)))),
    )


def _experience(random: Random, job: dict[str, Any]) -> tuple[WorkDone, ...] | None:
    if random.random() < _NOT_ASKED:
        return None
    return (WorkDone(job["title"], random.randint(2, 90), job["rome"]),)
