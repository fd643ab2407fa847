"""The row of a picture that was sent."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field

from alpes_events.database.rows import Row


class Upload(Row, table=True):
    """A file kept with the data, so that backup and erasure cover it."""

    __tablename__ = "upload"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(max_length=64, index=True)
    media_type: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    uploaded_at: datetime
