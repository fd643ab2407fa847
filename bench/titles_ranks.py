"""Where the right key stands: for this code and for its peers, and whether women and men get the same answer."""

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from alpes_matching.titles import TitleIndex
from alpes_matching.titles.words import Pair, pair_of
from bench.machine import percentiles
from bench.titles_data import Gold, Pairs
from bench.titles_peers import Peer

Order = Callable[[str], list[str]]
"""The keys for a title, best first."""
Row = dict[str, object]
_DEEP = 1000
_FIRST = 10


def ours(index: TitleIndex) -> Order:
    """The first thousand keys of an index."""
    return lambda text: [hit.key for hit in index.search(text, _DEEP)]


def theirs(peer: Peer, entries: Pairs) -> Order:
    """The keys by their best label, the first of equals."""
    keys = list(dict.fromkeys(key for key, _label in entries))
    numbers = {key: number for number, key in enumerate(keys)}
    of_label = np.asarray([numbers[key] for key, _label in entries])

    def order(text: str) -> list[str]:
        best = np.zeros(len(keys), np.float32)
        np.maximum.at(best, of_label, peer(text))
        return [keys[at] for at in np.argsort(-best, kind="stable")[:_DEEP]]

    return order


def ranked(order: Order, asked: Gold) -> Row:
    """`mrr`: mean of 1 / rank of the right key; `first`: share that comes first."""
    began = time.perf_counter()
    values = np.asarray([_reciprocal(order(text), right) for text, right in asked])
    return {
        "mrr": round(float(values.mean()), 4),
        "first": round(float((values == 1).mean()), 4),
        "half_width_95": round(1.96 * float(values.std()) / len(values) ** 0.5, 4),
        "asked": len(asked),
        "ms_mean": round((time.perf_counter() - began) * 1000 / len(asked), 1),
    }


def waits(index: TitleIndex, asked: Gold) -> dict[str, float]:
    """Milliseconds that the first ten keys take."""
    told = []
    for text, _right in asked:
        began = time.perf_counter()
        index.search(text)
        told.append((time.perf_counter() - began) * 1000)
    return percentiles(told)


def forms(orders: Mapping[str, Order], asked: Gold, most: int) -> dict[str, Row]:
    """Feminine and masculine of at most so many slashed titles: the share of the first ten keys that both have, and the
    gap between their `mrr`.
    """
    pairs = [(pair, right) for text, right in asked if (pair := pair_of(text)) is not None][:most]
    return {name: _gap(order, pairs) for name, order in orders.items()}


def _gap(order: Order, pairs: Sequence[tuple[Pair, set[str]]]) -> Row:
    same, values = [], []
    for pair, right in pairs:
        he, she = (order(" ".join(side)) for side in (pair.first, pair.second))
        same.append(len(set(he[:_FIRST]) & set(she[:_FIRST])) / max(1, len(he[:_FIRST])))
        values.append((_reciprocal(he, right), _reciprocal(she, right)))
    masculine, feminine = np.asarray(values).mean(0)
    return {
        "same_answers": round(float(np.mean(same)), 4),
        "mrr_gap": round(abs(float(masculine - feminine)), 4),
        "pairs": len(pairs),
    }


def _reciprocal(keys: Sequence[str], right: set[str]) -> float:
    return next((1 / rank for rank, key in enumerate(keys, 1) if key in right), 0.0)
