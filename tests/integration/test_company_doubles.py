"""Companies written twice: proposed, merged without moving a row, parted again within thirty days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.companies.commands import add_company
from alpes_events.companies.company_choice import CompanyChoice
from alpes_events.companies.company_views import company_view
from alpes_events.companies.contact_queries import contacts_of_company
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.double_queries import doubles_about, open_double_count, open_doubles, partable_merges
from alpes_events.companies.doubles import all_double_pairs, propose_double, propose_double_pairs
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.listing import listed_companies
from alpes_events.companies.merging import (
    UNDO_LIFE,
    CompaniesAreOne,
    CompaniesAreTwo,
    TooLateToPart,
    merge_by_hand,
    merge_companies,
    part_companies,
    propose_double_again,
    refuse_double,
)
from alpes_events.companies.models import Company, CompanyMerge
from alpes_events.companies.queries import UnknownCompany, records_of_company, standing_company
from alpes_events.companies.speaking import own_company, spoken_for
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.people.models import MergeState
from tests.support.employers import LA_MADELEINE, LAMBERSART, SIRET, a_company, an_employer
from tests.support.stories import NOW

TODAY = NOW.date()
DOUBLE = EstablishmentDraft()


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def two(db: Session) -> tuple[int, int, int]:
    """A company written twice, and the proposal to merge the two."""
    first = a_company(db, place=replace(LAMBERSART, siret=SIRET))
    second = a_company(db, "Ateliers du Nord")
    (proposal,) = db.exec(select(CompanyMerge.id)).all()
    return first, second, proposal or 0


def test_double_is_proposed_when_it_is_added_with_its_reasons(db: Session) -> None:
    first, second, proposal = two(db)
    (view,) = open_doubles(db, on=TODAY)
    assert (view.id, view.first.id, view.second.id, view.state) == (proposal, first, second, MergeState.PROPOSED)
    assert {reason.code: (reason.points or 0) > 0 for reason in view.reasons if reason.points is not None} == {
        "name": True,
        "commune": True,
    }
    assert open_double_count(db) == 1


def test_unlike_company_is_not_proposed(db: Session) -> None:
    a_company(db)
    a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    assert open_double_count(db) == 0
    assert propose_double_pairs(db, all_double_pairs(db), now=NOW) == 0


def test_night_proposes_what_is_new_once(db: Session) -> None:
    a_company(db, "Boulangerie Lys", EstablishmentDraft())
    other = a_company(db, "Moulin", EstablishmentDraft())
    assert open_double_count(db) == 0
    db.get_one(Company, other).core_name = "boulangerie lys"
    db.get_one(Company, other).name = "Boulangerie Lys"
    for company_id in (1, 2):
        add_contact(db, company_id, ContactDraft("A", email=f"n{company_id}@lys.example"), now=NOW, account_id=None)
    assert propose_double_pairs(db, all_double_pairs(db), now=NOW) == 1
    assert propose_double_pairs(db, all_double_pairs(db), now=NOW) == 0


def test_merged_companies_are_one_with_all_their_things_and_no_row_moves(db: Session) -> None:
    first, second, proposal = two(db)
    add_contact(db, second, ContactDraft("Haddad"), now=NOW, account_id=None)
    speaker = an_employer(db, company_id=second)
    assert merge_companies(db, proposal, kept_id=first, now=NOW, account_id=None) == first
    assert [one.name for one in contacts_of_company(db, first)] == ["Haddad"]
    assert spoken_for(db, speaker) == (first,)
    assert own_company(db, second, account_id=speaker).id == first
    assert len(company_view(db, first, on=TODAY).establishments) == 2
    page = listed_companies(db, CompanyChoice(text="ateliers"), on=TODAY, part=Part())
    assert [(line.company.id, line.contact_count, line.speaker_count) for line in page.rows] == [(first, 1, 1)]
    part_companies(db, proposal, now=NOW, account_id=None)
    assert (contacts_of_company(db, first), spoken_for(db, speaker)) == ((), (second,))
    assert len(company_view(db, first, on=TODAY).establishments) == 1


def test_company_typed_like_a_merged_one_is_the_one_that_stands(db: Session) -> None:
    first, second, proposal = two(db)
    merge_companies(db, proposal, kept_id=first, now=NOW, account_id=None)
    with pytest.raises(Exception, match="Atelier du Nord") as refused:
        add_company(db, CompanyDraft("Ateliers du Nord SARL"), LAMBERSART, now=NOW, account_id=None)
    assert refused.value.company_id == first  # type: ignore[attr-defined]
    assert second != first


def test_merge_can_be_taken_back_for_thirty_days(db: Session) -> None:
    first, second, proposal = two(db)
    with pytest.raises(CompaniesAreTwo):
        part_companies(db, proposal, now=NOW, account_id=None)
    with pytest.raises(UnknownCompany):
        merge_companies(db, proposal, kept_id=second + 99, now=NOW, account_id=None)
    merge_companies(db, proposal, kept_id=second, now=NOW, account_id=None)
    assert [one.id for one in partable_merges(db, now=NOW, on=TODAY)] == [proposal]
    for again in (
        lambda: merge_companies(db, proposal, kept_id=first, now=NOW, account_id=None),
        lambda: refuse_double(db, proposal, now=NOW, account_id=None),
    ):
        with pytest.raises(CompaniesAreOne):
            again()
    with pytest.raises(TooLateToPart):
        part_companies(db, proposal, now=NOW + UNDO_LIFE, account_id=None)
    part_companies(db, proposal, now=NOW + UNDO_LIFE - timedelta(seconds=1), account_id=None)


def test_two_that_nobody_would_propose_are_merged_by_hand_and_parted(db: Session) -> None:
    first = a_company(db)
    second = a_company(db, "Menuiserie Dupont", replace(LA_MADELEINE, siret=SIRET))
    assert open_double_count(db) == 0
    proposal = merge_by_hand(db, first, second, now=NOW, account_id=None)
    shown = company_view(db, first, on=TODAY)
    assert (shown.name, shown.siren, len(shown.establishments)) == ("Atelier du Nord", SIRET[:9], 2)
    with pytest.raises(UnknownCompany):
        merge_by_hand(db, first, second, now=NOW, account_id=None)
    part_companies(db, proposal, now=NOW, account_id=None)
    assert [company_view(db, one, on=TODAY).siren for one in (first, second)] == [None, SIRET[:9]]
    assert merge_by_hand(db, second, first, now=NOW, account_id=None) == proposal
    assert company_view(db, second, on=TODAY).name == "Menuiserie Dupont"


def test_merge_by_hand_overrules_a_refusal_and_takes_the_records_that_stand(db: Session) -> None:
    first, second, proposal = two(db)
    refuse_double(db, proposal, now=NOW, account_id=None)
    assert merge_by_hand(db, first, second, now=NOW, account_id=None) == proposal
    third = a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    merge_by_hand(db, third, second, now=NOW, account_id=None)
    assert standing_company(db, db.get_one(Company, second)).id == third
    assert records_of_company(db, third) == (first, second, third)


def test_view_says_what_only_a_merged_record_says_and_nothing_is_written(db: Session) -> None:
    first = add_company(db, CompanyDraft("Lys", website="https://lys.example"), now=NOW, account_id=None)
    told = CompanyDraft("Filature", naf="1310Z", website="https://autre.example")
    second = add_company(db, told, now=NOW, account_id=None)
    proposal = merge_by_hand(db, first, second, now=NOW, account_id=None)
    shown = company_view(db, first, on=TODAY)
    assert (shown.website, shown.naf) == ("https://lys.example", "1310Z")
    assert db.get_one(Company, first).naf is None
    part_companies(db, proposal, now=NOW, account_id=None)
    assert company_view(db, first, on=TODAY).naf is None


def test_refusal_is_final_until_it_is_taken_back(db: Session) -> None:
    first, second, proposal = two(db)
    refuse_double(db, proposal, now=NOW, account_id=None)
    assert open_double_count(db) == 0
    assert propose_double_pairs(db, all_double_pairs(db), now=NOW) == 0
    propose_double_again(db, proposal, now=NOW, account_id=None)
    assert [one.id for one in doubles_about(db, [second], now=NOW, on=TODAY)] == [proposal]
    with pytest.raises(CompaniesAreTwo):
        propose_double_again(db, proposal, now=NOW, account_id=None)
    assert first < second


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_record_has_one_that_stands_and_parting_restores_it(
    db: Session, steps: list[tuple[bool, int, int]]
) -> None:
    attempt = db.begin_nested()
    try:
        ids = [a_company(db, name, DOUBLE) for name in ("Alpha", "Bouleau", "Cèdre", "Dune", "Frêne")]
        before: dict[int, dict[int, int]] = {}
        accepted: list[int] = []
        for merges, one, other in steps:
            now = _standing(db, ids)
            if merges and now[ids[one]] != now[ids[other]]:
                proposal = propose_double(db, ids[one], ids[other], now=NOW)
                merge_companies(db, proposal, kept_id=ids[one], now=NOW, account_id=None)
                before[proposal] = now
                accepted.append(proposal)
            elif accepted and not merges:
                last = accepted.pop()
                part_companies(db, last, now=NOW, account_id=None)
                assert _standing(db, ids) == before[last]
            standing = _standing(db, ids)
            assert all(standing[kept] == kept for kept in standing.values())
            families = [records_of_company(db, kept) for kept in sorted(set(standing.values()))]
            assert sorted(number for family in families for number in family) == sorted(ids)
    finally:
        attempt.rollback()
        db.expire_all()


def _standing(db: Session, ids: list[int]) -> dict[int, int]:
    return {one: standing_company(db, db.get_one(Company, one)).id or 0 for one in ids}
