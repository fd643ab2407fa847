"""One thing to settle on the board of the day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One thing to settle: what it is, a detail, and the button that leads to it. `first`: the most pressing."""

    title: str
    detail: str
    address: str
    action: str
    icon: str = "hour"
    tone: str = "warn"
    first: bool = False
