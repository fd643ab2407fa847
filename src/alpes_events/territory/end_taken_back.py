"""One change of a commune's last day is taken back, without those that others made since."""

from datetime import date, datetime

from sqlmodel import Session

from alpes_events.territory.membership import end_member, the_member
from alpes_events.versions.taking_back import TakenBack, take_back


def take_end_back(
    db: Session,
    member_id: int,
    *,
    before: date | None,
    after: date | None,
    now: datetime,
    account_id: int | None,
) -> TakenBack:
    """The change that moved the end from `before` to `after` (None: without end) is taken back, unless somebody moved
    it anew since: then it is `left`. Raises `UnknownMember`, and `BadMembership` when it cannot be so again.
    """
    present = the_member(db, member_id).until_on
    again = take_back({"until_on": before}, {"until_on": after}, {"until_on": present})
    if again.content:
        end_member(db, member_id, until_on=before, now=now, account_id=account_id)
    return again
