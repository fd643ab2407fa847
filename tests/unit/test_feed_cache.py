"""Rendered feeds are kept by tag: rendered once, whoever asks at the same moment, and dropped when too many."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from alpes_web.feed_cache import FeedCache


def test_feed_is_rendered_once_even_when_asked_by_many_at_once() -> None:
    cache, renders, go = FeedCache(), [], Event()

    def render() -> bytes:
        go.wait(5)
        renders.append(1)
        return b"feed"

    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(cache.get, "tag", render) for _ in range(8)]
        go.set()
        assert {answer.result().plain for answer in answers} == {b"feed"}
    assert len(renders) == 1


def test_least_asked_feed_is_dropped_first_and_the_last_one_is_kept() -> None:
    cache, renders = FeedCache(most_octets=100), []

    def ask(tag: str, size: int) -> None:
        def render() -> bytes:
            renders.append(tag)
            return b"x" * size

        cache.get(tag, render)

    for tag, size in [("a", 40), ("b", 40), ("a", 40), ("c", 40), ("a", 40), ("b", 40), ("huge", 900), ("huge", 900)]:
        ask(tag, size)
    assert renders == ["a", "b", "c", "b", "huge"]


def test_compressed_feed_has_no_date_inside() -> None:
    first, second = (FeedCache().get("tag", lambda: b"feed" * 99).compressed for _ in range(2))
    assert first == second
    assert gzip.decompress(first) == b"feed" * 99
