"""Who did something, by name: what a history shows for the accounts that the journal keeps."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from alpes_events.people.models import Account


def account_names(db: Session, account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these accounts; one that is gone has none."""
    wanted = {one for one in account_ids if one is not None}
    rows = db.exec(select(Account.id, Account.name).where(col(Account.id).in_(wanted)))
    return {account_id: name for account_id, name in rows if account_id is not None}
