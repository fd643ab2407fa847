"""Temporary work in the demonstration: so many persons who signed so many contracts, as published for 2023."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.demo.scene import Scene
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hires import HireDraft, hire_person
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate

_FIRST = date(2023, 1, 9)
_DAYS = 340
_NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


def sign_temporary_work(db: Session, scene: Scene, random: Random, said: dict[str, Any]) -> None:
    """Write the contracts of the temporary-work agencies: each person has one at least, the others fall by chance."""
    agencies = [
        find_or_add_company(db, CompanyDraft(name), EstablishmentDraft(), now=_at(_FIRST), account_id=scene.coordinator)
        for name in said["agencies"]
    ]
    people = _people(db, scene, said["persons"])
    signers = [*people, *random.choices(people, k=said["contracts"] - len(people))]
    days = sorted(_FIRST + timedelta(days=random.randrange(_DAYS)) for _ in signers)
    random.shuffle(signers)
    for person_id, day in zip(signers, days, strict=True):
        length = timedelta(days=random.choice((1, 2, 4, 5, 12, 26)))
        hire_person(
            db,
            person_id,
            HireDraft(ContractKind.TEMPORARY, signed_on=day, starts_on=day, ends_on=day + length),
            company_id=random.choice(agencies),
            now=_at(day),
            account_id=scene.coordinator,
        )


def _people(db: Session, scene: Scene, count: int) -> list[int]:
    """People who were known then, and as many more as it takes."""
    known = db.exec(
        select(Candidate.id)
        .where(col(Candidate.created_at) < _NEW_YEAR, col(Candidate.merged_into).is_(None))
        .order_by(col(Candidate.id))
    ).all()
    found = [one for one in known if one is not None][:count]
    return [*found, *_newcomers(db, scene, count - len(found))]


def _newcomers(db: Session, scene: Scene, count: int) -> Iterator[int]:
    crowd = scene.inventor.crowd(residents=count // 2, others=count - count // 2)
    for person in (*crowd.residents, *crowd.others):
        yield find_or_create_candidate(db, person, now=_at(_FIRST), account_id=scene.coordinator)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
