"""Chapters of a report are told to whoever fills them: before they are due, and each month what lacks."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from alpes_events.attested.commands import AttestedDraft, attest
from alpes_events.database.engine import Database
from alpes_events.messages.chapter_due import enqueue_chapter_checks, enqueue_chapter_reminders, lacking_chapters
from alpes_events.messages.links import PreviewLinks
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import render
from alpes_events.reporting.chapters import revise_chapter
from alpes_events.reporting.lacking import lacking_now
from alpes_events.reporting.making import make_report, reports
from alpes_events.reporting.models import ChapterState, Report
from alpes_events.reporting.setting import chapters_of, set_report
from tests.support.errands import an_account
from tests.support.reports import a_report
from tests.support.staff import statements
from tests.support.stories import NOW, an_organisation

DUE = date(2026, 6, 30)


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    an_organisation(database)
    with database.writing() as session:
        yield session


@pytest.fixture
def chapter_id(db: Session) -> int:
    """A chapter that somebody fills by the end of June."""
    report_id, _block = a_report(db)
    found = chapters_of(db, report_id)[0].id or 0
    given(db, found, an_account(db), ChapterState.TO_FILL)
    return found


def given(db: Session, chapter_id: int, account_id: int, state: ChapterState) -> None:
    revise_chapter(
        db,
        chapter_id,
        title="La santé",
        title_en="",
        state=state,
        responsible_id=account_id,
        due_on=DUE,
        now=NOW,
        account_id=None,
    )


def the_letter(db: Session) -> OutboxMessage:
    asked = select(OutboxMessage).where(OutboxMessage.kind == "chapter_due").order_by(col(OutboxMessage.id))
    return db.exec(asked).one()


@pytest.mark.usefixtures("chapter_id")
def test_who_fills_a_chapter_is_written_to_fifteen_and_five_days_before_once_each(db: Session) -> None:
    days = [DUE - timedelta(days=left) for left in (16, 15, 15, 12, 11, 6, 5, 5, 0)]
    assert [enqueue_chapter_reminders(db, day=day, now=NOW) for day in days] == [0, 1, 0, 0, 0, 0, 1, 0, 0]


def test_letter_is_dropped_when_the_chapter_was_read_over(db: Session, chapter_id: int) -> None:
    enqueue_chapter_reminders(db, day=DUE - timedelta(days=5), now=NOW)
    letter = the_letter(db)
    assert still_due(moment_of(db, letter, now=NOW)) is True
    given(db, chapter_id, letter.account_id or 0, ChapterState.CHECKED)
    assert still_due(moment_of(db, letter, now=NOW)) is False


@pytest.mark.usefixtures("chapter_id")
def test_first_of_the_month_tells_how_many_figures_lack(db: Session) -> None:
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2), date(2026, 5, 1)]
    assert [enqueue_chapter_checks(db, lacking_chapters(db), day=day, now=NOW) for day in days] == [0, 1, 0, 0, 1]
    first = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).first()
    assert first is not None
    words = render(moment_of(db, first, now=NOW), PreviewLinks("https://agenda.example.org"))
    assert words.subject == "Rapport : 7 chiffres manquent au chapitre « La santé »"
    assert "30 juin 2026" in words.text


def test_letter_about_what_lacks_says_what_lacks_when_it_leaves(db: Session, chapter_id: int) -> None:
    lacking = lacking_chapters(db)
    assert lacking == {chapter_id: 7}
    enqueue_chapter_checks(db, lacking, day=date(2026, 4, 1), now=NOW)
    (report,) = reports(db)
    names = [name for one in set_report(db, report).chapters if one.id == chapter_id for name in one.names()]
    first, *rest = dict.fromkeys(names)
    attest(db, AttestedDraft(first, "2026", Decimal(5), "ARS", NOW.date()), now=NOW, account_id=None)
    news = moment_of(db, the_letter(db), now=NOW).chapter
    assert news is not None
    assert (news.lacking_count, news.waits) == (6, True)
    for name in rest:
        attest(db, AttestedDraft(name, "2026", Decimal(5), "ARS", NOW.date()), now=NOW, account_id=None)
    assert still_due(moment_of(db, the_letter(db), now=NOW)) is False


def test_each_chapter_lacks_what_its_page_says_and_asks_for_no_more_than_it_names(
    database: Database, db: Session
) -> None:
    report_id = make_report(db, 2026, "annual", now=NOW, account_id=None)
    report = db.get_one(Report, report_id)
    shown = set_report(db, report)
    said = {one.id: shown.lacking(one) for one in shown.chapters}
    assert {one.id: lacking_now(db, one, 2026) for one in chapters_of(db, report_id)} == said
    assert any(said.values())
    with statements(database) as whole:
        set_report(db, report)
    with statements(database) as part:
        lacking_now(db, chapters_of(db, report_id)[0], 2026)
    assert len(part) < len(whole) / 2


def test_reports_whose_chapters_nobody_fills_are_not_counted(database: Database, db: Session) -> None:
    a_report(db)
    with statements(database) as asked:
        assert lacking_chapters(db) == {}
    assert len(asked) == 1
