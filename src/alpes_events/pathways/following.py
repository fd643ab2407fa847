"""Whom an account follows: the people of whose pathways, those that go on, it is the referent."""

from sqlalchemy import CTE
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.pathways.models import Enrolment
from alpes_events.people.records import canonical_id


def followed_people(merged: CTE, *, account_id: int) -> SelectOfScalar[int]:
    """The records that stand for them, as a question to stand within another (`merged` of `merged_records`)."""
    return (
        select(canonical_id(col(Enrolment.candidate_id), merged))
        .select_from(Enrolment)
        .outerjoin(merged, merged.c.id == col(Enrolment.candidate_id))
        .where(
            col(Enrolment.referent_id) == account_id,
            col(Enrolment.closed_on).is_(None),
            col(Enrolment.withdrawn_at).is_(None),
        )
    )
