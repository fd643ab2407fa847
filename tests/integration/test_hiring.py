"""Offers from their draft to their end, applications from the first word to the contract."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.hiring.alerts import AlertReader, add_alert
from alpes_events.hiring.application_states import NoReason, StepRefused, standing
from alpes_events.hiring.applications import ApplicationStep, Hire, JobApplication
from alpes_events.hiring.applications_table import Wanted, applications, steps_of
from alpes_events.hiring.applying import ApplicationForm, apply_for, move_application, the_application
from alpes_events.hiring.choice import OfferChoice, communes_within
from alpes_events.hiring.codes import ApplicationState, ContractKind, Mover, OfferState, Proposer, RefusalReason
from alpes_events.hiring.commands import (
    add_offer,
    end_offer,
    expire_offers,
    publish_offer,
    revise_offer,
    the_offer,
)
from alpes_events.hiring.hires import BadHire, HireDraft, hire_applicant, withdraw_hire
from alpes_events.hiring.listing import counts_by_contract, listed_offers, public_offer
from alpes_events.hiring.models import OfferAlert
from alpes_events.hiring.offer_draft import BadOffer
from alpes_events.hiring.offer_states import OfferIsPast, OfferStateRefused
from alpes_events.hiring.refusals import AlreadyApplied, OfferIsClosed
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.export import export_person
from alpes_events.territory.membership import end_member, members
from alpes_events.territory.organisation import local_today
from alpes_events.territory.queries import communes_on_map
from tests.support.hiring import a_company, a_draft, an_offer, applies
from tests.support.stories import NOW, somebody

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)


def found(db: Session, **choice: object) -> list[str]:
    page = listed_offers(db, OfferChoice(**choice), today=TODAY, part=Part())  # type: ignore[arg-type]
    return [card.offer.title for card in page.rows]


def test_offer_is_shown_from_its_publication_to_its_end(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = add_offer(db, a_draft(a_company(db)), now=NOW, account_id=None)
        assert found(db) == []
        publish_offer(db, offer_id, now=NOW, account_id=None)
        assert found(db) == ["Vendeur ou vendeuse en boulangerie"]
        for state in (OfferState.FILLED, OfferState.WITHDRAWN, OfferState.EXPIRED):
            end_offer(db, offer_id, state, now=NOW, account_id=None)
            assert found(db) == []
            publish_offer(db, offer_id, now=NOW, account_id=None)
        kinds = db.exec(select(JournalEntry.kind).where(JournalEntry.subject_kind == "job_offer")).all()
        ended = [EntryKind.OFFER_ENDED, EntryKind.OFFER_PUBLISHED] * 3
        assert kinds == [EntryKind.OFFER_ADDED, EntryKind.OFFER_PUBLISHED, *ended]


def test_offer_past_its_last_day_expires_at_night_and_comes_back_with_another_day(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db)
        offer_id = an_offer(db, company_id=company_id, closes_on=TODAY)
        assert expire_offers(db, today=TODAY, now=NOW) == 0
        assert expire_offers(db, today=TOMORROW, now=NOW + timedelta(days=1)) == 1
        assert the_offer(db, offer_id).state is OfferState.EXPIRED
        with pytest.raises(OfferIsPast):
            publish_offer(db, offer_id, now=NOW + timedelta(days=1), account_id=None)
        later = a_draft(company_id, closes_on=TODAY + timedelta(days=30))
        assert revise_offer(db, offer_id, later, now=NOW, account_id=None) == ("closes_on",)
        publish_offer(db, offer_id, now=NOW + timedelta(days=1), account_id=None)
        assert the_offer(db, offer_id).published_on == TODAY


def test_offer_that_closed_yesterday_is_not_shown_even_before_the_night_marks_it(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db, closes_on=TODAY)
        tomorrow = listed_offers(db, OfferChoice(), today=TOMORROW, part=Part())
        assert (tomorrow.rows, tomorrow.count) == ((), 0)
        shown = public_offer(db, the_offer(db, offer_id).slug, today=TOMORROW)
        assert shown is not None
        assert not shown.is_open
        with pytest.raises(OfferIsClosed):
            applies(db, offer_id, 1, now=NOW + timedelta(days=1))


def test_territory_of_an_offer_is_that_of_its_publication(organised: Database) -> None:
    with organised.writing() as db:
        inside, outside = an_offer(db), an_offer(db, insee_code="59350")
        unlisted = an_offer(db, insee_code=None, commune_name="Comines-Warneton")
        member = next(one for one in members(db) if one.insee_code == "59328")
        end_member(db, member.id, until_on=TODAY, now=NOW, account_id=None)
        later = an_offer(db)
        assert [the_offer(db, one).in_territory for one in (inside, outside, unlisted, later)] == [
            True, False, False, False,
        ]  # fmt: skip
        assert len(found(db, only_territory=True)) == 1


def test_search_understands_titles(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db, "Comptoir du Beffroi")
        for title in ("Vendeur / vendeuse", "Boulanger (H/F)", "Conductrice ou conducteur de bus", "Aide à domicile"):
            an_offer(db, company_id=company_id, title=title, required_skills=())
        assert found(db, search="vendeuses") == ["Vendeur / vendeuse"]
        assert found(db, search="BOULANGÈRE") == ["Boulanger (H/F)"]
        assert found(db, search="conducteurs bus") == ["Conductrice ou conducteur de bus"]
        assert found(db, search="conduc") == ["Conductrice ou conducteur de bus"]
        assert found(db, search="vendeur bus") == []
        assert found(db, search="100 %_") == []
        assert len(found(db, search="")) == 4


def test_filters_narrow_and_their_counts_say_what_is_left(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db)
        an_offer(db, company_id=company_id)
        an_offer(db, company_id=company_id, contract=ContractKind.CDD, contract_months=6, insee_code="59350")
        an_offer(db, company_id=company_id, contract=ContractKind.CDD, insee_code=None, commune_name="Dunkerque")
        near = communes_within(communes_on_map(db, on=TODAY), "59328", 5)
        assert "59350" in near
        assert "59527" in near
        assert len(found(db, insee_code="59328", within=near)) == 2
        assert len(found(db, contracts=(ContractKind.CDD,))) == 2
        counts = counts_by_contract(db, OfferChoice(contracts=(ContractKind.CDI,)), today=TODAY)
        assert counts == {ContractKind.CDI: 1, ContractKind.CDD: 2}


def test_person_applies_once_and_again_after_withdrawing(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        first = applies(db, offer_id, 1, form_key="the-form", message="Je sais rendre la monnaie.")
        assert applies(db, offer_id, 1, form_key="the-form") == first
        with pytest.raises(AlreadyApplied):
            applies(db, offer_id, 1)
        move_application(db, first, ApplicationState.WITHDRAWN, by=Mover.SELF, now=NOW, account_id=None)
        second = applies(db, offer_id, 1)
        assert second != first
        with pytest.raises(AlreadyApplied):
            move_application(db, first, ApplicationState.NEW, now=NOW, account_id=None)
        page = applications(db, Wanted(offer_id=offer_id), part=Part())
        assert [(line.id, line.state) for line in page.rows] == [
            (second, ApplicationState.NEW),
            (first, ApplicationState.WITHDRAWN),
        ]


def test_refusal_needs_a_reason_and_nothing_else_takes_one(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        with pytest.raises(NoReason):
            move_application(db, one, ApplicationState.REFUSED, now=NOW, account_id=None)
        with pytest.raises(NoReason):
            move_application(
                db, one, ApplicationState.SHORTLISTED, reason=RefusalReason.SKILLS, now=NOW, account_id=None
            )
        move_application(db, one, ApplicationState.REFUSED, reason=RefusalReason.SKILLS, now=NOW, account_id=None)
        assert [(step.number, step.state, step.reason) for step in steps_of(db, one)] == [
            (1, ApplicationState.NEW, ""),
            (2, ApplicationState.REFUSED, "skills"),
        ]


def test_contract_is_noted_with_the_situation_and_taken_back_whole(organised: Database) -> None:
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        draft = HireDraft(ContractKind.CDD, signed_on=TODAY, starts_on=TOMORROW, ends_on=TOMORROW + timedelta(days=90))
        with pytest.raises(BadHire):
            hire_applicant(db, one, HireDraft(ContractKind.CDD, TODAY, TOMORROW, TODAY), now=NOW, account_id=None)
        hire_id = hire_applicant(db, one, draft, now=NOW, account_id=None)
        assert the_application(db, one).state is ApplicationState.HIRED
        withdraw_hire(db, hire_id, now=NOW, account_id=None)
        assert the_application(db, one).state is ApplicationState.SHORTLISTED
        again = hire_applicant(db, one, draft, now=NOW, account_id=None)
        assert db.get_one(Hire, again).candidate_id == the_application(db, one).candidate_id


def test_offer_whose_end_is_before_its_start_is_refused_with_its_field(organised: Database) -> None:
    with organised.writing() as db:
        wrong = a_draft(
            a_company(db), contract=ContractKind.CDD, starts_on=TOMORROW, ends_on=TODAY, pay_min_cents=1300,
            pay_max_cents=1200, rome_code="Z99", place_count=0, title=" ",
        )  # fmt: skip
        with pytest.raises(BadOffer) as refused:
            add_offer(db, wrong, now=NOW, account_id=None)
        assert set(refused.value.problems) == {
            "title", "rome_code", "ends_on", "pay_max_cents", "pay_period", "place_count",
        }  # fmt: skip


def test_draft_that_was_never_shown_can_be_withdrawn_and_taken_back(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = add_offer(db, a_draft(a_company(db)), now=NOW, account_id=None)
        end_offer(db, offer_id, OfferState.WITHDRAWN, now=NOW, account_id=None)
        end_offer(db, offer_id, OfferState.DRAFT, now=NOW, account_id=None)
        with pytest.raises(OfferStateRefused):
            end_offer(db, offer_id, OfferState.FILLED, now=NOW, account_id=None)
        publish_offer(db, offer_id, now=NOW, account_id=None)
        end_offer(db, offer_id, OfferState.WITHDRAWN, now=NOW, account_id=None)
        with pytest.raises(OfferStateRefused):
            end_offer(db, offer_id, OfferState.DRAFT, now=NOW, account_id=None)
        assert local_today(db, NOW) == TODAY


STEPS = st.lists(
    st.tuples(st.sampled_from(ApplicationState), st.sampled_from([None, *RefusalReason]), st.booleans()), max_size=12
)


@given(STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
def test_application_stands_where_its_last_step_led(
    organised: Database, wanted: list[tuple[ApplicationState, RefusalReason | None, bool]]
) -> None:
    """Whatever is asked for, in whatever order: what is refused changes nothing."""
    with organised.writing() as db:
        one = applies(db, an_offer(db), 1)
        for number, (state, reason, by_candidate) in enumerate(wanted):
            before = the_application(db, one).state, len(steps_of(db, one))
            try:
                at, mover = NOW + timedelta(minutes=number), Mover.SELF if by_candidate else Mover.STAFF
                move_application(db, one, state, reason=reason, by=mover, now=at, account_id=None)
            except (StepRefused, NoReason):
                assert (the_application(db, one).state, len(steps_of(db, one))) == before
        rows = db.exec(select(ApplicationStep).where(ApplicationStep.application_id == one)).all()
        application = db.get_one(JobApplication, one)
        assert standing(rows) is application.state
        assert sorted(row.number for row in rows) == list(range(1, application.step_count + 1))
        db.rollback()


def test_erasure_takes_the_words_and_leaves_the_steps_and_the_contract(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        one = applies(db, offer_id, 1, message="Canari jaune.", form_key="k")
        who = the_application(db, one).candidate_id
        add_alert(db, AlertReader(candidate_id=who), OfferChoice(search="canari"), now=NOW, account_id=None)
        signed = HireDraft(ContractKind.CDI, TODAY, TODAY)
        hire_applicant(db, one, signed, now=NOW, account_id=None)
        exported = export_person(db, who, now=NOW)["tables"]
        assert [len(exported[name]) for name in ("job_application", "application_step", "hire", "offer_alert")] == [
            1, 2, 1, 1,
        ]  # fmt: skip
        erase_person(db, who, now=NOW)
        application = the_application(db, one)
        assert (application.message, application.form_key, application.state) == ("", None, ApplicationState.HIRED)
        assert len(steps_of(db, one)) == 2
        assert db.exec(select(OfferAlert)).all() == []
        assert len(db.exec(select(Hire)).all()) == 1
        assert applications(db, Wanted(), part=Part()).rows[0].person == ""


def test_of_many_clicks_at_once_one_application_is_made(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db)
        candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
        db.commit()
    together = Barrier(4)

    def click(number: int) -> int | None:
        form = ApplicationForm(offer_id, candidate_id, Proposer.SELF, form_key="one" if number % 2 else f"k{number}")
        together.wait()
        try:
            with organised.writing() as db:
                made = apply_for(db, form, now=NOW)
                db.commit()
        except AlreadyApplied:
            return None
        return made

    with ThreadPoolExecutor(4) as hands:
        made = set(hands.map(click, range(4))) - {None}
    with organised.reading() as db:
        assert set(db.exec(select(JobApplication.id)).all()) == made
        assert len(made) == 1
