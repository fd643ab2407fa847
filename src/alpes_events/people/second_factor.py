"""The second factor of an account of staff: an application's codes, and ten recovery codes for when it is lost.

Each code serves once: the UPDATE that notes it is the answer, so of callers at the same moment one gets in.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from alpes_events.database.outcome import row_count
from alpes_events.database.upsert import insert_new
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.protection import RecoveryCode, SecondFactor
from alpes_events.people.sessions import end_other_sessions
from alpes_events.people.totp import right_step, secret_of

RECOVERY_CODES = 10
_SALT_OCTETS = 16
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read as one another (i, l, o, 0, 1)."""
_LETTERS_A_CODE = 12


class WrongCode(BadInput):
    """A code that is not right, is too old, or served before."""

    def __init__(self) -> None:
        super().__init__(
            N_("Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant, puis recopiez-le."), field="code"
        )


class SecondFactorSet(Refusal):
    """A second factor is there already: it is renewed by removing it first, which asks a code."""

    def __init__(self) -> None:
        super().__init__(N_("Ce compte a déjà un second facteur : retirez-le d’abord."))


class Proof(StrEnum):
    """Which kind of code served."""

    APPLICATION = "application"
    RECOVERY_CODE = "recovery_code"


@dataclass(frozen=True)
class SecondFactorView:
    """Since when an account has its second factor, and how many of its recovery codes are good."""

    set_at: datetime
    code_count: int


def new_salt() -> str:
    """What a new secret will be made from. It says nothing by itself."""
    return secrets.token_hex(_SALT_OCTETS)


def second_factor_of(db: Session, account_id: int) -> SecondFactorView | None:
    """The account's second factor, or None."""
    row = db.get(SecondFactor, account_id)
    if row is None:
        return None
    good = select(func.count()).where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return SecondFactorView(row.set_at, db.exec(good).one())


def set_second_factor(
    db: Session, account_id: int, *, salt: str, code: str, session_id: int | None, key: str, now: datetime
) -> tuple[str, ...]:
    """Give the account the second factor made from `salt`, once `code` proves that the application has it; every other
    browser than that of `session_id` is signed out. Gives the recovery codes, to be shown once.

    Raises `WrongCode`, `SecondFactorSet`.
    """
    step = right_step(secret_of(salt, account_id=account_id, key=key), code, now=now)
    if step is None:
        raise WrongCode
    row = {"account_id": account_id, "salt": salt, "set_at": now, "last_step": step}
    if not insert_new(db, SecondFactor, [row], unless_same=["account_id"]):
        raise SecondFactorSet
    end_other_sessions(db, account_id, kept_id=session_id, now=now)
    record(db, EntryKind.SECOND_FACTOR_SET, subject=("account", account_id), now=now, account_id=account_id)
    _audit(db, AuditAction.SECOND_FACTOR_SET, account_id, by=account_id, now=now)
    return _make_recovery_codes(db, account_id, key=key)


def use_code(db: Session, account_id: int, code: str, *, key: str, now: datetime) -> Proof | None:
    """Use a code up: of the application, or a recovery code. None when it is not right or served before."""
    factor = db.get(SecondFactor, account_id)
    if factor is None:
        return None
    step = right_step(secret_of(factor.salt, account_id=account_id, key=key), code, now=now)
    if step is not None:
        return Proof.APPLICATION if _use_step(db, account_id, step) else None
    if not _use_recovery_code(db, account_id, code, key=key, now=now):
        return None
    _audit(db, AuditAction.RECOVERY_CODE_USED, account_id, by=account_id, now=now)
    return Proof.RECOVERY_CODE


def remove_second_factor(db: Session, account_id: int, *, now: datetime, by: int | None) -> bool:
    """Take the second factor and its recovery codes away; `by` is who does it (None: from the terminal). When it is
    somebody else, every browser of the account is signed out. False when there was none.
    """
    own = by == account_id
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    gone = row_count(db, delete(SecondFactor).where(col(SecondFactor.account_id) == account_id))
    if not gone:
        return False
    if not own:
        end_other_sessions(db, account_id, kept_id=None, now=now)
    facts = {"by": "self" if own else "staff"}
    kind = EntryKind.SECOND_FACTOR_REMOVED
    record(db, kind, subject=("account", account_id), now=now, account_id=by, facts=facts)
    _audit(db, AuditAction.SECOND_FACTOR_REMOVED, account_id, by=by, now=now)
    return True


def renew_recovery_codes(db: Session, account_id: int, *, key: str, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes, in groups of four letters; those before no longer serve."""
    _audit(db, AuditAction.RECOVERY_CODES_MADE, account_id, by=account_id, now=now)
    return _make_recovery_codes(db, account_id, key=key)


def _make_recovery_codes(db: Session, account_id: int, *, key: str) -> tuple[str, ...]:
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_A_CODE)) for _ in range(RECOVERY_CODES))
    db.add_all(
        RecoveryCode(account_id=account_id, code_hash=_code_hash(code, account_id=account_id, key=key))
        for code in codes
    )
    return tuple("-".join(code[at : at + 4] for at in range(0, _LETTERS_A_CODE, 4)) for code in codes)


def _use_step(db: Session, account_id: int, step: int) -> bool:
    """A code is good for its half minute once, and none of an earlier one is good after it."""
    later = col(SecondFactor.last_step) < step
    statement = update(SecondFactor).where(col(SecondFactor.account_id) == account_id, later).values(last_step=step)
    return row_count(db, statement.execution_options(synchronize_session=False)) == 1


def _use_recovery_code(db: Session, account_id: int, code: str, *, key: str, now: datetime) -> bool:
    statement = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.account_id) == account_id,
            col(RecoveryCode.code_hash) == _code_hash(code, account_id=account_id, key=key),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def _code_hash(code: str, *, account_id: int, key: str) -> str:
    """An HMAC by the deployment's secret; blanks, hyphens and capitals make no difference."""
    plain = "".join(code.lower().replace("-", " ").split())
    return hmac.new(key.encode(), f"recovery:{account_id}:{plain}".encode(), hashlib.sha256).hexdigest()


def _audit(db: Session, action: AuditAction, account_id: int, *, by: int | None, now: datetime) -> None:
    record_access(db, action, now=now, account_id=by, subject=("account", account_id))
