"""Who is looking at the page, when they have signed in."""

from dataclasses import dataclass

from flask import g

from alpes_events.people.models import Role


@dataclass(frozen=True)
class Visitor:
    """A signed-in person, as far as a page needs to know them."""

    account_id: int
    name: str
    role: Role
    candidate_id: int | None = None
    event_id: int | None = None
    structure: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether this person works for the organisation or its partners."""
        return self.role not in {Role.CANDIDATE, Role.EMPLOYER}


def visitor() -> Visitor | None:
    """The signed-in person of the present request, or None."""
    found = g.get("visitor")
    assert found is None or isinstance(found, Visitor)
    return found
