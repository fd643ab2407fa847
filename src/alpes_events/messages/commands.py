"""What a coordinator can do about messages: send one again."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.kinds import WITH_SECRETS, MessageKind, goes_once
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue


class UnknownMessage(NotFound):
    """No such message."""

    def __init__(self) -> None:
        super().__init__(N_("Ce message n’existe pas."))


class NotSentAgain(Refusal):
    """A message that is on its way, that has lost its sense, or whose secret was for one moment only."""

    def __init__(self, *, state: str) -> None:
        super().__init__(_WHY[state])


_WHY = {
    MessageState.WAITING.value: N_("Ce message est déjà prêt à partir."),
    MessageState.SENDING.value: N_("Ce message est en train de partir."),
    MessageState.DROPPED.value: N_("Ce message n’a plus lieu d’être : la situation de la personne a changé depuis."),
    MessageKind.SIGN_IN.value: N_(
        "Un lien de connexion ne s’envoie pas deux fois : la personne en demande un nouveau."
    ),
}


def send_again(db: Session, message_id: int, *, now: datetime) -> int:
    """Send a message again. Gives the id of the message that will leave. Raises `UnknownMessage`, `NotSentAgain`.

    One that failed never left: it takes its own place again, with new attempts. One that was sent stays as it is, and
    a new message with another Message-ID leaves (mail programs drop a second copy of the same).
    """
    message = db.get(OutboxMessage, message_id, with_for_update=True)
    if message is None:
        raise UnknownMessage
    if goes_once(message.kind, message.facts):
        secret = message.kind in WITH_SECRETS
        raise NotSentAgain(state=MessageKind.SIGN_IN.value if secret else MessageState.DROPPED.value)
    if message.state.value in _WHY:
        raise NotSentAgain(state=message.state.value)
    if message.state is MessageState.SENT:
        return _copy(db, message, now=now)
    message.state, message.attempt_count, message.due_at = MessageState.WAITING, 0, now
    db.add(message)
    return message_id


def _copy(db: Session, message: OutboxMessage, *, now: datetime) -> int:
    first_key = message.once_key.split(":again:")[0]
    copies = db.exec(
        select(func.count())
        .select_from(OutboxMessage)
        .where(col(OutboxMessage.once_key).startswith(f"{first_key}:again:", autoescape=True))
    ).one()
    key = f"{first_key}:again:{copies + 1}"
    copy = NewMessage(
        MessageKind(message.kind),
        once_key=key,
        candidate_id=message.candidate_id,
        account_id=message.account_id,
        contact_id=message.contact_id,
        exhibitor_id=message.exhibitor_id,
        registration_id=message.registration_id,
        event_id=message.event_id,
        language=message.language,
        facts=message.facts,
    )
    enqueue(db, [copy], now=now)
    return db.exec(select(col(OutboxMessage.id)).where(OutboxMessage.once_key == key)).one() or 0
