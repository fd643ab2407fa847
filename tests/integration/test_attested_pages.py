"""The pages of attested counts: the years to switch between, and what they ask for can be entered."""

import re
from decimal import Decimal
from typing import Any

from alpes_events.attested.commands import AttestedDraft, attest
from alpes_events.attested.models import AttestedCount
from alpes_events.database.engine import Database
from tests.support.report_figures import ATTESTED_ON, FIGURE
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

BY: dict[str, Any] = {"now": NOW, "account_id": None}
ATTESTED = "/staff/reports/attested"


def test_year_out_of_reason_is_refused_and_what_was_typed_stays(organised: Database) -> None:
    desk = Desk(organised)
    typed = {"period": "0223", "value": "12", "source": "i-Milo", "attested_on": "2026-02-01"}
    answer = desk.fill(f"{ATTESTED}/2026/new?figure={FIGURE}", "value", **typed)
    assert (answer.status_code, "va de 1990 à 2036" in text_of(answer)) == (422, True)
    assert 'value="0223"' in answer.get_data(as_text=True)


def test_years_to_switch_between_are_those_that_have_a_page(organised: Database) -> None:
    with organised.writing() as db:
        said = AttestedDraft(FIGURE, "2025", Decimal(12), "i-Milo", ATTESTED_ON)
        db.get_one(AttestedCount, attest(db, said, **BY)).period = "0223"
        db.commit()
    page = Desk(organised).get(f"{ATTESTED}/2026").get_data(as_text=True)
    shown = page.partition('aria-label="Année"')[2].partition("</nav>")[0]
    years = [int(one) for one in re.findall(rf'href="{ATTESTED}/(\d+)"', shown)]
    assert years == list(range(2026, 1989, -1))


def test_figure_whose_months_do_not_add_up_asks_for_its_year_and_for_no_month(organised: Database) -> None:
    with organised.writing() as db:
        attest(db, AttestedDraft("ml.young_in_contact", "2025-03", Decimal(10), "i-Milo", ATTESTED_ON), **BY)
        attest(db, AttestedDraft("ml.interviews", "2025-03", Decimal(10), "i-Milo", ATTESTED_ON), **BY)
        db.commit()
    desk = Desk(organised)
    said = {
        name: "Attesté par mois, il manque" in text_of(desk.get(f"/staff/reports/figures/2025/{name}?lang=fr"))
        for name in ("ml.young_in_contact", "ml.interviews")
    }
    assert said == {"ml.young_in_contact": False, "ml.interviews": True}


def test_heading_counts_a_figure_once_whatever_its_months_and_no_target(organised: Database) -> None:
    desk = Desk(organised)
    before = heading(desk)
    with organised.writing() as db:
        for name, period in ((FIGURE, "2025-01"), (FIGURE, "2025-02"), (f"{FIGURE}@target", "2025")):
            attest(db, AttestedDraft(name, period, Decimal(12), "i-Milo", ATTESTED_ON), **BY)
        db.commit()
    assert heading(desk) == before


def heading(desk: Desk) -> int:
    """How many figures the heading of 2025 says that others count."""
    found = re.search(r"(\d+) chiffres viennent", text_of(desk.get(f"{ATTESTED}/2025?lang=fr")))
    assert found is not None
    return int(found[1])


def test_figure_that_is_counted_here_is_refused_by_its_name_with_the_reason(organised: Database) -> None:
    desk = Desk(organised)
    typed = {"period": "2025", "value": "12", "source": "i-Milo", "attested_on": "2026-02-01"}
    refused = desk.fill(f"{ATTESTED}/2025/new", "value", indicator="mde.offers.published", **typed)
    assert (refused.status_code, "se compte ou se calcule ici" in text_of(refused)) == (422, True)
    unknown = desk.fill(f"{ATTESTED}/2025/new", "value", indicator="rien de tel", **typed)
    assert (unknown.status_code, "Aucun nom ne répond" in text_of(unknown)) == (422, True)
    member = desk.fill(f"{ATTESTED}/2025/new", "value", indicator="ml.financial_aid.Repas.amount_eur", **typed)
    assert member.status_code == 303
