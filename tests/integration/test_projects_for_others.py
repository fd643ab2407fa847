"""An advisor or a coordinator fills in what a person looks for, and what is held of it is told in words."""

import pytest

from alpes_events.database.engine import Database
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project, object_to_ranking, project_of
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.privacy.own_document import own_document
from tests.support.pdf import pages_of
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.web import text_of


def _somebody(database: Database) -> int:
    with database.writing() as db:
        candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
        db.commit()
    return candidate_id


def test_coordinator_fills_in_the_project_of_a_person(organised: Database) -> None:
    person, desk = _somebody(organised), Desk(organised)
    path = f"/staff/my-people/{person}/project"
    assert f'href="{path}"' in desk.get(f"/staff/people/{person}").get_data(as_text=True)
    assert desk.send(path, {"titles": "serveuse"}).status_code == 303
    with organised.reading() as db:
        kept = project_of(db, person)
        assert kept is not None
        assert (kept.titles, kept.rome_codes, kept.revised_by is None) == (["serveuse"], ["G1803"], False)
    told = text_of(desk.get(f"/staff/people/{person}/history"))
    assert "Ce que la personne cherche : mis à jour" in told


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.READER])
def test_project_of_somebody_who_is_not_theirs_is_nobodys(organised: Database, role: Role) -> None:
    person = _somebody(organised)
    assert Desk(organised, role).get(f"/staff/my-people/{person}/project").status_code in {403, 404}


def test_objection_is_told_to_who_fills_in_and_stays(organised: Database) -> None:
    person, desk = _somebody(organised), Desk(organised)
    with organised.writing() as db:
        object_to_ranking(db, person, objects=True, now=NOW, account_id=None)
        db.commit()
    path = f"/staff/my-people/{person}/project"
    assert "Cette personne a demandé à ne pas être classée" in text_of(desk.get(path))
    desk.send(path, {"titles": "serveuse"})
    with organised.reading() as db:
        kept = project_of(db, person)
        assert kept is not None
        assert kept.objected_at == NOW
    assert "Ne plus classer cette personne pour les offres, à sa demande" in text_of(
        desk.get(f"/staff/people/{person}/history")
    )


def test_copy_of_ones_data_says_what_one_looks_for(organised: Database) -> None:
    person = _somebody(organised)
    draft = ProjectDraft(titles=("Serveuse",), licences=(), training_level=3, travel_minutes=45)
    with organised.writing() as db:
        keep_project(db, person, draft, now=NOW, account_id=None)
        object_to_ranking(db, person, objects=True, now=NOW, account_id=None)
        db.commit()
    with organised.reading() as db:
        told = " ".join(" ".join(pages_of(own_document(db, person, language="fr", now=NOW))).split())
    for words in ("Ce que vous cherchez", "ne plus être classé", "Serveuse", "CAP, BEP", "aucun", "45"):
        assert words in told
