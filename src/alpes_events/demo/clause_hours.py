"""The hours of the demonstration’s clause: declared by companies month by month, validated by the facilitator."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from alpes_events.clause.ledger.ledger import enter
from alpes_events.clause.ledger.new_hours import NewHours
from alpes_events.clause.months import last_day, next_month
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.ledger_rows import HourAccount, HourKind, HourSource
from alpes_events.demo.clause_sites import LotPlace, at_nine
from alpes_events.demo.scene import Scene

_SENT_AFTER, _DECIDED_AFTER, _CORRECTED_AFTER = 4, 11, 9
"""Days into the next month; corrected days after it was decided."""


@dataclass(frozen=True)
class MonthDone:
    """Minutes of somebody in a month, on a lot. They were `wrong` minutes at first, and corrected; 0: never wrong."""

    place: LotPlace
    employment_id: int
    candidate_id: int
    month: date
    minutes: int
    starts_on: date
    wrong: int = 0


def keep_hours(db: Session, scene: Scene, done: Iterable[MonthDone], *, decided: bool = True) -> None:
    """Write these months as they were declared, then validated (`decided`), one month after the other."""
    by_month: defaultdict[date, list[MonthDone]] = defaultdict(list)
    for one in done:
        by_month[one.month].append(one)
    for month in sorted(by_month):
        there, after = by_month[month], next_month(month)
        sent_at = min(at_nine(after + timedelta(days=_SENT_AFTER)), scene.now)
        decided_at = min(at_nine(after + timedelta(days=_DECIDED_AFTER)), scene.now) if decided else None
        lines = _declare(db, scene, there, sent_at=sent_at, decided_at=decided_at)
        for one, sequence in _enter(db, there, lines, HourAccount.DECLARED, now=sent_at, account_id=None).items():
            lines[one].declared_sequence = sequence
        if decided_at is not None:
            by = scene.facilitator
            validated = _enter(db, there, lines, HourAccount.VALIDATED, now=decided_at, account_id=by)
            corrected_at = min(decided_at + timedelta(days=_CORRECTED_AFTER), scene.now)
            _correct(db, scene, validated, lines, now=corrected_at)


def a_declaration(db: Session, company_id: int, month: date, *, at: datetime, sent_at: datetime | None) -> int:
    """A company's declaration of a month. Gives its id."""
    row = HourDeclaration(
        company_id=company_id,
        month=month,
        reference=secrets.token_hex(8),
        opened_at=at,
        changed_at=sent_at or at,
        sent_at=sent_at,
        sent_way=DeclarationWay.LINK if sent_at else None,
    )
    db.add(row)
    db.flush()
    return row.id or 0


def _declare(
    db: Session, scene: Scene, done: Sequence[MonthDone], *, sent_at: datetime, decided_at: datetime | None
) -> dict[MonthDone, DeclaredLine]:
    """The companies' declarations of a month, sent, with a line for each work contract."""
    opened_at = min(at_nine(next_month(done[0].month)), scene.now)
    declarations = {
        company_id: a_declaration(db, company_id, done[0].month, at=opened_at, sent_at=sent_at)
        for company_id in sorted({one.place.company_id for one in done})
    }
    lines = {
        one: DeclaredLine(
            declaration_id=declarations[one.place.company_id],
            employment_id=one.employment_id,
            from_on=max(one.month, one.starts_on),
            until_on=last_day(one.month),
            minutes=one.minutes,
            way=DeclarationWay.LINK,
            state=LineState.SENT if decided_at is None else LineState.VALIDATED,
            written_at=sent_at,
            decided_at=decided_at,
            decided_by=None if decided_at is None else scene.facilitator,
        )
        for one in done
    }
    db.add_all(lines.values())
    db.flush()
    return lines


def _enter(
    db: Session,
    done: Iterable[MonthDone],
    lines: Mapping[MonthDone, DeclaredLine],
    account: HourAccount,
    *,
    now: datetime,
    account_id: int | None,
) -> dict[MonthDone, int]:
    """Write them in the ledger, and give the sequence of each."""
    by_contract: defaultdict[int, list[MonthDone]] = defaultdict(list)
    for one in done:
        by_contract[one.place.contract_id].append(one)
    told: dict[MonthDone, int] = {}
    for contract_id, there in sorted(by_contract.items()):
        wrong = account is HourAccount.VALIDATED
        hours = [_hours(one, lines, account, (wrong and one.wrong) or one.minutes) for one in there]
        told |= zip(there, enter(db, contract_id, hours, now=now, account_id=account_id), strict=True)
    return told


def _correct(
    db: Session,
    scene: Scene,
    validated: Mapping[MonthDone, int],
    lines: Mapping[MonthDone, DeclaredLine],
    *,
    now: datetime,
) -> None:
    """What was validated wrong is taken back, and written anew."""
    for one, sequence in validated.items():
        if one.wrong:
            anew = _hours(one, lines, HourAccount.VALIDATED, one.minutes)
            back = replace(
                anew,
                kind=HourKind.CORRECTED,
                minutes=-one.wrong,
                source=HourSource.STAFF,
                source_id=None,
                reverses=sequence,
            )
            enter(db, one.place.contract_id, [back, anew], now=now, account_id=scene.facilitator)


def _hours(one: MonthDone, lines: Mapping[MonthDone, DeclaredLine], account: HourAccount, minutes: int) -> NewHours:
    return NewHours(
        lot_id=one.place.lot_id,
        employment_id=one.employment_id,
        candidate_id=one.candidate_id,
        month=one.month,
        account=account,
        kind=HourKind(account.value),
        minutes=minutes,
        source=HourSource.DECLARATION,
        source_id=lines[one].id,
    )
