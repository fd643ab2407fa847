"""Evidence: who an erased person was stays known, apart, while their hours must be proved; then it goes."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.proving import kept_until
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.proof_rows import HEALTH, DisabilityProof, EligibilityProof, Issuer
from alpes_events.clause.tally.cuts import Line, Tally, lines, tally
from alpes_events.clause.tally.facts import read_facts
from alpes_events.clause.tally.keys import Cut
from alpes_events.database.engine import Database
from alpes_events.database.erased import note_erased
from alpes_events.people.evidence import EvidenceIdentity
from alpes_events.people.models import Candidate
from alpes_events.privacy.end_of_files import end_files
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.evidence import kept_identities
from alpes_events.privacy.export import export_person, without_reserved
from alpes_events.privacy.replay import replay_erasures
from alpes_events.tables import METADATA
from tests.support.clause import FEBRUARY, JANUARY, a_site, employs, works
from tests.support.stories import NOW

TODAY = NOW.date()
TRACES = ("canarine", "1991-07-13", "trace-opinion", "trace-reference", "trace-decision")
UNTIL = date(2031, 3, 1)


def a_worker(db: Session, *, account: HourAccount = HourAccount.VALIDATED) -> tuple[int, int]:
    """Somebody with hours in January and February 2026, and proofs of every kind. Gives person and contract."""
    employment_id = employs(db, a_site(db))
    candidate_id = db.get_one(EmploymentContract, employment_id).candidate_id
    row = db.get_one(Candidate, candidate_id)
    row.family_name, row.search_name, row.birth_on = "Canarine", "canarine", date(1991, 7, 13)
    db.add(row)
    db.flush()
    for month in (JANUARY, FEBRUARY):
        works(db, employment_id, 600, month=month, account=account)
    for draft in (
        ProofDraft("RSA", TODAY, reference="trace-reference"),
        ProofDraft("OTHER", TODAY, issuer=Issuer.MDE, opinion="trace-opinion"),
        ProofDraft("OETH", TODAY, reference="trace-decision"),
    ):
        note_proof(db, candidate_id, draft, today=TODAY, now=NOW, account_id=None)
    return candidate_id, employment_id


def tables_with(db: Session, trace: str) -> set[str]:
    return {
        table.name
        for table in METADATA.sorted_tables
        if any(trace in str(value).lower() for row in db.execute(table.select()) for value in row)
    }


def test_after_erasure_the_name_stands_apart_alone_and_the_ledger_is_as_it_was(organised: Database) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db)
        assert [one for one in TRACES if not tables_with(db, one)] == []
        before = balances_by_lot(db)
        erase_person(db, candidate_id, now=NOW)
        found = {one: tables_with(db, one) for one in TRACES}
        apart = {"evidence_identity"}
        assert found == {one: set() for one in TRACES} | {"canarine": apart, "1991-07-13": apart}
        assert balances_by_lot(db) == before
        assert verify(db).findings == ()
        assert db.exec(select(EligibilityProof)).all() == []
        assert db.exec(select(DisabilityProof)).all() == []
        (kept,) = kept_identities(db)
        assert (kept.family_name, kept.kept_until, kept.minutes) == ("Canarine", UNTIL, 1200)
        assert (kept.first_month, kept.last_month) == (JANUARY, FEBRUARY)


@pytest.mark.parametrize(
    ("now", "stays"),
    [(NOW, True), (NOW.replace(year=2031, month=2, day=28), True), (NOW.replace(year=2031, month=3, day=1), False)],
)
def test_name_stays_only_while_the_clock_runs(organised: Database, now: object, *, stays: bool) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db)
        erase_person(db, candidate_id, now=now)  # type: ignore[arg-type]
        assert bool(db.exec(select(EvidenceIdentity)).all()) is stays


@pytest.mark.parametrize("health", [False, True])
def test_tallies_by_every_cut_are_equal_before_and_after_an_erasure(organised: Database, *, health: bool) -> None:
    with organised.writing() as db:
        candidate_id, employment_id = a_worker(db)
        row = db.get_one(EmploymentContract, employment_id)
        row.criterion_code = HEALTH
        db.add(row)
        db.add(DisabilityCriterion(employment_id=employment_id, code="OETH"))
        db.flush()
        before = _tallied(db, health=health)
        erase_person(db, candidate_id, now=NOW)
        assert _tallied(db, health=health) == before
        assert before[0].whole.minutes == 1200


def _tallied(db: Session, *, health: bool) -> tuple[Tally, dict[Cut, list[Line]]]:
    facts = read_facts(db, 2026, by_month=True, health=health)
    return tally(facts), {cut: lines(facts, cut) for cut in Cut}


def test_hours_that_were_only_planned_keep_no_name(organised: Database) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db, account=HourAccount.PLANNED)
        assert kept_until(db, [candidate_id], today=TODAY) is None
        erase_person(db, candidate_id, now=NOW)
        assert db.exec(select(EvidenceIdentity)).all() == []


def test_nightly_round_forgets_the_names_whose_time_is_over(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db)
        erase_person(db, candidate_id, now=NOW)
        db.commit()
    last_night = NOW.replace(year=2031, month=2, day=28)
    for now, count in ((last_night, 1), (last_night + timedelta(days=1), 0)):
        end_files(organised, tmp_path, now=now)
        with organised.reading() as db:
            assert len(db.exec(select(EvidenceIdentity)).all()) == count


def test_restored_backup_moves_the_name_apart_again(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db)
        db.commit()
    with organised.writing() as db:
        note_erased(tmp_path, erase_person(db, candidate_id, now=NOW))
        db.rollback()
    with organised.writing() as db:
        assert replay_erasures(db, tmp_path, now=NOW) == 1
        assert tables_with(db, "canarine") == {"evidence_identity"}


def test_copy_of_a_person_holds_their_rows_of_the_clause_with_those_about_health(organised: Database) -> None:
    with organised.writing() as db:
        candidate_id, _employment = a_worker(db)
        tables = export_person(db, candidate_id, now=NOW)["tables"]
        assert [row["reference"] for row in tables["disability_proof"]] == ["trace-decision"]
        assert [row["opinion"] for row in tables["eligibility_proof"]] == ["", "trace-opinion"]
        assert len(tables["hour_entry"]) == 2
        assert len(tables["employment_contract"]) == 1


def test_copy_handed_over_by_others_than_facilitators_leaves_out_what_those_alone_read(organised: Database) -> None:
    with organised.writing() as db:
        candidate_id, employment_id = a_worker(db)
        db.add(DisabilityCriterion(employment_id=employment_id, code="OETH"))
        db.flush()
        whole = export_person(db, candidate_id, now=NOW)
    handed = without_reserved(whole)
    assert "OETH" in str(whole["tables"])
    assert [one for one in ("OETH", "trace-decision", "trace-opinion") if one in str(handed["tables"])] == []
    assert "disability_proof" not in handed["tables"]
    assert {"disability_proof.code", "eligibility_proof.opinion"} <= set(handed["left_out"])
    assert len(handed["tables"]["eligibility_proof"]) == 2
