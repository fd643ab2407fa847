"""Companies made aware in the demonstration: so many in 2023 as were published, and some of these weeks."""

import tomllib
from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import insert
from sqlmodel import Session, col, select

from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.companies.company_views import company_views
from alpes_events.companies.models import Company
from alpes_events.demo.plan import data_text
from alpes_events.demo.scene import Scene

_FIRST, _DAYS, _LATELY = date(2023, 1, 5), 350, 40


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
