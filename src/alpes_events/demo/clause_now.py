"""The clause around the day of the demonstration: contracts that run, declarations that wait, proofs about to lapse."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlmodel import Session

from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft, OperationDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.records import add_contract, add_lot, add_operation
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.ledger.hours import plan_hours
from alpes_events.clause.months import last_day, month_of, months_between, next_month
from alpes_events.clause.tables.contract_rows import ClauseTarget, ObligationKind
from alpes_events.clause.tables.employment_rows import EmploymentMode
from alpes_events.demo.clause_hours import MonthDone, keep_hours
from alpes_events.demo.clause_people import criterion_of, prove, workers
from alpes_events.demo.clause_sites import LotPlace, at_nine, authority_of, commune_inside, company_of
from alpes_events.demo.clause_waiting import last_month, people_to_find, somebody_to_ask
from alpes_events.demo.clause_year import said_of_the_clause
from alpes_events.demo.door import spread
from alpes_events.demo.scene import Scene
from alpes_events.people.identity import PersonIn

_QUARTER, _HOUR = 15, 60
_LAPSES = (10, 13, 45, 58)
"""In so many days the proofs of some of those who work lapse."""


def run_now(db: Session, scene: Scene, random: Random) -> None:
    """Write what runs: one contract late, one in time, one nearly done; and people who could be placed."""
    lapses = iter(_LAPSES)
    lots = []
    for running in said_of_the_clause()["running"]:
        contract_id, first = _contract(db, scene, random, running)
        for position, said in enumerate(running["lots"], start=1):
            place = _lot(db, scene, contract_id, position, said, running, first=first)
            lots.append(place)
            _work(db, scene, random, place, said, first=first, lapses_in=next(lapses, None))
    people_to_find(db, scene, random, lots)


def month_from(day: date, months: int) -> date:
    """The first day of the month so many months after (before, when negative) that of a day."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _contract(db: Session, scene: Scene, random: Random, said: Mapping[str, Any]) -> tuple[int, date]:
    today, by = scene.now.date(), scene.facilitator
    first = month_from(today, said["first"])
    now = at_nine(first - timedelta(days=30))
    operation = OperationDraft(
        authority_of(db, scene, said["authority"], on=first),
        said["operation"],
        insee_code=commune_inside(random, scene, said["inside"]),
    )
    operation_id = add_operation(db, operation, today=first, now=now, account_id=by)
    contract = ContractDraft(
        operation_id,
        said["reference"],
        first,
        ends_on=last_day(month_from(today, said["last"])),
        publics=list(said_of_the_clause()["publics"]["accepted"]),
        eligibility_months=said["eligibility"],
        penalty_cents=said["penalty"] * 100 if "penalty" in said else None,
    )
    return add_contract(db, contract, now=now, account_id=by), first


def _lot(
    db: Session,
    scene: Scene,
    contract_id: int,
    position: int,
    said: Mapping[str, Any],
    running: Mapping[str, Any],
    *,
    first: date,
) -> LotPlace:
    now, by = at_nine(first - timedelta(days=29)), scene.facilitator
    trade = next(one for one in said_of_the_clause()["trades"] if one["name"] == said["trade"])
    company_id = company_of(db, scene, f"{said['trade']} {said['owner']}", on=first)
    somebody_to_ask(db, scene, company_id, f"{said['trade']} {said['owner']}", at=now)
    lot_id = add_lot(db, contract_id, LotDraft(str(position), trade["lot"]), now=now, account_id=by)
    add_lot_company(db, lot_id, company_id, now=now, account_id=by)
    owed = ObligationDraft(ObligationKind.INITIAL, first, said["owed"] * _HOUR, document="Acte d’engagement")
    record_obligation(db, lot_id, owed, now=now, account_id=by)
    if position == 1:
        for target in running["targets"]:
            due_on = last_day(month_from(scene.now.date(), target["month"]))
            db.add(ClauseTarget(lot_id=lot_id, due_on=due_on, minutes=target["hours"] * _HOUR, set_at=now))
    return LotPlace(contract_id, lot_id, company_id, trade["rome"])


def _work(
    db: Session,
    scene: Scene,
    random: Random,
    place: LotPlace,
    said: Mapping[str, Any],
    *,
    first: date,
    lapses_in: int | None,
) -> None:
    """People work on the lot since it began; last month is declared, written and not sent, or missing."""
    last = month_from(scene.now.date(), -1)
    crowd = scene.inventor.crowd(residents=said["people"] - 1, others=1)
    people = workers(db, scene, random, (*crowd.residents, *crowd.others), since=first)
    employed = [
        _employed(db, scene, random, place, who, first=first, number=number) for number, who in enumerate(people)
    ]
    if lapses_in is not None:
        code, candidate_id = random.choice(("RSA", "DELD", "QPV")), employed[0][1]
        lapses_on = scene.now.date() + timedelta(days=lapses_in)
        prove(db, scene, candidate_id, code, issued_on=lapses_on - timedelta(days=88), valid_until=lapses_on)
    done = _done(random, place, employed, said, until=last)
    keep_hours(db, scene, [one for one in done if one.month < last])
    last_month(db, scene, [one for one in done if one.month == last], said["declares"])
    for employment_id, _candidate_id, _starts_on in employed[1:3]:
        ahead = [scene.now.date(), next_month(scene.now.date())]
        planned = {month_of(month): 80 * _HOUR for month in ahead}
        plan_hours(db, employment_id, planned, now=scene.now, account_id=scene.facilitator)


def _employed(
    db: Session,
    scene: Scene,
    random: Random,
    place: LotPlace,
    who: tuple[int, PersonIn],
    *,
    first: date,
    number: int,
) -> tuple[int, int, date]:
    """Somebody is hired: the first ones when the contract began, the others later. Gives ids and the first day."""
    candidate_id, person = who
    months = max(1, (scene.now.year - first.year) * 12 + scene.now.month - first.month - 1)
    starts_on = month_from(first, min(number, months) if number else 0)
    code = criterion_of(random, person, on=starts_on) or "RSA"
    prove(db, scene, candidate_id, code, issued_on=starts_on - timedelta(days=20))
    draft = EmploymentDraft(
        candidate_id=candidate_id,
        lot_id=place.lot_id,
        company_id=place.company_id,
        starts_on=starts_on,
        mode=random.choice((EmploymentMode.CDD, EmploymentMode.TEMPORARY, EmploymentMode.PROFESSIONALISATION)),
        rome_code=place.rome_code,
        weekly_minutes=28 * _HOUR,
        criterion_code=code,
    )
    employment_id = note_employment(db, draft, now=at_nine(starts_on), account_id=scene.facilitator)
    return employment_id, candidate_id, starts_on


def _done(
    random: Random,
    place: LotPlace,
    employed: list[tuple[int, int, date]],
    said: Mapping[str, Any],
    *,
    until: date,
) -> list[MonthDone]:
    """The share of what the lot owes, spread over the months of those who work there."""
    stays = [(who, month) for who in employed for month in months_between(who[2], until)]
    weights = [random.uniform(0.7, 1.0) for _stay in stays]
    total = int(said["owed"] * said["share"]) * _HOUR // _QUARTER
    return [
        MonthDone(place, employment_id, candidate_id, month, share * _QUARTER, starts_on)
        for ((employment_id, candidate_id, starts_on), month), share in zip(stays, spread(total, weights), strict=True)
    ]
