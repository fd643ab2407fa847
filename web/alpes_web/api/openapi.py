"""The OpenAPI document of the interface, written from its questions and documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from alpes_web.api.documents import (
    EventsDocument,
    OneEventDocument,
    ProblemDocument,
    ReportYearDocument,
    SeriesListDocument,
    YearDocument,
    YearsDocument,
)
from alpes_web.api.exhibitors import ExhibitorsDocument
from alpes_web.api.offers import OffersDocument, OffersQuestion
from alpes_web.api.questions import EventsQuestion, Question

_REFERENCE = "#/components/schemas/{model}"
VERSION = "1.3"
"""Of the interface: the second number grows with what is added, the first when something would break."""
_PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Operation:
    """One address of the interface: what is asked, what is answered; `part` describes the part of its path."""

    endpoint: str
    path: str
    summary: str
    answer: type[BaseModel]
    question: type[Question] = Question
    part: Mapping[str, object] | None = None
    refusals: tuple[int, ...] = (400, 429)


_SLUG = {"name": "slug", "schema": {"type": "string", "minLength": 1, "maxLength": 120}}
_YEAR = {"name": "year", "schema": {"type": "integer", "minimum": 1000, "maximum": 9999}}

OPERATIONS = (
    Operation(
        "api.events", "/api/v1/events", "Events", EventsDocument, EventsQuestion, refusals=(400, 404, 429)
    ),
    Operation(
        "api.event", "/api/v1/events/{slug}", "One event", OneEventDocument, part=_SLUG, refusals=(400, 404, 429)
    ),
    Operation(
        "api.exhibitors", "/api/v1/events/{slug}/exhibitors", "Who will be at an event", ExhibitorsDocument, part=_SLUG,
        refusals=(400, 404, 429),
    ),
    Operation("api.offers", "/api/v1/offers", "Job offers", OffersDocument, OffersQuestion),
    Operation("api.series", "/api/v1/series", "Series of events", SeriesListDocument),
    Operation("api.years", "/api/v1/figures", "Years with published figures", YearsDocument),
    Operation(
        "api.figures", "/api/v1/figures/{year}", "Figures of a year that is over", YearDocument, part=_YEAR,
        refusals=(400, 404, 429),
    ),
    Operation(
        "api.report", "/api/v1/report/{year}.json", "Figures of the yearly report on a year that is over",
        ReportYearDocument, part=_YEAR, refusals=(400, 404, 429),
    ),
)  # fmt: skip
"""Everything that can be asked, but this description itself."""


def openapi(*, title: str, base_url: str) -> dict[str, Any]:
    """The description of the interface at `base_url` (OpenAPI 3.1)."""
    models: set[type[BaseModel]] = {*(operation.answer for operation in OPERATIONS), ProblemDocument}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "serialization") for model in ordered], ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": VERSION, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        "servers": [{"url": base_url}],
        "paths": {operation.path: {"get": _described(operation)} for operation in OPERATIONS},
        "components": {"schemas": schemas["$defs"]},
    }


def _described(operation: Operation) -> dict[str, Any]:
    answers = {
        "200": {
            "description": (operation.answer.__doc__ or "").strip(),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": _reference(operation.answer)}},
        },
        "304": {"description": "Nothing changed since the ETag that was sent."},
    }
    for status in operation.refusals:
        content = {_PROBLEM: {"schema": _reference(ProblemDocument)}}
        answers[str(status)] = {"description": _WHY[status], "content": content}
    return {
        "operationId": operation.endpoint.removeprefix("api."),
        "summary": operation.summary,
        "parameters": [*_part(operation), *_parameters(operation.question)],
        "responses": answers,
    }


_WHY = {
    400: "A parameter is unknown or cannot be read.",
    404: "There is no such thing, or it is not public.",
    429: "Too many questions in a short time: the header Retry-After says when to come back.",
}


def _part(operation: Operation) -> list[dict[str, object]]:
    return [] if operation.part is None else [{"in": "path", "required": True, **operation.part}]


def _parameters(question: type[Question]) -> list[dict[str, Any]]:
    """The query's parameters; a schema that refers to another is written out in place."""
    schema = question.model_json_schema()
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": described.pop("description", ""),
            "style": "form",
            "explode": True,
            "schema": _resolved(described, schema.get("$defs", {})),
        }
        for name, described in schema["properties"].items()
    ]


def _resolved(schema: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_resolved(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    return {name: _resolved(part, definitions) for name, part in schema.items() if name != "title"}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}
