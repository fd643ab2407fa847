"""The lists that a coordinator prints for the stands of an event: who wishes to meet each."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.documents.wish_lists import WishList, wish_lists_pdf
from alpes_events.fair.models import Booth
from alpes_events.fair.plan_refusals import NothingToPrint
from alpes_events.fair.printing import heading_of
from alpes_events.fair.wish_queries import named_wishers, wishes_at


@dataclass(frozen=True)
class PrintedWishes:
    """The document, and whose names stand in it."""

    content: bytes
    candidate_ids: tuple[int, ...]


def print_wishes(db: Session, event_id: int, *, language: str, exhibitor_id: int | None = None) -> PrintedWishes:
    """A tagged PDF with a page for each stand that somebody wishes to meet, or for one. Raises `NothingToPrint`."""
    heading = heading_of(db, event_id, language=language)
    stands = [
        one for one in wishes_at(db, event_id) if one.wishes.count and (exhibitor_id is None or one.id == exhibitor_id)
    ]
    if not stands:
        raise NothingToPrint
    ids = [one.id for one in stands]
    names = named_wishers(db, ids)
    booths = dict(db.exec(select(Booth.exhibitor_id, Booth.number).where(col(Booth.exhibitor_id).in_(ids))).all())
    lists = [
        WishList(one.name, booths.get(one.id, ""), one.wishes.count, [who.name for who in names.get(one.id, [])])
        for one in sorted(stands, key=lambda one: one.name.casefold())
    ]
    people = dict.fromkeys(who.candidate_id for some in names.values() for who in some)
    return PrintedWishes(wish_lists_pdf(lists, heading, language=language), tuple(people))
