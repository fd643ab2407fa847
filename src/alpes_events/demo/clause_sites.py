"""Operations, public contracts, lots and companies of the demonstration’s social clause: 2023's, each with its work."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft, OperationDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.records import add_authority, add_contract, add_lot, add_operation
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.contract_rows import ContractingAuthority, ObligationKind
from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.models import Company
from alpes_events.demo.clause_year import Stint, said_of_the_clause
from alpes_events.demo.companies import home_of
from alpes_events.demo.scene import Scene
from alpes_events.territory.communes import bundled_communes

_STEP = 35 * 60
"""Obligations are written in whole weeks of work, in minutes."""
_SECOND_LOT = 4
"""One contract in four has a second lot."""


@dataclass(frozen=True)
class LotPlace:
    """A lot with the company that holds it, and the occupation of its work."""

    contract_id: int
    lot_id: int
    company_id: int
    rome_code: str


def at_nine(day: date) -> datetime:
    """The morning of a day."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def company_of(db: Session, scene: Scene, name: str, *, on: date) -> int:
    """The company of that name, or a new one where invented companies of that name are."""
    known = db.exec(select(Company.id).where(Company.name == name).order_by(col(Company.id))).first()
    if known is not None:
        return known
    home = EstablishmentDraft(insee_code=home_of(name, scene.members, known=True))
    return find_or_add_company(db, CompanyDraft(name), home, now=at_nine(on), account_id=scene.facilitator)


def authority_of(db: Session, scene: Scene, name: str, *, on: date) -> int:
    """The contracting authority of that name."""
    known = db.exec(select(ContractingAuthority.id).where(ContractingAuthority.name == name)).first()
    return known or add_authority(db, name, now=at_nine(on), account_id=scene.facilitator)


def commune_inside(random: Random, scene: Scene, inside: bool) -> str:
    """A commune of the territory, or another."""
    return random.choice([one.insee_code for one in bundled_communes() if (one.insee_code in scene.members) is inside])


def sites_of_2023(
    db: Session, scene: Scene, random: Random, stints: Sequence[Stint]
) -> dict[Stint, tuple[LotPlace, date]]:
    """Write what was built in 2023. Gives the lot of each stint, with the last day of its contract."""
    by_operation: defaultdict[tuple[bool, int], list[Stint]] = defaultdict(list)
    for stint in stints:
        by_operation[stint.inside, stint.operation].append(stint)
    said = said_of_the_clause()
    companies = _companies(db, scene, said["matrix_2023"]["companies"])
    places: dict[Stint, tuple[LotPlace, date]] = {}
    lot_count = 0
    for number, ((inside, _operation), there) in enumerate(sorted(by_operation.items(), key=lambda item: item[0])):
        lots = 2 if number % _SECOND_LOT == 0 else 1
        holders = [companies[(lot_count + one) % len(companies)] for one in range(lots)]
        lot_count += lots
        places |= _site(db, scene, random, number, there, holders, inside=inside)
    return places


def _companies(db: Session, scene: Scene, count: int) -> list[tuple[int, Mapping[str, str]]]:
    said = said_of_the_clause()
    trades, owners = said["trades"], said["names"]["owners"]
    told = [(trades[number % len(trades)], owners[number % len(owners)]) for number in range(count)]
    on = date(2022, 9, 1)
    return [(company_of(db, scene, f"{trade['name']} {owner}", on=on), trade) for trade, owner in told]


def _site(
    db: Session,
    scene: Scene,
    random: Random,
    number: int,
    stints: Sequence[Stint],
    holders: Sequence[tuple[int, Mapping[str, str]]],
    *,
    inside: bool,
) -> dict[Stint, tuple[LotPlace, date]]:
    names, by = said_of_the_clause()["names"], scene.facilitator
    first = min(stint.months[0] for stint in stints) - timedelta(days=random.randint(20, 150))
    last = last_day(max(stint.months[-1] for stint in stints)) + timedelta(days=random.randint(0, 90))
    now = at_nine(first - timedelta(days=20))
    kinds, places = names["kinds"], names["places"]
    authorities = names["authorities"]
    operation = OperationDraft(
        authority_of(db, scene, authorities[number % len(authorities)], on=first),
        f"{kinds[number % len(kinds)]}, {places[number % len(places)]}",
        insee_code=commune_inside(random, scene, inside),
    )
    operation_id = add_operation(db, operation, today=first, now=now, account_id=by)
    contract = ContractDraft(
        operation_id,
        f"{first:%Y}-{number + 1:03d}",
        first,
        ends_on=last,
        publics=list(said_of_the_clause()["publics"]["accepted"]),
        penalty_cents=random.choice((None, 3000, 4500, 5000)),
    )
    contract_id = add_contract(db, contract, now=now, account_id=by)
    lots = [_lot(db, scene, contract_id, position, holder, now=now) for position, holder in enumerate(holders, start=1)]
    found = {stint: (lots[position % len(lots)], last) for position, stint in enumerate(stints)}
    for lot in lots:
        done = sum(sum(stint.minutes) for stint, (place, _last) in found.items() if place is lot)
        _owes(db, scene, random, lot, done, first=first, amended=number % 7 == 0)
    return found


def _lot(
    db: Session, scene: Scene, contract_id: int, position: int, holder: tuple[int, Mapping[str, str]], *, now: datetime
) -> LotPlace:
    company_id, trade = holder
    draft = LotDraft(number=str(position), title=trade["lot"])
    lot_id = add_lot(db, contract_id, draft, now=now, account_id=scene.facilitator)
    add_lot_company(db, lot_id, company_id, now=now, account_id=scene.facilitator)
    return LotPlace(contract_id, lot_id, company_id, trade["rome"])


def _owes(db: Session, scene: Scene, random: Random, lot: LotPlace, done: int, *, first: date, amended: bool) -> None:
    """What the lot owed: about what was done, a little more or less; some contracts were amended on their way."""
    owed = max(1, round(done * random.uniform(0.8, 1.15) / _STEP)) * _STEP
    later = owed // 5 // _STEP * _STEP if amended else 0
    entries = [ObligationDraft(ObligationKind.INITIAL, first, owed - later, document="Acte d’engagement")]
    if later:
        on = first + timedelta(days=90)
        entries.append(ObligationDraft(ObligationKind.AMENDMENT, on, later, document="Avenant n° 1"))
    for entry in entries:
        record_obligation(db, lot.lot_id, entry, now=at_nine(entry.effective_on), account_id=scene.facilitator)
