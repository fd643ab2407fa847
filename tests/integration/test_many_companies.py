"""Many companies named at once are those that naming them one after the other finds or makes."""

from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.commands import add_company, company_as_named
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.many import Named, companies_as_named
from alpes_events.companies.models import Company, Establishment
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from tests.support.stories import NOW

NAMED = [
    Named("Bâtiment Nord SARL"),
    Named("BATIMENT NORD"),
    Named("Toits du Ferrain", "73282932000074"),
    Named("Toits du Ferrain", "55208131766522"),
    Named("SARL Les Jardins"),
    Named("Voirie Lys", "44306184100047"),
    Named("Couverture Lys", "44306184100047"),
]


def told(db: Session) -> list[list[tuple[object, ...]]]:
    """What is stored and said, by the names of companies."""
    companies = select(Company.name, Company.core_name, Company.search_name, Company.siren)
    places = select(Establishment.siret, Company.name).join(Company)
    entries = select(Company.name, JournalEntry.kind).join(
        JournalEntry, col(JournalEntry.subject_id) == col(Company.id)
    )
    entries = entries.where(JournalEntry.subject_kind == "company")
    return [sorted(map(tuple, db.exec(asked)), key=str) for asked in (companies, places, entries)]


def test_many_companies_at_once_are_what_one_after_the_other_makes(organised: Database) -> None:
    with organised.writing() as db:
        add_company(db, CompanyDraft("Les Jardins"), now=NOW, account_id=None)
        db.commit()
    by: dict[str, Any] = {"now": NOW, "account_id": None}
    with organised.writing() as db:
        one_by_one = [
            company_as_named(db, CompanyDraft(one.name), EstablishmentDraft(siret=one.siret), **by) for one in NAMED
        ]
        wanted, names = told(db), {one.id: one.name for one in db.exec(select(Company))}
        db.rollback()
    with organised.writing() as db:
        at_once = companies_as_named(db, NAMED, **by)
        assert told(db) == wanted
        found = {one.id: one.name for one in db.exec(select(Company))}
        assert [found[one] for one in at_once] == [names[one] for one in one_by_one]
