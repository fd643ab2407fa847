"""Eligibility under the clause: dated proofs, opinions that somebody validates, assessments that never change."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import EligibleNow, assess_person, consider, eligible_now
from alpes_events.clause.eligibility.opinions import refuse_opinion, validate_opinion
from alpes_events.clause.eligibility.people_refusals import (
    BadProof,
    OnlyFacilitators,
    OpinionDecided,
    OpinionForOwnCompany,
    UnknownProof,
)
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof, withdraw_health_proof, withdraw_proof
from alpes_events.clause.eligibility.standing import without_health
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import (
    HEALTH,
    DisabilityAssessment,
    DisabilityProof,
    EligibilityAssessment,
    EligibilityProof,
    Eligible,
    Issuer,
)
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate, Role
from tests.support.clause import Site, a_site, employs
from tests.support.errands import an_account
from tests.support.stories import NOW, somebody

TODAY = NOW.date()
OPINION = ProofDraft("OTHER", date(2026, 2, 20), issuer=Issuer.MDE, opinion="Longue période sans emploi.")


def a_person(db: Session, number: int = 1, **known: object) -> int:
    candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
    row = db.get_one(Candidate, candidate_id)
    for name, value in known.items():
        setattr(row, name, value)
    db.add(row)
    db.flush()
    return candidate_id


def notes(db: Session, candidate_id: int, draft: ProofDraft, *, account_id: int | None = None) -> int:
    return note_proof(db, candidate_id, draft, today=TODAY, now=NOW, account_id=account_id).id


def now_for(db: Session, site: Site, candidate_id: int, *, on: date = TODAY) -> EligibleNow:
    return eligible_now(db, site.contract_id, on=on, candidate_ids=[candidate_id])[candidate_id]


def a_facilitator(db: Session) -> int:
    return an_account(db, email="facilitation@example.org", role=Role.FACILITATOR)


def test_proof_opens_a_contract_until_it_is_too_old(organised: Database) -> None:
    with organised.writing() as db:
        site, who = a_site(db), a_person(db)
        assert now_for(db, site, who) == EligibleNow(Eligible.UNKNOWN)
        notes(db, who, ProofDraft("RSA", date(2026, 2, 10)))
        assert now_for(db, site, who) == EligibleNow(Eligible.YES, "RSA", date(2026, 5, 10))
        assert now_for(db, site, who, on=date(2026, 5, 9)).answer is Eligible.YES
        assert now_for(db, site, who, on=date(2026, 5, 10)) == EligibleNow(Eligible.UNKNOWN)


def test_withdrawn_proof_counts_no_more_and_what_was_assessed_stays(organised: Database) -> None:
    with organised.writing() as db:
        site, who = a_site(db), a_person(db)
        proof_id = notes(db, who, ProofDraft("RSA", date(2026, 2, 10)))
        first = assess_person(db, who, site.contract_id, on=TODAY, now=NOW, account_id=None)
        withdraw_proof(db, proof_id, now=NOW, account_id=None)
        second = assess_person(db, who, site.contract_id, on=TODAY, now=NOW, account_id=None)
        rows = {row.id: row for row in db.exec(select(EligibilityAssessment))}
        assert [rows[first].answer, rows[second].answer] == [Eligible.YES, Eligible.UNKNOWN]
        assert rows[first].criteria[0] == ["RSA", "yes", proof_id, "2026-05-10"]
        with pytest.raises(UnknownProof):
            withdraw_proof(db, proof_id, now=NOW, account_id=None)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ProofDraft("RSA", TODAY + timedelta(days=1)), "issued_on"),
        (ProofDraft("RSA", date(1926, 3, 1)), "issued_on"),
        (ProofDraft("RSA", TODAY, valid_until=TODAY), "valid_until"),
        (ProofDraft("RSA", date(2026, 1, 1), valid_from=date(2026, 3, 1), valid_until=date(2026, 2, 1)), "valid_until"),
        (ProofDraft("NOBODY", TODAY), "public"),
        (ProofDraft("OTHER", TODAY, issuer=Issuer.MDE, opinion=" … "), "opinion"),
        (ProofDraft("OTHER", TODAY, issuer=Issuer.MDE, opinion="a" * 2001), "opinion"),
        (ProofDraft("OTHER", TODAY, opinion="Sans emploi depuis longtemps."), "issuer"),
    ],
)
def test_proof_that_cannot_be_is_refused_at_its_field(organised: Database, draft: ProofDraft, field: str) -> None:
    with organised.writing() as db:
        who = a_person(db)
        with pytest.raises(BadProof) as refused:
            notes(db, who, draft)
        assert refused.value.field == field
        assert db.exec(select(EligibilityProof)).all() == []


def test_proof_of_age_ends_or_begins_on_the_birthday(organised: Database) -> None:
    with organised.writing() as db:
        young = a_person(db, 1, birth_on=date(2000, 2, 29) + timedelta(days=366))  # 1 March 2001
        older = a_person(db, 2, birth_on=date(1976, 6, 1))
        grown = a_person(db, 3, birth_on=date(1990, 1, 1))
        notes(db, young, ProofDraft("YOUTH", date(2026, 1, 5)))
        notes(db, older, ProofDraft("SENIOR", date(2026, 1, 5)))
        with pytest.raises(BadProof):
            notes(db, grown, ProofDraft("YOUTH", date(2026, 1, 5)))
        rows = db.exec(select(EligibilityProof).order_by(col(EligibilityProof.id))).all()
        assert rows[0].valid_until == date(2027, 3, 1)
        assert rows[1].valid_from == date(2026, 6, 1)


def test_proof_of_health_stands_apart_and_only_facilitators_handle_it(organised: Database) -> None:
    with organised.writing() as db:
        site, who = a_site(db), a_person(db)
        coordinator, facilitator = an_account(db), a_facilitator(db)
        with pytest.raises(OnlyFacilitators):
            notes(db, who, ProofDraft("OETH", date(2025, 1, 10)), account_id=coordinator)
        proof_id = notes(db, who, ProofDraft("OETH", date(2025, 1, 10)), account_id=facilitator)
        assert db.exec(select(EligibilityProof)).all() == []
        assert db.get_one(DisabilityProof, proof_id).code == "OETH"
        assert now_for(db, site, who) == EligibleNow(Eligible.YES, HEALTH)
        assessment_id = assess_person(db, who, site.contract_id, on=TODAY, now=NOW, account_id=coordinator)
        row = db.get_one(EligibilityAssessment, assessment_id)
        assert row.criterion_code == HEALTH
        assert "OETH" not in [code for code, *_rest in row.criteria]
        assert db.get_one(DisabilityAssessment, assessment_id).code == "OETH"
        facts = [entry.facts for entry in db.exec(select(JournalEntry).where(JournalEntry.subject_kind == "candidate"))]
        assert {"state": "noted"} in facts
        assert "OETH" not in str(facts)
        with pytest.raises(OnlyFacilitators):
            withdraw_health_proof(db, proof_id, now=NOW, account_id=coordinator)
        withdraw_health_proof(db, proof_id, now=NOW, account_id=facilitator)
        assert now_for(db, site, who).answer is Eligible.UNKNOWN


def test_what_others_read_is_the_same_with_and_without_a_proof_of_health(organised: Database) -> None:
    with organised.writing() as db:
        site, one, other = a_site(db), a_person(db, 1), a_person(db, 2)
        for who in (one, other):
            notes(db, who, ProofDraft("RSA", date(2026, 2, 10)))
        notes(db, one, ProofDraft("OETH", date(2025, 1, 10)))
        seen = [without_health(consider(db, who, site.contract_id, on=TODAY), {"OETH"}) for who in (one, other)]
        assert [(it.answer, it.code, it.until, it.reserved) for it in seen] == [
            (Eligible.YES, "RSA", date(2026, 5, 10), True)
        ] * 2
        assert [[answer.criterion.code for answer in it.answers] for it in seen] == [["RSA", "QPV", "OTHER"]] * 2


def test_answer_that_is_not_known_lists_the_documents_to_ask_for(organised: Database) -> None:
    with organised.writing() as db:
        site, who = a_site(db), a_person(db)
        notes(db, who, ProofDraft("RSA", date(2026, 2, 10), holds=False))
        found = consider(db, who, site.contract_id, on=TODAY)
        assert found.answer is Eligible.UNKNOWN
        assert [criterion.code for criterion in found.wanting] == ["OETH", "QPV", "OTHER"]


def test_opinion_counts_once_a_facilitator_validated_it(organised: Database) -> None:
    with organised.writing() as db:
        site, who = a_site(db), a_person(db)
        coordinator, facilitator = an_account(db), a_facilitator(db)
        proof_id = notes(db, who, OPINION, account_id=coordinator)
        assert now_for(db, site, who).answer is Eligible.UNKNOWN
        with pytest.raises(OnlyFacilitators):
            validate_opinion(db, proof_id, now=NOW, account_id=coordinator)
        validate_opinion(db, proof_id, now=NOW, account_id=facilitator)
        assert now_for(db, site, who) == EligibleNow(Eligible.YES, "OTHER")
        with pytest.raises(OpinionDecided):
            refuse_opinion(db, proof_id, now=NOW, account_id=facilitator)


def test_refused_opinion_never_counts(organised: Database) -> None:
    with organised.writing() as db:
        site, who, facilitator = a_site(db), a_person(db), a_facilitator(db)
        proof_id = notes(db, who, OPINION)
        refuse_opinion(db, proof_id, now=NOW, account_id=facilitator)
        assert now_for(db, site, who).answer is Eligible.UNKNOWN
        plain = notes(db, who, ProofDraft("RSA", date(2026, 2, 10)))
        with pytest.raises(UnknownProof):
            validate_opinion(db, plain, now=NOW, account_id=facilitator)


@pytest.mark.parametrize("by", ["employment", "placement"])
def test_nobody_decides_on_an_opinion_for_a_company_they_belong_to(organised: Database, by: str) -> None:
    with organised.writing() as db:
        site, facilitator = a_site(db), a_facilitator(db)
        contact = ContactDraft(given_name="Claire", family_name="Martin", email="facilitation@example.org")
        add_contact(db, site.company_id, contact, now=NOW, account_id=None)
        who = a_person(db, 1)
        proof_id = notes(db, who, OPINION)
        if by == "employment":
            employs(db, site, 1)
        else:
            db.add(
                Placement(
                    candidate_id=who,
                    lot_id=site.lot_id,
                    company_id=site.company_id,
                    state=PlacementState.PROPOSED,
                    created_at=NOW,
                    moved_at=NOW,
                )
            )
            db.flush()
        for decide in (validate_opinion, refuse_opinion):
            with pytest.raises(OpinionForOwnCompany):
                decide(db, proof_id, now=NOW, account_id=facilitator)
        other = notes(db, a_person(db, 2), OPINION)
        validate_opinion(db, other, now=NOW, account_id=facilitator)


def test_first_hire_opens_the_contract_for_its_months_and_not_longer(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        employs(db, site, 1, criterion_code="RSA")
        who = a_person(db, 1)
        until = date(2028, 1, 1)
        assert now_for(db, site, who) == EligibleNow(Eligible.YES, "RSA", until)
        notes(db, who, ProofDraft("QPV", date(2026, 2, 10)))
        assert now_for(db, site, who, on=date(2028, 1, 1)) == EligibleNow(Eligible.NO, "RSA", until)
        assert now_for(db, site, who, on=date(2025, 12, 31)).answer is Eligible.UNKNOWN


def test_proofs_of_merged_records_are_those_of_one_person(organised: Database) -> None:
    with organised.writing() as db:
        site, one, other = a_site(db), a_person(db, 1), a_person(db, 2)
        notes(db, other, ProofDraft("RSA", date(2026, 2, 10)))
        db.get_one(Candidate, other).merged_into = one
        db.flush()
        expected = EligibleNow(Eligible.YES, "RSA", date(2026, 5, 10))
        assert eligible_now(db, site.contract_id, on=TODAY) == {one: expected}
        assert eligible_now(db, site.contract_id, on=TODAY, candidate_ids=[one, other]) == {
            one: expected,
            other: expected,
        }
        assessment_id = assess_person(db, other, site.contract_id, on=TODAY, now=NOW, account_id=None)
        assert db.get_one(EligibilityAssessment, assessment_id).candidate_id == one


def test_many_people_are_asked_about_in_as_many_questions_as_one(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        people = [a_person(db, number) for number in range(1, 31)]
        for who in people:
            notes(db, who, ProofDraft("RSA", date(2026, 2, 10)))
        db.commit()
    asked = [_questions(organised, site, some) for some in (people[:1], people)]
    assert asked[0] == asked[1]


def _questions(database: Database, site: Site, people: list[int]) -> int:
    asked: list[str] = []
    listen = (database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with database.reading() as db:
        event.listen(*listen)
        try:
            found = eligible_now(db, site.contract_id, on=TODAY, candidate_ids=people)
        finally:
            event.remove(*listen)
    assert [one.answer for one in found.values()] == [Eligible.YES] * len(people)
    return len(asked)
