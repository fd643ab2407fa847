"""Times of interviews reach those whose they are: by mail or call, in their calendar, on their ticket and on paper."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.fair.models import Booth, Hall
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.convocations import full_convocations
from alpes_events.interviews.ending import tell_times
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.typography import plain
from alpes_events.messages.call_list import calls_to_make
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import render
from alpes_events.people.feed_token import make_feed_token
from alpes_web.links import Purpose, SiteLinks, signed
from tests.support.calendars import Site
from tests.support.meetings import a_fair, candidate_of, comes
from tests.support.posts import BASE, KEY, Clock, deliver_messages
from tests.support.stories import NOW, STARTS_AT, signs_up
from tests.support.timetables import a_table, books
from tests.support.web import SETTINGS, text_of


class Dating:
    """A job dating with two stands and two people, the second with a telephone only, and its site."""

    def __init__(self, database: Database) -> None:
        self.site, self.database = Site(database), database
        with database.writing() as db:
            self.event_id, (self.mill, self.bakery) = a_fair(db, "Filature", "Boulangerie")
            self.tables = a_table(db, self.event_id, self.mill), a_table(db, self.event_id, self.bakery)
            self.me = comes(db, self.event_id, 1)
            self.you = signs_up(db, self.event_id, 2, telephone_only=True).registration_id
            db.commit()

    def slot(self, who: int, starts: int, *, at: int = 0) -> Slot:
        return Slot(who, (self.mill, self.bakery)[at], self.tables[at], starts, starts + 10)

    def books(self, *slots: Slot) -> None:
        with self.site.changing() as db:
            tell_times(db, self.event_id, books(db, self.event_id, *slots), now=self.site.now, account_id=None)
        deliver_messages(self.database, Clock(self.site.now))

    def mails(self) -> list[tuple[str, str]]:
        """Subject and text of each mail about interviews that is still worth sending now."""
        with self.database.reading() as db:
            owed = select(OutboxMessage).where(col(OutboxMessage.kind) == MessageKind.INTERVIEW_TIMES)
            moments = [moment_of(db, one, now=self.site.now) for one in db.exec(owed.order_by(col(OutboxMessage.id)))]
            rendered = [render(one, SiteLinks(BASE, KEY)) for one in moments if still_due(one)]
        return [(plain(one.subject), plain(one.text)) for one in rendered]

    def ticket(self) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Registration, self.me).reference
        secret = signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)
        return text_of(self.site.client.get(f"/my-sign-up/{secret}"))


@pytest.fixture
def dating(organised: Database) -> Dating:
    """On each database."""
    return Dating(organised)


def test_each_is_told_their_times_once_and_again_when_they_change(dating: Dating) -> None:
    dating.books(dating.slot(dating.me, 0), dating.slot(dating.me, 20, at=1), dating.slot(dating.you, 10))
    [(subject, text)] = dating.mails()
    assert subject.startswith("Vos 2 entretiens, à partir de")
    assert "14 h – 14 h 10 : Filature" in text
    assert "14 h 20 – 14 h 30 : Boulangerie" in text
    dating.books(dating.slot(dating.me, 0), dating.slot(dating.me, 20, at=1), dating.slot(dating.you, 40))
    assert len(dating.mails()) == 1
    dating.books(dating.slot(dating.me, 0))
    mails = dating.mails()
    assert len(mails) == 2
    assert {subject for subject, _ in mails} == {mails[-1][0]}
    assert "Boulangerie" not in mails[-1][1]
    dating.books()
    assert "Aucun entretien n’est plus prévu pour vous" in dating.mails()[-1][1]


def test_who_has_a_telephone_only_is_called_with_the_times_of_the_moment(dating: Dating) -> None:
    dating.books(dating.slot(dating.you, 10))
    dating.books(dating.slot(dating.you, 30))
    with dating.database.reading() as db:
        [call] = calls_to_make(db, now=dating.site.now)
    assert call.kind is MessageKind.INTERVIEW_TIMES
    assert [(one.exhibitor, one.starts_at) for one in call.times] == [("Filature", STARTS_AT + timedelta(minutes=30))]


def test_own_calendar_follows_each_interview_until_it_is_called_off(dating: Dating) -> None:
    with dating.site.changing() as db:
        address = f"/feeds/me/{make_feed_token(db, candidate_of(db, dating.me), now=NOW)}.ics"
    seen, tags = [], [dating.site.tag(address)]
    for slots in ([dating.slot(dating.me, 0)], [dating.slot(dating.me, 30)], []):
        dating.books(*slots)
        [entry] = [one for one in dating.site.entries(address) if one["UID"].startswith("interview-")]
        seen.append((entry["DTSTART"][-6:], entry["STATUS"], entry["SEQUENCE"], entry["SUMMARY"]))
        tags.append(dating.site.tag(address))
    with dating.database.reading() as db:
        assert the_event(db, dating.event_id).sequence == 0
    words = "Entretien : Filature"
    assert [one[1:] for one in seen] == [
        ("CONFIRMED", "0", words),
        ("CONFIRMED", "1", words),
        ("CANCELLED", "2", f"ANNULÉ : {words}"),
    ]
    assert seen[0][0] != seen[1][0] == seen[2][0]
    assert len(set(tags)) == 4


def test_ticket_and_convocation_say_when_and_where(dating: Dating) -> None:
    with dating.site.changing() as db:
        booth = Booth(event_id=dating.event_id, hall_id=_a_hall(db, dating.event_id), number="A12", column=1, row=1)
        booth.exhibitor_id = dating.mill
        db.add(booth)
    dating.books(dating.slot(dating.me, 0))
    assert "14 h Filature, stand A12" in dating.ticket()
    with dating.database.reading() as db:
        [mine, yours] = full_convocations(db, [dating.me, dating.you])
    assert [plain(line) for line in mine.interviews] == ["14 h – 14 h 10 : Filature, stand A12, Salle"]
    assert yours.interviews == ()


def _a_hall(db: Session, event_id: int) -> int:
    hall = Hall(event_id=event_id, name="Salle", position=0, column_count=2, row_count=2)
    db.add(hall)
    db.flush()
    return hall.id or 0


def test_an_exhibitor_is_told_that_its_list_is_ready_when_somebody_comes_to_it(dating: Dating) -> None:
    dating.books(dating.slot(dating.me, 0))
    facts: dict[str, Fact] = {"plan_id": 1, "number": 1, "given": 1, "moved": 0, "called_off": 0}
    for changed in (facts, {**facts, "given": 0}):
        with dating.site.changing() as db:
            kind, subject = EntryKind.TIMETABLE_PUBLISHED, ("event", dating.event_id)
            record(db, kind, subject=subject, now=dating.site.now, facts=changed)
        deliver_messages(dating.database, Clock(dating.site.now))
    with dating.database.reading() as db:
        owed = db.exec(select(OutboxMessage).where(col(OutboxMessage.kind) == MessageKind.STAND_INTERVIEWS)).all()
        assert [one.exhibitor_id for one in owed] == [dating.mill]
        moment = moment_of(db, owed[0], now=dating.site.now)
        text = plain(render(moment, SiteLinks(BASE, KEY)).text)
    assert still_due(moment)
    assert "Les horaires des entretiens de Filature" in text
    assert f"{BASE}/stand/" in text
