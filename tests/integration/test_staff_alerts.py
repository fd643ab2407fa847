"""The board's alerts: each says what a person must settle, leads to where it is settled, and goes when it is."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.jobs.leader import take_lead
from alpes_events.jobs.models import JobRun, RunState
from alpes_events.jobs.runs import may_run
from alpes_events.messages.models import CallTask, MessageState, OutboxMessage
from alpes_events.people.models import Candidate
from tests.integration.test_staff_messages import a_freed_place
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import text_of

TODAY = NOW.date().isoformat()


def board(desk: Desk) -> str:
    return text_of(desk.get("/staff/"))


def a_run(database: Database, job: str, *, state: RunState, ended_at: datetime = NOW, period: str = TODAY) -> None:
    with database.writing() as db:
        db.add(JobRun(job=job, period=period, state=state, started_at=NOW, ended_at=ended_at, attempt_count=5))
        db.commit()


def working(database: Database) -> Desk:
    """A coordinator while the machine works."""
    with database.writing() as db:
        take_lead(db, "here", now=NOW)
        db.commit()
    return Desk(database)


def test_silent_machine_is_the_first_alert_and_goes_when_it_works(organised: Database) -> None:
    desk = Desk(organised)
    assert "La machine ne travaille pas" in board(desk)
    working(organised)
    assert "La machine ne travaille pas" not in board(desk)
    assert "Rien à décider pour le moment." in board(desk)


def test_event_without_venue_or_limit_is_told_until_both_are_there(organised: Database) -> None:
    desk = working(organised)
    with organised.writing() as db:
        event_id = an_event(db, title="Sans lieu", capacity=None)
        far = an_event(db, title="Lointain", starts_at=NOW + timedelta(days=90), ends_at=NOW + timedelta(days=91))
        db.commit()
    page = board(desk)
    assert "« Sans lieu » n’a pas de lieu" in page
    assert "« Sans lieu » n’a pas de limite de places" in page
    assert "Lointain » n’a" not in page
    assert far != event_id
    with organised.writing() as db:
        venue_id = find_or_add_venue(db, VenueDraft("Salle", insee_code="59328"))
        db.commit()
    assert desk.fill(f"/staff/events/{event_id}/edit", "title", venue=str(venue_id)).status_code in {200, 303}
    assert desk.fill(f"/staff/events/{event_id}/capacity", "capacity", capacity="20").status_code == 303
    assert "n’a pas de limite" not in board(desk)


def test_failed_job_of_the_day_is_asked_for_again(organised: Database) -> None:
    desk = working(organised)
    a_run(organised, "backup", state=RunState.FAILED)
    assert "« Sauvegarde » a échoué" in board(desk)
    with organised.reading() as db:
        assert not may_run(db, "backup", TODAY, now=NOW)
    page = "/staff/jobs"
    assert desk.press(f"{page}/again", page, job="backup", period=TODAY).status_code == 303
    with organised.reading() as db:
        assert may_run(db, "backup", TODAY, now=NOW)
    assert desk.press(f"{page}/again", page, job="remind", period=TODAY).status_code == 409


def test_old_backup_is_told(organised: Database) -> None:
    desk = working(organised)
    a_run(organised, "backup", state=RunState.DONE, ended_at=NOW - timedelta(days=1))
    assert "sauvegarde est ancienne" not in board(desk)
    with organised.writing() as db:
        row = db.exec(select(JobRun)).one()
        row.ended_at = NOW - timedelta(days=3)
        db.add(row)
        db.commit()
    assert "La dernière sauvegarde est ancienne" in board(desk)


def test_refused_message_is_told_until_it_leaves_again(organised: Database) -> None:
    desk = working(organised)
    a_freed_place(organised)
    with organised.writing() as db:
        row = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()[0]
        row.state = MessageState.FAILED
        db.add(row)
        db.commit()
    assert "1 message a été refusé" in board(desk)
    desk.press(f"/staff/messages/{row.id}/again", "/staff/messages?show=trouble")
    assert "message a été refusé" not in board(desk)


def test_file_about_to_be_erased_is_told_in_its_last_week(organised: Database) -> None:
    desk = working(organised)
    with organised.writing() as db:
        answer = signs_up(db, an_event(db), 1)
        row = db.get_one(Candidate, db.get_one(Registration, answer.registration_id).candidate_id)
        row.last_active_at = NOW - timedelta(days=730)
        row.erasure_announced_at = NOW - timedelta(days=20)
        db.add(row)
        db.commit()
    assert "sera bientôt effacé" not in board(desk)
    with organised.writing() as db:
        row = db.get_one(Candidate, row.id)
        row.erasure_announced_at = NOW - timedelta(days=25)
        db.add(row)
        db.commit()
    assert "1 dossier sera bientôt effacé" in board(desk)
    assert "Prénomb Nomb" in text_of(desk.get("/staff/people?only=announced"))


def test_person_who_asks_to_be_called_later_comes_after_the_others_until_then(organised: Database) -> None:
    a_freed_place(organised)
    desk, path = Desk(organised), "/staff/calls"
    page = text_of(desk.get(path))
    assert "Bonjour, MDE à l’appareil. Je suis bien avec Prénomc Nomc ?" in page
    assert "Voulez-vous cette place ?" in page
    with organised.reading() as db:
        call_id = db.exec(select(CallTask.id).order_by(col(CallTask.id))).all()[0]
    answer = desk.press(f"{path}/{call_id}/later", path, when="morning")
    assert "à rappeler mardi 3 mars, 9 h" in text_of(desk.get(answer.location))
    assert "à rappeler" in text_of(desk.get(path))
    assert desk.press(f"{path}/{call_id}/reached", path).status_code == 303
    assert desk.press(f"{path}/{call_id}/later", "/account", when="hours").status_code == 409


def test_everything_to_tell_one_person_stands_together(organised: Database) -> None:
    a_freed_place(organised)
    with organised.writing() as db:
        task = db.exec(select(CallTask)).one()
        again = CallTask(
            kind=task.kind,
            once_key="twice",
            candidate_id=task.candidate_id,
            registration_id=task.registration_id,
            event_id=task.event_id,
            created_at=NOW,
        )
        db.add(again)
        db.commit()
    page = text_of(Desk(organised).get("/staff/calls"))
    assert page.count("Je suis bien avec") == 1
    assert page.count("La personne est prévenue") == 2
