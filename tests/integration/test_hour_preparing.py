"""Hours that are prepared before their transaction: it writes them all, or nothing when somebody was quicker."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlmodel import Session, col, func, select, update

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.ledger.ledger import ChainMovedError
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, LotCompany, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourChain, HourEntry
from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.database.prepared import NotAhead
from alpes_events.intake.csv_file import read_csv
from alpes_events.intake.hour_creating import MovedOn
from alpes_events.intake.hour_import import import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.intake.hour_plan import plan_hours
from alpes_events.intake.hour_preparing import Writes, prepare_hours
from alpes_events.intake.hour_rows import read_hours
from alpes_events.intake.hour_things import ToWrite
from alpes_events.intake.hour_writing import Scribe, write_hours_of
from alpes_events.journal.commands import old_news
from alpes_events.journal.models import Delivery, JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate
from tests.support.stories import NOW

HEAD = (
    "nom;prénom;date de naissance;maître d’ouvrage;opération;marché;lot;entreprise;siret;modalité;critère;mois;heures"
)
EMMA = "Dupont;Emma;04/11/1991;Ville;École;M1;1;Bâtiment Nord;;CDD;RSA"
LEO = "Martin;Léo;;Ville;École;M1;1;Bâtiment Nord;;intérim;OETH"
SIRET = "73282932000074"
WITH_SIRET = EMMA.replace("Nord;;", f"Nord;{SIRET};")
LATER = datetime(2026, 6, 1, tzinfo=UTC)
SCRIBE = Scribe(HourAccount.VALIDATED, LATER, None)
WRITTEN = (
    PublicContract, ClauseLot, ClauseOperation, LotCompany, Company, Candidate, EmploymentContract,
    DisabilityCriterion, HourEntry, JournalEntry, Delivery,
)  # fmt: skip


def brought(database: Database, *rows: str, whole: bool = True) -> int:
    table = read_csv("\n".join([HEAD, *rows]).encode())
    return import_hours(database, table, now=LATER, options=HourOptions(all_or_nothing=whole)).added


def planned(database: Database, *rows: str) -> list[ToWrite]:
    table = read_csv("\n".join([HEAD, *rows]).encode())
    options = HourOptions(all_or_nothing=True)
    with database.reading() as db:
        read = read_hours(table, publics(db).values(), today=LATER.date())
        plan = plan_hours(
            db, read, read.records, options=options, today=LATER.date(), account_id=None, progress=lambda *_so_far: None
        )
    assert plan.issues == []
    return plan.to_write


def prepared(database: Database, *rows: str, meanwhile: Callable[[Session], None] | None = None) -> Writes:
    """What writes these rows, made in sessions that only read; `meanwhile` happens between plan and making."""
    hours = planned(database, *rows)
    if meanwhile is not None:
        with database.writing() as db:
            meanwhile(db)
            db.commit()
    with database.reading() as db, old_news(db):
        return prepare_hours(db, hours, SCRIBE)


def written(database: Database, writes: Writes) -> None:
    with database.writing() as db, old_news(db):
        writes(db)
        db.commit()


def counted(database: Database) -> list[int]:
    with database.reading() as db:
        assert verify(db).findings == ()
        return [db.exec(select(func.count()).select_from(table)).one() for table in WRITTEN]


def test_what_is_prepared_is_written_only_then_and_is_what_rows_would_be(organised: Database) -> None:
    before = counted(organised)
    writes = prepared(organised, f"{EMMA};01/2026;100", f"{EMMA};02/2026;90", f"{LEO};01/2026;7")
    assert counted(organised) == before
    written(organised, writes)
    whole = [after - there for after, there in zip(counted(organised), before, strict=True)]
    assert whole[:9] == [1, 1, 1, 1, 1, 2, 2, 1, 3]
    others = (row.replace("M1", "M2").replace("École", "Halle").replace("Ville", "Bourg") for row in (EMMA, LEO))
    emma, leo = (
        row.replace("Dupont", "Durand").replace("Martin", "Morel").replace("Bâtiment Nord", "Menuiserie Sud")
        for row in others
    )
    there = counted(organised)
    assert brought(organised, f"{emma};01/2026;100", f"{emma};02/2026;90", f"{leo};01/2026;7", whole=False) == 3
    assert [after - was for after, was in zip(counted(organised), there, strict=True)] == whole


def the_same_person(db: Session) -> None:
    find_or_create_candidate(
        db, PersonIn("Dupont", "Emma", birth_on=date(1991, 11, 4)), now=NOW, contact_required=False
    )


def the_same_company(db: Session) -> None:
    add_company(db, CompanyDraft("Bâtiment Nord"), now=NOW, account_id=None)


@pytest.mark.parametrize("meanwhile", [the_same_person, the_same_company])
def test_person_or_company_written_down_meanwhile_is_found_out(
    organised: Database, meanwhile: Callable[[Session], None]
) -> None:
    writes = prepared(organised, f"{EMMA};01/2026;100")
    with organised.writing() as db:
        meanwhile(db)
        db.commit()
    before = counted(organised)
    with pytest.raises(MovedOn):
        written(organised, writes)
    assert counted(organised) == before
    assert brought(organised, f"{EMMA};01/2026;100") == 1
    with organised.reading() as db:
        assert len(db.exec(select(Candidate)).all()) == len(db.exec(select(Company)).all()) == 1


@pytest.mark.parametrize(
    "other",
    [
        EMMA.replace("Emma", "Anne"),
        EMMA.replace("Emma", "Anne").replace("Bâtiment Nord", "Autre"),
        EMMA.replace("Emma", "Anne").replace("Bâtiment Nord", "Autre").replace(";M1;", ";M2;"),
        EMMA.replace("Emma", "Anne")
        .replace("Bâtiment Nord", "Autre")
        .replace(";M1;", ";M2;")
        .replace("École", "Halle"),
    ],
    ids=["contract and company", "contract", "operation", "authority"],
)
def test_contract_operation_or_authority_that_another_file_brought_is_found_out(
    organised: Database, other: str
) -> None:
    writes = prepared(organised, f"{EMMA};01/2026;100")
    assert brought(organised, f"{other};01/2026;10") == 1
    before = counted(organised)
    with pytest.raises(MovedOn):
        written(organised, writes)
    assert counted(organised) == before
    assert brought(organised, f"{EMMA};01/2026;100") == 1


def test_chain_that_goes_on_meanwhile_is_found_out(organised: Database) -> None:
    assert brought(organised, f"{EMMA};01/2026;100") == 1
    writes = prepared(organised, f"{EMMA};02/2026;90")
    assert brought(organised, f"{EMMA};03/2026;10") == 1
    before = counted(organised)
    with pytest.raises(MovedOn):
        written(organised, writes)
    assert counted(organised) == before


def test_chain_that_ends_in_another_hash_is_not_gone_on_with(organised: Database) -> None:
    assert brought(organised, f"{EMMA};01/2026;100") == 1
    writes = prepared(organised, f"{EMMA};02/2026;90")
    with organised.writing() as db:
        db.execute(update(HourChain).values(hash="f" * 64))
        db.commit()
    with pytest.raises(ChainMovedError):
        written(organised, writes)
    with organised.reading() as db:
        assert len(db.exec(select(HourEntry)).all()) == 1


@pytest.mark.parametrize(("number", "goes"), [(9_000, True), (20_000, False)])
def test_others_take_numbers_below_those_taken_ahead(organised: Database, number: int, *, goes: bool) -> None:
    if not organised.is_sqlite:
        pytest.skip("PostgreSQL deals each number out once")
    writes = prepared(organised, f"{EMMA};01/2026;100")
    with organised.writing() as db:
        db.add(
            Candidate(
                id=number, family_name="Roche", given_name="Zoé", search_name="roche zoe",
                created_at=NOW, updated_at=NOW, last_active_at=NOW,
            )
        )  # fmt: skip
        db.commit()
    if goes:
        written(organised, writes)
    else:
        with pytest.raises(MovedOn):
            written(organised, writes)
    with organised.reading() as db:
        names = db.exec(select(Candidate.family_name).order_by(col(Candidate.id))).all()
    assert names == (["Roche", "Dupont"] if goes else ["Roche"])


def the_same_siret(db: Session) -> None:
    add_company(db, CompanyDraft("Bâtiment Nord"), EstablishmentDraft(siret=SIRET), now=NOW, account_id=None)


def test_company_whose_siret_came_since_the_plan_is_not_prepared(organised: Database) -> None:
    with pytest.raises(NotAhead):
        prepared(organised, f"{WITH_SIRET};01/2026;100", meanwhile=the_same_siret)


def test_file_that_cannot_be_prepared_is_written_all_the_same(organised: Database) -> None:
    table = read_csv(f"{HEAD}\n{WITH_SIRET};01/2026;100".encode())

    def meanwhile(_done: int, _total: int) -> bool:
        with organised.writing() as db:
            the_same_siret(db)
            db.commit()
        return True

    report = import_hours(organised, table, now=LATER, options=HourOptions(all_or_nothing=True), go_on=meanwhile)
    assert (report.added, report.refused) == (1, 0)
    assert counted(organised)[4] == 1
    assert brought(organised, f"{WITH_SIRET};01/2026;100") == 0


def test_companies_of_one_name_and_two_siret_are_prepared_as_two(organised: Database) -> None:
    other = EMMA.replace("Nord;;", "Nord;55208131766522;").replace(";M1;", ";M2;").replace("Emma", "Anne")
    rows = (f"{WITH_SIRET};01/2026;100", f"{other};01/2026;10")
    written(organised, prepared(organised, *rows))
    assert counted(organised)[4] == 2
    assert brought(organised, *rows) == 0


def _withdrawn(db: Session) -> None:
    db.execute(update(EmploymentContract).values(withdrawn_at=NOW))


def _employed_by_another(db: Session) -> None:
    other = add_company(db, CompanyDraft("Intérim Est"), now=NOW, account_id=None)
    db.execute(update(EmploymentContract).values(employer_id=other))


def _ended_sooner(db: Session) -> None:
    db.execute(update(EmploymentContract).values(ended_on=date(2026, 1, 31)))


def _ends_otherwise(db: Session) -> None:
    db.execute(update(EmploymentContract).values(ends_on=date(2026, 1, 20)))


def _begins_later(db: Session) -> None:
    db.execute(update(EmploymentContract).values(starts_on=date(2026, 3, 1)))


def _erased(db: Session) -> None:
    db.execute(update(Candidate).values(erased_at=NOW))


def _merged(db: Session) -> None:
    there = db.exec(select(Candidate)).one()
    other = Candidate(**there.model_dump(exclude={"id"}))
    db.add(other)
    db.flush()
    there.merged_into = other.id
    db.add(there)


_CHANGES = (
    _withdrawn, _employed_by_another, _ended_sooner, _ends_otherwise, _begins_later, _erased, _merged,
)  # fmt: skip


@pytest.mark.parametrize("meanwhile", _CHANGES)
@pytest.mark.parametrize("ahead", [True, False])
def test_work_contract_or_person_that_changed_meanwhile_is_found_out(
    organised: Database, meanwhile: Callable[[Session], None], *, ahead: bool
) -> None:
    assert brought(organised, f"{EMMA};01/2026;100", f"{EMMA};03/2026;100") == 2
    row = f"{EMMA};02/2026;90"
    hours = planned(organised, row)
    writes = prepared(organised, row) if ahead else lambda db: write_hours_of(db, hours, SCRIBE)
    with organised.writing() as db:
        meanwhile(db)
        db.commit()
    with pytest.raises(MovedOn):
        written(organised, writes)
    with organised.reading() as db:
        assert len(db.exec(select(HourEntry)).all()) == 2
    assert brought(organised, row) == 1, "planned anew, it is written"


@pytest.mark.parametrize("meanwhile", [_withdrawn, _erased])
@pytest.mark.parametrize("ahead", [True, False])
def test_nobody_changes_a_work_contract_or_person_whose_hours_are_just_being_written(
    organised: Database, meanwhile: Callable[[Session], None], *, ahead: bool
) -> None:
    assert brought(organised, f"{EMMA};01/2026;100", f"{EMMA};03/2026;100") == 2
    row = f"{EMMA};02/2026;90"
    hours = planned(organised, row)
    writes = prepared(organised, row) if ahead else lambda db: write_hours_of(db, hours, SCRIBE)
    order: list[str] = []

    def change() -> None:
        with organised.writing() as db:
            meanwhile(db)
            order.append("changed")
            db.commit()

    thread = Thread(target=change)
    with organised.writing() as db:
        writes(db)
        thread.start()
        thread.join(0.4)
        order.append("written")
        db.commit()
    thread.join(30)
    assert order == ["written", "changed"]


def test_employer_whose_record_was_merged_before_the_plan_is_no_change(organised: Database) -> None:
    assert brought(organised, f"{EMMA};01/2026;100", f"{EMMA};03/2026;100") == 2
    with organised.writing() as db:
        first, other = (add_company(db, CompanyDraft(name), now=NOW, account_id=None) for name in ("Un", "Deux"))
        db.execute(update(EmploymentContract).values(employer_id=first))
        db.execute(update(Company).where(col(Company.id) == first).values(merged_into=other))
        db.commit()
    assert brought(organised, f"{EMMA};02/2026;90") == 1
