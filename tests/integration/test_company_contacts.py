"""Contacts of companies, who speaks for a company, and by which way they came to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.companies.contact_queries import UnknownContact, contacts_of_company
from alpes_events.companies.contacts import (
    ContactDraft,
    ContactThere,
    add_contact,
    contact_left,
    erase_contact,
    find_or_add_contact,
    revise_contact,
)
from alpes_events.companies.domains import approve_domain, domains_of_company, drop_domain
from alpes_events.companies.email_domain import BadDomain
from alpes_events.companies.employer_account import employer_account, employer_signed_in, employer_to_sign_in
from alpes_events.companies.models import CompanyContact, ContactRole, SpeakerState, SpeakerWay
from alpes_events.companies.parting import end_speaker, end_speakers_at
from alpes_events.companies.queries import UnknownCompany
from alpes_events.companies.speakers import (
    MOST_ASKED,
    AsksTooMuch,
    NoEmployer,
    SpeaksAlready,
    UnknownSpeaker,
    approve_speaker,
    ask_to_speak,
    refuse_speaker,
    speak_by_invitation,
)
from alpes_events.companies.speaking import asked_for, own_company, speaker_requests, speakers_of, spoken_for
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import BadInput
from alpes_events.people.models import Account, Role
from tests.support.employers import LA_MADELEINE, a_company, an_employer
from tests.support.stories import NOW

RACHIDA = ContactDraft("Haddad", "Rachida", "RH@Atelier.example", "03 20 00 00 00", ContactRole.HUMAN_RESOURCES)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def test_contact_is_kept_clean_and_found_again(db: Session) -> None:
    company_id = a_company(db)
    one = add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    (view,) = contacts_of_company(db, company_id)
    assert (view.name, view.email, view.telephone) == ("Rachida Haddad", "rh@atelier.example", "03 20 00 00 00")
    assert find_or_add_contact(db, company_id, RACHIDA, now=NOW, account_id=None) == one
    assert find_or_add_contact(db, company_id, ContactDraft("HADDAD", "rachida"), now=NOW, account_id=None) == one
    assert find_or_add_contact(db, company_id, ContactDraft("Petit", "Paul"), now=NOW, account_id=None) != one


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(RACHIDA, family_name=" "), "family_name"),
        (replace(RACHIDA, given_name="<b>"), "given_name"),
        (replace(RACHIDA, email="rh@"), "email"),
        (replace(RACHIDA, telephone="12"), "telephone"),
    ],
)
def test_contact_that_cannot_be_is_refused_by_field(db: Session, draft: ContactDraft, field: str) -> None:
    company_id = a_company(db)
    with pytest.raises(BadInput) as refused:
        add_contact(db, company_id, draft, now=NOW, account_id=None)
    assert refused.value.field == field
    assert db.exec(select(CompanyContact)).all() == []


def test_same_address_twice_in_one_company_is_refused_and_in_two_companies_is_not(db: Session) -> None:
    company_id, other_id = a_company(db), a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    with pytest.raises(ContactThere, match="Rachida Haddad"):
        add_contact(db, company_id, replace(RACHIDA, given_name="Nora"), now=NOW, account_id=None)
    add_contact(db, other_id, RACHIDA, now=NOW, account_id=None)


def test_who_left_stays_and_comes_back(db: Session) -> None:
    company_id = a_company(db)
    one = add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    contact_left(db, one, left=True, now=NOW, account_id=None)
    (view,) = contacts_of_company(db, company_id)
    assert (view.name, view.left_at) == ("Rachida Haddad", NOW)
    contact_left(db, one, left=False, now=NOW, account_id=None)
    assert contacts_of_company(db, company_id)[0].left_at is None


def test_erased_contact_names_nobody_and_leaves_the_company(db: Session) -> None:
    company_id = a_company(db)
    one = add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    erase_contact(db, one, now=NOW, account_id=None)
    row = db.get_one(CompanyContact, one)
    assert (row.company_id, row.family_name, row.given_name, row.search_name) == (company_id, "", "", "")
    assert (row.email, row.telephone, row.erased_at) == (None, None, NOW)
    assert contacts_of_company(db, company_id) == ()
    for again in (
        lambda: erase_contact(db, one, now=NOW, account_id=None),
        lambda: revise_contact(db, one, RACHIDA, now=NOW, account_id=None),
    ):
        with pytest.raises(UnknownContact):
            again()
    facts = "".join(str(entry.facts) for entry in db.exec(select(JournalEntry)))
    assert "addad" not in facts


def test_request_waits_for_a_coordinator_who_says_yes_or_no(db: Session) -> None:
    company_id, asker = a_company(db), an_employer(db)
    assert ask_to_speak(db, company_id, asker_id=asker, now=NOW) is SpeakerState.ASKED
    assert (spoken_for(db, asker), asked_for(db, asker)) == ((), (company_id,))
    with pytest.raises(SpeaksAlready):
        ask_to_speak(db, company_id, asker_id=asker, now=NOW)
    ((request, name),) = speaker_requests(db)
    assert name == "Atelier du Nord"
    with pytest.raises(UnknownSpeaker):
        approve_speaker(db, request.id, company_id=company_id + 9, now=NOW, account_id=None)
    approve_speaker(db, request.id, company_id=company_id, now=NOW, account_id=None)
    assert spoken_for(db, asker) == (company_id,)
    assert own_company(db, company_id, account_id=asker).id == company_id
    with pytest.raises(UnknownSpeaker):
        refuse_speaker(db, request.id, company_id=company_id, now=NOW, account_id=None)


def test_who_leaves_sees_nothing_and_who_takes_over_sees_all(db: Session) -> None:
    company_id = a_company(db)
    add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    leaves = an_employer(db, company_id=company_id)
    (link,) = speakers_of(db, company_id)
    end_speaker(db, link.id, company_id=company_id, now=NOW, account_id=None)
    assert spoken_for(db, leaves) == ()
    with pytest.raises(UnknownCompany):
        own_company(db, company_id, account_id=leaves)
    takes_over = an_employer(db, "suite@atelier.example", company_id=company_id)
    assert own_company(db, company_id, account_id=takes_over).id == company_id
    assert [one.name for one in contacts_of_company(db, company_id)] == ["Rachida Haddad"]
    assert [one.account_id for one in speakers_of(db, company_id, SpeakerState)] == [leaves, takes_over]


def test_invitation_answers_a_request_and_is_given_once(db: Session) -> None:
    company_id, asker = a_company(db), an_employer(db)
    ask_to_speak(db, company_id, asker_id=asker, now=NOW)
    speak_by_invitation(db, company_id, asker, now=NOW, account_id=None)
    (link,) = speakers_of(db, company_id)
    assert (link.state, link.way) == (SpeakerState.APPROVED, SpeakerWay.INVITATION)
    with pytest.raises(SpeaksAlready):
        speak_by_invitation(db, company_id, asker, now=NOW, account_id=None)


def test_only_an_employer_speaks_for_a_company(db: Session) -> None:
    company_id = a_company(db)
    staff = Account(email="claire@example.org", name="Claire", role=Role.COORDINATOR, created_at=NOW)
    db.add(staff)
    db.flush()
    with pytest.raises(NoEmployer):
        speak_by_invitation(db, company_id, staff.id or 0, now=NOW, account_id=None)
    with pytest.raises(NoEmployer):
        employer_account(db, "claire@example.org", now=NOW, account_id=None)


def test_requests_of_one_person_are_limited(db: Session) -> None:
    asker = an_employer(db)
    names = ("Alpha", "Bouleau", "Cèdre", "Dune", "Erable", "Frêne")
    companies = [a_company(db, name) for name in names]
    for company_id in companies[:MOST_ASKED]:
        ask_to_speak(db, company_id, asker_id=asker, now=NOW)
    with pytest.raises(AsksTooMuch):
        ask_to_speak(db, companies[MOST_ASKED], asker_id=asker, now=NOW)


def test_approved_domain_lets_in_and_a_coordinators_no_stands(db: Session) -> None:
    company_id, other_id = a_company(db), a_company(db, "Menuiserie Dupont", LA_MADELEINE)
    approve_domain(db, company_id, "@Atelier.example", now=NOW, account_id=None)
    with pytest.raises(BadDomain, match="Atelier du Nord"):
        approve_domain(db, other_id, "atelier.example", now=NOW, account_id=None)
    account_id = employer_to_sign_in(db, "nouvelle@atelier.example", now=NOW)
    assert account_id is not None
    assert spoken_for(db, account_id) == ()
    employer_signed_in(db, account_id, now=NOW)
    assert spoken_for(db, account_id) == (company_id,)
    (link,) = speakers_of(db, company_id)
    assert link.way is SpeakerWay.DOMAIN
    end_speaker(db, link.id, company_id=company_id, now=NOW, account_id=None)
    employer_signed_in(db, account_id, now=NOW)
    assert spoken_for(db, account_id) == ()
    assert ask_to_speak(db, company_id, asker_id=account_id, now=NOW) is SpeakerState.ASKED


def test_dropped_domain_lets_nobody_new_in(db: Session) -> None:
    company_id = a_company(db)
    approve_domain(db, company_id, "atelier.example", now=NOW, account_id=None)
    assert domains_of_company(db, company_id) == ("atelier.example",)
    drop_domain(db, company_id, "atelier.example", now=NOW, account_id=None)
    assert domains_of_company(db, company_id) == ()
    assert employer_to_sign_in(db, "nouvelle@atelier.example", now=NOW) is None


def test_contact_who_signs_in_gets_an_account_that_speaks_for_nobody_yet(db: Session) -> None:
    company_id = a_company(db)
    one = add_contact(db, company_id, RACHIDA, now=NOW, account_id=None)
    account_id = employer_to_sign_in(db, "rh@ATELIER.example", now=NOW)
    assert account_id is not None
    account = db.get_one(Account, account_id)
    assert (account.role, account.name, account.email) == (Role.EMPLOYER, "Rachida Haddad", "rh@atelier.example")
    assert spoken_for(db, account_id) == ()
    assert employer_to_sign_in(db, "rh@atelier.example", now=NOW) == account_id
    later = NOW + timedelta(days=9)
    employer_signed_in(db, account_id, now=later)
    assert db.get_one(CompanyContact, one).last_active_at == later


def test_nobody_known_and_staff_get_no_employers_account(db: Session) -> None:
    db.add(Account(email="claire@example.org", name="Claire", role=Role.COORDINATOR, created_at=NOW))
    db.add(Account(email="parti@example.org", name="P", role=Role.EMPLOYER, created_at=NOW, disabled_at=NOW))
    db.flush()
    for address in ("inconnu@example.org", "claire@example.org", "parti@example.org", ""):
        assert employer_to_sign_in(db, address, now=NOW) is None
    assert db.exec(select(Account.id).where(col(Account.role) == Role.EMPLOYER)).all().__len__() == 1


def test_whoever_left_speaks_no_more_by_their_address(db: Session) -> None:
    company_id = a_company(db)
    account_id = an_employer(db, company_id=company_id)
    assert end_speakers_at(db, company_id, "", now=NOW, account_id=None) == 0
    assert end_speakers_at(db, company_id, "rh@atelier.example", now=NOW, account_id=None) == 1
    assert spoken_for(db, account_id) == ()
