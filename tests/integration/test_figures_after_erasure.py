"""Erasing somebody changes no figure: every value of every event, month and year stays, in every cut."""

from datetime import timedelta

from sqlmodel import Session, select

from alpes_events.agenda.models import Event
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from alpes_events.privacy.erasure import erase_person
from alpes_events.statistics.compilation import compile_all, compile_touched
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.periods import Period, months, of_event
from alpes_events.statistics.queries import compiled_all, event_now
from tests.support.counted import AFTERWARDS, World, a_lively_year

LATER = AFTERWARDS + timedelta(days=1)
YEAR = Period("2023")


def every_value(db: Session) -> dict[str, set[Figure]]:
    """All that was compiled last, by period."""
    events = [of_event(event_id) for event_id in db.exec(select(Event.id)) if event_id is not None]
    found = compiled_all(db, [YEAR, *months(2023), *events])
    return {key: set(figures.rows) for key, figures in found.items()}


def counted_now(db: Session) -> dict[int, set[Figure]]:
    """What each event counts at this moment."""
    found = {event_id: event_now(db, event_id, now=AFTERWARDS) for event_id in db.exec(select(Event.id)) if event_id}
    return {event_id: set(figures.rows) for event_id, figures in found.items() if figures is not None}


def test_figures_are_equal_after_each_person_is_erased(database: Database) -> None:
    with database.writing() as db:
        a_lively_year(db)
        compile_all(db, now=AFTERWARDS)
        before, now_before = every_value(db), counted_now(db)
        db.commit()
    assert sum(map(len, before.values())) > 500
    with database.writing() as db:
        for person in db.exec(select(Candidate).where(Candidate.merged_into == None)).all():  # noqa: E711
            erase_person(db, person.id or 0, now=LATER)
            World(db).touch(candidate_id=person.id)
        db.commit()
    with database.writing() as db:
        assert {person.family_name for person in db.exec(select(Candidate))} == {""}
        assert counted_now(db) == now_before
        touched = compile_touched(db, now=LATER)
        assert (touched.periods > 0, touched.written) == (True, 0)
        assert every_value(db) == before
        assert compile_all(db, now=LATER).written == 0
        assert every_value(db) == before
