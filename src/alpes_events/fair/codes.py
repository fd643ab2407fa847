"""What the fair says in one word: kinds of place, options, what is missing, where a request stands."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What an exhibitor asks for."""

    STAND = "stand"
    TABLE = "table"
    DEMONSTRATION = "demonstration"
    WORKSHOP = "workshop"


class StandOption(StrEnum):
    """What may come with a place, free of charge."""

    ELECTRICITY = "electricity"
    PANEL = "panel"
    PARKING = "parking"
    MEALS = "meals"


class Missing(StrEnum):
    """What an exhibitor may still owe us: what the event asks for, and answers to its questions that need one."""

    LOGO = "logo"
    RECRUITERS = "recruiters"
    JOBS = "jobs"
    PLATES = "plates"
    ANSWERS = "answers"


class ExhibitorState(StrEnum):
    """Where a request for a stand stands. Only an accepted exhibitor counts."""

    REQUESTED = "requested"
    TO_COMPLETE = "to_complete"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LIVE = (
    ExhibitorState.REQUESTED,
    ExhibitorState.TO_COMPLETE,
    ExhibitorState.WAITLISTED,
    ExhibitorState.ACCEPTED,
)
"""States of a request that is not over."""
