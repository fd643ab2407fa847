"""Who somebody was, kept apart after their file is erased, while what was counted for them must be proved."""

from datetime import date, datetime

from alpes_events.database.rows import KEPT_IDENTITY, Row, personal


class EvidenceIdentity(Row, table=True):
    """The name and birth date of an erased person, until `kept_until`; then the row goes."""

    __tablename__ = "evidence_identity"

    candidate_id: int = personal(KEPT_IDENTITY, primary_key=True, foreign_key="candidate.id")
    family_name: str = personal(KEPT_IDENTITY, max_length=100)
    given_name: str = personal(KEPT_IDENTITY, max_length=100)
    birth_on: date | None = personal(KEPT_IDENTITY, None)
    kept_until: date = personal(KEPT_IDENTITY, index=True)
    moved_at: datetime = personal(KEPT_IDENTITY)
