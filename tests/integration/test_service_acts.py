"""Service acts: each kind says what it needs; one wrong refuses all of a batch; a correction replaces."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from alpes_events.people.queries import UnknownCandidate
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.services.acts import (
    UnknownAct,
    correct_act,
    known_keys,
    note_act,
    note_acts,
    the_act,
    withdraw_act,
)
from alpes_events.services.kinds import BadAct, Need, UnknownActKind, act_kinds
from alpes_events.services.models import ServiceAct
from tests.support.services import DAY, complete
from tests.support.stories import NOW, an_organisation, somebody

RESIDENT = replace(somebody(1), insee_code="59328", postal_code="59130")


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation with communes."""
    an_organisation(database)
    with database.writing() as session:
        yield session


@pytest.fixture
def person(db: Session) -> int:
    """Somebody."""
    return find_or_create_candidate(db, RESIDENT, now=NOW)


@pytest.mark.parametrize("kind", act_kinds())
def test_act_that_says_what_its_kind_needs_is_kept(db: Session, person: int, kind: str) -> None:
    draft = complete(kind, person)
    row = the_act(db, note_act(db, draft, now=NOW, account_id=None))
    assert (row.kind, row.happened_on, row.quantity) == (kind, DAY, 1)
    assert row.insee_code == ("59328" if draft.candidate_id else None)


@pytest.mark.parametrize("kind", act_kinds())
def test_act_that_says_too_little_or_too_much_is_refused(db: Session, person: int, kind: str) -> None:
    draft = complete(kind, person)
    emptied = {
        "person": {"candidate_id": None},
        "group": {"group_name": " "},
        "organisation": {"organisation": ""},
        "place": {"place": ""},
        "detail": {"detail": ""},
    }
    filled = {
        "person": {"candidate_id": person},
        "group": {"group_name": "G"},
        "organisation": {"organisation": "O"},
        "place": {"place": "P"},
        "detail": {"detail": "D"},
    }
    for name, need in act_kinds()[kind].needs.items():
        if need is Need.OPTIONAL:
            continue
        wrong = replace(draft, **(filled if need is Need.NONE else emptied)[name])  # type: ignore[arg-type]
        with pytest.raises(BadAct) as refused:
            note_act(db, wrong, now=NOW, account_id=None)
        assert refused.value.field == name


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"kind": "never"}, UnknownActKind),
        ({"quantity": 0}, BadAct),
        ({"quantity": -5}, BadAct),
        ({"quantity": 10**9}, BadAct),
        ({"unit": "cent"}, BadAct),
        ({"happened_on": NOW.date() + timedelta(days=1)}, BadAct),
        ({"ended_on": DAY}, BadAct),
        ({"result": "completed"}, BadAct),
        ({"candidate_id": 9999}, UnknownCandidate),
    ],
)
def test_act_that_cannot_be_is_refused_and_its_batch_with_it(
    db: Session, person: int, changed: dict[str, object], refusal: type[Refusal]
) -> None:
    good = complete("social_support", person)
    with pytest.raises(refusal):
        note_acts(db, [good, replace(good, **changed)], now=NOW, account_id=None)  # type: ignore[arg-type]
    assert db.scalar(select(func.count()).select_from(ServiceAct)) == 0


def test_end_before_the_beginning_and_a_detail_of_no_list_are_refused(db: Session, person: int) -> None:
    placed = complete("siae_placement", person)
    for wrong in (replace(placed, ended_on=DAY - timedelta(days=1)), replace(placed, detail="XYZ")):
        with pytest.raises(BadAct):
            note_act(db, wrong, now=NOW, account_id=None)


def test_correction_replaces_and_what_was_said_can_still_be_read(db: Session, person: int) -> None:
    draft = replace(complete("transit_pass", person), quantity=2, import_key="row-1")
    first = note_act(db, draft, now=NOW, account_id=None)
    second = correct_act(db, first, replace(draft, quantity=3), now=NOW, account_id=None)
    assert db.get_one(ServiceAct, first).replaced_by == second
    assert known_keys(db, ["row-1", "row-2"]) == {"row-1"}
    with pytest.raises(UnknownAct):
        correct_act(db, first, draft, now=NOW, account_id=None)
    figures = Evaluation(db, catalogue()).of_year(2026)
    assert figures["mde.mobility.transit_passes"].value == 3
    withdraw_act(db, second, now=NOW, account_id=None)
    assert Evaluation(db, catalogue()).of_year(2026)["mde.mobility.transit_passes"].value is None


def test_acts_and_persons_are_counted_apart_also_after_a_merge(db: Session, person: int) -> None:
    other = find_or_create_candidate(db, somebody(2), now=NOW)
    use = replace(complete("cyber_base_use", person), candidate_id=person)
    acts = [replace(use, happened_on=DAY - timedelta(days=1)), replace(use, candidate_id=other)]
    note_acts(db, [*acts, use], now=NOW, account_id=None)
    figures = Evaluation(db, catalogue()).of_year(2026)
    assert [figures[f"mde.cyber_base.{name}"].value for name in ("uses", "users")] == [3, 2]
    db.get_one(Candidate, other).merged_into = person
    db.flush()
    figures = Evaluation(db, catalogue()).of_year(2026)
    assert [figures[f"mde.cyber_base.{name}"].value for name in ("uses", "users")] == [3, 1]
