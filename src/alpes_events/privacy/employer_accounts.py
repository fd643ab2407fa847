"""The account of an employer: forgotten with the last contact that has its address, or by itself when it has none."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from alpes_events.companies.models import CompanyContact
from alpes_events.companies.parting import end_every_speaking
from alpes_events.companies.speakers import UnknownSpeaker
from alpes_events.database.erased import Erased, ErasedRecord
from alpes_events.database.overwriting import overwriting
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.models import Account, AccountSession, Role, SignInLink


class ContactToErase(Refusal):
    """The account belongs to a contact: erasing the contact erases both."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette adresse est celle d’un contact : effacez le contact, dans chaque entreprise où il est noté.")
        )


def erased_address(account_id: int) -> str:
    """An address is unique and required: this word, which is no address, stands for an erased one."""
    return f"erased:{account_id}"


def erase_employer_account(db: Session, account_id: int, *, now: datetime, by: int | None) -> tuple[ErasedRecord, ...]:
    """Forget whose an employer's account is that no contact has. Gives what the caller notes before it commits.

    Raises `UnknownSpeaker` for no such account, or one erased before; `ContactToErase`.
    """
    account = db.get(Account, account_id, populate_existing=True)
    if account is None or account.role is not Role.EMPLOYER or account.email == erased_address(account_id):
        raise UnknownSpeaker
    if is_contact(db, account.email):
        raise ContactToErase
    forgotten = forget_employer_account(db, account_id, now=now, by=by)
    if by is not None:
        subject = ("account", account_id)
        record_access(db, AuditAction.FILE_ERASED, now=now, account_id=by, subject=subject, count=1)
    return (forgotten,)


def forget_employer_account(db: Session, account_id: int, *, now: datetime, by: int | None) -> ErasedRecord:
    """Close the account and forget whose it was; it speaks for nobody any more. Its id stays, for the journal."""
    with overwriting(db):
        end_every_speaking(db, account_id, now=now, account_id=by)
        for table in (AccountSession, SignInLink, OutboxMessage):
            db.execute(delete(table).where(col(table.account_id) == account_id))
        account = db.get_one(Account, account_id)
        account.email, account.name, account.structure = erased_address(account_id), "", ""
        account.disabled_at = account.disabled_at or now
        db.add(account)
    return ErasedRecord(account_id, account.created_at, Erased.ACCOUNT)


def is_contact(db: Session, email: str) -> bool:
    """Whether somebody with this address is a contact of a company."""
    found = select(CompanyContact.id).where(CompanyContact.email == email, col(CompanyContact.erased_at).is_(None))
    return db.exec(found).first() is not None
