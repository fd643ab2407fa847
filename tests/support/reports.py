"""Reports as the team writes them: blocks written again, commented on, taken out, and an edition."""

from sqlmodel import Session, col, select

from alpes_events.pictures.keeping import keep_picture
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.making import make_report
from alpes_events.reporting.models import BlockKind, Report, ReportBlock
from alpes_events.reporting.publishing import proof_of, publish
from alpes_events.reporting.setting import chapters_of
from alpes_events.reporting.writing import add_block, comment, remove_block, write_block
from tests.support.drawn import picture
from tests.support.stories import NOW

YEAR = 2026


def a_report(db: Session, *, year: int = YEAR, template: str = "ars") -> tuple[int, int]:
    """A report on the year, with a text at the end of its first chapter; and that block."""
    report_id = make_report(db, year, template, now=NOW, account_id=None)
    return report_id, _text(db, report_id, "Un texte.")


def _text(db: Session, report_id: int, text: str) -> int:
    chapter = chapters_of(db, report_id)[0]
    return add_block(db, chapter.id or 0, BlockKind.TEXT, {"text": text}, known=catalogue(), now=NOW, account_id=None)


def add_picture(db: Session, report_id: int, *, across: int = 60) -> None:
    """A picture at the end of the first chapter."""
    chapter = chapters_of(db, report_id)[0]
    kept = keep_picture(db, picture(across=across), name="forum.png", most_side=800, field="picture", now=NOW)
    content = {"picture_id": kept, "caption": "Un forum."}
    add_block(db, chapter.id or 0, BlockKind.PICTURE, content, known=(), now=NOW, account_id=None)


def report_in_town(db: Session) -> None:
    """A report with a picture, published; a block of it was written again and commented on, another taken out."""
    report_id, block_id = a_report(db)
    add_picture(db, report_id)
    _written_again(db, block_id, "Le mot.")
    remove_block(db, _text(db, report_id, "Un autre."), now=NOW, account_id=None)
    publish(db, proof_of(db, report_id), why="Pour voir.", now=NOW, account_id=None)


def crowd_the_reports(db: Session, number: int) -> None:
    """A report of a year before, and more of what stands beside the first: versions, comments, blocks taken out."""
    a_report(db, year=YEAR - 1 - number // 2, template=("ars", "state")[number % 2])
    texts = select(ReportBlock.id).where(ReportBlock.kind == BlockKind.TEXT)
    _written_again(db, db.exec(texts.order_by(col(ReportBlock.id))).first() or 0, f"Le mot {number}.")
    report_id = db.exec(select(Report.id).order_by(col(Report.id))).first() or 0
    remove_block(db, _text(db, report_id, f"Un autre, {number}."), now=NOW, account_id=None)


def _written_again(db: Session, block_id: int, text: str) -> None:
    write_block(db, block_id, {"text": text}, known=catalogue(), now=NOW, account_id=None)
    comment(db, block_id, "Une remarque.", now=NOW, account_id=None)
