"""The proposal of a timetable as an errand: progress while it searches, stopped early it keeps the best so far."""

from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from alpes_events.errands.work import Product, StopAsked, Task
from alpes_events.interviews.proposing import keep_proposal, question_of, search
from alpes_matching.timetable import Progress

_TELL_EVERY = 0.3
"""Seconds between two notes of the progress: each is a transaction."""
_PARTS = 100


@dataclass
class Telling:
    """Tells how far the search is, and hears that it should stop."""

    task: Task
    told_at: float = 0.0
    stopped: bool = False

    def __call__(self, progress: Progress) -> bool:
        """Note it now and then. True when somebody asked to stop: what was found so far is kept."""
        if monotonic() - self.told_at < _TELL_EVERY:
            return False
        self.told_at = monotonic()
        try:
            self.task.step(round(progress.done * _PARTS), _PARTS, counts_of(progress))
        except StopAsked:
            self.stopped = True
        return self.stopped


def counts_of(progress: Progress) -> dict[str, int]:
    """What the page shows meanwhile: wishes met, the bound, and the minutes that people and tables wait."""
    return {
        "met": progress.met,
        "bound": progress.bound_met,
        "person_idle": progress.person_idle,
        "table_idle": progress.table_idle,
    }


def timetable_of_event(task: Task) -> Product:
    """Propose the timetable of an event, and keep it as its draft. Raises `NothingToPropose` and `PlanChanged`."""
    event_id = int(task.wishes["event_id"])
    with task.database.reading() as db:
        question = question_of(db, event_id, now=task.now)
    task.step(0, _PARTS)
    telling = Telling(task)
    begun_at = monotonic()
    found = search(question, seed=int(task.wishes.get("seed", 0)), watch=telling)
    with task.database.writing() as db:
        now = task.now + timedelta(seconds=monotonic() - begun_at)
        plan = keep_proposal(db, found, now=now, account_id=task.account_id)
        db.commit()
        made = plan.figures
    counts = {"plan": plan.id or 0, "met": made["met"], "wishes": made["wishes"], "people_none": made["people"][0]}
    return Product(counts=counts, stopped=telling.stopped)
