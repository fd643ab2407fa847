"""The territory: communes by code and by what people type, members by day, and the organisation."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alpes_events.agenda.models import Series
from alpes_events.agenda.seed import seed_series
from alpes_events.database.engine import Database
from alpes_events.territory import commands, queries
from alpes_events.territory.models import Commune, TerritoryMember
from alpes_events.territory.organisation import NoOrganisation, current_organisation
from alpes_events.territory.revision import BadOrganisation
from alpes_events.territory.seed import BadSeed, DistrictSeed, OrganisationSeed, parse_seed, read_seed

EXAMPLE = read_seed(Path(__file__).parents[2] / "docs" / "examples" / "organisation.toml")


def _seed(db: Session, now: datetime) -> None:
    commands.seed_communes(db)
    commands.seed_organisation(db, EXAMPLE, now=now)


def test_seeding_twice_changes_nothing(database: Database, now: datetime) -> None:
    with database.writing() as db:
        _seed(db, now)
        assert seed_series(db, EXAMPLE.series) == 3
        db.commit()
    with database.writing() as db:
        assert commands.seed_communes(db) == 95
        assert commands.seed_organisation(db, EXAMPLE, now=now) is False
        assert seed_series(db, EXAMPLE.series) == 0
        db.commit()
    with database.reading() as db:
        assert len(db.exec(select(Commune)).all()) == 95
        assert len(db.exec(select(Series)).all()) == 3
        view = current_organisation(db)
    assert (view.territory_short_name, view.offer_hours, view.time_zone) == ("MNO", 24, "Europe/Paris")


def test_organisation_that_is_not_there_says_so(database: Database, now: datetime) -> None:
    with database.writing() as db:
        with pytest.raises(NoOrganisation):
            current_organisation(db)
        with pytest.raises(BadSeed, match="59328"):
            commands.seed_organisation(db, EXAMPLE, now=now)


@pytest.mark.parametrize(
    ("seed", "field"),
    [
        (replace(EXAMPLE, name="x" * 151), "name"),
        (replace(EXAMPLE, identity={"tagline": "x" * 151}), "tagline"),
        (replace(EXAMPLE, rules={"offer_hours": 0}), "offer_hours"),
    ],
)
def test_seed_keeps_the_rules_of_the_form(
    database: Database, now: datetime, seed: OrganisationSeed, field: str
) -> None:
    with database.writing() as db:
        commands.seed_communes(db)
        with pytest.raises(BadOrganisation) as refusal:
            commands.seed_organisation(db, seed, now=now)
    assert refusal.value.field == field


def test_unknown_kind_of_series_and_generation_are_refused(database: Database) -> None:
    head = '[identity]\nname="A"\nshort_name="A"\nuid_domain="a.example.org"\n'
    seed = parse_seed(
        head + '[territory]\ncode="T"\nname="T"\nshort_name="T"\ncommunes=[]\n'
        '[[series]]\nslug="s"\nname="S"\nkind="party"'
    )
    with database.writing() as db:
        with pytest.raises(BadSeed, match="party"):
            seed_series(db, seed.series)
        with pytest.raises(BadSeed, match="2020"):
            commands.import_priority_districts(db, [DistrictSeed("X", "Invented", "59328", 2020)])


def test_communes_are_found_by_what_people_type(database: Database, now: datetime) -> None:
    with database.writing() as db:
        _seed(db, now)

        def first(text: str) -> str:
            return queries.find_communes(db, text)[0].name

        assert first("baroeul") == "Marcq-en-Barœul"
        assert first("st andre") == "Saint-André-lez-Lille"
        assert first("Ouambrechies") == "Wambrechies"
        assert first("lamb") == "Lambersart"
        assert first("lambresart") == "Lambersart"
        assert first("59840") == "Lompret"
        assert queries.find_communes(db, "  ") == []
        assert queries.find_communes(db, "Reykjavik") == []


def test_shared_postal_code_gives_the_list_to_ask_from(database: Database, now: datetime) -> None:
    with database.writing() as db:
        _seed(db, now)
        shared = queries.communes_of_postal_code(db, "59840")
        assert [view.name for view in shared] == ["Lompret", "Pérenchies", "Prémesques"]
        assert shared[0].label == "Lompret (59840)"
        resolve = queries.resolve_commune
        assert resolve(db, name="", postal_code="59840") is None
        assert resolve(db, name="Perenchie", postal_code="59840") == shared[1]
        assert resolve(db, name="LILLE CEDEX 9", postal_code="") == queries.commune(db, "59350")
        alone = resolve(db, name="", postal_code="59130")
        assert alone is not None
        assert alone.name == "Lambersart"
        assert resolve(db, name="Tournai", postal_code="7500") is None
        assert resolve(db, name="Tournai", postal_code="59840") is None


def test_membership_is_dated(database: Database, now: datetime) -> None:
    with database.writing() as db:
        _seed(db, now)
        territory_id = db.exec(select(TerritoryMember.territory_id)).first()
        assert territory_id is not None
        db.add(
            TerritoryMember(
                territory_id=territory_id, insee_code="59090", from_on=date(2026, 1, 1), until_on=date(2028, 1, 1)
            )
        )
        db.flush()
        belongs = [queries.in_territory(db, "59090", on=date(year, 1, 1)) for year in (2025, 2026, 2027, 2028)]
        assert belongs == [False, True, True, False]
        assert queries.in_territory(db, "59328", on=date(2023, 6, 1))
        assert not queries.in_territory(db, "59350", on=date(2023, 6, 1))


def test_district_counts_only_while_its_list_does(database: Database, now: datetime) -> None:
    with database.writing() as db:
        _seed(db, now)
        commands.import_priority_districts(
            db,
            [DistrictSeed("TEST-A", "Invented A", "59328", 2015), DistrictSeed("TEST-B", "Invented B", "59328", 2024)],
        )
        eve, day = date(2023, 12, 31), date(2024, 1, 1)
        assert [queries.district_counts_on(db, "TEST-A", on=on) for on in (eve, day)] == [True, False]
        assert [queries.district_counts_on(db, "TEST-B", on=on) for on in (eve, day)] == [False, True]
