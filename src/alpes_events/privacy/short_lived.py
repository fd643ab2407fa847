"""What serves for a while only: ended sessions, old links, counters of tries, receipts of forms, files of errands, the
access audit, words of the team, drafts in the bin, pictures that nothing shows; alerts of an address, theirs.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import Session, SQLModel, col

from alpes_events.attendance.models import SignUpReceipt
from alpes_events.clause.tables.declaration_rows import DeclaredLine, LineState
from alpes_events.database.outcome import row_count
from alpes_events.errands.clearing import clear_files
from alpes_events.hiring.requests import forget_requests
from alpes_events.messages.models import Letter
from alpes_events.people.models import AccessAudit, AccountSession, FeedToken, SignInLink
from alpes_events.people.protection import KnownBrowser, PasswordLink, RecoveryCode
from alpes_events.people.rate import forget_counts
from alpes_events.privacy.alerts_ending import forget_alerts
from alpes_events.privacy.bin import empty_bin
from alpes_events.privacy.pictures import sweep_pictures

LONGEST = timedelta(days=365)
"""After their use; the CNIL advises six to twelve months for logs (recommendation of 14 October 2021)."""
_COUNTS = timedelta(days=2)


def forget_short_lived(db: Session, *, now: datetime) -> int:
    """Delete what has not been of use for a year (counters: two days; files: three; the bin: ninety; requests: theirs),
    and the names of those whom nobody recognised on a declaration of hours.

    Gives how many rows.
    """
    old = now - LONGEST
    ended: list[tuple[type[SQLModel], ColumnElement[bool]]] = [
        (AccountSession, col(AccountSession.ends_at) < old),
        (SignInLink, col(SignInLink.expires_at) < old),
        (PasswordLink, col(PasswordLink.expires_at) < old),
        (RecoveryCode, col(RecoveryCode.used_at) < old),
        (KnownBrowser, col(KnownBrowser.seen_at) < old),
        (FeedToken, col(FeedToken.revoked_at) < old),
        (SignUpReceipt, col(SignUpReceipt.accepted_at) < old),
        (AccessAudit, col(AccessAudit.at) < old),
        (Letter, col(Letter.written_at) < old),
    ]
    gone = sum(row_count(db, delete(table).where(condition)) for table, condition in ended)
    return (
        gone
        + forget_counts(db, before=now - _COUNTS)
        + forget_requests(db, now=now)
        + forget_alerts(db, now=now)
        + clear_files(db, now=now)
        + _forget_strangers(db, before=old)
        + empty_bin(db, now=now)
        + sweep_pictures(db, now=now)
    )


def _forget_strangers(db: Session, *, before: datetime) -> int:
    """Blank what companies wrote of people whom nobody recognised, or took back: no file leads to these names.

    The lines stay, with their days and hours.
    """
    line = DeclaredLine
    strangers = or_(col(line.employment_id).is_(None), col(line.state) == LineState.WITHDRAWN)
    named = or_(col(line.person_words) != "", col(line.reason) != "")
    asked = update(line).where(strangers, named, col(line.written_at) < before).values(person_words="", reason="")
    return row_count(db, asked)
