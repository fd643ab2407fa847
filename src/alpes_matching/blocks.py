"""Which records are laid side by side: those that share a contact, a birth date or the rough form of both names."""

from collections.abc import Iterator, Sequence

import numpy as np

from alpes_matching.contacts import email_form, telephone_form
from alpes_matching.person import Prepared
from alpes_matching.screen import Indices, Screen

_LARGEST = 1_000
_LARGEST_CONTACT = 300
"""Records of one block. A telephone or address that more share (that of a structure) is divided by name."""
_AT_ONCE = 2_000_000
"""Pairs looked at in one go: what bounds the memory."""


def screened(ready: Sequence[Prepared], screen: Screen, *, bits: float) -> Iterator[tuple[int, int]]:
    """Each pair of places in `ready` that shares a block and could have so many `bits` for it, once, smaller first."""
    count, kept = len(ready), [np.zeros(0, np.int64)]
    for first, second in _lots(_blocks(ready)):
        could = screen.could_have(first, second, bits=bits)
        kept.append(np.unique(first[could] * count + second[could]))
    for pair in np.unique(np.concatenate(kept)).tolist():
        yield divmod(pair, count)


def _blocks(ready: Sequence[Prepared]) -> list[list[int]]:
    """The places of the records of each block, in order."""
    blocks: dict[str, list[int]] = {}
    for place, one in enumerate(ready):
        for key in set(_keys(one)):
            blocks.setdefault(key, []).append(place)
    return [block for key, block in blocks.items() if 1 < len(block) <= _largest(key)]


def _largest(key: str) -> int:
    return _LARGEST_CONTACT if key.startswith(("telephone:", "email:")) else _LARGEST


def _lots(blocks: Sequence[Sequence[int]]) -> Iterator[tuple[Indices, Indices]]:
    """The pairs of all blocks, many blocks at a time; a pair may come more than once."""
    firsts: list[Indices] = []
    seconds: list[Indices] = []
    waiting = 0
    for block in blocks:
        places = np.array(block, np.int64)
        one, other = np.triu_indices(len(block), 1)
        firsts.append(places[one])
        seconds.append(places[other])
        waiting += len(one)
        if waiting >= _AT_ONCE:
            yield np.concatenate(firsts), np.concatenate(seconds)
            firsts, seconds, waiting = [], [], 0
    if firsts:
        yield np.concatenate(firsts), np.concatenate(seconds)


def _keys(one: Prepared) -> Iterator[str]:
    person = one.person
    both = sorted((one.family.sound[:4], one.given.sound[:4]))
    yield f"begin:{both}"
    yield f"end:{sorted((one.family.sound[-4:], one.given.sound[-4:]))}"
    for word in one.family.words:
        yield f"word:{sorted((word[:6], one.given.joined[:4]))}"
    if person.telephone:
        yield f"telephone:{telephone_form(person.telephone)}"
        yield f"telephone:{telephone_form(person.telephone)}:{both}"
    if person.email:
        yield f"email:{email_form(person.email)[0]}"
        yield f"email:{email_form(person.email)[0]}:{both}"
    if person.birth_on is not None:
        born = person.birth_on
        yield f"birth:{born.year}:{sorted((born.day, born.month))}"
