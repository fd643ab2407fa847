"""Signs, badges, catalogue and set-up list: tagged PDF from the rows as they are."""

from collections.abc import Iterator
from functools import partial

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.documents.stands import Badge, Heading, badges_pdf
from alpes_events.fair.codes import StandOption
from alpes_events.fair.models import Exhibitor, Recruiter
from alpes_events.fair.plan import place_everybody
from alpes_events.fair.plan_refusals import NothingToPrint
from alpes_events.fair.printing import Print, print_stands
from alpes_events.fair.recruiters import set_recruiters
from alpes_events.fair.refusals import BadRequest
from alpes_events.hiring.catalogue import print_with_jobs
from alpes_events.hiring.codes import ContractKind, OfferState
from alpes_events.hiring.commands import end_offer
from alpes_events.people.models import AccessAudit, Role
from tests.integration.test_stand_plan import a_fair
from tests.support.hiring import an_offer
from tests.support.pdf import elements_of, pages_of, reader_of
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def a_placed_fair(db: Session) -> int:
    event_id, made = a_fair(db, stands=4)
    place_everybody(db, event_id, now=NOW, account_id=None)
    set_recruiters(db, db.get_one(Exhibitor, made[0]), ["Nadia Dupont", "Ali", "Nadia Dupont"])
    return event_id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_print_says_who_stands_where(db: Session, language: str) -> None:
    event_id = a_placed_fair(db)
    signs = print_stands(db, event_id, Print.SIGNS, language=language)
    assert len(pages_of(signs)) == 4
    assert all("Entreprise 0" in page for page in pages_of(signs))
    catalogue = " ".join(pages_of(print_stands(db, event_id, Print.CATALOGUE, language=language)))
    order = [catalogue.index(one) for one in ("Textile", "Entreprise 00", "Entreprise 02", "Bâtiment", "Entreprise 01")]
    assert order == sorted(order)
    installed = " ".join(pages_of(print_stands(db, event_id, Print.SET_UP, language=language)))
    assert ("prise" if language == "fr" else "socket") in installed
    assert reader_of(signs).trailer["/Root"]["/Lang"] == language  # type: ignore[index]


def test_meals_that_were_asked_for_without_a_number_stand_in_the_set_up_list(db: Session) -> None:
    event_id = a_placed_fair(db)
    first, second = db.exec(select(Exhibitor).where(Exhibitor.event_id == event_id).order_by(col(Exhibitor.id))).all()[
        :2
    ]
    first.options, second.options = [StandOption.MEALS], [StandOption.MEALS]
    second.meal_count = 3
    db.flush()
    listed = " ".join(pages_of(print_stands(db, event_id, Print.SET_UP, language="fr")))
    assert (listed.count("repas : combien ?"), listed.count("repas : 3")) == (1, 1)


def test_catalogue_lists_under_each_stand_the_offers_that_are_shown(db: Session) -> None:
    event_id, made = a_fair(db, stands=3)
    company_id = db.get_one(Exhibitor, made[1]).company_id
    brings = partial(an_offer, db, company_id=company_id, exhibitor_id=made[1])
    brings(place_count=3)
    brings(title="Cuisinier ou cuisinière", contract=ContractKind.CDD, contract_months=6)
    withdrawn = brings(title="Plongeur ou plongeuse")
    end_offer(db, withdrawn, OfferState.WITHDRAWN, now=NOW, account_id=None)
    today = NOW.date()
    page = " ".join(pages_of(print_with_jobs(db, event_id, Print.CATALOGUE, today=today, language="fr")))
    words = " ".join(page.replace("\u202f", " ").replace("\xa0", " ").split())
    assert words.index("Entreprise 01") < words.index("Vendeur ou vendeuse en boulangerie, CDI, 3 postes")
    assert "Cuisinier ou cuisinière, CDD, 6 mois" in words
    assert "Plongeu" not in words


def test_badge_for_each_name_with_a_code_that_stays(db: Session) -> None:
    event_id = a_placed_fair(db)
    [page] = pages_of(print_stands(db, event_id, Print.BADGES, language="fr"))
    assert "Nadia Dupont" in page
    assert "Ali" in page
    stand = db.exec(select(Exhibitor).where(Exhibitor.name == "Entreprise 00")).one()
    codes = {row.given_name: row.reference for row in db.exec(select(Recruiter))}
    assert set_recruiters(db, stand, ["Nadia Dupont", "Léa Petit"])
    assert not set_recruiters(db, stand, ["Léa Petit", "Nadia Dupont"])
    again = {row.given_name: row.reference for row in db.exec(select(Recruiter))}
    assert again["Nadia"] == codes["Nadia"]
    assert set(again) == {"Nadia", "Léa"}
    with pytest.raises(BadRequest, match="écrivez un prénom et un nom"):
        set_recruiters(db, stand, ["=1+1"])


def test_ten_badges_stand_on_a_page_and_each_code_has_its_alternative() -> None:
    badges = [Badge(f"Personne {number}", "Atelier", "A1", f"K7M-2QX-{number:03d}") for number in range(21)]
    document = badges_pdf(badges, Heading("Salon", "Jeudi", "", "MDE"), language="fr")
    assert len(pages_of(document)) == 3
    pictures = [words for role, words in elements_of(document) if role == "Figure"]
    assert pictures == [f"Code QR du badge de Personne {number}" for number in range(21)]


def test_nothing_to_print_is_said_and_prints_that_name_people_are_noted(organised: Database) -> None:
    with organised.writing() as db:
        event_id, empty = a_placed_fair(db), an_event(db)
        with pytest.raises(NothingToPrint):
            print_stands(db, empty, Print.CATALOGUE, language="fr")
        db.commit()
    staff = Browser(a_site(organised))
    staff.sign_in(Role.COORDINATOR)
    for what in Print:
        answer = staff.get(f"/staff/events/{event_id}/plan/print/{what.value}.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert staff.get(f"/staff/events/{empty}/plan/print/badges.pdf").status_code == 409
    with organised.reading() as db:
        noted = [row.action for row in db.exec(select(AccessAudit)) if row.subject_kind == "event"]
    assert len(noted) == 2
