"""Pictures of events: what is really a picture is kept with the data, once; anything else is refused."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Upload
from alpes_events.agenda.revision import Revision, revise_event
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

LARGEST = 3 * 1024 * 1024
"""Octets of one picture."""

_JPEG, _PNG, _WEBP = "image/jpeg", "image/png", "image/webp"
EXTENSIONS = {".jpg": _JPEG, ".jpeg": _JPEG, ".png": _PNG, ".webp": _WEBP}


class BadPicture(BadInput):
    """A file that is not a picture we can show."""


def illustrate(
    db: Session, event_id: int, content: bytes, *, name: str, alt: str, now: datetime, account_id: int | None
) -> Revision:
    """Give the event a picture, with the sentence for those who do not see it. Raises `BadPicture`, `BadDraft`."""
    media_type = checked_media_type(content, name=name)
    picture_id = _keep(db, content, media_type, now=now)
    draft = EventDraft.of(the_event(db, event_id))
    return revise_event(
        db, event_id, replace(draft, picture_id=picture_id, picture_alt=alt.strip()), now=now, account_id=account_id
    )


def take_picture_away(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> Revision:
    """The event has no picture any more."""
    draft = replace(EventDraft.of(the_event(db, event_id)), picture_id=None, picture_alt="")
    return revise_event(db, event_id, draft, now=now, account_id=account_id)


def checked_media_type(content: bytes, *, name: str) -> str:
    """The media type that both the file's name and its first octets say. Raises `BadPicture`."""
    if not content:
        raise BadPicture(N_("Ce fichier est vide : choisissez une image."), field="picture")
    if len(content) > LARGEST:
        raise BadPicture(
            N_("Cette image est trop lourde (%(size)d Mo) : %(most)d Mo au plus."),
            field="picture",
            size=-(-len(content) // 1024**2),
            most=LARGEST // 1024**2,
        )
    said = EXTENSIONS.get(PurePath(name).suffix.lower())
    if said is None or said != _seen(content):
        raise BadPicture(N_("Ce fichier n’est pas une image JPEG, PNG ou WebP : choisissez-en une."), field="picture")
    return said


def _seen(content: bytes) -> str | None:
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    return _WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _keep(db: Session, content: bytes, media_type: str, *, now: datetime) -> int:
    digest = hashlib.sha256(content).hexdigest()
    known = db.exec(select(Upload.id).where(col(Upload.sha256) == digest)).first()
    if known is not None:
        return known
    upload = Upload(sha256=digest, media_type=media_type, content=content, uploaded_at=now)
    db.add(upload)
    db.flush()
    assert upload.id is not None
    return upload.id
