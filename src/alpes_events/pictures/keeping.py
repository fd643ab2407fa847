"""Pictures kept with the data: the same picture once, whoever sends it."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.pictures.models import Upload
from alpes_events.pictures.picture import clean_picture


def keep_picture(db: Session, content: bytes, *, name: str, most_side: int, field: str, now: datetime) -> int:
    """Keep the picture in a file called `name`, drawn anew, and give its id. Raises `BadPicture` on `field`."""
    picture = clean_picture(content, name=name, most_side=most_side, field=field)
    digest = hashlib.sha256(picture.content).hexdigest()
    known = db.exec(select(Upload.id).where(col(Upload.sha256) == digest)).first()
    if known is not None:
        return known
    upload = Upload(sha256=digest, media_type=picture.media_type, content=picture.content, uploaded_at=now)
    db.add(upload)
    db.flush()
    assert upload.id is not None
    return upload.id
