"""Offers come in by files and go out by files: the same row once, no cell a formula."""

import csv
import io

from click.testing import CliRunner
from sqlmodel import select

from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.hiring.codes import ContractKind, OfferState
from alpes_events.hiring.models import JobOffer
from alpes_events.intake.files import read_table
from alpes_events.intake.kinds import KINDS
from alpes_events.intake.report import ImportReport
from alpes_events.intake.run import run_import
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.hiring import an_offer, applies
from tests.support.staff import Desk
from tests.support.stories import NOW

HEADINGS = (
    "intitulé;entreprise;contrat;commune;salaire au moins;salaire par;heures par semaine;"
    "dernier jour;publiée le;nécessaire"
)
FILE = f"""{HEADINGS}
Vendeur ou vendeuse;Boulangerie du Beffroi;CDI;Lambersart;12,50;heure;35;;02/03/2026;Caisse|Accueil
Cariste (H/F);SARL Entrepôt des Flandres;intérim;Dunkerque;;;17,5;28/02/2026;01/02/2026;
Aide à domicile;Soins de la Lys;CDD;;;;;;;
=cmd|' /C calc'!A0;Soins de la Lys;CDX;;douze;;;;;
"""


def brought(database: Database, text: str) -> ImportReport:
    table = read_table("offres.csv", text.encode())
    return run_import(database, KINDS["offers"], table, now=NOW)


def test_offers_come_in_once_with_their_companies_and_days(organised: Database) -> None:
    report = brought(organised, FILE)
    assert (report.added, report.refused) == (3, 1)
    assert {issue.column for issue in report.issues} == {"contrat", "salaire au moins"}
    again = brought(organised, FILE)
    assert (again.added, again.there) == (0, 3)
    with organised.reading() as db:
        offers = db.exec(select(JobOffer).order_by(JobOffer.id)).all()  # type: ignore[arg-type]
        assert [(one.state, one.contract, one.in_territory) for one in offers] == [
            (OfferState.PUBLISHED, ContractKind.CDI, True),
            (OfferState.EXPIRED, ContractKind.TEMPORARY, False),
            (OfferState.DRAFT, ContractKind.CDD, None),
        ]
        assert (offers[0].pay_min_cents, offers[0].weekly_minutes) == (1250, 2100)
        assert (offers[0].required_skills, offers[1].weekly_minutes) == (["Caisse", "Accueil"], 1050)
        assert str(offers[1].published_on) == "2026-02-01"
        assert len(db.exec(select(Company)).all()) == 3


def test_no_cell_of_a_file_can_become_a_formula(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db, title="=HYPERLINK(1) (H/F)", schedule="+1")
        applies(db, offer_id, 1)
        db.commit()
    desk = Desk(organised)
    for address in ("/staff/offers?as=csv", "/staff/applications?as=csv"):
        text = desk.get(address).data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
        assert len(rows) == 2
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
        assert any("HYPERLINK" in cell for cell in rows[1])


def test_the_command_takes_offers_and_applications_away(organised: Database) -> None:
    with organised.writing() as db:
        applies(db, an_offer(db), 1)
        db.commit()
    terminal = Terminal(database=organised, now=lambda: NOW)
    for what, found in (("offers", "Boulangerie du Beffroi"), ("applications", "personne1@example.org")):
        result = CliRunner().invoke(main, ["export", what], obj=terminal)
        assert (result.exit_code, found in result.stdout) == (0, True)
    with organised.reading() as db:
        assert db.exec(select(AccessAudit.count).where(AccessAudit.action == AuditAction.EXPORTED)).all() == [1]
