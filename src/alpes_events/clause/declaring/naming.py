"""Who a declared line is about, when the company did not say, or said somebody else."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.clause.declaring.declaration_refusals import BadLines, NotToDecide, OtherCompanysContract
from alpes_events.clause.declaring.declarations import held, tell
from alpes_events.clause.declaring.declared_lines import draft_of, lines_named, rows_of
from alpes_events.clause.declaring.declaring_problems import problems
from alpes_events.clause.declaring.roster import roster
from alpes_events.clause.declaring.sending import contracts_of, enter_declared
from alpes_events.clause.ledger.ground import hold_chains
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.tables.declaration_rows import LineState


def name_person(
    db: Session, declaration_id: int, line_id: int, employment_id: int, *, now: datetime, account_id: int | None
) -> None:
    """A line is of this person: their hours are entered as declared, in place of those of whom it named before.

    Raises `NotToDecide`, `OtherCompanysContract`, `BadLines` when the days do not fit, `UnknownLine`.
    """
    row = held(db, declaration_id)
    (line,) = lines_named(rows_of(db, declaration_id), [line_id])
    if line.state is not LineState.SENT:
        raise NotToDecide
    people = {one.employment_id: one for one in roster(db, row.company_id, row.month)}
    if employment_id not in people:
        raise OtherCompanysContract
    if line.employment_id == employment_id:
        return
    contracts = contracts_of(db, [line.employment_id, employment_id])
    hold_chains(db, contracts.values())
    if line.declared_sequence is not None:
        before = contracts[line.employment_id or 0]
        correct_hours(db, before, line.declared_sequence, None, now=now, account_id=account_id)
        line.declared_sequence = None
    line.employment_id = employment_id
    if found := problems([draft_of(line)], [people[employment_id].ground], month=row.month):
        raise BadLines(found)
    enter_declared(db, [line], now=now, account_id=account_id)
    tell(db, row, {"changed": ["person"], "line_ids": [line_id]}, now=now, account_id=account_id)
