"""A commune typed on one line: a name, a postal code, or both in either order."""

import re

_POSTAL_CODE = re.compile(r"\b\d{4,5}\b", re.ASCII)
"""Five figures here, four in Belgium next door."""
_MARKS = str.maketrans("(),", "   ")


def name_and_code(place: str) -> tuple[str, str]:
    """Name and postal code of « Lompret », « 59840 », « 59840 Lompret », « Lompret (59840) »; "" for what misses.

    Also « 7700 Mouscron »: a place abroad keeps its name and its postal code.
    """
    found = _POSTAL_CODE.search(place)
    if found is None:
        return place.strip(), ""
    rest = f"{place[: found.start()]} {place[found.end() :]}"
    return " ".join(rest.translate(_MARKS).split()), found[0]
