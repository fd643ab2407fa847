"""The records behind a figure, page by page, each with its person where one is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, literal, null, type_coerce
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.models import RecruitmentOperation, RecruitmentSession
from alpes_events.language.sentence import say
from alpes_events.pathways.models import Enrolment, PathwayExit, PathwayStep
from alpes_events.pathways.words import OUTCOMES, shown_reason
from alpes_events.people.models import Candidate
from alpes_events.people.records import merged_records
from alpes_events.reporting.definition import Basis, Definition, Measure
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.health import tells_health
from alpes_events.reporting.words import word_said
from alpes_events.services.models import ServiceAct


@dataclass(frozen=True)
class RecordBehind:
    """A record behind a figure. `what` says what it is, `beside` where or with whom; `person_id` 0: nobody is named,
    and `person` is empty for somebody who was erased.
    """

    id: int
    day: date
    what: str
    beside: str
    person_id: int
    person: str
    quantity: int


def opens(definition: Definition, member: str) -> bool:
    """Whether its records can be opened: counted one by one here, and not by what tells of somebody's health.

    Legitimate exits open all together only: those for other reasons than health, set apart, would tell the rest.
    """
    if definition.basis is not Basis.COUNTED or definition.measure is Measure.GIVEN:
        return False
    asked = {**definition.where, **({definition.each: (member,)} if definition.each else {})}
    return not tells_health(asked)


def records_behind(
    db: Session, evaluation: Evaluation, definition: Definition, member: str, year: int, *, part: Part, language: str
) -> Page[RecordBehind]:
    """One page of the records behind a counted figure, person by person."""
    ids = evaluation.ids_behind(definition, member, year)
    wanted = ids[part.offset : part.offset + part.size]
    asked = _asked(definition).where(col(_KEYS[definition.source]).in_(wanted))
    told = {row[0]: row for row in db.execute(asked)}
    rows = [told[one] for one in wanted if one in told]
    people = _people(db, [row[2] for row in rows if row[2]])
    found = [
        RecordBehind(row[0], row[1], *_said(definition.source, row[4:], language), *people.get(row[2], (0, "")), row[3])
        for row in rows
    ]
    return Page(tuple(found), len(ids), part)


def _people(db: Session, ids: Sequence[int]) -> dict[int | None, tuple[int, str]]:
    """The record that stands for each, with its name; nothing for who was erased."""
    merged = merged_records()
    found = db.execute(columns_of(merged.c.id, merged.c.kept_id).where(merged.c.id.in_(sorted(set(ids)))))
    kept: dict[int, int] = {row[0]: row[1] for row in found}
    asked = columns_of(col(Candidate.id), col(Candidate.given_name), col(Candidate.family_name)).where(
        col(Candidate.id).in_(sorted({kept.get(one, one) for one in ids})), col(Candidate.erased_at).is_(None)
    )
    names = {row[0]: f"{row[1]} {row[2]}".strip() for row in db.execute(asked)}
    return {one: (kept.get(one, one), names.get(kept.get(one, one), "")) for one in ids}


_KEYS: Mapping[str, Any] = {
    "acts": ServiceAct.id,
    "enrolments": Enrolment.id,
    "exits": PathwayExit.enrolment_id,
    "steps": PathwayStep.id,
    "hires": Hire.id,
    "recruitment_sessions": RecruitmentSession.id,
}


def _asked(definition: Definition) -> Any:
    """Id, day, person, quantity, then what it is and what stands beside."""
    one: Any = literal(1)
    told: Any
    match definition.source:
        case "acts":
            act = ServiceAct
            told = (act.id, act.happened_on, act.candidate_id, act.quantity, act.kind, act.place, act.organisation)
            return _select(told)
        case "enrolments":
            row = Enrolment
            told = (row.id, row.entered_on, row.candidate_id, one, row.scheme_code, row.operator)
            return _select(told)
        case "exits":
            left, row = PathwayExit, Enrolment
            how = (row.scheme_code, left.reason, left.outcome)
            return _select((left.enrolment_id, left.exited_on, row.candidate_id, one, *how)).join(
                row, col(row.id) == col(left.enrolment_id)
            )
        case "steps":
            step, row, kind = PathwayStep, Enrolment, type_coerce(PathwayStep.kind, String)
            told = (step.id, step.starts_on, row.candidate_id, one, kind, step.label, step.organisation)
            return _select(told).join(row, col(row.id) == col(step.enrolment_id))
        case "hires":
            kind = type_coerce(Hire.contract, String)
            return _with_company(Hire, (Hire.id, Hire.signed_on, Hire.candidate_id, one, kind, Company.name))
        case _:
            held = RecruitmentSession
            inside = definition.where.get("heads") == ("territory",)
            heads = held.territory_count if inside else held.candidate_count
            told = (held.id, held.held_on, null(), heads, RecruitmentOperation.name, Company.name)
            return _with_company(held, told)


def _select(told: Sequence[Any]) -> Any:
    return columns_of(*told)


def _with_company(table: Any, told: Sequence[Any]) -> Any:
    return (
        _select(told)
        .select_from(table)
        .outerjoin(RecruitmentOperation, col(RecruitmentOperation.id) == col(table.operation_id))
        .outerjoin(Company, col(Company.id) == col(RecruitmentOperation.company_id))
    )


def _said(source: str, row: Sequence[Any], language: str) -> tuple[str, str]:
    """What the record is, and where or with whom, in words."""
    first, rest = row[0] or "", [one for one in row[1:] if one]
    match source:
        case "acts" | "steps":
            return word_said("kind", first, language), ", ".join(rest)
        case "enrolments":
            return word_said("scheme", first, language), ", ".join(rest)
        case "exits":
            outcome = say(OUTCOMES[row[2]]).in_language(language)
            return word_said("scheme", first, language), shown_reason(first, row[1], row[2], language) or outcome
        case "hires":
            return word_said("contract", first, language), ", ".join(rest)
        case _:
            return first, ", ".join(rest)
