"""What a figure is to reach in a year: attested like a count, read beside the figure wherever it stands."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlmodel import select

from alpes_events.attested.commands import attest
from alpes_events.attested.models import AttestedCount
from alpes_events.attested.refusals import BadAttested
from alpes_events.database.engine import Database
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.reporting.attested_list import attested_lines
from alpes_events.reporting.attesting import attest_figure
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.publishing import proof_of, publish
from alpes_events.reporting.setting import chapters_of
from alpes_events.reporting.writing import add_block
from tests.integration.test_imports import counts, imported
from tests.support.report_figures import FIGURE, YEAR, a_count, figures_in_town
from tests.support.reports import a_report
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.web import text_of

PASSES, PERSONS = "mde.mobility.transit_passes", "mde.mobility.transit_pass_persons"
PAGE = f"/staff/reports/figures/{YEAR}"
NEW = f"/staff/reports/attested/{YEAR}/new?figure="


@pytest.fixture
def town(organised: Database) -> Database:
    """A town where somebody got a pass."""
    with organised.writing() as db:
        figures_in_town(db, find_or_create_candidate(db, somebody(1), now=NOW))
        db.commit()
    return organised


def aim(database: Database, name: str, value: str) -> None:
    with database.writing() as db:
        attest_figure(db, a_count(value, name=f"{name}@target"), now=NOW, account_id=None)
        db.commit()


def test_target_is_set_on_the_page_of_the_figure_read_there_and_corrected(town: Database) -> None:
    desk, page = Desk(town), f"{PAGE}/{PASSES}"
    assert f"{PASSES}@target" in desk.get(page).get_data(as_text=True)
    typed = {"value": "4", "source": "Comité de pilotage", "attested_on": "01/02/2026"}
    answer = desk.fill(f"{NEW}{PASSES}@target", "value", **typed)
    assert (answer.status_code, answer.location) == (303, page)
    assert "Objectif : 4, atteint à 25 %." in text_of(desk.get(page))
    assert "objectif : 4" in text_of(desk.get(PAGE))
    with town.reading() as db:
        count = db.exec(select(AttestedCount).where(AttestedCount.indicator == f"{PASSES}@target")).one()
    path = f"/staff/reports/attested/count/{count.id}"
    assert desk.fill(path, "value", value="2", why="Avenant").status_code == 303
    assert "Target: 2, reached to 50%." in text_of(desk.get(f"{page}?lang=en"))
    listed = text_of(desk.get(f"/staff/reports/attested/{YEAR}?lang=fr"))
    assert "Objectif : Titres de transport" in listed
    assert "aucune définition" not in listed


def test_target_is_of_a_whole_year_and_not_negative(town: Database) -> None:
    with town.writing() as db:
        for draft in (
            replace(a_count("4", name=f"{PASSES}@target"), period=f"{YEAR}-03"),
            a_count("-4", name=f"{PASSES}@target"),
            a_count("0.5", name=f"{PERSONS}@target"),
        ):
            with pytest.raises(BadAttested):
                attest_figure(db, draft, now=NOW, account_id=None)


def test_target_is_no_figure_and_no_member_of_a_list(town: Database) -> None:
    name = "ml.financial_aid.Aide 1.amount_eur"
    with town.writing() as db:
        attest(db, a_count("5", name=name), now=NOW, account_id=None)
        before = Evaluation(db, catalogue()).of_year(YEAR)
        for one in (name, "ml.financial_aid.Aide 2.amount_eur", FIGURE):
            attest_figure(db, a_count("9", name=f"{one}@target"), now=NOW, account_id=None)
        assert Evaluation(db, catalogue()).of_year(YEAR) == before
        lines = [one for chapter in attested_lines(db, YEAR, language="fr") for one in chapter.lines]
    assert [one.value for one in lines if one.name == f"{FIGURE}@target"] == [Decimal(9)]
    assert not [one.name for one in lines if one.name.endswith("@target") and one.count is None]


def test_file_brings_targets_by_the_name_of_the_figure(town: Database) -> None:
    heading = "chiffre;période;valeur;source;attesté le;pourquoi\n"
    rows = f"{PASSES}@target;{YEAR};40;Protocole;01/02/2026;\nmde.nothing@target;{YEAR};1;Protocole;01/02/2026;\n"
    report = imported(town, "attested", heading + rows)
    assert counts(report) == (2, 1, 0, 1)
    assert "Objectif : 40" in text_of(Desk(town).get(f"{PAGE}/{PASSES}"))


def test_readers_learn_from_a_target_nothing_of_a_figure_that_is_hidden(town: Database) -> None:
    aim(town, PERSONS, "4")
    reader, desk = Desk(town, Role.READER), Desk(town)
    assert "Objectif : 4, atteint à 25 %." in text_of(desk.get(f"{PAGE}/{PERSONS}"))
    shown = text_of(reader.get(f"{PAGE}/{PERSONS}"))
    assert "Objectif : 4." in shown
    assert "atteint" not in shown


def test_report_prints_the_target_in_sentences_and_tables_in_every_form(town: Database) -> None:
    aim(town, PASSES, "4")
    with town.writing() as db:
        report_id, _block = a_report(db)
        chapter_id = chapters_of(db, report_id)[0].id or 0
        for kind, content in (
            (BlockKind.TEXT, {"text": f"{{{PASSES}}} titres pour {{{PASSES}@target}} visés."}),
            (BlockKind.TABLE, {"heading": "Titres", "figures": [PASSES], "aimed": True}),
        ):
            add_block(db, chapter_id, kind, content, known=catalogue(), now=NOW, account_id=None)
        publish(db, proof_of(db, report_id), why="Pour voir.", now=NOW, account_id=None)
        db.commit()
    desk = Desk(town)
    for path in (f"/staff/reports/{report_id}/editions/1", f"/staff/reports/{report_id}/editions/1.html"):
        shown = text_of(desk.get(path))
        assert "1 titres pour 4 visés." in shown
        assert "Objectif" in shown
