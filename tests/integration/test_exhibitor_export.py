"""The requests for stands of an event taken away: each door gives the same rows, and unknown stays empty."""

import pytest

from alpes_events.agenda.commands import the_event
from alpes_events.database.engine import Database
from alpes_events.fair.call import set_call
from tests.integration.test_imports import imported
from tests.integration.test_intake_commands import alpes, exported
from tests.integration.test_staff_exports import audited, rows
from tests.integration.test_stand_pages import CALL, filled, village
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site


@pytest.fixture
def event_id(organised: Database) -> int:
    """An event at which two companies ask for the one stand of a village."""
    with organised.writing() as db:
        made = an_event(db)
        set_call(db, made, CALL, now=NOW, account_id=None)
        slug = the_event(db, made).slug
        db.commit()
    browser = Browser(a_site(organised))
    where = village(organised, made, "Textile")
    first = filled(where, name="=Atelier du Nord", recruiter_count="2", looking_for="Piqueuses, piqueurs")
    browser.send(f"/events/{slug}/stand", first)
    browser.send(f"/events/{slug}/stand", filled(where, name="Tissage Réuni", email="t@example.org", options=[]))
    return made


def test_file_says_what_was_asked_and_answered_and_leaves_the_unknown_empty(organised: Database, event_id: int) -> None:
    told = exported(alpes(organised, "export", "exhibitors", "--event", str(event_id)))
    columns = ("exposant", "état", "village", "Une prise électrique", "recruteurs", "repas", "il manque", "e-mail")
    assert [tuple(row[column] for column in columns) for row in told] == [
        ("'=Atelier du Nord", "à traiter", "Textile", "oui", "2", "", "", "nadia@example.org"),
        ("Tissage Réuni", "liste d’attente", "Textile", "non", "", "", "recruteurs, postes", "t@example.org"),
    ]
    assert audited(organised) == [(None, "event", event_id, 2)]


def test_page_gives_the_same_rows_as_the_command_and_its_filters_narrow_them(
    organised: Database, event_id: int
) -> None:
    desk, page = Desk(organised), f"/staff/events/{event_id}/stands/requests"
    whole = rows(desk.get(f"{page}?as=csv"))
    assert whole == exported(alpes(organised, "export", "exhibitors", "--event", str(event_id)))
    waiting = rows(desk.get(f"{page}?state=waitlisted&as=csv"))
    assert waiting == [row for row in whole if row["état"] == "liste d’attente"]
    assert f"{page}?as=xlsx" in desk.get(page).get_data(as_text=True)


def test_file_imported_again_changes_nothing(organised: Database, event_id: int) -> None:
    content = alpes(organised, "export", "exhibitors", "--event", str(event_id)).stdout_bytes
    report = imported(organised, "exhibitors", content)
    assert (report.added, report.there, report.issues) == (0, 2, ())


def test_event_that_is_not_there_is_said(organised: Database) -> None:
    refused = alpes(organised, "export", "exhibitors", "--event", "inconnu")
    assert refused.exit_code == 1
    assert "n’existe pas" in refused.stderr
