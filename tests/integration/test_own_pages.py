"""What people read of themselves: their ticket while it opens the door, their data, and errors where they work."""

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import AccessAudit, Candidate, Role
from alpes_web.links import Purpose, signed
from tests.support.stories import an_event, signs_up
from tests.support.web import SETTINGS, Browser, a_site, text_of

CODE = "Code à présenter à l’accueil"


def own_page(db: Session, registration_id: int) -> str:
    reference = db.get_one(Registration, registration_id).reference
    return f"/my-sign-up/{signed(reference, purpose=Purpose.MANAGE, key=SETTINGS.secret_key)}"


def test_only_a_kept_place_has_a_code_to_show_at_the_door(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        placed, waiting = (own_page(db, signs_up(db, event_id, number).registration_id) for number in (1, 2))
        db.commit()
    browser = Browser(a_site(organised))
    assert CODE in browser.get(placed).text
    assert CODE not in browser.get(waiting).text
    assert "Ce n’est pas encore un billet." in text_of(browser.get(waiting))
    browser.send(f"{placed}/cancel", page=placed)
    cancelled = browser.get(placed)
    assert CODE not in cancelled.text
    assert "Votre référence" not in text_of(cancelled)


def test_people_read_and_take_away_what_is_known_of_them_and_of_nobody_else(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        signs_up(db, event_id, 1)
        signs_up(db, event_id, 2)
        mine, other = db.exec(select(Candidate).order_by(col(Candidate.id))).all()
        db.commit()
    browser = Browser(a_site(organised))
    account_id = browser.sign_in(Role.CANDIDATE, candidate_id=mine.id)
    page, taken = text_of(browser.get("/my-space/data")), browser.get("/my-space/data.json")
    assert mine.email is not None
    assert mine.email in page
    assert taken.json["person"]["id"] == mine.id  # type: ignore[index]
    assert str(other.email) not in page + taken.text
    with organised.reading() as db:
        noted = db.exec(select(AccessAudit)).one()
    assert (noted.account_id, noted.subject_kind, noted.subject_id) == (account_id, "candidate", mine.id)


def test_errors_at_work_keep_the_frame_of_work(organised: Database) -> None:
    browser = Browser(a_site(organised))
    browser.sign_in(Role.COORDINATOR)
    lost = browser.get("/staff/events/999999")
    assert lost.status_code == 404
    assert 'class="staff"' in lost.text
    assert "Revenir à mon travail" in text_of(lost)
    assert 'class="staff"' not in browser.get("/events/nulle-part").text
