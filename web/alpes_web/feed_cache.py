"""Feeds already rendered, kept in memory by their tag: the same tag is the same octets, so nothing is ever stale."""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

_MOST_OCTETS = 32 * 1024 * 1024
_COMPRESSION = 5


@dataclass(frozen=True)
class Rendered:
    """The octets of one feed, plain and compressed (made when first asked for, without a date inside)."""

    plain: bytes

    @cached_property
    def compressed(self) -> bytes:
        """The octets through gzip."""
        return gzip.compress(self.plain, _COMPRESSION, mtime=0)


class FeedCache:
    """The feeds last asked for, up to 32 MB. Safe between threads; one thread renders while others wait for it."""

    def __init__(self, *, most_octets: int = _MOST_OCTETS) -> None:
        self._most_octets = most_octets
        self._kept: OrderedDict[str, Rendered] = OrderedDict()
        self._lock = Lock()
        self._rendering = Lock()

    def get(self, tag: str, render: Callable[[], bytes]) -> Rendered:
        """The feed with this tag, rendered by `render` if it is not kept."""
        with self._lock:
            if (found := self._known(tag)) is not None:
                return found
        with self._rendering:
            with self._lock:
                if (found := self._known(tag)) is not None:
                    return found
            made = Rendered(render())
            with self._lock:
                self._keep(tag, made)
        return made

    def _known(self, tag: str) -> Rendered | None:
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def _keep(self, tag: str, made: Rendered) -> None:
        self._kept[tag] = made
        while len(self._kept) > 1 and sum(len(item.plain) for item in self._kept.values()) > self._most_octets:
            self._kept.popitem(last=False)
