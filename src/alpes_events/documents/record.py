"""A record in words: headings with facts or paragraphs under them, on as many numbered pages as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alpes_events.documents.convocation import Letterhead
from alpes_events.documents.typesetting import typeset
from alpes_events.language.typography import set_in


@dataclass(frozen=True)
class Chapter:
    """One heading, words under it, then facts (term and text); `entries` are groups of facts with a title each."""

    heading: str
    words: str = ""
    facts: Sequence[tuple[str, str]] = ()
    entries: Sequence[tuple[str, Sequence[tuple[str, str]]]] = field(default=())


def record_pdf(
    title: str, lead: str, chapters: Sequence[Chapter], *, letterhead: Letterhead, page_words: str, language: str
) -> bytes:
    """A tagged PDF. Everything is in words already, in `language`; `page_words` is « Page » before the numbers."""
    content = {
        "language": language,
        "title": set_in(title, language),
        "lead": set_in(lead, language),
        "organisation": set_in(letterhead.name, language),
        "address": [part for part in (letterhead.address, letterhead.telephone, letterhead.email) if part],
        "page": page_words,
        "chapters": [_chapter(one, language) for one in chapters],
    }
    return typeset("record.typ", content)


def _chapter(one: Chapter, language: str) -> dict[str, object]:
    return {
        "heading": set_in(one.heading, language),
        "words": set_in(one.words, language),
        "facts": _rows(one.facts, language),
        "entries": [
            {"title": set_in(title, language), "facts": _rows(facts, language)} for title, facts in one.entries
        ],
    }


def _rows(facts: Sequence[tuple[str, str]], language: str) -> list[dict[str, str]]:
    return [{"term": set_in(term, language), "text": set_in(text, language)} for term, text in facts if text]
