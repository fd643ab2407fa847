"""Whose things the present visitor may see: all of them, those of their own people, or one event's door."""

from flask import abort

from alpes_events.people.models import Role
from alpes_web.access import ROLES, Access
from alpes_web.visitor import the_visitor as me

__all__ = ["check_door", "check_own", "coordinates", "me", "only_registered_by"]


def coordinates() -> bool:
    """Whether the visitor runs events, and so sees everyone."""
    return me().role in ROLES[Access.COORDINATION]


def only_registered_by() -> int | None:
    """The account whose sign-ups alone the visitor sees: an advisor's own; None for those who see all."""
    return me().account_id if me().role is Role.ADVISOR else None


def check_own(registered_by: int | None) -> None:
    """End with 404 unless the visitor sees sign-ups made by this account."""
    mine = only_registered_by()
    if mine is not None and registered_by != mine:
        abort(404)


def check_door(event_id: int) -> None:
    """End with 404 when door staff ask for another event than theirs."""
    if me().role is Role.DOOR and me().event_id != event_id:
        abort(404)
