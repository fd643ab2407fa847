"""Several sign-ups ended at once: each for itself, and for whoever's cannot be ended, why not."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from alpes_events.attendance.batch import BatchOutcome, change_each
from alpes_events.attendance.release import cancel_registration, revoke_registration
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_


class AlreadyEnded(Refusal):
    """The sign-up was over before."""

    def __init__(self) -> None:
        super().__init__(N_("Cette inscription n’était plus en cours : rien n’a changé pour elle."))


def end_each(
    db: Session, registration_ids: Iterable[int], *, by_us: bool, now: datetime, account_id: int
) -> BatchOutcome:
    """End each in the order given; `by_us`: we take the place back, else staff note that the person gives it up.

    Who came, whose event is past and whose sign-up was over already are among the refused, and stay as they were.
    """

    def end(db: Session, registration_id: int) -> None:
        ended = (
            revoke_registration(db, registration_id, now=now, account_id=account_id)
            if by_us
            else cancel_registration(db, registration_id, by="staff", now=now, account_id=account_id)
        )
        if not ended:
            raise AlreadyEnded

    return change_each(db, registration_ids, end)
