"""The social clause of the demonstration: 2023 as published, counted from its ledger, and what runs today."""

from random import Random

from sqlmodel import Session

from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.demo.clause_hours import MonthDone, keep_hours
from alpes_events.demo.clause_now import run_now
from alpes_events.demo.clause_people import employ, workers_of_2023
from alpes_events.demo.clause_sites import sites_of_2023
from alpes_events.demo.clause_year import said_of_the_clause, stints_of_2023
from alpes_events.demo.scene import Scene
from alpes_events.journal.commands import old_news

_ONE_WRONG, _WRONG_BY = 40, 7 * 60
"""One month in forty was validated seven hours too high at first."""


def keep_the_clause(db: Session, scene: Scene) -> None:
    """Write the contracts, the people and the hours of 2023, then those of these months."""
    random = Random(f"clause {scene.now:%Y-%m-%d}")  # noqa: S311 (invented people, not secrets)
    with old_news(db):
        _play_2023(db, scene, random)
        run_now(db, scene, random)
    db.flush()


def _play_2023(db: Session, scene: Scene, random: Random) -> None:
    figures = said_of_the_clause()["matrix_2023"]
    sites = sites_of_2023(db, scene, random, stints_of_2023())
    people = workers_of_2023(db, scene, random, residents=figures["residents"], others=figures["others"])
    employments = employ(db, scene, random, people, sites)
    done = []
    for stint, (place, _last) in sites.items():
        candidate_id, _person = people[0 if stint.resident else 1][stint.person]
        for month, minutes in zip(stint.months, stint.minutes, strict=True):
            wrong = minutes + _WRONG_BY if random.randrange(_ONE_WRONG) == 0 else 0
            done.append(
                MonthDone(
                    place, employments[stint], candidate_id, month, minutes, starts_on=stint.months[0], wrong=wrong
                )
            )
    keep_hours(db, scene, done)
    for contract_id in sorted({place.contract_id for place, _last in sites.values()}):
        _close(db, scene, contract_id)


def _close(db: Session, scene: Scene, contract_id: int) -> None:
    """The accounts of a contract that ended are closed."""
    contract = db.get_one(PublicContract, contract_id)
    if contract.ends_on is not None and contract.ends_on < scene.now.date():
        contract.closed_on = contract.ends_on
        db.add(contract)
