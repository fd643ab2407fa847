"""The row of an attested count."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from alpes_events.database.rows import STAFF, Row, personal

_CURRENT = "replaced_at IS NULL"


class AttestedCount(Row, table=True):
    """A figure that somebody attests: `value` in units of 10^-`decimals` for a period (`2023` or `2023-03`).

    A correction is another row; the former keeps `replaced_at`.
    """

    __tablename__ = "attested_count"
    __table_args__ = (
        Index(
            "uq_attested_count_current",
            "indicator",
            "period",
            unique=True,
            sqlite_where=text(_CURRENT),
            postgresql_where=text(_CURRENT),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator: str = Field(max_length=150)
    period: str = Field(max_length=7)
    value: int = Field(sa_type=BigInteger)
    decimals: int = 0
    source: str = Field(max_length=200)
    attested_on: date
    why: str = Field(default="", max_length=300)
    entered_at: datetime
    entered_by: int | None = personal(STAFF, None, foreign_key="account.id")
    replaced_at: datetime | None = None
