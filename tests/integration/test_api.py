"""The interface for programs: it answers what its own description promises, and shows nothing that is not public."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.core.result import Ok

from alpes_events.agenda.commands import create_event, the_event
from alpes_events.agenda.models import EventKind
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hires import HireDraft, count_hires
from alpes_events.hiring.operations import OperationDraft, add_operation
from alpes_events.language.sentence import LANGUAGES
from alpes_events.statistics.compilation import compile_year
from alpes_web.api.openapi import OPERATIONS
from tests.support.calendars import Site
from tests.support.databases import Templates
from tests.support.hiring import a_company, an_offer
from tests.support.sayings import Ear, typed_in
from tests.support.stories import DRAFT, STARTS_AT, an_event, signs_up
from tests.support.town import settle_town, town_of
from tests.support.web import a_site


@pytest.fixture
def site(organised: Database) -> Site:
    return Site(organised)


@pytest.fixture(scope="module")
def town(templates: Templates) -> Iterator[Flask]:
    with templates.fresh("sqlite", settle_town) as database:
        with database.writing() as db:
            compile_year(db, 2025, now=datetime(2026, 1, 2, tzinfo=UTC))
            db.commit()
        yield a_site(database, trusted_networks=("127.0.0.0/8",), base_url="http://localhost")


@pytest.fixture(scope="module")
def ears(town: Flask) -> dict[str, Ear]:
    typed = typed_in(town.extensions["alpes"].database)
    return {language: Ear(language, typed) for language in LANGUAGES}


_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
"""What was asked for, quoted in what is answered: no words of ours."""


def spoken(answer: schemathesis.Response) -> list[str]:
    """The words of an answer that are ours: what went wrong, the labels of kinds, the definitions of figures."""
    if answer.status_code >= 400:
        return [answer.json()["title"], answer.json()["detail"]]
    told = answer.json()
    labels = [event["kind_label"] for event in (told.get("events") or [told]) if "kind_label" in event]
    return [*labels, *told.get("definitions", {}).values()]


def test_every_answer_is_as_described_and_speaks_the_language_of_its_address(town: Flask, ears: dict[str, Ear]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", town)
    with town.extensions["alpes"].database.reading() as db:
        known = {"slug": the_event(db, town_of(town.extensions["alpes"].database).job_dating).slug, "year": 2025}
    tried = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried.append(operation.path)

        @given(case=operation.as_strategy(), asked=st.sampled_from(["", *LANGUAGES]), there=st.booleans())
        @settings(suppress_health_check=list(HealthCheck), deadline=None)
        def answers_as_described(case: schemathesis.Case[Any], asked: str, *, there: bool) -> None:
            if asked:
                case.query["lang"] = asked
            if there:
                case.path_parameters |= {part: known[part] for part in case.path_parameters}
            other = {"Accept-Language": "fr" if asked == "en" else "en", "Accept-Encoding": "identity"}
            answer = case.call_and_validate(headers=other)
            language = parse_qs(urlsplit(str(answer.request.url)).query).get("lang", ["fr"])[-1]
            ear = ears.get(language, ears["fr"])
            assert [text for text in spoken(answer) if ear.wrong(_QUOTED.sub("", text))] == []

        answers_as_described()
    assert sorted(tried) == sorted(operation.path for operation in OPERATIONS)


def test_description_is_openapi_and_complete(town: Flask) -> None:
    told = town.test_client().get("/api/v1/openapi.json").get_json()
    validate(told)
    rules = {rule.endpoint for rule in town.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert rules == {operation.endpoint for operation in OPERATIONS} | {"api.description"}


def ask(site: Site, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.octets(f"/api/v1/{address}"))
    return found


def test_events_come_in_pages_soonest_first_without_drafts(site: Site) -> None:
    with site.changing() as db:
        for number in (3, 1, 2):
            starts_at = STARTS_AT + timedelta(days=number)
            an_event(db, now=site.now, title=f"N{number}", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        create_event(db, replace(DRAFT, title="Brouillon"), capacity=3, now=site.now, account_id=None)
    first = ask(site, "events?size=2")
    assert [event["title"] for event in first["events"]] == ["N1", "N2"]
    assert (first["count"], first["page"], first["pages"]) == (3, 1, 2)
    second = json.loads(site.octets(first["next"]))
    assert [event["title"] for event in second["events"]] == ["N3"]
    assert second["next"] is None


def test_filters_and_days_narrow_like_feeds(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now, title="Atelier", kind=EventKind.WORKSHOP)
        an_event(db, now=site.now, title="Job dating")
    assert [event["title"] for event in ask(site, "events?kind=workshop")["events"]] == ["Atelier"]
    assert ask(site, "events?kind=workshop&kind=job_dating")["count"] == 2
    assert ask(site, "events?from=2026-03-12&until=2026-03-12")["count"] == 2
    assert ask(site, "events?until=2026-03-11")["count"] == 0
    assert ask(site, "events?from=2026-03-13")["count"] == 0


@pytest.mark.parametrize(
    "query", ["colour=red", "from=12/03/2026", "from=86400", "page=0", "size=101", "kind=party", "lang=de"]
)
def test_bad_question_is_refused_with_the_name_of_its_part(site: Site, query: str) -> None:
    answer = site.client.get(f"/api/v1/events?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert query.partition("=")[0] in json.loads(answer.data)["detail"]


def test_event_tells_places_and_programme_and_nobody(site: Site) -> None:
    with site.changing() as db:
        event_id = an_event(db, now=site.now)
        signs_up(db, event_id, 1, now=site.now)
        slug = the_event(db, event_id).slug
    told = ask(site, f"events/{slug}")
    assert told["places"] == {"capacity": 2, "free": 1, "waiting_list": True}
    assert told["starts_at"] == "2026-03-12T14:00:00+01:00"
    assert told["sessions"] == []
    assert "Prénom" not in json.dumps(told, ensure_ascii=False)
    with site.changing() as db:
        call_off_event(db, event_id, reason="Grève", now=site.now, account_id=None)
    told = ask(site, f"events/{slug}")
    assert (told["state"], told["cancellation_reason"], told["sequence"]) == ("cancelled", "Grève", 1)


def test_draft_and_unknown_event_are_the_same(site: Site) -> None:
    with site.changing() as db:
        event_id = create_event(db, DRAFT, capacity=3, now=site.now, account_id=None)
        slug = the_event(db, event_id).slug
    answers = [site.client.get(f"/api/v1/events/{name}") for name in (slug, "no-such-event")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_figures_are_published_when_the_year_is_over(site: Site) -> None:
    with site.changing() as db:
        an_event(db, now=site.now)
        compile_year(db, 2026, now=site.now)
        compile_year(db, 2025, now=site.now)
    assert ask(site, "figures") == {"years": {"2025": "http://localhost/api/v1/figures/2025"}}
    assert site.client.get("/api/v1/figures/2026").status_code == 404
    site.now = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    told = ask(site, "figures/2026")
    assert told["events"] == 1
    assert told["totals"]["visitors"] == {"value": None, "state": "not_collected", "events_known": 0}


def test_year_holds_its_hiring_with_small_numbers_of_people_hidden(site: Site) -> None:
    with site.changing() as db:
        operation_id = add_operation(
            db, OperationDraft(a_company(db), "Ouverture", date(2026, 3, 2)), now=site.now, account_id=None
        )
        signed = HireDraft(ContractKind.CDI, date(2026, 3, 2), date(2026, 3, 2))
        count_hires(db, operation_id, signed, count=3, in_territory=True, now=site.now, account_id=None)
        an_offer(db)
        compile_year(db, 2026, now=site.now)
    site.now = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    told = ask(site, "figures/2026")
    assert told["hiring"]["offers_published"] == {"value": 1, "state": "counted"}
    assert told["hiring"]["hires"] == {"value": None, "state": "hidden"}
    assert told["hiring"]["hired_persons"]["state"] == "not_collected"
    assert set(told["hiring"]) <= set(told["definitions"])


def test_any_site_may_ask_and_nothing_is_sent_twice(site: Site) -> None:
    answer = site.client.get("/api/v1/series", headers={"Origin": "https://commune.example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = site.client.get("/api/v1/series", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
