"""Who speaks for a company: an employer's account, tied to it by a coordinator, an invitation or an approved domain.

Who stops speaking for it sees nothing of it any more; what they did stays with the company, for whoever takes over.
"""

from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.companies.domains import company_of_domain
from alpes_events.companies.models import CompanyContact, CompanySpeaker, SpeakerState, SpeakerWay
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.speaking import LIVE, links_of
from alpes_events.companies.trail import record_company
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Account, Role

MOST_ASKED = 5


class UnknownSpeaker(NotFound):
    """No such request or speaker of this company."""

    def __init__(self) -> None:
        super().__init__(N_("Cette demande n’existe pas, ou n’existe plus."))


class SpeaksAlready(Refusal):
    """They speak for the company, or have asked to."""

    def __init__(self) -> None:
        super().__init__(N_("C’est déjà fait : cette personne représente l’entreprise, ou l’a demandé."))


class AsksTooMuch(Refusal):
    """More requests wait than one person can have."""

    def __init__(self) -> None:
        super().__init__(N_("%(count)d de vos demandes attendent déjà une réponse."), count=MOST_ASKED)


class NoEmployer(Refusal):
    """The address is that of somebody who is no employer here."""

    def __init__(self) -> None:
        super().__init__(N_("Cette adresse a déjà un autre compte sur ce site : demandez-en une autre à la personne."))


def ask_to_speak(db: Session, company_id: int, *, asker_id: int, now: datetime) -> SpeakerState:
    """An employer asks to speak for a company: approved at once when the domain of their address is, unless a
    coordinator said no before; else to decide.

    Gives the state. Raises `SpeaksAlready`, `AsksTooMuch`, `UnknownCompany`.
    """
    account, company = _employer(db, asker_id), standing_company(db, the_company(db, company_id))
    if _live(db, company.id or 0, asker_id):
        raise SpeaksAlready
    waiting = select(func.count()).where(
        CompanySpeaker.account_id == asker_id, CompanySpeaker.state == SpeakerState.ASKED
    )
    if db.exec(waiting).one() >= MOST_ASKED:
        raise AsksTooMuch
    parted = links_of(db, company.id or 0, (SpeakerState.ENDED, SpeakerState.REFUSED))
    never_parted = all(former.id != asker_id for _row, former in parted)
    known = never_parted and company_of_domain(db, account.email) == company.id
    state, way = (SpeakerState.APPROVED, SpeakerWay.DOMAIN) if known else (SpeakerState.ASKED, None)
    _tie(db, company.id or 0, account, state, way, now=now, account_id=asker_id)
    return state


def speak_by_invitation(db: Session, company_id: int, speaker_id: int, *, now: datetime, account_id: int | None) -> int:
    """A coordinator invites an employer's account to speak for a company. Gives the id of what ties them.

    A request that waits is approved by it. Raises `SpeaksAlready`, `NoEmployer`, `UnknownCompany`.
    """
    account, company = _employer(db, speaker_id), standing_company(db, the_company(db, company_id))
    waiting = next(iter(_live(db, company.id or 0, speaker_id)), None)
    if waiting is None:
        way = SpeakerWay.INVITATION
        return _tie(db, company.id or 0, account, SpeakerState.APPROVED, way, now=now, account_id=account_id)
    if waiting.state is SpeakerState.APPROVED:
        raise SpeaksAlready
    _decide(db, waiting, SpeakerState.APPROVED, SpeakerWay.INVITATION, now=now, account_id=account_id)
    return waiting.id or 0


def speak_by_domain(db: Session, speaker_id: int, *, now: datetime) -> None:
    """An account whose domain is approved speaks for its company; nothing happens for one that does, or was ended."""
    account = _employer(db, speaker_id)
    company_id = company_of_domain(db, account.email)
    if company_id is None:
        return
    records = records_of_company(db, company_id)
    before = select(CompanySpeaker).where(
        col(CompanySpeaker.company_id).in_(records), CompanySpeaker.account_id == speaker_id
    )
    if db.exec(before).first() is None:
        way = SpeakerWay.DOMAIN
        _tie(db, company_id, account, SpeakerState.APPROVED, way, now=now, account_id=None)


def approve_speaker(db: Session, link_id: int, *, company_id: int, now: datetime, account_id: int | None) -> int:
    """A coordinator says yes to a request. Gives the account that asked. Raises `UnknownSpeaker`, also for one that was
    decided.
    """
    row = the_link(db, link_id, company_id, SpeakerState.ASKED)
    _decide(db, row, SpeakerState.APPROVED, SpeakerWay.COORDINATOR, now=now, account_id=account_id)
    return row.account_id


def refuse_speaker(db: Session, link_id: int, *, company_id: int, now: datetime, account_id: int | None) -> int:
    """A coordinator says no to a request. Gives the account that asked. Raises `UnknownSpeaker`."""
    row = the_link(db, link_id, company_id, SpeakerState.ASKED)
    _decide(db, row, SpeakerState.REFUSED, None, now=now, account_id=account_id)
    return row.account_id


def _live(db: Session, company_id: int, account_id: int) -> list[CompanySpeaker]:
    return [row for row, account in links_of(db, company_id, LIVE) if account.id == account_id]


def _employer(db: Session, account_id: int) -> Account:
    account = db.get(Account, account_id)
    if account is None or account.role is not Role.EMPLOYER or account.disabled_at is not None:
        raise NoEmployer
    return account


def _tie(
    db: Session,
    company_id: int,
    account: Account,
    state: SpeakerState,
    way: SpeakerWay | None,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    contact = db.exec(
        select(CompanyContact.id).where(
            col(CompanyContact.company_id).in_(records_of_company(db, company_id)),
            CompanyContact.email == account.email,
        )
    ).first()
    row = CompanySpeaker(
        company_id=company_id, account_id=account.id or 0, contact_id=contact, state=state, asked_at=now
    )
    if state is SpeakerState.APPROVED:
        row.way, row.decided_at, row.decided_by = way, now, account_id
    set_state(db, row, state, now=now, account_id=account_id)
    return row.id or 0


def the_link(db: Session, link_id: int, company_id: int, state: SpeakerState) -> CompanySpeaker:
    """What ties an account to this company, in this state. Raises `UnknownSpeaker`."""
    row = db.get(CompanySpeaker, link_id, with_for_update=True, populate_existing=True)
    if row is None or row.state is not state or row.company_id not in records_of_company(db, company_id):
        raise UnknownSpeaker
    return row


def _decide(
    db: Session,
    row: CompanySpeaker,
    state: SpeakerState,
    way: SpeakerWay | None,
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    row.way, row.decided_at, row.decided_by = way, now, account_id
    set_state(db, row, state, now=now, account_id=account_id)


def set_state(db: Session, row: CompanySpeaker, state: SpeakerState, *, now: datetime, account_id: int | None) -> None:
    """Keep what ties an account to a company in another state."""
    row.state = state
    db.add(row)
    db.flush()
    facts = {"account_id": row.account_id, "state": state.value}
    record_company(db, EntryKind.SPEAKER_CHANGED, row.company_id, facts, now=now, account_id=account_id)  # type: ignore[arg-type]
