"""The day of a stand by its link: late and doubled marks, outcomes, the queue, the names of those who agreed."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import Interview, MeetingOutcome
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.booking import Slot, call_off
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.models import InterviewMark
from alpes_events.interviews.queues import join_queue
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit
from alpes_web.links import Purpose, signed
from tests.support.meetings import ON_THE_DAY, a_fair, candidate_of, comes, wishes
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import a_table, books
from tests.support.web import SETTINGS, Browser, a_site, text_of

JSON = {"Accept": "application/json"}


class Fair:
    """Two stands, three people with times at the first (one says their name), and a clock."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock(ON_THE_DAY)
        with database.writing() as db:
            self.event_id, (self.mill, self.other) = a_fair(db, "Filature des Prés", "Boulangerie")
            table, elsewhere = a_table(db, self.event_id, self.mill), a_table(db, self.event_id, self.other)
            self.people = [comes(db, self.event_id, number) for number in range(4)]
            wishes(db, self.people[0], (self.mill, True))
            planned = [Slot(self.people[n], self.mill, table, 60 + 10 * n, 70 + 10 * n) for n in range(3)]
            books(db, self.event_id, *planned, Slot(self.people[3], self.other, elsewhere, 60, 70))
            rows = timetable_of(db, self.event_id)
            self.own = [one.id or 0 for one in rows if one.exhibitor_id == self.mill]
            (self.foreign,) = (one.id or 0 for one in rows if one.exhibitor_id == self.other)
            db.commit()
        self.browser = Browser(a_site(database, now=self.clock))

    def address(self, stand: int | None = None) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Exhibitor, stand or self.mill).reference or ""
        return f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}/interviews"

    def press(self, action: str, fields: dict[str, object] | None = None, **more: str) -> TestResponse:
        """A form of the list is sent, with a token that any page gives."""
        token = self.browser.token(self.address().removesuffix("/interviews"))
        path = f"{more.pop('at', self.address())}/{action}"
        return self.browser.post(path, {"csrf_token": token, **(fields or {})}, **more)

    def mark(self, interview_id: int, said: str, **more: object) -> TestResponse:
        fields = {"interview_id": interview_id, "mark": said, "mark_key": str(uuid4()), **more}
        return self.press("mark", fields)

    def state(self, interview_id: int) -> InterviewState:
        with self.database.reading() as db:
            return state_of(db.get_one(Interview, interview_id))

    def waits(self, person: int) -> int:
        with self.database.writing() as db:
            joined = join_queue(db, self.people[person], self.mill, now=self.clock(), account_id=None)
            db.commit()
        return joined.interview_id


@pytest.fixture
def fair(organised: Database) -> Fair:
    return Fair(organised)


def reads(db: Session) -> list[int | None]:
    rows = db.exec(select(AccessAudit).where(col(AccessAudit.action) == AuditAction.NAME_READ.value))
    return [row.subject_id for row in rows]


def test_stand_reads_its_own_list_with_the_names_of_those_who_agreed(fair: Fair) -> None:
    page = text_of(fair.browser.get(fair.address()))
    assert "Prénoma Noma" in page
    assert ("Nomb" in page, "Nomd" in page) == (False, False)
    assert page.count("Réf. …") >= 2
    with fair.database.reading() as db:
        assert reads(db) == [candidate_of(db, fair.people[0])]


def test_one_press_marks_and_another_takes_it_back(fair: Fair) -> None:
    for said, state in (
        ("held", InterviewState.HELD),
        ("unmarked", InterviewState.PLANNED),
        ("person_absent", InterviewState.NOT_HELD),
    ):
        assert fair.mark(fair.own[1], said).status_code == 303
        assert fair.state(fair.own[1]) is state
        fair.clock.pass_by(minutes=1)


def test_mark_that_waited_on_the_telephone_counts_from_when_it_was_made_and_once(fair: Fair) -> None:
    made = fair.clock()
    fair.clock.pass_by(minutes=50)
    kept = {"mark_key": "one", "marked_at": made.isoformat(), "sent_at": fair.clock().isoformat()}
    for _twice in range(2):
        assert fair.mark(fair.own[0], "held", **kept).status_code == 303
    with fair.database.reading() as db:
        assert db.get_one(Interview, fair.own[0]).held_at == made
        assert len(db.exec(select(InterviewMark)).all()) == 1


def test_telephone_is_answered_in_a_word_and_reads_no_name(fair: Fair) -> None:
    before = fair.browser.get(f"{fair.address()}/seal").get_json()["seal"]
    told = fair.press("mark", {"interview_id": fair.own[0], "mark": "held", "mark_key": "k"}, **JSON)
    after = fair.browser.get(f"{fair.address()}/seal").get_json()["seal"]
    assert told.get_json() == {"was": before, "seal": after}
    assert before != after
    with fair.database.reading() as db:
        assert reads(db) == []


@pytest.mark.parametrize("action", ["mark", "outcome"])
def test_another_stand_s_interview_does_not_exist(fair: Fair, action: str) -> None:
    fields = {
        "interview_id": fair.foreign,
        "mark_key": "k",
        **({"mark": "held"} if action == "mark" else {"outcome": "no"}),
    }
    answer = fair.press(action, fields, **JSON)
    assert (answer.status_code, fair.state(fair.foreign)) == (404, InterviewState.PLANNED)
    assert "n’est plus dans la liste" in answer.get_json()["error"]


@pytest.mark.parametrize("change", ["call", "leave", "return"])
def test_another_stand_s_queue_does_not_exist(fair: Fair, change: str) -> None:
    assert fair.press(f"{fair.waits(3)}/{change}", at=fair.address(fair.other)).status_code == 404


def test_what_came_of_it_is_one_press_and_pressed_again_unknown(fair: Fair) -> None:
    fair.mark(fair.own[0], "held")
    for said, kept in (("second_interview", MeetingOutcome.SECOND_INTERVIEW), ("", None)):
        assert fair.press("outcome", {"interview_id": fair.own[0], "outcome": said}).status_code == 303
        with fair.database.reading() as db:
            assert db.get_one(Interview, fair.own[0]).outcome is kept


def test_queue_is_called_served_left_and_joined_again(fair: Fair) -> None:
    first, second = fair.waits(3), None
    with fair.database.writing() as db:
        fourth = comes(db, fair.event_id, 9)
        second = join_queue(db, fourth, fair.mill, now=fair.clock(), account_id=None).interview_id
        db.commit()
    assert "2 personnes attendent" in text_of(fair.browser.get(fair.address()))
    assert fair.press("call").status_code == 303
    assert "appelée à" in text_of(fair.browser.get(fair.address()))
    fair.mark(first, "held")
    fair.press(f"{second}/leave")
    assert (fair.state(first), fair.state(second)) == (InterviewState.HELD, InterviewState.CALLED_OFF)
    fair.press(f"{second}/return")
    assert fair.state(second) is InterviewState.QUEUED
    fair.press("call")
    nobody = fair.press("call")
    assert nobody.status_code == 409
    assert "Personne n’attend" in text_of(nobody)


def open_at(fair: Fair, when: datetime) -> tuple[int, bool]:
    fair.clock.now = when
    answer = fair.browser.get(fair.address())
    return answer.status_code, "Entretien tenu" in text_of(answer)


def test_list_is_read_before_the_day_and_marked_from_its_morning_on(fair: Fair) -> None:
    assert open_at(fair, NOW) == (200, False)
    assert open_at(fair, STARTS_AT - timedelta(hours=5)) == (200, True)
    assert open_at(fair, STARTS_AT + timedelta(days=2)) == (200, True)
    assert open_at(fair, STARTS_AT + timedelta(days=400))[0] == 410


def test_stand_that_does_not_come_has_no_day(fair: Fair) -> None:
    with fair.database.writing() as db:
        withdraw_stand(db, fair.mill, by="staff", now=NOW, account_id=None)
        db.commit()
    assert fair.browser.get(fair.address()).status_code == 404


@pytest.mark.parametrize("fields", [{"mark": "maybe"}, {"mark": ""}, {"mark": "held", "extra": "1"}])
def test_mark_that_is_none_is_refused(fair: Fair, fields: dict[str, str]) -> None:
    sent = {"interview_id": fair.own[0], "mark_key": "k", **fields}
    assert fair.press("mark", sent).status_code == 400


def test_interview_that_was_called_off_while_the_telephone_had_no_network_and_was_held_counts(fair: Fair) -> None:
    with fair.database.writing() as db:
        call_off(db, [db.get_one(Interview, fair.own[0])], now=fair.clock())
        db.commit()
    assert fair.mark(fair.own[0], "held").status_code == 303
    assert fair.state(fair.own[0]) is InterviewState.HELD
