"""Beginnings of stories about errands: who asks, who works, and files to send."""

from collections.abc import Callable, Mapping

from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.errands.commands import Wish, ask_errand
from alpes_events.errands.file import CSV, File
from alpes_events.errands.models import ErrandKind, FileRole
from alpes_events.errands.performing import Worker
from alpes_events.errands.queries import ErrandView, errand_view
from alpes_events.errands.work import Perform
from alpes_events.people.models import Account, Role
from alpes_scheduler.errands import KINDS
from tests.support.posts import Clock
from tests.support.stories import NOW

HEADINGS = "nom;prénom;e-mail;date de naissance\n"


def a_worker(
    database: Database,
    clock: Clock | None = None,
    *,
    kinds: Mapping[ErrandKind, Perform] = KINDS,
    leaving: Callable[[], bool] = lambda: False,
) -> Worker:
    """What the scheduler runs."""
    return Worker(database, kinds, clock or Clock(), leaving)


def an_account(db: Session, *, email: str = "claire@example.org", role: Role = Role.COORDINATOR) -> int:
    """Somebody of the team."""
    known = db.exec(select(Account.id).where(Account.email == email)).first()
    if known is not None:
        return known
    account = Account(email=email, name="Claire Martin", role=role, created_at=NOW)
    db.add(account)
    db.flush()
    return account.id or 0


def asks(
    database: Database,
    kind: ErrandKind = ErrandKind.CHECK,
    *,
    content: str | bytes | None = None,
    name: str = "personnes.csv",
    follows: int | None = None,
    language: str = "fr",
    **wishes: Wish,
) -> int:
    """Somebody asks for work, with a file if there is `content`."""
    octets = content.encode() if isinstance(content, str) else content
    sent = None if octets is None else File(FileRole.SENT, name, CSV, octets)
    with database.writing() as db:
        errand_id = ask_errand(
            db,
            kind,
            wishes=wishes,
            sent=sent,
            follows=follows,
            language=language,
            now=NOW,
            account_id=an_account(db),
        )
        db.commit()
    return errand_id


def view(database: Database, errand_id: int) -> ErrandView:
    """How it stands."""
    with database.reading() as db:
        return errand_view(db, errand_id)


def people_file(count: int, *, first: int = 0) -> str:
    """A file of so many people, each with an address of their own."""
    rows = (f"Nom{_letters(one)};Prénom;p{one}@example.org;04/11/1991\n" for one in range(first, first + count))
    return HEADINGS + "".join(rows)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
