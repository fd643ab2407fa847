"""After the event, by a link and without an account: outcomes of interviews, and the question of six weeks."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.fair.interviews import record_interview
from alpes_events.fair.meetings import Interview, MeetingOutcome
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.follow_up import FollowUp
from alpes_events.messages.follow_ups import enqueue_follow_ups
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Role
from alpes_web.links import Purpose, signed
from tests.support.meetings import ON_THE_DAY, a_fair, candidate_of, comes, wishes
from tests.support.posts import Clock
from tests.support.stories import STARTS_AT
from tests.support.web import SETTINGS, Browser, a_site, text_of

AFTER = STARTS_AT + timedelta(days=2)
SIX_WEEKS = STARTS_AT + timedelta(weeks=6)
CDI = {"outcome": "hired", "contract": "cdi", "starts_on": "2026-03-23"}


class Over:
    """A fair that is over: two stands, one of which held an interview with somebody who says their name."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock()
        with database.writing() as db:
            self.event_id, (self.stand, self.other) = a_fair(db, "Filature des Prés", "Boulangerie")
            self.me = comes(db, self.event_id, 1)
            wishes(db, self.me, (self.stand, True))
            self.interview = record_interview(db, self.me, self.stand, held_at=ON_THE_DAY, now=AFTER, account_id=None)
            db.commit()
        self.clock.now = AFTER
        self.browser = Browser(a_site(database, now=self.clock))

    def link(self, exhibitor_id: int) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Exhibitor, exhibitor_id).reference or ""
        return f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}"

    def asked(self) -> str:
        """The link of the question to the first stand, once it is asked."""
        self.clock.now = SIX_WEEKS
        with self.database.writing() as db:
            enqueue_follow_ups(db, day=SIX_WEEKS.date(), now=SIX_WEEKS)
            reference = db.exec(select(FollowUp.reference).where(FollowUp.exhibitor_id == self.stand)).one()
            db.commit()
        return f"/after-the-event/{signed(reference, purpose=Purpose.FOLLOW_UP, key=SETTINGS.secret_key)}"

    def hires(self) -> list[Hire]:
        with self.database.reading() as db:
            return list(db.exec(select(Hire).where(col(Hire.withdrawn_at).is_(None)).order_by(col(Hire.id))))


@pytest.fixture
def over(organised: Database) -> Over:
    return Over(organised)


def test_link_of_the_stand_leads_to_what_it_gave_once_the_event_is_over(over: Over) -> None:
    answer = over.browser.get(over.link(over.stand))
    assert answer.location == f"{over.link(over.stand)}/after"
    page = text_of(over.browser.get(answer.location))
    assert "Prénomb Nomb" in page
    assert "suite non relevée" in page


def test_link_of_the_stand_shows_the_way_to_what_it_gave_while_the_event_is_held_and_not_before(over: Over) -> None:
    link = over.link(over.stand)
    shown = {}
    for now in (STARTS_AT - timedelta(hours=1), STARTS_AT + timedelta(hours=1)):
        over.clock.now = now
        shown[now] = f"{link}/after" in over.browser.get(link).get_data(as_text=True)
    assert list(shown.values()) == [False, True]


def test_employer_says_what_came_of_an_interview_and_takes_it_back(over: Over) -> None:
    path = f"{over.link(over.stand)}/after/{over.interview}"
    assert over.browser.send(path, CDI).status_code == 303
    assert [(one.contract, one.interview_id) for one in over.hires()] == [(ContractKind.CDI, over.interview)]
    assert "Embauche, CDI, à partir du 23" in text_of(over.browser.get(f"{over.link(over.stand)}/after"))
    assert over.browser.send(f"{path}/clear", page=path).status_code == 303
    with over.database.reading() as db:
        assert (over.hires(), db.get_one(Interview, over.interview).outcome) == ([], None)


def test_what_misses_of_a_contract_is_said_and_what_was_typed_stays(over: Over) -> None:
    path = f"{over.link(over.stand)}/after/{over.interview}"
    answer = over.browser.send(path, {"outcome": "hired", "ends_on": "2026-09-30"})
    assert answer.status_code == 422
    assert "Choisissez le contrat." in text_of(answer)
    assert 'value="2026-09-30"' in answer.get_data(as_text=True)
    assert over.hires() == []


def test_interview_of_another_stand_does_not_exist(over: Over) -> None:
    theirs = f"{over.link(over.other)}/after/{over.interview}"
    assert over.browser.get(theirs).status_code == 404
    assert over.browser.send(theirs, CDI, page=f"{over.link(over.other)}/after").status_code == 404
    assert over.browser.send(f"{theirs}/clear", page=f"{over.link(over.other)}/after").status_code == 404
    assert over.hires() == []


def test_name_beside_an_interview_is_noted_as_read_and_gone_after_six_weeks(over: Over) -> None:
    over.browser.get(f"{over.link(over.stand)}/after")
    with over.database.reading() as db:
        read = db.exec(select(AccessAudit.subject_id).where(AccessAudit.action == AuditAction.NAME_READ.value)).all()
        assert read == [candidate_of(db, over.me)]
    over.clock.now = AFTER + timedelta(weeks=7)
    page = text_of(over.browser.get(f"{over.link(over.stand)}/after"))
    assert "Nomb" not in page
    assert "Entretien de 15 h" in page


def test_number_of_interviews_is_said_apart(over: Over) -> None:
    path = f"{over.link(over.stand)}/after"
    assert over.browser.send(path, {"interviews": "14"}).status_code == 303
    assert 'value="14"' in over.browser.get(path).get_data(as_text=True)
    assert over.browser.send(path, {"interviews": "1500"}).status_code == 422


def test_question_is_answered_by_its_link_and_corrected(over: Over) -> None:
    path = over.asked()
    told = {
        "shown": "2",
        "contract_0": "cdi",
        "starts_on_0": "2026-04-06",
        "there_0": "yes",
        "contract_1": "cdd",
        "starts_on_1": "2026-04-02",
        "ends_on_1": "2026-09-30",
        "interviews": "14",
    }
    assert over.browser.send(path, told).status_code == 303
    assert [(one.contract, one.still_there) for one in over.hires()] == [
        (ContractKind.CDI, True),
        (ContractKind.CDD, None),
    ]
    assert "Merci de votre réponse" in text_of(over.browser.get(path))
    assert over.browser.send(f"{path}/reopen", page=path).status_code == 303
    assert over.hires() == []
    assert over.browser.send(path, {"shown": "2"}).status_code == 303
    assert "Vous n’avez embauché personne" in text_of(over.browser.get(path))


def test_more_lines_keep_what_was_typed_and_answer_nothing_yet(over: Over) -> None:
    path = over.asked()
    answer = over.browser.send(path, {"shown": "2", "contract_0": "cdi", "more": "1"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, page.count("<fieldset")) == (200, 4)
    assert "<option value='cdi' selected>" in page
    assert over.hires() == []


def test_line_that_is_not_complete_is_said(over: Over) -> None:
    answer = over.browser.send(over.asked(), {"shown": "2", "contract_0": "cdi"})
    assert answer.status_code == 422
    assert "Indiquez le premier jour." in text_of(answer)
    assert over.hires() == []


def test_question_is_put_off_by_a_press(over: Over) -> None:
    path = over.asked()
    assert over.browser.send(f"{path}/later", page=path).status_code == 303
    assert "Nous vous écrirons de nouveau" in text_of(over.browser.get(path))


def test_link_for_another_purpose_answers_nothing(over: Over) -> None:
    secret = over.asked().rpartition("/")[2].partition("-")[0]
    wrong = signed(secret, purpose=Purpose.STAND, key=SETTINGS.secret_key)
    assert over.browser.get(f"/after-the-event/{wrong}").status_code == 404


def test_link_of_the_question_ends_after_its_last_day(over: Over) -> None:
    path = over.asked()
    over.clock.now = SIX_WEEKS + timedelta(days=130)
    assert over.browser.get(path).status_code == 410


def test_coordinator_sees_who_answered_and_answers_for_who_has_no_address(over: Over) -> None:
    path = over.asked()
    over.browser.send(path, {"shown": "2", "contract_0": "cdi", "starts_on_0": "2026-04-06"})
    coordinator = Browser(over.browser.app)
    account_id = coordinator.sign_in(Role.COORDINATOR)
    table = f"/staff/events/{over.event_id}/stands/follow-ups"
    assert "A embauché" in text_of(coordinator.get(table))
    with over.database.writing() as db:
        db.get_one(Exhibitor, over.other).contact_id = None
        for row in db.exec(select(FollowUp).where(FollowUp.exhibitor_id == over.other)):
            db.delete(row)
        db.commit()
    assert "Pas d’adresse : appelez" in text_of(coordinator.get(table))
    opened = coordinator.send(f"{table}/{over.other}/six_weeks", page=table)
    assert coordinator.send(opened.location, {"shown": "2"}).status_code == 303
    with over.database.reading() as db:
        row = db.exec(select(FollowUp).where(FollowUp.exhibitor_id == over.other)).one()
    assert (row.answered_by, row.answer is not None) == (account_id, True)


def test_outcome_said_by_link_is_said_by_no_account(over: Over) -> None:
    over.browser.send(f"{over.link(over.stand)}/after/{over.interview}", {"outcome": "kept_in_mind"})
    with over.database.reading() as db:
        interview = db.get_one(Interview, over.interview)
    assert (interview.outcome, interview.outcome_by) == (MeetingOutcome.KEPT_IN_MIND, None)
