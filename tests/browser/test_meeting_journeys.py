"""Meetings: whom a person on a telephone would like to meet, what the stand reads of it, and its answer weeks later."""

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from alpes_events.attendance.models import Registration
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.follow_up import FollowUp
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seats, Served
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW
from tests.support.web import SETTINGS


def link(purpose: Purpose, reference: str) -> str:
    return f"/{purpose}/{signed(reference, purpose=purpose, key=SETTINGS.secret_key)}"


def test_person_on_a_telephone_chooses_and_the_stand_reads_one_name(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        event_id, (stand, _other) = a_fair(db, "Filature des Prés", "Boulangerie du Coin")
        me, silent = comes(db, event_id, 901), comes(db, event_id, 902)
        wishes(db, silent, stand)
        publish_catalogue(db, event_id, now=NOW, account_id=None)
        mine = link(Purpose.MANAGE, db.get_one(Registration, me).reference)
        theirs = link(Purpose.STAND, db.get_one(Exhibitor, stand).reference or "")
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(mine)
        page.get_by_role("link", name="Choisir des employeurs").click()
        page.get_by_role("combobox", name="Premier choix").select_option(label="Filature des Prés")
        page.get_by_role("group", name="Premier choix").get_by_role("checkbox").check()
        page.get_by_role("combobox", name="Deuxième choix").select_option(label="Boulangerie du Coin")
        page.get_by_role("button", name="Enregistrer mes choix").click()
        expect(page.get_by_role("status").first).to_contain_text("C’est enregistré")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
    with seats() as seat:
        page = seat.open(theirs)
        expect(page.get_by_text("2 personnes souhaitent vous rencontrer")).to_be_visible()
        page.get_by_role("link", name="Voir qui").click()
        names = page.get_by_role("region", name="Elles vous disent leur nom")
        expect(names.get_by_role("listitem")).to_have_count(1)
    with seats(width=375, javascript=False) as seat:
        page = seat.open(f"{mine}/wishes")
        page.get_by_role("button", name="Ne plus montrer mon nom à Filature des Prés").click()
        expect(page.get_by_role("status").first).to_contain_text("cet employeur ne lit plus votre nom")
    with seats() as seat:
        page = seat.open(f"{theirs}/wishes")
        expect(page.get_by_role("region", name="Elles vous disent leur nom")).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1280])
def test_question_after_the_event_is_answered_by_its_link_without_javascript(
    seats: Seats, served: Served, width: int
) -> None:
    with served.database.writing() as db:
        asked = db.exec(select(FollowUp).order_by(col(FollowUp.id))).first()
        assert asked is not None
        path, stand = link(Purpose.FOLLOW_UP, asked.reference), asked.exhibitor_id
        db.commit()
    with seats(width=width, javascript=False) as seat:
        page = seat.open(path)
        first = page.get_by_role("group", name="Embauche 1")
        first.get_by_label("Contrat").select_option(label="CDI")
        page.get_by_role("button", name="Ajouter des lignes").click()
        expect(page.get_by_role("group", name="Embauche 4")).to_be_visible()
        first = page.get_by_role("group", name="Embauche 1")
        expect(first.get_by_label("Contrat")).to_have_value("cdi")
        page.get_by_role("button", name="Envoyer ma réponse").click()
        expect(page.get_by_role("alert")).to_contain_text("Indiquez le premier jour.")
        first.get_by_label("Premier jour").fill("2026-02-16")
        first.get_by_label("Encore là aujourd’hui ?").select_option(label="Oui")
        page.get_by_role("button", name="Envoyer ma réponse").click()
        expect(page.get_by_role("heading", name="Merci de votre réponse")).to_be_visible()
        page.get_by_role("button", name="Corriger ma réponse").click()
        expect(page.get_by_role("button", name="Envoyer ma réponse")).to_be_visible()
    with served.database.reading() as db:
        rows = db.exec(select(Hire).where(Hire.exhibitor_id == stand)).all()
    assert {row.still_there for row in rows} == {True}
    assert all(row.withdrawn_at for row in rows)
