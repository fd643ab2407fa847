"""What a file of hours would do: rows put together with what is there, before anything is written.

It is asked in a session that only reads; nobody waits for it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.balances import balances_by_month, moved_away
from alpes_events.clause.ledger.ground import check_worked
from alpes_events.clause.refusals import TransferredAway
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.intake.hour_beside import said_beside
from alpes_events.intake.hour_dates import said_otherwise, wrong_days
from alpes_events.intake.hour_declared import DeclaredHours, declared_hours
from alpes_events.intake.hour_employments import Employments
from alpes_events.intake.hour_full_months import over_full_months
from alpes_events.intake.hour_options import HourOptions, OwnCompanies
from alpes_events.intake.hour_placing import HourPlan, Placed, Progress, place_rows
from alpes_events.intake.hour_questions import still_asked
from alpes_events.intake.hour_register import Register, read_register
from alpes_events.intake.hour_rows import HourRecord, ReadHours
from alpes_events.intake.hour_things import SomeContract, SomeEmployment, ToWrite
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, say


def plan_hours(
    db: Session,
    read: ReadHours,
    records: Sequence[HourRecord],
    *,
    options: HourOptions,
    today: date,
    account_id: int | None,
    progress: Progress,
    written: Collection[tuple[int, date]] = (),
) -> HourPlan:
    """Put these rows together with what is there. `written`: the work contracts and months that this file brought."""
    register = read_register(db)
    plan = HourPlan()
    placed = place_rows(db, read, records, register, plan, options=options, account_id=account_id, progress=progress)
    employments = Employments.on(db, register, {one.lot.contract for one in placed})
    newest = max((one.row.month for one in placed), default=today)
    own = OwnCompanies(db, account_id if options.account is HourAccount.VALIDATED else None)
    chosen = _chosen(read, placed, employments, plan, own)
    plan.matches = still_asked(plan.matches, chosen)
    employments.complete(db, today=today, newest=newest)
    known = {one.id for one in (employment for _placed, employment in chosen) if one.id is not None}
    there = balances_by_month(db, known, options.account)
    away = moved_away(db, known) if options.account is HourAccount.VALIDATED else {}
    declared = _declared(db, register, chosen, options)
    for one, employment in chosen:
        _decide(read, one, employment, there, away, declared, plan, options=options)
    plan.warnings = [
        *over_full_months(db, read, register, plan.to_write, options.account),
        *said_otherwise(read, chosen, brought={employment_id for employment_id, _month in written}),
        *said_beside(db, read, register, plan.to_write, options.account, written=written),
    ]
    order = {id(contract): number for number, contract in enumerate(dict.fromkeys(one.lot.contract for one in placed))}
    plan.to_write.sort(key=lambda one: (order[id(one.employment.lot.contract)], one.month, one.line))
    return plan


def _chosen(
    read: ReadHours, placed: Iterable[Placed], employments: Employments, plan: HourPlan, own: OwnCompanies
) -> list[tuple[Placed, SomeEmployment]]:
    """The work contract of each row that may have hours in its month; a row that repeats another is refused."""
    told: list[tuple[Placed, SomeEmployment]] = []
    first: dict[tuple[int, date], int] = {}
    for one in placed:
        try:
            check_worked(one.lot.contract.row, one.lot.row, month=one.row.month, minutes=one.row.minutes)
        except Refusal as refusal:
            plan.issues.append(read.issue(one.row.line, getattr(refusal, "field", ""), refusal.sentence))
            continue
        employment = employments.of(one.row, one.person, one.lot, one.company, one.employer)
        try:
            own.check(employment.employer)
        except Refusal as refusal:
            plan.issues.append(read.issue(one.row.line, "employer", refusal.sentence))
            continue
        line = first.setdefault((id(employment), one.row.month), one.row.line)
        if line != one.row.line:
            text = N_(
                "La ligne %(line)d dit déjà les heures de cette personne, ce mois-là, sur ce lot : "
                "réunissez les deux lignes."
            )
            plan.issues.append(read.issue(one.row.line, "minutes", say(text, line=line)))
            continue
        told.append((one, employment))
    return _within_their_days(read, told, plan)


def _within_their_days(
    read: ReadHours, chosen: Iterable[tuple[Placed, SomeEmployment]], plan: HourPlan
) -> list[tuple[Placed, SomeEmployment]]:
    kept = []
    for one, employment in chosen:
        wrong = wrong_days(one, employment)
        if wrong is None:
            kept.append((one, employment))
        else:
            plan.issues.append(read.issue(one.row.line, *wrong))
    return kept


def _decide(
    read: ReadHours,
    one: Placed,
    employment: SomeEmployment,
    there: Mapping[tuple[int, date], int],
    away: Mapping[tuple[int, date], int],
    declared: DeclaredHours,
    plan: HourPlan,
    *,
    options: HourOptions,
) -> None:
    row = one.row
    before = 0 if employment.id is None else there.get((employment.id, row.month), 0)
    against = declared.against(employment, row.month, row.minutes, there=before)
    if against is not None:
        plan.issues.append(read.issue(row.line, "minutes", against))
        return
    if before == row.minutes:
        plan.there += 1
        return
    if before and not options.corrects:
        text = N_("Le registre a %(there)s, le fichier %(here)s : corrigez l’un ou l’autre.")
        sentence = say(text, there=in_hours(before), here=in_hours(row.minutes))
        plan.issues.append(read.issue(row.line, "minutes", sentence))
        return
    left = away.get((employment.id or 0, row.month), 0) - row.minutes
    if left > 0:
        plan.issues.append(
            read.issue(row.line, "minutes", TransferredAway(hours=in_hours(left), month=row.month).sentence)
        )
        return
    plan.to_write.append(ToWrite(row.line, employment, row.month, row.minutes, before))


def _declared(
    db: Session, register: Register, chosen: Sequence[tuple[Placed, SomeEmployment]], options: HourOptions
) -> DeclaredHours:
    """What companies declared of the months of these rows; planned hours are no declaration's."""
    months = [placed.row.month for placed, _employment in chosen]
    if not months or options.account is HourAccount.PLANNED:
        return DeclaredHours({})
    contracts = {placed.lot.contract.id for placed, _employment in chosen if placed.lot.contract.id is not None}
    return declared_hours(db, register, contracts, first=min(months), last=max(months))


def by_contract(hours: Iterable[ToWrite]) -> dict[SomeContract, list[ToWrite]]:
    """The hours of each contract."""
    told: defaultdict[SomeContract, list[ToWrite]] = defaultdict(list)
    for one in hours:
        told[one.employment.lot.contract].append(one)
    return told
