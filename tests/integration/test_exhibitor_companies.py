"""An exhibitor whom staff write in is its company's: found again by name and town, chosen where two fit; whoever
speaks for the company then has the stand in their space, with its place on the plan and nobody else's name.
"""

from sqlmodel import Session, select

from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.models import Company
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.halls import draw_hall
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.plan import place_everybody
from alpes_events.fair.plan_queries import own_hall
from alpes_events.fair.tying import give_links
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.support.employers import LA_MADELEINE, a_company
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event
from tests.support.web import SETTINGS, Browser, a_site, text_of


def written_in(database: Database, event_id: int, name: str, commune: str = "") -> int:
    """An exhibitor added by the form of the event's page. Gives its id."""
    desk = Desk(database)
    home = f"/staff/events/{event_id}/stands"
    fields = {"name": name, "commune": commune, "in_territory": "", "looking_for": "Soudeuses et soudeurs"}
    assert desk.press(f"{home}/exhibitors", home, **fields).status_code == 303
    with database.reading() as db:
        return int(db.exec(select(Exhibitor.id).where(Exhibitor.name == name)).one() or 0)


def company_of(db: Session, exhibitor_id: int) -> int | None:
    return the_exhibitor(db, exhibitor_id).company_id


def test_exhibitor_written_in_is_the_company_of_its_name_however_typed_and_written_to_at_its_contact(
    organised: Database,
) -> None:
    with organised.writing() as db:
        event_id, company_id = an_event(db), a_company(db, "Atelier du Nord")
        contact = add_contact(db, company_id, ContactDraft("Haddad", email="rh@nord.example"), now=NOW, account_id=None)
        db.commit()
    known, new = (
        written_in(organised, event_id, "ATELIER DU NORD SAS", "Lambersart"),
        written_in(organised, event_id, "Filature"),
    )
    with organised.reading() as db:
        assert company_of(db, known) == company_id
        assert the_exhibitor(db, known).contact_id == contact
        assert db.get_one(Company, company_of(db, new) or 0).name == "Filature"


def test_exhibitor_that_could_be_two_companies_is_asked_about_and_tied_by_hand(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        ids = [a_company(db, "Atelier du Nord"), a_company(db, "Atelier du Nord", LA_MADELEINE)]
        db.commit()
    desk = Desk(organised)
    exhibitor_id = written_in(organised, event_id, "Atelier du Nord")
    with organised.reading() as db:
        assert company_of(db, exhibitor_id) is None
    page = f"/staff/events/{event_id}/stands/exhibitors/{exhibitor_id}"
    asked = text_of(desk.get(page))
    assert ("rattaché à aucune entreprise" in asked, asked.count("Rattacher à Atelier du Nord")) == (True, 2)
    assert desk.press(f"{page}/company/999", page).status_code == 404
    assert desk.press(f"{page}/company/{ids[1]}", page).status_code == 303
    with organised.reading() as db:
        assert company_of(db, exhibitor_id) == ids[1]


def test_stand_written_in_is_in_the_space_of_who_speaks_for_the_company_with_its_place_on_the_plan(
    organised: Database,
) -> None:
    with organised.writing() as db:
        event_id, company_id = an_event(db), a_company(db, "Atelier du Nord")
        db.commit()
    exhibitor_id = written_in(organised, event_id, "Atelier du Nord", "Lambersart")
    written_in(organised, event_id, "Filature des Prés")
    with organised.writing() as db:
        draw_hall(db, event_id, "Grande salle", "##\nE.", now=NOW, account_id=None)
        place_everybody(db, event_id, now=NOW, account_id=None)
        reference = the_exhibitor(db, exhibitor_id).reference or ""
        db.commit()
    address = f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}"
    employer = Browser(a_site(organised))
    account_id = employer.sign_in(Role.EMPLOYER)
    assert employer.get(f"/employer/companies/{company_id}").status_code == 404
    with organised.writing() as db:
        speak_by_invitation(db, company_id, account_id, now=NOW, account_id=None)
        db.commit()
    assert address in employer.get(f"/employer/companies/{company_id}").get_data(as_text=True)
    page = text_of(employer.get(address))
    assert ("Votre place sur le plan" in page, "Grande salle" in page, "Filature" in page) == (True, True, False)
    assert "Ce que vous apportez" not in page, "no call, so nothing is asked"
    with organised.reading() as db:
        hall = own_hall(db, event_id, exhibitor_id)
        assert hall is not None
        assert sorted(booth.exhibitor for booth in hall.booths) == ["", "Atelier du Nord"]


def test_stand_tied_before_stands_had_links_gets_one_once_and_comes_into_the_space(organised: Database) -> None:
    with organised.writing() as db:
        event_id, company_id = an_event(db), a_company(db, "Atelier du Nord")
        contact = add_contact(db, company_id, ContactDraft("Haddad", email="rh@nord.example"), now=NOW, account_id=None)
        db.commit()
    ids = [written_in(organised, event_id, name) for name in ("ATELIER DU NORD", "Sans entreprise")]
    with organised.writing() as db:
        old, alone = (the_exhibitor(db, one) for one in ids)
        old.company_id, old.reference, old.contact_id = company_id, None, None
        alone.company_id = alone.reference = alone.contact_id = None
        db.commit()
    employer = Browser(a_site(organised))
    with organised.writing() as db:
        speak_by_invitation(db, company_id, employer.sign_in(Role.EMPLOYER), now=NOW, account_id=None)
        db.commit()
        assert (give_links(db, now=NOW), give_links(db, now=NOW)) == (1, 0)
        db.commit()
        old, alone = (the_exhibitor(db, one) for one in ids)
        assert (old.contact_id, alone.reference) == (contact, None)
        address = f"/stand/{signed(old.reference or '', purpose=Purpose.STAND, key=SETTINGS.secret_key)}"
    assert address in employer.get(f"/employer/companies/{company_id}").get_data(as_text=True)
    assert employer.get(address).status_code == 200
