"""Offers for a person with their reasons, objecting with one button, and the public page printed from the rules."""

from dataclasses import replace

import pytest

from alpes_events.database.engine import Database
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project, project_of
from alpes_matching.ranking import CRITERIA, Licence, card
from alpes_web.fit_words import _ASKED_AT
from alpes_web.matching_words import CRITERION_WORDS
from alpes_web.project_form import ProjectForm
from tests.integration.test_my_project import Person
from tests.support.hiring import an_offer
from tests.support.stories import NOW
from tests.support.web import text_of

PAGE = "/my-space/offers-for-me"
SELLER = ProjectDraft(titles=("Vendeuse",), rome_codes=("D1106",), skills=("accueillir un client",))


class Seller(Person):
    """Somebody who looks for work in a shop, and an offer of it."""

    def __init__(self, database: Database, project: ProjectDraft = SELLER) -> None:
        super().__init__(database)
        with database.writing() as db:
            self.offer_id = an_offer(db, rome_code="D1106", licence="permis B")
            self.slug = db.get_one(JobOffer, self.offer_id).slug
            keep_project(db, self.candidate_id, project, now=NOW, account_id=None)
            db.commit()

    def objects(self) -> bool:
        with self.database.reading() as db:
            row = project_of(db, self.candidate_id)
            return row is not None and row.objected_at is not None


def test_offer_comes_with_what_speaks_for_it_what_is_unknown_and_where_to_say_it(database: Database) -> None:
    person = Seller(database)
    page = person.get(PAGE)
    told = text_of(page)
    assert "Le métier de l’offre est recherché." in told
    assert "Personne n’est refusé automatiquement." in told
    assert "%" not in text_of(page).split("Qui décide ?")[0].split("Des offres pour moi")[-1]
    assert 'href="/my-space/project#holding-0"' in page.get_data(as_text=True)


def test_what_is_missing_speaks_against_and_is_never_a_refusal(database: Database) -> None:
    person = Seller(database, replace(SELLER, licences=()))
    told = text_of(person.get(f"{PAGE}/{person.slug}"))
    assert "Permis demandé et manquant : B." in told
    assert "Il manque quelque chose d’important pour ce poste : permis. Vous pouvez postuler quand même." in told
    with person.database.writing() as db:
        keep_project(db, person.candidate_id, replace(SELLER, licences=(Licence.B,)), now=NOW, account_id=None)
        db.commit()
    assert "Il manque quelque chose d’important" not in text_of(person.get(f"{PAGE}/{person.slug}"))


def test_who_said_nothing_is_asked_and_not_ranked(database: Database) -> None:
    person = Seller(database, ProjectDraft())
    for path in (PAGE, f"{PAGE}/{person.slug}"):
        told = text_of(person.get(path))
        assert "Dites d’abord ce que vous cherchez" in told
        assert "Ce qui va" not in told


def test_objecting_ends_every_comparison_and_is_taken_back_with_one_button(database: Database) -> None:
    person = Seller(database)
    for _twice in range(2):
        assert person.send(f"{PAGE}/stop", page=PAGE).status_code == 303
    assert person.objects()
    for path in (PAGE, f"{PAGE}/{person.slug}"):
        told = text_of(person.get(path))
        assert "Vous n’êtes plus classé" in told
        assert "Ce qui va" not in told
    assert person.send(f"{PAGE}/again", page=PAGE).status_code == 303
    assert not person.objects()
    assert "Le métier de l’offre est recherché." in text_of(person.get(PAGE))


def test_offer_that_is_not_shown_is_explained_to_nobody(database: Database) -> None:
    assert Seller(database).get(f"{PAGE}/inconnue").status_code == 404


def test_offer_leads_its_reader_to_their_reasons(database: Database) -> None:
    person = Seller(database)
    assert f'href="{PAGE}/{person.slug}"' in person.get(f"/job-offers/{person.slug}").get_data(as_text=True)


def test_public_page_says_every_criterion_with_its_weight(database: Database) -> None:
    told = text_of(Person(database).get("/how-ranking-works"))
    for criterion in CRITERIA:
        assert f"{criterion.label.french} {criterion.weight} {CRITERION_WORDS[criterion.code]}" in told


def test_public_page_says_what_is_measured_and_what_is_not(database: Database) -> None:
    told = text_of(Person(database).get("/how-ranking-works"))
    for figure in card().figures:
        assert figure.label.french in told
    assert "non mesuré" in told
    assert "L’âge, le sexe, le nom" in told


@pytest.mark.parametrize("words", [CRITERION_WORDS, _ASKED_AT])
def test_every_criterion_has_its_words_and_its_question(words: dict[str, str]) -> None:
    assert words.keys() == {criterion.code for criterion in CRITERIA}


def test_every_question_that_is_pointed_at_is_in_the_form() -> None:
    assert {name.removesuffix("-0") for name in _ASKED_AT.values()} <= set(dir(ProjectForm))
