"""The plan of placements as an errand: progress while it is searched for, stopped early it keeps the best so far."""

from datetime import timedelta
from time import monotonic

from alpes_events.clause.planning.plan_keeping import keep_plan
from alpes_events.clause.planning.planning import answer, question_of
from alpes_events.errands.work import Product, StopAsked, Task
from alpes_events.territory.organisation import local_today
from alpes_matching.placement import Progress

_PARTS = 100


def plan_of_lots(task: Task) -> Product:
    """Plan who could be placed where, and keep it as the draft. Raises `NothingToPlan`, `RankingIsOff`."""
    with task.database.reading() as db:
        question = question_of(db, on=local_today(db, task.now), now=task.now, account_id=task.account_id)
    task.step(0, _PARTS)

    def told(progress: Progress) -> bool:
        counts = {"credited": progress.credited, "due": progress.due}
        try:
            task.step(round(progress.done * (_PARTS - 1)), _PARTS, counts)
        except StopAsked:
            return True
        return False

    begun_at = monotonic()
    found = answer(question, watch=told)
    with task.database.writing() as db:
        now = task.now + timedelta(seconds=monotonic() - begun_at)
        plan = keep_plan(db, found, now=now, account_id=task.account_id)
        db.commit()
        figures = plan.figures
        plan_id = plan.id or 0
    counts = {"plan": plan_id, "due": figures["due"], "reached": figures["reached"], "placed": figures["placed"]}
    return Product(counts=counts, stopped=found.stopped)
