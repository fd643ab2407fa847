"""Recruitment in the demonstration: 2023 as published, row by row, and the offers of these weeks with applications."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.demo.companies import exhibitors
from alpes_events.demo.plan import data_text
from alpes_events.demo.projects import look_for_work
from alpes_events.demo.scene import Scene
from alpes_events.demo.temporary_work import sign_temporary_work
from alpes_events.hiring.applying import ApplicationForm, apply_for, move_application
from alpes_events.hiring.codes import ApplicationState, ContractKind, OfferState, PayPeriod, Proposer, TrainingKind
from alpes_events.hiring.commands import add_offer, end_offer, publish_offer
from alpes_events.hiring.hires import HireDraft, count_hires
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.operations import OperationDraft, SessionCount, add_operation, add_session, end_operation
from alpes_events.people.models import Candidate
from alpes_events.territory.communes import bundled_communes

_COMPANIES = 40
_NOW_SHOWN = 28
_NINE = time(9)
_OTHERS = (ContractKind.CDD, ContractKind.TEMPORARY, ContractKind.APPRENTICESHIP, ContractKind.PROFESSIONALISATION)


def recruit(db: Session, scene: Scene) -> None:
    """Write the recruitment of 2023 and of these weeks, by the platform's own commands, each at its time."""
    said = tomllib.loads(data_text("hiring.toml"))
    random = Random(f"hiring {scene.now:%Y-%m-%d}")  # noqa: S311 (invented offers, not secrets)
    companies = _companies(db, scene, random)
    for operation in said["operations_2023"]:
        _operation(db, scene, operation)
    _offers_of_2023(db, scene, random, companies, said)
    sign_temporary_work(db, scene, random, said["temporary_work_2023"])
    shown = [_offer_now(db, scene, random, companies, said["jobs"], number) for number in range(_NOW_SHOWN)]
    _drafts(db, scene, companies, said["jobs"])
    _applications(db, scene, random, shown)
    look_for_work(db, scene, said["jobs"], shown)


def _companies(db: Session, scene: Scene, random: Random) -> list[int]:
    drafts = exhibitors(
        random, count=_COMPANIES, sector="everything", members=scene.members, in_territory=_COMPANIES // 4
    )
    return [
        find_or_add_company(
            db,
            CompanyDraft(draft.name),
            EstablishmentDraft(insee_code=draft.insee_code),
            now=_at(date(2023, 1, 2)),
            account_id=scene.coordinator,
        )
        for draft in drafts
    ]


def _operation(db: Session, scene: Scene, said: dict[str, Any]) -> None:
    day, by = said["day"], scene.coordinator
    place = EstablishmentDraft(insee_code=said.get("commune"))
    company_id = find_or_add_company(db, CompanyDraft(said["company"]), place, now=_at(day), account_id=by)
    draft = OperationDraft(
        company_id=company_id,
        name=said["name"],
        starts_on=day,
        insee_code=said.get("commune"),
        planned_count=said.get("planned"),
        training=TrainingKind(said["training"]) if "training" in said else None,
    )
    operation_id = add_operation(db, draft, now=_at(day), account_id=by)
    for number, heads in enumerate(said.get("sessions", [])):
        held_on = day + timedelta(days=14 * number)
        count = SessionCount(held_on, heads["candidates"], heads["territory"])
        add_session(db, operation_id, count, now=_at(held_on), account_id=by)
    for signed in said.get("hires", []):
        _sign(db, operation_id, signed, day + timedelta(days=30), by=by)
    end_operation(db, operation_id, over=True, now=_at(date(2023, 12, 29)), account_id=by)


def _sign(db: Session, operation_id: int, signed: dict[str, Any], day: date, *, by: int) -> None:
    months = signed.get("months")
    draft = HireDraft(
        contract=ContractKind(signed["contract"]),
        signed_on=day,
        starts_on=day,
        ends_on=day + timedelta(days=30 * months) if months else None,
        training=TrainingKind(signed["training"]) if "training" in signed else None,
    )
    for name, inside in (("inside", True), ("outside", False), ("unknown", None)):
        if count := signed.get(name, 0):
            count_hires(db, operation_id, draft, count=count, in_territory=inside, now=_at(day), account_id=by)


def _offers_of_2023(db: Session, scene: Scene, random: Random, companies: list[int], said: dict[str, Any]) -> None:
    """So many offers, so many of the territory, so many CDI: which is which is chance."""
    published = said["offers_2023"]
    count, inside, permanent = published["published"], published["territory"], published["cdi"]
    places = [True] * inside + [False] * (count - inside)
    contracts = [ContractKind.CDI] * permanent + [random.choice(_OTHERS) for _ in range(count - permanent)]
    random.shuffle(places)
    random.shuffle(contracts)
    for number, (of_territory, contract) in enumerate(zip(places, contracts, strict=True)):
        job = said["jobs"][number % len(said["jobs"])]
        day = date(2023, 1, 3) + timedelta(days=number * 360 // count)
        draft = _draft(job, random.choice(companies), contract=contract, commune=_commune(scene, random, of_territory))
        offer_id = add_offer(db, draft, now=_at(day), account_id=scene.coordinator)
        publish_offer(db, offer_id, now=_at(day), account_id=scene.coordinator)
        ended = OfferState.FILLED if random.random() < 0.6 else OfferState.EXPIRED  # noqa: PLR2004 (a share)
        end_offer(db, offer_id, ended, now=_at(day + timedelta(days=40)), account_id=scene.coordinator)


def _offer_now(
    db: Session, scene: Scene, random: Random, companies: list[int], jobs: list[dict[str, Any]], number: int
) -> int:
    contract = ContractKind.CDI if number % 3 else random.choice(_OTHERS)
    since = scene.now - timedelta(days=number, hours=2)
    draft = _draft(
        jobs[number % len(jobs)],
        companies[number % len(companies)],
        contract=contract,
        commune=_commune(scene, random, number % 2 == 0),
        closes_on=scene.now.date() + timedelta(days=10 + number),
        starts_on=scene.now.date() + timedelta(days=20 + number),
        place_count=1 + (number % 4 == 0) * 2,
    )
    offer_id = add_offer(db, draft, now=since, account_id=scene.coordinator)
    publish_offer(db, offer_id, now=since, account_id=scene.coordinator)
    return offer_id


def _drafts(db: Session, scene: Scene, companies: list[int], jobs: list[dict[str, Any]]) -> None:
    """Two drafts to be read over: one has wordings that the law forbids."""
    doubtful = OfferDraft(
        title="Vendeuse en prêt-à-porter",
        contract=ContractKind.CDI,
        company_id=companies[0],
        description="Vous rejoignez une équipe jeune et dynamique.\n\nExcellente présentation, français langue "
        "maternelle. Vous habitez à Lambersart ou tout près.",
        weekly_minutes=35 * 60,
    )
    add_offer(db, doubtful, now=scene.now - timedelta(hours=3), account_id=scene.coordinator)
    draft = _draft(jobs[0], companies[1], contract=ContractKind.CDI, commune="59328")
    add_offer(db, draft, now=scene.now - timedelta(hours=2), account_id=scene.coordinator)


def _applications(db: Session, scene: Scene, random: Random, offers: list[int]) -> None:
    people = db.exec(
        select(Candidate.id).where(col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
    ).all()
    advisors = scene.advisors
    for number, candidate_id in enumerate(random.sample(sorted(one or 0 for one in people), 30)):
        by_advisor = number % 3 == 0
        form = ApplicationForm(
            offer_id=offers[number % 12],
            candidate_id=candidate_id,
            proposer=Proposer.ADVISOR if by_advisor else Proposer.SELF,
            message="Je peux commencer tout de suite, et j’ai déjà travaillé six mois dans ce métier.",
            account_id=advisors[number % len(advisors)] if by_advisor else None,
        )
        application_id = apply_for(db, form, now=scene.now - timedelta(hours=1 + number))
        if number % 4 == 1:
            moved = ApplicationState.IN_PROGRESS if number % 8 == 1 else ApplicationState.SHORTLISTED
            move_application(
                db, application_id, moved, now=scene.now - timedelta(minutes=30), account_id=scene.coordinator
            )


def _draft(job: dict[str, Any], company_id: int, *, contract: ContractKind, commune: str, **more: Any) -> OfferDraft:
    low, high, period = job["pay"]
    return OfferDraft(
        title=job["title"],
        contract=contract,
        company_id=company_id,
        rome_code=job["rome"],
        contract_months=None if contract is ContractKind.CDI else 6,
        weekly_minutes=job["week"] * 60,
        insee_code=commune,
        schedule=job["schedule"],
        pay_min_cents=low,
        pay_max_cents=high,
        pay_period=PayPeriod(period),
        description=job["description"],
        required_skills=tuple(job["required"]),
        desirable_skills=tuple(job["desirable"]),
        experience_months=job.get("experience"),
        training_level=job.get("level"),
        licence=job.get("licence", ""),
        languages=tuple(job.get("languages", ())),
        **more,
    )


def _commune(scene: Scene, random: Random, of_territory: bool) -> str:
    codes = [one.insee_code for one in bundled_communes() if (one.insee_code in scene.members) is of_territory]
    return random.choice(codes)


def _at(day: date) -> datetime:
    return datetime.combine(day, _NINE, tzinfo=UTC)
