"""Writing a report: blocks changed, moved, added and removed, with what they said before; comments on them."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.language.sentence import N_
from alpes_events.reporting.blocks import names_in
from alpes_events.reporting.chapters import the_chapter
from alpes_events.reporting.definition import MEMBER
from alpes_events.reporting.making import tell_report
from alpes_events.reporting.models import BlockKind, ReportBlock, ReportComment
from alpes_events.reporting.naming import bare
from alpes_events.reporting.order import move_within
from alpes_events.reporting.refusals import BadReport, UnknownBlock
from alpes_events.versions.commands import Subject, keep_former

_LONGEST_TEXT, _LONGEST_COMMENT = 10_000, 1_000
_MOST_FIGURES = 60
VERSIONS_OF_BLOCKS = "report_block"
"""The kind of thing that the former versions of blocks are of."""


def write_block(
    db: Session,
    block_id: int,
    content: Mapping[str, Any],
    *,
    known: Iterable[str],
    now: datetime,
    account_id: int | None,
) -> None:
    """What a block says, anew; what it said is kept. `known` are the figures that there are, by id.

    Raises `UnknownBlock`, `BadReport`: a figure that does not exist, a text too long.
    """
    block = the_block(db, block_id)
    check_content(block.kind, content, known=known)
    if dict(content) == block.content:
        return
    keep_former(db, version_subject(block_id), block.content, now=now, account_id=account_id)
    block.content = dict(content)
    block.version += 1
    block.changed_at, block.changed_by = now, account_id
    db.add(block)
    db.flush()
    _tell(db, block, "block", now=now, account_id=account_id)


def add_block(
    db: Session,
    chapter_id: int,
    kind: BlockKind,
    content: Mapping[str, Any],
    *,
    known: Iterable[str],
    now: datetime,
    account_id: int | None,
) -> int:
    """A new block at the end of its chapter. Gives its id. Raises `UnknownChapter`, `BadReport`."""
    the_chapter(db, chapter_id)
    check_content(kind, content, known=known)
    last = db.exec(select(func.max(ReportBlock.position)).where(ReportBlock.chapter_id == chapter_id)).one()
    block = ReportBlock(
        chapter_id=chapter_id,
        position=0 if last is None else last + 1,
        kind=kind,
        content=dict(content),
        changed_at=now,
        changed_by=account_id,
    )
    db.add(block)
    db.flush()
    _tell(db, block, "block_added", now=now, account_id=account_id)
    return block.id or 0


def move_block(db: Session, block_id: int, *, up: bool, now: datetime, account_id: int | None) -> None:
    """One place up or down within its chapter; at its end, nothing changes. Raises `UnknownBlock`."""
    block = the_block(db, block_id)
    standing = (ReportBlock.chapter_id == block.chapter_id, col(ReportBlock.removed_at).is_(None))
    asked = select(ReportBlock).where(*standing).order_by(col(ReportBlock.position), col(ReportBlock.id))
    if not move_within(db.exec(asked), block, up=up):
        return
    db.flush()
    _tell(db, block, "block_moved", now=now, account_id=account_id)


def remove_block(db: Session, block_id: int, *, now: datetime, account_id: int | None) -> None:
    """The block is no longer in the report; it can be put back. Raises `UnknownBlock`."""
    block = the_block(db, block_id)
    block.removed_at = now
    db.add(block)
    db.flush()
    _tell(db, block, "block_removed", now=now, account_id=account_id)


def put_back_block(db: Session, block_id: int, *, now: datetime, account_id: int | None) -> None:
    """A block that was removed stands again. Raises `UnknownBlock`."""
    block = db.get(ReportBlock, block_id)
    if block is None:
        raise UnknownBlock
    the_chapter(db, block.chapter_id)
    block.removed_at = None
    db.add(block)
    db.flush()
    _tell(db, block, "block_put_back", now=now, account_id=account_id)


def comment(db: Session, block_id: int, text: str, *, now: datetime, account_id: int | None) -> int:
    """A word to whoever fills the block. Gives its id. Raises `UnknownBlock`, `BadReport`."""
    the_block(db, block_id)
    if not text.strip() or len(text) > _LONGEST_COMMENT:
        raise BadReport(N_("Écrivez votre remarque, en mille signes au plus."), field="text")
    row = ReportComment(block_id=block_id, text=text.strip(), written_at=now, written_by=account_id)
    db.add(row)
    db.flush()
    return row.id or 0


def settle_comment(db: Session, comment_id: int, *, now: datetime) -> int:
    """What the comment asks for is done. Gives the id of its block. Raises `UnknownBlock`."""
    row = db.get(ReportComment, comment_id)
    if row is None:
        raise UnknownBlock
    the_block(db, row.block_id)
    row.settled_at = row.settled_at or now
    db.add(row)
    db.flush()
    return row.block_id


def the_block(db: Session, block_id: int) -> ReportBlock:
    """The block of a report that stands. Raises `UnknownBlock`."""
    block = db.get(ReportBlock, block_id)
    if block is None or block.removed_at is not None:
        raise UnknownBlock
    the_chapter(db, block.chapter_id)
    return block


def version_subject(block_id: int) -> Subject:
    """Under which name the former versions of a block are kept."""
    return (VERSIONS_OF_BLOCKS, str(block_id))


def check_content(kind: BlockKind, content: Mapping[str, Any], *, known: Iterable[str]) -> None:
    """Raises `BadReport` for a figure that does not exist, or too much of something."""
    figures = set(known)
    for name in names_in(kind, content):
        if bare(name) not in figures:
            raise BadReport(
                N_("Aucun chiffre ne s’appelle « %(name)s » : choisissez-le dans la liste des chiffres."),
                field="columns" if MEMBER in name and kind is BlockKind.TABLE else "figures",
                name=name,
            )
    for name in ("text", "text_en"):
        _refuse_open_braces(str(content.get(name, "")), field=name)
    if len(str(content.get("text", ""))) > _LONGEST_TEXT:
        raise BadReport(N_("Ce texte est trop long : dix mille signes au plus."), field="text")
    if len(names_in(kind, content)) > _MOST_FIGURES:
        raise BadReport(N_("Un bloc montre soixante chiffres au plus."), field="figures")


def _refuse_open_braces(text: str, *, field: str) -> None:
    """A figure that is not written whole would be printed with its brace."""
    half = re.search(r"[{}].{0,30}", re.sub(r"\{[^{}]+\}", "", text))
    if half is not None:
        raise BadReport(
            N_("Une accolade est seule, à « %(words)s » : un chiffre s’écrit entre deux, « {plie.participants} »."),
            field=field,
            words=half[0].strip(),
        )


def _tell(db: Session, block: ReportBlock, what: str, *, now: datetime, account_id: int | None) -> None:
    chapter = the_chapter(db, block.chapter_id)
    tell_report(db, chapter.report_id, [what], now=now, account_id=account_id)
