"""Open pathways that go on in another funding period: one record for each period, and no new entry.

Many go on in the same few statements as one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update

from alpes_events.database.numbered import insert_numbered
from alpes_events.database.parts import parts
from alpes_events.database.prepared import insert_rows
from alpes_events.hiring.projects import training_levels
from alpes_events.journal.commands import record_all
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.pathways.days import on_days
from alpes_events.pathways.models import Enrolment, EnrolmentCriterion, FundingPeriod, PathwayStep, ReservedCriterion
from alpes_events.pathways.periods import open_before, the_period
from alpes_events.pathways.records import change_told
from alpes_events.pathways.refusals import BadPathway
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_ids, standing_records
from alpes_events.people.situation import Situations
from alpes_events.territory.organisation import local_today

_FETCH = {"synchronize_session": "fetch"}


@dataclass(frozen=True)
class CarriedOver:
    """What one round carried over; `refused` are the ids of those that must be seen one by one."""

    done_count: int
    left_count: int
    refused: tuple[int, ...]


def carry_over_all(db: Session, period_id: int, *, at_most: int, now: datetime, account_id: int | None) -> CarriedOver:
    """Carry over open pathways of the period's scheme, at most so many in one go; those that cannot stay as they are.

    Raises `UnknownPeriod`, `BadPathway` (a period that has not begun).
    """
    period = the_period(db, period_id)
    _refuse_before_its_day(period, today=local_today(db, now))
    waiting = _waiting(db, period)
    refused = _twice(db, period, waiting)
    able = [row for row in waiting if row.id not in refused]
    going = able[:at_most]
    for part in parts(going):
        _carried(db, part, period, now=now, account_id=account_id)
    return CarriedOver(len(going), len(able) - len(going), tuple(sorted(refused)))


def _refuse_before_its_day(period: FundingPeriod, *, today: date) -> None:
    if period.starts_on > today:
        raise BadPathway(
            N_("Cette période de financement commence le %(day)s : les parcours y continueront à partir de ce jour."),
            day=f"{period.starts_on:%d/%m/%Y}",
        )


def _waiting(db: Session, period: FundingPeriod) -> Sequence[Enrolment]:
    asked = (
        select(Enrolment)
        .join(Candidate, col(Candidate.id) == col(Enrolment.candidate_id))
        .where(Enrolment.scheme_code == period.scheme_code, *open_before(period.starts_on))
    )
    return db.exec(asked.order_by(col(Enrolment.id)).with_for_update(of=Enrolment)).all()


def _twice(db: Session, period: FundingPeriod, rows: Sequence[Enrolment]) -> set[int]:
    """Which of these cannot go on: the person is in the scheme twice from the period's first day, by other records."""
    asked = select(Enrolment.candidate_id).where(
        Enrolment.scheme_code == period.scheme_code,
        col(Enrolment.withdrawn_at).is_(None),
        *on_days(period.starts_on, None),
    )
    there = list(db.exec(asked))
    standing = canonical_ids(db, {*there, *(row.candidate_id for row in rows)})
    counts = Counter(standing[one] for one in there)
    return {row.id or 0 for row in rows if counts[standing[row.candidate_id]] > 1}


def _carried(
    db: Session, rows: Sequence[Enrolment], period: FundingPeriod, *, now: datetime, account_id: int | None
) -> None:
    """Write the new records."""
    ids = [row.id or 0 for row in rows]
    noted = {"noted_at": now, "noted_by": account_id, "withdrawn_at": None}
    new = [one | noted for one in _columns(db, rows, period)]
    ended = update(Enrolment).where(col(Enrolment.id).in_(ids)).values(closed_on=period.starts_on - timedelta(days=1))
    db.exec(ended.execution_options(**_FETCH))
    made = insert_numbered(db, Enrolment, new)
    after = dict(zip(ids, made, strict=True))
    for table in (EnrolmentCriterion, ReservedCriterion):
        kept = db.exec(select(table.enrolment_id, table.code).where(col(table.enrolment_id).in_(ids))).all()
        insert_rows(db, table, [{"enrolment_id": after[one], "code": code} for one, code in kept])
    _move_steps(db, ids, period)
    people = [one["candidate_id"] for one in new]
    told = [change_told(one, who, period.scheme_code, "carried_over") for one, who in zip(made, people, strict=True)]
    record_all(db, EntryKind.PATHWAY_CHANGED, told, now=now, account_id=account_id)


def _columns(db: Session, rows: Sequence[Enrolment], period: FundingPeriod) -> list[dict[str, Any]]:
    """The new records, each with what is known of its person on the first day of the period."""
    people = standing_records(db, {row.candidate_id for row in rows})
    levels = training_levels(db, {one.id for one in people.values() if one.id is not None})
    situations = Situations(db)
    return [
        {
            "candidate_id": people[row.candidate_id].id,
            "scheme_code": row.scheme_code,
            "funding_period_id": period.id,
            "continues_id": row.id,
            "entered_on": period.starts_on,
            "first_entered_on": row.first_entered_on,
            "closed_on": None,
            "operator": row.operator,
            "referent_id": row.referent_id,
            "training_level": levels.get(people[row.candidate_id].id or 0),
            **asdict(situations.on(people[row.candidate_id], period.starts_on)),
        }
        for row in rows
    ]


def _move_steps(db: Session, ids: Sequence[int], period: FundingPeriod) -> None:
    """Steps begun in the new period go with it, and those that go on in it."""
    later = aliased(Enrolment)
    standing = col(later.withdrawn_at).is_(None)
    to = select(later.id).where(col(later.continues_id) == col(PathwayStep.enrolment_id), standing)
    ends_on = col(PathwayStep.ends_on)
    going = col(PathwayStep.enrolment_id).in_(ids), ends_on.is_(None) | (ends_on >= period.starts_on)
    db.exec(update(PathwayStep).where(*going).values(enrolment_id=to.scalar_subquery()).execution_options(**_FETCH))
