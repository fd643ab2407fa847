"""The row of a person's project: the work they look for and what they can do, as far as they said."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from alpes_events.database.rows import JOB_PROJECT, STAFF, JsonColumn, Row, personal


class JobProject(Row, table=True):
    """What a person looks for and can do. None, and an empty list, are not known; `licences` empty is « none held ».

    `titles` are occupations as they were typed, `rome_codes` what they stand for. Each of `experience` is a title, its
    ROME code or nothing, and months; each of `languages` an ISO code and a level. `objected_at`: the person does not
    want to be ranked.
    """

    __tablename__ = "job_project"
    __table_args__ = (
        CheckConstraint("travel_minutes IS NULL OR travel_minutes > 0", name="minutes"),
        CheckConstraint("travel_kilometres IS NULL OR travel_kilometres > 0", name="kilometres"),
        CheckConstraint("training_level IS NULL OR training_level > 0", name="level"),
    )

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(JOB_PROJECT, foreign_key="candidate.id", unique=True)
    titles: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    rome_codes: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    skills: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    experience: list[dict[str, str | int]] | None = personal(JOB_PROJECT, None, sa_type=JsonColumn)
    training_level: int | None = personal(JOB_PROJECT, None)
    licences: list[str] | None = personal(JOB_PROJECT, None, sa_type=JsonColumn)
    travel_minutes: int | None = personal(JOB_PROJECT, None)
    travel_kilometres: int | None = personal(JOB_PROJECT, None)
    travel_modes: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    least_weekly_minutes: int | None = personal(JOB_PROJECT, None)
    most_weekly_minutes: int | None = personal(JOB_PROJECT, None)
    work_times: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    available_on: date | None = personal(JOB_PROJECT, None)
    contracts: list[str] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    languages: list[dict[str, str]] = personal(JOB_PROJECT, default_factory=list, sa_type=JsonColumn)
    objected_at: datetime | None = personal(JOB_PROJECT, None)
    created_at: datetime = personal(JOB_PROJECT)
    revised_at: datetime = personal(JOB_PROJECT, index=True)
    revised_by: int | None = personal(STAFF, None, foreign_key="account.id")
