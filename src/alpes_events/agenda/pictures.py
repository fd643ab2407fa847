"""The picture of an event, with the sentence for those who do not see it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.revision import Revision, revise_event
from alpes_events.pictures.keeping import keep_picture

_MOST_SIDE = 1600
"""Pixels of the larger side, as it is kept: wide enough for the page of an event on a fine screen."""


def illustrate(
    db: Session, event_id: int, content: bytes, *, name: str, alt: str, now: datetime, account_id: int | None
) -> Revision:
    """Give the event a picture, with the sentence for those who do not see it. Raises `BadPicture`, `BadDraft`."""
    picture_id = keep_picture(db, content, name=name, most_side=_MOST_SIDE, field="picture", now=now)
    draft = EventDraft.of(the_event(db, event_id))
    return revise_event(
        db, event_id, replace(draft, picture_id=picture_id, picture_alt=alt.strip()), now=now, account_id=account_id
    )


def take_picture_away(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> Revision:
    """The event has no picture any more."""
    draft = replace(EventDraft.of(the_event(db, event_id)), picture_id=None, picture_alt="")
    return revise_event(db, event_id, draft, now=now, account_id=account_id)
