"""One search for everything that the visitor may see: people, events, references, contracts. It is audited."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlmodel import Session

from alpes_events.agenda.shelves import EventChoice, EventOrder, Shelf, listed_events
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.reference_search import sign_up_of_reference
from alpes_events.clause.contracts.directory import ContractLine, Standing, contracts
from alpes_events.database.page import Page, Part
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.queries import CandidateView
from alpes_web.site import site
from alpes_web.staff.event_line import EventLine, line_of
from alpes_web.staff.own import sees_sign_up
from alpes_web.staff.person_choice import people_meant
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.table import asked_text

staff_search = Blueprint("staff_search", __name__, url_prefix="/staff/search")

_SHOWN = 8


@dataclass(frozen=True)
class Found:
    """What answers, by group. `more_people`: how many are not shown; `forgiving`: names written nearly so."""

    sign_up: SignUpLine | None = None
    people: tuple[CandidateView, ...] = ()
    more_people: int = 0
    forgiving: bool = False
    events: tuple[EventLine, ...] = ()
    more_events: int = 0
    contracts: tuple[ContractLine, ...] = ()
    more_contracts: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing answers."""
        return not (self.sign_up or self.people or self.events or self.contracts)


@staff_search.get("")
def page() -> str:
    """What answers the words, grouped; for an advisor among their own people."""
    text, found = asked_text(), Found()
    if text:
        with site().database.reading() as db:
            found = _found(db, text)
        note_access(
            site().database,
            AuditAction.SEARCHED,
            now=site().now(),
            account_id=me().account_id,
            count=len(found.people),
        )
    return render_template("staff/search.html", section="search", text=text, found=found, everybody=coordinates())


def _found(db: Session, text: str) -> Found:
    sign_up_id = sign_up_of_reference(db, text)
    sign_up = None
    if sign_up_id is not None and sees_sign_up(db, sign_up_id):
        sign_up = lines_of(db, [sign_up_id])[0]
    people, count, forgiving = _people(db, text)
    clause = _contracts(db, text)
    choice = EventChoice(Shelf.ALL, text=text, with_drafts=coordinates())
    events = listed_events(db, choice, now=site().now(), part=Part(size=_SHOWN), order=EventOrder.WHEN, descending=True)
    return Found(
        sign_up=sign_up,
        people=people,
        more_people=count - len(people),
        forgiving=forgiving,
        events=tuple(line_of(card, waiting=0) for card in events.rows),
        more_events=events.count - len(events.rows),
        contracts=clause.rows,
        more_contracts=clause.count - len(clause.rows),
    )


def _contracts(db: Session, text: str) -> Page[ContractLine]:
    """The public contracts of the clause, for those who see them."""
    part = Part(size=_SHOWN)
    return contracts(db, text=text, standing=Standing.ALL, part=part) if coordinates() else Page((), 0, part)


def _people(db: Session, text: str) -> tuple[tuple[CandidateView, ...], int, bool]:
    found = people_meant(db, text, length=_SHOWN)
    return found.people, found.count, found.forgiving
