"""The level of training that acts and pathways freeze: the one last told, of all records of the person."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project, training_level, training_levels
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.records import the_enrolment
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from alpes_events.services.acts import note_act, the_act
from tests.support.services import complete
from tests.support.stories import NOW, an_organisation, somebody


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation with communes."""
    an_organisation(database)
    with database.writing() as session:
        yield session


def told(db: Session, number: int, level: int | None, *, days_later: int = 0) -> int:
    """Somebody who tells their level, with the minutes they would travel. Gives their record."""
    one = find_or_create_candidate(db, somebody(number), now=NOW)
    draft = ProjectDraft(training_level=level, travel_minutes=30)
    keep_project(db, one, draft, now=NOW + timedelta(days=days_later), account_id=None)
    return one


def merged(db: Session, former: int, *, into: int) -> None:
    """One person has two records."""
    db.get_one(Candidate, former).merged_into = into
    db.flush()


def test_level_told_under_a_merged_record_is_frozen_on_acts_and_pathways(db: Session) -> None:
    former, standing = told(db, 1, 5), find_or_create_candidate(db, somebody(2), now=NOW)
    merged(db, former, into=standing)
    act = note_act(db, complete("appointment", standing), now=NOW, account_id=None)
    pathway = enter(db, EnrolmentDraft(standing, "PLIE", date(2025, 2, 3)), now=NOW, account_id=None)
    assert [the_act(db, act).training_level, the_enrolment(db, pathway).training_level] == [5, 5]


def test_level_last_told_stands_and_silence_takes_none_away(db: Session) -> None:
    former, standing = told(db, 1, 5), told(db, 2, 3, days_later=-1)
    merged(db, former, into=standing)
    assert training_level(db, standing) == 5
    silent, loud = told(db, 3, None, days_later=1), told(db, 4, 4)
    merged(db, silent, into=loud)
    unknown = told(db, 5, None)
    assert training_levels(db, [standing, loud, unknown]) == {standing: 5, loud: 4}
