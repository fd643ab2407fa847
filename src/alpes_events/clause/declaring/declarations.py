"""A company's month: opened, written in, and its link. Sending it is in `clause.sending`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, select

from alpes_events.attendance.reference import new_reference
from alpes_events.clause.declaring.declaration_refusals import (
    BadMonth,
    DeclarationMoved,
    SentAlready,
    UnknownDeclaration,
)
from alpes_events.clause.declaring.declared import declaration_of, declaration_view
from alpes_events.clause.declaring.declared_lines import draft_of, rows_of
from alpes_events.clause.declaring.declaring import LineDraft
from alpes_events.clause.declaring.line_writing import checked_lines, grounds_of, match_lines, put_line
from alpes_events.clause.declaring.roster import roster
from alpes_events.clause.months import month_of
from alpes_events.clause.tables.declaration_rows import DeclarationWay, HourDeclaration
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.database.upsert import insert_new
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_


def open_declaration(
    db: Session, company_id: int, month: date, *, today: date, now: datetime, account_id: int | None
) -> int:
    """The declaration of a company's month, made if it is not there. Gives its id.

    Raises `BadMonth` for a month to come or in which the company has nobody under contract, `UnknownCompany`.
    """
    month = month_of(month)
    there = declaration_of(db, company_id, month)
    if there is not None:
        return there.id or 0
    check_month(db, company_id, month, today=today)
    company = standing_company(db, the_company(db, company_id))
    facts = {
        "company_id": company.id,
        "month": month,
        "reference": new_reference(),
        "nobody_worked": False,
        "opened_at": now,
        "changed_at": now,
        "reminded_count": 0,
    }
    made = insert_new(db, HourDeclaration, [facts], unless_same=["company_id", "month"])
    row = declaration_of(db, company_id, month)
    assert row is not None
    if made:
        tell(db, row, {"changed": ["created"]}, now=now, account_id=account_id)
    return row.id or 0


def check_month(db: Session, company_id: int, month: date, *, today: date) -> None:
    """Raises `BadMonth` for a month to come, or in which the company has nobody under contract."""
    if month > month_of(today):
        raise BadMonth(
            N_("%(month)s n’est pas encore commencé : déclarez les mois passés."), field="month", month=f"{month:%m/%Y}"
        )
    if not roster(db, company_id, month):
        raise BadMonth(
            N_("Cette entreprise n’a aucun contrat de travail de la clause en %(month)s : vérifiez le mois."),
            field="month",
            month=f"{month:%m/%Y}",
        )


def write_draft(
    db: Session,
    declaration_id: int,
    lines: Sequence[LineDraft],
    *,
    way: DeclarationWay,
    now: datetime,
    account_id: int | None,
) -> None:
    """Keep lines that are not sent yet, in place of those that were kept before.

    Raises `BadLines`, `SentAlready`, `UnknownDeclaration`, `UnknownLine`.
    """
    row = held(db, declaration_id)
    if row.sent_at is not None:
        raise SentAlready
    there = rows_of(db, declaration_id)
    clean = checked_lines(lines, grounds_of(db, row, lines), month=row.month)
    matched = match_lines(there, clean)
    before = [draft_of(line) for line in there]
    for line in there:
        if line.id not in matched.values():
            db.delete(line)
    known = {line.id: line for line in there}
    for place, draft in enumerate(clean):
        put_line(db, row, known.get(matched.get(place)), draft, way=way, now=now)
    db.flush()
    if before != [draft_of(line) for line in rows_of(db, declaration_id)]:
        row.changed_at = now
        tell(db, row, {"changed": ["lines"], "way": way.value}, now=now, account_id=account_id)


def renew_link(db: Session, declaration_id: int, *, now: datetime, account_id: int | None) -> None:
    """The links that were given open nothing any more: the next message has another. Raises `UnknownDeclaration`."""
    row = held(db, declaration_id)
    row.reference, row.changed_at = new_reference(), now
    tell(db, row, {"changed": ["reference"]}, now=now, account_id=account_id)


def serve_link(db: Session, declaration_id: int, *, now: datetime) -> None:
    """The link is sent anew: it serves as long as a new one. Raises `UnknownDeclaration`."""
    row = held(db, declaration_id)
    row.changed_at = now
    db.add(row)
    db.flush()


def held(db: Session, declaration_id: int) -> HourDeclaration:
    """The declaration, held until the commit: whoever writes in it or decides about it does so in turn.

    Raises `UnknownDeclaration`.
    """
    asked = select(HourDeclaration).where(HourDeclaration.id == declaration_id).with_for_update()
    row = db.exec(asked.execution_options(populate_existing=True)).first()
    if row is None:
        raise UnknownDeclaration
    return row


def hold_unmoved(db: Session, declaration_id: int, version: str) -> None:
    """Hold a declaration that still says what it said when it was read as `version` (`DeclarationView.version`).

    Raises `DeclarationMoved`, `UnknownDeclaration`.
    """
    held(db, declaration_id)
    if declaration_view(db, declaration_id).version != version:
        raise DeclarationMoved


def tell(
    db: Session, row: HourDeclaration, facts: Mapping[str, Fact], *, now: datetime, account_id: int | None
) -> None:
    """Store the declaration and write in the journal what became of it."""
    db.add(row)
    db.flush()
    told: dict[str, Fact] = {"company_id": row.company_id, "month": f"{row.month:%Y-%m}", **facts}
    subject = ("hour_declaration", row.id or 0)
    record(db, EntryKind.DECLARATION_CHANGED, subject=subject, now=now, account_id=account_id, facts=told)
