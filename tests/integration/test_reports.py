"""Reports: made from a template, written block by block, frozen when published, corrected by another edition."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from alpes_events.attested.commands import AttestedDraft, attest, correct_attested
from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from alpes_events.language.typography import plain
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.reporting.as_html import whole_page
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.chapters import move_chapter, remove_chapter
from alpes_events.reporting.compiling import (
    count_year,
    count_years,
    keep_compilation,
    keep_compilations,
    last_compilations,
)
from alpes_events.reporting.corrections import Correction, correction
from alpes_events.reporting.custom import IndicatorDraft, catalogue_of
from alpes_events.reporting.definition import Definition
from alpes_events.reporting.edition_mark import DraftMark
from alpes_events.reporting.making import make_report, reports, revise_report
from alpes_events.reporting.models import BlockKind, ReportBlock, ReportChapter
from alpes_events.reporting.own_figures import define
from alpes_events.reporting.printing import as_pdf, definition_rows, table_heading
from alpes_events.reporting.publishing import editions, hash_of, proof_of, publish, the_edition
from alpes_events.reporting.reading import correction_of, edition_mark, edition_pages
from alpes_events.reporting.refusals import BadReport, ReportChanged, UnknownBlock, UnknownChapter
from alpes_events.reporting.set_report import SetReport, frozen, thawed
from alpes_events.reporting.setting import chapters_of, set_report
from alpes_events.reporting.templates import TEMPLATES, UnknownTemplate, the_template
from alpes_events.reporting.workbook import as_xlsx
from alpes_events.reporting.writing import (
    add_block,
    comment,
    move_block,
    put_back_block,
    remove_block,
    settle_comment,
    version_subject,
    write_block,
)
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft
from alpes_events.versions.queries import former_versions
from tests.support.pdf import pages_of
from tests.support.stories import NOW, an_organisation, somebody

YEAR = 2026
KNOWN = catalogue()
PASSES = AttestedDraft("ml.contacts", str(YEAR), Decimal(42318), "i-Milo", date(2026, 2, 1))


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation where somebody got three passes."""
    an_organisation(database)
    with database.writing() as session:
        person = find_or_create_candidate(session, somebody(1), now=NOW)
        note_acts(
            session,
            [ActDraft("transit_pass", date(2026, 1, day), candidate_id=person) for day in (5, 6, 7)],
            now=NOW,
            account_id=None,
        )
        yield session


@pytest.fixture
def report_id(db: Session) -> int:
    """A report on the year."""
    return make_report(db, YEAR, "annual", now=NOW, account_id=None)


def a_text(db: Session, report_id: int, text: str, *, known: Mapping[str, Definition] = KNOWN) -> int:
    """A block of text at the end of the first chapter."""
    chapter = chapters_of(db, report_id)[0]
    return add_block(db, chapter.id or 0, BlockKind.TEXT, {"text": text}, known=known, now=NOW, account_id=None)


def said(report: SetReport, block_id: int) -> str:
    """What a block of text prints."""
    (block,) = (one for chapter in report.chapters for one in chapter.blocks if one.id == block_id)
    return "\n".join("".join(piece.text for piece in paragraph) for paragraph in block.paragraphs)


def shown(db: Session, report_id: int) -> SetReport:
    """The report as it stands."""
    (report,) = (one for one in reports(db) if one.id == report_id)
    return set_report(db, report)


@pytest.mark.parametrize("template", TEMPLATES)
def test_report_has_the_chapters_and_blocks_of_its_template(db: Session, template: str) -> None:
    report_id = make_report(db, YEAR, template, now=NOW, account_id=None)
    report = shown(db, report_id)
    assert report.chapters
    assert all(chapter.blocks for chapter in report.chapters)
    assert report.gone() == []


@pytest.mark.parametrize(
    ("year", "template", "refusal"), [(2026, "never", UnknownTemplate), (2040, "annual", BadReport)]
)
def test_report_that_cannot_be_is_refused(db: Session, year: int, template: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        make_report(db, year, template, now=NOW, account_id=None)


def test_figures_stand_within_sentences_and_what_is_not_recorded_says_so(db: Session, report_id: int) -> None:
    block = a_text(
        db, report_id, "{mde.mobility.transit_passes} titres.\n\n{ml.contacts} contacts, {ml.contacts@-1} avant."
    )
    assert said(shown(db, report_id), block) == "3 titres.\nnon relevé contacts, non relevé avant."


def test_block_cannot_name_a_figure_that_is_not_there(db: Session, report_id: int) -> None:
    with pytest.raises(BadReport):
        a_text(db, report_id, "{mde.never} titres")
    block = a_text(db, report_id, "{ml.contacts}")
    with pytest.raises(BadReport):
        write_block(db, block, {"text": "{ml.gone}"}, known=KNOWN, now=NOW, account_id=None)


@pytest.mark.parametrize("text", ["{ml.contacts contacts", "ml.contacts} contacts", "{} contacts", "{{ml.contacts}}"])
def test_figure_that_is_not_written_whole_is_never_printed_with_its_brace(
    db: Session, report_id: int, text: str
) -> None:
    with pytest.raises(BadReport, match="accolade"):
        a_text(db, report_id, text)
    block = a_text(db, report_id, "{ml.contacts}")
    with pytest.raises(BadReport, match="accolade"):
        write_block(db, block, {"text": "Un.", "text_en": text}, known=KNOWN, now=NOW, account_id=None)


def test_block_that_names_a_figure_that_is_gone_is_shown_where_it_stands_and_stops_publishing(
    db: Session, report_id: int
) -> None:
    block = a_text(db, report_id, "Il y en a {ml.contacts}.")
    row = db.get_one(ReportBlock, block)
    row.content = {"text": "Il y en a {ml.gone}."}
    db.add(row)
    db.flush()
    report = shown(db, report_id)
    assert plain(said(report, block)) == "Il y en a chiffre disparu : ml.gone."
    mark = DraftMark(date(2026, 3, 2))
    for printed in (" ".join(pages_of(as_pdf(report, mark=mark))), whole_page(report, mark=mark).decode()):
        assert "chiffre disparu : ml.gone" in plain(printed)
    assert report.gone() == ["ml.gone"]
    with pytest.raises(BadReport):
        publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)


def test_what_a_block_said_is_kept(db: Session, report_id: int) -> None:
    block = a_text(db, report_id, "Un.")
    for text in ("Deux.", "Deux.", "Trois."):
        write_block(db, block, {"text": text}, known=KNOWN, now=NOW, account_id=None)
    assert [one.content["text"] for one in former_versions(db, version_subject(block))] == ["Deux.", "Un."]
    assert db.get_one(ReportBlock, block).version == 3


def test_blocks_move_within_their_chapter_and_come_back(db: Session, report_id: int) -> None:
    first, second = a_text(db, report_id, "Un."), a_text(db, report_id, "Deux.")

    def order() -> list[int]:
        return [one.id for one in shown(db, report_id).chapters[0].blocks]

    before = order()
    assert before[-2:] == [first, second]
    move_block(db, second, up=True, now=NOW, account_id=None)
    assert order()[-2:] == [second, first]
    move_block(db, first, up=False, now=NOW, account_id=None)
    assert sorted(order()) == sorted(before)
    remove_block(db, second, now=NOW, account_id=None)
    assert second not in order()
    with pytest.raises(UnknownBlock):
        move_block(db, second, up=True, now=NOW, account_id=None)
    put_back_block(db, second, now=NOW, account_id=None)
    assert second in order()


def test_comment_waits_until_somebody_settles_it(db: Session, report_id: int) -> None:
    block = a_text(db, report_id, "Un.")
    with pytest.raises(BadReport):
        comment(db, block, "  ", now=NOW, account_id=None)
    settle_comment(db, comment(db, block, "Ajoutez la photo.", now=NOW, account_id=None), now=NOW)


def test_edition_never_changes_and_the_next_says_what_it_corrects(db: Session, report_id: int) -> None:
    a_text(db, report_id, "{ml.contacts}")
    attest(db, PASSES, now=NOW, account_id=None)
    assert publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None) == 1
    first = the_edition(db, report_id, 1)
    assert first.sha256 == hash_of(first.content)
    correct_attested(db, replace(PASSES, value=Decimal(42319)), why="oubli", now=NOW, account_id=None)
    with pytest.raises(BadReport):
        publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="un contact oublié", now=NOW, account_id=None)
    second, again = editions(db, report_id)
    assert again.content["figures"]["ml.contacts"]["value"] == 42318
    assert second.changes == [{"id": "ml.contacts", "before": 42318, "after": 42319}]


def corrected(db: Session, report_id: int, number: int, language: str = "fr") -> Correction:
    """What an edition says of the one before."""
    now = the_edition(db, report_id, number)
    before = edition_pages(the_edition(db, report_id, number - 1), language) if number > 1 else None
    return correction_of(now, edition_pages(now, language), before)


def test_edition_tells_figures_and_chapters_that_differ_and_why(db: Session, report_id: int) -> None:
    first, second, *_rest = chapters_of(db, report_id)
    block = add_block(
        db, first.id or 0, BlockKind.TEXT, {"text": "{ml.contacts} actes."}, known=KNOWN, now=NOW, account_id=None
    )
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    assert corrected(db, report_id, 1).chapter("fr") is None
    attest(db, PASSES, now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="Attesté.", now=NOW, account_id=None)
    told = corrected(db, report_id, 2)
    assert (told.why, told.chapters) == ("Attesté.", [])
    assert [(one.id, one.before, one.after) for one in told.figures] == [("ml.contacts", "non relevé", "42\u00a0318")]
    write_block(db, block, {"text": "Actes : {ml.contacts}."}, known=KNOWN, now=NOW, account_id=None)
    remove_chapter(db, second.id or 0, now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="Relu.", now=NOW, account_id=None)
    assert corrected(db, report_id, 3).chapters == [first.title, second.title]
    assert corrected(db, report_id, 3).figures == []


TITLES = IndicatorDraft("Titres", source="acts", where={"kind": ("transit_pass",)})


def test_figure_that_was_not_in_the_edition_before_is_said_absent_and_not_unrecorded(
    db: Session, report_id: int
) -> None:
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    define(db, TITLES, now=NOW, account_id=None)
    (name,) = (one.id for one in shown(db, report_id).lines.values() if one.label == "Titres")
    a_text(db, report_id, f"{{{name}}}", known=catalogue_of(db))
    publish(db, proof_of(db, report_id), why="Un chiffre de plus.", now=NOW, account_id=None)
    assert [(one.label, one.before, one.after) for one in corrected(db, report_id, 2).figures] == [
        ("Titres", "absent de l’édition", "3")
    ]


def test_figure_that_neither_edition_prints_is_no_correction(db: Session) -> None:
    report_id = make_report(db, YEAR, "ars", now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    define(db, TITLES, now=NOW, account_id=None)
    attest(db, PASSES, now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="Relu.", now=NOW, account_id=None)
    edition = the_edition(db, report_id, 2)
    assert (edition.changes, corrected(db, report_id, 2).figures) == ([], [])
    first, second = (edition_pages(the_edition(db, report_id, number), "fr") for number in (1, 2))
    assert correction("", [PASSES.indicator], second, first).figures == []


def test_every_file_of_an_edition_prints_why_and_what_it_corrects(db: Session, report_id: int) -> None:
    a_text(db, report_id, "{ml.contacts}")
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    attest(db, PASSES, now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="Contacts attestés.", now=NOW, account_id=None)
    edition = the_edition(db, report_id, 2)
    pages, corrects = edition_pages(edition, "fr"), corrected(db, report_id, 2)
    mark = edition_mark(edition, zone=ZoneInfo("Europe/Paris"), corrects=corrects)
    page = plain(whole_page(pages, mark=mark).decode())
    printed = plain(" ".join(pages_of(as_pdf(pages, mark=mark))))
    with ZipFile(BytesIO(as_xlsx(pages, mark=mark))) as workbook:
        sheet = plain(workbook.read("xl/sharedStrings.xml").decode())
    for words in ("Ce que cette édition corrige", "Contacts attestés.", "42 318"):
        assert words in page
        assert words in printed
    for words in ("Contacts attestés.", "42 318", mark.sha256):
        assert words in sheet


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("Brouillon, non publié", "Chiffres tels qu’enregistrés le 2 mars 2026")),
        ("en", ("Draft, not published", "Figures as recorded on 2 March 2026")),
    ],
)
def test_draft_says_on_its_cover_that_it_is_one_and_on_which_day(
    db: Session, report_id: int, language: str, said: tuple[str, str]
) -> None:
    (report,) = (one for one in reports(db) if one.id == report_id)
    shown, mark = set_report(db, report, language=language), DraftMark(date(2026, 3, 2))
    page = plain(whole_page(shown, mark=mark).decode())
    cover = plain(pages_of(as_pdf(shown, mark=mark))[0])
    for words in said:
        assert words in page
        assert words in cover
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    edition = edition_mark(the_edition(db, report_id, 1), zone=ZoneInfo("Europe/Paris"))
    for printed in (whole_page(shown, mark=edition).decode(), " ".join(pages_of(as_pdf(shown, mark=edition)))):
        assert said[0] not in plain(printed)


def test_definitions_say_who_attested_a_figure_and_when(db: Session, report_id: int) -> None:
    attest(db, PASSES, now=NOW, account_id=None)
    for number, source in ((1, "i-Milo"), (2, "Le tableur")):
        fund = AttestedDraft(
            f"ml.financial_aid.Aide {number}.files", str(YEAR), Decimal(number), source, date(2026, 2, number)
        )
        attest(db, fund, now=NOW, account_id=None)
    rules = {label: rule for label, _value, _origin, rule in definition_rows(shown(db, report_id))}
    assert rules["Actes de contact"] == (
        "Système national des missions locales (i-Milo), tel qu’attesté. Source : i-Milo, attesté le 1er février 2026"
    )
    assert rules["Dossiers"].endswith(
        "Source : i-Milo, attesté le 1er février 2026. Source : Le tableur, attesté le 2 février 2026"
    )
    assert "Source" not in rules["Jeunes en contact"]
    assert "Source" not in rules["Titres de transport remis"]


def test_table_of_corrections_is_english_in_english(db: Session, report_id: int) -> None:
    publish(db, proof_of(db, report_id), why="", now=NOW, account_id=None)
    define(db, TITLES, now=NOW, account_id=None)
    (name,) = (one.id for one in shown(db, report_id).lines.values() if one.label == "Titres")
    a_text(db, report_id, f"{{{name}}}", known=catalogue_of(db))
    publish(db, proof_of(db, report_id), why="Un chiffre de plus.", now=NOW, account_id=None)
    chapter = corrected(db, report_id, 2, "en").chapter("en")
    assert chapter is not None
    block = chapter.blocks[-1]
    assert table_heading(block, edition_pages(the_edition(db, report_id, 2), "en")) == ["Name", "Before", "Now"]
    assert block.table is not None
    assert [cell.text for _name, cells in block.table.rows for cell in cells] == ["not in the edition", "3"]


def test_frozen_report_prints_again_as_it_was(db: Session, report_id: int) -> None:
    report = shown(db, report_id)
    kept = json.loads(json.dumps(frozen(report)))
    assert json.loads(json.dumps(frozen(thawed(kept)))) == kept


def test_year_is_written_again_only_when_it_differs(db: Session) -> None:
    first = keep_compilation(db, count_year(db, YEAR), now=NOW)
    assert keep_compilation(db, count_year(db, YEAR), now=NOW).id == first.id
    attest(db, PASSES, now=NOW, account_id=None)
    second = keep_compilation(db, count_year(db, YEAR), now=NOW)
    assert second.id != first.id
    assert second.figures["ml.contacts"] == ["42318", 1, None]
    assert last_compilations(db, (YEAR,)) == {YEAR: second}


def test_years_that_have_new_figures_are_told(db: Session) -> None:
    later = NOW + timedelta(hours=1)
    assert keep_compilations(db, count_years(db, (YEAR - 1, YEAR)), now=NOW) == 2
    attest(db, PASSES, now=NOW, account_id=None)
    assert keep_compilations(db, count_years(db, (YEAR - 1, YEAR)), now=later) == 1


def test_chapters_are_those_that_were_not_removed(db: Session, report_id: int) -> None:
    chapter = chapters_of(db, report_id)[0]
    db.get_one(ReportChapter, chapter.id).removed_at = NOW
    db.flush()
    assert chapter.id not in [one.id for one in chapters_of(db, report_id)]
    assert db.exec(select(ReportBlock).where(ReportBlock.chapter_id == chapter.id)).first() is not None


def test_chapters_move_within_their_report(db: Session, report_id: int) -> None:
    def order() -> list[int]:
        return [one.id or 0 for one in chapters_of(db, report_id)]

    first, second, *rest = order()
    move_chapter(db, first, up=False, now=NOW, account_id=None)
    assert order() == [second, first, *rest]
    move_chapter(db, second, up=True, now=NOW, account_id=None)
    assert order() == [second, first, *rest]
    remove_chapter(db, first, now=NOW, account_id=None)
    move_chapter(db, second, up=False, now=NOW, account_id=None)
    assert order() == [rest[0], second, *rest[1:]]
    with pytest.raises(UnknownChapter):
        move_chapter(db, first, up=True, now=NOW, account_id=None)


def test_edition_is_what_was_counted_and_not_what_somebody_wrote_since(db: Session, report_id: int) -> None:
    proof = proof_of(db, report_id)
    attest(db, PASSES, now=NOW, account_id=None)
    publish(db, proof, why="", now=NOW, account_id=None)
    edition = the_edition(db, report_id, 1)
    assert edition.content["figures"]["ml.contacts"]["value"] is None
    for pages in edition.content["pages"].values():
        lines = {one["id"]: one["value"] for one in pages["lines"]}
        assert lines["ml.contacts"] is None
    stale = proof_of(db, report_id)
    a_text(db, report_id, "Encore un mot.")
    with pytest.raises(ReportChanged):
        publish(db, stale, why="Un mot de plus", now=NOW, account_id=None)


def test_english_edition_is_called_in_english(db: Session, report_id: int) -> None:
    (report,) = reports(db)
    assert set_report(db, report, language="en").title == the_template("annual").titled(YEAR, "en")
    words = {"title": "Rapport", "title_en": "Report", "audience": "Les élus", "audience_en": "", "due_on": None}
    revise_report(db, report_id, **words, now=NOW, account_id=None)  # type: ignore[arg-type]
    english = set_report(db, report, language="en")
    assert (english.title, english.audience) == ("Report", "Les élus")
    assert set_report(db, report).title == "Rapport"
