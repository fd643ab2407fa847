"""Hours of one person by two work contracts: a row asks whether they are the same, and never about its own file."""

from sqlmodel import Session, select

from alpes_events.clause.declaring.deciding import Counting, refuse_lines, undo_decision, validate_lines
from alpes_events.clause.declaring.declared import declaration_view
from alpes_events.clause.declaring.declaring import Flag, seen_key
from alpes_events.clause.declaring.roster import employed_by_ids
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.database.engine import Database
from alpes_events.intake.csv_file import read_csv
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.people.models import Candidate, Role
from tests.support.clause import JANUARY, a_site, employs, works
from tests.support.declaring import HOUR, hours_of, opens_for, sends
from tests.support.errands import an_account
from tests.support.stories import NOW

HEAD = "nom;prénom;date de naissance;marché;opération;maître d’ouvrage;entreprise;modalité;mois;heures"
SITE = "2026-01;École 1;Ville 1;Bâtiment 1"
EMMA, LEO = "Dupont;Emma;04/11/1991", "Martin;Léo;12/05/1985"


def asked(report: HourReport) -> list[int]:
    """The lines that may say hours again that the ledger has."""
    return [one.line for one in report.warnings if "autre contrat de travail" in one.sentence.text]


def name_of(db: Session, employment_id: int) -> str:
    (one,) = employed_by_ids(db, [employment_id]).values()
    person = db.get_one(Candidate, one.candidate_id)
    born = "" if person.birth_on is None else f"{person.birth_on:%d/%m/%Y}"
    return f"{one.family_name};{one.given_name};{born}"


def test_line_that_was_validated_and_undone_hides_no_hours_that_stand(organised: Database) -> None:
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        works(db, who, 35 * HOUR)
        line = hours_of(who, 35)
        sends(db, declaration_id, line, seen=(seen_key(line, Flag.COUNTED),))
        ids = [one.id for one in declaration_view(db, declaration_id).lines]
        by = an_account(db, email="facile@example.org", role=Role.FACILITATOR)
        validate_lines(db, declaration_id, ids, counting=Counting.ADDED, now=NOW, account_id=by)
        undo_decision(db, declaration_id, ids[0], now=NOW, account_id=by)
        refuse_lines(db, declaration_id, ids, "deux fois", now=NOW, account_id=by)
        row = f"{name_of(db, who)};{SITE};intérim;01/2026;35"
        db.commit()
    report = import_hours(organised, read_csv(f"{HEAD}\n{row}".encode()), now=NOW, options=HourOptions())
    assert (report.added, asked(report)) == (1, [2])
    assert "35\u00a0h" in report.warnings[-1].sentence.in_language("fr")


def test_rows_planned_anew_are_not_held_against_what_their_own_file_wrote(organised: Database) -> None:
    """Somebody else's hours that came meanwhile are still asked about."""
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    rows = [f"{who};{SITE};{mode};01/2026;10" for mode in ("CDD", "intérim") for who in (EMMA, LEO)]
    said: list[int] = []

    def meanwhile(done: int, _total: int) -> bool:
        if done == 2 and not said:
            said.append(done)
            with organised.writing() as db:
                leo = db.exec(select(Candidate.id).where(Candidate.given_name == "Léo")).one()
                works(db, employs(db, site, candidate_id=leo), 5 * HOUR, month=JANUARY)
                db.commit()
        return True

    table = read_csv("\n".join([HEAD, *rows]).encode())
    report = import_hours(organised, table, now=NOW, options=HourOptions(at_once=1), go_on=meanwhile)
    assert (said, report.added, report.refused) == ([2], 4, 0)
    assert asked(report) == [5], "Léo's, whom somebody else wrote down too"
    with organised.reading() as db:
        assert balances_by_lot(db)[site.lot_id].validated == 45 * HOUR
