"""Files of hours, as facilitators keep them: what they say is matched, written once, and nothing is guessed."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, func, select

from alpes_events.clause.ledger.hours import Worked, correct_hours, write_hours
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.companies.commands import add_company
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.intake.csv_file import read_csv
from alpes_events.intake.files import read_table
from alpes_events.intake.hour_export import hours_sheet
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.language.cells import csv_document, workbook
from alpes_events.occupations.models import Occupation
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate
from tests.support.clause import FEBRUARY, JANUARY, MARCH, a_convention, a_site, employs, works
from tests.support.errands import an_account
from tests.support.stories import NOW

HEAD = "nom;prénom;date de naissance;maître d’ouvrage;opération;marché;lot;entreprise;modalité;critère;mois;heures"
EMMA = "Dupont;Emma;04/11/1991;Ville;École;M1;1;Bâtiment Nord;CDD;RSA"
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def brought(
    database: Database, *rows: str, head: str = HEAD, account_id: int | None = None, **options: object
) -> HourReport:
    table = read_csv("\n".join([head, *rows]).encode())
    chosen = HourOptions(**options)  # type: ignore[arg-type]
    return import_hours(database, table, now=LATER, options=chosen, account_id=account_id)


def reasons(report: HourReport) -> list[tuple[int, str]]:
    return [(issue.line, issue.sentence.in_language("fr")) for issue in report.issues]


def counted(database: Database, *tables: type) -> list[int]:
    with database.reading() as db:
        return [db.exec(select(func.count()).select_from(table)).one() for table in tables]


def ledger(database: Database) -> dict[date, int]:
    with database.reading() as db:
        assert verify(db).findings == ()
        asked = select(col(HourEntry.month), func.sum(col(HourEntry.minutes))).group_by(col(HourEntry.month))
        return {month: int(minutes) for month, minutes in db.exec(asked)}


def test_hours_and_months_are_read_as_people_write_them(organised: Database) -> None:
    report = brought(
        organised,
        f"{EMMA};01/2026;12,5",
        f"{EMMA};février 2026;12:30",
        f"{EMMA};2026-03-01;12h30",
        f"{EMMA};01/04/2026;12.50",
        f"{EMMA};mai 26;12 h",
    )
    assert reasons(report) == []
    assert (report.added, report.minutes) == (5, 4 * 750 + 720)
    assert set(ledger(organised).values()) == {750, 720}


def test_first_run_creates_what_is_named_and_a_second_adds_nothing(organised: Database) -> None:
    rows = (
        f"{EMMA};01/2026;100",
        f"{EMMA};02/2026;90",
        "Martin;Léo;;Ville;École;M1;1;Bâtiment Nord;intérim;OETH;01/2026;7",
    )
    report = brought(organised, *rows)
    assert report.created == {"contracts": 1, "lots": 1, "companies": 1, "people": 2, "employments": 2}
    tables = (PublicContract, ClauseLot, ClauseOperation, Company, Candidate, EmploymentContract, HourEntry)
    before = counted(organised, *tables)
    assert before == [1, 1, 1, 1, 2, 2, 3]
    again = brought(organised, *rows)
    assert (again.added, again.there, again.refused) == (0, 3, 0)
    assert counted(organised, *tables) == before
    with organised.reading() as db:
        assert {(row.criterion_code, row.mode) for row in db.exec(select(EmploymentContract))} == {
            ("RSA", "cdd"),
            ("HEALTH", "temporary"),
        }
        assert [row.code for row in db.exec(select(DisabilityCriterion))] == ["OETH"]


def test_next_month_s_file_goes_on_with_the_same_work_contract(organised: Database) -> None:
    brought(organised, f"{EMMA};04/2026;100")
    report = brought(organised, f"{EMMA};04/2026;100", f"{EMMA};05/2026;80")
    assert (report.added, report.there) == (1, 1)
    assert counted(organised, EmploymentContract) == [1]


def test_dry_run_says_what_would_be_and_writes_nothing(organised: Database) -> None:
    report = brought(organised, f"{EMMA};01/2026;100", f"{EMMA};02/2026;0", dry_run=True)
    assert (report.added, report.refused, report.written) == (1, 1, False)
    assert report.created["people"] == 1
    assert counted(organised, Candidate, PublicContract, HourEntry) == [0, 0, 0]


def test_people_and_companies_written_differently_are_one(organised: Database) -> None:
    tail = "04/11/1991;Lambersart;Ville;École;M1;1"
    report = brought(
        organised,
        f"Dupont;Emma;{tail};S.A.R.L. Bâtiment Nord;01/2026;10",
        f"DUPONT;EMMA;{tail};BATIMENT NORD;02/2026;10",
        f"Emma;Dupont;{tail};Bâtiment du Nord (SARL);03/2026;10",
        f"Dupond;Emma;{tail};Batimment Nord;04/2026;10",
        head="nom;prénom;date de naissance;commune;maître d’ouvrage;opération;marché;lot;entreprise;mois;heures",
    )
    assert reasons(report) == []
    assert (report.created["people"], report.created["companies"], report.created["employments"]) == (1, 1, 1)
    told = {(match.kind, match.typed): (match.found, match.score) for match in report.matches}
    found, score = told["person", "Emma Dupond"]
    assert found.startswith("Emma Dupont")
    assert 0.95 <= score < 1
    assert told["company", "Batimment Nord"][0] == "S.A.R.L. Bâtiment Nord"


def test_row_known_exactly_is_not_asked_about(organised: Database) -> None:
    """Somebody of the same name, and another born that day, leave no doubt beside the same name and birth date."""
    with organised.writing() as db:
        for given, born in (("Emma", date(1990, 1, 2)), ("Emna", date(1991, 11, 4)), ("Emma", date(1991, 11, 4))):
            one = PersonIn("Dupont", given, birth_on=born)
            find_or_create_candidate(db, one, now=NOW, contact_required=False)
        db.commit()
    rows = (f"{EMMA};01/2026;10", f"{EMMA};02/2026;10")
    for added in (2, 0):
        report = brought(organised, *rows)
        assert (report.added, report.matches, report.warnings) == (added, (), ())


def test_name_that_is_only_nearly_the_same_is_not_guessed_but_told(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;10")
    report = brought(organised, f"{EMMA.replace('Dupont', 'Dupond')};01/2026;10")
    assert report.created["people"] == 1
    (match,) = report.matches
    assert (match.kind, match.typed) == ("new_person", "Emma Dupond")
    assert [name.split(",")[0] for name, score in match.others if 0.9 < score < 0.95] == ["Emma Dupont"]


def test_both_names_may_stand_in_one_column(organised: Database) -> None:
    head = HEAD.replace("nom;prénom;", "salarié;", 1)
    tail = "04/11/1991;Ville;École;M1;1;Bâtiment Nord;;"
    brought(organised, f"DA SILVA Emma;{tail};01/2026;10", f"Emma DA SILVA;{tail};02/2026;10", head=head)
    with organised.reading() as db:
        assert [(row.family_name, row.given_name) for row in db.exec(select(Candidate))] == [("DA SILVA", "Emma")]


def twins(database: Database) -> list[int]:
    ids = []
    with database.writing() as db:
        for email in ("a@example.org", "b@example.org"):
            row = Candidate(
                family_name="Dupont", given_name="Emma", search_name="dupont emma", email=email,
                birth_on=date(1991, 11, 4), created_at=NOW, updated_at=NOW, last_active_at=NOW,
            )  # fmt: skip
            db.add(row)
            db.flush()
            ids.append(row.id or 0)
        db.commit()
    return ids


def test_two_people_of_one_name_and_birth_date_are_asked_about(organised: Database) -> None:
    first, second = twins(organised)
    (_line, reason) = reasons(brought(organised, f"{EMMA};01/2026;100"))[0]
    assert f"n° {first}" in reason
    assert f"n° {second}" in reason
    assert counted(organised, HourEntry) == [0]
    report = brought(organised, f"{second};{EMMA};01/2026;100", head=f"dossier;{HEAD}")
    assert reasons(report) == []
    with organised.reading() as db:
        assert db.exec(select(HourEntry.candidate_id)).all() == [second]


def test_row_without_birth_date_is_of_the_one_who_has_that_name(organised: Database) -> None:
    with organised.writing() as db:
        known = find_or_create_candidate(
            db, PersonIn("Dupont", "Emma", birth_on=date(1991, 11, 4)), now=NOW, contact_required=False
        )
        db.commit()
    report = brought(organised, "dupont;emma;;Ville;École;M1;1;Bâtiment Nord;;;01/2026;8")
    assert (report.refused, report.created["people"]) == (0, 0)
    assert [match.score < 1 for match in report.matches] == [True]
    again = brought(organised, "dupont;emma;;Ville;École;M1;1;Bâtiment Nord;;;01/2026;8")
    assert (again.there, again.matches, again.warnings) == (1, (), ())
    with organised.reading() as db:
        assert db.exec(select(HourEntry.candidate_id)).all() == [known]


@pytest.mark.parametrize(
    ("month", "hours", "reason"),
    [
        ("01/2026", "-3", "plus grand que zéro"),
        ("01/2026", "0", "plus grand que zéro"),
        ("01/2026", "800", "c’est plus que le mois n’en a"),
        ("01/2026", "beaucoup", "ne se lit pas comme des heures"),
        ("12/2025", "7", "commence en 01/2026"),
        ("13/2026", "7", "n’est pas un mois"),
        ("01/2031", "7", "pas encore venu"),
        ("", "7", "Il manque cette valeur"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_their_line(
    organised: Database, month: str, hours: str, reason: str
) -> None:
    with organised.writing() as db:
        a_site(db)
        db.commit()
    row = f"Dupont;Emma;;Ville 1;École 1;2026-01;;Bâtiment 1;;;{month};{hours}"
    ((line, told),) = reasons(brought(organised, row))
    assert line == 2
    assert reason in told
    assert counted(organised, Candidate, HourEntry) == [0, 0]


def test_unknown_contract_is_refused_when_none_may_be_created(organised: Database) -> None:
    (issue,) = brought(organised, f"{EMMA};01/2026;7", creates=False).issues
    assert (issue.line, issue.column, issue.typed) == (2, "marché", "M1")
    assert "Ce marché n’existe pas" in issue.sentence.in_language("fr")
    ((_line, told),) = reasons(brought(organised, "Dupont;Emma;;;;M1;1;Bâtiment Nord;;;01/2026;7"))
    assert "indiquez le maître d’ouvrage et l’opération" in told
    assert counted(organised, PublicContract, Company, Candidate) == [0, 0, 0]


def test_closed_contract_takes_no_hours(organised: Database) -> None:
    with organised.writing() as db:
        db.get_one(PublicContract, a_site(db).contract_id).closed_on = date(2026, 5, 1)
        db.commit()
    ((_line, told),) = reasons(brought(organised, "Dupont;Emma;;;;2026-01;;Bâtiment 1;;;01/2026;7"))
    assert "clos" in told


def test_hours_that_differ_from_the_ledger_are_told_and_corrected_only_when_asked(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;12")
    ((_line, told),) = reasons(brought(organised, f"{EMMA};01/2026;14"))
    assert told == "Le registre a 12\xa0h, le fichier 14\xa0h : corrigez l’un ou l’autre."
    assert ledger(organised) == {JANUARY: 720}
    report = brought(organised, f"{EMMA};01/2026;14", corrects=True)
    assert (report.added, report.corrected, report.refused) == (0, 1, 0)
    assert ledger(organised) == {JANUARY: 840}
    with organised.reading() as db:
        kinds = db.exec(select(HourEntry.kind).order_by(col(HourEntry.sequence))).all()
    assert kinds == [HourKind.VALIDATED, HourKind.CORRECTED, HourKind.VALIDATED]
    assert brought(organised, f"{EMMA};01/2026;14").there == 1


def test_hours_come_in_as_declared_too(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;12", account=HourAccount.DECLARED)
    with organised.reading() as db:
        assert db.exec(select(HourEntry.account, HourEntry.source)).all() == [(HourAccount.DECLARED, HourSource.FILE)]


def test_row_that_repeats_another_is_refused_and_nothing_is_written_when_all_must_be_good(organised: Database) -> None:
    rows = (f"{EMMA};01/2026;12", f"{EMMA};01/2026;13", f"{EMMA};02/2026;13")
    report = brought(organised, *rows, all_or_nothing=True)
    assert [line for line, _reason in reasons(report)] == [3]
    assert "La ligne 2 dit déjà les heures" in reasons(report)[0][1]
    assert not report.written
    assert counted(organised, Candidate, HourEntry) == [0, 0]
    assert brought(organised, *rows).added == 2
    assert brought(organised, rows[0], rows[2], all_or_nothing=True).there == 2


def test_hours_of_one_s_own_company_are_refused(organised: Database) -> None:
    with organised.writing() as db:
        site, account_id = a_site(db), an_account(db)
        contact = ContactDraft(given_name="Claire", family_name="Martin", email="claire@example.org")
        add_contact(db, site.company_id, contact, now=NOW, account_id=None)
        db.commit()
    row = "Dupont;Emma;;;;2026-01;;Bâtiment 1;;;01/2026;7"
    ((_line, told),) = reasons(brought(organised, row, account_id=account_id))
    assert "Vous faites partie de cette entreprise" in told
    assert brought(organised, row, account_id=account_id, account=HourAccount.DECLARED).added == 1


@pytest.mark.parametrize("said", ["Intérim Nord", ""])
def test_hours_of_one_s_own_company_that_employs_for_another_are_refused(organised: Database, said: str) -> None:
    with organised.writing() as db:
        site, account_id = a_site(db), an_account(db)
        temp = add_company(db, CompanyDraft("Intérim Nord"), now=NOW, account_id=None)
        contact = ContactDraft(given_name="Claire", family_name="Martin", email="claire@example.org")
        add_contact(db, temp, contact, now=NOW, account_id=None)
        db.get_one(EmploymentContract, employs(db, site)).employer_id = temp
        person = db.exec(select(Candidate)).one()
        names = f"{person.family_name};{person.given_name}"
        db.commit()
    head = "nom;prénom;marché;entreprise;employeur;mois;heures"
    ((_line, told),) = reasons(
        brought(organised, f"{names};2026-01;Bâtiment 1;{said};01/2026;7", head=head, account_id=account_id)
    )
    assert "Vous faites partie de cette entreprise" in told


def test_hours_written_by_hand_are_those_of_the_row(organised: Database) -> None:
    """The work contract that staff noted is taken, whatever the file says of its mode."""
    with organised.writing() as db:
        works(db, employs(db, a_site(db)), 600, month=JANUARY)
        db.commit()
    with organised.reading() as db:
        person = db.exec(select(Candidate)).one()
    row = f"{person.family_name};{person.given_name};;;;2026-01;;Bâtiment 1;;;"
    report = brought(organised, f"{row}01/2026;10", f"{row}02/2026;5")
    assert (report.there, report.added, report.created["employments"]) == (1, 1, 0)
    assert ledger(organised) == {JANUARY: 600, FEBRUARY: 300}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export_that_comes_in_again_adds_nothing(organised: Database, ending: str) -> None:
    brought(
        organised,
        f"{EMMA};01/2026;12,5",
        f"{EMMA};02/2026;12,5",
        f"{EMMA.replace('CDD', 'intérim')};02/2026;7",
        "Martin;Léo;;Ville;École;M1;2 b;Autre SARL;;OETH;03/2026;7h15",
    )
    with organised.reading() as db:
        sheet = hours_sheet(db, 2026, language="fr")
    assert len(sheet.rows) == 4
    assert [code for code in ("OETH", "RSA") if code in str(sheet.rows)] == [], "no public beside a name"
    content = csv_document(sheet.heading, sheet.rows) if ending == "csv" else workbook([sheet])
    report = import_hours(organised, read_table(f"a.{ending}", content), now=LATER, options=HourOptions(creates=False))
    assert (reasons(report), report.there, report.added) == ([], 4, 0)
    assert counted(organised, EmploymentContract, HourEntry) == [3, 4]


def test_somebody_who_writes_meanwhile_is_seen(organised: Database) -> None:
    """The plan was made before: what is left is planned anew, and nothing is entered twice."""
    with organised.writing() as db:
        site = a_site(db)
        employment_id = employs(db, site)
        db.commit()
    with organised.reading() as db:
        person = db.exec(select(Candidate)).one()
    row = f"{person.family_name};{person.given_name};;;;2026-01;;Bâtiment 1;;;"
    table = read_csv("\n".join([HEAD, f"{row}01/2026;10", f"{row}02/2026;5"]).encode())
    told = []

    def meanwhile(done: int, _total: int) -> bool:
        told.append(done)
        if done == 1 and len(told) == 2:
            with organised.writing() as db:
                worked = Worked(employment_id, FEBRUARY, 300, HourSource.STAFF)
                write_hours(db, HourAccount.VALIDATED, [worked], now=LATER, account_id=None)
                db.commit()
        return True

    options = HourOptions(at_once=1)
    report = import_hours(organised, table, now=LATER, options=options, go_on=meanwhile)
    assert (report.added, report.there, report.refused) == (1, 1, 0)
    assert ledger(organised) == {JANUARY: 600, FEBRUARY: 300}


def test_contract_that_another_file_just_brought_is_taken_and_its_hours_are_there(organised: Database) -> None:
    rows = (f"{EMMA};01/2026;10", f"{EMMA};02/2026;5")
    table = read_csv("\n".join([HEAD, *rows]).encode())
    brings = [1]

    def meanwhile(_done: int, _total: int) -> bool:
        if brings:
            brings.clear()
            assert brought(organised, *rows).added == 2
        return True

    report = import_hours(organised, table, now=LATER, options=HourOptions(all_or_nothing=True), go_on=meanwhile)
    assert (report.added, report.there, report.refused) == (0, 2, 0)
    assert counted(organised, PublicContract, ClauseLot, Company, EmploymentContract) == [1, 1, 1, 1]
    assert ledger(organised) == {JANUARY: 600, FEBRUARY: 300}


def test_lot_that_another_file_just_brought_is_taken(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;10")
    more = EMMA.replace(";M1;1;", ";M1;2;")
    table = read_csv("\n".join([HEAD, f"{more};02/2026;5"]).encode())
    brings = [1]

    def meanwhile(_done: int, _total: int) -> bool:
        if brings:
            brings.clear()
            brought(organised, f"{more};03/2026;7")
        return True

    report = import_hours(organised, table, now=LATER, options=HourOptions(), go_on=meanwhile)
    assert (report.added, report.refused) == (1, 0)
    assert counted(organised, PublicContract, ClauseLot) == [1, 2]
    assert ledger(organised) == {JANUARY: 600, FEBRUARY: 300, MARCH: 420}


def test_file_does_not_correct_hours_from_under_a_transfer(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, _convention = a_convention(db, site)
        who = employs(db, site)
        works(db, who, 600, month=JANUARY)
        transfer_hours(db, who, month=JANUARY, minutes=360, to_lot_id=lot_id, now=NOW, account_id=None)
        db.commit()
    with organised.reading() as db:
        person = db.exec(select(Candidate)).one()
    row = f"{person.family_name};{person.given_name};;;;2026-01;1;Bâtiment 1;;;01/2026"
    ((line, reason),) = reasons(brought(organised, f"{row};5", corrects=True))
    assert (line, "1\xa0h de 01/2026 sur un autre lot" in reason) == (2, True)
    assert brought(organised, f"{row};6", corrects=True).corrected == 1
    assert ledger(organised) == {JANUARY: 360}


def test_rows_that_others_kept_from_being_written_are_told_and_nothing_else_is(organised: Database) -> None:
    assert brought(organised, f"{EMMA};01/2026;1;").added == 1
    others = iter(range(1, 100))

    def somebody_writes(_done: int, _total: int) -> bool:
        other = EMMA.replace("Emma", "Anne").replace("04/11/1991", f"04/11/{1950 + next(others)}")
        assert brought(organised, f"{other};01/2026;1;").added == 1
        return True

    table = read_csv(f"{HEAD}\n{EMMA};02/2026;20;".encode())
    options = HourOptions(all_or_nothing=True, most_plans=3)
    report = import_hours(organised, table, now=LATER, options=options, go_on=somebody_writes)
    assert (report.added, report.refused, report.written, report.minutes) == (0, 1, False, 0)
    assert [line for line, _said in reasons(report)] == [2]
    assert next(others) == 4, "three plans"
    assert FEBRUARY not in ledger(organised)


@pytest.mark.parametrize(
    ("second", "questions"),
    [
        (EMMA.replace("CDD", "intérim") + ";01/2026;100;", 1),
        (EMMA.replace("CDD", "intérim") + ";02/2026;100;", 0),
        (EMMA.replace("CDD", "intérim").replace(";M1;", ";M2;") + ";01/2026;100;", 0),
        (EMMA.replace("CDD", "intérim").replace("Emma", "Anne").replace("1991", "1971") + ";01/2026;100;", 0),
    ],
    ids=["the same month", "another month", "another contract", "somebody else"],
)
@pytest.mark.parametrize("account", [HourAccount.VALIDATED, HourAccount.DECLARED])
def test_hours_that_another_file_gave_by_another_work_contract_are_asked_about(
    organised: Database, second: str, questions: int, account: HourAccount
) -> None:
    assert brought(organised, f"{EMMA};01/2026;100;", account=account).added == 1
    for dry_run, expected in ((True, questions), (False, questions), (False, 0)):
        report = brought(organised, second, dry_run=dry_run, account=account)
        said = [one.line for one in report.warnings if "autre contrat de travail" in one.sentence.text]
        assert said == [2] * expected


DATED = f"{HEAD};début du contrat;fin du contrat;ROME"


def spans(database: Database) -> list[tuple[date, date | None]]:
    with database.reading() as db:
        rows = db.exec(select(EmploymentContract).order_by(col(EmploymentContract.id)))
        return [(row.starts_on, row.ends_on) for row in rows]


@pytest.mark.parametrize(
    ("said", "column", "reason"),
    [
        ("01/2026;7;01/02/2026;;", "début du contrat", "commence le 01/02/2026 : elle n’a pas d’heures avant"),
        ("03/2026;7;;28/02/2026;", "fin du contrat", "finit le 28/02/2026 : elle n’a pas d’heures après"),
        ("01/2026;7;20/01/2026;10/01/2026;", "fin du contrat", "La fin vient avant le début"),
        ("01/2026;73;30/01/2026;01/02/2026;", "heures", "73\xa0h, c’est plus que ces jours n’en ont"),
        ("01/2026;7;;;Z9999", "ROME", "une lettre de A à N et quatre chiffres"),
        ("01/2026;7;;;F16100", "ROME", "une lettre de A à N et quatre chiffres"),
    ],
)
def test_dates_and_codes_that_cannot_be_are_refused_with_their_line(
    organised: Database, said: str, column: str, reason: str
) -> None:
    (issue,) = brought(organised, f"{EMMA};{said}", head=DATED).issues
    assert (issue.line, issue.column) == (2, column)
    assert reason in issue.sentence.in_language("fr")
    assert counted(organised, EmploymentContract, HourEntry) == [0, 0]


def test_dates_that_rows_give_are_stored_as_given(organised: Database) -> None:
    report = brought(
        organised,
        f"{EMMA};02/2026;48;27/02/2026;15/04/2026;",
        f"{EMMA};03/2026;70;27/02/2026;15/04/2026;",
        "Martin;Léo;;Ville;École;M1;1;Bâtiment Nord;CDD;RSA;03/2026;7;;;",
        head=DATED,
    )
    assert reasons(report) == []
    assert spans(organised) == [(date(2026, 2, 27), date(2026, 4, 15)), (date(2026, 3, 1), None)]
    assert brought(organised, f"{EMMA};03/2026;70;27/02/2026;15/04/2026;", head=DATED).warnings == ()
    with organised.reading() as db:
        assert db.exec(select(col(PublicContract.starts_on))).one() == date(2026, 2, 1)
    early = f"{EMMA.replace('M1', 'M2')};02/2026;48;15/01/2026;;"
    assert brought(organised, early, head=DATED).new["contracts"] == ("M2, École, Ville, 15/01/2026 – …",)


def test_row_after_the_end_that_another_row_gives_is_refused(organised: Database) -> None:
    report = brought(
        organised, f"{EMMA};01/2026;7;05/01/2026;31/01/2026;", f"{EMMA};02/2026;7;05/01/2026;;", head=DATED
    )
    assert reasons(report) == [(3, "Son contrat de travail finit le 31/01/2026 : elle n’a pas d’heures après.")]
    assert spans(organised) == [(date(2026, 1, 5), date(2026, 1, 31))]


def test_start_outside_the_lot_is_refused(organised: Database) -> None:
    with organised.writing() as db:
        a_site(db)
        db.commit()
    row = "Dupont;Emma;;;;2026-01;;Bâtiment 1;;;01/2026;7;15/12/2025;;"
    assert reasons(brought(organised, row, head=DATED)) == [
        (2, "Le contrat de travail commence hors des dates du lot.")
    ]


def test_known_work_contract_keeps_its_dates_and_the_file_that_says_others_is_asked_about(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;7;05/01/2026;31/03/2026;", head=DATED)
    report = brought(
        organised,
        f"{EMMA};02/2026;7;06/01/2026;31/03/2026;",
        f"{EMMA};03/2026;7;06/01/2026;31/03/2026;",
        head=DATED,
    )
    (question,) = report.warnings
    assert (question.line, question.column) == (2, "début du contrat")
    told = question.sentence.in_language("fr")
    assert "(05/01/2026 – 31/03/2026) et le fichier dit 06/01/2026 – 31/03/2026 : ses dates restent" in told
    assert spans(organised) == [(date(2026, 1, 5), date(2026, 3, 31))]


def test_work_contract_that_begins_after_the_known_one_ended_is_another(organised: Database) -> None:
    brought(organised, f"{EMMA};01/2026;7;05/01/2026;10/01/2026;", head=DATED)
    report = brought(organised, f"{EMMA};01/2026;9;20/01/2026;31/01/2026;", head=DATED)
    assert report.added == 1
    assert spans(organised)[1] == (date(2026, 1, 20), date(2026, 1, 31))


@pytest.mark.parametrize("born", ["04/11/2022", "02/02/2012"])
def test_nobody_under_fourteen_is_employed(organised: Database, born: str) -> None:
    row = EMMA.replace("04/11/1991", born)
    (issue,) = brought(organised, f"{row};01/2026;7").issues
    assert (issue.line, issue.column) == (2, "date de naissance")
    assert "moins de 14 ans le premier jour" in issue.sentence.in_language("fr")
    assert brought(organised, f"{row.replace(born, '31/01/2012')};01/2026;7").added == 1


def test_code_of_no_occupation_is_refused_where_occupations_are_loaded(organised: Database) -> None:
    row = f"{EMMA};01/2026;7;;"
    assert brought(organised, f"{row};F9999", head=DATED, dry_run=True).added == 1
    with organised.writing() as db:
        db.add(Occupation(code="F1799", label="Maçonnerie", parent_code="F1799"))
        db.commit()
    ((_line, told),) = reasons(brought(organised, f"{row};F9999", head=DATED))
    assert "Aucun métier du ROME n’a le code F9999" in told
    assert brought(organised, f"{row};f1799", head=DATED).added == 1


def test_hours_corrected_by_hand_rest_on_no_file_and_the_file_then_asks(organised: Database) -> None:
    row = f"{EMMA};01/2026;100"
    assert brought(organised, row).added == 1
    with organised.writing() as db:
        entry = db.exec(select(HourEntry)).one()
        correct_hours(db, entry.contract_id, entry.sequence, 80 * 60, now=NOW, account_id=None)
        db.commit()
    with organised.reading() as db:
        told = [(one.minutes, one.source) for one in db.exec(select(HourEntry).order_by(col(HourEntry.sequence)))]
    assert told[0] == (6000, HourSource.FILE)
    assert told[-1] == (4800, HourSource.STAFF)
    again = brought(organised, row)
    assert again.added == 0
    assert again.issues or again.warnings
