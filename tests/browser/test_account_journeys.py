"""An account of staff from its invitation to the two steps of signing in, in a browser without JavaScript and with."""

import re

import pyotp
import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from alpes_events.messages.account_mail import invite, issue_password_link
from alpes_events.people.accounts import AccountIn
from alpes_events.people.models import Role
from alpes_events.people.protection import PasswordLink
from alpes_events.people.totp import step_of
from tests.browser.conftest import Seats, Served
from tests.support.stories import NOW

PHRASE = "colombe verger lundi"


def invited(served: Served, email: str) -> str:
    """The secret of the link that the invitation's mail carries."""
    with served.database.writing() as db:
        invite(db, AccountIn(email, "Julie Petit", Role.ADVISOR, invited=True), now=NOW, account_id=None)
        link_id = db.exec(select(PasswordLink.id).order_by(col(PasswordLink.id).desc())).first() or 0
        issued = issue_password_link(db, link_id, now=NOW)
        db.commit()
    assert issued is not None
    return issued.secret


@pytest.mark.parametrize(("width", "javascript"), [(375, False), (1280, True)])
def test_colleague_chooses_a_password_and_sets_up_the_second_step(
    seats: Seats, served: Served, width: int, *, javascript: bool
) -> None:
    email = f"julie{width}@example.org"
    with seats(width=width, javascript=javascript) as seat:
        page = seat.open(f"/staff/password/{invited(served, email)}")
        expect(page.locator("h1")).to_contain_text("Bienvenue, Julie Petit")
        page.get_by_label("Mot de passe").fill(PHRASE)
        page.get_by_role("button", name="Choisir ce mot de passe").click()
        expect(page.get_by_role("status")).to_contain_text("Connectez-vous")
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_label("Mot de passe").fill(PHRASE)
        page.get_by_role("button", name="Se connecter").click()
        page.get_by_role("link", name="Julie Petit").click()
        expect(page.locator(".opened li")).to_have_count(1)
        page.get_by_role("link", name="L’activer").click()
        key = page.locator("code.key").inner_text().replace(" ", "")
        code = pyotp.TOTP(key)
        page.get_by_label("Code à six chiffres").fill("000 000")
        page.get_by_role("button", name="Activer").click()
        expect(page).to_have_title(re.compile("^Erreur"))
        assert page.locator("code.key").inner_text().replace(" ", "") == key
        page.get_by_label("Code à six chiffres").fill(code.generate_otp(step_of(NOW)))
        page.get_by_role("button", name="Activer").click()
        expect(page.locator(".recovery li")).to_have_count(10)
        recovery = page.locator(".recovery code").first.inner_text()
        assert page.get_by_role("button", name="Imprimer").is_visible() is javascript
    with seats(width=width, javascript=javascript) as seat:
        page = seat.open("/staff/sign-in?next=/account")
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_label("Mot de passe").fill(PHRASE)
        page.get_by_role("button", name="Se connecter").click()
        expect(page.locator("h1")).to_have_text("Votre code de connexion")
        page.get_by_label("Code").fill(code.generate_otp(step_of(NOW)))
        page.get_by_role("button", name="Se connecter").click()
        expect(page.locator("#code-e")).to_contain_text("a déjà servi")
        page.get_by_label("Code").fill(recovery)
        page.get_by_role("button", name="Se connecter").click()
        expect(page.locator("h1")).to_have_text("Mon compte")
        page.get_by_role("button", name="Déconnecter tous les autres").click()
        expect(page.get_by_role("status")).to_contain_text("Les autres navigateurs sont déconnectés")
        expect(page.locator(".opened li")).to_have_count(1)


def test_administrator_invites_by_the_keyboard_and_sees_who_has_no_password_yet(seats: Seats) -> None:
    with seats(role=Role.ADMINISTRATOR) as seat:
        page = seat.open("/staff/accounts")
        page.get_by_role("link", name="Inviter un collègue").press("Enter")
        page.get_by_label("Prénom et nom").press_sequentially("Karim Diallo")
        page.keyboard.press("Tab")
        page.keyboard.type("karim@example.org")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Karim Diallo")
        expect(page.get_by_role("status")).to_contain_text("L’invitation part")
        page.get_by_role("button", name="Annuler le lien envoyé").press("Enter")
        expect(page.locator("main")).to_contain_text("aucun lien ne court")
        page.get_by_role("link", name="Comptes", exact=True).first.press("Enter")
        expect(page.get_by_role("row", name="Karim Diallo")).to_contain_text("Sans mot de passe")
