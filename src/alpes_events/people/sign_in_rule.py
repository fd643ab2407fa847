"""How each role signs in: by a link or by password, and of whom the organisation asks a second factor."""

from alpes_events.people.models import Role
from alpes_events.territory.models import SecondFactorRule

BY_LINK = frozenset({Role.CANDIDATE, Role.EMPLOYER})
"""Those who sign in by a link or a code; all others by password."""


def asks_second_factor(rule: str, role: Role) -> bool:
    """Whether somebody of this role must have one. Who signs in by a link has no password that could be guessed."""
    match rule:
        case SecondFactorRule.STAFF:
            return role not in BY_LINK
        case SecondFactorRule.ADMINISTRATORS:
            return role is Role.ADMINISTRATOR
        case _:
            return False
