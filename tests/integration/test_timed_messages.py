"""Messages that time makes: each once for its subject and day, at the right hour of the wall clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from alpes_events.agenda.commands import close_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.revision import revise_event
from alpes_events.attendance import presence, release, survey
from alpes_events.attendance.models import Presence
from alpes_events.database.engine import Database
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.timed import enqueue_digests, enqueue_reminders, enqueue_thanks
from alpes_events.people.models import Account, Role
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up


def owed(database: Database, kind: MessageKind) -> list[int | None]:
    """The sign-ups that are owed a message of this kind."""
    with database.reading() as db:
        rows = db.exec(
            select(OutboxMessage.registration_id)
            .where(OutboxMessage.kind == kind.value)
            .order_by(col(OutboxMessage.id))
        )
        return list(rows)


def remind(database: Database, day: date, now: datetime) -> int:
    with database.writing() as db:
        count = enqueue_reminders(db, day=day, now=now)
        db.commit()
    return count


EVENING = datetime(2026, 3, 11, 17, 0, tzinfo=UTC)
"""18:00 in Paris, the day before the event."""


def test_those_with_a_place_are_reminded_once(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=2)
        first, second, _waiting = (signs_up(db, event_id, number).registration_id for number in range(3))
        db.commit()
    assert remind(organised, date(2026, 3, 10), EVENING - timedelta(days=1)) == 0
    assert remind(organised, date(2026, 3, 11), EVENING) == 2
    assert remind(organised, date(2026, 3, 11), EVENING) == 0
    assert owed(organised, MessageKind.REMINDER) == [first, second]


def test_an_event_that_moves_to_another_day_brings_another_reminder(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        signs_up(db, event_id, 1)
        db.commit()
    remind(organised, date(2026, 3, 11), EVENING)
    with organised.writing() as db:
        draft = EventDraft.of(the_event(db, event_id))
        week = timedelta(days=7)
        revise_event(
            db,
            event_id,
            replace(draft, starts_at=draft.starts_at + week, ends_at=draft.ends_at + week),
            now=EVENING,
            account_id=None,
        )
        db.commit()
    assert remind(organised, date(2026, 3, 18), EVENING + timedelta(days=7)) == 1


def test_the_day_before_is_counted_on_the_wall_across_the_change_of_hour(organised: Database) -> None:
    """On 29 March 2026 summer time begins: the day has 23 hours, and 00:30 of the next is 22:30 UTC."""
    with organised.writing() as db:
        sunday = an_event(
            db,
            title="Dimanche soir",
            starts_at=datetime(2026, 3, 29, 21, 30, tzinfo=UTC),
            ends_at=datetime(2026, 3, 29, 21, 50, tzinfo=UTC),
        )
        monday = an_event(
            db,
            title="Lundi, minuit et demi",
            starts_at=datetime(2026, 3, 29, 22, 30, tzinfo=UTC),
            ends_at=datetime(2026, 3, 29, 23, 30, tzinfo=UTC),
        )
        on_sunday, on_monday = (signs_up(db, event, 1).registration_id for event in (sunday, monday))
        db.commit()
    assert remind(organised, date(2026, 3, 28), datetime(2026, 3, 28, 17, tzinfo=UTC)) == 1
    assert remind(organised, date(2026, 3, 29), datetime(2026, 3, 29, 16, tzinfo=UTC)) == 1
    assert owed(organised, MessageKind.REMINDER) == [on_sunday, on_monday]


def test_nobody_is_reminded_of_what_has_begun_or_is_off(organised: Database) -> None:
    with organised.writing() as db:
        begun, off = an_event(db), an_event(db, title="Annulé")
        signs_up(db, begun, 1)
        signs_up(db, off, 2)
        release.call_off_event(db, off, now=NOW, account_id=None)
        db.commit()
    assert remind(organised, date(2026, 3, 11), STARTS_AT + timedelta(minutes=1)) == 0


def test_only_those_who_were_seen_are_thanked_once(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=None)
        seen, answered, absent, _unknown = (signs_up(db, event_id, number).registration_id for number in range(4))
        for key, (registration_id, what) in enumerate(
            ((seen, Presence.ATTENDED), (answered, Presence.ATTENDED), (absent, Presence.NO_SHOW))
        ):
            presence.mark_presence(db, registration_id, what, mark_key=f"k{key}", now=STARTS_AT, account_id=None)
        close_event(db, event_id, now=STARTS_AT + timedelta(hours=4), account_id=None)
        survey.answer_survey(db, answered, score=5, now=STARTS_AT + timedelta(hours=5))
        db.commit()
    for day in (12, 13, 14, 30):
        with organised.writing() as db:
            enqueue_thanks(db, day=date(2026, 3, day), now=datetime(2026, 3, day, 9, tzinfo=UTC))
            db.commit()
    assert owed(organised, MessageKind.THANKS) == [seen]


def test_coordinators_get_a_letter_only_when_something_needs_them(organised: Database) -> None:
    clock = Clock()
    with organised.writing() as db:
        for role in (Role.COORDINATOR, Role.ADVISOR, Role.ADMINISTRATOR):
            db.add(Account(email=f"{role}@example.org", name=str(role), role=role, created_at=NOW))
        db.commit()
    with organised.writing() as db:
        assert enqueue_digests(db, day=NOW.date(), now=clock.now) == 0
        message = OutboxMessage(
            kind="confirmed",
            once_key="broken",
            account_id=1,
            state=MessageState.FAILED,
            due_at=NOW,
            created_at=NOW,
            message_id="<a@example.org>",
        )
        db.add(message)
        db.flush()
        assert enqueue_digests(db, day=NOW.date(), now=clock.now) == 2
        assert enqueue_digests(db, day=NOW.date(), now=clock.now) == 0
        db.commit()
