"""Companies: found or added, filled in and never overwritten; their places, their territory, and the table of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.companies.commands import add_company, company_subject, find_or_add_company, revise_company
from alpes_events.companies.company_choice import CompanyChoice, CompanyGroup, Where
from alpes_events.companies.company_views import company_view
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import BadCompany, CompanyDraft, EstablishmentDraft
from alpes_events.companies.establishments import (
    CompanyThere,
    add_establishment,
    close_establishment,
    revise_establishment,
)
from alpes_events.companies.listing import CompanyOrder, group_counts, listed_companies
from alpes_events.companies.models import CompanySize, SiaeKind
from alpes_events.companies.queries import UnknownCompany, company_draft
from alpes_events.companies.siret import BadSiret
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.journal.models import JournalEntry
from alpes_events.territory.models import TerritoryMember
from alpes_events.versions.queries import former_versions
from tests.support.employers import LA_MADELEINE, LAMBERSART, OTHER_SIRET, SAME_SIREN, SIRET, a_company
from tests.support.stories import NOW

TODAY = NOW.date()


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def found(db: Session, name: str, place: EstablishmentDraft = LAMBERSART, **facts: object) -> int:
    draft = CompanyDraft(name, **facts)  # type: ignore[arg-type]
    return find_or_add_company(db, draft, place, now=NOW, account_id=None)


def listed(db: Session, choice: CompanyChoice | None = None, **how: object) -> list[str]:
    page = listed_companies(db, choice or CompanyChoice(), on=TODAY, part=Part(), **how)  # type: ignore[arg-type]
    assert page.count == len(page.rows)
    return [line.company.name for line in page.rows]


def test_same_company_typed_three_ways_is_one(db: Session) -> None:
    first = found(db, "L’Atelier du Nord")
    assert found(db, "S.A.R.L. ATELIER DU NORD") == first
    assert found(db, "atelier nord (sarl)", EstablishmentDraft(commune_name="lambersart")) != first
    assert found(db, "Atelier-du-Nord SAS", replace(LAMBERSART, siret=SIRET)) == first
    assert found(db, "Tout autre nom", EstablishmentDraft(siret=SIRET)) == first


def test_what_was_missing_is_filled_in_and_what_was_known_stays(db: Session) -> None:
    one = found(db, "Atelier du Nord", size=CompanySize.FROM_1_TO_9)
    found(db, "ATELIER DU NORD", naf="62.01Z", size=CompanySize.FROM_250, website="atelier.example")
    view = company_view(db, one, on=TODAY)
    assert (view.name, view.naf, view.size) == ("Atelier du Nord", "6201Z", CompanySize.FROM_1_TO_9)
    assert view.website == "https://atelier.example"


def test_another_siren_in_the_same_commune_is_another_company(db: Session) -> None:
    one = found(db, "Boulangerie Lys", replace(LAMBERSART, siret=SIRET))
    assert found(db, "Boulangerie Lys", replace(LAMBERSART, siret=OTHER_SIRET)) != one


def test_adding_what_is_there_is_refused_and_says_where(db: Session) -> None:
    one = a_company(db)
    with pytest.raises(CompanyThere, match="Atelier du Nord") as refused:
        a_company(db, "SARL Atelier du Nord")
    assert refused.value.company_id == one


def test_siret_of_another_company_is_refused(db: Session) -> None:
    one = a_company(db, place=replace(LAMBERSART, siret=SIRET))
    other = a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    with pytest.raises(CompanyThere) as refused:
        add_establishment(db, other, EstablishmentDraft(siret=SIRET), now=NOW, account_id=None)
    assert refused.value.company_id == one
    with pytest.raises(BadSiret, match="552100554"):
        add_establishment(db, one, EstablishmentDraft(siret=OTHER_SIRET), now=NOW, account_id=None)


def test_second_establishment_shares_the_siren_and_can_close(db: Session) -> None:
    one = a_company(db, place=replace(LAMBERSART, siret=SIRET))
    second = add_establishment(db, one, replace(LA_MADELEINE, siret=SAME_SIREN), now=NOW, account_id=None)
    close_establishment(db, second, closed=True, now=NOW, account_id=None)
    places = company_view(db, one, on=TODAY).establishments
    assert [(place.siret, place.commune_name, place.closed_at is None) for place in places] == [
        (SIRET, "Lambersart", True),
        (SAME_SIREN, "La Madeleine", False),
    ]
    close_establishment(db, second, closed=False, now=NOW, account_id=None)
    assert all(place.closed_at is None for place in company_view(db, one, on=TODAY).establishments)


def test_territory_is_a_matter_of_insee_code_and_date(db: Session) -> None:
    inside = a_company(db)
    outside = a_company(db, "Hall de Tournai", EstablishmentDraft(commune_name="Tournai", postal_code="7500"))
    unknown = a_company(db, "Sans adresse", EstablishmentDraft())
    assert [company_view(db, one, on=TODAY).in_territory for one in (inside, outside, unknown)] == [True, False, None]
    member = db.exec(select(TerritoryMember).where(TerritoryMember.insee_code == "59328")).one()
    member.until_on = date(2027, 1, 1)
    db.add(member)
    db.flush()
    assert company_view(db, inside, on=date(2026, 12, 31)).in_territory is True
    assert company_view(db, inside, on=date(2027, 1, 1)).in_territory is False


def test_closed_place_of_the_territory_makes_nobody_of_it(db: Session) -> None:
    one = a_company(db)
    add_establishment(db, one, EstablishmentDraft(commune_name="Tournai"), now=NOW, account_id=None)
    assert company_view(db, one, on=TODAY).in_territory is True
    home = company_view(db, one, on=TODAY).home
    assert home is not None
    close_establishment(db, home.id, closed=True, now=NOW, account_id=None)
    assert company_view(db, one, on=TODAY).in_territory is False


def test_revision_keeps_what_was_said_and_the_journal_keeps_only_names_of_fields(db: Session) -> None:
    one = a_company(db)
    draft = replace(company_draft(db, one), name="Atelier du Nord et Fils", siae_kind=SiaeKind.EI)
    assert revise_company(db, one, draft, now=NOW, account_id=None) == ("name", "siae_kind")
    assert revise_company(db, one, draft, now=NOW, account_id=None) == ()
    (former,) = former_versions(db, company_subject(one))
    assert former.content["name"] == "Atelier du Nord"
    facts = db.exec(select(JournalEntry.facts).order_by(col(JournalEntry.id).desc())).first()
    assert facts is not None
    assert "Fils" not in str(facts)


@pytest.mark.parametrize(
    ("company", "place", "field"),
    [
        (CompanyDraft(" . "), LAMBERSART, "name"),
        (CompanyDraft("x" * 151), LAMBERSART, "name"),
        (CompanyDraft("Lys", naf="620Z"), LAMBERSART, "naf"),
        (CompanyDraft("Lys", website="javascript:alert(1)"), LAMBERSART, "website"),
        (CompanyDraft("Lys"), EstablishmentDraft(insee_code="99999"), "commune_name"),
        (CompanyDraft("Lys"), EstablishmentDraft(siret="55210055400014"), "siret"),
        (CompanyDraft("Lys"), EstablishmentDraft(address="x" * 301), "address"),
    ],
)
def test_company_that_cannot_be_is_refused_by_field(
    db: Session, company: CompanyDraft, place: EstablishmentDraft, field: str
) -> None:
    with pytest.raises((BadCompany, BadSiret)) as refused:
        add_company(db, company, place, now=NOW, account_id=None)
    assert refused.value.field == field


def test_establishment_is_corrected_in_place(db: Session) -> None:
    one = a_company(db)
    home = company_view(db, one, on=TODAY).home
    assert home is not None
    revise_establishment(db, home.id, replace(LAMBERSART, siret=SIRET), now=NOW, account_id=None)
    view = company_view(db, one, on=TODAY)
    assert (view.siren, view.establishments[0].siret) == (SIRET[:9], SIRET)
    with pytest.raises(UnknownCompany):
        company_view(db, one + 999, on=TODAY)


def test_table_finds_by_name_commune_and_number_forgiving_accents(db: Session) -> None:
    a_company(db, "Éclat & Fils", EstablishmentDraft(insee_code="59386"))
    a_company(db, "Menuiserie Dupont", replace(LA_MADELEINE, siret=SIRET))
    for text in ("eclat", "ÉCLAT fils", "fil", "marquette", "eclat marquette", "lez lille"):
        assert listed(db, CompanyChoice(text=text)) == ["Éclat & Fils"], text
    for text in ("552100", "552 100 554", "55210055400013", "dup made"):
        assert listed(db, CompanyChoice(text=text)) == ["Menuiserie Dupont"], text
    for text in ("clat", "%", "_", "eclat madeleine", "999999"):
        assert listed(db, CompanyChoice(text=text)) == [], text


def test_table_narrows_by_territory_kind_size_and_contact(db: Session) -> None:
    one = found(db, "Atelier du Nord", size=CompanySize.FROM_10_TO_49, siae_kind=SiaeKind.ETTI)
    found(db, "Hall", EstablishmentDraft(commune_name="Tournai"))
    found(db, "Sans adresse", EstablishmentDraft())
    add_contact(db, one, ContactDraft("Haddad"), now=NOW, account_id=None)
    assert listed(db, CompanyChoice(where=Where.INSIDE)) == ["Atelier du Nord"]
    assert listed(db, CompanyChoice(where=Where.OUTSIDE)) == ["Hall"]
    assert listed(db, CompanyChoice(where=Where.UNKNOWN)) == ["Sans adresse"]
    assert listed(db, CompanyChoice(size=CompanySize.FROM_10_TO_49)) == ["Atelier du Nord"]
    assert listed(db, CompanyChoice(siae_kind=SiaeKind.ETTI)) == ["Atelier du Nord"]
    assert listed(db, CompanyChoice(group=CompanyGroup.NO_CONTACT)) == ["Hall", "Sans adresse"]
    assert group_counts(db, CompanyChoice(), on=TODAY) == {
        CompanyGroup.ALL: 3,
        CompanyGroup.NO_CONTACT: 2,
        CompanyGroup.REQUESTS: 0,
        CompanyGroup.SIAE: 1,
    }


def test_table_is_sorted_and_in_pages(db: Session) -> None:
    for number, name in enumerate(("Cèdre", "Alpha", "Bouleau")):
        a_company(db, name, now=NOW + timedelta(days=number))
    assert listed(db) == ["Alpha", "Bouleau", "Cèdre"]
    assert listed(db, order=CompanyOrder.SINCE, descending=True) == ["Bouleau", "Alpha", "Cèdre"]
    page = listed_companies(db, CompanyChoice(), on=TODAY, part=Part(2, 2))
    assert ([line.company.name for line in page.rows], page.count) == (["Cèdre"], 3)
