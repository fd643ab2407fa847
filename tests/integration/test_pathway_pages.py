"""Pages of pathways: what is done there, that nothing of health shows, and that what is another's does not exist."""

import re
from datetime import date
from itertools import pairwise

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.intake.pathway_export import pathways_sheet
from alpes_events.pathways.directory import PathwayChoice
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import Enrolment, FundingPeriod, PathwayExit, PathwayStep, ReservedCriterion, StepKind
from alpes_events.pathways.periods import PeriodDraft, add_period
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.privacy.own_document import own_document
from tests.support.pdf import pages_of
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.web import text_of

ENTERED, LEFT = date(2025, 2, 3), date(2026, 1, 20)
_HEALTH = ("Santé", "Travailleur handicapé", "RQTH", "health")


def a_person(db: Session, number: int = 1) -> int:
    return find_or_create_candidate(db, somebody(number), now=NOW)


def in_the_plie(database: Database, number: int = 1) -> tuple[int, int]:
    """Somebody in the PLIE for two criteria, one of health. Gives the person and the pathway."""
    with database.writing() as db:
        who = a_person(db, number)
        pathway_id = enter(db, EnrolmentDraft(who, "PLIE", ENTERED, ("RSA", "RQTH")), now=NOW, account_id=None)
        db.commit()
    return who, pathway_id


def test_person_is_looked_for_and_enters_a_scheme(organised: Database) -> None:
    with organised.writing() as db:
        who = a_person(db)
        db.commit()
    desk = Desk(organised)
    assert f"person={who}" in desk.get(f"/staff/pathways/new?q={somebody(1).family_name}").get_data(as_text=True)
    path = f"/staff/pathways/new?person={who}"
    refused = desk.fill(path, "entered_on", scheme_code="PLIE", entered_on="2027-01-01", operator="Le CCAS")
    assert refused.status_code == 422
    assert "L’entrée ne peut pas être dans l’avenir" in text_of(refused)
    assert 'value="Le CCAS"' in refused.get_data(as_text=True)
    answer = desk.fill(path, "entered_on", scheme_code="PLIE", entered_on="2025-02-03", criteria=["RSA", "RQTH"])
    assert answer.status_code == 303
    page = text_of(desk.get(answer.location))
    assert "Bénéficiaire du RSA" in page
    assert not any(word in page for word in _HEALTH)
    with organised.reading() as db:
        assert list(db.exec(select(ReservedCriterion.code))) == ["RQTH"]
    twice = desk.fill(path, "entered_on", scheme_code="PLIE", entered_on="2025-06-01")
    assert (twice.status_code, "suit déjà ce dispositif" in text_of(twice)) == (422, True)
    assert f'href="{answer.location}"' in twice.get_data(as_text=True)


def test_exit_asks_for_what_its_reason_needs_and_keeps_what_was_typed(organised: Database) -> None:
    _who, pathway_id = in_the_plie(organised)
    desk, path = Desk(organised), f"/staff/pathways/{pathway_id}/exit/new"
    typed = {"reason": "employment", "exited_on": "2026-01-20", "proof": "Contrat de travail"}
    refused = desk.fill(path, "reason", **typed, job_months="5")
    assert (refused.status_code, "au moins 6 mois continus" in text_of(refused)) == (422, True)
    assert 'value="Contrat de travail"' in refused.get_data(as_text=True)
    assert desk.fill(path, "reason", **typed, job_months="6").status_code == 303
    page = text_of(desk.get(f"/staff/pathways/{pathway_id}"))
    assert ("Sortie positive" in page, "du 3 février 2025 au 20 janvier 2026" in page) == (True, True)
    taken = desk.fill(f"/staff/pathways/{pathway_id}/exit/take-back", "why", why="Encore là")
    assert taken.status_code == 303
    page = text_of(desk.get(f"/staff/pathways/{pathway_id}"))
    assert "Encore là" in page
    assert "En cours" in page


def test_nothing_of_health_shows_on_pages_or_in_files(organised: Database) -> None:
    who, pathway_id = in_the_plie(organised)
    with organised.writing() as db:
        leave(db, pathway_id, ExitDraft(LEFT, "health"), now=NOW, account_id=None)
        db.commit()
    desk = Desk(organised)
    base = f"/staff/pathways/{pathway_id}"
    desk.fill(f"{base}/exit/edit", "why", exited_on="2026-01-21", why="Un jour plus tard")
    for path in (
        base,
        "/staff/pathways",
        "/staff/pathways?as=csv",
        "/staff/pathways/participants.csv?scheme=PLIE&year=2026",
        f"/staff/people/{who}",
        f"/staff/people/{who}/history",
    ):
        answer = desk.get(path)
        assert answer.status_code == 200
        content = answer.get_data(as_text=True)
        assert not any(word in content for word in _HEALTH), path
    with organised.reading() as db:
        told = " ".join(" ".join(pages_of(own_document(db, who, language="fr", now=NOW))).split())
    assert "Travailleur handicapé" in told
    assert "Santé (sortie légitime)" in told


def test_legitimate_exits_read_alike_whatever_their_reason(organised: Database) -> None:
    desk, read = Desk(organised), []
    for number, reason in enumerate(("health", "moved", "retired"), 1):
        _who, pathway_id = in_the_plie(organised, number)
        with organised.writing() as db:
            leave(db, pathway_id, ExitDraft(LEFT, reason), now=NOW, account_id=None)
            db.commit()
        base = f"/staff/pathways/{pathway_id}"
        edit = f"{base}/exit/edit"
        asked = text_of(desk.get(edit))
        assert desk.fill(edit, "why", exited_on="2026-01-21", why="Un jour plus tard").status_code == 303
        told = [asked, text_of(desk.get(base))]
        with organised.reading() as db:
            sheets = pathways_sheet(db, PathwayChoice(text=somebody(number).email), language="fr")
        told.append(str(sheets.rows[0][sheets.heading.index("motif de sortie") :]))
        names = (somebody(number).given_name, somebody(number).family_name, f"n° {pathway_id}")
        read.append([re.sub("|".join(names), "…", one) for one in told])
        with organised.reading() as db:
            kept = db.get_one(PathwayExit, pathway_id).reason
        assert kept == ("RESERVED" if reason == "health" else reason)
    assert read[0] == read[1] == read[2]
    assert "Sortie légitime" in read[0][1]


def test_steps_are_noted_corrected_and_taken_back_with_their_history(organised: Database) -> None:
    _who, pathway_id = in_the_plie(organised)
    desk, base = Desk(organised), f"/staff/pathways/{pathway_id}"
    early = desk.fill(f"{base}/steps/new", "kind", kind="training", starts_on="2025-02-02", label="Titre")
    assert (early.status_code, "commence avant l’entrée" in text_of(early)) == (422, True)
    assert desk.fill(f"{base}/steps/new", "kind", kind="training", starts_on="2025-03-01").status_code == 303
    with organised.reading() as db:
        step_id = db.exec(select(PathwayStep.id)).one()
    edit = f"{base}/steps/{step_id}/edit"
    assert desk.fill(edit, "kind", kind="employment").status_code == 422
    assert desk.fill(edit, "kind", kind="employment", why="C’était un emploi").status_code == 303
    page = text_of(desk.get(base))
    assert "C’était un emploi" in page
    assert "Avant : genre Formation" in page
    assert desk.fill(f"{base}/steps/{step_id}/withdraw", "why", why="Noté deux fois").status_code == 303
    assert "Aucune étape notée" in text_of(desk.get(base))


def test_step_of_another_pathway_does_not_exist(organised: Database) -> None:
    _one, first = in_the_plie(organised)
    _two, second = in_the_plie(organised, 2)
    with organised.writing() as db:
        step_id = add_step(db, first, StepDraft(StepKind.TRAINING, ENTERED), now=NOW, account_id=None)
        db.commit()
    desk = Desk(organised)
    for what in ("edit", "withdraw"):
        path = f"/staff/pathways/{second}/steps/{step_id}/{what}"
        assert desk.get(path).status_code == 404
        assert desk.press(path, f"/staff/pathways/{second}/steps/new").status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.DOOR])
def test_pathways_are_for_those_who_coordinate_or_follow_people(organised: Database, role: Role) -> None:
    _who, pathway_id = in_the_plie(organised)
    desk = Desk(organised, role, event_id=None)
    for path in ("", "/new", f"/{pathway_id}", f"/{pathway_id}/exit/new", "/periods", "/participants.csv"):
        assert desk.get(f"/staff/pathways{path}").status_code == 403


def test_open_pathways_go_on_in_a_new_period_at_one_press(organised: Database) -> None:
    for number in (1, 2):
        in_the_plie(organised, number)
    desk = Desk(organised)
    new = desk.fill(
        "/staff/pathways/periods/new",
        "label",
        scheme_code="PLIE",
        label="FSE+ 2026",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
    )
    assert new.status_code == 303
    assert "2 parcours ouverts attendent" in text_of(desk.get("/staff/pathways/periods"))
    with organised.reading() as db:
        period_id = db.exec(select(FundingPeriod.id)).one()
    desk.press(f"/staff/pathways/periods/{period_id}/carry-over", "/staff/pathways/periods")
    assert "Il en reste 0" in text_of(desk.get("/staff/pathways/periods"))
    with organised.reading() as db:
        assert len(db.exec(select(Enrolment.id).where(Enrolment.funding_period_id == period_id)).all()) == 2


def test_file_without_names_has_one_pseudonym_for_a_person_in_every_year(organised: Database) -> None:
    who, pathway_id = in_the_plie(organised)
    in_the_plie(organised, 2)
    with organised.writing() as db:
        leave(db, pathway_id, ExitDraft(LEFT, "gave_up"), now=NOW, account_id=None)
        add_period(db, PeriodDraft("PLIE", "FSE+ 2026", date(2026, 1, 1), date(2026, 12, 31)))
        db.commit()
    desk = Desk(organised)
    years = []
    for year in (2025, 2026):
        content = desk.get(f"/staff/pathways/participants.csv?scheme=PLIE&year={year}").get_data(as_text=True)
        person = somebody(1)
        assert not any(said in content for said in (person.family_name, person.given_name, person.email))
        years.append([line.split(";") for line in content.splitlines()[1:]])
    one, other = ({row[0]: row for row in rows} for rows in years)
    assert one.keys() == other.keys()
    assert len(one) == 2
    left = [name for name, row in other.items() if "Abandon" in row[-1]]
    assert len(left) == 1
    assert one[left[0]][-1] == ""
    assert str(who) not in one


def test_pages_are_each_called_something_else(organised: Database) -> None:
    who, first = in_the_plie(organised)
    with organised.writing() as db:
        leave(db, first, ExitDraft(LEFT, "moved"), now=NOW, account_id=None)
        second = enter(db, EnrolmentDraft(who, "PLIE", NOW.date()), now=NOW, account_id=None)
        db.commit()
    desk = Desk(organised)
    paths = ["", "/new", f"/{first}", f"/{second}", f"/{first}/exit/edit", f"/{first}/exit/take-back"]
    paths += [f"/{one}/{what}" for one in (first, second) for what in ("steps/new", "withdraw")]
    titles = sorted(
        desk.get(f"/staff/pathways{path}").get_data(as_text=True).split("<title>")[1].split("<")[0] for path in paths
    )
    assert all(one != other for one, other in pairwise(titles))


def test_withdrawn_pathway_is_on_no_page(organised: Database) -> None:
    who, pathway_id = in_the_plie(organised)
    desk, base = Desk(organised), f"/staff/pathways/{pathway_id}"
    assert desk.fill(f"{base}/withdraw", "why", why=" ").status_code == 422
    assert desk.fill(f"{base}/withdraw", "why", why="Autre personne").status_code == 303
    assert desk.get(base).status_code == 404
    assert "aucun dispositif" in text_of(desk.get(f"/staff/people/{who}"))
    with organised.reading() as db:
        assert db.exec(select(PathwayExit).order_by(col(PathwayExit.enrolment_id))).all() == []
