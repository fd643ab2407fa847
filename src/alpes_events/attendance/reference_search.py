"""A reference read on a ticket or said on the telephone: whose it is."""

from sqlmodel import Session, select

from alpes_events.attendance.models import Registration, SignUpReceipt
from alpes_events.attendance.reference import read
from alpes_events.people.records import canonical_ids


def sign_up_of_reference(db: Session, typed: str) -> int | None:
    """The sign-up that has this reference (or that a repeated form with it led to); None for none."""
    reference = read(typed)
    own = select(Registration.id).where(Registration.reference == reference)
    repeated = select(SignUpReceipt.registration_id).where(SignUpReceipt.reference == reference)
    return db.exec(own).first() or db.exec(repeated).first()


def person_of_reference(db: Session, typed: str) -> int | None:
    """The record of the person whose sign-up (or repeated form) has this reference; None for none."""
    reference = read(typed)
    own = select(Registration.candidate_id).where(Registration.reference == reference)
    repeated = (
        select(Registration.candidate_id)
        .join(SignUpReceipt, SignUpReceipt.registration_id == Registration.id)  # type: ignore[arg-type]
        .where(SignUpReceipt.reference == reference)
    )
    found = db.exec(own).first() or db.exec(repeated).first()
    return None if found is None else canonical_ids(db, [found])[found]
