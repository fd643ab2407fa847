"""What employers did in 2023 as published: companies made aware, contracts of each kind signed with our help."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

from sqlalchemy import insert
from sqlmodel import Session, col, select

from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.companies.company_views import company_views
from alpes_events.companies.models import Company
from alpes_events.demo.plan import data_text
from alpes_events.demo.scene import Scene
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hire_draft import NOWHERE, HireDraft
from alpes_events.hiring.hires import hire_unnamed

_FIRST, _DAYS, _LATELY = date(2023, 1, 5), 350, 40
_DURATIONS = {
    ContractKind.APPRENTICESHIP: 700,
    ContractKind.PROFESSIONALISATION: 365,
    ContractKind.PEC: 270,
    ContractKind.CIE: 270,
}
"""How many days each kind lasts."""


def sign_kinds(db: Session, scene: Scene) -> None:
    """The contracts of each kind that were published beside those of operations, without names, one company in turn."""
    counts = tomllib.loads(data_text("hiring.toml"))["employers_2023"]["contracts"]
    companies = db.exec(select(Company.id).where(col(Company.merged_into).is_(None)).order_by(col(Company.id))).all()
    kinds = [ContractKind(kind) for kind, count in counts.items() for _ in range(count)]
    for number, kind in enumerate(kinds):
        day = _FIRST + timedelta(days=number * _DAYS // len(kinds))
        draft = HireDraft(kind, signed_on=day, starts_on=day, ends_on=day + timedelta(days=_DURATIONS[kind]))
        at = datetime.combine(day, time(9), tzinfo=UTC)
        company_id = companies[number % len(companies)]
        hire_unnamed(db, draft, company_id=company_id, origin=NOWHERE, now=at, account_id=scene.coordinator)


def make_aware(db: Session, scene: Scene) -> None:
    """Each of 2023 once, another subject in turn; those of these weeks in the last forty days."""
    count = tomllib.loads(data_text("hiring.toml"))["employers_2023"]["made_aware"]
    companies = db.exec(select(Company).where(col(Company.merged_into).is_(None)).order_by(col(Company.id))).all()
    views = company_views(db, companies[:count], on=_FIRST)
    assert len(views) == count, "the demonstration has as many companies"
    then = [_FIRST + timedelta(days=number * _DAYS // count) for number in range(count)]
    now = [scene.now.date() - timedelta(days=number) for number in range(_LATELY)]
    subjects = cycle(AwarenessSubject)
    rows = [
        {
            "company_id": view.id,
            "held_on": day,
            "subject": next(subjects),
            "in_territory": view.in_territory,
            "created_at": scene.now,
            "noted_by": scene.coordinator,
        }
        for view, day in [*zip(views, then, strict=True), *zip(views, now, strict=False)]
    ]
    db.execute(insert(CompanyAwareness), rows)
