"""The logo of a stand: one that came by the stand's own link, else the company's.

Whoever holds the link of a stand named a company and proved nothing: what they send is the stand's, and becomes the
company's when a coordinator says so.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from alpes_events.companies.logo import keep_logo, logos_of, set_logo
from alpes_events.fair.admission import check_call
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import NoLogo
from alpes_events.fair.requests import gate_of, held_exhibitor
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind


def give_stand_logo(
    db: Session, exhibitor_id: int, content: bytes, *, name: str, now: datetime, account_id: int | None
) -> None:
    """Give a stand the logo in a file, until the event ends. Raises `BadPicture` on `logo`."""
    logo_id = keep_logo(db, content, name=name, now=now)
    _set(db, exhibitor_id, logo_id, now=now, account_id=account_id)


def take_stand_logo_away(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> None:
    """The logo that came by the link is gone; the company's, if it has one, is shown again."""
    _set(db, exhibitor_id, None, now=now, account_id=account_id)


def keep_for_company(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> tuple[int, bool]:
    """The logo that came by a stand's link is the company's from now on. Gives the company, and whether it changed.

    Raises `NoLogo` where none came, or the stand is no company's.
    """
    row = the_exhibitor(db, exhibitor_id)
    if row.logo_id is None or row.company_id is None:
        raise NoLogo
    changed = set_logo(db, row.company_id, row.logo_id, now=now, account_id=account_id)
    return row.company_id, bool(changed)


def logos_of_stands(db: Session, rows: Sequence[Exhibitor]) -> dict[int, int]:
    """The logo of each of these stands that has one, by the exhibitor's id."""
    of_companies = logos_of(db, (row.company_id for row in rows if row.company_id is not None))
    found = {row.id or 0: row.logo_id or of_companies.get(row.company_id or 0) for row in rows}
    return {exhibitor_id: logo_id for exhibitor_id, logo_id in found.items() if logo_id is not None}


def _set(db: Session, exhibitor_id: int, logo_id: int | None, *, now: datetime, account_id: int | None) -> None:
    row, stands = held_exhibitor(db, exhibitor_id)
    check_call(gate_of(stands), now=now, by_staff=True)
    if row.logo_id == logo_id:
        return
    row.logo_id, row.changed_at = logo_id, now
    db.add(row)
    db.flush()
    facts: dict[str, Fact] = {"event_id": row.event_id, "changed": ["logo_id"]}
    record(
        db, EntryKind.STAND_REVISED, subject=("exhibitor", exhibitor_id), now=now, account_id=account_id, facts=facts
    )
