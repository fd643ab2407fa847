"""In demo mode, the accounts to try: shown on the sign-in pages, so that nobody needs to look for them."""

from sqlmodel import col, select

from alpes_events.demo.accounts import DemoAccount, demo_accounts
from alpes_events.people.models import Account
from alpes_web.site import site


def accounts_to_try() -> list[DemoAccount]:
    """Those of the demonstration that are in this database; none outside demo mode."""
    if not site().settings.demo:
        return []
    accounts = demo_accounts().accounts
    statement = select(Account.email).where(
        col(Account.email).in_([account.email for account in accounts]), col(Account.disabled_at).is_(None)
    )
    with site().database.reading() as db:
        there = set(db.exec(statement))
    return [account for account in accounts if account.email in there]
