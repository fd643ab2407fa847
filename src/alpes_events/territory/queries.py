"""Questions about the territory: which commune is meant, and who belongs to it on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from alpes_events.territory.communes import closest, commune_key
from alpes_events.territory.distance import Position
from alpes_events.territory.models import (
    Commune,
    CommunePostalCode,
    Organisation,
    PriorityDistrict,
    TerritoryMember,
)

_FUZZY = 75


@dataclass(frozen=True)
class CommuneView:
    """A commune to choose, with every postal code it has."""

    insee_code: str
    name: str
    postal_codes: tuple[str, ...]

    @property
    def label(self) -> str:
        """As a list shows it: « Lompret (59840) »."""
        return f"{self.name} ({', '.join(self.postal_codes)})"


@dataclass(frozen=True)
class CommuneOnMap:
    """A commune to choose from a list: where it is, when known, and whether it is the organisation's territory."""

    insee_code: str
    name: str
    position: Position | None
    in_territory: bool


def communes_on_map(db: Session, *, on: date) -> list[CommuneOnMap]:
    """Every listed commune, by name."""
    members = territory_members(db, on=on)
    rows = db.execute(
        columns(col(Commune.insee_code), col(Commune.name), col(Commune.latitude), col(Commune.longitude)).order_by(
            col(Commune.search_name)
        )
    )
    return [
        CommuneOnMap(insee_code, name, _position(latitude, longitude), insee_code in members)
        for insee_code, name, latitude, longitude in rows
    ]


def communes_of_postal_code(db: Session, postal_code: str) -> list[CommuneView]:
    """The communes that have this postal code, by name: none, one, or the list to ask from."""
    codes = select(CommunePostalCode.insee_code).where(col(CommunePostalCode.postal_code) == postal_code.strip())
    rows = db.exec(select(Commune).where(col(Commune.insee_code).in_(codes)).order_by(col(Commune.search_name)))
    return _views(db, rows.all())


def commune(db: Session, insee_code: str) -> CommuneView | None:
    """The commune with this INSEE code, when it is listed."""
    row = db.get(Commune, insee_code)
    return None if row is None else _views(db, [row])[0]


def find_communes(db: Session, text: str, *, limit: int = 10) -> list[CommuneView]:
    """Communes for what somebody types: the start of a name or of a word in it, without accents, small errors
    forgiven; or the start of a postal or INSEE code. Best first.
    """
    wanted = commune_key(text)
    if not wanted:
        return []
    if wanted.isdigit():
        return _by_digits(db, wanted, limit=limit)
    rows = db.exec(select(Commune.insee_code, Commune.search_name)).all()
    ranked = sorted(
        ((_rank(wanted, name), name, insee_code) for insee_code, name in rows if _rank(wanted, name) > _FUZZY),
        key=lambda hit: (-hit[0], hit[1]),
    )
    return _in_order(db, [insee_code for _, _, insee_code in ranked[:limit]])


def _rank(wanted: str, name: str) -> float:
    """200 for a name that begins so, 150 for a word in it that does, else how alike they are (0 to 100)."""
    if name.startswith(wanted):
        return 200
    if f" {wanted}" in name:
        return 150
    return max(fuzz.ratio(wanted, name), fuzz.ratio(wanted, name[: len(wanted)]))


def _by_digits(db: Session, digits: str, *, limit: int) -> list[CommuneView]:
    postal = select(CommunePostalCode.insee_code).where(col(CommunePostalCode.postal_code).startswith(digits))
    statement = (
        select(Commune)
        .where(or_(col(Commune.insee_code).in_(postal), col(Commune.insee_code) == digits))
        .order_by(col(Commune.search_name))
        .limit(limit)
    )
    return _views(db, db.exec(statement).all())


def resolve_commune(db: Session, *, name: str, postal_code: str) -> CommuneView | None:
    """The listed commune that a person means by a name and a postal code (either may be empty), when it is certain.

    None when it is not listed, or when the postal code alone leaves a choice: ask from `communes_of_postal_code`.
    """
    choices = communes_of_postal_code(db, postal_code) if postal_code else []
    if not name:
        return choices[0] if len(choices) == 1 else None
    if not choices and not postal_code:
        choices = _called(db, name)
    position = closest(name, [choice.name for choice in choices])
    return None if position is None else choices[position]


_CALLED = (
    select(Commune, CommunePostalCode.postal_code)
    .join(CommunePostalCode, col(CommunePostalCode.insee_code) == col(Commune.insee_code), isouter=True)
    .where(col(Commune.search_name) == bindparam("search_name"))
    .order_by(col(Commune.insee_code), col(CommunePostalCode.postal_code))
)


def _called(db: Session, name: str) -> list[CommuneView]:
    """The communes of exactly this name, as it is searched."""
    found: dict[str, tuple[str, list[str]]] = {}
    for row, postal_code in db.exec(_CALLED, params={"search_name": commune_key(name)}):
        found.setdefault(row.insee_code, (row.name, []))[1].extend([postal_code] if postal_code else [])
    return [CommuneView(insee_code, said, tuple(codes)) for insee_code, (said, codes) in found.items()]


def in_territory(db: Session, insee_code: str, *, on: date) -> bool:
    """Whether the commune belongs to the organisation's territory on that day."""
    return insee_code in territory_members(db, on=on)


_MEMBERS = (
    select(TerritoryMember.insee_code)
    .join(Organisation, col(Organisation.territory_id) == col(TerritoryMember.territory_id))
    .where(
        col(TerritoryMember.from_on) <= bindparam("on"),
        or_(col(TerritoryMember.until_on).is_(None), col(TerritoryMember.until_on) > bindparam("on")),
    )
)


def territory_members(db: Session, *, on: date) -> frozenset[str]:
    """The INSEE codes of the organisation's territory on that day."""
    return frozenset(db.exec(_MEMBERS, params={"on": on}))


def district_counts_on(db: Session, code: str, *, on: date) -> bool:
    """Whether this priority district stands in the list that counts on that day."""
    district = db.get(PriorityDistrict, code)
    return district is not None and district.from_on <= on and (district.until_on is None or on < district.until_on)


def _position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else Position(latitude, longitude)


def _in_order(db: Session, insee_codes: Sequence[str]) -> list[CommuneView]:
    rows = {row.insee_code: row for row in db.exec(select(Commune).where(col(Commune.insee_code).in_(insee_codes)))}
    return _views(db, [rows[code] for code in insee_codes])


def _views(db: Session, rows: Iterable[Commune]) -> list[CommuneView]:
    kept = list(rows)
    codes: dict[str, list[str]] = {row.insee_code: [] for row in kept}
    statement = (
        select(CommunePostalCode)
        .where(col(CommunePostalCode.insee_code).in_(codes))
        .order_by(col(CommunePostalCode.postal_code))
    )
    for pair in db.exec(statement):
        codes[pair.insee_code].append(pair.postal_code)
    return [CommuneView(row.insee_code, row.name, tuple(codes[row.insee_code])) for row in kept]
