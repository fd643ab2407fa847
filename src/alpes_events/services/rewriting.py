"""An act that is written anew: the one that stands for it now, and what it said."""

from dataclasses import fields

from sqlmodel import Session

from alpes_events.services.acts import the_act
from alpes_events.services.drafts import ActDraft
from alpes_events.services.models import ServiceAct


def standing_act(db: Session, act_id: int) -> ServiceAct:
    """The act, or the last that was written in its place. Raises `UnknownAct`."""
    row = db.get(ServiceAct, act_id)
    while row is not None and row.replaced_by is not None:
        row = db.get(ServiceAct, row.replaced_by)
    return the_act(db, act_id if row is None else row.id or 0)


def draft_of(row: ServiceAct) -> ActDraft:
    """The act as it was written."""
    return ActDraft(**{one.name: getattr(row, one.name) for one in fields(ActDraft) if one.name != "unit"})
