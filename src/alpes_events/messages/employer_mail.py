"""Mail to employers: an invitation to speak for a company, the answer to who asked to, and the end of a contact's file.

None carries a secret: their button leads to the employer's space, which sends a sign-in link when it is asked for.
"""

import secrets
from datetime import datetime

from sqlmodel import Session

from alpes_events.companies.employer_account import employer_account
from alpes_events.companies.models import SpeakerState
from alpes_events.companies.speakers import approve_speaker, refuse_speaker, speak_by_invitation
from alpes_events.language.sentence import supported
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.accounts import the_account


def invite_speaker(
    db: Session, company_id: int, *, email: str, name: str = "", now: datetime, account_id: int | None
) -> int:
    """Let somebody speak for a company and owe them the news; their account is made when they have none.

    Gives the account's id. Raises `BadInput` by field, `NoEmployer`, `SpeaksAlready`, `UnknownCompany`.
    """
    speaker_id = employer_account(db, email, name=name, now=now, account_id=account_id)
    speak_by_invitation(db, company_id, speaker_id, now=now, account_id=account_id)
    _owe(db, MessageKind.EMPLOYER_INVITATION, speaker_id, {"company_id": company_id}, now=now)
    return speaker_id


def answer_speaker(
    db: Session, link_id: int, *, company_id: int, approved: bool, now: datetime, account_id: int | None
) -> None:
    """Say yes or no to a request, and owe its answer to who asked. Raises `UnknownSpeaker`."""
    decide = approve_speaker if approved else refuse_speaker
    speaker_id = decide(db, link_id, company_id=company_id, now=now, account_id=account_id)
    state = SpeakerState.APPROVED if approved else SpeakerState.REFUSED
    _owe(db, MessageKind.SPEAKER_ANSWER, speaker_id, {"company_id": company_id, "state": state.value}, now=now)


def _owe(db: Session, kind: MessageKind, account_id: int, facts: dict[str, int | str], *, now: datetime) -> None:
    message = NewMessage(
        kind,
        once_key=f"{kind.value}:{account_id}:{secrets.token_hex(8)}",
        account_id=account_id,
        language=supported(the_account(db, account_id).language),
        facts=facts,
    )
    enqueue(db, [message], now=now)
