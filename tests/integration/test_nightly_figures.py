"""The whole first road: signed up, present, told to the journal, compiled at night, read as a figure."""

from datetime import timedelta
from pathlib import Path

from alpes_events.agenda.models import Counter
from alpes_events.attendance.door_count import DoorTally, count_visitors
from alpes_events.attendance.models import Presence
from alpes_events.attendance.presence import mark_presence
from alpes_events.database.engine import Database
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.settings.deployment import Deployment
from alpes_events.statistics.year_report import year_report
from alpes_scheduler import daily, duties
from alpes_scheduler.desk import Desk
from tests.support.stories import STARTS_AT, an_event, signs_up

AFTER = STARTS_AT + timedelta(hours=20)


def test_presence_of_the_day_is_a_figure_of_the_night(organised: Database, tmp_path: Path) -> None:
    settings = Deployment(secret_key="clé-d-essai-0123456789-abcdefghij-ABCDEF", var_folder=tmp_path)
    desk = Desk(organised, settings, FolderCarrier(tmp_path / "mail"), lambda: AFTER)
    with organised.writing() as db:
        event_id = an_event(db, capacity=None, visitors_counter=Counter.COLLECTED)
        came, stayed_away, _not_noted = (signs_up(db, event_id, number) for number in range(3))
        for answer, presence in ((came, Presence.ATTENDED), (stayed_away, Presence.NO_SHOW)):
            key = f"mark-{answer.registration_id}"
            mark_presence(db, answer.registration_id, presence, mark_key=key, now=STARTS_AT, account_id=None)
        tally = DoorTally(at=STARTS_AT, visitor_count=12)
        count_visitors(db, event_id, tally, count_key="door-1", now=STARTS_AT, account_id=None)
        db.commit()

    duties.deliver_journal(desk)
    duties.close_events(desk)
    duties.deliver_journal(desk)
    assert daily.compile_figures(desk, AFTER.date()) == 3, "the event, its month and its year"
    assert daily.compile_figures(desk, AFTER.date()) == 0, "nothing was touched since"

    with organised.reading() as db:
        report = year_report(db, 2026).as_json()
    (event,) = report["events"]
    assert {name: event[name] for name in ("visitors", "participants", "interviews", "exhibitors")} == {
        "visitors": 12,
        "participants": 1,
        "interviews": None,
        "exhibitors": None,
    }
    assert report["totals"]["participants"] == 1
    assert report["totals"]["participants_events_known"] == 1
    assert (report["totals"]["interviews"], report["totals"]["interviews_events_known"]) == (None, 0)
