"""The access audit: who signed in, was refused, took a file away, searched, read somebody's file."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from flask import Blueprint, Response, render_template, request

from alpes_events.database.page import every_row
from alpes_events.people.audit import AuditAction
from alpes_events.people.audit_list import AuditChoice, audit_page, audited_accounts
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.audit_words import AUDIT_ACTIONS, SUBJECTS, action_words, audit_sheet
from alpes_web.staff.fields import Mistyped, read_day
from alpes_web.staff.table import asked_part, asked_text
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

staff_audit = Blueprint("staff_audit", __name__, url_prefix="/staff/audit")

_LINES = 50
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is left out."""

    action: AuditAction | None
    account_id: int | None
    since: date | None
    until: date | None

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return any(one is not None for one in (self.action, self.account_id, self.since, self.until))

    def choice(self) -> AuditChoice:
        """The rows to look at: whole days of the organisation's clocks."""
        return AuditChoice(
            actions=None if self.action is None else (self.action,),
            account_id=self.account_id,
            from_at=_midnight(self.since),
            before_at=None if self.until is None else _midnight(self.until + timedelta(days=1)),
        )


@staff_audit.get("")
def table() -> str | Response:
    """The newest first, as the address narrows them; or the same as a file."""
    asked = _asked()
    form = asked_file()
    with site().database.reading() as db:
        if form is not None:
            sheet = audit_sheet(every_row(partial(audit_page, db, asked.choice())))
        else:
            found = audit_page(db, asked.choice(), part=asked_part(_LINES))
            accounts = audited_accounts(db)
    if form is not None:
        return people_file(form, sheet, name="acces")
    return render_template(
        "staff/audit/table.html",
        section="settings",
        page=found,
        accounts=accounts,
        asked=asked,
        actions=AUDIT_ACTIONS,
        action_words=action_words,
        subjects=SUBJECTS,
    )


def _asked() -> Asked:
    given = request.args.get("action", "")
    return Asked(
        action=AuditAction(given) if given in set(AuditAction) else None,
        account_id=whole_number(request.args.get("account", "")) if request.args.get("account") else None,
        since=_day("from"),
        until=_day("until"),
    )


def _day(name: str) -> date | None:
    """The day that the address names; None for what is no day, or one that no clock of ours has seen."""
    text = asked_text(name)
    try:
        day = read_day(text) if text else None
    except Mistyped:
        return None
    return day if day is not None and day.year in _YEARS else None


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=identity().zone)
