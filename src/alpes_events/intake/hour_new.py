"""What hours would create, by name: contracts, lots, companies, people and work contracts. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from alpes_events.intake.hour_things import SomeCompany, SomeContract, SomeEmployment, SomeLot, SomePerson, ToWrite

KINDS_OF_THINGS = ("contracts", "lots", "companies", "people", "employments")


def new_things(hours: Sequence[ToWrite]) -> dict[str, list[str]]:
    """The names of the things of each kind that these hours would create, in their order."""
    used = list(dict.fromkeys(one.employment for one in hours))
    lots = dict.fromkeys(one.lot for one in used)
    return {
        "contracts": [_contract(one) for one in dict.fromkeys(lot.contract for lot in lots) if one.id is None],
        "lots": [_lot(one) for one in lots if one.row.id is None],
        "companies": [_company(one) for one in dict.fromkeys(_companies(used)) if one.id is None],
        "people": [_person(one) for one in dict.fromkeys(one.person for one in used) if one.id is None],
        "employments": [_employment(one) for one in used if one.id is None],
    }


def _companies(used: Iterable[SomeEmployment]) -> Iterator[SomeCompany]:
    for one in used:
        yield one.company
        if one.employer is not None:
            yield one.employer


def _contract(one: SomeContract) -> str:
    """« 2026-014, Groupe scolaire, Ville des Houblons, 01/03/2026 – … »."""
    named = () if one.said is None else (one.said.operation, one.said.authority)
    return ", ".join([one.row.reference, *named, f"{one.row.starts_on:%d/%m/%Y} – …"])


def _lot(one: SomeLot) -> str:
    return ", ".join(filter(None, (one.contract.row.reference, f"lot {one.row.number}", one.row.title)))


def _company(one: SomeCompany) -> str:
    return ", ".join(filter(None, (one.name, one.siret)))


def _person(one: SomePerson) -> str:
    row = one.row
    born = "" if row.birth_on is None else f"{row.birth_on:%d/%m/%Y}"
    return ", ".join(filter(None, (f"{row.given_name} {row.family_name}", born)))


def _employment(one: SomeEmployment) -> str:
    row = one.person.row
    last = "…" if one.ends_on is None else f"{one.ends_on:%d/%m/%Y}"
    named = f"{row.given_name} {row.family_name}, {one.company.name}, {_lot(one.lot)}"
    return f"{named}, {one.starts_on:%d/%m/%Y} – {last}"
