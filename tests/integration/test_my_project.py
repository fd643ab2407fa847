"""Saying what one looks for: little is asked, nothing typed is lost, and what was understood is shown."""

from datetime import date

import pytest

from alpes_events.database.engine import Database
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.project import ProjectDraft, WorkDone, draft_of
from alpes_events.hiring.projects import keep_project, project_of
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_matching.ranking import Level, Licence, Mode, WorkTime
from tests.support.stories import NOW, an_organisation, somebody
from tests.support.web import Browser, a_site, text_of

PAGE = "/my-space/project"
FILLED = {
    "titles": "serveuse\r\nvendeur",
    "contracts": ["cdi", "cdd"],
    "least_hours": "20",
    "most_hours": "35",
    "times": ["day"],
    "available_on": "2026-09-01",
    "skills": "tenir une caisse\r\naccueillir un client",
    "job_1": "serveuse",
    "years_1": "1",
    "months_1": "6",
    "training": "3",
    "holding": "some",
    "licences": ["B"],
    "language_1": "fr",
    "level_1": "C1",
    "minutes": "45",
    "kilometres": "",
    "modes": ["transit", "bicycle"],
}
KEPT = ProjectDraft(
    titles=("serveuse", "vendeur"),
    rome_codes=("G1803",),
    skills=("tenir une caisse", "accueillir un client"),
    experience=(WorkDone("serveuse", 18, "G1803"),),
    training_level=3,
    licences=(Licence.B,),
    travel_minutes=45,
    travel_modes=(Mode.TRANSIT, Mode.BICYCLE),
    least_weekly_minutes=1200,
    most_weekly_minutes=2100,
    work_times=(WorkTime.DAY,),
    available_on=date(2026, 9, 1),
    contracts=(ContractKind.CDI, ContractKind.CDD),
    languages=(("fr", Level.C1),),
)


class Person(Browser):
    """Somebody signed in, of whom nothing is known yet."""

    def __init__(self, database: Database) -> None:
        super().__init__(a_site(database))
        self.database = database
        an_organisation(database)
        with database.writing() as db:
            self.candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
            db.commit()
        self.account_id = self.sign_in(Role.CANDIDATE, candidate_id=self.candidate_id)

    def kept(self) -> ProjectDraft | None:
        with self.database.reading() as db:
            row = project_of(db, self.candidate_id)
            return None if row is None else draft_of(row)


def test_project_is_kept_as_it_was_filled_in_and_shown_again(database: Database) -> None:
    person = Person(database)
    assert person.send(PAGE, FILLED).status_code == 303
    assert person.kept() == KEPT
    page = person.get(PAGE).get_data(as_text=True)
    assert "serveuse\nvendeur</textarea>" in page
    assert person.send(PAGE, FILLED).status_code == 303
    assert person.kept() == KEPT


def test_nothing_said_keeps_nothing(database: Database) -> None:
    person = Person(database)
    assert person.send(PAGE, {}).status_code == 303
    assert person.kept() is None


def test_sure_title_is_told_and_an_unsure_one_is_asked_about(database: Database) -> None:
    person = Person(database)
    person.send(PAGE, FILLED)
    told = text_of(person.get(PAGE))
    assert "« serveuse » : compris comme Serveur / Serveuse en restauration." in told
    assert "« vendeur », c’est plutôt…" in told
    person.send(PAGE, FILLED | {"meant_2": "D1106 vendeur"})
    kept = person.kept()
    assert kept is not None
    assert kept.rome_codes == ("G1803", "D1106")
    assert "« vendeur » : compris comme Vendeur / Vendeuse en boulangerie." in text_of(person.get(PAGE))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"minutes": "0"}, "Indiquez entre 1 et 240 minutes de trajet."),
        ({"minutes": "loin"}, "Écrivez un nombre entier"),
        ({"most_hours": "10"}, "Le plus d’heures ne peut pas être moins que le moins."),
        ({"job_2": "Cariste"}, "Dites combien de temps, même à peu près."),
        ({"years_2": "3"}, "Écrivez le métier, ou videz la durée."),
        ({"language_2": "nl"}, "Choisissez le niveau."),
        ({"level_2": "A1"}, "Choisissez la langue."),
        ({"holding": "none"}, "Vous dites ne pas avoir de permis"),
        ({"licences": []}, "Cochez le permis que vous avez."),
        ({"licences": ["Z"]}, "Choisissez une des réponses proposées."),
        ({"titles": "\n".join(f"métier {number}" for number in range(6))}, "Écrivez 5 lignes au plus"),
        ({"available_on": "2026-13-01"}, "n’existe pas"),
    ],
)
def test_what_does_not_fit_stands_beside_its_field_and_nothing_typed_is_lost(
    database: Database, answers: dict[str, object], sentence: str
) -> None:
    person = Person(database)
    shown = person.send(PAGE, FILLED | answers)
    assert shown.status_code == 422
    assert sentence in text_of(shown)
    assert 'value="serveuse"' in shown.get_data(as_text=True)
    assert person.kept() is None


def test_no_licence_is_said_and_silence_is_not(database: Database) -> None:
    person = Person(database)
    person.send(PAGE, {"titles": "serveuse", "holding": "none"})
    assert person.kept() == ProjectDraft(titles=("serveuse",), rome_codes=("G1803",), licences=())
    person.send(PAGE, {"titles": "serveuse", "holding": ""})
    assert person.kept() == ProjectDraft(titles=("serveuse",), rome_codes=("G1803",))


def test_project_of_somebody_else_is_neither_shown_nor_changed(database: Database) -> None:
    person = Person(database)
    with database.writing() as db:
        other = find_or_create_candidate(db, somebody(2), now=NOW)
        keep_project(db, other, ProjectDraft(titles=("Funambule",)), now=NOW, account_id=None)
        db.commit()
    assert "Funambule" not in text_of(person.get(PAGE))
    assert person.send(PAGE, FILLED | {"candidate_id": str(other)}).status_code == 400
