"""Accounts on paper: chapters of facts and tables under a number, with what proves them at the foot of each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alpes_events.documents.convocation import Letterhead
from alpes_events.language.typography import set_in


@dataclass(frozen=True)
class Figures:
    """A table. `right` are columns of numbers; `has_total`: its last row adds the others up; `small`: long codes."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    has_total: bool = False
    small: bool = False


@dataclass(frozen=True)
class AccountsChapter:
    """A heading, words, facts (term and text), tables, and a remark after them."""

    heading: str
    words: str = ""
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Figures] = ()
    after: str = ""


@dataclass(frozen=True)
class Accounts:
    """A document, everything in words of its language. `footer` stands on each page before the page's number."""

    number: str
    title: str
    lead: str
    chapters: Sequence[AccountsChapter]
    footer: str
    page_words: str
    recipient: str = ""


def accounts_content(accounts: Accounts, *, letterhead: Letterhead, language: str) -> dict[str, Any]:
    """What the template `accounts.typ` sets: words and numbers, as JSON."""
    return {
        "language": language,
        "title": set_in(accounts.title, language),
        "lead": set_in(accounts.lead, language),
        "number": accounts.number,
        "recipient": accounts.recipient,
        "organisation": set_in(letterhead.name, language),
        "address": [part for part in (letterhead.address, letterhead.telephone, letterhead.email) if part],
        "footer": accounts.footer,
        "page": accounts.page_words,
        "chapters": [chapter_content(one, language) for one in accounts.chapters],
    }


def chapter_content(one: AccountsChapter, language: str) -> dict[str, object]:
    """A chapter of it."""
    return {
        "heading": set_in(one.heading, language),
        "words": set_in(one.words, language),
        "facts": [{"term": set_in(term, language), "text": set_in(text, language)} for term, text in one.facts if text],
        "tables": [_figures(table, language) for table in one.tables if table.rows],
        "after": set_in(one.after, language),
    }


def _figures(one: Figures, language: str) -> dict[str, object]:
    return {
        "heading": [set_in(words, language) for words in one.heading],
        "rows": [[set_in(cell, language) for cell in row] for row in one.rows],
        "right": list(one.right),
        "total": one.has_total,
        "small": one.small,
    }
