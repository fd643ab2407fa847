"""What waits in the demonstration’s clause: last month's declarations, and people who could be placed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.clause.months import last_day, month_of, next_month
from alpes_events.clause.placing.jobs import add_job
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, LineState
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.companies.contacts import ContactDraft, find_or_add_contact
from alpes_events.companies.models import ContactRole
from alpes_events.demo.clause_hours import MonthDone, a_declaration, keep_hours
from alpes_events.demo.clause_people import prove
from alpes_events.demo.clause_sites import LotPlace, at_nine
from alpes_events.demo.clause_year import said_of_the_clause
from alpes_events.demo.people import address_of
from alpes_events.demo.scene import Scene
from alpes_events.demo.stands import invented_person
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.project_rows import JobProject
from alpes_events.messages.declaration_mail import send_link

_FOUND = 18
"""So many people who look for work have a proof."""


def last_month(db: Session, scene: Scene, done: list[MonthDone], way: str) -> None:
    """The declarations of last month: sent and not decided on, begun and not sent (the link was mailed), or missing."""
    if way == "sent":
        keep_hours(db, scene, done, decided=False)
    if way == "written" and done:
        opened_at = min(at_nine(next_month(done[0].month)), scene.now)
        declaration_id = a_declaration(db, done[0].place.company_id, done[0].month, at=opened_at, sent_at=None)
        for one in done[:2]:
            line = DeclaredLine(
                declaration_id=declaration_id,
                employment_id=one.employment_id,
                from_on=one.month,
                until_on=last_day(one.month),
                minutes=one.minutes,
                way=DeclarationWay.LINK,
                state=LineState.WRITTEN,
                written_at=opened_at,
            )
            db.add(line)
        db.flush()
        send_link(db, declaration_id, now=scene.now)


def somebody_to_ask(db: Session, scene: Scene, company_id: int, name: str, *, at: datetime) -> None:
    """Who at a company gets the link of its months: the same name gives the same person."""
    chance = Random(name)  # noqa: S311 (an invented person)
    given, family = invented_person(chance)
    address = address_of(given, family, chance.randrange(100, 1000))
    contact = ContactDraft(family, given, address, role=ContactRole.HUMAN_RESOURCES)
    find_or_add_contact(db, company_id, contact, now=at, account_id=scene.facilitator)


def _job(place: LotPlace) -> Mapping[str, Any]:
    trades = said_of_the_clause()["trades"]
    found: Mapping[str, Any] = next(one["job"] for one in trades if one["rome"] == place.rome_code)
    return found


def _looks_for(db: Session, project: JobProject, place: LotPlace) -> None:
    """Somebody would do the work of this lot too, and can do some of it."""
    project.rome_codes = [*project.rome_codes, place.rome_code]
    project.titles = [*project.titles, _job(place)["title"]]
    project.skills = [*project.skills, *_job(place)["required"]]
    db.add(project)


def _describe(db: Session, scene: Scene, place: LotPlace) -> None:
    """The work of a lot as a draft of its company."""
    said = _job(place)
    starts_on = month_of(next_month(month_of(scene.now.date())))
    job = OfferDraft(
        title=said["title"],
        contract=ContractKind.CDD,
        company_id=place.company_id,
        rome_code=place.rome_code,
        contract_months=6,
        weekly_minutes=28 * 60,
        required_skills=tuple(said["required"]),
        desirable_skills=tuple(said["desirable"]),
        experience_months=0,
        starts_on=starts_on,
    )
    offer_id = add_offer(db, job, now=scene.now - timedelta(days=3), account_id=scene.facilitator)
    add_job(db, place.lot_id, offer_id, now=scene.now - timedelta(days=3), account_id=scene.facilitator)


def people_to_find(db: Session, scene: Scene, random: Random, lots: list[LotPlace]) -> None:
    """People who look for work brought a proof, two of them are proposed; each lot says what its work is."""
    projects = db.exec(select(JobProject).where(col(JobProject.objected_at).is_(None))).all()
    looking = sorted(project.candidate_id for project in projects if project.rome_codes)
    found = random.sample(looking, min(_FOUND, len(looking)))
    for candidate_id in found:
        code = random.choice(("RSA", "DELD", "QPV", "ML", "PLIE", "OETH"))
        issued_on = scene.now.date() - timedelta(days=random.randint(3, 50))
        prove(db, scene, candidate_id, code, issued_on=issued_on)
    for place in lots:
        _describe(db, scene, place)
    by_person = {project.candidate_id: project for project in projects}
    for number, candidate_id in enumerate(found[2:14]):
        _looks_for(db, by_person[candidate_id], lots[number % len(lots)])
    for candidate_id in found[:2]:
        proposed = Placement(
            candidate_id=candidate_id,
            lot_id=lots[1].lot_id,
            company_id=lots[1].company_id,
            state=PlacementState.PROPOSED,
            created_at=scene.now - timedelta(days=1),
            created_by=scene.facilitator,
            moved_at=scene.now - timedelta(days=1),
        )
        db.add(proposed)
