"""A year of invented records, of which nothing is written down beforehand: every figure of the report agrees with a
recount in plain SQL written only for this, and the declared checks hold.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.pathways.models import (
    Enrolment,
    EnrolmentCriterion,
    Outcome,
    PathwayExit,
    PathwayStep,
    ReservedExit,
    StepKind,
)
from alpes_events.pathways.schemes import the_scheme
from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.checks import Verdict, check_figures, declared_checks
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct
from tests.support.stories import NOW, an_organisation

YEAR = 2025
PERSONS, ACTS, ENROLMENTS = 120, 2500, 90
COMMUNES = ("59328", "59350", "59356")
YOUNG = "('under_18', '18_25')"

_LAST = """
    SELECT a.*, COALESCE(c.merged_into, c.id) AS person, ROW_NUMBER() OVER (
        PARTITION BY COALESCE(c.merged_into, c.id) ORDER BY a.happened_on DESC, a.id DESC) AS back
    FROM service_act a JOIN candidate c ON c.id = a.candidate_id
    WHERE a.kind = '{kind}' {more} AND a.withdrawn_at IS NULL
    AND a.happened_on BETWEEN '{year}-01-01' AND '{year}-12-31'
"""
_ACTS = """
    FROM service_act a WHERE a.kind = '{kind}' AND a.withdrawn_at IS NULL
    AND a.happened_on BETWEEN '{year}-01-01' AND '{year}-12-31'
"""
_ENROLLED = """
    SELECT e.*, COALESCE(c.merged_into, c.id) AS person, ROW_NUMBER() OVER (
        PARTITION BY COALESCE(c.merged_into, c.id) ORDER BY e.entered_on DESC, e.id DESC) AS back
    FROM enrolment e JOIN candidate c ON c.id = e.candidate_id
    WHERE e.scheme_code = 'PLIE' AND e.withdrawn_at IS NULL AND e.entered_on <= '{year}-12-31' {more}
    AND (e.closed_on IS NULL OR e.closed_on >= '{year}-01-01')
"""
_LEFT = """
    FROM pathway_exit x JOIN enrolment e ON e.id = x.enrolment_id
    LEFT JOIN reserved_exit r ON r.enrolment_id = e.id
    WHERE e.scheme_code = 'PLIE' AND e.withdrawn_at IS NULL AND x.exited_on BETWEEN '{year}-01-01' AND '{year}-12-31'
"""
_STEPS = """
    FROM pathway_step s JOIN enrolment e ON e.id = s.enrolment_id
    WHERE e.scheme_code = 'PLIE' AND s.withdrawn_at IS NULL AND e.withdrawn_at IS NULL
    AND s.starts_on <= '{year}-12-31' AND (s.ends_on IS NULL OR s.ends_on >= '{year}-01-01')
    AND (e.closed_on IS NULL OR e.closed_on >= '{year}-01-01')
"""


def _persons(kind: str, conditions: str = "1 = 1", more: str = "") -> str:
    last = _LAST.format(kind=kind, year=YEAR, more=more)
    return f"SELECT COUNT(*) FROM ({last}) t WHERE back = 1 AND {conditions}"


def _acts(kind: str, counted: str = "COUNT(*)", conditions: str = "1 = 1") -> str:
    return f"SELECT {counted} {_ACTS.format(kind=kind, year=YEAR)} AND {conditions}"


def _enrolled(conditions: str = "1 = 1", more: str = "") -> str:
    last = _ENROLLED.format(year=YEAR, more=more)
    return f"SELECT COUNT(*) FROM ({last}) t WHERE back = 1 AND {conditions}"


def _left(counted: str = "COUNT(*)", conditions: str = "1 = 1") -> str:
    return f"SELECT {counted} {_LEFT.format(year=YEAR)} AND {conditions}"


def _steps(conditions: str = "1 = 1") -> str:
    return f"SELECT COUNT(*) {_STEPS.format(year=YEAR)} AND {conditions}"


_ENTERED = f"AND e.first_entered_on BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-31'"
RECOUNT: Mapping[str, str] = {
    "mde.cyber_base.uses": _acts("cyber_base_use"),
    "mde.cyber_base.users": _persons("cyber_base_use"),
    "mde.cyber_base.adults": _persons("cyber_base_use", f"age_band IS NOT NULL AND age_band NOT IN {YOUNG}"),
    "mde.cyber_base.young_women": _persons("cyber_base_use", f"age_band IN {YOUNG} AND sex = 'woman'"),
    "mde.cyber_base.sites.Lambersart.uses": _acts("cyber_base_use", conditions="a.place = 'Lambersart'"),
    "mde.cyber_base.sites.Lambersart.young_men": _persons(
        "cyber_base_use", f"age_band IN {YOUNG} AND sex = 'man'", "AND a.place = 'Lambersart'"
    ),
    "mde.cyber_base.appointment_men": _persons("cyber_base_appointment", "sex = 'man'"),
    "mde.mobility.transit_passes": _acts("transit_pass", "SUM(quantity)"),
    "mde.mobility.transit_pass_persons": _persons("transit_pass"),
    "mde.mobility.transit_pass_persons_territory": _persons("transit_pass", "in_territory"),
    "mde.mobility.transit_pass_persons_qpv": _persons("transit_pass", "in_priority_district"),
    "mde.mobility.group_trips": _acts("group_trip", "COUNT(DISTINCT a.group_name)"),
    "mde.business_creation.workshop_participants_territory": _persons("creation_workshop", "in_territory"),
    "mde.business_creation.project_holders_women": _persons("creation_project", "sex = 'woman'"),
    "mde.siae_placements.total": _acts("siae_placement"),
    "mde.siae_placements.ACI": _acts("siae_placement", conditions="a.detail = 'ACI'"),
    "plie.training_bodies": _acts("training_agreement", "COUNT(DISTINCT a.organisation)"),
    "plie.training_completed": _acts("training_agreement", conditions="a.result = 'completed'"),
    "plie.social_support_hours": _acts("social_support", "SUM(quantity) / 60.0"),
    "plie.participants": _enrolled(),
    "plie.participants_women": _enrolled("sex = 'woman'"),
    "plie.participants_senior": _enrolled("age_band = '50_plus'"),
    "plie.participants_rsa": _enrolled(
        more="AND EXISTS (SELECT 1 FROM enrolment_criterion k WHERE k.enrolment_id = e.id AND k.code = 'RSA')"
    ),
    "plie.participants_by_commune.Lambersart": _enrolled("insee_code = '59328'"),
    "plie.entries": _enrolled(more=_ENTERED),
    "plie.entries_men": _enrolled("sex = 'man'", _ENTERED),
    "plie.steps": _steps(),
    "plie.steps_iae": _steps("s.kind = 'insertion'"),
    "plie.steps_started_in_year": _steps(f"s.starts_on >= '{YEAR}-01-01'"),
    "plie.exits": _left(),
    "plie.exits_positive": _left(conditions="x.outcome = 'positive'"),
    "plie.exits_positive_employment": _left(conditions="x.reason = 'employment'"),
    "plie.exits_legitimate.health": _left(conditions="r.reason = 'health'"),
    "plie.exits_legitimate_total": _left(conditions="x.outcome = 'legitimate'"),
    "plie.positive_exits_low_qualification": _left(conditions="x.outcome = 'positive' AND e.training_level <= 3"),
    "plie.employment_exits_by_sector.Restauration": _left(
        conditions="x.reason = 'employment' AND x.sector = 'Restauration'"
    ),
}


@pytest.fixture(params=[1, 2, 3])
def db(request: pytest.FixtureRequest, database: Database) -> Iterator[Session]:
    """A writing session with an invented year."""
    an_organisation(database)
    with database.writing() as session:
        _invent(session, Random(request.param))
        yield session


def test_every_figure_agrees_with_a_recount_in_plain_sql(db: Session) -> None:
    figures = Evaluation(db, catalogue()).of_year(YEAR)
    assert {name: _value(figures, name) for name in RECOUNT} == {
        name: float(db.connection().execute(text(asked)).scalar() or 0) for name, asked in RECOUNT.items()
    }


def test_declared_checks_hold(db: Session) -> None:
    figures = Evaluation(db, catalogue()).of_year(YEAR)
    found = check_figures(declared_checks(), figures)
    assert [one.whole.id for one in found if one.verdict is Verdict.DISAGREES] == []
    assert sum(one.verdict is Verdict.AGREES for one in found) > 20


def _value(figures: Mapping[str, ReportFigure], name: str) -> float:
    """The figure; nothing for a member that has no record."""
    found = figures.get(name)
    return 0.0 if found is None or found.value is None else float(found.value)


def _invent(db: Session, random: Random) -> None:
    _insert(db, Candidate, [_person(n) for n in range(1, PERSONS + 1)])
    lives = {n: _life(random) for n in range(1, PERSONS + 1)}
    _insert(db, ServiceAct, [_act(random, lives) for _ in range(ACTS)])
    enrolments = [_enrolment(random, lives, n) for n in range(1, ENROLMENTS + 1)]
    left = [_exit(random, one) for one in enrolments if random.random() < 0.5]
    for exited in left:
        next(one for one in enrolments if one["id"] == exited["enrolment_id"])["closed_on"] = exited["exited_on"]
    _insert(db, Enrolment, enrolments)
    _insert(db, EnrolmentCriterion, [{"enrolment_id": one["id"], "code": "RSA"} for one in enrolments if one["id"] % 3])
    _insert(db, PathwayExit, [{name: value for name, value in one.items() if name != "told"} for one in left])
    _insert(
        db,
        ReservedExit,
        [{"enrolment_id": one["enrolment_id"], "reason": "health"} for one in left if one["told"] == "health"],
    )
    _insert(db, PathwayStep, [_step(random, random.choice(enrolments)) for _ in range(ENROLMENTS * 2)])
    db.flush()


def _insert(db: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(insert(table), rows)


def _person(n: int) -> dict[str, Any]:
    names = {"family_name": f"N{n}", "given_name": "P", "search_name": f"p n{n}", "language": "fr"}
    times = {"created_at": NOW, "updated_at": NOW, "last_active_at": NOW, "outside_priority_districts": False}
    return names | times | {"id": n, "merged_into": n - 1 if n % 15 == 0 else None}


def _life(random: Random) -> dict[str, Any]:
    """What is known of somebody all year; the checks between sexes and ages hold where both are known."""
    return {
        "sex": random.choice(tuple(Sex)),
        "age_band": random.choice(tuple(AgeBand)),
        "in_territory": random.choice((True, False, None)),
        "in_priority_district": random.choice((True, False, None)),
        "training_level": random.choice((2, 3, 4, 5, None)),
        "noted_at": NOW,
    }


def _act(random: Random, lives: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    kind, person = random.choice(tuple(act_kinds().values())), random.randint(1, PERSONS)
    changed = {"sex": random.choice(tuple(Sex))} if random.random() < 0.1 else {}
    return (
        lives[person]
        | changed
        | {
            "kind": kind.code,
            "happened_on": date(YEAR, 1, 1) + timedelta(days=random.randrange(-40, 400)),
            "candidate_id": person,
            "group_name": f"Groupe {random.randrange(6)}",
            "organisation": f"Organisme {random.randrange(9)}",
            "place": random.choice(("Lambersart", "Marcq-en-Barœul")),
            "detail": random.choice(tuple(kind.details)) if kind.details else "",
            "result": random.choice(tuple(kind.results)) if kind.results else "",
            "quantity": random.randint(1, 90),
            "insee_code": random.choice((*COMMUNES, None)),
            "withdrawn_at": NOW if random.random() < 0.05 else None,
        }
    )


def _enrolment(random: Random, lives: Mapping[int, dict[str, Any]], n: int) -> dict[str, Any]:
    entered = date(YEAR - 2, 1, 1) + timedelta(days=random.randrange(1050))
    first = entered - timedelta(days=random.choice((0, 0, 0, 400)))
    return lives[n] | {
        "id": n,
        "candidate_id": n,
        "scheme_code": "PLIE",
        "entered_on": entered,
        "first_entered_on": first,
        "operator": "",
        "insee_code": "59328",
        "closed_on": None,
        "in_territory": True,
        "withdrawn_at": NOW if random.random() < 0.05 else None,
    }


def _exit(random: Random, enrolment: Mapping[str, Any]) -> dict[str, Any]:
    rule = random.choice(tuple(the_scheme("PLIE").exits.values()))
    assert isinstance(rule.outcome, Outcome)
    return {
        "enrolment_id": enrolment["id"],
        "exited_on": enrolment["entered_on"] + timedelta(days=random.randrange(500)),
        "reason": "RESERVED" if rule.sensitive else rule.code,
        "outcome": rule.outcome,
        "proof": "",
        "contract": "",
        "sector": random.choice(("Restauration", "Tertiaire/Numérique", "")),
        "noted_at": NOW,
        "told": rule.code,
    }


def _step(random: Random, enrolment: Mapping[str, Any]) -> dict[str, Any]:
    starts_on = enrolment["entered_on"] + timedelta(days=random.randrange(400))
    return {
        "enrolment_id": enrolment["id"],
        "kind": random.choice(tuple(StepKind)),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=random.randrange(300)) if random.random() < 0.8 else None,
        "label": "",
        "organisation": "",
        "contract": "",
        "sector": "",
        "noted_at": NOW,
        "withdrawn_at": NOW if random.random() < 0.05 else None,
    }
