"""What somebody chose among the offers, as it stands in the address: every choice can be sent to somebody else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from alpes_events.hiring.alerts import choice_of
from alpes_events.hiring.choice import OfferChoice, communes_within
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import OfferAlert
from alpes_events.hiring.words import CONTRACTS
from alpes_events.territory.queries import CommuneOnMap, commune
from alpes_web.agenda_choice import RADII, USUAL_RADIUS
from alpes_web.languages import translated
from alpes_web.typed import whole_number

_LONGEST_TEXT = 100
_CONTRACTS = {kind.value: kind for kind in ContractKind}


@dataclass(frozen=True)
class OfferChip:
    """A filter to press: its words, where it leads, how many offers are there."""

    words: str
    address: str
    count: int | None = None
    current: bool = False


def offer_choice(arguments: "MultiDict[str, str]", communes: Sequence[CommuneOnMap]) -> OfferChoice:
    """The choice that an address makes. What it does not know (a wrong contract, commune, radius) does not narrow."""
    contracts = tuple(dict.fromkeys(_CONTRACTS[one] for one in arguments.getlist("contract") if one in _CONTRACTS))
    choice = OfferChoice(
        search=arguments.get("q", "").strip()[:_LONGEST_TEXT],
        contracts=contracts,
        only_territory=arguments.get("territory") == "1",
    )
    code = arguments.get("commune", "")
    if not any(one.insee_code == code for one in communes):
        return choice
    asked = whole_number(arguments.get("radius", ""))
    radius = asked if asked in RADII else USUAL_RADIUS
    return replace(choice, insee_code=code, radius_km=radius, within=communes_within(communes, code, radius))


def query_of(choice: OfferChoice) -> list[tuple[str, str]]:
    """The choice as the parts of an address, always in the same order."""
    pairs = [("contract", kind.value) for kind in choice.contracts]
    if choice.insee_code:
        pairs += [("commune", choice.insee_code), ("radius", str(choice.radius_km))]
    if choice.only_territory:
        pairs.append(("territory", "1"))
    return pairs + ([("q", choice.search)] if choice.search else [])


def offers_address(choice: OfferChoice, *, page: int = 1, endpoint: str = "offers.table") -> str:
    """The address of the list under this choice."""
    pairs = query_of(choice) + ([("page", str(page))] if page > 1 else [])
    return f"{url_for(endpoint)}?{urlencode(pairs)}" if pairs else url_for(endpoint)


def without(choice: OfferChoice, *parts: str) -> list[tuple[str, str]]:
    """What a form must carry along, without the parts that it asks itself."""
    return [(name, value) for name, value in query_of(choice) if name not in parts]


def contract_chips(choice: OfferChoice, counts: Counter[ContractKind]) -> list[OfferChip]:
    """« Tout », then one chip for each contract that is there."""
    every = replace(choice, contracts=())
    chips = [OfferChip(translated("Tout"), offers_address(every), counts.total(), not choice.contracts)]
    for kind, words in CONTRACTS.items():
        if counts[kind] or kind in choice.contracts:
            address = offers_address(replace(choice, contracts=(kind,)))
            chips.append(OfferChip(translated(words), address, counts[kind], kind in choice.contracts))
    return chips


def chosen_chips(choice: OfferChoice, *, territory: str) -> list[OfferChip]:
    """What narrows the list beside the contract, each with the address that takes it away."""
    chips = []
    if choice.search:
        chips.append(
            OfferChip(
                translated("« %(words)s »") % {"words": choice.search}, offers_address(replace(choice, search=""))
            )
        )
    if choice.only_territory:
        words = translated("Sur le territoire %(territory)s") % {"territory": territory}
        chips.append(OfferChip(words, offers_address(replace(choice, only_territory=False))))
    return chips


def alert_words(db: Session, alert: OfferAlert) -> str:
    """What an alert waits for, in words."""
    return choice_words(db, choice_of(alert, ()))


def choice_words(db: Session, choice: OfferChoice) -> str:
    """A choice in words, with its commune by its name."""
    listed = commune(db, choice.insee_code) if choice.insee_code else None
    return _words(choice, place=listed.name if listed else "")


def _words(choice: OfferChoice, *, place: str) -> str:
    """The choice in words: « vendeur, CDI, à moins de 10 km de Lambersart »."""
    parts = [choice.search, *(translated(CONTRACTS[kind]) for kind in choice.contracts)]
    if choice.insee_code:
        parts.append(translated("à moins de %(radius)s km de %(place)s") % {"radius": choice.radius_km, "place": place})
    if choice.only_territory:
        parts.append(translated("sur le territoire"))
    return ", ".join(part for part in parts if part) or translated("Toutes les nouvelles offres")
