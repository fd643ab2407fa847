"""Groups too small to be shown, so that nobody can be read out of a table."""

from collections.abc import Mapping

MASK_BELOW = 5
"""Groups of fewer people are not shown, unless the caller says another number."""


def hidden_groups(sizes: Mapping[str, int], *, below: int) -> frozenset[str]:
    """The groups to hide: those of 1 to `below` − 1 people, and when that is one alone, the next smallest with it, for
    else it could be told from the total. A group of nobody hides nobody.
    """
    small = {group for group, size in sizes.items() if 0 < size < below}
    others = sorted((size, group) for group, size in sizes.items() if size >= below)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return frozenset(small)
