"""One search for everything: grouped, of what the visitor may see, and written to the audit."""

import pytest
from sqlmodel import select

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel, Registration
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.people.models import AccessAudit, Role
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up, somebody
from tests.support.web import text_of


def a_town(database: Database, *, account_id: int | None = None) -> Registration:
    """An event called after somebody's name, that person's sign-up, and somebody signed up by the account."""
    with database.writing() as db:
        event_id = an_event(db, title="Atelier de Nomb", capacity=5)
        first = signs_up(db, event_id, 1)
        if account_id is not None:
            form = SignUp(event_id=event_id, channel=Channel.ADVISOR, person=somebody(2), account_id=account_id)
            register(db, form, now=NOW)
        db.commit()
        return db.get_one(Registration, first.registration_id)


def searched(database: Database) -> list[tuple[int | None, int | None]]:
    with database.reading() as db:
        rows = db.exec(select(AccessAudit).where(AccessAudit.action == "searched")).all()
    return [(row.account_id, row.count) for row in rows]


def test_people_and_events_answer_in_groups_and_the_search_is_audited(organised: Database) -> None:
    a_town(organised)
    desk = Desk(organised)
    page = text_of(desk.get("/staff/search?q=nomb"))
    assert "Prénomb Nomb" in page
    assert "Atelier de Nomb" in page
    assert "Rien ne répond" in text_of(desk.get("/staff/search?q=zzzzzzzz"))
    desk.get("/staff/search")
    assert searched(organised) == [(desk.account_id, 1), (desk.account_id, 0)]


def test_reference_leads_to_its_sign_up(organised: Database) -> None:
    sign_up = a_town(organised)
    page = Desk(organised).get(f"/staff/search?q={sign_up.reference.lower()}").get_data(as_text=True)
    assert f'href="/staff/sign-ups/{sign_up.id}"' in page


def test_advisor_finds_their_own_people_and_no_reference_of_others(organised: Database) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    sign_up = a_town(organised, account_id=advisor.account_id)
    assert "Prénomc Nomc" in text_of(advisor.get("/staff/search?q=nomc"))
    others = text_of(advisor.get("/staff/search?q=nomb"))
    assert "Prénomb" not in others
    assert "Atelier de Nomb" in others
    assert "Cette référence" not in text_of(advisor.get(f"/staff/search?q={sign_up.reference}"))


@pytest.mark.parametrize("role", [Role.DOOR, Role.READER])
def test_door_and_readers_find_nobody(organised: Database, role: Role) -> None:
    sign_up = a_town(organised)
    desk = Desk(organised, role, event_id=sign_up.event_id)
    answer = desk.get("/staff/search?q=nomb")
    assert answer.status_code == 403
    assert "Prénomb" not in text_of(answer)
    assert searched(organised) == []
    assert "data-search-all" not in desk.get("/account").get_data(as_text=True)
