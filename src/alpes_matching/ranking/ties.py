"""Who comes first of equals: a hash of offer *and* candidate, so that nobody is always first."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from alpes_matching.ranking.tokens import Key

Digests = npt.NDArray[np.uint64]


def digest(key: Key) -> int:
    """64 bits of a key, the same on every machine."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def mixed(offers: Digests, candidates: Digests) -> Digests:
    """64 bits of each pair of digests, the smaller first: the finishing steps of MurmurHash3, in whole numbers."""
    with np.errstate(over="ignore"):
        bits = offers * np.uint64(0x9E3779B97F4A7C15) + candidates
        for shift, factor in ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53)):
            bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
        mixed_bits: Digests = bits ^ (bits >> np.uint64(33))
    return mixed_bits


def tie(offer: Key, candidate: Key) -> int:
    """The number of one pair by which equals are ordered."""
    return int(mixed(np.asarray([digest(offer)], np.uint64), np.asarray([digest(candidate)], np.uint64))[0])
