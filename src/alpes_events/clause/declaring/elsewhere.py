"""Who is under contract at another company on the days of a line: for those who decide, and not for the company."""

from sqlmodel import Session

from alpes_events.clause.declaring.declared import DeclarationView
from alpes_events.clause.employment.overlapping import Running, running_of
from alpes_events.clause.months import last_day


def running_elsewhere(db: Session, view: DeclarationView) -> dict[int, list[Running]]:
    """For each line that waits, the person's employment contracts at other companies on one of its days, if any."""
    people = {line.id: line.person.candidate_id for line in view.waiting if line.person is not None}
    if not people:
        return {}
    there = [
        one
        for one in running_of(db, set(people.values()), view.month, last_day(view.month))
        if one.company_id != view.company_id
    ]
    found = {
        line.id: [
            one for one in there if one.person_id == people.get(line.id) and one.runs_on(line.from_on, line.until_on)
        ]
        for line in view.waiting
    }
    return {line_id: others for line_id, others in found.items() if others}
