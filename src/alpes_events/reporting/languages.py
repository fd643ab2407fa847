"""Blocks whose words changed in one language and not since in the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.models import ReportBlock, ReportChapter
from alpes_events.reporting.setting import blocks_by_chapter, chapters_of
from alpes_events.reporting.writing import VERSIONS_OF_BLOCKS
from alpes_events.versions.queries import contents_before

_OTHER = "en"
_WORDS = ("heading", "text", "caption")
"""What a block says in both languages: French under the name, English under the name with `_en`."""


@dataclass(frozen=True)
class Behind:
    """A block of a chapter whose words in `language` are older than those in the other."""

    chapter: ReportChapter
    block: ReportBlock
    language: str


def blocks_behind(db: Session, report_id: int) -> list[Behind]:
    """The blocks of a report of which one language did not follow the other, in order."""
    blocks = blocks_by_chapter(db, report_id)
    standing = [(chapter, one) for chapter in chapters_of(db, report_id) for one in blocks.get(chapter.id or 0, ())]
    before = contents_before(db, VERSIONS_OF_BLOCKS, [str(one.id) for _chapter, one in standing if one.version > 1])
    found = ((chapter, one, behind((*before.get(str(one.id), ()), one.content))) for chapter, one in standing)
    return [Behind(chapter, one, language) for chapter, one, language in found if language]


def behind(contents: Sequence[Mapping[str, Any]]) -> str:
    """The language that did not follow in what a block said, the first first; "" where both say the same. Pure."""
    return next((language for name in _WORDS if (language := _late(name, contents))), "")


def _late(name: str, contents: Iterable[Mapping[str, Any]]) -> str:
    """Which language is late. One that is empty is not: the French is printed in its place. Nor is what said the same
    before.
    """
    said = [(str(one.get(name) or ""), str(one.get(f"{name}_{_OTHER}") or "")) for one in contents]
    late, agreed = "", {*said[:1]}
    for before, now in pairwise(said):
        late = "" if now in agreed else _after(late, before, now)
        if not late:
            agreed.add(now)
    return late


def _after(late: str, before: tuple[str, str], now: tuple[str, str]) -> str:
    """Which language is late after a change of the words in French and in English."""
    french, english = (one != other for one, other in zip(before, now, strict=True))
    if french == english:
        return "" if french else late
    if not (all(before) and all(now)):
        return ""
    changed, other = (SOURCE_LANGUAGE, _OTHER) if french else (_OTHER, SOURCE_LANGUAGE)
    return "" if late == changed else other
