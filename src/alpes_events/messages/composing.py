"""From a row of the outbox to the mail that leaves: the moment, the secrets, the words, the calendar part."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage

from sqlmodel import Session

from alpes_events.messages.account_mail import issue_password_link
from alpes_events.messages.carrier import CarrierDown
from alpes_events.messages.envelope import Envelope, mail
from alpes_events.messages.invitation import calendar_part
from alpes_events.messages.kinds import CHOOSES_PASSWORD, WITH_SECRETS, MessageKind
from alpes_events.messages.links import Links
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import Moment, moment_of
from alpes_events.messages.needs import digest_of
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import render
from alpes_events.messages.sign_in import issue_secrets
from alpes_events.messages.wording import wording_of


@dataclass(frozen=True)
class Composer:
    """What composing needs from the deployment. `secret_key` signs codes; `sender` is the address mail comes from."""

    links: Links
    base_url: str
    secret_key: str
    sender: str

    def needs_secrets(self, message: OutboxMessage) -> bool:
        """Whether composing writes (the hashes of new secrets): such a message needs a session that writes."""
        return message.kind in CHOOSES_PASSWORD | WITH_SECRETS

    def compose(self, db: Session, message: OutboxMessage, *, now: datetime) -> EmailMessage | None:
        """The mail as things are at `now`, or None when it is no longer worth sending."""
        moment = self._completed(db, message, moment_of(db, message, now=now))
        if moment is None or not still_due(moment):
            return None
        words = render(moment, self.links, wording=wording_of(db, moment.kind, moment.language))
        envelope = self._envelope(message, moment)
        return mail(envelope, words, calendar_part(db, moment, base_url=self.base_url, sender=envelope.sender))

    def _completed(self, db: Session, message: OutboxMessage, moment: Moment) -> Moment | None:
        """The moment with what only its kind needs; None when there is nothing to say any more."""
        if moment.kind in WITH_SECRETS:
            link_id = int(message.facts["sign_in_link_id"])
            secrets = issue_secrets(db, link_id, key=self.secret_key, now=moment.now)
            return None if secrets is None else replace(moment, secrets=secrets)
        if moment.kind in CHOOSES_PASSWORD:
            password_link = issue_password_link(db, int(message.facts["password_link_id"]), now=moment.now)
            return None if password_link is None else replace(moment, password_link=password_link)
        if moment.kind is MessageKind.DIGEST:
            digest = digest_of(db, now=moment.now)
            return replace(moment, digest=digest) if digest.need_count else None
        return moment

    def _envelope(self, message: OutboxMessage, moment: Moment) -> Envelope:
        organisation = moment.organisation
        sender = self.sender or organisation.email
        if not sender:
            raise CarrierDown("no sender")  # the deployment's fault, not the message's: it waits
        return Envelope(
            sender_name=organisation.name,
            sender=sender,
            reply_to=organisation.email,
            to=moment.reader.email or "",
            message_id=message.message_id,
            language=moment.language,
            date=moment.now,
        )
