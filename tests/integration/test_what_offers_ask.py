"""The experience and the training level that an offer asks: through every door, and into the ranking."""

import csv
import io
import json
import re
from typing import Any

import pytest
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.project import ProjectDraft, WorkDone
from alpes_events.hiring.ranking import explanation
from alpes_events.language.refusal import Refusal
from alpes_matching.ranking import State
from tests.integration.test_employer_offers import DRAFT, Space
from tests.integration.test_offer_files import brought
from tests.integration.test_ranking import TODAY, _person
from tests.support.hiring import a_company, an_offer
from tests.support.staff import Desk
from tests.support.web import Browser, a_site, text_of

ASKED: dict[str, Any] = {"experience_months": 24, "training_level": 4}


def _asked(database: Database) -> list[tuple[int | None, int | None]]:
    with database.reading() as db:
        rows = db.exec(select(JobOffer.experience_months, JobOffer.training_level).order_by(JobOffer.id))  # type: ignore[arg-type]
        return list(rows)


def test_coordinator_writes_what_is_asked_and_corrects_it(organised: Database) -> None:
    with organised.writing() as db:
        company = a_company(db)
        db.commit()
    desk = Desk(organised)
    typed = {"title": "Cariste", "company": company, "contract": "cdi"}
    refused = desk.fill("/staff/offers/new", "title", **typed, experience_months="beaucoup")
    assert refused.status_code == 422
    assert "Écrivez l’expérience comme « débutant accepté »" in text_of(refused)
    assert 'value="beaucoup"' in refused.get_data(as_text=True)
    made = desk.fill("/staff/offers/new", "title", **typed, experience_months="2 ans", training_level="4")
    assert _asked(organised) == [(24, 4)]
    page = text_of(desk.get(made.location))
    assert "2 ans" in page
    assert "niveau 4 : bac" in page
    assert desk.fields(f"{made.location}/edit", "title")["experience_months"] == "2 ans"
    desk.fill(f"{made.location}/edit", "title", experience_months="débutants acceptés", training_level="")
    assert _asked(organised) == [(0, None)]
    bad = desk.fill(f"{made.location}/edit", "title", experience_months="30 ans", training_level="9")
    assert bad.status_code == 422


def test_employer_writes_what_is_asked(organised: Database) -> None:
    space = Space(organised)
    typed = {**DRAFT, "experience_months": "6 mois", "training_level": "3"}
    sent = space.browser.send(space.path("new"), typed, page=space.path("new"))
    assert sent.status_code == 303
    assert _asked(organised) == [(6, 3)]
    assert "6 mois" in text_of(space.browser.get(sent.location))


def test_public_page_and_programs_are_told(organised: Database) -> None:
    with organised.writing() as db:
        an_offer(db, **ASKED)
        an_offer(db, title="Débutant", experience_months=0)
        db.commit()
    public = Browser(a_site(organised))
    address = "/job-offers/vendeur-ou-vendeuse-en-boulangerie"
    page = public.get(address)
    assert "Expérience 2 ans" in text_of(page)
    assert "Formation Niveau 4" in text_of(page)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.get_data(as_text=True), re.DOTALL)
    assert found is not None
    told = json.loads(found[1])
    assert told["experienceRequirements"] == {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": 24,
    }
    assert told["educationRequirements"]["credentialCategory"] == "high school"
    assert '"no requirements"' in public.get("/job-offers/debutant").get_data(as_text=True)
    offers = public.get("/api/v1/offers").get_json()["offers"]
    assert [(one["experience_months"], one["training_level"]) for one in offers] == [(0, None), (24, 4)]


def test_files_bring_and_take_what_is_asked(organised: Database) -> None:
    file = "intitulé;entreprise;contrat;expérience;niveau de formation\n"
    file += "Vendeur ou vendeuse;Boulangerie;CDI;2 ans;4\nCariste (H/F);Entrepôt;CDI;débutant accepté;\n"
    report = brought(organised, file + "Soudeur (H/F);Atelier;CDI;longue;3\nAide (H/F);Soins;CDI;;12\n")
    assert (report.added, report.refused) == (2, 2)
    assert _asked(organised) == [(24, 4), (0, None)]
    sheet = Desk(organised).get("/staff/offers?as=csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";" if ";" in sheet.splitlines()[0] else ","))
    assert {(row["expérience"], row["niveau de formation"]) for row in rows} == {
        ("2 ans", "4"),
        ("débutant accepté", ""),
    }


@pytest.mark.parametrize("asked", [{"experience_months": -1}, {"experience_months": 241}, {"training_level": 2}])
def test_what_cannot_be_asked_is_refused(organised: Database, asked: dict[str, Any]) -> None:
    with organised.writing() as db, pytest.raises(Refusal):
        an_offer(db, **asked)


def test_what_is_asked_is_ranked_and_beginners_are_asked_nothing(organised: Database) -> None:
    project = ProjectDraft(rome_codes=("D1106",), experience=(WorkDone("Vendeuse", 6, "D1106"),), training_level=3)
    with organised.writing() as db:
        person = _person(db, 1, project)
        demanding, open_to_all = an_offer(db, rome_code="D1106", **ASKED), an_offer(db, rome_code="D1106")
        beginners = an_offer(db, rome_code="D1106", experience_months=0)
        found = {
            offer_id: explanation(db, offer_id, person, today=TODAY) for offer_id in (demanding, open_to_all, beginners)
        }
    states = {
        offer_id: {one.criterion: one.state for one in why.reasons}
        for offer_id, why in found.items()
        if why is not None
    }
    assert states[demanding]["experience"] is states[demanding]["training"] is State.KNOWN
    assert states[beginners] == states[open_to_all]
    assert states[beginners]["experience"] is State.NOT_ASKED
    first = found[demanding]
    assert first is not None
    assert first.contributions["experience"] < 0
