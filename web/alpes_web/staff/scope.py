"""Whose things the present visitor may see: all of them, those of their own people, or one event's door."""

from flask import abort, make_response, render_template
from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.attendance.door_hours import door_hours
from alpes_events.people.models import Role
from alpes_events.territory.organisation import current_organisation
from alpes_web.access import ROLES, Access
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.visitor import the_visitor as me

__all__ = ["check_door", "check_own", "coordinates", "me", "only_registered_by", "smallest_told"]


def coordinates() -> bool:
    """Whether the visitor runs events, and so sees everyone."""
    return me().role in ROLES[Access.COORDINATION]


def smallest_told(db: Session) -> int:
    """The smallest number of people that the visitor may read (1 or less: every one).

    Who does not run events reads what may leave the house.
    """
    organisation = current_organisation(db)
    return organisation.internal_small_cell_threshold if coordinates() else organisation.small_cell_threshold


def only_registered_by() -> int | None:
    """The account whose sign-ups alone the visitor sees: an advisor's own; None for those who see all."""
    return me().account_id if me().role is Role.ADVISOR else None


def check_own(registered_by: int | None) -> None:
    """End with 404 unless the visitor sees sign-ups made by this account."""
    mine = only_registered_by()
    if mine is not None and registered_by != mine:
        abort(404)


def check_door(event_id: int) -> None:
    """End with 404 when door staff ask for another event than theirs; outside its day with a page that says when the
    door opens, and shows nobody.
    """
    if me().role is not Role.DOOR:
        return
    if me().event_id != event_id:
        abort(404)
    with site().database.reading() as db:
        event = db.get_one(Event, event_id)
    hours = door_hours(starts_at=event.starts_at, ends_at=event.ends_at, zone=identity().zone, on=me().door_on)
    now = site().now()
    if not hours.open_at(now):
        page = render_template(
            "staff/day/closed.html", section="today", event=event, hours=hours, early=now < hours.opens_at
        )
        abort(make_response(page, 409))
