"""The row of a service act. What is known of the person on its day freezes with it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from alpes_events.database.rows import PATHWAY, STAFF, Row, enum_column, personal
from alpes_events.people.models import AgeBand, Sex


class ServiceAct(Row, table=True):
    """Something done on a day: `kind` (of `services.kinds`) says what it needs, and the unit of `quantity`.

    `group_name`: the workshop, the trip; `place`: where, in words; `detail`: which of the kind's own list (a scheme of
    aid, a kind of structure); `result`: what came of it. `withdrawn_at`: noted by mistake; `replaced_by`: written anew.
    """

    __tablename__ = "service_act"
    __table_args__ = (
        Index("ix_service_act_day", "happened_on"),
        Index("ix_service_act_kind", "kind", "happened_on"),
        Index("ix_service_act_person", "candidate_id", "happened_on"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("ended_on IS NULL OR ended_on >= happened_on", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = personal(PATHWAY, max_length=32)
    happened_on: date = personal(PATHWAY)
    ended_on: date | None = personal(PATHWAY, None)
    candidate_id: int | None = personal(PATHWAY, None, foreign_key="candidate.id")
    group_name: str = personal(PATHWAY, "", max_length=150)
    organisation: str = personal(PATHWAY, "", max_length=150)
    place: str = personal(PATHWAY, "", max_length=100)
    detail: str = personal(PATHWAY, "", max_length=80)
    result: str = personal(PATHWAY, "", max_length=32)
    quantity: int = personal(PATHWAY, 1, sa_type=BigInteger)
    insee_code: str | None = personal(PATHWAY, None, foreign_key="commune.insee_code", max_length=5)
    in_territory: bool | None = personal(PATHWAY, None)
    in_priority_district: bool | None = personal(PATHWAY, None)
    sex: Sex | None = personal(PATHWAY, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(PATHWAY, None, sa_type=enum_column(AgeBand))
    training_level: int | None = personal(PATHWAY, None)
    import_key: str | None = personal(PATHWAY, None, max_length=80, unique=True)
    noted_at: datetime = personal(PATHWAY)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(PATHWAY, None)
    replaced_by: int | None = personal(PATHWAY, None, foreign_key="service_act.id")
