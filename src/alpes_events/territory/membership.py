"""Which communes belong to the organisation's territory, from which day until which: added, ended, taken back.

Sign-ups keep the situation of the day on which they were made: a change counts for what comes after it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune, Organisation, Territory, TerritoryMember
from alpes_events.territory.organisation import NoOrganisation


class UnknownMember(NotFound):
    """No such membership."""

    def __init__(self) -> None:
        super().__init__(N_("Cette commune n’est pas dans la liste du territoire."))


class BadMembership(BadInput):
    """A membership that cannot be; `field` names what."""


@dataclass(frozen=True)
class Member:
    """A commune in `[from_on, until_on)`."""

    id: int
    territory_id: int
    insee_code: str
    name: str
    population: int | None
    from_on: date
    until_on: date | None

    def counts_on(self, day: date) -> bool:
        """Whether it belongs to the territory on that day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class TerritoryChange:
    """One change of the list. `until_on` and `removed` say which; `account_id` who made it."""

    at: datetime
    commune: str
    from_on: str
    until_on: str
    removed: bool
    account_id: int | None


def members(db: Session) -> list[Member]:
    """Every membership there is or was, by name and day."""
    rows = db.exec(
        select(TerritoryMember, Commune)
        .join(Organisation, col(Organisation.territory_id) == col(TerritoryMember.territory_id))
        .join(Commune, col(Commune.insee_code) == col(TerritoryMember.insee_code))
        .order_by(col(Commune.search_name), col(TerritoryMember.from_on))
    )
    return [
        Member(
            row.id or 0, row.territory_id, row.insee_code, commune.name, commune.population, row.from_on, row.until_on
        )
        for row, commune in rows
    ]


def add_member(db: Session, insee_code: str, *, from_on: date, now: datetime, account_id: int | None) -> int:
    """The commune belongs to the territory from that day on. Gives the membership's id. Raises `BadMembership`."""
    if db.get(Commune, insee_code) is None:
        raise BadMembership(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune")
    _refuse_overlap(db, insee_code, from_on=from_on, until_on=None)
    row = TerritoryMember(territory_id=_territory_id(db), insee_code=insee_code, from_on=from_on)
    db.add(row)
    db.flush()
    assert row.id is not None
    _record(db, row, now=now, account_id=account_id)
    return row.id


def end_member(db: Session, member_id: int, *, until_on: date | None, now: datetime, account_id: int | None) -> None:
    """The commune belongs to the territory until that day, excluded (None: without end, as before).

    Raises `UnknownMember`, `BadMembership`.
    """
    row = the_member(db, member_id)
    if until_on is not None and until_on <= row.from_on:
        raise BadMembership(N_("La fin vient après le début : choisissez un jour plus tard."), field="until_on")
    _refuse_overlap(db, row.insee_code, from_on=row.from_on, until_on=until_on, but=member_id)
    row.until_on = until_on
    db.add(row)
    _record(db, row, now=now, account_id=account_id)


def remove_member(db: Session, member_id: int, *, today: date, now: datetime, account_id: int | None) -> None:
    """The membership was a mistake. Only before it counts, or on its first day: afterwards it is ended.

    Raises `UnknownMember`, `BadMembership`.
    """
    row = the_member(db, member_id)
    if row.from_on < today:
        raise BadMembership(N_("Cette commune compte déjà : indiquez plutôt jusqu’à quel jour."), field="until_on")
    _record(db, row, removed=True, now=now, account_id=account_id)
    db.delete(row)


def territory_changes(db: Session, *, limit: int = 20) -> list[TerritoryChange]:
    """The last changes of the list, newest first."""
    entries = db.exec(
        select(JournalEntry)
        .where(JournalEntry.kind == EntryKind.TERRITORY_REVISED.value)
        .order_by(col(JournalEntry.id).desc())
        .limit(limit)
    ).all()
    codes = {str(entry.facts.get("insee_code")) for entry in entries}
    names = dict(db.exec(select(Commune.insee_code, Commune.name).where(col(Commune.insee_code).in_(codes))).all())
    return [
        TerritoryChange(
            at=entry.at,
            commune=names.get(str(entry.facts.get("insee_code")), ""),
            from_on=str(entry.facts.get("from_on") or ""),
            until_on=str(entry.facts.get("until_on") or ""),
            removed=bool(entry.facts.get("removed")),
            account_id=entry.account_id,
        )
        for entry in entries
    ]


def revise_territory(
    db: Session, *, name: str, short_name: str, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """What the territory is called. Its code stays: it stands in the addresses of calendars. Raises `BadMembership`."""
    row = db.get_one(Territory, _territory_id(db))
    wanted = {"name": " ".join(name.split()), "short_name": " ".join(short_name.split())}
    for field, longest in (("name", 100), ("short_name", 32)):
        if not wanted[field]:
            raise BadMembership(N_("Donnez un nom au territoire."), field=field)
        if len(wanted[field]) > longest:
            raise BadMembership(
                N_("Ce texte est trop long : %(longest)d signes au plus."), field=field, longest=longest
            )
    changed = tuple(field for field, value in wanted.items() if getattr(row, field) != value)
    if changed:
        row.sqlmodel_update(wanted)
        db.add(row)
        facts: dict[str, Fact] = {"changed": list(changed)}
        kind = EntryKind.ORGANISATION_REVISED
        record(db, kind, subject=("organisation", 1), now=now, account_id=account_id, facts=facts)
    return changed


def the_member(db: Session, member_id: int) -> TerritoryMember:
    """The membership, held until the transaction ends. Raises `UnknownMember`."""
    row = db.get(TerritoryMember, member_id, with_for_update=True)
    if row is None or row.territory_id != _territory_id(db):
        raise UnknownMember
    return row


def _territory_id(db: Session) -> int:
    row = db.get(Organisation, 1)
    if row is None:
        raise NoOrganisation
    return row.territory_id


def _refuse_overlap(
    db: Session, insee_code: str, *, from_on: date, until_on: date | None, but: int | None = None
) -> None:
    """A commune belongs once, on any day."""
    for other in members(db):
        if other.insee_code != insee_code or other.id == but:
            continue
        if (until_on is None or other.from_on < until_on) and (other.until_on is None or from_on < other.until_on):
            raise BadMembership(
                N_("%(commune)s est déjà du territoire à cette date."), field="from_on", commune=other.name
            )


def _record(db: Session, row: TerritoryMember, *, removed: bool = False, now: datetime, account_id: int | None) -> None:
    facts: dict[str, Fact] = {
        "insee_code": row.insee_code,
        "from_on": row.from_on.isoformat(),
        "until_on": row.until_on.isoformat() if row.until_on else None,
        "removed": removed,
    }
    subject = ("territory", row.territory_id)
    record(db, EntryKind.TERRITORY_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)
