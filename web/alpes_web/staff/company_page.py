"""What the page of one company shows, and the table of companies as the address asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request
from sqlmodel import Session

from alpes_events.clause.contracts.lot_page import HeldLot, lots_held
from alpes_events.companies.awareness import AwarenessView, awareness_of
from alpes_events.companies.commands import company_subject
from alpes_events.companies.company_choice import CompanyChoice, CompanyGroup, Where
from alpes_events.companies.company_views import CompanyView, company_views
from alpes_events.companies.contact_queries import ContactView, UnknownContact, contacts_of_records
from alpes_events.companies.domains import domains_of_records
from alpes_events.companies.double_queries import DoubleView, doubles_about
from alpes_events.companies.draft import shown_naf
from alpes_events.companies.history import CompanyEvent, past_of_company
from alpes_events.companies.listing import CompanyLine, CompanyOrder, group_counts, listed_companies
from alpes_events.companies.models import CompanySize, SiaeKind
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.speaking import SpeakerView, speakers_of_records
from alpes_events.database.page import Page, Part, every_row
from alpes_events.fair.company_stands import CompanyFair, fairs_of_companies
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.company_words import SIAE_KINDS, SIZES
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.former import FormerLine, history
from alpes_web.staff.table import Ordered, asked, asked_order, asked_part, asked_text

_SHOWN_EVENTS = 8


@dataclass(frozen=True)
class CompanyHead:
    """One company, and its ids after merges."""

    company: CompanyView
    records: tuple[int, ...]


@dataclass(frozen=True)
class CompanyPage:
    """One company for those who coordinate, with all that its page shows."""

    company: CompanyView
    records: tuple[int, ...]
    contacts: tuple[ContactView, ...]
    speakers: tuple[SpeakerView, ...]
    domains: tuple[str, ...]
    doubles: list[DoubleView]
    past: Page[CompanyEvent]
    fairs: list[CompanyFair]
    awareness: tuple[AwarenessView, ...]
    lots: list[HeldLot]


@dataclass(frozen=True)
class CompanyTable:
    """One page of companies, how many stand in each group, and what was chosen."""

    page: Page[CompanyLine]
    counts: Mapping[CompanyGroup, int]
    choice: CompanyChoice
    ordered: Ordered


def standing(db: Session, company_id: int) -> int:
    """The id of the record that stands for this one; 404 for none."""
    return standing_company(db, the_company(db, company_id)).id or 0


def company_head(db: Session, company_id: int) -> CompanyHead:
    """The company whose record stands for this one; 404 for none."""
    row = standing_company(db, the_company(db, company_id))
    (view,) = company_views(db, [row], on=today())
    return CompanyHead(view, records_of_company(db, view.id))


def company_page(db: Session, company_id: int) -> CompanyPage:
    """All of the company whose record stands for this one; 404 for none."""
    head = company_head(db, company_id)
    return CompanyPage(
        company=head.company,
        records=head.records,
        contacts=contacts_of_records(db, head.records),
        speakers=speakers_of_records(db, head.records),
        domains=domains_of_records(db, head.records),
        doubles=doubles_about(db, head.records, now=site().now(), on=today()),
        past=past_of_company(db, head.records, part=Part(1, _SHOWN_EVENTS)),
        fairs=fairs_of_companies(db, head.records),
        awareness=awareness_of(db, head.records),
        lots=lots_held(db, head.company.id),
    )


def contact_page(db: Session, company_id: int, contact_id: int) -> tuple[CompanyHead, ContactView]:
    """A company and one of its contacts; 404 for one of another company."""
    head = company_head(db, company_id)
    contact = next((one for one in contacts_of_records(db, head.records) if one.id == contact_id), None)
    if contact is None:
        raise UnknownContact
    return head, contact


def company_table(db: Session) -> CompanyTable:
    """The page that the address asks for."""
    choice, (order, descending) = _choice(), asked_order(CompanyOrder.NAME)
    page = listed_companies(db, choice, on=today(), part=asked_part(), order=order, descending=descending)
    return CompanyTable(page, group_counts(db, choice, on=today()), choice, Ordered(order.value, descending))


def every_company(db: Session) -> tuple[CompanyLine, ...]:
    """The same companies, on all pages."""
    order, descending = asked_order(CompanyOrder.NAME)
    return every_row(partial(listed_companies, db, _choice(), on=today(), order=order, descending=descending))


def former_lines(db: Session, company_id: int) -> list[FormerLine]:
    """What the company was said to be before, in words."""
    return history(db, company_subject(company_id), in_words=_in_words)


def _in_words(content: Mapping[str, Any]) -> dict[str, Any]:
    size, kind = content.get("size"), content.get("siae_kind")
    return {
        **content,
        "naf": shown_naf(content.get("naf")),
        "size": translated(SIZES[CompanySize(size)]) if size else "",
        "logo_id": translated(N_("un logo")) if content.get("logo_id") else "",
        "siae_kind": translated(SIAE_KINDS[SiaeKind(kind)]) if kind else "",
    }


def _choice() -> CompanyChoice:
    size, kind = request.args.get("size", ""), request.args.get("siae", "")
    return CompanyChoice(
        text=asked_text(),
        group=asked(CompanyGroup.ALL, "only"),
        where=asked(Where.ALL, "where"),
        size=CompanySize(size) if size in set(CompanySize) else None,
        siae_kind=SiaeKind(kind) if kind in set(SiaeKind) else None,
    )
