"""A change tried before it is stored: who would be told and in which words is shown, then stored as it was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlmodel import Session

from alpes_events.journal.commands import gathered
from alpes_events.messages.notice import Notice, notice_of
from alpes_web.amending import AmendingForm
from alpes_web.site import site

Result = TypeVar("Result")
Change = Callable[[Session, datetime], Result]


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What came of a change: its `result`, stored; or, tried only, with the `notice` that must be seen first."""

    notice: Notice | None
    result: Result | None = None

    @property
    def stored(self) -> bool:
        """Whether the change was made."""
        return self.notice is None


def stored_once_seen(change_it: Change[Result], *, seen: str, form: AmendingForm | None = None) -> Outcome[Result]:
    """Make the change if it tells nobody, or if `seen` is the mark of what it tells; else give what must be seen.

    A change of the form, or somebody who signed up meanwhile, makes another mark: what leaves is what was shown. The
    mark is compared in the transaction that made the change, which is then kept or taken back; a refusal of the change
    is raised as it is. With the `form` that changes something stored, nobody else's change comes in between.
    """
    now = site().now()
    with site().database.writing() as db:
        if form is not None:
            form.hold(db)
        with gathered(db) as entry_ids:
            result = change_it(db, now)
        notice = notice_of(db, entry_ids, base_url=site().settings.base_url, now=now)
        if notice.count and seen != notice.mark:
            db.rollback()
            return Outcome(notice, result)
        db.commit()
    return Outcome(None, result)
