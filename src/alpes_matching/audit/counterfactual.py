"""Whether anything changes when only what must not matter is changed: another sex, another age, another commune."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Record = TypeVar("Record")


@dataclass(frozen=True)
class Difference:
    """Records `changed` in one way gave another `result`: what it was, and what it became."""

    change: str
    before: object
    after: object


def differences(
    records: Sequence[Record],
    rank: Callable[[Sequence[Record]], object],
    changes: Mapping[str, Callable[[Record], Record]],
) -> list[Difference]:
    """What `rank` gives otherwise once every record was changed, for each named change; none is what the law asks.

    `rank` takes the records as they are stored and gives anything that compares by value (the ranks, scores and
    sentences); a change returns a new record with another value of one protected attribute.
    """
    before = rank(records)
    found = ((name, rank([change(record) for record in records])) for name, change in changes.items())
    return [Difference(name, before, after) for name, after in found if after != before]
