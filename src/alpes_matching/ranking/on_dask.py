"""A pool over the workers of a Dask cluster, for more profiles than one machine holds. Needs `alpes[dask]`."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, Self

import numpy as np

from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.errors import DuplicateKeyError
from alpes_matching.ranking.partitions import Partitions, merged
from alpes_matching.ranking.pool import Asking, Kept, Pool
from alpes_matching.ranking.proximity import Proximity
from alpes_matching.ranking.rank import rank_many
from alpes_matching.ranking.ranked import Ranked
from alpes_matching.ranking.ties import Digests
from alpes_matching.ranking.tokens import Key

if TYPE_CHECKING:
    from distributed import Client


class DaskPool(Partitions[Asking], Generic[Kept, Asking]):
    """Partitions of a pool, each built and searched where a worker holds it. The same answers as one pool of all.

    A worker that is lost takes nothing with it: its partitions are built anew from what made them.
    """

    def __init__(self, client: "Client", pools: Sequence[Any]) -> None:
        self._client, self._pools = client, list(pools)

    @classmethod
    def build(
        cls,
        client: "Client",
        kind: type[Pool[Kept, Asking]],
        partitions: Iterable[Callable[[], Iterable[Kept]]],
        *,
        proximity: Proximity | None = None,
    ) -> Self:
        """From functions that each give the profiles of one partition, called on a worker.

        `kind` is `CandidatePool` or `OfferPool`. Raises `DuplicateKeyError` when a key comes twice anywhere.
        """
        pools = [client.submit(_built, kind, one, proximity, pure=False) for one in partitions]
        digests: list[Digests] = client.gather(client.map(_digests, pools, pure=False))
        found, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *digests]), return_counts=True)
        if (counts > 1).any():
            asked = client.map(_keys, pools, digests=found[counts > 1], pure=False)
            for key, count in Counter(chain.from_iterable(client.gather(asked))).items():
                if count > 1:
                    raise DuplicateKeyError(key)
        return cls(client, pools)

    def rankings(self, asking: Sequence[Asking], limit: int | None, distances: Distances) -> list[list[Ranked]]:
        """See `Partitions`."""
        if not self._pools or not asking:
            return [[] for _one in asking]
        question = self._client.scatter((list(asking), distances), broadcast=True, hash=False)
        parts = self._client.gather(self._client.map(_ranked, self._pools, question=question, limit=limit, pure=False))
        return [merged(rankings, limit) for rankings in zip(*parts, strict=True)]


def _built(
    kind: type[Pool[Kept, Asking]], profiles: Callable[[], Iterable[Kept]], proximity: Proximity | None
) -> Pool[Kept, Asking]:
    return kind(profiles(), proximity=proximity)


def _digests(pool: Pool[Any, Any]) -> Digests:
    return pool.digests


def _keys(pool: Pool[Any, Any], digests: Digests) -> list[Key]:
    return [pool.keys[row] for row in np.flatnonzero(np.isin(pool.digests, digests))]


def _ranked(
    pool: Pool[Kept, Asking], question: tuple[Sequence[Asking], Distances], limit: int | None
) -> list[list[Ranked]]:
    asking, distances = question
    return rank_many(asking, pool, limit, distances=distances)
