"""Companies that may be one written twice: proposed when one is added and nightly; a person decides each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from alpes_events.companies.email_domain import own_domain_of
from alpes_events.companies.models import Company, CompanyContact, CompanyDomain, CompanyMerge
from alpes_events.companies.queries import UnknownCompany, company_records, standing_company, the_company
from alpes_events.database.upsert import upsert
from alpes_events.people.models import MergeState
from alpes_matching.companies import CompanyRecord, compare_companies, double_companies
from alpes_matching.duplicates import POSSIBLE_FROM, Comparison, Pair

_BEGINNING = 5
_SHORTEST = 3


def propose_doubles_of(db: Session, company_id: int, *, now: datetime) -> int:
    """Compare one company with those that could be it, and propose each likely one. Gives how many are new.

    A pair that was proposed before, whatever was decided, is not proposed again.
    """
    company = the_company(db, company_id)
    first, *others = compared(db, [company, *_neighbours(db, company)])
    pairs = [Pair(first.id, other.id, compare_companies(first, other)) for other in others]
    return propose_double_pairs(db, (pair for pair in pairs if pair.comparison.score >= POSSIBLE_FROM), now=now)


def all_double_pairs(db: Session) -> list[Pair]:
    """The likely pairs among all companies. Reads only, so that nobody waits for a lock meanwhile."""
    rows = db.exec(select(Company).where(col(Company.merged_into).is_(None)).order_by(col(Company.id))).all()
    return double_companies(compared(db, rows))


def propose_double_pairs(db: Session, pairs: Iterable[Pair], *, now: datetime) -> int:
    """Write proposals for pairs of the records that stand. Gives how many are new."""
    return sum(_propose(db, pair, now=now) for pair in pairs)


def propose_double(db: Session, first_id: int, second_id: int, *, now: datetime) -> int:
    """Two companies that staff say are one, however unlike they look. Gives the proposal's id.

    Raises `UnknownCompany`, also for one and the same company.
    """
    rows = [standing_company(db, the_company(db, one)) for one in (first_id, second_id)]
    low, high = sorted(row.id or 0 for row in rows)
    if low == high:
        raise UnknownCompany
    first, second = compared(db, rows)
    _propose(db, Pair(low, high, compare_companies(first, second)), now=now)
    found = select(CompanyMerge.id).where(CompanyMerge.first_id == low, CompanyMerge.second_id == high)
    return db.exec(found).one() or 0


def compared(db: Session, rows: Sequence[Company]) -> list[CompanyRecord]:
    """What is compared of these companies, with the domains of their own where they read mail."""
    ids = [row.id or 0 for row in rows]
    domains: dict[int, set[str]] = {one: set() for one in ids}
    approved = db.exec(
        select(CompanyDomain.company_id, CompanyDomain.domain).where(col(CompanyDomain.company_id).in_(ids))
    )
    for company_id, domain in approved:
        domains[company_id].add(domain)
    written = db.exec(
        select(CompanyContact.company_id, CompanyContact.email).where(col(CompanyContact.company_id).in_(ids))
    )
    for company_id, email in written:
        domains[company_id] |= {own_domain_of(email)} - {""}
    return [replace(record, domains=tuple(sorted(domains[record.id]))) for record in company_records(db, rows)]


def _neighbours(db: Session, company: Company) -> Sequence[Company]:
    """The companies that stand and share the SIREN, or the beginning of a word of the name."""
    words = [word[:_BEGINNING] for word in company.core_name.split() if len(word) >= _SHORTEST]
    name = col(Company.core_name)
    alike: list[ColumnElement[bool]] = [
        name.startswith(word, autoescape=True) | name.contains(f" {word}", autoescape=True) for word in words
    ]
    alike.append(name == company.core_name)
    if company.siren:
        alike.append(col(Company.siren) == company.siren)
    return db.exec(
        select(Company)
        .where(or_(*alike), col(Company.id) != company.id, col(Company.merged_into).is_(None))
        .order_by(col(Company.id))
    ).all()


def _propose(db: Session, pair: Pair, *, now: datetime) -> int:
    low, high = sorted(standing_company(db, the_company(db, one)).id or 0 for one in (pair.first_id, pair.second_id))
    if low == high:
        return 0
    statement = upsert(db, CompanyMerge).values(
        first_id=low,
        second_id=high,
        score=pair.comparison.score,
        reasons=_reasons(pair.comparison),
        state=MergeState.PROPOSED,
        proposed_at=now,
    )
    added = statement.on_conflict_do_nothing(index_elements=["first_id", "second_id"]).returning(col(CompanyMerge.id))
    return len(db.execute(added).all())


def _reasons(comparison: Comparison) -> list[dict[str, object]]:
    """The criteria as the proposal keeps them: labels and points."""
    return [
        {"code": one.code, "label": one.label, "points": one.points, "possible": one.possible}
        for one in comparison.criteria
    ]
