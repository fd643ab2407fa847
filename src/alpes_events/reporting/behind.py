"""The records behind a figure, page by page, each with its person where one is named."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, null, type_coerce
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.models import RecruitmentOperation, RecruitmentSession
from alpes_events.language.sentence import say
from alpes_events.pathways.models import Enrolment, PathwayExit, PathwayStep
from alpes_events.pathways.words import OUTCOMES, shown_reason
from alpes_events.reporting.definition import Basis, Definition, Measure
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.given import BEHIND
from alpes_events.reporting.health import tells_health
from alpes_events.reporting.record import Opened, Opening, RecordBehind, Shown, people_named
from alpes_events.reporting.words import word_said
from alpes_events.services.models import ServiceAct


def opens(definition: Definition, member: str) -> bool:
    """Whether its records can be opened: counted one by one here, and not by what tells of somebody's health.

    Legitimate exits open all together only: those for other reasons than health, set apart, would tell the rest.
    """
    if definition.basis is not Basis.COUNTED:
        return False
    asked = {**definition.where, **({definition.each: (member,)} if definition.each else {})}
    return not tells_health(asked)


def records_behind(
    db: Session,
    evaluation: Evaluation,
    definition: Definition,
    member: str,
    year: int,
    *,
    part: Part,
    now: datetime,
    language: str,
) -> Opened:
    """One page of the records behind a counted figure, person by person. What other parts of the platform count shows
    their records of `now`.
    """
    if definition.measure is Measure.GIVEN:
        opening = Opening(evaluation.rows, definition.given, member, year, part, now, language)
        return BEHIND[definition.source](opening)
    every = evaluation.rows_behind(definition, member, year)
    wanted = every[part.offset : part.offset + part.size]
    question = _asked(definition.source).where(col(_KEYS[definition.source]).in_([one for one, _amount in wanted]))
    told = {row[0]: row for row in db.execute(question)}
    adds_up = definition.measure in (Measure.SUM, Measure.MEAN)
    rows = [(told[one], amount if adds_up else 1) for one, amount in wanted if one in told]
    people = people_named(db, [row[2] for row, _amount in rows if row[2]])
    found = (
        RecordBehind(
            row[0],
            row[1],
            *_said(definition.source, row[4:], language),
            *people.get(row[2], (0, "")),
            amount,
            _SHOWN[definition.source] if row[3] else None,
            row[3] or 0,
        )
        for row, amount in rows
    )
    return Opened(Page(tuple(found), len(every), part))


_KEYS: Mapping[str, Any] = {
    "acts": ServiceAct.id,
    "enrolments": Enrolment.id,
    "exits": PathwayExit.enrolment_id,
    "steps": PathwayStep.id,
    "hires": Hire.id,
    "recruitment_sessions": RecruitmentSession.id,
}


_SHOWN: Mapping[str, Shown] = {
    "acts": Shown.ACT,
    "enrolments": Shown.PATHWAY,
    "exits": Shown.PATHWAY,
    "steps": Shown.PATHWAY,
    "hires": Shown.RECRUITMENT,
    "recruitment_sessions": Shown.RECRUITMENT,
}
"""On which page the records of a source are shown."""


def _asked(source: str) -> Any:
    """Id, day, person, the page that shows it, then what it is and what stands beside."""
    told: Any
    match source:
        case "acts":
            act = ServiceAct
            who = (act.id, act.happened_on, act.candidate_id, act.id)
            return _select((*who, act.kind, act.place, act.organisation))
        case "enrolments":
            row = Enrolment
            told = (row.id, row.entered_on, row.candidate_id, row.id, row.scheme_code, row.operator)
            return _select(told)
        case "exits":
            left, row = PathwayExit, Enrolment
            how = (row.id, row.scheme_code, left.reason, left.outcome)
            return _select((left.enrolment_id, left.exited_on, row.candidate_id, *how)).join(
                row, col(row.id) == col(left.enrolment_id)
            )
        case "steps":
            step, row, kind = PathwayStep, Enrolment, type_coerce(PathwayStep.kind, String)
            told = (step.id, step.starts_on, row.candidate_id, row.id, kind, step.label, step.organisation)
            return _select(told).join(row, col(row.id) == col(step.enrolment_id))
        case "hires":
            kind = type_coerce(Hire.contract, String)
            told = (Hire.id, Hire.signed_on, Hire.candidate_id, Hire.operation_id, kind, Company.name)
            return _with_company(Hire, told)
        case _:
            held = RecruitmentSession
            told = (held.id, held.held_on, null(), held.operation_id)
            return _with_company(held, (*told, RecruitmentOperation.name, Company.name))


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
