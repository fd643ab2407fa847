"""Candidates: who signs up again is the same record, what was known is not overwritten, corrections are logged."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import BadInput
from alpes_events.people.commands import find_or_create_candidate, revise_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.people.queries import UnknownCandidate, candidate_view, the_candidate
from alpes_events.people.residence import WhichCommune
from alpes_events.people.situation import situation_on
from alpes_events.territory.commands import import_priority_districts
from alpes_events.territory.seed import DistrictSeed
from tests.support.territory import seed_example

ZOE = PersonIn("Lefèvre", "Zoé", email="zoe@example.org", telephone="06 39 98 00 01", postal_code="59130")


def _changes(db: Session) -> list[list[str]]:
    entries = db.exec(select(JournalEntry).where(JournalEntry.kind == "CandidateRevised").order_by("id"))
    return [entry.facts["changed"] for entry in entries]


def test_person_who_signs_up_again_is_the_same_record(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        first = find_or_create_candidate(db, ZOE, now=now)

        def again(person: PersonIn) -> bool:
            return find_or_create_candidate(db, person, now=now) == first

        assert again(replace(ZOE, family_name="LEFEVRE", given_name="zoe", telephone=""))
        assert again(replace(ZOE, family_name="Zoé", given_name="Lefèvre"))
        assert again(replace(ZOE, email="", telephone="+33 6 39 98 00 01"))
        assert not again(replace(ZOE, given_name="Hugo"))
        assert not again(replace(ZOE, email="zoe.autre@example.org"))


def test_known_is_not_overwritten_and_missing_is_filled_in(database: Database, now: datetime) -> None:
    later = now + timedelta(days=3)
    with database.writing() as db:
        seed_example(db, now=now)
        first = find_or_create_candidate(db, replace(ZOE, telephone=""), now=now)
        said = replace(
            ZOE, telephone="06 39 98 00 02", birth_on=date(1990, 1, 1), postal_code="59840", commune_name="Lompret"
        )
        assert find_or_create_candidate(db, said, now=later) == first
        find_or_create_candidate(db, replace(said, birth_on=date(1980, 1, 1), telephone="06 39 98 00 03"), now=later)
        row = the_candidate(db, first)
        assert (row.telephone, row.birth_on, row.insee_code) == ("+33639980002", date(1990, 1, 1), "59356")
        assert row.last_active_at == later
        assert _changes(db) == [["telephone", "birth_on", "insee_code", "commune_name", "postal_code"]]


def test_district_is_forgotten_with_the_address(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        first = find_or_create_candidate(db, replace(ZOE, outside_priority_districts=True), now=now)
        find_or_create_candidate(db, replace(ZOE, postal_code=""), now=now)
        assert the_candidate(db, first).outside_priority_districts is True
        find_or_create_candidate(db, replace(ZOE, postal_code="59520"), now=now)
        assert the_candidate(db, first).outside_priority_districts is False


def test_shared_postal_code_asks_which_commune(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        with pytest.raises(WhichCommune, match="Lompret, Pérenchies, Prémesques") as asked:
            find_or_create_candidate(db, replace(ZOE, postal_code="59840"), now=now)
        assert [choice.insee_code for choice in asked.value.choices] == ["59356", "59457", "59470"]
        with pytest.raises(WhichCommune, match="Lambersart"):
            find_or_create_candidate(db, replace(ZOE, postal_code="", commune_name="Lambresart"), now=now)
        with pytest.raises(BadInput, match="n’est pas dans la liste"):
            find_or_create_candidate(db, replace(ZOE, insee_code="99999"), now=now)
        assert db.exec(select(Candidate)).all() == []


COMMUNES: list[tuple[str, str, tuple[str | None, ...], bool | None]] = [
    ("Lompret (59840)", "", ("59356", "Lompret", "59840"), True),
    ("Prémesques", "59840", ("59470", "Prémesques", "59840"), False),
    ("Arras", "62000", (None, "Arras", "62000"), False),
    ("Tournai", "7500", (None, "Tournai", "7500"), False),
    ("", "62000", (None, None, "62000"), False),
    ("", "", (None, None, None), None),
]


def test_commune_is_kept_as_said_and_its_territory_known(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        for number, (commune_name, postal_code, stored, known) in enumerate(COMMUNES):
            person = PersonIn("Petit", "Ana", f"ana{number}@example.org", "", "", commune_name, postal_code)
            row = the_candidate(db, find_or_create_candidate(db, person, now=now))
            assert (row.insee_code, row.commune_name, row.postal_code) == stored
            assert situation_on(db, row, on=now.date()).in_territory is known


def test_situation_is_that_of_the_day(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        import_priority_districts(db, [DistrictSeed("TEST-A", "Invented", "59328", 2015)])
        person = replace(ZOE, birth_on=date(2000, 6, 1), sex=Sex.WOMAN, priority_district="TEST-A")
        row = the_candidate(db, find_or_create_candidate(db, person, now=now))
        before = situation_on(db, row, on=date(2023, 12, 31))
        after = situation_on(db, row, on=date(2026, 6, 1))
        assert (before.in_priority_district, before.age_band, before.sex) == (True, AgeBand.FROM_18_TO_25, Sex.WOMAN)
        assert (after.in_priority_district, after.age_band) == (None, AgeBand.FROM_26_TO_49)
        with pytest.raises(BadInput, match="quartier"):
            revise_candidate(db, row.id or 0, replace(person, priority_district="X"), now=now, account_id=None)


def test_revision_says_everything_and_logs_names_of_fields_only(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        zoe = find_or_create_candidate(db, ZOE, now=now)
        revised = replace(ZOE, telephone="", given_name="Zoë", outside_priority_districts=True)
        changed = revise_candidate(db, zoe, revised, now=now, account_id=None)
        assert changed == ("given_name", "telephone", "outside_priority_districts")
        assert revise_candidate(db, zoe, revised, now=now, account_id=None) == ()
        assert _changes(db) == [list(changed)]
        view = candidate_view(the_candidate(db, zoe))
        assert (view.name, view.telephone, view.commune_name) == ("Zoë Lefèvre", "", "Lambersart")
        with pytest.raises(UnknownCandidate):
            revise_candidate(db, 999, ZOE, now=now, account_id=None)


def test_merged_record_gives_way_to_the_one_that_stands_for_it(database: Database, now: datetime) -> None:
    with database.writing() as db:
        seed_example(db, now=now)
        old = find_or_create_candidate(db, ZOE, now=now)
        kept = find_or_create_candidate(db, replace(ZOE, email="zoe2@example.org"), now=now)
        the_candidate(db, old).merged_into = kept
        db.flush()
        assert find_or_create_candidate(db, ZOE, now=now) == kept
