"""What the journal may hold about an event: ids, codes, numbers and instants, never a name nor free text."""

import re
from collections.abc import Mapping

Fact = int | float | bool | str | None | list[int] | list[str]

_CODE = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,63}\Z", re.IGNORECASE)


def checked(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts, if each is an id, a code (at most 64 of letters, digits, `_.:+-`) or a number; else `ValueError`."""
    for name, fact in facts.items():
        for part in fact if isinstance(fact, list) else [fact]:
            if isinstance(part, str) and not _CODE.match(part):
                raise ValueError(f"journal fact {name!r} is free text")
    return dict(facts)
