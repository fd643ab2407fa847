"""Beginnings of stories of meetings: an event with exhibitors of companies, people who wish to meet them."""

from datetime import timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Channel, Presence, Registration
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.models import CompanySpeaker
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, set_call
from alpes_events.fair.codes import ExhibitorState, PlaceKind
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.interviews import record_interview
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.wishes import Wish, set_wishes
from alpes_events.fair.wishes_ending import end_wishes_of
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import end_offer
from alpes_events.hiring.follow_up import FollowUpMoment
from alpes_events.hiring.follow_up_opening import open_by_hand
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_table
from alpes_events.journal.delivery import Delivered, deliver_due
from tests.support.employers import a_company
from tests.support.hiring import an_offer, applies
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up

ON_THE_DAY = STARTS_AT + timedelta(hours=1)
EMAIL = "contact{}@stand.example"


def a_fair(db: Session, *names: str, capacity: int | None = 50) -> tuple[int, list[int]]:
    """An event with these exhibitors, each of a company whose contact has an address. Gives the ids."""
    event_id = an_event(db, capacity=capacity)
    set_call(db, event_id, CallDraft(place_kinds=(PlaceKind.STAND,)), now=NOW, account_id=None)
    return event_id, [exhibits(db, event_id, name, number) for number, name in enumerate(names)]


def exhibits(db: Session, event_id: int, name: str, number: int = 0) -> int:
    """An exhibitor who comes, with a company, a contact, and a link of its own."""
    exhibitor_id = add_exhibitor(db, event_id, ExhibitorDraft(name), now=NOW, account_id=None)
    row = db.get_one(Exhibitor, exhibitor_id)
    row.company_id = a_company(db, f"{name} SARL")
    contact = ContactDraft("Dupont", "Nadia", EMAIL.format(f"{event_id}-{number}"))
    row.contact_id = add_contact(db, row.company_id, contact, now=NOW, account_id=None)
    row.reference = f"{event_id:04d}{number:05d}"
    db.add(row)
    db.flush()
    return exhibitor_id


def comes(db: Session, event_id: int, number: int) -> int:
    """Person `number` signs up. Gives the sign-up."""
    return signs_up(db, event_id, number).registration_id


def wishes(db: Session, registration_id: int, *chosen: int | tuple[int, bool], **more: object) -> None:
    """These wishes in this order; a pair says whether the name may be read."""
    wanted = [Wish(*one) if isinstance(one, tuple) else Wish(one) for one in chosen]
    set_wishes(db, registration_id, wanted, **{"by": Channel.SELF, "now": NOW, **more})  # type: ignore[arg-type]


def wish_in_town(db: Session, event_id: int) -> None:
    """Those who have a place at the event want to meet its stands: the first shows their name, the others do not."""
    stands = db.exec(
        select(Exhibitor.id)
        .where(Exhibitor.event_id == event_id, Exhibitor.state == ExhibitorState.ACCEPTED)
        .order_by(col(Exhibitor.reference).is_(None), col(Exhibitor.id))
    ).all()
    people = db.exec(select(Registration.id).where(Registration.event_id == event_id).order_by(col(Registration.id)))
    for number, registration_id in enumerate(people.all()[:3]):
        wishes(db, registration_id or 0, (stands[0] or 0, number == 0), stands[1] or 0)
    for exhibitor_id in stands[:2]:
        open_table(db, exhibitor_id or 0, TableDraft(0, 120, 10, ((60, 75),)), now=NOW)


def meet_in_town(db: Session) -> None:
    """The stand of the event of January held an interview, and is asked what came of it."""
    stand = db.exec(
        select(Exhibitor).join(Event, col(Event.id) == col(Exhibitor.event_id)).where(Event.ends_at < NOW)
    ).one()
    stand.reference = "JANVIER22"
    db.add(stand)
    attended = select(Registration.id).where(
        Registration.event_id == stand.event_id, Registration.presence == Presence.ATTENDED
    )
    came = db.exec(attended.order_by(col(Registration.id))).first() or 0
    held_at = db.get_one(Event, stand.event_id).starts_at + timedelta(minutes=50)
    record_interview(db, came, stand.id or 0, held_at=held_at, now=NOW, account_id=None)
    moment = FollowUpMoment.SIX_WEEKS
    open_by_hand(db, stand.event_id, stand.id or 0, moment, now=NOW, account_id=None)


def offer_in_town(db: Session) -> None:
    """The company for which somebody speaks had an offer, for which somebody applied and waits for an answer."""
    company_id = db.exec(select(CompanySpeaker.company_id).order_by(col(CompanySpeaker.id))).first() or 0
    offer_id = an_offer(db, company_id=company_id, title="Menuisier ou menuisière")
    applies(db, offer_id, 77, message="Je travaille le bois depuis dix ans.")
    end_offer(db, offer_id, OfferState.WITHDRAWN, now=NOW, account_id=None)


def candidate_of(db: Session, registration_id: int) -> int:
    """Whose sign-up it is."""
    return db.exec(select(Registration.candidate_id).where(Registration.id == registration_id)).one()


def deliver_wishes(database: Database, clock: Clock) -> None:
    """Tell the consumer `wishes` of everything that is due."""
    while deliver_due(database, "wishes", end_wishes_of, clock=clock) != Delivered():
        pass
