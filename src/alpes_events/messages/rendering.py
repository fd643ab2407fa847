"""From a moment to words: subject, plain text and HTML, in the reader's language. No Flask, no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from alpes_events.agenda.models import EventKind
from alpes_events.companies.models import SpeakerState
from alpes_events.language.sentence import catalogue
from alpes_events.language.typography import set_in
from alpes_events.messages.catalogue import PLACE_FIELDS, TIME_FIELDS
from alpes_events.messages.greeting import greeted, one_line
from alpes_events.messages.links import Links
from alpes_events.messages.moment import Moment
from alpes_events.messages.placeholders import named
from alpes_events.messages.spoken_dates import SpokenDates
from alpes_events.messages.wording import Wording, filled, paragraphs
from alpes_events.people.browser_family import browser_words
from alpes_events.people.models import CodePurpose

_TAG = re.compile(r"(<style>.*?</style>|<[^>]+>)", re.DOTALL)
_KIND_COLOURS = {
    EventKind.SALON: "#2E3F8F",
    EventKind.FORUM: "#23689F",
    EventKind.JOB_DATING: "#0E6E7C",
    EventKind.RECRUITMENT: "#A62B5F",
    EventKind.DISCOVERY: "#55701A",
    EventKind.WORKSHOP: "#6D4AA0",
    EventKind.INFORMATION: "#8D4E17",
    EventKind.PARTNER_EVENT: "#655B52",
}


@dataclass(frozen=True)
class Rendered:
    """What a message says: its subject on one line, and its body twice."""

    subject: str
    text: str
    html: str


def render(moment: Moment, links: Links, *, wording: Wording | None = None) -> Rendered:
    """The words of `moment`, with the organisation's own subject and opening where it has them."""
    own = moment.own or wording or Wording()
    facts = _facts(moment, links)
    subject = one_line(filled(own.subject, _named(moment)) or _part(moment, facts, "subject"))
    return Rendered(
        subject=subject,
        text=_letter(moment, facts | {"subject": subject}, own, html=False),
        html=_letter(moment, facts | {"subject": subject}, own, html=True),
    )


def _letter(moment: Moment, facts: Mapping[str, Any], own: Wording, *, html: bool) -> str:
    letters = _letters(moment.language, html=html)
    context = _with_pieces(letters, facts, html=html)
    if own.opening:
        opening: list[str] = paragraphs(filled(own.opening, _named(moment)))
    else:
        words = letters.get_template(f"{moment.kind}/opening.j2").render(context)
        opening = [Markup(words) if html else words]  # noqa: S704 (the template escaped it)
    page = letters.get_template("letter_html.j2" if html else "letter_text.j2")
    words = page.render(context | {"opening": opening})
    return _set_html(words, moment.language) if html else re.sub(r"\n{3,}", "\n\n", words).strip() + "\n"


def _part(moment: Moment, facts: Mapping[str, Any], part: str) -> str:
    letters = _letters(moment.language, html=False)
    return letters.get_template(f"{moment.kind}/{part}.j2").render(_with_pieces(letters, facts, html=False))


def _with_pieces(letters: Environment, facts: Mapping[str, Any], *, html: bool) -> dict[str, Any]:
    """The facts, with the pieces of a letter (`m`) in the wanted form."""
    pieces = letters.get_template("html.j2" if html else "text.j2").make_module(dict(facts))
    return {**facts, "m": pieces}


def _facts(moment: Moment, links: Links) -> dict[str, Any]:
    dates = SpokenDates(moment.language, moment.zone)
    occasion = moment.occasion
    changed = set(moment.facts.get("changed") or ())
    announced_at = moment.reader.erasure_announced_at
    return {
        "kind": moment.kind.value,
        "language": moment.language,
        "now": moment.now,
        "came_from": moment.facts.get("came_from", "new"),
        "purpose": moment.facts.get("purpose", CodePurpose.ADDRESS.value),
        "organisation": moment.organisation,
        "occasion": occasion,
        "standing": moment.standing,
        "interviews": moment.interviews,
        "may_choose": moment.may_choose,
        "interview_lines": [dates.interview(one) for one in moment.interviews],
        "stand": moment.stand,
        "stand_missing": [] if moment.stand is None else moment.stand.missing_words(moment.language),
        "secrets": moment.secrets,
        "password_link": moment.password_link,
        "asked_by": moment.facts.get("asked_by", "owner"),
        "change": moment.facts.get("change", ""),
        "company": moment.company,
        "approved": moment.facts.get("state") == SpeakerState.APPROVED.value,
        "contact_erasure_at": moment.now + timedelta(days=moment.organisation.retention_notice_days),
        "browser": browser_words(str(moment.facts.get("browser", "")), moment.language),
        "happened_at": datetime.fromisoformat(moment.facts.get("at") or moment.now.isoformat()),
        "reader": moment.reader,
        "links": links,
        "dates": dates,
        "greeted": greeted(moment.reader.name),
        "kind_colour": None if occasion is None else _KIND_COLOURS[occasion.kind],
        "days_ahead": None if occasion is None else dates.days_until(occasion.starts_at, now=moment.now),
        "place_moved": bool(changed & PLACE_FIELDS),
        "time_moved": bool(changed & TIME_FIELDS),
        "kept_until": date.fromisoformat(moment.facts["kept_until"]) if "kept_until" in moment.facts else None,
        "erasure_at": announced_at and announced_at + timedelta(days=moment.organisation.retention_notice_days),
        "alert": moment.alert,
        "application": moment.application,
        "request": moment.request,
        "application_state": "" if moment.application is None else moment.application.state_words(moment.language),
        "follow_up": moment.follow_up,
        "lapse": moment.lapse,
        "lapse_days": 0 if moment.lapse is None else dates.days_to(moment.lapse.due_on, now=moment.now),
        "declaration": moment.declaration,
        "chapter": moment.chapter,
        "digest": moment.digest,
        "digest_lines": [] if moment.digest is None else moment.digest.lines(moment.language),
    }


def _named(moment: Moment) -> dict[str, str]:
    """What the organisation's placeholders stand for."""
    dates = SpokenDates(moment.language, moment.zone)
    facts = named(moment.reader.name, moment.organisation, moment.occasion, dates=dates)
    if moment.stand is not None:
        facts["exposant"] = moment.stand.name
    if moment.request is not None:
        facts |= {"offre": moment.request.title, "entreprise": moment.request.company}
    if moment.application is not None:
        facts |= {"offre": moment.application.title, "entreprise": moment.application.company}
    return facts


@lru_cache
def _letters(language: str, *, html: bool) -> Environment:
    """The templates in one language, escaping what they are given when they write HTML."""
    letters = Environment(
        loader=PackageLoader("alpes_events.messages"),
        autoescape=html,  # noqa: S701 (off for plain text only)
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    letters.filters["one_line"] = one_line
    letters.filters["one_paragraph"] = lambda words: " ".join(str(words).split())
    words = catalogue(language)
    letters.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return letters


def _set_html(page: str, language: str) -> str:
    """French spaces in what is read, never inside a tag or a style."""
    parts = _TAG.split(page)
    return "".join(part if part.startswith("<") else set_in(part, language) for part in parts)
