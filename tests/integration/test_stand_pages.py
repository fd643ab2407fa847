"""An employer asks for a stand by the public form, follows it by the link of the mail, and the coordinator decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from alpes_events.agenda.commands import the_event
from alpes_events.companies.models import Company, CompanyContact, Establishment
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, VillageDraft, set_call, villages_of
from alpes_events.fair.codes import ExhibitorState, Missing, PlaceKind, StandOption
from alpes_events.fair.models import Exhibitor
from alpes_events.messages.exhibitors import enqueue_stand_chases
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.rendering import render
from alpes_events.people.models import Role
from alpes_web.links import SiteLinks
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import NOW, an_event
from tests.support.web import SETTINGS, Browser, a_site, text_of

CALL = CallDraft(
    capacity=5,
    place_kinds=(PlaceKind.STAND, PlaceKind.TABLE),
    options=(StandOption.ELECTRICITY, StandOption.MEALS),
    asked_for=(Missing.JOBS, Missing.RECRUITERS),
    complete_by=NOW + timedelta(days=7),
    rules="Le stand est tenu toute la journée.",
    villages=(VillageDraft("Textile", 1), VillageDraft("Bâtiment", 2)),
)


@pytest.fixture
def fair(organised: Database) -> tuple[Database, int, str]:
    """A published event open to exhibitors."""
    with organised.writing() as db:
        event_id = an_event(db)
        set_call(db, event_id, CALL, now=NOW, account_id=None)
        slug = the_event(db, event_id).slug
        db.commit()
    return organised, event_id, slug


def filled(village_id: int | None, **changed: object) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "name": "SARL Atelier du Nord",
        "siret": "",
        "commune_name": "Lambersart",
        "given_name": "Nadia",
        "family_name": "Dupont",
        "email": "nadia@example.org",
        "telephone": "06 39 98 00 01",
        "place_kind": "table",
        "village_id": str(village_id),
        "options": "electricity",
        "rules": "y",
    } | changed


def village(database: Database, event_id: int, name: str) -> int | None:
    with database.reading() as db:
        return next(one.id for one in villages_of(db, event_id) if one.name == name)


def test_request_makes_the_company_its_contact_and_a_message(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    browser = Browser(a_site(database))
    assert "Demander un stand" in text_of(browser.get(f"/events/{slug}"))
    answer = browser.send(f"/events/{slug}/stand", filled(village(database, event_id, "Textile")))
    assert answer.status_code == 303
    assert "Votre demande est reçue" in text_of(browser.get(answer.location))
    with database.reading() as db:
        stand = db.exec(select(Exhibitor)).one()
        assert (stand.name, stand.state, stand.insee_code, stand.in_territory) == (
            "SARL Atelier du Nord",
            ExhibitorState.REQUESTED,
            "59328",
            True,
        )
        assert (stand.place_kind, stand.options, stand.holds_seat) == (PlaceKind.TABLE, ["electricity"], True)
        assert db.get_one(Company, stand.company_id).name == "SARL Atelier du Nord"
        assert db.get_one(CompanyContact, stand.contact_id).email == "nadia@example.org"
    deliver_messages(database, Clock())
    with database.reading() as db:
        messages = db.exec(select(OutboxMessage)).all()
        assert [(one.kind, one.contact_id, one.exhibitor_id) for one in messages] == [
            ("stand_received", stand.contact_id, stand.id)
        ]


def test_same_company_asks_for_two_events_and_stays_one(organised: Database) -> None:
    slugs = []
    with organised.writing() as db:
        for title in ("Salon d’avril", "Salon de mai"):
            event_id = an_event(db, title=title)
            set_call(db, event_id, CallDraft(), now=NOW, account_id=None)
            slugs.append(the_event(db, event_id).slug)
        db.commit()
    browser = Browser(a_site(organised))
    for slug, name in zip(slugs, ("SARL Atelier du Nord", "L’ATELIER DU NORD"), strict=True):
        data = filled(None, name=name)
        for gone in ("village_id", "options", "rules"):
            del data[gone]
        assert browser.send(f"/events/{slug}/stand", data | {"place_kind": "stand"}).status_code == 303
    with organised.reading() as db:
        assert len(db.exec(select(Company)).all()) == 1
        assert len(db.exec(select(Establishment)).all()) == 1
        assert len(db.exec(select(CompanyContact)).all()) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"siret": "123 456 789 00012"}, "un chiffre est faux"),
        ({"email": "pas une adresse"}, "adresse e-mail ne semble pas complète"),
        ({"rules": ""}, "Acceptez les règles"),
        ({"village_id": "999"}, "Choisissez un des villages"),
        ({"name": ""}, "Écrivez le nom de l’entreprise"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    fair: tuple[Database, int, str], changed: dict[str, object], sentence: str
) -> None:
    database, event_id, slug = fair
    browser = Browser(a_site(database))
    data = filled(village(database, event_id, "Textile"), note="<b>à garder</b>") | changed
    data = {name: value for name, value in data.items() if value != "" or name == "name"}
    answer = browser.send(f"/events/{slug}/stand", data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "&lt;b&gt;à garder&lt;/b&gt;" in answer.get_data(as_text=True)
    with database.reading() as db:
        assert (db.exec(select(Exhibitor)).all(), db.exec(select(Company)).all()) == ([], [])


def test_own_link_completes_and_withdraws_and_another_purpose_opens_nothing(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    browser = Browser(a_site(database))
    browser.send(f"/events/{slug}/stand", filled(village(database, event_id, "Textile")))
    waits = filled(village(database, event_id, "Textile"), name="Tissage Réuni", email="t@example.org")
    assert "liste d’attente" in text_of(browser.get(browser.send(f"/events/{slug}/stand", waits).location))
    with browser.app.test_request_context(base_url="http://agenda.example.org"), database.reading() as db:
        from alpes_web.own_stand import stand_address

        first = db.exec(select(Exhibitor).order_by(Exhibitor.id)).first()  # type: ignore[arg-type]
        assert first is not None
        address = stand_address(first.reference or "")
    page = text_of(browser.get(address))
    assert "Il nous manque encore" in page
    assert browser.get(address.replace("/stand/", "/my-sign-up/")).status_code == 404
    own = {
        "name": "Atelier du Nord",
        "looking_for": "Piqueuses",
        "recruiter_count": "2",
        "place_kind": "table",
        "village_id": str(village(database, event_id, "Textile")),
    }
    assert browser.send(address, own).status_code == 303
    assert "Il nous manque encore" not in text_of(browser.get(address))
    assert browser.send(f"{address}/withdraw", {}, page=address).status_code == 303
    with database.reading() as db:
        states = {one.name: one.state.value for one in db.exec(select(Exhibitor))}
    assert states == {"Atelier du Nord": "withdrawn", "Tissage Réuni": "requested"}


def test_coordinator_opens_the_call_accepts_sends_back_declines_and_takes_back(
    fair: tuple[Database, int, str],
) -> None:
    database, event_id, slug = fair
    Browser(a_site(database)).send(f"/events/{slug}/stand", filled(village(database, event_id, "Bâtiment")))
    staff = Browser(a_site(database))
    staff.sign_in(Role.COORDINATOR)
    home = f"/staff/events/{event_id}/stands/requests"
    assert "À traiter" in text_of(staff.get(home))
    with database.reading() as db:
        exhibitor_id = db.exec(select(Exhibitor.id)).one()
    one = f"{home}/{exhibitor_id}"
    assert staff.send(f"{one}/send-back", {"reason": "Quels métiers ?"}, page=one).status_code == 303
    assert staff.send(f"{one}/accept", {}, page=one).status_code == 303
    assert staff.send(f"{one}/decline", {"reason": ""}, page=one).status_code == 422
    assert staff.send(f"{one}/decline", {"reason": "Doublon"}, page=one).status_code == 303
    assert staff.send(f"{one}/back", {}, page=one).status_code == 303
    assert staff.get(f"/staff/events/{event_id + 1}/stands/requests/{exhibitor_id}").status_code == 404
    deliver_messages(database, Clock())
    with database.reading() as db:
        kinds = [message.kind for message in db.exec(select(OutboxMessage).order_by(OutboxMessage.id))]  # type: ignore[arg-type]
        assert kinds == [
            "stand_received",
            "stand_to_complete",
            "stand_accepted",
            "stand_declined",
            "stand_received",
        ]
    assert staff.send(f"{home}/close", {}, page=home).status_code == 303
    assert Browser(a_site(database)).get(f"/events/{slug}/stand").status_code == 409
    call = {
        "villages": "Textile : 3\nBâtiment : 2\nServices",
        "place_kinds": "stand",
        "opens_on": "2026-03-01",
        "closes_on": "2026-03-11",
    }
    assert staff.send(f"{home}/call", call).status_code == 303
    assert Browser(a_site(database)).get(f"/events/{slug}/stand").status_code == 200
    assert staff.send(f"{home}/call", call | {"villages": "Textile : beaucoup"}).status_code == 422


def test_who_waits_reads_which_village_is_full(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    browser = Browser(a_site(database))
    for name in ("Atelier du Nord", "Tissage Réuni"):
        browser.send(f"/events/{slug}/stand", filled(village(database, event_id, "Textile"), name=name))
    deliver_messages(database, Clock())
    with database.reading() as db:
        (waits,) = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "stand_waitlisted")).all()
        told = render(moment_of(db, waits, now=NOW), SiteLinks("http://agenda.example.org", SETTINGS.secret_key))
    assert "Toutes les places du village « Textile » sont prises à" in " ".join(told.text.split())


def test_who_owes_something_is_chased_on_the_days_before_and_once_a_day(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    Browser(a_site(database)).send(f"/events/{slug}/stand", filled(village(database, event_id, "Bâtiment")))
    with database.writing() as db:
        stand = db.exec(select(Exhibitor)).one()
        stand.state = ExhibitorState.ACCEPTED
        db.add(stand)
        counts = [
            enqueue_stand_chases(db, day=(NOW + timedelta(days=days)).date(), now=NOW) for days in (0, 0, 1, 5, 7)
        ]
        assert counts == [1, 0, 0, 1, 1]
        stand.looking_for, stand.recruiter_count = "Maçons", 1
        db.add(stand)
        db.flush()
        assert enqueue_stand_chases(db, day=(NOW + timedelta(days=-7)).date(), now=NOW) == 0


def test_employer_finds_the_stands_of_their_company_and_of_no_other(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    anybody = Browser(a_site(database))
    anybody.send(f"/events/{slug}/stand", filled(village(database, event_id, "Textile")))
    other = filled(village(database, event_id, "Bâtiment"), name="Tissage Réuni", email="t@example.org")
    anybody.send(f"/events/{slug}/stand", other)
    employer = Browser(a_site(database))
    account_id = employer.sign_in(Role.EMPLOYER)
    with database.writing() as db:
        ids = {one.name: one.id or 0 for one in db.exec(select(Company))}
        speak_by_invitation(db, ids["SARL Atelier du Nord"], account_id, now=NOW, account_id=None)
        db.commit()
    own = text_of(employer.get(f"/employer/companies/{ids['SARL Atelier du Nord']}"))
    assert "Nos stands" in own
    assert "Tissage" not in own
    assert employer.get(f"/employer/companies/{ids['Tissage Réuni']}").status_code == 404


def test_title_of_a_page_holds_no_markup_and_what_was_typed_is_inert(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    name = "Tissage des Trois-Moulins & Fils"
    Browser(a_site(database)).send(f"/events/{slug}/stand", filled(village(database, event_id, "Textile"), name=name))
    with database.reading() as db:
        exhibitor_id = db.exec(select(Exhibitor.id)).one()
    staff = Browser(a_site(database))
    staff.sign_in(Role.COORDINATOR)
    page = staff.get(f"/staff/events/{event_id}/stands/requests/{exhibitor_id}").get_data(as_text=True)
    title = page.split("<title>")[1].split("</title>")[0]
    assert title.startswith("Tissage des Trois-Moulins &amp; Fils, ")
