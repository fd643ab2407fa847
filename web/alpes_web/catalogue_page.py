"""What the public catalogue shows: the villages with how many answer the choice, and the stands that do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from alpes_events.fair.catalogue import CatalogueStand
from alpes_events.fair.looking import found_in
from alpes_events.hiring.listing import OfferCard


@dataclass(frozen=True)
class VillageChip:
    """A village to choose: its id (« 0 » is outside the villages), its name (« » there), how many answer the search."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class VillageShown:
    """A village with those of its stands that answer the choice."""

    name: str
    stands: tuple[CatalogueStand, ...]


@dataclass(frozen=True)
class CatalogueShown:
    """A catalogue as it was asked for. `count` is how many it shows of `whole_count`; `instead`: near words."""

    villages: tuple[VillageShown, ...]
    chips: tuple[VillageChip, ...]
    offers: Mapping[int, tuple[OfferCard, ...]]
    count: int
    whole_count: int
    village_count: int
    instead: tuple[str, ...]


def catalogue_shown(
    stands: Sequence[CatalogueStand], cards: Sequence[OfferCard], *, search: str, village: str
) -> CatalogueShown:
    """The stands that answer a search and are in a village (« » is all), in their order, with the offers they bring."""
    offers = {one.id: tuple(card for card in cards if card.offer.exhibitor_id == one.id) for one in stands}
    texts = {one.id: " ".join((one.text, *(card.offer.title for card in offers[one.id]))) for one in stands}
    found = found_in(texts, search)
    answering = [one for one in stands if one.id in found.ids]
    shown = [one for one in answering if village in {"", _code(one)}]
    return CatalogueShown(
        villages=tuple(VillageShown(name, tuple(some)) for name, some in groupby(shown, lambda one: one.village)),
        chips=tuple(
            VillageChip(code, next(one.village for one in stands if _code(one) == code), len(list(some)))
            for code, some in _by_village(stands, answering)
        ),
        offers=offers,
        count=len(shown),
        whole_count=len(stands),
        village_count=len({one.village_id for one in stands if one.village_id is not None}),
        instead=found.instead,
    )


def _by_village(
    stands: Sequence[CatalogueStand], answering: Sequence[CatalogueStand]
) -> list[tuple[str, list[CatalogueStand]]]:
    codes = dict.fromkeys(_code(one) for one in stands)
    return [(code, [one for one in answering if _code(one) == code]) for code in codes] if len(codes) > 1 else []


def _code(stand: CatalogueStand) -> str:
    return str(stand.village_id or 0)
