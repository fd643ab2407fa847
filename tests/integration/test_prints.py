"""Printed lists of an event: everyone who has a place, by session; only for its own door; noted in the audit."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from sqlmodel import col, select

from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.sessions import add_session
from alpes_events.database.engine import Database
from alpes_events.errands.models import ErrandState, FileRole
from alpes_events.errands.queries import file_of, report_of
from alpes_events.people.models import AccessAudit, Role
from tests.support.errands import a_worker, view
from tests.support.pdf import pages_of
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, somebody


def test_sheet_to_sign_has_a_part_for_each_session_and_those_who_have_a_place(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=2)
        draft = SessionDraft(
            title="Atelier CV",
            room="Salle bleue",
            starts_at=STARTS_AT,
            ends_at=STARTS_AT + timedelta(hours=1),
            capacity=5,
        )
        session_id = add_session(db, event_id, draft, now=NOW, account_id=None)
        for number in range(3):
            signs_up(db, event_id, number)
        signs_up(db, event_id, 7, session_id=session_id)
        db.commit()
    answer = Desk(organised).get(f"/staff/events/{event_id}/sign-in-sheet.pdf")
    whole, workshop = pages_of(answer.data)
    assert [name in whole for name in ("Noma", "Nomb", "Nomc", "Nomh")] == [True, True, False, False]
    assert "2 personnes attendues" in whole
    assert "Atelier CV" in workshop
    assert "Nomh" in workshop
    with organised.reading() as db:
        assert db.exec(select(AccessAudit.count).where(AccessAudit.action == "exported")).all() == [3]


def test_sheet_of_another_event_does_not_exist_for_its_door(organised: Database) -> None:
    with organised.writing() as db:
        starts, ends = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
        mine, other = (an_event(db, starts_at=starts, ends_at=ends) for _ in range(2))
        db.commit()
    door = Desk(organised, Role.DOOR, event_id=mine)
    assert door.get(f"/staff/events/{other}/sign-in-sheet.pdf").status_code == 404
    assert door.get(f"/staff/events/{mine}/sign-in-sheet.pdf").mimetype == "application/pdf"


def test_many_convocations_are_a_folder_of_parts_in_each_ones_language(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=200)
        for number in range(120):
            signs_up(db, event_id, number)
        signs_up(db, event_id, 500, person=replace(somebody(500), language="en"), language="en")
        db.commit()
    desk = Desk(organised)
    overview = f"/staff/events/{event_id}"
    page = desk.press(f"{overview}/convocations", overview).location
    assert a_worker(organised).perform_due() == 1
    errand_id = int(page.rsplit("/", 1)[1])
    with organised.reading() as db:
        made = file_of(db, errand_id, FileRole.RESULT)
    with ZipFile(BytesIO(made.content)) as folder:
        parts = {name: pages_of(folder.read(name)) for name in folder.namelist()}
    assert [name[-13:] for name in parts] == ["0001-0100.pdf", "0101-0121.pdf"]
    pages = [page for part in parts.values() for page in part]
    assert (len(pages), view(organised, errand_id).counts) == (121, {"people": 121})
    assert sum("Présentez cette page" in page for page in pages) == 120
    assert desk.get(f"{page}/result").mimetype == "application/zip"
    with organised.reading() as db:
        noted = db.exec(select(AccessAudit.count).where(col(AccessAudit.subject_kind) == "event")).all()
    assert noted == [121]


def test_few_convocations_are_one_document(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=5)
        for number in range(3):
            signs_up(db, event_id, number)
        db.commit()
    desk = Desk(organised)
    page = desk.press(f"/staff/events/{event_id}/convocations", f"/staff/events/{event_id}").location
    a_worker(organised).perform_due()
    fetched = desk.get(f"{page}/result")
    assert fetched.mimetype == "application/pdf"
    assert [name in " ".join(pages_of(fetched.data)) for name in ("Noma", "Nomb", "Nomc")] == [True] * 3


def test_event_where_nobody_is_expected_says_so(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        db.commit()
    desk = Desk(organised)
    page = desk.press(f"/staff/events/{event_id}/convocations", f"/staff/events/{event_id}").location
    a_worker(organised).perform_due()
    found = view(organised, int(page.rsplit("/", 1)[1]))
    with organised.reading() as db:
        assert "rien à imprimer" in report_of(db, found)["trouble"]["fr"]
    assert found.state is ErrandState.FAILED
