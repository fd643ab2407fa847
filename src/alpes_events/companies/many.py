"""Many companies named at once, as a file does: those that are certainly there, or new ones in a few statements.

Their doubles are proposed overnight with all others: comparing each with all that are there would keep everybody who
writes waiting.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.commands import company_as_named, company_columns
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft, clean_company, clean_establishment
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.siret import siren_of
from alpes_events.database.numbered import insert_numbered
from alpes_events.database.parts import parts
from alpes_events.database.prepared import ask, only_now, prepared
from alpes_events.journal.commands import record_all
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_matching.companies import core_name

_Told = list[tuple[tuple[str, int], dict[str, Fact]]]


@dataclass(frozen=True)
class Named:
    """A company as a file names it; `siret` "" where it says none."""

    name: str
    siret: str = ""


def companies_as_named(db: Session, named: Sequence[Named], *, now: datetime, account_id: int | None) -> list[int]:
    """The companies that are certainly these (left as they are), or new ones, in order. Gives their ids.

    Only its SIRET makes one that is named without a commune certainly another. Where they are prepared, the doubles of
    those whose name is taken are left to the night too.

    Raises `BadCompany`, `BadSiret`, and `NotAhead` where they are prepared and somebody has the SIRET of one.
    """
    cores = [core_name(clean_company(CompanyDraft(one.name)).name) for one in named]
    taken, sirets = _cores_there(db, cores), _sirets_there(db, [one.siret for one in named if one.siret])
    certainly_new: list[int] = []
    ahead = prepared(db) is not None
    for place, one in enumerate(named):
        if one.siret not in sirets and (ahead or cores[place] not in taken):
            certainly_new.append(place)
            taken.add(cores[place])
            sirets |= {one.siret} - {""}
    added = _added(db, [named[place] for place in certainly_new], now=now, account_id=account_id)
    ids = dict(zip(certainly_new, added, strict=True))
    for place, one in enumerate(named):
        if place not in ids:
            only_now(db)
            where = EstablishmentDraft(siret=one.siret)
            ids[place] = company_as_named(db, CompanyDraft(one.name), where, now=now, account_id=account_id)
    return [ids[place] for place in range(len(named))]


def _added(db: Session, named: Sequence[Named], *, now: datetime, account_id: int | None) -> list[int]:
    if not named:
        return []
    places = [asdict(clean_establishment(EstablishmentDraft(siret=one.siret))) for one in named]
    rows = [
        company_columns(clean_company(CompanyDraft(one.name)))
        | {"siren": siren_of(place["siret"] or None), "created_at": now, "revised_at": now}
        for one, place in zip(named, places, strict=True)
    ]
    ids = insert_numbered(db, Company, rows)
    told: _Told = [(("company", number), {}) for number in ids]
    record_all(db, EntryKind.COMPANY_ADDED, told, now=now, account_id=account_id)
    located = [place | {"company_id": one} for one, place in zip(ids, places, strict=True) if place["siret"]]
    _add_places(db, located, now=now, account_id=account_id)
    return ids


def _add_places(db: Session, places: Sequence[dict[str, Any]], *, now: datetime, account_id: int | None) -> None:
    if not places:
        return
    stored = insert_numbered(db, Establishment, [place | {"created_at": now} for place in places])
    told: _Told = [
        (("company", place["company_id"]), {"establishment_id": number})
        for place, number in zip(places, stored, strict=True)
    ]
    record_all(db, EntryKind.COMPANY_REVISED, told, now=now, account_id=account_id)


def _cores_there(db: Session, cores: Sequence[str]) -> set[str]:
    asked = select(Company.core_name)
    return {one for some in parts(cores) for (one,) in ask(db, asked.where(col(Company.core_name).in_(some)))}


def _sirets_there(db: Session, sirets: Sequence[str]) -> set[str]:
    asked = select(Establishment.siret)
    found = (one for some in parts(sirets) for (one,) in ask(db, asked.where(col(Establishment.siret).in_(some))))
    return {one for one in found if one is not None}
