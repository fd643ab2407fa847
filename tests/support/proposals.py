"""Beginnings of stories of a timetable: a job dating with tables and wishes, proposals and drafts of it."""

import random
from datetime import timedelta

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.fair.meetings import MeetingWish
from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.plans import open_plan, slots_of, the_plan
from alpes_events.interviews.proposing import keep_proposal, question_of, search
from alpes_events.people.models import Candidate
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW
from tests.support.timetables import a_table


def a_job_dating(
    db: Session, *, people: int = 6, stands: int = 3, each: int = 2, word: str = "Entreprise"
) -> tuple[int, list[int], list[int]]:
    """An event with so many stands of one table (an hour of ten minutes), and people with `each` wishes in turn. Gives
    the ids of event, exhibitors and sign-ups.
    """
    event_id, exhibitors = a_fair(db, *(f"{word} {number}" for number in range(stands)))
    for exhibitor in exhibitors:
        a_table(db, event_id, exhibitor, closes=60, name="A")
    signed = [comes(db, event_id, number) for number in range(people)]
    for number, registration_id in enumerate(signed):
        wishes(db, registration_id, *(exhibitors[(number + more) % stands] for more in range(each)))
    return event_id, exhibitors, signed


def a_large_job_dating(
    db: Session, *, people: int, stands: int, each: int = 4, slots: int = 20, word: str = "Entreprise"
) -> int:
    """The same with many, written straight into the rows: what is measured comes after."""
    event_id, exhibitors = a_fair(db, *(f"{word} {number}" for number in range(stands)), capacity=people + 10)
    for exhibitor in exhibitors:
        a_table(db, event_id, exhibitor, closes=min(180, 10 * slots), name="A")
    chance = random.Random(5)
    persons = [
        Candidate(
            family_name=f"Nom {number}",
            given_name=f"Prénom {number}",
            search_name=f"nom {number} prenom {number}",
            created_at=NOW,
            updated_at=NOW,
            last_active_at=NOW,
        )
        for number in range(people)
    ]
    db.add_all(persons)
    db.flush()
    signed = [
        Registration(
            reference=f"{event_id:04d}{number:05d}",
            event_id=event_id,
            candidate_id=person.id or 0,
            state=RegistrationState.CONFIRMED,
            channel=Channel.SELF,
            created_at=NOW,
            changed_at=NOW,
        )
        for number, person in enumerate(persons)
    ]
    db.add_all(signed)
    db.flush()
    db.add_all(
        MeetingWish(registration_id=one.id or 0, exhibitor_id=exhibitor, position=rank, wished_at=NOW)
        for one in signed
        for rank, exhibitor in enumerate(chance.sample(exhibitors, each), 1)
    )
    db.flush()
    return event_id


def drafts_in_town(db: Session, event_id: int) -> None:
    """A draft of the town's job dating in which the first who wishes to meet somebody does."""
    wish = db.exec(
        select(MeetingWish)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .where(col(Registration.event_id) == event_id)
        .order_by(col(MeetingWish.id))
    ).first()
    assert wish is not None
    table = a_table(db, event_id, wish.exhibitor_id, opens=60, closes=120, name="Z")
    proposed(db, event_id)
    plan = open_plan(db, event_id)
    assert plan is not None
    if wish.registration_id not in {slot.registration_id for slot in slots_of(plan)}:
        plan.interviews = [[wish.registration_id, wish.exhibitor_id, table, 60, 70, False], *plan.interviews]
    db.add(plan)


def proposed(db: Session, event_id: int, *, minutes: int = 0) -> InterviewPlan:
    """A proposal of the timetable, kept as a draft."""
    now = NOW + timedelta(minutes=minutes)
    plan = keep_proposal(db, search(question_of(db, event_id, now=now)), now=now, account_id=None)
    return the_plan(db, event_id, plan.id or 0)
