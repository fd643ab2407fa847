"""Which offers somebody asks for: a search, contracts, how near, the territory. What is empty does not narrow."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import JobOffer
from alpes_events.territory.distance import kilometres_between
from alpes_events.territory.queries import CommuneOnMap
from alpes_matching.stems import stems

_MOST_WORDS = 8


@dataclass(frozen=True)
class OfferChoice:
    """What somebody chose. `within` holds the communes that are near enough, worked out by `communes_within`."""

    search: str = ""
    contracts: tuple[ContractKind, ...] = ()
    insee_code: str = ""
    radius_km: int | None = None
    only_territory: bool = False
    within: frozenset[str] = frozenset()

    @property
    def sought(self) -> tuple[str, ...]:
        """The stems that an offer must hold, each at the beginning of one of its words."""
        return stems(self.search)[:_MOST_WORDS]

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.search.strip() or self.contracts or self.insee_code or self.only_territory)


def communes_within(communes: Iterable[CommuneOnMap], insee_code: str, radius_km: int) -> frozenset[str]:
    """The codes of the communes within so many kilometres of this one, itself among them."""
    listed = list(communes)
    centre = next((one.position for one in listed if one.insee_code == insee_code), None)
    if centre is None:
        return frozenset({insee_code})
    near = {
        one.insee_code
        for one in listed
        if one.position is not None and kilometres_between(centre, one.position) <= radius_km
    }
    return frozenset(near | {insee_code})


def chosen(choice: OfferChoice, *, contracts: bool = True) -> list[ColumnElement[bool]]:
    """The choice as conditions on `JobOffer`; without `contracts`, for the counts on their chips."""
    conditions: list[ColumnElement[bool]] = [
        col(JobOffer.search_words).contains(f" {word}", autoescape=True) for word in choice.sought
    ]
    if contracts and choice.contracts:
        conditions.append(col(JobOffer.contract).in_(choice.contracts))
    if choice.only_territory:
        conditions.append(col(JobOffer.in_territory).is_(True))
    if choice.insee_code:
        conditions.append(or_(*(col(JobOffer.insee_code) == code for code in sorted(choice.within))))
    return conditions
