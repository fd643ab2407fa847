"""The pages of a report: read as it prints, written block by block, published, taken along; readers see editions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_events.reporting.models import BlockKind, ChapterState, Report, ReportBlock, ReportChapter
from alpes_events.reporting.publishing import the_edition
from alpes_events.reporting.setting import chapters_of
from tests.support.forms import form_of
from tests.support.reports import YEAR, a_report
from tests.support.staff import Desk, way_back
from tests.support.stories import an_organisation
from tests.support.web import text_of


@dataclass(frozen=True)
class Written:
    """A report on somebody's desk, with its first block of text."""

    desk: Desk
    database: Database
    report_id: int
    block_id: int

    @property
    def page(self) -> str:
        """Where it stands."""
        return f"/staff/reports/{self.report_id}"

    @property
    def block(self) -> str:
        """Where its first text is written."""
        return f"/staff/reports/blocks/{self.block_id}"

    def content(self) -> Mapping[str, object]:
        """What that text is."""
        with self.database.reading() as db:
            return db.get_one(ReportBlock, self.block_id).content


@pytest.fixture
def written(database: Database) -> Written:
    an_organisation(database)
    with database.writing() as db:
        report_id, block_id = a_report(db)
        db.commit()
    return Written(Desk(database), database, report_id, block_id)


def test_report_is_made_from_a_template_and_stands_at_once(database: Database) -> None:
    an_organisation(database)
    desk = Desk(database)
    refused = desk.fill("/staff/reports/new", "year", year="2040", template="fse")
    assert refused.status_code == 422
    assert "Choisissez une année passée, ou celle-ci." in text_of(refused)
    made = desk.fill("/staff/reports/new", "year", year=str(YEAR), template="fse")
    assert made.status_code == 303
    assert "Bilan 2026 du PLIE" in text_of(desk.get(made.headers["Location"]))
    assert "Bilan 2026 du PLIE" in text_of(desk.get("/staff/reports"))


def test_second_report_of_a_year_on_a_template_is_refused_with_the_way_to_the_first(database: Database) -> None:
    an_organisation(database)
    desk, said = Desk(database), {"year": str(YEAR), "template": "fse"}
    there = desk.fill("/staff/reports/new", "year", **said).headers["Location"]
    refused = desk.fill("/staff/reports/new", "year", **said)
    assert (refused.status_code, "est déjà là" in text_of(refused)) == (422, True)
    assert re.search(rf'href="{there}">.*Ouvrir ce rapport</a>', refused.get_data(as_text=True))
    back = way_back(desk, desk.press(f"{there}/put-aside", there))
    assert desk.fill("/staff/reports/new", "year", **said).status_code == 303
    assert desk.press(back, "/staff/reports/new").status_code == 409
    assert desk.get(there).status_code == 404


def test_block_of_a_picture_offers_no_figures(written: Written) -> None:
    with written.database.reading() as db:
        chapter = chapters_of(db, written.report_id)[0].id
    offered = {
        kind: "Chiffres à choisir" in text_of(written.desk.get(f"/staff/reports/blocks/new/{chapter}/{kind}"))
        for kind in ("picture", "text", "figures")
    }
    assert offered == {"picture": False, "text": True, "figures": True}


def test_block_is_seen_before_it_is_saved(written: Written) -> None:
    before = written.content()
    seen = written.desk.fill(written.block, "text", text="Il y a {ml.contacts} contacts.", act="see")
    assert seen.status_code == 200
    assert "Il y a non relevé contacts." in text_of(seen)
    assert written.content() == before
    assert (
        written.desk.fill(written.block, "text", text="Il y a {ml.contacts} contacts.", act="keep").status_code == 303
    )
    assert "Il y a non relevé contacts." in text_of(written.desk.get(written.page))


def test_block_that_names_no_figure_comes_back_as_it_was_typed(written: Written) -> None:
    before = written.content()
    answer = written.desk.fill(written.block, "text", text="Il y a {ml.never}.", act="keep")
    assert answer.status_code == 422
    assert "Aucun chiffre ne s’appelle « ml.never »" in text_of(answer)
    assert "Il y a {ml.never}." in answer.get_data(as_text=True)
    assert written.content() == before


def test_block_says_again_what_it_said_before(written: Written) -> None:
    before = written.content()
    written.desk.fill(written.block, "text", text="Autre chose.", act="keep")
    former = f"{written.block}/former/1"
    assert written.desk.press(former, written.block).status_code == 303
    assert written.content() == before
    other = written.block.replace(str(written.block_id), str(written.block_id + 1))
    assert written.desk.press(f"{other}/former/1", written.block).status_code == 404


def test_block_taken_out_is_put_back(written: Written) -> None:
    heading = f'id="block-{written.block_id}-'
    answer = written.desk.press(f"{written.block}/remove", written.page)
    back = way_back(written.desk, answer)
    assert heading not in written.desk.get(written.page).get_data(as_text=True)
    assert back == f"{written.block}/put-back"
    written.desk.press(back, written.page)
    assert heading in written.desk.get(written.page).get_data(as_text=True)


@pytest.mark.parametrize(
    ("kind", "typed", "content"),
    [
        ("text", {"text": "Bonjour."}, {"text": "Bonjour."}),
        ("figures", {"heading": "Clés", "figures": "ml.contacts"}, {"heading": "Clés", "figures": ["ml.contacts"]}),
        ("chart", {"figures": "mde.events.{}.visitors"}, {"figures": ["mde.events.{}.visitors"]}),
        (
            "table",
            {"figures": "ml.contacts\nplie.participants", "compared": "y"},
            {"figures": ["ml.contacts", "plie.participants"], "compared": True},
        ),
        ("events", {"heading": "Salons", "kinds": "salon"}, {"heading": "Salons", "kinds": ["salon"]}),
    ],
)
def test_block_of_each_kind_is_added_at_the_end_of_its_chapter(
    written: Written, kind: str, typed: dict[str, str], content: dict[str, object]
) -> None:
    with written.database.reading() as db:
        chapter_id = chapters_of(db, written.report_id)[0].id
    path = f"/staff/reports/blocks/new/{chapter_id}/{kind}"
    assert written.desk.fill(path, "heading", **typed, act="keep").status_code == 303
    with written.database.reading() as db:
        rows = db.exec(
            select(ReportBlock).where(ReportBlock.chapter_id == chapter_id).order_by(col(ReportBlock.position))
        ).all()
    assert (rows[-1].kind, rows[-1].content) == (BlockKind(kind), content)


def test_comment_is_shown_until_it_is_done(written: Written) -> None:
    written.desk.press(f"{written.block}/comments", written.block, remark="Ajoutez la photo.")
    assert "1 remarque" in text_of(written.desk.get(written.page))
    assert "Ajoutez la photo." in text_of(written.desk.get(written.block))
    written.desk.press("/staff/reports/blocks/comments/1/settle", written.block)
    assert "1 remarque" not in text_of(written.desk.get(written.page))
    assert "fait le" in text_of(written.desk.get(written.block))


def test_chapter_says_who_fills_it_and_by_when(written: Written) -> None:
    with written.database.reading() as db:
        chapter_id = chapters_of(db, written.report_id)[0].id
    path = f"/staff/reports/chapters/{chapter_id}"
    typed = {"state": "checked", "responsible_id": str(written.desk.account_id), "due_on": "2026-05-04"}
    assert written.desk.fill(path, "state", **typed).status_code == 303
    with written.database.reading() as db:
        row = db.get_one(ReportChapter, chapter_id)
    assert (row.state, row.responsible_id) == (ChapterState.CHECKED, written.desk.account_id)
    shown = text_of(written.desk.get(written.page))
    assert "Personne coordinator, pour le 4 mai 2026" in shown


def test_report_put_aside_is_taken_back(written: Written) -> None:
    answer = written.desk.press(f"{written.page}/put-aside", written.page)
    back = way_back(written.desk, answer)
    assert written.desk.get(written.page).status_code == 404
    written.desk.press(back, "/staff/reports/new")
    assert written.desk.get(written.page).status_code == 200


def test_edition_is_printed_again_as_it_was(written: Written) -> None:
    assert written.desk.fill(f"{written.page}/publish", "why").status_code == 303
    before = {form: written.desk.get(f"{written.page}/editions/1.{form}").data for form in ("json", "html")}
    with written.database.writing() as db:
        row = db.get_one(Report, written.report_id)
        row.title = "Tout autre"
        db.add(row)
        db.commit()
    assert {form: written.desk.get(f"{written.page}/editions/1.{form}").data for form in before} == before
    with written.database.reading() as db:
        edition = the_edition(db, written.report_id, 1)
    assert json.loads(before["json"]) == edition.content["figures"]
    assert edition.sha256 in before["html"].decode()
    assert "Tout autre" not in before["html"].decode()


def test_report_that_somebody_changed_since_it_was_read_is_not_published_unseen(written: Written) -> None:
    publish = f"{written.page}/publish"
    read = written.desk.fields(publish, "why")
    other = Desk(written.database, Role.ADMINISTRATOR)
    assert other.fill(written.block, "text", text="Tout autre chose.", act="save").status_code == 303
    refused = written.desk.post(publish, {**read, "why": "Ma raison."})
    assert refused.status_code == 422
    assert "Quelqu’un vient de changer ce rapport" in text_of(refused)
    assert "Ma raison." in refused.get_data(as_text=True)
    assert written.desk.get(f"{written.page}/editions/1").status_code == 404
    again = form_of(refused.get_data(as_text=True), holding="why")
    assert written.desk.post(publish, again).status_code == 303


def test_block_of_which_one_language_did_not_follow_is_a_remark_before_publishing(written: Written) -> None:
    path, publishing = written.block, f"{written.page}/publish"
    assert written.desk.fill(path, "text", text="Un texte.", text_en="A text.", act="keep").status_code == 303
    assert f'href="{path}"' not in written.desk.get(publishing).get_data(as_text=True)
    assert written.desk.fill(path, "text", text="Deux textes.", text_en="A text.", act="keep").status_code == 303
    shown = written.desk.get(publishing)
    assert "Le français a changé, l’anglais non" in text_of(shown)
    assert f'href="{path}"' in shown.get_data(as_text=True)
    assert written.desk.fill(publishing, "why").status_code == 303
    assert written.desk.fill(path, "text", text="Deux textes.", text_en="Two texts.", act="keep").status_code == 303
    assert f'href="{path}"' not in written.desk.get(publishing).get_data(as_text=True)


def test_second_edition_says_why(written: Written) -> None:
    publish = f"{written.page}/publish"
    written.desk.fill(publish, "why")
    assert written.desk.fill(publish, "why").status_code == 422
    assert written.desk.fill(publish, "why", why="Une virgule.").status_code == 303
    assert "Une virgule." in text_of(written.desk.get(f"{written.page}/editions/2"))


def test_reader_sees_editions_and_not_what_is_being_written(written: Written) -> None:
    reader = Desk(written.database, Role.READER)
    assert "Aucun rapport publié" in text_of(reader.get("/staff/reports"))
    written.desk.fill(f"{written.page}/publish", "why")
    assert f"{written.page}/editions" in reader.get("/staff/reports").get_data(as_text=True)
    assert reader.get(f"{written.page}/editions/1").status_code == 200
    assert reader.get(f"{written.page}/editions/2").status_code == 404
    assert {reader.get(path).status_code for path in (written.page, written.block, f"{written.page}/publish")} <= {
        403,
        404,
    }


def test_chapter_moves_by_a_button(written: Written) -> None:
    written.desk.fill(f"{written.page}/chapters/new", "title", title="Un de plus")
    with written.database.reading() as db:
        first, second = (one.id for one in chapters_of(db, written.report_id))
    path = f"/staff/reports/chapters/{second}/move/up"
    assert f'action="{path}"' in written.desk.get(written.page).get_data(as_text=True)
    answer = written.desk.press(path, written.page)
    assert answer.location.endswith(f"{written.page}#chapter-{second}")
    with written.database.reading() as db:
        assert [one.id for one in chapters_of(db, written.report_id)] == [second, first]


def test_report_and_its_chapters_are_called_in_the_language_of_the_page(written: Written) -> None:
    with written.database.reading() as db:
        report, chapter = db.get_one(Report, written.report_id), chapters_of(db, written.report_id)[0]
        french, english = (report.title, chapter.title), (report.title_en, chapter.title_en)
    pages = ("/staff/reports", written.page, f"{written.page}/publish", written.block)
    for path in pages:
        assert english[0] in text_of(written.desk.get(f"{path}?lang=en"))
        assert french[0] not in text_of(written.desk.get(f"{path}?lang=en"))
    assert english[1] in text_of(written.desk.get(f"{written.block}?lang=en"))
    assert french[1] in text_of(written.desk.get(f"{written.block}?lang=fr"))
