"""Building the demonstration: the organisation, 2023 as published, and the weeks around today."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.seed import seed_series
from alpes_events.agenda.venues import VenueDraft
from alpes_events.database.engine import Database
from alpes_events.demo.accounts import KNOWN, DemoAccounts, Staff, add_guests, add_staff, demo_accounts
from alpes_events.demo.clause import keep_the_clause
from alpes_events.demo.desk import lay_the_desk
from alpes_events.demo.employers import add_employers
from alpes_events.demo.employers_2023 import make_aware, sign_kinds
from alpes_events.demo.hiring import recruit
from alpes_events.demo.interview_times import give_times
from alpes_events.demo.people import Crowd, Inventor
from alpes_events.demo.plan import Plan, data_text
from alpes_events.demo.play import play
from alpes_events.demo.report import plans_of_2023
from alpes_events.demo.reports import report_years
from alpes_events.demo.scene import Scene
from alpes_events.demo.stand_life import live_at_stands
from alpes_events.demo.weeks import plans_around
from alpes_events.demo.year import give_account
from alpes_events.fair.tying import give_links
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.commands import keep_active
from alpes_events.people.models import Candidate
from alpes_events.statistics.compilation import compile_all
from alpes_events.territory.commands import seed_communes, seed_organisation
from alpes_events.territory.models import Organisation
from alpes_events.territory.queries import territory_members
from alpes_events.territory.seed import OrganisationSeed, parse_seed

SEED = 59_000
MARK = "demonstration"
"""The text of the organisation that says that a database is a demonstration, and of which day."""
_OLD_NEWS = timedelta(days=2)
_KEPT_DAYS = 300
_RESIDENTS, _OTHERS = 150, 70

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


class NotADemonstration(Refusal):
    """The database belongs to somebody: the demonstration does not write there."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette base de données n’est pas une démonstration : indiquez-en une autre, elle sera créée.")
        )


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build_demo(database: Database, *, now: datetime, progress: Progress = _silent, seed: int = SEED) -> DemoAccounts:
    """Fill an empty, migrated database, in one transaction: a crash leaves it empty. Gives the accounts to print.

    The same seed and day make the same people, events and figures (identifiers and references are secrets, and
    differ). Raises `NotADemonstration` when somebody's organisation is there already.
    """
    with database.writing() as db:
        if db.get(Organisation, 1) is not None:
            raise NotADemonstration
        scene = _set_up(db, now=now, seed=seed)
        plans = [*plans_of_2023(scene.zone), *plans_around(now, scene.zone)]
        door_event_id = 0
        for done, plan in enumerate(plans):
            progress(done, len(plans))
            event_id = play(db, scene, plan)
            if _is_today(plan, scene):
                door_event_id = event_id
        add_guests(db, door_event_id=door_event_id, now=now)
        lay_the_desk(db, scene)
        recruit(db, scene)
        _keep_everyone(db, scene)
        add_employers(db, scene)
        live_at_stands(db, scene)
        give_times(db, scene)
        give_links(db, now=now)
        make_aware(db, scene)
        sign_kinds(db, scene)
        keep_the_clause(db, scene)
        give_account(db, scene)
        db.flush()
        compile_all(db, now=now)
        report_years(db, scene)
        _settle_old_news(db, now=now)
        db.commit()
        progress(len(plans), len(plans))
    return demo_accounts()


def day_of_demo(database: Database) -> str | None:
    """The day (ISO) on which this database was made into a demonstration; None when nobody's organisation is there.

    It must have tables, of any version. Raises `NotADemonstration`.
    """
    with database.reading() as db:
        texts = db.exec(select(Organisation.texts)).first()
    if texts is None:
        return None
    if MARK not in texts:
        raise NotADemonstration
    return str(texts[MARK])


def _set_up(db: Session, *, now: datetime, seed: int) -> Scene:
    described: OrganisationSeed = parse_seed(data_text("organisation.toml"))
    seed_communes(db)
    seed_organisation(db, described, now=now)
    seed_series(db, described.series)
    organisation = db.get_one(Organisation, 1)
    zone = ZoneInfo(organisation.time_zone)
    today = local_day(now, zone)
    organisation.texts = {**organisation.texts, MARK: today.isoformat()}
    db.add(organisation)
    members = territory_members(db, on=today)
    random = Random(f"{seed} {today}")  # noqa: S311 (invented people, not secrets)
    districts = {one.insee_code: one.code for one in described.districts}
    inventor = Inventor(random, members=members, districts=districts, today=today)
    staff: Staff = add_staff(db, now=now)
    return Scene(
        organisation=organisation,
        random=random,
        now=now,
        zone=zone,
        members=members,
        inventor=inventor,
        crowd=_crowd(inventor),
        known=KNOWN,
        coordinator=staff.coordinator,
        facilitator=staff.facilitator,
        advisors=staff.advisors,
        venues={one.pop("key"): VenueDraft(**one) for one in tomllib.loads(data_text("venues.toml"))["venues"]},
    )


def _crowd(inventor: Inventor) -> Crowd:
    return inventor.crowd(residents=_RESIDENTS, others=_OTHERS)


def _is_today(plan: Plan, scene: Scene) -> bool:
    return local_day(plan.draft.starts_at, scene.zone) == local_day(scene.now, scene.zone)


def _keep_everyone(db: Session, scene: Scene) -> None:
    """Everybody wrote to us within the last ten months: nobody of 2023 is due to be erased during the demonstration."""
    for candidate in db.exec(select(Candidate).order_by(col(Candidate.id))).all():
        seen_at = scene.now - timedelta(days=scene.random.randrange(_KEPT_DAYS))
        keep_active(db, candidate.id or 0, now=seen_at)


def _settle_old_news(db: Session, *, now: datetime) -> None:
    """Everything is counted, and what happened longer than two days ago was told long ago; the messages of these days
    still wait to be sent.
    """
    told = (col(Delivery.consumer) == "messages") & (col(Delivery.next_try_at) < now - _OLD_NEWS)
    counted = col(Delivery.consumer) == "statistics"
    db.exec(update(Delivery).where(told | counted).values(state=DeliveryState.DONE, done_at=now))
