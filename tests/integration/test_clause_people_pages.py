"""Pages about people under the clause: what is done there, and that what tells of health shows nowhere else."""

import json
import logging
from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.eligibility.criteria_changes import PublicDraft, add_public
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract, FollowedSituation
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.proof_rows import (
    HEALTH,
    DisabilityProof,
    EligibilityAssessment,
    EligibilityProof,
    Eligible,
    Issuer,
)
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import AccessAudit, Candidate, Role
from alpes_events.privacy.erasure import erase_person
from tests.support.clause import FEBRUARY, JANUARY, Site, a_site, employs, works
from tests.support.databases import Templates
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.town import settle_town
from tests.support.visited import Visited, visited
from tests.support.web import text_of

TODAY = NOW.date()
CODE, LABEL = "CANARIHS", "Libellé canari"
REFERENCE, OPINION = "reference-canari", "avis-canari"
ABOUT_PEOPLE = (
    "clause_due.",
    "clause_employments.",
    "clause_persons.",
    "clause_proofs.",
    "staff_people.",
    "staff_person.",
    "staff_rights.",
)


def a_person(db: Session, number: int = 1) -> int:
    return find_or_create_candidate(db, somebody(number), now=NOW)


def prepared(database: Database) -> tuple[Site, int]:
    with database.writing() as db:
        site, who = a_site(db), a_person(db)
        db.commit()
    return site, who


def test_coordinator_notes_a_proof_and_assesses_the_person(organised: Database) -> None:
    site, who = prepared(organised)
    desk, home = Desk(organised), f"/staff/clause/people/{who}"
    asked = f"{home}?contract={site.contract_id}&on=2026-03-05"
    assert "À demander à la personne" in text_of(desk.get(asked))
    late = desk.fill(f"{home}/proofs/new", "issued_on", public="RSA", issued_on="2026-03-03")
    assert (late.status_code, "daté dans le futur" in text_of(late)) == (422, True)
    noted = desk.fill(f"{home}/proofs/new", "issued_on", public="RSA", issued_on="2026-02-20", reference="CAF")
    assert (noted.status_code, noted.location) == (303, home)
    assert "Éligible jusqu’au 19 mai 2026 (Bénéficiaire du RSA)" in text_of(desk.get(asked))
    desk.press(f"{home}/assess", asked, contract=site.contract_id, on="2026-03-05")
    with organised.reading() as db:
        row = db.exec(select(EligibilityAssessment)).one()
    assert (row.answer, row.criterion_code, row.assessed_on) == (Eligible.YES, "RSA", date(2026, 3, 5))
    assert "Prénomb Nomb 2026-01 19 mai 2026" in text_of(desk.get("/staff/clause/people"))


def test_only_facilitators_validate_an_opinion_and_note_what_tells_of_health(organised: Database) -> None:
    _site, who = prepared(organised)
    coordinator, facilitator = Desk(organised), Desk(organised, Role.FACILITATOR)
    home, form = f"/staff/clause/people/{who}", f"/staff/clause/people/{who}/proofs/new"
    coordinator.fill(form, "public", public="OTHER", issued_on="2026-02-20", issuer="mdph", opinion=OPINION)
    assert OPINION not in text_of(coordinator.get(home))
    assert f"MDPH : {OPINION}" in text_of(facilitator.get(home))
    assert coordinator.press(f"{home}/proofs/1/validate", home).status_code == 403
    assert facilitator.press(f"{home}/proofs/1/validate", home).status_code == 303
    assert "avis validé" in text_of(coordinator.get(home))
    refused = coordinator.fill(form, "public", public="OETH", issued_on="2026-02-20")
    assert (refused.status_code, "Choisissez une des réponses proposées" in text_of(refused)) == (422, True)
    assert facilitator.fill(form, "public", public="OETH", issued_on="2026-02-20").status_code == 303
    with organised.reading() as db:
        assert db.exec(select(EligibilityProof)).one().validated_at == NOW
        assert db.exec(select(DisabilityProof)).one().code == "OETH"


def test_opinion_that_waits_is_not_called_missing_in_an_assessment(organised: Database) -> None:
    site, who = prepared(organised)
    with organised.writing() as db:
        contract = db.get_one(PublicContract, site.contract_id)
        contract.publics = ["OTHER"]
        db.commit()
    desk, home = Desk(organised, Role.FACILITATOR), f"/staff/clause/people/{who}"
    asked = f"{home}?contract={site.contract_id}&on=2026-03-02"
    assert "Pas de justificatif" in text_of(desk.get(asked))
    desk.fill(f"{home}/proofs/new", "public", public="OTHER", issued_on="2026-02-20", issuer="mdph", opinion=OPINION)
    page = text_of(desk.get(asked))
    assert ("Un avis attend d’être validé" in page, "Pas de justificatif" in page) == (True, False)
    desk.press(f"{home}/proofs/1/validate", home)
    assert "Un avis attend d’être validé" not in text_of(desk.get(asked))


def test_employment_contract_is_noted_planned_corrected_and_followed(organised: Database) -> None:
    site, who = prepared(organised)
    desk, form = Desk(organised), f"/staff/clause/people/{who}/employments/new"
    written = {
        "place": f"{site.lot_id}-{site.company_id}",
        "starts_on": "2026-01-15",
        "ends_on": "2026-03-14",
        "rome_code": "f1702",
        "weekly_minutes": "35",
        "planned_minutes": "59",
        "mode": "cdd",
    }
    warned = desk.fill(form, "place", **written)
    assert (warned.status_code, "Rien n’établit" in text_of(warned)) == (422, True)
    answer = desk.fill(form, "place", **written, confirmed="y")
    assert (answer.status_code, answer.location) == (303, "/staff/clause/employments/1")
    assert "Janvier 2026 17 h non relevées 0 h" in text_of(desk.get(answer.location))
    desk.fill("/staff/clause/employments/1/months", "m202601", m202601="20 h 30")
    ended = desk.fill("/staff/clause/employments/1/edit", "ended_on", ended_on="2026-02-20")
    assert ended.status_code == 303
    early = desk.fill("/staff/clause/employments/1/situation", "months_6", months_6="training")
    assert (early.status_code, "trop tôt" in text_of(early)) == (422, True)
    with organised.reading() as db:
        row = db.get_one(EmploymentContract, 1)
        sums = balances_by_month(db, [1], HourAccount.PLANNED)
        assert db.exec(select(FollowedSituation)).all() == []
    assert (row.rome_code, row.ended_on, row.planned_minutes) == ("F1702", date(2026, 2, 20), 20 * 60 + 30 + 42 * 60)
    assert {month for _employment, month in sums} == {JANUARY, FEBRUARY}


def test_public_is_added_worded_anew_and_retired_and_stays_on_old_contracts(organised: Database) -> None:
    site, who = prepared(organised)
    desk = Desk(organised)
    twice = desk.fill("/staff/clause/publics/new", "public_code", public_code="RSA", label="Autre", proof="Attestation")
    assert (twice.status_code, "déjà dans la liste" in text_of(twice)) == (422, True)
    desk.fill(
        "/staff/clause/publics/new", "public_code", public_code="ase", label="Sortie de l’ASE", proof="Attestation"
    )
    desk.fill("/staff/clause/publics/RSA", "label", label="RSA depuis un an", proof_months="6")
    desk.press("/staff/clause/publics/RSA/retire", "/staff/clause/publics")
    with organised.writing() as db:
        listed = publics(db)
        assert (listed["ASE"].criterion.label, listed["ASE"].retired) == ("Sortie de l’ASE", False)
        assert (listed["RSA"].criterion.label, listed["RSA"].retired) == ("RSA depuis un an", True)
        note_proof(db, who, ProofDraft("RSA", date(2025, 11, 1)), today=TODAY, now=NOW, account_id=None)
        db.commit()
    assert "RSA depuis un an oui" in text_of(desk.get(f"/staff/clause/people/{who}?contract={site.contract_id}"))
    assert "value='RSA'" not in desk.get(f"/staff/clause/people/{who}/proofs/new").get_data(as_text=True)
    desk.press("/staff/clause/publics/RSA/restore", "/staff/clause/publics")
    assert "value='RSA'" in desk.get(f"/staff/clause/people/{who}/proofs/new").get_data(as_text=True)


def test_proof_of_somebody_else_does_not_exist(organised: Database) -> None:
    with organised.writing() as db:
        one, other = a_person(db, 1), a_person(db, 2)
        for draft in (ProofDraft("OTHER", TODAY, issuer=Issuer.MDE, opinion="Un avis"), ProofDraft("OETH", TODAY)):
            note_proof(db, one, draft, today=TODAY, now=NOW, account_id=None)
        db.commit()
    desk, there = Desk(organised, Role.FACILITATOR), f"/staff/clause/people/{other}"
    for act in ("1/withdraw", "1/validate", "1/refuse", "apart/1/withdraw", "99/withdraw"):
        assert desk.press(f"{there}/proofs/{act}", f"/staff/clause/people/{one}").status_code == 404
    with organised.reading() as db:
        assert db.exec(select(EligibilityProof)).one().withdrawn_at is None
        assert db.exec(select(DisabilityProof)).one().withdrawn_at is None


def test_kept_names_are_read_by_facilitators_alone_and_each_reading_is_noted(organised: Database) -> None:
    with organised.writing() as db:
        employment_id = employs(db, a_site(db))
        works(db, employment_id, 600)
        candidate_id = db.get_one(EmploymentContract, employment_id).candidate_id
        db.commit()
    erased = text_of(Desk(organised).get(f"/staff/people/{candidate_id}/erase"))
    assert "restent à part jusqu’au 1er février 2031" in erased
    with organised.writing() as db:
        erase_person(db, candidate_id, now=NOW)
        db.commit()
    assert Desk(organised).get("/staff/clause/kept").status_code == 403
    assert "1er février 2031" in text_of(Desk(organised, Role.FACILITATOR).get("/staff/clause/kept"))
    with organised.reading() as db:
        read = db.exec(select(AccessAudit.count).where(AccessAudit.action == "name_read")).all()
    assert read == [1]


@pytest.fixture(scope="module")
def town(templates: Templates) -> Iterator[Visited]:
    """The town, where the person of the clause has a proof of a public of our own that tells of health."""
    with visited(templates, settle_town) as site:
        with site.database.writing() as db:
            draft = PublicDraft(CODE, LABEL, LABEL, "", "Décision", sensitive=True)
            add_public(db, draft, now=NOW, account_id=None)
            contract = db.exec(select(PublicContract).order_by(col(PublicContract.id))).first()
            assert contract is not None
            contract.publics = [*contract.publics, CODE]
            db.add(contract)
            proof = ProofDraft(CODE, date(2026, 2, 1), reference=REFERENCE)
            opinion = ProofDraft("OTHER", date(2026, 2, 1), issuer=Issuer.MDPH, opinion=OPINION)
            for one in (proof, opinion):
                note_proof(db, site.candidate_id, one, today=TODAY, now=NOW, account_id=None)
            row = db.exec(select(EmploymentContract).order_by(col(EmploymentContract.id))).first()
            assert row is not None
            row.criterion_code = HEALTH
            db.add(row)
            db.commit()
        yield site


def contents(town: Visited, role: Role) -> dict[str, str]:
    """What each page says, and each table as a file, to somebody of this role."""
    browser = town.browser(role)
    paths = {page.path: page.endpoint for page in town.pages if page.method == "GET"}
    asked = f"/staff/clause/people/{town.candidate_id}?contract=1&on=2026-03-05"
    paths |= {"/staff/clause/people?as=csv": "clause_persons.table", asked: "clause_persons.page"}
    return {
        f"{endpoint} {path}": browser.get(path).get_data().decode("utf-8", "replace")
        for path, endpoint in paths.items()
        if endpoint.startswith((*ABOUT_PEOPLE, "clause", "staff", "my_"))
    }


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.ADVISOR])
def test_nobody_but_facilitators_reads_what_tells_of_health(
    town: Visited, role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said = contents(town, role)
    everywhere = [name for name, page in said.items() if REFERENCE in page or OPINION in page]
    about = [name for name, page in said.items() if name.startswith(ABOUT_PEOPLE) and (CODE in page or LABEL in page)]
    assert (everywhere, about) == ([], [])
    with town.database.reading() as db:
        journal = json.dumps([entry.facts for entry in db.exec(select(JournalEntry))])
    written = {"journal": journal, "log": caplog.text}
    traces = [(where, one) for where, text in written.items() for one in (CODE, REFERENCE, OPINION) if one in text]
    assert traces == [("journal", CODE)], "only that the public was added to the list"


def test_facilitators_and_the_person_read_it(town: Visited) -> None:
    page = f"clause_persons.page /staff/clause/people/{town.candidate_id}"
    said = contents(town, Role.FACILITATOR)
    assert [trace in said[page] for trace in (LABEL, REFERENCE, OPINION)] == [True] * 3
    own = contents(town, Role.CANDIDATE)["my_data.export /my-space/data.json"]
    assert [trace in own for trace in (CODE, REFERENCE, OPINION)] == [True] * 3
    with town.database.reading() as db:
        assert db.get_one(Candidate, town.candidate_id).erased_at is None


def test_coordinators_read_reserved_criterion_where_facilitators_read_which(town: Visited) -> None:
    path = "/staff/clause/employments/1"
    assert "critère réservé" in text_of(town.browser(Role.COORDINATOR).get(path))
