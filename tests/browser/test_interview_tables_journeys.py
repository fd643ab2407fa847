"""Before a job dating: an employer opens its tables by the link of its stand, somebody on a telephone chooses three."""

import re

from playwright.sync_api import Page, expect

from alpes_events.attendance.models import Registration
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.interviews.hours import Hours, hours_of
from alpes_web.links import Purpose
from tests.browser.conftest import Seats, Served
from tests.browser.test_meeting_journeys import link
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW

NAMES = ("Scierie du Bac", "Laiterie Vive", "Garage de la Lys", "Halle aux Draps")


def said(words: str) -> re.Pattern[str]:
    """These words, whatever blanks stand between them."""
    return re.compile(r"[\s\u2060]*".join(map(re.escape, words.split())))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_employer_opens_a_table_then_one_like_it_and_says_whom_to_meet(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        event_id, (stand,) = a_fair(db, "Tannerie du Nord")
        wishes(db, comes(db, event_id, 911), (stand, True))
        theirs = link(Purpose.STAND, db.get_one(Exhibitor, stand).reference or "")
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(theirs)
        page.get_by_role("link", name="Ouvrir une table").click()
        expect(page.get_by_label("Ouvre à")).to_be_visible()
        assert fits(page)
        page.get_by_label("Ouvre à").fill("14:00")
        page.get_by_label("Ferme à").fill("13:00")
        page.get_by_label("Durée d’un entretien").select_option(label="15 minutes")
        page.get_by_role("button", name="Ouvrir la table").click()
        expect(page.get_by_role("alert")).to_contain_text("Cette heure est en dehors de l’événement")
        expect(page.get_by_label("Durée d’un entretien")).to_have_value("15")
        page.get_by_label("Ferme à").fill("16:00")
        pause = page.get_by_role("group", name="Pause 1")
        pause.get_by_label("Début").fill("15:00")
        pause.get_by_label("Fin").fill("15:15")
        page.get_by_role("button", name="Ouvrir la table").click()
        expect(page.get_by_text(said("14 h – 16 h, 15 minutes par entretien, pause 15 h – 15 h 15"))).to_be_visible()
        page.get_by_role("button", name="Une table de plus, comme Table 1").click()
        expect(page.get_by_text("14 entretiens possibles")).to_be_visible()
        assert fits(page)
        page.get_by_role("link", name="Changer Table 2").click()
        page.get_by_role("button", name="Retirer la table").click()
        expect(page.get_by_role("heading", name="Votre table")).to_be_visible()
        page = seat.open(f"{theirs}/wishes")
        page.get_by_role("button", name="Je souhaite rencontrer").click()
        expect(page.get_by_text("vous souhaitez la rencontrer", exact=True)).to_be_visible()
        assert fits(page)


def test_person_on_a_telephone_chooses_three_employers_and_says_when_they_are_there(
    seats: Seats, served: Served
) -> None:
    with served.database.writing() as db:
        event_id, _stands = a_fair(db, *NAMES)
        me = comes(db, event_id, 912)
        publish_catalogue(db, event_id, now=NOW, account_id=None)
        mine = link(Purpose.MANAGE, db.get_one(Registration, me).reference)
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(mine)
        page.get_by_role("link", name="Choisir des employeurs").click()
        for place, name in zip(("Premier", "Deuxième", "Troisième"), NAMES[:3], strict=False):
            page.get_by_role("combobox", name=f"{place} choix").select_option(label=name)
        page.get_by_role("group", name="Deuxième choix").get_by_role("checkbox").check()
        page.get_by_label("J’arrive à").fill("15:30")
        page.get_by_label("Je repars à").fill("15:00")
        page.get_by_role("button", name="Enregistrer mes choix").click()
        expect(page.get_by_role("alert")).to_contain_text("L’heure de départ doit être après l’heure d’arrivée")
        expect(page.get_by_role("combobox", name="Troisième choix").locator("option:checked")).to_have_text(NAMES[2])
        page.get_by_label("Je repars à").fill("16:30")
        page.get_by_label("Combien d’entretiens, au plus ?").select_option(label="2")
        page.get_by_role("button", name="Enregistrer mes choix").click()
        expect(page.get_by_text(said("Vous êtes là : de 15 h 30 à 16 h 30, 2 entretiens au plus"))).to_be_visible()
        assert fits(page)
    with served.database.reading() as db:
        assert hours_of(db, me) == Hours(90, 150, 2)
