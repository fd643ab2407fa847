"""A company fills its month by the link on a telephone, a facilitator validates it, and the balance moves."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.tables.declaration_rows import HourDeclaration
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seats, Served, serving
from tests.support.databases import Templates
from tests.support.town import settle_town


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    """A town whose months are filled here, and nowhere else."""
    with templates.fresh("sqlite", settle_town) as database, serving(database) as site:
        yield site


@pytest.mark.parametrize(("language", "javascript", "hours"), [("fr", True, "12h30"), ("en", False, "31,5")])
def test_company_fills_its_month_on_a_telephone_and_a_facilitator_validates_it(
    seats: Seats, served: Served, language: str, javascript: bool, hours: str
) -> None:
    with served.database.reading() as db:
        month = db.exec(select(HourDeclaration).order_by(col(HourDeclaration.month).desc())).first()
        assert month is not None
        before = sum(one.validated for one in balances_by_lot(db).values())
    secret = signed(month.reference, purpose=Purpose.HOURS, key=served.app.config["SECRET_KEY"])
    with seats(width=375, language=language, javascript=javascript) as seat:
        page = seat.open(f"/hours/{secret}")
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        page.locator("input[name=hours_0]").fill("beaucoup")
        page.locator("button[value=send]").click()
        expect(page).to_have_title(re.compile("^(Erreur|Error)"))
        expect(page.locator("input[name=hours_0]")).to_have_value("beaucoup")
        page.locator("input[name=hours_0]").fill(hours)
        page.locator("button[value=send]").click()
        expect(page.locator("input[name=seen]")).to_have_count(1)  # the ledger has hours of that month already
        page.locator("button[value=send]").click()
        expect(page.locator("button[value=save]")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 375
    with seats(width=375, role=Role.FACILITATOR) as desk:
        page = desk.open(f"/staff/clause/declarations/{month.id}")
        page.locator("input[name=line][type=checkbox]").first.check()
        page.locator("button[value=validate]").first.click()
        expect(page.locator("input[name=line]:checked")).to_have_count(1)
        page.locator("select[name=counting]").select_option("added")
        page.locator("button[value=validate]").first.click()
        expect(page.locator("button[formaction]").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        with served.database.reading() as db:
            after = sum(one.validated for one in balances_by_lot(db).values())
        assert after > before
        with page.expect_navigation():
            page.locator("button[formaction]").first.click()  # undone for who comes next


def test_decision_is_undone_while_other_lines_wait_whatever_was_ticked(seats: Seats, served: Served) -> None:
    with served.database.reading() as db:
        month = db.exec(select(HourDeclaration).order_by(col(HourDeclaration.month))).first()
        assert month is not None
    with seats(width=1280, role=Role.FACILITATOR) as desk:
        page = desk.open(f"/staff/clause/declarations/{month.id}")
        waiting = page.locator("input[name=line][type=checkbox]")
        expect(waiting).to_have_count(2)
        page.locator("tr", has_text="60 h").locator("input[name=line]").check()
        page.locator("select[name=counting]").select_option("added")
        page.locator("button[value=validate]").first.click()
        expect(waiting).to_have_count(1)
        waiting.first.check()
        page.locator("textarea[name=reason], input[name=reason]").fill("Pas encore")
        page.locator("button[formaction]").first.click()
        expect(waiting).to_have_count(2)
