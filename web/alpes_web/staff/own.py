"""A sign-up that the visitor may see: for an advisor, those of their own people; anything else does not exist."""

from sqlmodel import Session

from alpes_events.attendance.one_sign_up import OneSignUp, one_sign_up
from alpes_web.site import site
from alpes_web.staff.scope import check_own


def own_sign_up(db: Session, registration_id: int) -> OneSignUp:
    """The sign-up; a 404 when it does not exist, or is another advisor's."""
    one = one_sign_up(db, registration_id)
    check_own(one.registered_by)
    return one


def own_now(registration_id: int) -> OneSignUp:
    """The same, asked in a transaction of its own."""
    with site().database.reading() as db:
        return own_sign_up(db, registration_id)
