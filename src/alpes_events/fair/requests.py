"""Asking for a stand: one form, one answer; and what is said of it afterwards."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import AskedOf, Event
from alpes_events.agenda.questions import check_answers, questions_of
from alpes_events.attendance.reference import check_key, new_reference
from alpes_events.fair.admission import Gate, check_call
from alpes_events.fair.answers import keep_answers
from alpes_events.fair.codes import LIVE, ExhibitorState, PlaceKind, StandOption
from alpes_events.fair.commands import the_exhibitor, write_exhibitor
from alpes_events.fair.models import Exhibitor, StandCall, Village
from alpes_events.fair.places import Stands, hold_stands, position_of, seat_or_queue
from alpes_events.fair.recruiters import set_recruiters
from alpes_events.fair.refusals import ExhibitorThere, FormSentBefore
from alpes_events.fair.request import Offered, StandDraft, clean_request
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import supported


@dataclass(frozen=True)
class Asker:
    """Who asks: the company and the contact we write to (None: not known yet), and how."""

    company_id: int | None = None
    contact_id: int | None = None
    account_id: int | None = None
    by_staff: bool = False
    rules_accepted: bool = False
    language: str = "fr"


@dataclass(frozen=True)
class StandAnswerGiven:
    """What a request was answered: a place to be confirmed, or a position in the queue (1 is next)."""

    exhibitor_id: int
    reference: str
    state: ExhibitorState
    position: int | None
    replayed: bool = False


def request_stand(
    db: Session, event_id: int, draft: StandDraft, asker: Asker, *, form_key: str | None = None, now: datetime
) -> StandAnswerGiven:
    """Ask for a stand: a place if one is free and nobody waits, else a turn. The coordinator still decides.

    The same form again gets the first answer. Raises a refusal of `admission`, `BadRequest` by field, `BadDraft` for
    an answer that is missing, `ExhibitorThere` for a name that has a live request.
    """
    check_key(form_key)
    _check_call(db, event_id, now=now, by_staff=asker.by_staff)
    clean = clean_request(draft, offered_at(db, event_id))
    stands = _held(db, event_id, clean.village_id, now=now, by_staff=asker.by_staff)
    replayed = _replay(db, form_key, clean)
    if replayed is not None:
        return replayed
    questions = questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)
    answers = check_answers(questions, clean.answers)
    exhibitor = _line_of(db, event_id, clean)
    came_from = "new" if exhibitor.id is None else exhibitor.state.value
    write_stand(db, exhibitor, clean)
    exhibitor.company_id, exhibitor.contact_id = asker.company_id, asker.contact_id
    exhibitor.reference, exhibitor.form_key = new_reference(), form_key
    exhibitor.requested_at = exhibitor.changed_at = now
    exhibitor.approved_at, exhibitor.reason, exhibitor.logo_id = None, "", None
    exhibitor.rules_accepted_at = now if asker.rules_accepted else None
    exhibitor.self_requested, exhibitor.language = not asker.by_staff, supported(asker.language)
    placed = seat_or_queue(db, stands, exhibitor, now=now)
    exhibitor.state = ExhibitorState.REQUESTED if placed else ExhibitorState.WAITLISTED
    db.add(exhibitor)
    db.flush()
    keep_answers(db, exhibitor.id or 0, questions, answers, given=clean.answers)
    set_recruiters(db, exhibitor, clean.recruiters)
    _tell(db, exhibitor, came_from, now=now, account_id=asker.account_id)
    return _answer(db, exhibitor)


def offered_at(db: Session, event_id: int, *, kept: int | None = None) -> Offered:
    """What the event has for exhibitors; `kept` is a village that one is in, retired since or not."""
    call = db.get(StandCall, event_id)
    rows = select(Village.id).where(col(Village.event_id) == event_id, col(Village.retired_at).is_(None))
    return Offered(
        place_kinds=frozenset(PlaceKind(kind) for kind in (call.place_kinds if call else [])),
        options=frozenset(StandOption(option) for option in (call.options if call else [])),
        village_ids=frozenset(one for one in (*db.exec(rows), kept) if one is not None),
    )


def takes_requests(db: Session, event_id: int, *, now: datetime) -> bool:
    """Whether the public may ask for a stand at the event now."""
    try:
        _check_call(db, event_id, now=now, by_staff=False)
    except Refusal:
        return False
    return True


def gate_of(stands: Stands) -> Gate:
    """What decides whether a request may still change."""
    return gate(stands.event, stands.call)


def gate(event: Event, call: StandCall | None) -> Gate:
    """What decides whether the event takes requests."""
    if call is None:
        return Gate(event.state, event.ends_at, has_call=False)
    return Gate(
        event.state,
        event.ends_at,
        has_call=True,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        closed_at=call.closed_at,
    )


def held_exhibitor(db: Session, exhibitor_id: int) -> tuple[Exhibitor, Stands]:
    """An exhibitor and its place, held until the transaction ends: nobody else changes either meanwhile."""
    found = the_exhibitor(db, exhibitor_id)
    stands = hold_stands(db, found.event_id, found.village_id)
    return the_exhibitor(db, exhibitor_id), stands


def _check_call(db: Session, event_id: int, *, now: datetime, by_staff: bool) -> None:
    check_call(gate(the_event(db, event_id), db.get(StandCall, event_id)), now=now, by_staff=by_staff)


def _held(db: Session, event_id: int, village_id: int | None, *, now: datetime, by_staff: bool) -> Stands:
    stands = hold_stands(db, event_id, village_id)
    check_call(gate_of(stands), now=now, by_staff=by_staff)
    return stands


def _replay(db: Session, form_key: str | None, draft: StandDraft) -> StandAnswerGiven | None:
    known = db.exec(select(Exhibitor).where(Exhibitor.form_key == form_key)).first() if form_key else None
    if known is None:
        return None
    if fold(known.name) != fold(draft.exhibitor.name):
        raise FormSentBefore
    answer = _answer(db, known)
    return StandAnswerGiven(answer.exhibitor_id, answer.reference, answer.state, answer.position, replayed=True)


def _line_of(db: Session, event_id: int, draft: StandDraft) -> Exhibitor:
    """The line of this name at the event when its request is over, or a new one."""
    there = exhibitor_named(db, event_id, draft.exhibitor.name)
    if there is not None and there.state in LIVE:
        raise ExhibitorThere(name=there.name, exhibitor_id=there.id or 0)
    return there or Exhibitor(event_id=event_id, name="")


def exhibitor_named(db: Session, event_id: int, name: str) -> Exhibitor | None:
    """The exhibitor of this name (accents and capitals apart) at an event, whatever became of it."""
    names = db.exec(select(Exhibitor.id, Exhibitor.name).where(col(Exhibitor.event_id) == event_id))
    wanted = fold(name)
    number = next((one for one, there in names if fold(there) == wanted), None)
    return None if number is None else db.get(Exhibitor, number)


WRITTEN = ("place_kind", "recruiter_count", "meal_count", "no_jobs", "near_entrance", "note")


def write_stand(db: Session, exhibitor: Exhibitor, draft: StandDraft) -> None:
    """The draft's words on an exhibitor's line."""
    write_exhibitor(db, exhibitor, draft.exhibitor)
    exhibitor.village_id = draft.village_id
    exhibitor.options, exhibitor.plates = [option.value for option in draft.options], list(draft.plates)
    for name in WRITTEN:
        setattr(exhibitor, name, getattr(draft, name))


def _tell(db: Session, exhibitor: Exhibitor, came_from: str, *, now: datetime, account_id: int | None) -> None:
    facts: dict[str, Fact] = {"event_id": exhibitor.event_id, "came_from": came_from}
    waits = exhibitor.state is ExhibitorState.WAITLISTED
    if waits:
        facts["position"] = position_of(db, exhibitor)
    kind = EntryKind.STAND_WAITLISTED if waits else EntryKind.STAND_REQUESTED
    record(db, kind, subject=("exhibitor", exhibitor.id or 0), now=now, account_id=account_id, facts=facts)


def _answer(db: Session, exhibitor: Exhibitor) -> StandAnswerGiven:
    position = position_of(db, exhibitor) if exhibitor.state is ExhibitorState.WAITLISTED else None
    return StandAnswerGiven(exhibitor.id or 0, exhibitor.reference or "", exhibitor.state, position)
