"""What readers see of a report: published editions, without small numbers of people in any form; no draft."""

import json

import pytest
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.intake.files import read_table
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.models import BlockKind, ReportBlock, ReportEdition
from alpes_events.reporting.publishing import proof_of, publish
from alpes_events.reporting.reading import edition_pages, veiled_pages
from alpes_events.reporting.setting import chapters_of
from alpes_events.reporting.writing import add_block
from tests.support.report_figures import figures_in_town
from tests.support.reports import a_report, add_picture
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody
from tests.support.web import text_of

OWN = "own.titres_de_transport_remis_en_janvier"
PASSES, PERSONS = "mde.mobility.transit_passes", "mde.mobility.transit_pass_persons"
EDITION = "/staff/reports/1/editions/1"


@pytest.fixture
def published(organised: Database) -> Database:
    """A town where one person got a pass, with a published report that says so and shows a picture."""
    with organised.writing() as db:
        figures_in_town(db, find_or_create_candidate(db, somebody(1), now=NOW))
        report_id, _block = a_report(db)
        chapter_id = chapters_of(db, report_id)[0].id or 0
        words = {"text": f"{{{PASSES}}} titres pour {{{PERSONS}}} personne, {{{PERSONS}@-1}} avant."}
        shown = {"heading": "Titres", "figures": [PASSES, PERSONS]}
        for kind, content in ((BlockKind.TEXT, words), (BlockKind.TABLE, shown), (BlockKind.CHART, shown)):
            add_block(db, chapter_id, kind, content, known=catalogue(), now=NOW, account_id=None)
        add_picture(db, report_id)
        publish(db, proof_of(db, report_id), why="Pour voir.", now=NOW, account_id=None)
        db.commit()
    return organised


def values(desk: Desk) -> dict[object, object]:
    """The value of each figure on the first sheet of the workbook of the edition, by its name."""
    return {line.cells[4]: line.cells[1] for line in read_table("edition.xlsx", desk.get(f"{EDITION}.xlsx").data).lines}


@pytest.mark.parametrize("role", [Role.READER, Role.ADVISOR])
def test_few_people_are_hidden_from_readers_in_every_form_of_an_edition(published: Database, role: Role) -> None:
    reader, desk = Desk(published, role), Desk(published)
    assert "1 titres pour 1 personne, non relevé avant." in text_of(desk.get(f"{EDITION}?lang=fr"))
    for form in ("", ".html"):
        assert "masqué titres pour masqué personne, non relevé avant." in text_of(
            reader.get(f"{EDITION}{form}?lang=fr")
        )
    told, whole = (json.loads(one.get(f"{EDITION}.json").data) for one in (reader, desk))
    assert told[PERSONS] == {"value": None, "unit": "person", "basis": "counted", "rows": None, "hidden": True}
    assert (whole[PERSONS]["value"], whole[PASSES]["value"]) == (1, 1)
    assert {name for name, one in told.items() if one.get("hidden")} == {PERSONS, PASSES, OWN}
    assert [values(one)[PERSONS] for one in (reader, desk)] == ["masqué", 1]


def test_edition_of_before_hiding_was_noted_shows_readers_nothing_of_people(published: Database) -> None:
    with published.reading() as db:
        edition = db.exec(select(ReportEdition)).one()
    old = ReportEdition(**{**edition.model_dump(), "content": {"pages": edition.content["pages"]}})
    hidden = veiled_pages(old, "fr")
    people = {one.id for one in edition_pages(old, "fr").lines.values() if one.unit == "person"}
    assert people
    assert {hidden.lines[name].value for name in people} == {None}
    assert hidden.lines[PASSES].value == 1


def test_pictures_are_read_within_the_edition_that_holds_them(published: Database) -> None:
    with published.writing() as db:
        held = db.exec(select(ReportBlock).where(ReportBlock.kind == BlockKind.PICTURE)).one().content["picture_id"]
        add_picture(db, 1, across=90)
        rows = db.exec(select(ReportBlock).where(ReportBlock.kind == BlockKind.PICTURE).order_by(col(ReportBlock.id)))
        draft = rows.all()[-1].content["picture_id"]
        db.commit()
    assert draft != held
    reader, desk = Desk(published, Role.READER), Desk(published)
    assert f"{EDITION}/pictures/{held}" in reader.get(EDITION).get_data(as_text=True)
    assert [reader.get(f"{EDITION}/pictures/{one}").status_code for one in (held, draft)] == [200, 404]
    assert [reader.get(f"/staff/reports/blocks/pictures/{one}").status_code for one in (held, draft)] == [403, 403]
    assert desk.get(f"/staff/reports/blocks/pictures/{draft}").status_code == 200
