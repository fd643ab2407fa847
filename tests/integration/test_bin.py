"""The bin: a draft thrown away comes back for ninety days, and is forgotten after with all that was written for it."""

from datetime import timedelta

import pytest
from sqlmodel import Session, func, select, update

from alpes_events.agenda.commands import create_event
from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.lifecycle import BIN_KEPT
from alpes_events.agenda.models import Event, EventSession, EventState, Question, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.taken_back import discard_draft, restore_draft
from alpes_events.database.engine import Database
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry
from alpes_events.people.models import Account, Role
from alpes_events.privacy.bin import GOES_WITH_IT, KEEPS_IT, empty_bin
from alpes_events.privacy.short_lived import forget_short_lived
from alpes_events.seats.models import SeatPool
from alpes_events.statistics.models import TouchedRecord
from alpes_events.tables import METADATA
from tests.support.staff import Desk
from tests.support.stories import DRAFT, NOW, an_event
from tests.support.web import text_of

OVER = NOW + BIN_KEPT + timedelta(seconds=1)


def a_draft_in_the_bin(db: Session) -> int:
    """A draft with a session, a question, a stand and a trade; thrown away at NOW, everybody told."""
    event_id = create_event(db, DRAFT, capacity=5, now=NOW, account_id=None)
    part = SessionDraft("Atelier", DRAFT.starts_at, DRAFT.ends_at, "", 3)
    add_session(db, event_id, part, now=NOW, account_id=None)
    set_questions(db, event_id, [QuestionDraft(QuestionKind.TEXT, "Votre métier ?")], now=NOW)
    db.add_all([Exhibitor(event_id=event_id, name="Un atelier"), Demonstration(event_id=event_id, title="Soudure")])
    db.add(TouchedRecord(event_id=event_id, touched_at=NOW))
    discard_draft(db, event_id, now=NOW, account_id=None)
    everybody_was_told(db)
    return event_id


def everybody_was_told(db: Session) -> None:
    db.flush()
    db.execute(update(Delivery).values(state=DeliveryState.DONE, done_at=NOW))


def counts(db: Session) -> dict[str, int]:
    rows = (Event, EventSession, Question, Exhibitor, Demonstration, TouchedRecord, SeatPool)
    return {row.__tablename__: db.exec(select(func.count()).select_from(row)).one() for row in rows}


def test_draft_in_the_bin_is_forgotten_after_its_time_with_all_that_was_its_own(organised: Database) -> None:
    with organised.writing() as db:
        before = counts(db)
        event_id = a_draft_in_the_bin(db)
        last = an_event(db)
        with_last = counts(db)
        assert empty_bin(db, now=NOW + BIN_KEPT) == 0
        assert counts(db) == with_last
        assert forget_short_lived(db, now=OVER) == 1
        assert db.get(Event, event_id, populate_existing=True) is None
        assert counts(db) == before | {"event": before["event"] + 1, "seat_pool": before["seat_pool"] + 1}
        kinds = db.exec(select(JournalEntry.kind).where(JournalEntry.subject_id == event_id)).all()
        assert "EventDiscarded" in kinds
        assert empty_bin(db, now=OVER) == 0
        assert db.get_one(Event, last).state is EventState.PUBLISHED


def test_draft_taken_out_of_the_bin_in_time_stays(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_draft_in_the_bin(db)
        an_event(db)
        restore_draft(db, event_id, now=NOW, account_id=None)
        everybody_was_told(db)
        assert empty_bin(db, now=OVER + BIN_KEPT) == 0
        assert db.get_one(Event, event_id, populate_existing=True).state is EventState.DRAFT


def test_number_of_a_forgotten_draft_is_never_that_of_another_event(organised: Database) -> None:
    with organised.writing() as db:
        numbers = [a_draft_in_the_bin(db), a_draft_in_the_bin(db)]
        assert empty_bin(db, now=OVER) == 1
        assert db.get(Event, numbers[1]) is not None
        later = an_event(db)
        everybody_was_told(db)
        assert later > numbers[1]
        assert empty_bin(db, now=OVER) == 1
        assert an_event(db) > later


@pytest.mark.parametrize("reason", ["door staff", "untold consumer"])
def test_draft_that_somebody_else_still_needs_stays_in_the_bin(organised: Database, reason: str) -> None:
    with organised.writing() as db:
        event_id = a_draft_in_the_bin(db)
        an_event(db)
        if reason == "door staff":
            db.add(Account(email="porte@example.org", name="P", role=Role.DOOR, event_id=event_id, created_at=NOW))
        else:
            about_it = select(Delivery).where(Delivery.subject_kind == "event", Delivery.subject_id == event_id)
            delivery = db.exec(about_it).all()[-1]
            delivery.state = DeliveryState.PARKED
        db.flush()
        assert empty_bin(db, now=OVER) == 0
        assert db.get_one(Event, event_id).state is EventState.DISCARDED


def test_every_table_that_names_an_event_goes_with_a_draft_or_keeps_it() -> None:
    naming = {
        key.parent.table.name
        for table in METADATA.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "event"
    }
    assert naming == {table.__tablename__ for table in (*GOES_WITH_IT, *KEEPS_IT)}


def test_page_of_a_draft_in_the_bin_says_until_when_it_comes_back(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_draft_in_the_bin(db)
        db.commit()
    page = text_of(Desk(organised).get(f"/staff/events/{event_id}"))
    assert "jusqu’au dimanche 31 mai 2026 ; il est oublié ensuite" in page.replace("\u202f", " ").replace("\xa0", " ")
