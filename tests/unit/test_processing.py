"""Privacy by walking the tables: what points to a person is classified, and what is personal says why it is kept."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from alpes_events.privacy.holdings import HOLDINGS, STAFF_ONLY, Fate
from alpes_events.privacy.plain_words import OF_COLUMNS, OF_TABLES, in_words
from alpes_events.privacy.processing import Terms, printed, record_of_processing
from alpes_events.privacy.retention import months_before
from alpes_events.tables import METADATA
from tests.support.stories import NOW

NOT_PERSONAL = {
    "id", "event_id", "exhibitor_id", "held_at", "entry_id", "touched_at", "kind", "subject_kind", "at", "facts",
    "consumer", "state", "attempt_count", "next_try_at", "leased_until", "done_at", "last_error",
}  # fmt: skip
"""Columns of personal tables that say nothing of a person by themselves."""


def leading_to_people(metadata: MetaData) -> dict[str, set[str]]:
    """Each table from which foreign keys (or a subject) lead to a person, with the columns that do."""
    found: dict[str, set[str]] = {"candidate": {"merged_into"}}
    before = 0
    while len(found) > before:
        before = len(found)
        for table in metadata.sorted_tables:
            leading = {key.parent.name for key in table.foreign_keys if key.column.table.name in found}
            leading |= {"subject_id"} & {column.name for column in table.columns}
            if leading:
                found.setdefault(table.name, set()).update(leading)
    return found


def unclassified(metadata: MetaData) -> list[str]:
    """Columns that lead to a person and that no holding names."""
    missing = []
    for table, columns in leading_to_people(metadata).items():
        holding = HOLDINGS.get(table)
        named = set(holding.links) | holding.besides if holding else columns if table in STAFF_ONLY else set()
        missing += [f"{table}.{column}" for column in sorted(columns - named)]
    return missing


def test_every_column_that_leads_to_a_person_is_classified() -> None:
    assert unclassified(METADATA) == []


def test_new_table_that_points_to_a_person_is_not_overlooked() -> None:
    tables = MetaData()
    Table(
        "candidate", tables, Column("id", Integer, primary_key=True), Column("merged_into", ForeignKey("candidate.id"))
    )
    Table("diary", tables, Column("id", Integer, primary_key=True), Column("of", ForeignKey("candidate.id")))
    Table("page", tables, Column("diary_id", ForeignKey("diary.id")))
    assert unclassified(tables) == ["diary.of", "page.diary_id"]


def test_holdings_name_real_columns_and_say_why_rows_stay() -> None:
    for name, holding in HOLDINGS.items():
        columns = {column.name for column in METADATA.tables[name].columns}
        assert set(holding.links) | set(holding.blank) | holding.besides | holding.secrets <= columns
        assert holding.fate is Fate.DELETED or holding.reason


def test_every_personal_column_declares_why_it_is_kept() -> None:
    silent = [
        f"{name}.{column.name}"
        for name in HOLDINGS
        for column in METADATA.tables[name].columns
        if "declaration" not in column.info and column.name not in NOT_PERSONAL | {"subject_id", "account_id"}
    ]
    assert silent == []


def test_erasure_blanks_every_column_of_a_person_but_dates_and_links() -> None:
    columns = {column.name for column in METADATA.tables["candidate"].columns}
    stay = {"id", "created_at", "updated_at", "last_active_at", "merged_into", "erasure_announced_at", "erased_at"}
    assert set(HOLDINGS["candidate"].blank) == columns - stay


def test_record_of_processing_is_printed_in_both_languages() -> None:
    record = record_of_processing(METADATA)
    assert any("candidate.email" in activity.columns for activity in record)
    french, english = (printed(record, language=one, terms=Terms(months=18)) for one in ("fr", "en"))
    assert "Reconnaître la personne et lui écrire\n  Base légale : mission d’intérêt public\n" in french
    assert "Recognise the person and write to them\n  Legal basis: task in the public interest\n" in english
    assert "18 mois après le dernier contact actif, annoncé 30 jours avant" in french


def test_every_personal_column_has_words_that_the_person_understands() -> None:
    silent = []
    for activity in record_of_processing(METADATA):
        for column in activity.columns:
            try:
                in_words([column])
            except KeyError:
                silent.append(column)
    assert silent == [], "give these tables words in privacy/plain_words.py"
    assert not (OF_TABLES.keys() | {name.partition(".")[0] for name in OF_COLUMNS}) - METADATA.tables.keys()


@pytest.mark.parametrize(
    ("months", "expected"), [(0, "2026-03-02"), (2, "2026-01-02"), (3, "2025-12-02"), (24, "2024-03-02")]
)
def test_months_before_keeps_the_day(months: int, expected: str) -> None:
    assert months_before(NOW, months).date().isoformat() == expected


def test_months_before_ends_with_a_shorter_month() -> None:
    assert months_before(NOW.replace(day=31), 1).date().isoformat() == "2026-02-28"
