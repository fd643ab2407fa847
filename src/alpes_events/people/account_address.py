"""The e-mail address of an account is its own: two that are given the same at one moment get one, and a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Account


class EmailTaken(Refusal):
    """Another account has this e-mail address."""

    def __init__(self, *, email: str) -> None:
        super().__init__(
            N_("%(email)s a déjà un compte : choisissez une autre adresse, ou changez ce compte."), email=email
        )


@contextmanager
def address_of_its_own(db: Session, email: str) -> Iterator[None]:
    """What is written within gives an account this address. Raises `EmailTaken` when another has it, also one that took
    it after we looked: then nothing of what is within stays, and the transaction goes on.
    """
    if _has_account(db, email):
        raise EmailTaken(email=email)
    try:
        with db.begin_nested():
            yield
    except IntegrityError:
        if not _has_account(db, email):
            raise
        raise EmailTaken(email=email) from None


def _has_account(db: Session, email: str) -> bool:
    return db.exec(select(Account.id).where(Account.email == email)).first() is not None
