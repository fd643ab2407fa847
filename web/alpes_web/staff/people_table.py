"""The table of people as the address asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import request
from sqlmodel import Session

from alpes_events.attendance.people_list import (
    ListedPeople,
    Only,
    PeopleChoice,
    PeopleOrder,
    PersonLine,
    communes_of_people,
    listed_people,
    only_counts,
    who_signs_up,
)
from alpes_events.database.page import Page, Part, every_row
from alpes_events.language.cells import Sheet
from alpes_events.language.sentence import N_
from alpes_events.privacy.retention import months_before
from alpes_web.site import site
from alpes_web.staff.sheets import people_sheet
from alpes_web.staff.table import Ordered, asked, asked_order, asked_part, asked_text
from alpes_web.typed import whole_number

ONLY: Mapping[Only, str] = {
    Only.ALL: N_("Toutes"),
    Only.NO_EMAIL: N_("Sans e-mail"),
    Only.NO_CONTACT: N_("Ni e-mail ni téléphone"),
    Only.NEVER: N_("Jamais inscrites"),
    Only.ANNOUNCED: N_("Effacement annoncé"),
}
CONTACTS: Mapping[str, str] = {
    "within-3": N_("Depuis moins de 3 mois"),
    "beyond-6": N_("Il y a plus de 6 mois"),
    "beyond-12": N_("Il y a plus d’un an"),
    "beyond-18": N_("Il y a plus d’un an et demi"),
}
"""Last contacts to choose from, by code: within, or beyond, so many months."""


@dataclass(frozen=True)
class PeopleTable:
    """One page of people, how many stand in each group, and what there is to choose from."""

    listed: ListedPeople
    counts: Mapping[Only, int]
    choice: PeopleChoice
    contact: str
    ordered: Ordered
    communes: list[str]
    accounts: list[tuple[int, str]]

    @property
    def page(self) -> Page[PersonLine]:
        """The rows."""
        return self.listed.page


def people_table(db: Session) -> PeopleTable:
    """The page that the address asks for."""
    choice = _choice()
    order, descending = _order()
    return PeopleTable(
        listed=listed_people(db, choice, part=asked_part(), order=order, descending=descending),
        counts=only_counts(db, choice),
        choice=choice,
        contact=_contact(),
        ordered=Ordered(order.value, descending),
        communes=communes_of_people(db),
        accounts=who_signs_up(db),
    )


def every_person(db: Session) -> Sheet:
    """The same people on all pages, as a sheet."""
    order, descending = _order()
    ask = partial(_page, db, _choice(), order=order, descending=descending)
    return people_sheet(line.person for line in every_row(ask))


def _page(db: Session, choice: PeopleChoice, *, part: Part, order: PeopleOrder, descending: bool) -> Page[PersonLine]:
    return listed_people(db, choice, part=part, order=order, descending=descending).page


def _order() -> tuple[PeopleOrder, bool]:
    return asked_order(PeopleOrder.NAME)


def _contact() -> str:
    given = request.args.get("contact", "")
    return given if given in CONTACTS else ""


def _choice() -> PeopleChoice:
    before, after = _bounds(_contact())
    return PeopleChoice(
        text=asked_text(),
        only=asked(Only.ALL, "only"),
        commune=asked_text("commune"),
        signed_up_by=whole_number(request.args.get("by", "")),
        contact_before=before,
        contact_after=after,
    )


def _bounds(contact: str) -> tuple[datetime | None, datetime | None]:
    side, _, months = contact.partition("-")
    if not months:
        return None, None
    at = months_before(site().now(), int(months))
    return (None, at) if side == "within" else (at, None)
