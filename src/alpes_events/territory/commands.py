"""Changes to the territory: which communes there are, who belongs to it, and the organisation that it is for."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, select

from alpes_events.database.parts import parts
from alpes_events.journal import commands as journal
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.territory.communes import CommuneRecord, bundled_communes, commune_key
from alpes_events.territory.models import (
    Commune,
    CommunePostalCode,
    Organisation,
    PriorityDistrict,
    Territory,
    TerritoryMember,
)
from alpes_events.territory.priority_districts import GENERATIONS
from alpes_events.territory.revision import OrganisationDraft, check_organisation
from alpes_events.territory.seed import BadSeed, DistrictSeed, OrganisationSeed, TerritorySeed


def seed_communes(db: Session) -> int:
    """Make the communes that come with the program known. Gives their number; a second time changes nothing."""
    return import_communes(db, bundled_communes())


def import_communes(db: Session, records: Iterable[CommuneRecord]) -> int:
    """Add or replace communes, with their postal codes. Gives how many were read."""
    listed = {record.insee_code: record for record in records}
    codes = sorted(listed)
    for part in parts(codes):
        known = {row.insee_code for row in db.exec(select(Commune).where(col(Commune.insee_code).in_(part)))}
        db.exec(delete(CommunePostalCode).where(col(CommunePostalCode.insee_code).in_(part)))
        for code in part:
            row = _commune_row(listed[code])
            if code in known:
                db.merge(row)
            else:
                db.add(row)
        db.flush()
        db.add_all(
            CommunePostalCode(insee_code=one, postal_code=code) for one in part for code in listed[one].postal_codes
        )
        db.flush()
    return len(listed)


def _commune_row(record: CommuneRecord) -> Commune:
    return Commune(
        insee_code=record.insee_code,
        name=record.name,
        search_name=commune_key(record.name),
        population=record.population,
        latitude=record.latitude,
        longitude=record.longitude,
    )


def seed_organisation(db: Session, seed: OrganisationSeed, *, now: datetime) -> bool:
    """Write the organisation, its territory and its districts, unless there is one already.

    Gives whether it was written. Communes must be known first (`seed_communes`); raises `BadSeed` for a code that is
    not, and `BadOrganisation` for a text that is too long or a number out of range. `now` is the instant of the
    seeding. The series of events are written by `agenda.seed`.
    """
    if db.get(Organisation, 1) is not None:
        return False
    _refuse_unknown(db, seed)
    territory_id = _add_territory(db, seed.territory)
    import_priority_districts(db, seed.districts)
    organisation = Organisation(
        name=seed.name,
        short_name=seed.short_name,
        uid_domain=seed.uid_domain,
        territory_id=territory_id,
        texts=dict(seed.texts),
    )
    for name, value in {**seed.identity, **seed.rules}.items():
        setattr(organisation, name, value)
    check_organisation(OrganisationDraft.of(organisation))
    db.add(organisation)
    db.flush()
    journal.record(
        db, EntryKind.ORGANISATION_REVISED, subject=("organisation", 1), now=now, facts={"changed": ["seed"]}
    )
    return True


def import_priority_districts(db: Session, districts: Iterable[DistrictSeed]) -> None:
    """Add or replace priority districts; the dates of each are those of its generation. Raises `BadSeed`."""
    for district in districts:
        generation = GENERATIONS.get(district.generation)
        if generation is None:
            raise BadSeed(
                N_("%(year)s n’est pas une génération de quartiers prioritaires : écrivez 2015 ou 2024."),
                year=district.generation,
            )
        db.merge(
            PriorityDistrict(
                code=district.code,
                name=district.name,
                insee_code=district.insee_code,
                generation=generation.year,
                from_on=generation.from_on,
                until_on=generation.until_on,
            )
        )
    db.flush()


def _refuse_unknown(db: Session, seed: OrganisationSeed) -> None:
    wanted = {member.insee_code for member in seed.territory.members} | {one.insee_code for one in seed.districts}
    known = set(db.exec(select(Commune.insee_code).where(col(Commune.insee_code).in_(wanted))))
    if wanted - known:
        raise BadSeed(
            N_("Ces codes INSEE ne sont pas connus : %(codes)s. Importez d’abord ces communes."),
            codes=", ".join(sorted(wanted - known)),
        )


def _add_territory(db: Session, seed: TerritorySeed) -> int:
    territory = Territory(code=seed.code, name=seed.name, short_name=seed.short_name)
    db.add(territory)
    db.flush()
    assert territory.id is not None
    db.add_all(
        TerritoryMember(
            territory_id=territory.id,
            insee_code=member.insee_code,
            from_on=member.from_on,
            until_on=member.until_on,
        )
        for member in seed.members
    )
    return territory.id
