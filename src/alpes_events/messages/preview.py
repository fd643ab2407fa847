"""What a message looks like before it is sent: invented people, or a real one with every secret replaced."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.messages.application_news import sample_news
from alpes_events.messages.digest import Digest
from alpes_events.messages.kinds import (
    MessageKind,
)
from alpes_events.messages.links import PreviewLinks
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.offer_alert import SAMPLE
from alpes_events.messages.rendering import Rendered, render
from alpes_events.messages.request_mail import SAMPLE_REQUEST
from alpes_events.messages.samples import HIDDEN_SECRETS, hidden_link, sample_moment
from alpes_events.messages.wording import Wording, wording_of
from alpes_events.territory.organisation import current_organisation


def preview_sample(
    db: Session, kind: MessageKind, language: str, *, base_url: str, now: datetime, wording: Wording | None = None
) -> Rendered:
    """What a message of this kind says to an invented person, with `wording` or what the organisation has."""
    sample = sample_moment(kind, language, current_organisation(db), now=now)
    return render(sample, PreviewLinks(base_url), wording=wording or wording_of(db, kind, language))


def preview_message(db: Session, message_id: int, *, base_url: str, now: datetime) -> Rendered:
    """What a message of the outbox would say if it left now. Its secrets are not made, and not shown."""
    message = db.get_one(OutboxMessage, message_id)
    found = moment_of(db, message, now=now)
    moment = replace(
        found,
        secrets=HIDDEN_SECRETS,
        password_link=hidden_link(now),
        digest=Digest(),
        alert=found.alert or SAMPLE,
        application=found.application or sample_news(found.kind),
        request=found.request or SAMPLE_REQUEST,
    )
    return render(moment, PreviewLinks(base_url), wording=wording_of(db, moment.kind, moment.language))
