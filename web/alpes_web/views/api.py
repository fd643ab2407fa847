"""The public interface for programs: events, series and published figures; read only, from any site, without a key."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify, request, url_for
from pydantic import BaseModel
from sqlmodel import Session

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.listing import all_series, public_events
from alpes_events.agenda.queries import public_event, sessions_of
from alpes_events.agenda.scope import scope_labels
from alpes_events.database.page import Part
from alpes_events.fair.catalogue import catalogue_of
from alpes_events.fair.publishing import check_shown
from alpes_events.fair.shown import shown_fair
from alpes_events.hiring.listing import listed_offers, offers_at_event
from alpes_events.reporting.compiled import ReportNotCompiled, compiled_year
from alpes_events.statistics.periods import Period
from alpes_events.statistics.published import protected
from alpes_events.statistics.queries import compiled_years
from alpes_events.statistics.year_report import NotCompiled, year_report
from alpes_events.territory.organisation import current_organisation
from alpes_events.territory.queries import communes_on_map
from alpes_web.api.answers import (
    Outlet,
    event_document,
    one_event_document,
    outlet,
    report_document,
    series_document,
    year_document,
)
from alpes_web.api.documents import EventsDocument, SeriesListDocument, YearsDocument
from alpes_web.api.exhibitors import exhibitors_document
from alpes_web.api.offers import OffersDocument, OffersQuestion, offer_document
from alpes_web.api.openapi import openapi
from alpes_web.api.questions import EventsQuestion, Question, asked
from alpes_web.limits import limit_address
from alpes_web.site import site

api = Blueprint("api", __name__, url_prefix="/api/v1")

_MINUTE = timedelta(minutes=1)
_ANSWERS_A_MINUTE = 240
"""For one address."""

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


@api.before_request
def _not_too_often() -> None:
    limit_address("api", limit=_ANSWERS_A_MINUTE, window=_MINUTE)


@api.after_request
def _for_every_site(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@api.get("/events")
def events() -> Response:
    """Events that are announced, cancelled or over, from a day on (today unless said otherwise)."""
    question = asked(EventsQuestion)
    with site().database.reading() as db:
        out = _outlet(db, question)
        scope_labels(db, question.scope, language=question.lang)
        page = public_events(
            db,
            question.scope,
            from_at=site().now() if question.from_ is None else _midnight(question.from_, out.zone),
            before_at=None if question.until is None else _midnight(question.until, out.zone, after=1),
            part=Part(question.page, question.size),
        )
    following = urlencode({**request.args.to_dict(flat=False), "page": question.page + 1}, doseq=True)
    return _answer(
        EventsDocument(
            events=[event_document(card, out) for card in page.rows],
            count=page.count,
            page=question.page,
            pages=page.last,
            next=out.address(f"{url_for('api.events')}?{following}") if question.page < page.last else None,
        )
    )


@api.get("/events/<slug>")
def event(slug: str) -> Response:
    """One event with its programme."""
    question = asked(Question)
    with site().database.reading() as db:
        out = _outlet(db, question)
        card = public_event(db, slug)
        if card is None or card.event.id is None:
            raise UnknownEvent
        sessions, fair = sessions_of(db, card.event.id), shown_fair(db, card.event)
    return _answer(one_event_document(card, sessions, fair, out))


@api.get("/events/<slug>/exhibitors")
def exhibitors(slug: str) -> Response:
    """Who will be at an event, once its catalogue is published."""
    question = asked(Question)
    with site().database.reading() as db:
        out = _outlet(db, question)
        card = public_event(db, slug)
        if card is None or card.event.id is None:
            raise UnknownEvent
        check_shown(db, card.event)
        stands = catalogue_of(db, card.event.id)
        cards = offers_at_event(db, card.event.id, today=site().now().astimezone(out.zone).date())
    return _answer(exhibitors_document(slug, stands, cards, out))


@api.get("/offers")
def offers() -> Response:
    """The job offers that are shown now, the newest first."""
    question = asked(OffersQuestion)
    with site().database.reading() as db:
        out = _outlet(db, question)
        today = site().now().astimezone(out.zone).date()
        choice = question.choice(communes_on_map(db, on=today))
        page = listed_offers(db, choice, today=today, part=Part(question.page, question.size))
    following = urlencode({**request.args.to_dict(flat=False), "page": question.page + 1}, doseq=True)
    return _answer(
        OffersDocument(
            offers=[offer_document(card, out) for card in page.rows],
            count=page.count,
            page=question.page,
            pages=page.last,
            next=out.address(f"{url_for('api.offers')}?{following}") if question.page < page.last else None,
        )
    )


@api.get("/series")
def series() -> Response:
    """Every series of the agenda."""
    question = asked(Question)
    with site().database.reading() as db:
        found, out = all_series(db), _outlet(db, question)
    return _answer(SeriesListDocument(series=[series_document(one, out) for one in found]))


@api.get("/figures")
def years() -> Response:
    """The years that are over and have figures."""
    question = asked(Question)
    with site().database.reading() as db:
        out = _outlet(db, question)
        found = [year for year in compiled_years(db) if _is_over(year, out.zone)]
    return _answer(YearsDocument(years={year: out.address(url_for("api.figures", year=year)) for year in found}))


@api.get("/figures/<int(fixed_digits=4):year>")
def figures(year: int) -> Response:
    """The figures of a year that is over, without small numbers of people."""
    question = asked(Question)
    with site().database.reading() as db:
        out = _outlet(db, question)
        if not _is_over(year, out.zone):
            raise NotCompiled(period=Period(f"{year:04d}"))
        report = protected(year_report(db, year), threshold=current_organisation(db).small_cell_threshold)
    return _answer(year_document(report, out))


@api.get("/report/<int(fixed_digits=4):year>.json")
def report(year: int) -> Response:
    """The figures of the yearly report on a year that is over, without small numbers of people."""
    question = asked(Question)
    with site().database.reading() as db:
        out, threshold = _outlet(db, question), current_organisation(db).small_cell_threshold
        if not _is_over(year, out.zone):
            raise ReportNotCompiled(year=year)
        compiled = compiled_year(db, year, threshold=threshold, language=out.language)
    return _answer(report_document(year, compiled))


@api.get("/openapi.json")
def description() -> Response:
    """What can be asked, for programs and people who write them."""
    with site().database.reading() as db:
        title = current_organisation(db).name
    return _kept(jsonify(openapi(title=title, base_url=site().settings.base_url)))


def _outlet(db: Session, question: Question) -> Outlet:
    return outlet(db, base_url=site().settings.base_url, language=question.lang)


def _is_over(year: int, zone: ZoneInfo) -> bool:
    return year < site().now().astimezone(zone).year


def _midnight(day: date, zone: ZoneInfo, *, after: int = 0) -> datetime:
    """The beginning of the day `after` days later, within the years that hold events."""
    held = min(max(day, _FIRST_DAY), _LAST_DAY)
    return datetime.combine(held + timedelta(days=after), time(), tzinfo=zone)


def _answer(document: BaseModel) -> Response:
    return _kept(Response(document.model_dump_json(by_alias=True), mimetype="application/json"))


def _kept(answer: Response) -> Response:
    """Sent whole once, then only when it has changed."""
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.make_conditional(request)
    return answer
