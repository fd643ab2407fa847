"""In demo mode, the accounts to try: shown on the sign-in page, so that nobody needs to look for them."""

from dataclasses import dataclass

from sqlmodel import col, select

from alpes_events.language.sentence import N_
from alpes_events.people.models import Account, Role
from alpes_web.site import site

ROLE_WORDS: dict[Role, str] = {
    Role.CANDIDATE: N_("Candidat"),
    Role.EMPLOYER: N_("Employeur"),
    Role.ADVISOR: N_("Conseiller"),
    Role.COORDINATOR: N_("Coordination"),
    Role.DOOR: N_("Accueil"),
    Role.READER: N_("Lecture des chiffres"),
    Role.ADMINISTRATOR: N_("Administration"),
}


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demonstration."""

    name: str
    email: str
    role: Role


def demo_accounts() -> list[DemoAccount]:
    """One account of each role; none outside demo mode."""
    if not site().settings.demo:
        return []
    statement = select(Account).where(col(Account.disabled_at).is_(None)).order_by(col(Account.id))
    with site().database.reading() as db:
        accounts = db.exec(statement.where(col(Account.password_hash).is_not(None))).all()
    first = {account.role: account for account in reversed(accounts)}
    return [DemoAccount(first[role].name, first[role].email, role) for role in Role if role in first]
