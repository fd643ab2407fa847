"""Receipts of accepted forms: sending one again gets the first answer, and changes nothing."""

from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session

from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import SignUpReceipt
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_KEEP = insert(SignUpReceipt.__table__)  # type: ignore[attr-defined]


class FormChanged(Refusal):
    """The same form was sent twice with different words."""

    def __init__(self) -> None:
        super().__init__(
            N_("Ce formulaire a déjà été envoyé avec d’autres réponses : ouvrez de nouveau la page de l’événement.")
        )


def replay_of(db: Session, form: SignUp) -> SignUpAnswer | None:
    """The first answer, when this form was accepted before. Raises `FormChanged` if it then said something else."""
    receipt = db.get(SignUpReceipt, form.form_key) if form.form_key else None
    if receipt is None:
        return None
    if receipt.form_hash != form.form_hash:
        raise FormChanged
    return SignUpAnswer(
        registration_id=receipt.registration_id,
        reference=receipt.reference,
        state=receipt.shown_state,
        position=receipt.shown_position,
        repeated=receipt.repeated,
        replayed=True,
    )


def keep_receipt(db: Session, form: SignUp, answer: SignUpAnswer, *, now: datetime) -> None:
    """Remember what this form was answered (a form without a key, as from an import, leaves no receipt)."""
    if not form.form_key:
        return
    db.flush()  # the sign-up that it refers to
    kept = {
        "form_key": form.form_key,
        "form_hash": form.form_hash,
        "reference": answer.reference,
        "registration_id": answer.registration_id,
        "shown_state": answer.state,
        "shown_position": answer.position,
        "repeated": answer.repeated,
        "accepted_at": now,
    }
    db.execute(_KEEP, kept)
