"""What templates may do with a value: set texts, tell dates, link the files that a page loads."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from urllib.parse import urlencode

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from alpes_events.agenda.words import KIND_WORDS
from alpes_events.attendance.reference import shown
from alpes_events.clause.contracts.sizing_words import euros
from alpes_events.clause.durations import in_hours
from alpes_events.clause.tally.printing import decimal_words
from alpes_events.companies.siret import shown_siret
from alpes_events.hiring.experience import experience_words
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.words import OWN_APPLICATION_STATES, contract_words, level_words, pay_words, week_words
from alpes_events.interviews.own_times import OwnTime
from alpes_events.interviews.place_words import with_whom
from alpes_events.language import dates
from alpes_events.language.typography import on_one_line, set_in
from alpes_events.people.browser_family import browser_words
from alpes_web import languages
from alpes_web.accessibility import measured
from alpes_web.event_line import event_line
from alpes_web.event_view import address_on_map, map_link, number
from alpes_web.forms import described
from alpes_web.icons import icon, sprite
from alpes_web.identity import identity
from alpes_web.qr import qr_code
from alpes_web.role_words import ROLE_WORDS
from alpes_web.settings_sections import settings_groups
from alpes_web.site import site
from alpes_web.staff.report_words import titled
from alpes_web.staff_sections import staff_sections
from alpes_web.visitor import visitor

_HYPHENED = re.compile(r"(\b[A-ZÀ-ÖØ-Þ][\w’']*(?:-[\w’']+)+|\be-mails?\b)")
_UNBROKEN = Markup('<span class="nw">{}</span>')
_PARAGRAPH = re.compile(r"\n\s*\n")


def typo(text: object) -> Markup:
    """A text with its typography; names such as Marcq-en-Barœul stay on one line.

    A sentence with its facts comes from the catalogue escaped already: it is escaped once all the same.
    """
    words = text.unescape() if isinstance(text, Markup) else str(text)
    return _typeset(words, languages.language())


@lru_cache(maxsize=2048)
def _typeset(text: str, language: str) -> Markup:
    parts = _HYPHENED.split(set_in(text, language))
    return Markup("").join(_UNBROKEN.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def paragraphs(text: str) -> Markup:
    """A long text as paragraphs, its line breaks kept."""
    parts = [Markup("<br>").join(typo(line) for line in part.splitlines()) for part in _PARAGRAPH.split(text.strip())]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def telephone_link(number: str) -> str:
    """The address that calls `number` (French national form becomes +33)."""
    digits = re.sub(r"[^\d+]", "", number)
    return f"tel:+33{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def asset(name: str) -> str:
    """The address of a file of ours, with a mark that changes when the file does."""
    return url_for("static", filename=name, v=_mark(name))


def here_with(**changes: str | None) -> str:
    """The present address with some of its query changed; None or "" takes a part away."""
    query: Mapping[str, str] = {**request.args.to_dict(), **{k: v or "" for k, v in changes.items()}}
    kept = {name: value for name, value in query.items() if value and (name != "lang" or "lang" in changes)}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _decimal(value: Decimal) -> str:
    """« 31,06 », as the language writes it."""
    return decimal_words(str(value), languages.language())


def install(app: Flask) -> None:
    """Give the templates of `app` these words."""
    app.jinja_env.filters.update(
        typo=typo, said=languages.said, paragraphs=paragraphs, tel=telephone_link, reference=shown, siret=shown_siret,
        number=number, browser=_browser, in_fours=_in_fours, with_whom=_with_whom,
        in_hours=in_hours, decimal=_decimal, euros=_euros, titled=titled,
    )  # fmt: skip
    app.jinja_env.filters.update(
        day=_day, span=_span, hours=_hours, hour=_hour, moment=_moment, weekday=_weekday, month=_month,
        of_month=_of_month, local=_local, date=_date, eve=_eve, as_day=_as_day, capital=dates.capitalised,
    )  # fmt: skip
    app.jinja_env.globals.update(icon=icon, sprite=sprite, asset=asset, here_with=here_with, event_line=event_line)
    app.jinja_env.globals.update(kind_words=KIND_WORDS.__getitem__, staff_sections=staff_sections, described=described)
    app.jinja_env.globals.update(
        contract_words=_contract,
        pay_words=_pay,
        week_words=_week,
        experience_words=_experience,
        level_words=_level,
        own_application_words=OWN_APPLICATION_STATES.__getitem__,
    )
    app.jinja_env.globals.update(settings_groups=settings_groups, accessibility_level=lambda: measured().level)
    app.jinja_env.globals.update(
        role_words=ROLE_WORDS.__getitem__, qr_code=qr_code, map_link=map_link, address_on_map=address_on_map
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def frame() -> dict[str, object]:
        return {
            "identity": identity(),
            "visitor": visitor(),
            "language": languages.language(),
            "demo": site().settings.demo,
            "now": site().now(),
        }


def _contract(offer: JobOffer) -> str:
    return _set(contract_words(offer, languages.language()))


def _pay(offer: JobOffer) -> str:
    return pay_words(offer, languages.language())


def _experience(months: int | None) -> str:
    """The experience that an offer asks."""
    return _set(experience_words(months, languages.language()))


def _level(level: int | None) -> str:
    """The level of training that an offer asks."""
    return _set(level_words(level, languages.language()))


def _week(minutes: int | None) -> str:
    return _set(week_words(minutes, languages.language()))


def _browser(code: str) -> str:
    return browser_words(code, languages.language())


def _in_fours(text: str) -> str:
    """A long key in groups of four signs, to be copied by hand."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _local(at: datetime) -> datetime:
    return dates.local(at, zone=identity().zone)


def _with_whom(one: OwnTime) -> str:
    return with_whom(one, languages.language())


def _day(day: date | datetime, *, year: bool = False) -> str:
    return _set(dates.full_day(_as_day(day), language=languages.language(), year=year))


def _date(day: date) -> str:
    """« 6 octobre 1968 »: a day whose weekday says nothing."""
    return _set(dates.short_day(day, language=languages.language(), year=True))


def _weekday(day: date | datetime, *, short: bool = False) -> str:
    return dates.weekday(_as_day(day), language=languages.language(), short=short)


def _month(day: date | datetime, *, year: bool = False, short: bool = False) -> str:
    return dates.month(_as_day(day), language=languages.language(), year=year, short=short)


def _eve(day: date) -> date:
    """The last day of what ends before `day`."""
    return day - timedelta(days=1)


def _of_month(day: date | datetime) -> str:
    """« de mai 2026 », « d’octobre 2026 »."""
    return dates.of_month(_as_day(day), language=languages.language(), year=True)


def _hour(at: datetime) -> str:
    return _set(dates.hour(at, language=languages.language(), zone=identity().zone))


def _moment(at: datetime, *, year: bool = False) -> str:
    return _set(dates.moment(at, language=languages.language(), zone=identity().zone, year=year))


def _hours(starts_at: datetime, ends_at: datetime, *, all_day: bool = False) -> str:
    return on_one_line(
        _set(dates.hours(starts_at, ends_at, language=languages.language(), zone=identity().zone, all_day=all_day))
    )


def _span(starts_at: datetime, ends_at: datetime, *, all_day: bool = False, year: bool = False) -> str:
    zone, language = identity().zone, languages.language()
    return on_one_line(_set(dates.span(starts_at, ends_at, language=language, zone=zone, all_day=all_day, year=year)))


def _as_day(day: date | datetime) -> date:
    return _local(day).date() if isinstance(day, datetime) else day


def _euros(cents: int) -> str:
    return euros(cents, language=languages.language())


def _set(text: str) -> str:
    return set_in(text, languages.language())


@lru_cache
def _mark(name: str) -> str:
    content = resources.files("alpes_web").joinpath("static", name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]
