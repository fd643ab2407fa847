"""Questions about who speaks for a company, and for which companies somebody does."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.models import Company, CompanySpeaker, SpeakerState, SpeakerWay
from alpes_events.companies.queries import UnknownCompany, records_of_company, standing_company, the_company
from alpes_events.people.models import Account

LIVE = (SpeakerState.ASKED, SpeakerState.APPROVED)
"""What may still become, or is, speaking for a company."""


@dataclass(frozen=True)
class SpeakerView:
    """An account and what it may do for a company. `company_id` is the record it was tied to."""

    id: int
    company_id: int
    account_id: int
    name: str
    email: str
    state: SpeakerState
    way: SpeakerWay | None
    asked_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None


def spoken_for(db: Session, account_id: int) -> tuple[int, ...]:
    """The companies that the account speaks for: each the record that stands, by id."""
    return _companies_tied(db, account_id, SpeakerState.APPROVED)


def asked_for(db: Session, account_id: int) -> tuple[int, ...]:
    """The companies for which the account asked to speak and waits."""
    return _companies_tied(db, account_id, SpeakerState.ASKED)


def own_company(db: Session, company_id: int, *, account_id: int) -> Company:
    """The company, when the account speaks for it; else `UnknownCompany`, as for one that does not exist."""
    company = standing_company(db, the_company(db, company_id))
    if company.id not in spoken_for(db, account_id):
        raise UnknownCompany
    return company


def speakers_of(db: Session, company_id: int, states: Iterable[SpeakerState] = LIVE) -> tuple[SpeakerView, ...]:
    """Who speaks for a company, or asks to (or did), oldest request first."""
    return speakers_of_records(db, records_of_company(db, company_id), states)


def speakers_of_records(
    db: Session, records: Collection[int], states: Iterable[SpeakerState] = LIVE
) -> tuple[SpeakerView, ...]:
    """The same for these records of a company."""
    return tuple(_view(row, account) for row, account in _links(db, records, states))


def speaker_requests(db: Session) -> list[tuple[SpeakerView, str]]:
    """The requests that wait for a coordinator, with the name of the company, oldest first."""
    rows = db.exec(
        select(CompanySpeaker, Account, Company)
        .join(Account, col(Account.id) == col(CompanySpeaker.account_id))
        .join(Company, col(Company.id) == col(CompanySpeaker.company_id))
        .where(CompanySpeaker.state == SpeakerState.ASKED)
        .order_by(col(CompanySpeaker.asked_at), col(CompanySpeaker.id))
    )
    return [(_view(row, account), standing_company(db, company).name) for row, account, company in rows]


def _companies_tied(db: Session, account_id: int, state: SpeakerState) -> tuple[int, ...]:
    rows = db.exec(
        select(Company)
        .join(CompanySpeaker, col(CompanySpeaker.company_id) == col(Company.id))
        .where(CompanySpeaker.account_id == account_id, CompanySpeaker.state == state)
    )
    return tuple(sorted({standing_company(db, row).id or 0 for row in rows}))


def links_of(db: Session, company_id: int, states: Iterable[SpeakerState]) -> list[tuple[CompanySpeaker, Account]]:
    """What ties accounts to the company in these states, with the accounts, oldest request first."""
    return _links(db, records_of_company(db, company_id), states)


def _links(
    db: Session, records: Collection[int], states: Iterable[SpeakerState]
) -> list[tuple[CompanySpeaker, Account]]:
    rows = db.exec(
        select(CompanySpeaker, Account)
        .join(Account, col(Account.id) == col(CompanySpeaker.account_id))
        .where(col(CompanySpeaker.company_id).in_(records))
        .where(col(CompanySpeaker.state).in_(tuple(states)))
        .order_by(col(CompanySpeaker.asked_at), col(CompanySpeaker.id))
    )
    return list(rows)


def _view(row: CompanySpeaker, account: Account) -> SpeakerView:
    return SpeakerView(
        id=row.id or 0,
        company_id=row.company_id,
        account_id=row.account_id,
        name=account.name,
        email=account.email,
        state=row.state,
        way=row.way,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        ended_at=row.ended_at,
    )
