"""What went out is what is opened again; letters and statements say what is owed on their day."""

import hashlib
import zlib
from datetime import date

import pytest
from sqlmodel import Session, select

from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.documents.contents import ContentAltered
from alpes_events.clause.documents.documents import Sealed, make_document
from alpes_events.clause.papers.contract_account import contract_account
from alpes_events.clause.papers.going_out import file_of
from alpes_events.clause.papers.issuing import make_certificate, make_shortfall, make_statement, make_tally
from alpes_events.clause.papers.shortfall_print import NothingMissing
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, LotCompany, LotRole, ObligationKind
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode
from alpes_events.clause.tables.ledger_rows import DocumentContent, DocumentKind
from alpes_events.clause.tally.export import TallyForm
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import public_names
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.merging import merge_by_hand
from alpes_events.companies.models import Company, Establishment
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from alpes_events.territory.models import Organisation
from tests.integration.test_clause_papers import HOUR, MAKING, said, worked
from tests.support.clause import Site, a_site, employs, works
from tests.support.stories import NOW
from tests.support.tampering import tampered


def papers(db: Session, site: Site, language: str = "fr") -> list[Sealed]:
    return [
        make_statement(db, site.contract_id, language=language, **MAKING),  # type: ignore[arg-type]
        make_shortfall(db, site.contract_id, site.company_id, language=language, **MAKING),  # type: ignore[arg-type]
        make_certificate(db, site.company_id, 2026, language=language, **MAKING),  # type: ignore[arg-type]
    ]


def test_paper_opens_as_it_went_out_whatever_is_renamed_merged_or_set_right(organised: Database) -> None:
    """Names, dates, modes, the company that held the lot: what is kept is what was said."""
    with organised.writing() as db:
        site = worked(db)
        made = papers(db, site)
        before = [said(file_of(db, one, health=False).content) for one in made]
        db.get_one(Company, site.company_id).name = "Autre nom"
        db.get_one(ClauseOperation, site.operation_id).name = "Autre école"
        db.get_one(Organisation, 1).name = "Autre maison"
        db.get_one(EmploymentContract, 1).mode = EmploymentMode.CDI
        db.get_one(ClauseLot, site.lot_id).title = "Autre lot"
        kept = add_company(db, CompanyDraft("Qui reste"), now=NOW, account_id=None)
        merge_by_hand(db, kept, site.company_id, now=NOW, account_id=None)
        db.flush()
        assert [said(file_of(db, one, health=False).content) for one in made] == before
        db.rollback()


def test_paper_of_before_opens_for_the_company_that_stands(organised: Database) -> None:
    """What went out before contents were kept is made anew, also when its company was merged since."""
    with organised.writing() as db:
        site = worked(db)
        wishes = {"language": "fr", "penalty_cents": 1500, "year": 2026}
        kinds = (DocumentKind.SHORTFALL, DocumentKind.CERTIFICATE)
        made = [
            make_document(db, kind, wishes=wishes, contract_id=site.contract_id, company_id=site.company_id, **MAKING)  # type: ignore[arg-type]
            for kind in kinds
        ]
        kept = add_company(db, CompanyDraft("Qui reste"), now=NOW, account_id=None)
        merge_by_hand(db, kept, site.company_id, now=NOW, account_id=None)
        db.flush()
        assert all("Qui reste" in said(file_of(db, one, health=False).content) for one in made)
        db.rollback()


def test_content_that_was_changed_in_the_database_is_refused(organised: Database) -> None:
    with organised.writing() as db:
        document = papers(db, worked(db))[0]
        db.commit()
    changed = zlib.compress(b'{"said":{},"persons":0,"named":[]}')
    tampered(organised, "UPDATE clause_document_content SET content = :content WHERE document_id = 1", content=changed)
    with organised.reading() as db, pytest.raises(ContentAltered):
        file_of(db, document, health=False)


def test_what_is_kept_is_small_and_names_nobody(organised: Database) -> None:
    with organised.writing() as db:
        papers(db, worked(db))
        make_tally(db, TallyWishes(2026, (Cut.PERSON,), names=True), TallyForm.CSV, **MAKING)  # type: ignore[arg-type]
        rows = [(row.content, row.hash) for row in db.exec(select(DocumentContent))]
        names = db.exec(select(Candidate.family_name)).all()
        kept = [zlib.decompress(content).decode() for content, _hash in rows]
        db.rollback()
    assert [name for name in names for content in kept if name in content] == []
    assert [hashlib.sha256(content.encode()).hexdigest() for content in kept] == [hashed for _content, hashed in rows]
    assert max(len(content) for content, _hash in rows) < 3000


def test_statement_tells_by_which_public_of_nobody(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        text = said(file_of(db, papers(db, site)[0], health=True).content)
        labels = public_names(db, language="fr")
        db.rollback()
    assert "Critère" not in text
    assert [label for label in labels.values() if label in text] == []
    assert text.count("Déclarée") == 2


def test_hours_not_yet_in_force_are_not_missing(organised: Database) -> None:
    """A tranche of July is owed from July on; an account after the end is that of the last day."""
    with organised.writing() as db:
        site = worked(db)
        july = ObligationDraft(ObligationKind.TRANCHE, date(2026, 7, 1), 60 * HOUR)
        record_obligation(db, site.lot_id, july, now=NOW, account_id=None)
        letter, statement = papers(db, site)[1::-1]
        early = [said(file_of(db, one, health=False).content) for one in (letter, statement)]
        afterwards = NOW.replace(year=2027)
        late = make_shortfall(db, site.contract_id, site.company_id, language="fr", now=afterwards, account_id=None)
        told = said(file_of(db, late, health=False).content)
        db.rollback()
    assert "120 h × 15,00 € = 1 800,00 €" in early[0]
    assert "Si ces heures restent à faire à la fin" in early[0]
    assert "80 h réalisées sur 200 h" in early[1]
    assert "pas encore en vigueur" in early[1]
    assert "180 h × 15,00 € = 2 700,00 €" in told
    assert "À son terme, le jeudi 31 décembre 2026, il en manquait 180 h" in told


def test_companies_that_hold_a_lot_together_owe_one_penalty(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        other = add_company(db, CompanyDraft("Toitures Nord"), now=NOW, account_id=None)
        add_lot_company(db, site.lot_id, other, LotRole.CO_CONTRACTOR, now=NOW, account_id=None)
        texts = [
            said(file_of(db, make_shortfall(db, site.contract_id, one, language="fr", **MAKING), health=False).content)  # type: ignore[arg-type]
            for one in (site.company_id, other)
        ]
        db.rollback()
    for text, with_whom in zip(texts, ("Toitures Nord", "Bâtiment 1"), strict=True):
        assert f"avec {with_whom} : ces heures, et la pénalité s’il y en a une, sont dues une seule fois" in text


def test_company_that_left_the_lot_gets_no_letter(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        on_lot = db.exec(select(LotCompany)).one()
        on_lot.until_on = NOW.date()
        db.add(on_lot)
        db.flush()
        with pytest.raises(NothingMissing):
            make_shortfall(db, site.contract_id, site.company_id, language="fr", **MAKING)  # type: ignore[arg-type]
        db.rollback()


def test_letter_is_addressed_closed_and_names_no_contract_of_others(organised: Database) -> None:
    with organised.writing() as db:
        site = worked(db)
        other = a_site(db, 7)
        works(db, employs(db, other, 3), HOUR)
        place = Establishment(
            company_id=site.company_id, address="3 rue du Port", postal_code="59118", commune_name="Wambrechies",
            created_at=NOW,
        )  # fmt: skip
        db.add(place)
        db.flush()
        letter = papers(db, site)[1]
        text = said(file_of(db, letter, health=False).content)
        organisation = db.get_one(Organisation, 1).name
        db.rollback()
    for words in ("Bâtiment 1", "3 rue du Port", "59118 Wambrechies", "salutations distinguées", organisation):
        assert words in text, words
    assert "2026-07" not in text
    for contract_id, _sequence, ended in letter.heads:
        assert (contract_id in {site.contract_id, other.contract_id}, ended in text.replace(" ", "")) == (True, True)


def test_lot_without_obligation_owes_what_nobody_knows(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=0)
        works(db, employs(db, site), HOUR)
        document = make_statement(db, site.contract_id, language="fr", **MAKING)  # type: ignore[arg-type]
        text = said(file_of(db, document, health=False).content)
        account = contract_account(db, site.contract_id, day=NOW.date())
        db.rollback()
    assert "1 h réalisées. Les heures dues ne sont pas inscrites." in text
    assert "Taux de réalisation" not in text
    assert (account.committed, account.remaining, account.lots[0].remaining) == (None, None, None)
