"""What one sign-up form asks, and what it is answered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alpes_events.attendance.models import Channel, RegistrationState
from alpes_events.people.identity import PersonIn


@dataclass(frozen=True)
class SignUp:
    """What one form asks. `person` is who comes: as typed, or `candidate_id` when an advisor chose a known person.

    `form_key` is the form's own UUID (a replay gets the first answer). `priority` above 0 passes others in the queue
    and is for staff. `answers` maps question ids to what was answered.
    """

    event_id: int
    channel: Channel
    person: PersonIn | None = None
    candidate_id: int | None = None
    session_id: int | None = None
    form_key: str | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    account_id: int | None = None
    priority: int = 0
    language: str = "fr"
    import_key: str | None = None

    @property
    def form_hash(self) -> str:
        """A digest of everything typed."""
        typed: dict[str, Any] = {
            "form": self.form_key,
            "event": self.event_id,
            "session": self.session_id,
            "candidate": self.candidate_id,
            "person": None if self.person is None else repr(self.person),
            "answers": sorted((key, value) for key, value in self.answers.items() if value),
        }
        return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class SignUpAnswer:
    """What the person is told: the reference, whether they have a place or their position in the queue.

    For a repeated sign-up of somebody already registered `repeated` is true: the page shows the same, and only a
    message to that person tells them so.
    """

    registration_id: int
    reference: str
    state: RegistrationState
    position: int | None
    repeated: bool = False
    replayed: bool = False
