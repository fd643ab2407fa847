"""One search for everything: grouped, of what the visitor may see, and written to the audit."""

from urllib.parse import urlencode

import pytest
from sqlmodel import select

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel, Registration
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.people.models import AccessAudit, Candidate, Role
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("prénomc", True),
        ("personne2@example.org", True),
        ("0639980007", True),
        ("98 00 07", True),
        ("!!!", False),
        ("personne1@example.org", False),
    ],
)
def test_advisor_finds_their_own_people_by_all_that_is_known_of_them(
    organised: Database, text: str, *, found: bool
) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    a_town(organised, account_id=advisor.account_id)
    with organised.writing() as db:
        candidate = db.exec(select(Candidate).where(Candidate.email == "personne2@example.org")).one()
        candidate.telephone = "+33639980007"
        event_id = an_event(db, title="Ailleurs")
        signs_up(db, event_id, 7, telephone_only=True)
        db.commit()
    for path in ("/staff/search", "/staff/my-people", f"/staff/events/{event_id}/sign-up"):
        page = text_of(advisor.get(f"{path}?{urlencode({'q': text})}"))
        assert ("Prénomc Nomc" in page, "Prénomb" in page) == (found, False), path


def test_advisor_is_led_to_those_of_their_people_who_are_not_shown(organised: Database) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    with organised.writing() as db:
        event_id = an_event(db, capacity=20)
        for number in range(10):
            form = SignUp(
                event_id=event_id, channel=Channel.ADVISOR, person=somebody(number), account_id=advisor.account_id
            )
            register(db, form, now=NOW)
        db.commit()
    page = advisor.get("/staff/search?q=nom").get_data(as_text=True)
    assert 'href="/staff/my-people?q=nom"' in page
    assert advisor.get("/staff/my-people?q=nom").get_data(as_text=True).count("Prénom") >= 10


@pytest.mark.parametrize("role", [Role.DOOR, Role.READER])
def test_door_and_readers_find_nobody(organised: Database, role: Role) -> None:
    sign_up = a_town(organised)
    desk = Desk(organised, role, event_id=sign_up.event_id)
    answer = desk.get("/staff/search?q=nomb")
    assert answer.status_code == 403
    assert "Prénomb" not in text_of(answer)
    assert searched(organised) == []
    assert "data-search-all" not in desk.get("/account").get_data(as_text=True)
