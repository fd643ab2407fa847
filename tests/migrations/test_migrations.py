"""Migrations with data in every table: nothing changes on the way down and up, and nothing is lost unasked."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError

from alpes_events.database import migrate
from alpes_events.database.append_only import PROTECTED
from alpes_events.database.digest import digest
from alpes_events.database.engine import Database
from alpes_events.database.losses import DowngradeLosesData
from alpes_events.tables import METADATA
from tests.support.databases import ENGINES, Templates
from tests.support.every_table import fill_every_table

REVISIONS = [
    script.revision for script in ScriptDirectory(str(Path(migrate.__file__).parent / "migrations")).walk_revisions()
]
"""Newest first."""
THINNED = {"offer_alert"}
"""Tables of which an older version has room for some rows only: alerts of an address came with 0022."""


@pytest.fixture
def filled(database: Database) -> Database:
    """A database of the newest version, with rows in every table."""
    counts = fill_every_table(database, METADATA)
    assert set(counts) == set(METADATA.tables)
    assert min(counts.values()) >= 1
    return database


def test_models_and_migrations_agree(database: Database) -> None:
    assert migrate.differences(database, METADATA) == []


def test_of_programs_that_migrate_together_each_finds_the_newest_version(database: Database) -> None:
    migrate.downgrade(database, "base")
    with ThreadPoolExecutor(4) as programs:
        list(programs.map(lambda _: migrate.upgrade(database), range(4)))
    assert migrate.current_revision(database) == REVISIONS[0]
    assert migrate.differences(database, METADATA) == []


def test_versions_follow_one_another_in_one_line() -> None:
    scripts = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert sorted(REVISIONS, reverse=True) == REVISIONS
    assert migrate.newest_revision() == REVISIONS[0]


def test_both_engines_hold_the_same_data_by_the_same_digest(templates: Templates) -> None:
    digests = set()
    for engine in ENGINES:
        with templates.fresh(engine) as database:
            fill_every_table(database, METADATA)
            digests.add(digest(database, METADATA))
    assert len(digests) == 1


def test_data_are_the_same_after_every_step_down_and_up_again(filled: Database) -> None:
    before = everything(filled)
    gone: set[str] = set()
    for older in REVISIONS[1:]:
        lost = step_down(filled, older)
        assert lost == no_room(absent(filled) - gone, thinned=(lost | gone) & THINNED) - (gone - lost)
        gone |= lost
        assert migrate.current_revision(filled) == older
    migrate.upgrade(filled)
    assert migrate.current_revision(filled) == REVISIONS[0]
    assert without(everything(filled), gone) == without(before, gone)
    assert migrate.differences(filled, METADATA) == []


Rows = dict[str, list[dict[str, object]]]


def everything(database: Database) -> Rows:
    """Every row of every table, column by column."""
    with database.engine.connect() as connection:
        return {
            name: [
                dict(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for name, table in METADATA.tables.items()
        }


def without(rows: Rows, gone: set[str]) -> Rows:
    """The rows that older versions have room for: without the tables and columns (`table.column`) that are gone."""
    return {
        table: [{name: value for name, value in row.items() if f"{table}.{name}" not in gone} for row in kept]
        for table, kept in rows.items()
        if table not in gone
    }


def no_room(lacking: set[str], *, thinned: set[str]) -> set[str]:
    """What is lost where these tables and columns are lacking: a table that loses rows stands for its columns."""
    return {one for one in lacking if one.partition(".")[0] not in thinned} | thinned


def absent(database: Database) -> set[str]:
    """The tables that are not there, and the columns (`table.column`) that the others lack."""
    found = inspect(database.engine)
    there = {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}
    lacking = {
        f"{name}.{column.name}"
        for name, table in METADATA.tables.items()
        for column in table.columns
        if column.name not in there.get(name, {column.name})
    }
    return (set(METADATA.tables) - set(there)) | lacking


def step_down(database: Database, older: str) -> set[str]:
    """One version down; gives the tables and columns that had to be lost, which must first have been refused."""
    try:
        migrate.downgrade(database, older)
    except DowngradeLosesData as refusal:
        migrate.downgrade(database, older, lose_data=True)
        return set(refusal.lost)
    return set()


def test_downgrade_that_would_lose_data_refuses_names_them_and_changes_nothing(filled: Database) -> None:
    before = digest(filled, METADATA)
    with pytest.raises(DowngradeLosesData, match="perdrait des données") as refusal:
        migrate.downgrade(filled, "base")
    assert set(refusal.value.lost) == set(METADATA.tables)
    assert migrate.current_revision(filled) == REVISIONS[0]
    assert digest(filled, METADATA) == before


def test_downgrade_to_nothing_and_up_again_is_possible_when_asked_or_when_empty(filled: Database) -> None:
    migrate.downgrade(filled, "base", lose_data=True)
    assert set(inspect(filled.engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(filled)
    assert migrate.differences(filled, METADATA) == []
    migrate.downgrade(filled, "base")
    assert migrate.current_revision(filled) is None


_BORN_PROTECTED = {
    "ranking_run",
    "ranking_place",
    "ranking_decision",
    "lot_ranking",
    "hour_entry",
    "clause_obligation",
    "clause_document",
    "clause_document_content",
    "eligibility_assessment",
    "disability_assessment",
    "pathway_revision",
    "reserved_revision",
    "report_compilation",
    "report_edition",
}
"""Made and protected by one version: on the way down they go, with their rows."""


@pytest.mark.parametrize("protection", PROTECTED, ids=lambda one: one.table)
def test_append_only_table_refuses_every_change_also_after_a_way_down_and_up(
    filled: Database, protection: object
) -> None:
    table, refused = protection.table, protection.refused  # type: ignore[attr-defined]
    if table not in _BORN_PROTECTED:
        migrate.downgrade(filled, "0001", lose_data=True)
        migrate.upgrade(filled)
    key = _key(table)
    statements = {
        "UPDATE": f"UPDATE {table} SET {key} = {key} + 100 WHERE {key} = 1",
        "DELETE": f"DELETE FROM {table} WHERE {key} = 1",
    }
    if not filled.is_sqlite:
        statements["TRUNCATE"] = f"TRUNCATE {table} CASCADE"
        refused = (*refused, "TRUNCATE")
    before = digest(filled, METADATA)
    for statement in refused:
        with pytest.raises(DatabaseError, match=f"{table} is append-only"), filled.engine.begin() as connection:
            connection.execute(text(statements[statement]))
    assert digest(filled, METADATA) == before


def _key(table: str) -> str:
    return str(next(iter(METADATA.tables[table].primary_key)).name)


def test_audit_of_access_goes_when_its_time_is_over_but_never_changes(filled: Database) -> None:
    with filled.engine.begin() as connection:
        gone = connection.execute(text("DELETE FROM access_audit WHERE id = 1"))
    assert gone.rowcount == 1


def test_rows_are_still_added_to_append_only_tables(filled: Database) -> None:
    with filled.engine.begin() as connection:
        for protection in PROTECTED:
            table = METADATA.tables[protection.table]
            row = dict(connection.execute(table.select()).mappings().first() or {})
            unique: dict[str, object] = {name: f"{name}-new" for name in ("mark_key", "count_key") if name in row}
            unique |= {name: 99 for name in ("rank", "sequence", "number") if name in row}
            connection.execute(table.insert(), row | {_key(table.name): 99} | unique)


def test_service_of_a_company_says_its_name_when_it_no_longer_names_its_record(filled: Database) -> None:
    migrate.downgrade(filled, "0041", lose_data=True)
    with filled.engine.begin() as connection:
        company, name = connection.execute(text("SELECT id, name FROM company ORDER BY id")).first() or (0, "")
        for act_id, said in ((1, ""), (2, "En toutes lettres")):
            connection.execute(
                text("UPDATE service_act SET company_id = :company, organisation = :said WHERE id = :id"),
                {"company": company, "said": said, "id": act_id},
            )
    migrate.upgrade(filled)
    with filled.engine.connect() as connection:
        told = connection.execute(text("SELECT organisation FROM service_act WHERE id < 3 ORDER BY id")).scalars()
        assert list(told) == [name, "En toutes lettres"]
