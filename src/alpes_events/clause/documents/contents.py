"""What a document says, kept as it went out: no later name, merger or correction changes what is opened again."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from alpes_events.clause.tables.ledger_rows import DocumentContent
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

Content = dict[str, Any]
"""A document as JSON: its `form`, and what stands in it in words and numbers."""


class ContentAltered(Refusal):
    """The content that was kept is not what its hash says."""

    def __init__(self, *, number: str) -> None:
        super().__init__(
            N_(
                "Le contenu gardé du document %(number)s ne répond plus à son empreinte : il a été changé dans la "
                "base. Prévenez l’administration avant de vous en servir."
            ),
            number=number,
        )


def keep_content(db: Session, document_id: int, content: Mapping[str, Any]) -> None:
    """Keep what a document says, once."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    hashed = hashlib.sha256(written).hexdigest()
    db.add(DocumentContent(document_id=document_id, content=zlib.compress(written, 9), hash=hashed))
    db.flush()


def kept_content(db: Session, document_id: int, *, number: str) -> Content | None:
    """What the document said; None for one that went out before contents were kept. Raises `ContentAltered`."""
    row = db.get(DocumentContent, document_id)
    if row is None:
        return None
    try:
        written = zlib.decompress(row.content)
    except zlib.error:
        raise ContentAltered(number=number) from None
    if hashlib.sha256(written).hexdigest() != row.hash:
        raise ContentAltered(number=number)
    content: Content = json.loads(written)
    return content
