"""The statement of a contract, the letter of shortfall and the certificate: what they say, and that they stay so."""

import pytest
from sqlmodel import Session, select

from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.durations import in_hours
from alpes_events.clause.money import in_euros, penalty_of
from alpes_events.clause.papers.going_out import file_of
from alpes_events.clause.papers.issuing import make_certificate, make_shortfall, make_statement
from alpes_events.clause.tables.contract_rows import ObligationKind, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import ClauseDocument
from alpes_events.clause.tables.proof_rows import EligibilityAssessment, Eligible
from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.people.models import Candidate, Role
from tests.support.clause import FEBRUARY, Site, a_site, employs, works
from tests.support.pdf import elements_of, pages_of, reader_of
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

HOUR = 60
MAKING = {"now": NOW, "account_id": None}


def worked(db: Session, *, penalty_cents: int | None = 1500) -> Site:
    """Of 200 hours owed, 80 done: 120 are missing."""
    site = a_site(db, owed=200 * HOUR)
    contract = db.get_one(PublicContract, site.contract_id)
    contract.penalty_cents = penalty_cents
    db.add(contract)
    for number in (1, 2):
        works(db, employs(db, site, number, criterion_code="OETH" if number == 2 else "RSA"), 30 * HOUR)
        works(db, number, 10 * HOUR, month=FEBRUARY)
    return site


def said(content: bytes) -> str:
    return " ".join(pages_of(content))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fr",
            ("Bilan du marché 2026-01", "80 h réalisées sur 200 h", "Taux de réalisation : 40 %", "Déclarée"),
        ),
        ("en", ("Statement of contract 2026-01", "80 h done out of 200 h", "Rate done: 40%", "Declared")),
    ],
)
def test_statement_says_what_is_owed_and_done_without_names(
    organised: Database, language: str, words: tuple[str, ...]
) -> None:
    with organised.writing() as db:
        site = worked(db)
        document = make_statement(db, site.contract_id, language=language, **MAKING)  # type: ignore[arg-type]
        content = file_of(db, document, health=False).content
        names = db.exec(select(Candidate.family_name)).all()
        db.rollback()
    text = said(content)
    for each in (*words, "BIL-2026-0001", "Gros œuvre", "P00001"):
        assert each in text, each
    assert [name for name in names if name in text] == []
    assert reader_of(content).trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert {"H1", "H2", "Table", "TH"} <= {role for role, _alt in elements_of(content)}
    assert document.seal in text.replace(" ", "")


@pytest.mark.parametrize(
    ("answer", "criterion", "word"),
    [
        (Eligible.YES, "RSA", "Vérifiée"),
        (Eligible.NO, "RSA", "Déclarée"),
        (None, "RSA", "Déclarée"),
        (None, None, "non relevé"),
    ],
)
def test_statement_says_verified_only_of_whom_an_assessment_found_eligible(
    organised: Database, answer: Eligible | None, criterion: str | None, word: str
) -> None:
    with organised.writing() as db:
        site = worked(db)
        for row in db.exec(select(EmploymentContract)):
            row.criterion_code = criterion
            if answer is not None:
                found = EligibilityAssessment(
                    candidate_id=row.candidate_id,
                    contract_id=site.contract_id,
                    assessed_on=row.starts_on,
                    answer=answer,
                    assessed_at=NOW,
                )
                db.add(found)
                db.flush()
                row.assessment_id = found.id
        document = make_statement(db, site.contract_id, language="fr", **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        db.rollback()
    assert [each for each in ("Vérifiée", "Déclarée") if each in text] == [word] * (word != "non relevé")
    assert word in text


def test_letter_of_shortfall_computes_the_penalty(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        document = make_shortfall(db, site.contract_id, site.company_id, language="fr", **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        db.rollback()
    assert "120 h × 15,00 € = 1 800,00 €" in text
    assert "CAR-2026-0001" in text
    assert "Bâtiment 1" in text


def test_hours_that_nobody_planned_are_not_none_in_a_paper(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        document = make_statement(db, site.contract_id, language="fr", **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        db.rollback()
    assert text.count("non planifiées") == 2  # the lot, and the total


def test_letter_of_a_contract_without_penalty_computes_none(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db, penalty_cents=None)
        document = make_shortfall(db, site.contract_id, site.company_id, language="fr", **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        db.rollback()
    assert "120 h" in text
    assert "€" not in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_certificate_tells_the_hours_of_a_company_contract_by_contract(organised: Database, language: str) -> None:
    with organised.writing() as db:
        site = worked(db)
        document = make_certificate(db, site.company_id, 2026, language=language, **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        db.rollback()
    for each in ("ATT-2026-0001", "Bâtiment 1", "80 h", "2026-01", "École 1", "Ville 1"):
        assert each in text, each


def test_paper_made_anew_says_what_it_said(organised: Database) -> None:
    """Hours, an amendment and another penalty that come later change nothing in what went out."""
    with organised.writing() as db:
        site = worked(db)
        made = [
            make_statement(db, site.contract_id, language="fr", **MAKING),  # type: ignore[arg-type]
            make_shortfall(db, site.contract_id, site.company_id, language="fr", **MAKING),  # type: ignore[arg-type]
            make_certificate(db, site.company_id, 2026, language="fr", **MAKING),  # type: ignore[arg-type]
        ]
        before = [said(file_of(db, one, health=False).content) for one in made]
        works(db, 1, 50 * HOUR)
        later = NOW.replace(hour=NOW.hour + 1)
        more = ObligationDraft(ObligationKind.AMENDMENT, FEBRUARY, 100 * HOUR)
        record_obligation(db, site.lot_id, more, now=later, account_id=None)
        contract = db.get_one(PublicContract, site.contract_id)
        contract.penalty_cents = 9900
        db.add(contract)
        db.flush()
        assert [said(file_of(db, one, health=False).content) for one in made] == before
        db.rollback()


@pytest.mark.parametrize(
    ("minutes", "cents", "whole"),
    [(120 * 60, 1500, "1 800,00 €"), (120 * 60 + 30, 1500, "1 807,50 €"), (1, 1500, "0,25 €"), (1, 50, "0,01 €")],
)
def test_penalty_is_exact_to_the_cent(minutes: int, cents: int, whole: str) -> None:
    assert plain(in_euros(penalty_of(minutes, cents), "fr")) == whole
    assert in_hours(minutes)


def test_papers_are_made_from_their_page_and_refusals_say_why(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        idle = a_site(db, 2, owed=0)
        db.commit()
    desk, page = Desk(organised), "/staff/clause/documents/make"
    assert "Bilan de marché" in text_of(desk.get(page))
    holder = f"{site.contract_id}-{site.company_id}"
    for address, sent, name in (
        ("statement", {"contract": site.contract_id}, "BIL-2026-0001.pdf"),
        ("shortfall", {"holder": holder}, "CAR-2026-0001.pdf"),
        ("certificate", {"company": site.company_id, "year": 2026}, "ATT-2026-0001.pdf"),
    ):
        answer = desk.press(f"/staff/clause/documents/{address}", page, **sent)
        assert desk.get(answer.headers["Location"]).headers["Content-Disposition"].endswith(f'"{name}"')
    none = desk.press("/staff/clause/documents/shortfall", page, holder=f"{idle.contract_id}-{idle.company_id}")
    assert (none.status_code, "il n’y a pas de carence" in text_of(none)) == (409, True)
    empty = desk.press("/staff/clause/documents/certificate", page, company=site.company_id, year=2020)
    assert (empty.status_code, "pas d’heures validées en 2020" in text_of(empty)) == (409, True)
    assert f'<option value="{site.company_id}" selected>' in empty.get_data(as_text=True)
    nothing: dict[str, dict[str, object]] = {
        "statement": {"contract": ""},
        "shortfall": {"holder": ""},
        "certificate": {"company": "", "year": 2026},
    }
    for address, unchosen in nothing.items():
        answer = desk.press(f"/staff/clause/documents/{address}", page, **unchosen)
        assert (answer.status_code, "Choisissez un" in text_of(answer)) == (422, True)
    contracts = desk.get(page).get_data(as_text=True).partition('name="contract"')[2].partition("</select>")[0]
    assert "selected" not in contracts
    for address, sent in (
        ("statement", {"contract": 999}),
        ("shortfall", {"holder": "x"}),
        ("certificate", {"company": 999, "year": 2026}),
    ):
        assert desk.press(f"/staff/clause/documents/{address}", page, **sent).status_code == 404
    assert Desk(organised, Role.ADVISOR).get(page).status_code == 403
    with organised.reading() as db:
        assert len(db.exec(select(ClauseDocument)).all()) == 3


def test_certificate_names_each_contract_by_the_number_of_its_annex(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        document = make_certificate(db, site.company_id, 2026, language="fr", **MAKING)  # type: ignore[arg-type]
        content = file_of(db, document, health=False).content
        db.rollback()
    text = said(content)
    assert text.count("Numéro de marché") == 2
    assert f"2026-01 {site.contract_id} École 1" in text
