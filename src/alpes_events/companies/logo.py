"""A company's logo: given, replaced, taken away. It is one of the things that a company says, with its history."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.companies.commands import revise_company
from alpes_events.companies.models import Company
from alpes_events.companies.queries import company_draft, records_of_company
from alpes_events.companies.records import merged_companies
from alpes_events.pictures.keeping import keep_picture
from alpes_events.pictures.models import Upload

MOST_SIDE = 800
"""Pixels of the larger side, as it is kept: sharp on the sign of a stand."""


def keep_logo(db: Session, content: bytes, *, name: str, now: datetime) -> int:
    """Keep the logo in a file called `name` and give its id. Raises `BadPicture` on `logo`."""
    return keep_picture(db, content, name=name, most_side=MOST_SIDE, field="logo", now=now)


def give_logo(
    db: Session, company_id: int, content: bytes, *, name: str, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Give a company the logo in a file. Gives the names of what changed. Raises `BadPicture` on `logo`."""
    logo_id = keep_logo(db, content, name=name, now=now)
    return set_logo(db, company_id, logo_id, now=now, account_id=account_id)


def set_logo(
    db: Session, company_id: int, logo_id: int | None, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """The company has this logo, or none any more. Gives the names of what changed."""
    draft = replace(company_draft(db, company_id), logo_id=logo_id)
    return revise_company(db, company_id, draft, now=now, account_id=account_id)


def take_logo_away(db: Session, company_id: int, *, now: datetime, account_id: int | None) -> tuple[int, ...]:
    """The company shows no logo any more, nor that of a record merged into it. Gives the records that had one.

    Ask with the record that stands.
    """
    records = records_of_company(db, company_id)
    return tuple(one for one in records if set_logo(db, one, None, now=now, account_id=account_id))


def logos_of(db: Session, company_ids: Iterable[int]) -> dict[int, int]:
    """The logo of each of these records that has one: that of the company that stands for it, else its own."""
    merged = merged_companies()
    kept = select(Company.id, Company.logo_id).subquery()
    rows = db.exec(
        select(Company.id, func.coalesce(kept.c.logo_id, Company.logo_id))
        .outerjoin(merged, merged.c.id == Company.id)
        .outerjoin(kept, kept.c.id == merged.c.kept_id)
        .where(col(Company.id).in_(set(company_ids)))
    )
    return {company_id or 0: logo_id for company_id, logo_id in rows if logo_id is not None}


def picture_of(db: Session, logo_id: int | None) -> Upload | None:
    """The picture of a logo; None for none."""
    return None if logo_id is None else db.get(Upload, logo_id)
