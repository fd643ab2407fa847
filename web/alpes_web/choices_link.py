"""The way from a sign-up that was just made to the choice of employers, while there is one to make."""

from flask import url_for
from sqlmodel import Session

from alpes_events.attendance.standing import Receipt
from alpes_events.fair.shown import shown_to_meet
from alpes_events.interviews.day_settings import choices_open
from alpes_web.links import Purpose, signed
from alpes_web.site import site


def choices_link(db: Session, receipt: Receipt) -> str:
    """The address of the person's own choices; « » when nobody is to be chosen, or it is too late.

    It opens the sign-up to whoever has it: only to be shown to whom has just made it.
    """
    event = receipt.card.event
    if receipt.is_off or not choices_open(db, event, now=site().now()) or not shown_to_meet(db, event):
        return ""
    secret = signed(receipt.reference, purpose=Purpose.MANAGE, key=site().settings.secret_key)
    return url_for("my_wishes.page", secret=secret)
