"""Applying, or asking for an alert, without an account: kept until the address is confirmed, and then done for the
person that the name and the address are of, or (an alert) for the address. Nothing here tells whether anybody is known.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from alpes_events.attendance.reference import check_key, new_reference
from alpes_events.database.outcome import row_count
from alpes_events.hiring.alerts import AlertReader, add_alert
from alpes_events.hiring.applying import ApplicationForm, apply_for, clean_message
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.codes import ContractKind, Proposer
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.offer_states import takes_applications
from alpes_events.hiring.refusals import OfferIsClosed
from alpes_events.hiring.request_rows import OfferRequest, RequestKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_, supported
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import BadPerson, PersonIn, clean_email, clean_person
from alpes_events.territory.organisation import local_today

REQUEST_LIFE = timedelta(days=2)
"""How long a request waits for its address to be confirmed."""


class UnknownRequest(NotFound):
    """No such request: its time was over long ago, or it never was."""

    def __init__(self) -> None:
        super().__init__(N_("Cette demande n’est plus là : refaites-la depuis la page de l’offre."))


class RequestIsOver(Refusal):
    """A request that was not confirmed in time."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("Ce lien n’est plus valable : il dure deux jours. Refaites votre demande, cela prend une minute.")
        )


class RequestChanged(Refusal):
    """The same form was sent twice with different words."""

    def __init__(self) -> None:
        super().__init__(
            N_("Ce formulaire a déjà été envoyé avec d’autres réponses : relisez-le et envoyez-le de nouveau.")
        )


@dataclass(frozen=True)
class RequestDraft:
    """What is asked: an application for `offer_id` with a few words, or an alert for `choice`."""

    person: PersonIn
    """Of who asks for an alert, only the address and the language are kept."""
    form_key: str
    offer_id: int | None = None
    message: str = ""
    choice: OfferChoice | None = None

    @property
    def kind(self) -> RequestKind:
        """An application when it names an offer."""
        return RequestKind.ALERT if self.offer_id is None else RequestKind.APPLICATION


def keep_request(db: Session, draft: RequestDraft, *, now: datetime) -> tuple[OfferRequest, bool]:
    """Keep what is asked until its address is confirmed. Gives the request, and whether it is new: the same form again
    gives the first. Raises `BadInput` by field, `OfferIsClosed`, `UnknownOffer`, `RequestChanged`.
    """
    check_key(draft.form_key)
    person = clean_person(draft.person, today=now.date()) if draft.offer_id is not None else _address(draft.person)
    first = db.exec(select(OfferRequest).where(OfferRequest.form_key == draft.form_key)).first()
    wanted = _columns(draft, person)
    if first is not None:
        if any(getattr(first, name) != value for name, value in wanted.items()) and first.confirmed_at is None:
            raise RequestChanged
        return first, False
    if draft.offer_id is not None:
        _check_open(db, draft.offer_id, now=now)
    row = OfferRequest(
        reference=new_reference(), form_key=draft.form_key, asked_at=now, expires_at=now + REQUEST_LIFE, **wanted
    )
    db.add(row)
    db.flush()
    return row, True


def confirm_request(db: Session, reference: str, *, now: datetime) -> OfferRequest:
    """The address is proved: do what was asked, once. Of two hands at once the second finds it done.

    Raises `UnknownRequest`, `RequestIsOver`, `OfferIsClosed`, `AlreadyApplied`, `TooManyAlerts`.
    """
    row = request_of_reference(db, reference, now=now)
    if row.confirmed_at is not None:
        return row
    candidate_id = None if row.offer_id is None else _applicant(db, row, now=now)
    claim = (
        update(OfferRequest)
        .where(col(OfferRequest.id) == row.id, col(OfferRequest.confirmed_at).is_(None))
        .values(confirmed_at=now, candidate_id=candidate_id)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, claim) == 1:
        _do(db, row, candidate_id, now=now)
        row.given_name = row.family_name = row.email = row.telephone = row.message = ""
        db.add(row)
        db.flush()
    db.refresh(row)
    return row


def _applicant(db: Session, row: OfferRequest, *, now: datetime) -> int:
    person = PersonIn(row.family_name, row.given_name, row.email, row.telephone, language=row.language)
    return find_or_create_candidate(db, person, now=now)


def _address(person: PersonIn) -> PersonIn:
    email = clean_email(person.email)
    if not email:
        raise BadPerson(N_("Il manque votre adresse e-mail."), field="email")
    return PersonIn("", "", email, language=person.language)


def request_of_reference(db: Session, reference: str, *, now: datetime) -> OfferRequest:
    """The request of a link. Raises `UnknownRequest`, `RequestIsOver`."""
    row = db.exec(select(OfferRequest).where(OfferRequest.reference == reference)).first()
    if row is None:
        raise UnknownRequest
    if row.expires_at <= now:
        raise RequestIsOver
    return row


def forget_requests(db: Session, *, now: datetime) -> int:
    """Remove the requests whose time is over, confirmed or not. Gives how many."""
    old = delete(OfferRequest).where(col(OfferRequest.expires_at) <= now)
    return row_count(db, old.execution_options(synchronize_session=False))


def choice_asked(row: OfferRequest) -> OfferChoice:
    """The choice of an alert that is asked for."""
    said = dict(row.choice)
    said["contracts"] = tuple(ContractKind(one) for one in said.get("contracts", ()))
    return OfferChoice(**said)


def _do(db: Session, row: OfferRequest, candidate_id: int | None, *, now: datetime) -> None:
    if row.offer_id is None or candidate_id is None:
        reader = AlertReader(email=row.email, language=row.language)
        add_alert(db, reader, choice_asked(row), now=now, account_id=None)
        return
    form = ApplicationForm(row.offer_id, candidate_id, Proposer.SELF, message=row.message, form_key=row.form_key)
    apply_for(db, form, now=now)


def _columns(draft: RequestDraft, person: PersonIn) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "offer_id": draft.offer_id,
        "choice": _stored(draft.choice),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "telephone": person.telephone,
        "message": clean_message(draft.message),
        "language": supported(person.language),
    }


def _stored(choice: OfferChoice | None) -> dict[str, Any]:
    if choice is None:
        return {}
    said = asdict(replace(choice, within=frozenset()))
    del said["within"]
    return said | {"contracts": [kind.value for kind in choice.contracts]}


def _check_open(db: Session, offer_id: int, *, now: datetime) -> None:
    offer = the_offer(db, offer_id)
    if not takes_applications(offer.state, offer.closes_on, today=local_today(db, now)):
        raise OfferIsClosed
