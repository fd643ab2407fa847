"""An alert by an address alone: nobody becomes a candidate by it, its letters carry the link that ends it, and it goes
when it is stopped, when the person behind the address is erased, or when nobody wants it any more.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.hiring.alerts import MOST_ALERTS, AlertReader, TooManyAlerts, add_alert, end_alert
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.models import OfferAlert
from alpes_events.messages.offer_alert import enqueue_alerts
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate, Role
from alpes_events.privacy.alerts_ending import announce_alerts, forget_alerts
from alpes_events.privacy.end_of_files import end_files
from alpes_events.privacy.erasure import erase_person
from alpes_events.privacy.export import export_person
from alpes_events.privacy.retention import months_before
from alpes_events.tables import METADATA
from alpes_web.links import Purpose, signed
from tests.support.hiring import an_offer
from tests.support.mailbag import Mailbag, words_of
from tests.support.posts import BASE, Clock
from tests.support.stories import NOW, somebody
from tests.support.web import SETTINGS, Browser, a_site, text_of

ADDRESS = "zoe@canarine.example"
NOTICE = timedelta(days=30)


def waits_at(db: Session, email: str = ADDRESS, search: str = "vendeuse", *, since: object = NOW) -> int:
    """An alert of an address that was proved."""
    return add_alert(db, AlertReader(email=email), OfferChoice(search=search), now=since, account_id=None)  # type: ignore[arg-type]


def link(db: Session) -> str:
    reference = db.exec(select(OfferAlert.reference)).first() or ""
    return f"/job-offers/alerts/{signed(reference, purpose=Purpose.ALERT, key=SETTINGS.secret_key)}"


def traces(database: Database) -> str:
    with database.reading() as db:
        return str([db.execute(table.select()).all() for table in METADATA.sorted_tables])


def test_letter_goes_to_the_address_and_its_link_ends_the_alert_and_forgets_it(
    organised: Database, tmp_path: Path
) -> None:
    with organised.writing() as db:
        waits_at(db)
        an_offer(db, now=NOW + timedelta(hours=1))
        later = NOW + timedelta(hours=20)
        assert enqueue_alerts(db, day=later.date(), now=later) == 1
        db.commit()
    (mail,) = Mailbag(organised, tmp_path, Clock(later)).sent()
    assert (mail["To"], "Bonjour, du nouveau" in words_of(mail)) == (ADDRESS, True)
    found = re.search(rf"{BASE}(/job-offers/alerts/\S+)", words_of(mail))
    assert found is not None
    browser = Browser(a_site(organised))
    with organised.reading() as db:
        address = link(db)
        assert db.exec(select(Candidate)).all() == []
    assert "vendeuse" in text_of(browser.get(address))
    browser.send(address)
    assert "est arrêtée" in text_of(browser.get(address))
    with organised.writing() as db:
        forget_alerts(db, now=later)
        db.commit()
    assert browser.get(address).status_code == 404
    assert "canarine" not in traces(organised)


def test_letter_that_waits_does_not_leave_once_the_alert_is_gone(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        alert_id = waits_at(db)
        an_offer(db, now=NOW + timedelta(hours=1))
        later = NOW + timedelta(hours=20)
        enqueue_alerts(db, day=later.date(), now=later)
        end_alert(db, alert_id, now=later, account_id=None)
        forget_alerts(db, now=later)
        db.commit()
    assert Mailbag(organised, tmp_path, Clock(later)).sent() == []


def test_same_choice_of_an_address_is_one_alert_and_there_are_only_so_many(organised: Database) -> None:
    with organised.writing() as db:
        assert waits_at(db) == waits_at(db)
        for number in range(1, MOST_ALERTS):
            waits_at(db, search=f"métier {number}")
        with pytest.raises(TooManyAlerts):
            waits_at(db, search="encore un")
        waits_at(db, "other@canarine.example", "encore un")


def test_old_alert_is_told_once_and_goes_thirty_days_later_with_its_address(
    organised: Database, tmp_path: Path
) -> None:
    with organised.writing() as db:
        waits_at(db, since=months_before(NOW, 24) + timedelta(days=29))
        waits_at(db, "other@example.org", since=months_before(NOW, 24) + timedelta(days=31))
        db.commit()
    assert [end_files(organised, tmp_path, now=NOW).announced_count for _ in range(2)] == [1, 0]
    (mail,) = Mailbag(organised, tmp_path / "mail", Clock(NOW)).sent()
    assert mail["To"] == ADDRESS
    end_files(organised, tmp_path, now=NOW + NOTICE - timedelta(seconds=1))
    assert "canarine" in traces(organised)
    end_files(organised, tmp_path, now=NOW + NOTICE)
    assert "canarine" not in traces(organised)
    assert "other@example.org" in traces(organised)


def test_alert_that_is_kept_on_by_its_link_is_asked_about_anew_two_years_later(organised: Database) -> None:
    with organised.writing() as db:
        waits_at(db, since=months_before(NOW, 24))
        assert announce_alerts(db, now=NOW) == 1
        db.commit()
        address = link(db)
    browser = Browser(a_site(organised))
    assert "Garder cette alerte" in text_of(browser.get(address))
    assert browser.send(f"{address}/keep", page=address).status_code == 303
    with organised.writing() as db:
        assert (forget_alerts(db, now=NOW + NOTICE), announce_alerts(db, now=NOW + NOTICE)) == (0, 0)
        assert announce_alerts(db, now=NOW + timedelta(days=720)) == 1


def test_person_finds_the_alerts_of_their_address_in_their_space_copy_and_erasure(organised: Database) -> None:
    with organised.writing() as db:
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        other = find_or_create_candidate(db, somebody(2), now=NOW)
        waits_at(db, f"candidate-{person}@example.org")
        waits_at(db, somebody(1).email, "cariste")
        db.commit()
    browsers = []
    for candidate_id in (person, other):
        browsers.append(Browser(a_site(organised)))
        browsers[-1].sign_in(Role.CANDIDATE, candidate_id=candidate_id)
    shown = ["vendeuse" in text_of(one.get("/my-space/applications")) for one in browsers]
    assert shown == [True, False], "the address of an account was proved"
    with organised.reading() as db:
        copied = [export_person(db, one, now=NOW)["tables"]["offer_alert"] for one in (person, other)]
    assert [len(rows) for rows in copied] == [2, 0]
    assert browsers[1].send("/my-space/alerts/1/stop", page="/account").status_code == 404
    with organised.writing() as db:
        erase_person(db, person, now=NOW)
        assert db.exec(select(OfferAlert)).all() == []
