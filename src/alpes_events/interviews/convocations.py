"""Convocations with the interviews of each person on them."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.attendance.convocations import convocations_of
from alpes_events.attendance.models import Registration
from alpes_events.documents.convocation import Convocation
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.own_times import OwnTime, own_times
from alpes_events.interviews.place_words import line_of


def full_convocations(db: Session, registration_ids: Sequence[int]) -> list[Convocation]:
    """The pages of these sign-ups, each with the interviews to come; not those of erased people."""
    pages = convocations_of(db, registration_ids)
    times = own_times(db, registration_ids)
    if not times:
        return pages
    numbers = columns(col(Registration.reference), col(Registration.id)).where(
        col(Registration.id).in_(registration_ids)
    )
    ids: dict[str, int] = {row.reference: row.id for row in db.execute(numbers)}
    return [with_times(page, [one for one in times if one.registration_id == ids.get(page.code)]) for page in pages]


def with_times(page: Convocation, times: Sequence[OwnTime]) -> Convocation:
    """The page with the interviews to come on it, unless there is no place."""
    zone: ZoneInfo = page.letterhead.zone
    lines = [line_of(one, page.language, zone=zone) for one in times if one.state is InterviewState.PLANNED]
    return page if page.caution is not None else replace(page, interviews=tuple(lines))
