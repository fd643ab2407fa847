"""Contacts of companies: what we hold of one, its erasure, and the end of those from whom nothing was heard.

The company and the figures stay. The account of an employer goes with the last contact that has its address.
"""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, or_
from sqlmodel import Session, SQLModel, col, select

from alpes_events.companies.contact_queries import the_contact
from alpes_events.companies.contacts import erase_contact
from alpes_events.companies.models import CompanyContact, CompanySpeaker
from alpes_events.companies.parting import end_speakers_at
from alpes_events.database.erased import Erased, ErasedRecord
from alpes_events.database.overwriting import overwriting
from alpes_events.fair.models import Exhibitor, StandAnswer
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.models import Account, AccountSession, Role, SignInLink
from alpes_events.privacy.employer_accounts import forget_employer_account, is_contact
from alpes_events.privacy.processing import record_of_processing

_SECRETS = frozenset({"secret_hash", "code_hash", "browser_hash", "password_hash"})


def export_contact(db: Session, contact_id: int, *, now: datetime) -> dict[str, Any]:
    """Every row and column that is the contact's, as a JSON document. Raises `UnknownContact`."""
    contact = the_contact(db, contact_id)
    accounts = _accounts(db, contact.email)
    theirs: dict[type[SQLModel], ColumnElement[bool]] = {
        CompanyContact: col(CompanyContact.id) == contact_id,
        Account: col(Account.id).in_(accounts),
        CompanySpeaker: or_(col(CompanySpeaker.contact_id) == contact_id, col(CompanySpeaker.account_id).in_(accounts)),
        AccountSession: col(AccountSession.account_id).in_(accounts),
        SignInLink: col(SignInLink.account_id).in_(accounts),
        OutboxMessage: col(OutboxMessage.account_id).in_(accounts),
        Exhibitor: col(Exhibitor.contact_id) == contact_id,
        StandAnswer: col(StandAnswer.exhibitor_id).in_(select(Exhibitor.id).where(Exhibitor.contact_id == contact_id)),
    }
    return {
        "exported_at": now.isoformat(),
        "contact": {"id": contact_id, "given_name": contact.given_name, "family_name": contact.family_name},
        "tables": {str(table.__tablename__): _rows(db, table, condition) for table, condition in theirs.items()},
        "processing": [activity.as_json() for activity in record_of_processing()],
    }


def erase_contact_file(
    db: Session, contact_id: int, *, now: datetime, account_id: int | None
) -> tuple[ErasedRecord, ...]:
    """Forget who a contact is, and their account unless they are a contact elsewhere. Raises `UnknownContact`.

    Gives what the caller notes by `database.erased.note_erased` before it commits.
    """
    contact = the_contact(db, contact_id)
    email, company_id = contact.email or "", contact.company_id
    erased = [ErasedRecord(contact_id, contact.created_at, Erased.CONTACT)]
    with overwriting(db):
        end_speakers_at(db, company_id, email, now=now, account_id=account_id)
        erase_contact(db, contact_id, now=now, account_id=account_id)
        db.flush()
        if email and not is_contact(db, email):
            erased += [forget_employer_account(db, one, now=now, by=account_id) for one in _accounts(db, email)]
    db.flush()
    return tuple(erased)


def _accounts(db: Session, email: str | None) -> list[int]:
    if not email:
        return []
    rows = db.exec(select(Account.id).where(Account.email == email, Account.role == Role.EMPLOYER))
    return [one for one in rows if one is not None]


def _rows(db: Session, model: type[SQLModel], condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    table: Table = model.__table__  # type: ignore[attr-defined]
    columns = [column for column in table.columns if column.name not in _SECRETS]
    statement = table.select().with_only_columns(*columns).where(condition).order_by(*table.primary_key)
    return [{name: _json(value) for name, value in row.items()} for row in db.execute(statement).mappings()]


def _json(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
