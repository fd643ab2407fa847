"""Two companies that a coordinator takes for one: found, side by side, and what becomes of each."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, request
from sqlmodel import Session

from alpes_events.companies.company_choice import CompanyChoice
from alpes_events.companies.company_views import COMPLETED, CompanyView
from alpes_events.companies.contact_queries import contacts_of_records
from alpes_events.companies.domains import domains_of_records
from alpes_events.companies.listing import CompanyLine, listed_companies
from alpes_events.companies.models import SpeakerState
from alpes_events.companies.speaking import speakers_of_records
from alpes_events.database.page import Part
from alpes_events.fair.company_stands import fairs_of_companies
from alpes_events.hiring.listing import offer_count
from alpes_events.language.folding import fold
from alpes_matching.companies import core_name
from alpes_web.clocks import today
from alpes_web.staff.company_page import CompanyHead, company_head

_SHOWN = 20
_SHORTEST = 3


@dataclass(frozen=True)
class Belongings:
    """How much a company has of each kind; `accounts` those who may speak for it or ask to."""

    contacts: int
    accounts: frozenset[int]
    domains: int
    stands: int
    offers: int


@dataclass(frozen=True)
class Side:
    """One of the two."""

    company: CompanyView
    has: Belongings


@dataclass(frozen=True)
class Comparison:
    """The record that would be kept, the other, and what the one company would say and have."""

    kept: Side
    other: Side
    together: Side

    @property
    def differs(self) -> bool:
        """Whether the register says that they are two."""
        sirens = {side.company.siren for side in (self.kept, self.other)} - {None}
        return len(sirens) > 1


@dataclass(frozen=True)
class Search:
    """What was looked for, and the other companies that answer."""

    text: str
    lines: tuple[CompanyLine, ...]
    count: int


def search_other(db: Session, head: CompanyHead) -> Search:
    """The companies that the address asks for, or those that share a word of the name; never the company itself."""
    words = [word for word in core_name(head.company.name).split() if len(word) >= _SHORTEST]
    text = request.args.get("q", words[0] if words else fold(head.company.name))[:100].strip()
    page = listed_companies(db, CompanyChoice(text=text), on=today(), part=Part(1, _SHOWN))
    lines = tuple(line for line in page.rows if line.company.id != head.company.id)
    return Search(text, lines, page.count - (len(page.rows) - len(lines)))


def comparison(db: Session, kept_id: int, other_id: int) -> Comparison:
    """The two side by side; 404 for a company that is not there, or is the same."""
    kept, other = company_head(db, kept_id), company_head(db, other_id)
    if kept.company.id == other.company.id:
        abort(404)
    first, second = _side(db, kept), _side(db, other)
    return Comparison(first, second, Side(_joined(kept.company, other.company), _sum(first.has, second.has)))


def _side(db: Session, head: CompanyHead) -> Side:
    return Side(head.company, _belongings(db, head.records))


def _belongings(db: Session, records: Collection[int]) -> Belongings:
    live = (SpeakerState.APPROVED, SpeakerState.ASKED)
    return Belongings(
        contacts=len(contacts_of_records(db, records)),
        accounts=frozenset(one.account_id for one in speakers_of_records(db, records, live)),
        domains=len(domains_of_records(db, records)),
        stands=len(fairs_of_companies(db, records)),
        offers=offer_count(db, records),
    )


def _sum(first: Belongings, second: Belongings) -> Belongings:
    return Belongings(
        contacts=first.contacts + second.contacts,
        accounts=first.accounts | second.accounts,
        domains=first.domains + second.domains,
        stands=first.stands + second.stands,
        offers=first.offers + second.offers,
    )


def _joined(kept: CompanyView, other: CompanyView) -> CompanyView:
    said = {name: getattr(kept, name) or getattr(other, name) for name in COMPLETED}
    places = sorted((*kept.establishments, *other.establishments), key=lambda one: (one.closed_at is not None, one.id))
    return CompanyView(**{**vars(kept), **said, "establishments": tuple(places)})
