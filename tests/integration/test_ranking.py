"""Ranking people for an offer from rows, with its trail, on both databases."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import JobApplication, JobOffer, RankingDecision, RankingPlace
from alpes_events.hiring.project import BadProject, ProjectDraft, WorkDone, clean_project, columns, draft_of
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.projects import keep_project, object_to_ranking, project_of
from alpes_events.hiring.ranking import explanation, explanations, offers_for, rank_for_offer
from alpes_events.hiring.ranking_again import rank_again
from alpes_events.hiring.ranking_decisions import (
    AgreementIsMissing,
    ReasonIsMissing,
    decide,
    propose,
    standing,
)
from alpes_events.hiring.ranking_rows import AsideReason, RankingRun, RankingStep, RunCause
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.privacy.erasure import erase_person
from alpes_matching.audit import differences
from alpes_matching.ranking import Level, Licence, Mode, WorkTime
from tests.support.hiring import an_offer
from tests.support.posts import Clock
from tests.support.stories import NOW, an_organisation, somebody

TODAY = NOW.date()
WHOLE = ProjectDraft(
    titles=("Préparateur de commandes",),
    rome_codes=("N1103",),
    skills=("CACES 1", "Travail en équipe"),
    experience=(WorkDone("Magasinier", 18, "N1103"),),
    training_level=3,
    licences=(Licence.B,),
    travel_minutes=45,
    travel_kilometres=20,
    travel_modes=(Mode.TRANSIT,),
    least_weekly_minutes=24 * 60,
    most_weekly_minutes=35 * 60,
    work_times=(WorkTime.DAY,),
    available_on=TODAY,
    contracts=(ContractKind.CDI,),
    languages=(("fr", Level.C1),),
)
SELLER = ProjectDraft(titles=("Vendeuse",), rome_codes=("D1106",), skills=("accueillir un client",))


def _person(db: Session, number: int, project: ProjectDraft) -> int:
    candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
    keep_project(db, candidate_id, project, now=NOW, account_id=None)
    return candidate_id


def _run(db: Session, offer_id: int) -> RankingRun:
    return rank_for_offer(db, offer_id, today=TODAY, now=NOW, account_id=None, cause=RunCause.ASKED)


def _order(db: Session, run: RankingRun) -> list[tuple[int, int]]:
    places = select(RankingPlace).where(RankingPlace.run_id == run.id).order_by(RankingPlace.rank)  # type: ignore[arg-type]
    return [(place.candidate_id, place.score) for place in db.exec(places)]


def test_project_comes_back_as_it_was_kept(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        person = _person(db, 1, WHOLE)
        kept = project_of(db, person)
        assert kept is not None
        assert draft_of(kept) == WHOLE
        assert keep_project(db, person, WHOLE, now=NOW, account_id=None) == ()
        assert keep_project(db, person, replace(WHOLE, licences=()), now=NOW, account_id=None) == ("licences",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("titles", ("a",) * 1 + tuple(f"métier {number}" for number in range(5))),
        ("skills", ("x" * 101,)),
        ("experience", (WorkDone("Magasinier", 0),)),
        ("experience", (WorkDone("", 3),)),
        ("training_level", 9),
        ("travel_minutes", 0),
        ("travel_kilometres", 100_000),
        ("rome_codes", ("D11",)),
        ("languages", (("Français", Level.A1),)),
        ("least_weekly_minutes", 10),
    ],
)
def test_wrong_project_names_its_field(field: str, value: object) -> None:
    with pytest.raises(BadProject) as refused:
        clean_project(replace(WHOLE, **{field: value}))  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]


def test_most_hours_below_the_least_are_refused() -> None:
    with pytest.raises(BadProject) as refused:
        clean_project(replace(WHOLE, least_weekly_minutes=1200, most_weekly_minutes=600))
    assert list(refused.value.problems) == ["most_weekly_minutes"]


def test_run_ranks_by_what_was_said_and_leaves_a_trail(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        other, seller = _person(db, 1, WHOLE), _person(db, 2, SELLER)
        silent = _person(db, 3, ProjectDraft(titles=("Peu importe",)))
        run = _run(db, offer_id)
        order = _order(db, run)
        assert [person for person, _score in order] == [seller, silent, other]
        assert order[1][1] == 5000
        assert (run.candidate_count, run.objected_count, run.made_at) == (3, 0, NOW)
        for person, score in order:
            found = explanation(db, offer_id, person, today=TODAY)
            assert found is not None
            assert found.score == score == sum(found.contributions.values())


def test_same_input_gives_the_same_digests_and_another_gives_others(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        person = _person(db, 1, SELLER)
        first, second = _run(db, offer_id), _run(db, offer_id)
        assert (first.input_digest, first.order_digest) == (second.input_digest, second.order_digest)
        keep_project(db, person, replace(SELLER, skills=()), now=NOW, account_id=None)
        third = _run(db, offer_id)
        assert third.offer_digest == first.offer_digest
        assert third.input_digest != first.input_digest


def test_who_objects_or_is_erased_is_not_ranked(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        objecting, gone = _person(db, 1, SELLER), _person(db, 2, SELLER)
        assert object_to_ranking(db, objecting, objects=True, now=NOW, account_id=None)
        assert not object_to_ranking(db, objecting, objects=True, now=NOW, account_id=None)
        erase_person(db, gone, now=NOW)
        run = _run(db, offer_id)
        assert (run.candidate_count, run.objected_count) == (0, 1)
        assert offers_for(db, objecting, today=TODAY) == []
        assert explanation(db, offer_id, objecting, today=TODAY) is None
        assert db.exec(select(JobProject).where(JobProject.candidate_id == gone)).all() == []
        object_to_ranking(db, objecting, objects=False, now=NOW, account_id=None)
        assert _run(db, offer_id).candidate_count == 1


def test_person_with_two_records_is_ranked_and_explained_once(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        kept = find_or_create_candidate(db, somebody(1), now=NOW)
        merged = _person(db, 2, SELLER)
        db.get_one(Candidate, merged).merged_into = kept
        db.flush()
        assert [person for person, _score in _order(db, _run(db, offer_id))] == [kept]
        for record in (kept, merged):
            assert explanation(db, offer_id, record, today=TODAY) is not None
        assert set(explanations(db, offer_id, [kept], today=TODAY)) == {kept}


def test_offers_for_a_person_are_ranked_with_reasons(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        seller = _person(db, 1, SELLER)
        fits, far = an_offer(db, rome_code="D1106"), an_offer(db, title="Soudeur ou soudeuse", rome_code="H2913")
        found = offers_for(db, seller, today=TODAY)
        assert [offer.id for offer, _why in found] == [fits, far]
        assert found[0][1].score > 5000 > found[1][1].score


def test_protected_attributes_change_nothing(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        people = [_person(db, number, SELLER) for number in range(1, 4)]

        def ranked(changes: Sequence[dict[str, object]]) -> list[tuple[int, int]]:
            for person, change in zip(people, changes, strict=True):
                row = db.get_one(Candidate, person)
                for name, value in change.items():
                    setattr(row, name, value)
                db.add(row)
            db.flush()
            return _order(db, _run(db, offer_id))

        nothing: list[dict[str, object]] = [{}, {}, {}]
        protected: dict[str, Callable[[dict[str, object]], dict[str, object]]] = {
            "sex": lambda _row: {"sex": Sex.MAN},
            "age": lambda _row: {"birth_on": TODAY - timedelta(days=365 * 62)},
            "name": lambda _row: {"family_name": "Autre", "given_name": "Autre", "search_name": "autre autre"},
            "district": lambda _row: {"outside_priority_districts": True},
            "language of the pages": lambda _row: {"language": "en"},
        }
        assert differences(nothing, ranked, protected) == []
    assert AgeBand.FROM_50 not in {str(value) for value in columns(WHOLE).values()}


def test_decisions_are_kept_and_the_last_one_stands(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        person = _person(db, 1, SELLER)
        run = _run(db, offer_id)
        said = {"run_id": run.id, "now": NOW, "account_id": None}
        assert not decide(db, offer_id, person, RankingStep.PUT_BACK, **said)  # type: ignore[arg-type]
        assert decide(db, offer_id, person, RankingStep.PINNED, **said)  # type: ignore[arg-type]
        assert not decide(db, offer_id, person, RankingStep.PINNED, **said)  # type: ignore[arg-type]
        with pytest.raises(ReasonIsMissing):
            decide(db, offer_id, person, RankingStep.SET_ASIDE, **said)  # type: ignore[arg-type]
        assert decide(db, offer_id, person, RankingStep.SET_ASIDE, reason=AsideReason.HOURS, **said)  # type: ignore[arg-type]
        stands = standing(db, offer_id)[person]
        assert (stands.step, stands.reason, stands.run_id) == (RankingStep.SET_ASIDE, AsideReason.HOURS, run.id)
        assert len(db.exec(select(RankingDecision)).all()) == 2
        assert _run(db, offer_id).candidate_count == 1
        changed = update(RankingDecision).values(step=RankingStep.PROPOSED)
        with pytest.raises(DatabaseError, match="append-only"):
            db.execute(changed)


def test_nobody_is_proposed_without_their_agreement(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        person = _person(db, 1, SELLER)
        with pytest.raises(AgreementIsMissing):
            propose(db, offer_id, person, agreed=False, run_id=None, now=NOW, account_id=None)
        application_id = propose(db, offer_id, person, agreed=True, run_id=None, now=NOW, account_id=None)
        application = db.get_one(JobApplication, application_id)
        assert (application.candidate_id, application.shares_contact) == (person, True)
        assert standing(db, offer_id)[person].step is RankingStep.PROPOSED
        assert db.get_one(JobOffer, offer_id).id == offer_id


def test_publishing_ranks_once_and_saying_what_one_looks_for_ranks_the_best_offers_again(organised: Database) -> None:
    with organised.writing() as db:
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        offer_id = an_offer(db, rome_code="D1106")
        db.commit()
    clock = Clock(NOW + timedelta(minutes=1))
    while deliver_due(organised, "rankings", rank_again, clock=clock) != Delivered():
        pass
    with organised.writing() as db:
        runs = db.exec(select(RankingRun)).all()
        assert [(run.offer_id, run.cause, run.candidate_count) for run in runs] == [(offer_id, RunCause.JOURNAL, 0)]
        entry = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.OFFER_PUBLISHED)).one()
        rank_again(db, entry, clock())
        assert len(db.exec(select(RankingRun)).all()) == 1
        keep_project(db, person, SELLER, now=clock(), account_id=None)
        db.commit()
    clock = Clock(NOW + timedelta(minutes=2))
    while deliver_due(organised, "rankings", rank_again, clock=clock) != Delivered():
        pass
    with organised.reading() as db:
        assert [run.candidate_count for run in db.exec(select(RankingRun).order_by(RankingRun.id))] == [0, 1]  # type: ignore[arg-type]
