"""The lists that are printed for exhibitors: who comes to each table, and when."""

from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Registration
from alpes_events.documents.interview_lists import InterviewList, PrintedInterview, interview_lists_pdf
from alpes_events.fair.meetings import Interview
from alpes_events.fair.printing import heading_of
from alpes_events.fair.wish_queries import named_wishers
from alpes_events.interviews.own_times import OwnTime, times_of_event
from alpes_events.interviews.refusals import NoTimesYet
from alpes_events.language import dates
from alpes_events.language.folding import fold
from alpes_events.territory.organisation import current_organisation

_END = 3


@dataclass(frozen=True)
class PrintedTimes:
    """The document, and whose names stand in it."""

    content: bytes
    candidate_ids: tuple[int, ...]


def print_interviews(
    db: Session, event_id: int, *, language: str, with_names: bool, exhibitor_id: int | None = None
) -> PrintedTimes:
    """A tagged PDF with the interviews of each exhibitor, or of one, by time; a name only where its owner agreed to be
    read by that one, and with `with_names`. Raises `UnknownEvent`, `NoTimesYet`.
    """
    heading = heading_of(db, event_id, language=language)
    times = sorted(times_of_event(db, event_id, exhibitor_id), key=lambda one: (fold(one.exhibitor), one.exhibitor_id))
    if not times:
        raise NoTimesYet
    stands = {one.exhibitor_id for one in times}
    wishers = named_wishers(db, stands) if with_names else {}
    people = {(stand, who.registration_id): who for stand, some in wishers.items() for who in some}
    ends = _reference_ends(db, event_id)
    zone = ZoneInfo(current_organisation(db).time_zone)

    def line(one: OwnTime) -> PrintedInterview:
        who = people.get((one.exhibitor_id, one.registration_id))
        return PrintedInterview(
            dates.hours(one.starts_at, one.ends_at, language=language, zone=zone),
            one.table,
            "" if who is None else who.name,
            ends[one.registration_id],
        )

    lists = []
    for _stand, some in groupby(times, key=lambda one: one.exhibitor_id):
        own = list(some)
        lists.append(InterviewList(own[0].exhibitor, own[0].booth, [line(one) for one in own]))
    met = {people[pair].candidate_id for pair in people if pair in {(t.exhibitor_id, t.registration_id) for t in times}}
    return PrintedTimes(interview_lists_pdf(lists, heading, language=language), tuple(sorted(met)))


def _reference_ends(db: Session, event_id: int) -> dict[int, str]:
    """The last signs of the reference of each sign-up with an interview."""
    rows = db.exec(
        select(Registration.id, Registration.reference)
        .join(Interview, col(Interview.registration_id) == col(Registration.id))
        .where(col(Interview.event_id) == event_id)
    )
    return {number or 0: reference[-_END:] for number, reference in rows}
