"""Recruitment operations: an employer who settles or recruits much at once, and the sessions held for it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from alpes_events.companies.queries import the_company
from alpes_events.hiring.codes import TrainingKind
from alpes_events.hiring.models import OperationState, RecruitmentOperation, RecruitmentSession
from alpes_events.hiring.refusals import UnknownOperation, UnknownSession
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune
from alpes_events.territory.queries import territory_members

_MOST = 10_000


class BadOperation(BadInput):
    """Something about an operation or its session that cannot be; `field` names it."""


@dataclass(frozen=True)
class OperationDraft:
    """An operation as written; None is not known."""

    company_id: int
    name: str
    starts_on: date
    ends_on: date | None = None
    insee_code: str | None = None
    commune_name: str = ""
    planned_count: int | None = None
    training: TrainingKind | None = None
    note: str = ""

    @classmethod
    def of(cls, row: RecruitmentOperation) -> "OperationDraft":
        """The draft that a stored operation would come from."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class SessionCount:
    """A session that was held, with the heads counted there (None: not counted), or the event where they are noted."""

    held_on: date
    candidate_count: int | None = None
    territory_count: int | None = None
    event_id: int | None = None


def add_operation(
    db: Session, draft: OperationDraft, *, now: datetime, account_id: int | None, import_key: str | None = None
) -> int:
    """Store an operation and give its id. Raises `BadOperation`, `UnknownCompany`."""
    operation = RecruitmentOperation(**_columns(db, draft), created_at=now, revised_at=now, import_key=import_key)
    db.add(operation)
    db.flush()
    assert operation.id is not None
    _record(db, operation.id, {"changed": ["company_id"]}, now=now, account_id=account_id)
    return operation.id


def revise_operation(
    db: Session, operation_id: int, draft: OperationDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make an operation say what the draft says. Gives the names of what changed."""
    operation = the_operation(db, operation_id)
    wanted = _columns(db, draft)
    changed = [name for name, value in wanted.items() if getattr(operation, name) != value]
    if changed:
        operation.sqlmodel_update({**wanted, "revised_at": now})
        db.add(operation)
        db.flush()
        _record(db, operation_id, {"changed": changed}, now=now, account_id=account_id)
    return tuple(changed)


def end_operation(db: Session, operation_id: int, *, over: bool, now: datetime, account_id: int | None) -> None:
    """The operation is over, or goes on after all."""
    operation = the_operation(db, operation_id)
    operation.state = OperationState.OVER if over else OperationState.OPEN
    operation.revised_at = now
    db.add(operation)
    _record(db, operation_id, {"state": operation.state.value}, now=now, account_id=account_id)


def add_session(db: Session, operation_id: int, count: SessionCount, *, now: datetime, account_id: int | None) -> int:
    """A session was held. Gives its id. Raises `BadOperation` for heads that cannot be."""
    the_operation(db, operation_id)
    heads, own = count.candidate_count, count.territory_count
    if any(number is not None and not 0 <= number <= _MOST for number in (heads, own)):
        raise BadOperation(N_("Écrivez un nombre entier, de 0 à 10 000."), field="candidate_count")
    if own is not None and (heads is None or own > heads):
        raise BadOperation(
            N_("Les personnes du territoire sont parmi toutes : leur nombre ne peut pas être plus grand."),
            field="territory_count",
        )
    row = RecruitmentSession(operation_id=operation_id, created_at=now, noted_by=account_id, **asdict(count))
    db.add(row)
    db.flush()
    assert row.id is not None
    _record(db, operation_id, {"session_id": row.id}, now=now, account_id=account_id)
    return row.id


def withdraw_session(db: Session, operation_id: int, session_id: int, *, now: datetime, account_id: int | None) -> None:
    """The session was noted by mistake: it counts no more."""
    row = db.get(RecruitmentSession, session_id, populate_existing=True)
    if row is None or row.operation_id != operation_id or row.withdrawn_at is not None:
        raise UnknownSession
    row.withdrawn_at = now
    db.add(row)
    _record(db, operation_id, {"session_id": session_id}, now=now, account_id=account_id)


def the_operation(db: Session, operation_id: int) -> RecruitmentOperation:
    """The operation, or `UnknownOperation`."""
    operation = db.get(RecruitmentOperation, operation_id, populate_existing=True)
    if operation is None:
        raise UnknownOperation
    return operation


def _columns(db: Session, draft: OperationDraft) -> dict[str, Any]:
    the_company(db, draft.company_id)
    name, note = composed(written(draft.name)), written(draft.note)
    if not any(sign.isalnum() for sign in name) or len(name) > 150:  # noqa: PLR2004 (the column's length)
        raise BadOperation(N_("Donnez un nom à l’opération, de 150 signes au plus."), field="name")
    if len(note) > 2000:  # noqa: PLR2004 (the column's length)
        raise BadOperation(N_("Ce texte est trop long : %(longest)d signes au plus."), field="note", longest=2000)
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise BadOperation(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    if draft.planned_count is not None and not 0 <= draft.planned_count <= _MOST:
        raise BadOperation(N_("Écrivez un nombre entier, de 0 à 10 000."), field="planned_count")
    return {**asdict(draft), "name": name, "note": note, **_place(db, draft)}


def _place(db: Session, draft: OperationDraft) -> dict[str, Any]:
    """Where the operation is, and whether that is in the territory on its first day."""
    if draft.insee_code is None:
        commune = composed(written(draft.commune_name))[:100]
        return {"insee_code": None, "commune_name": commune, "in_territory": False if commune else None}
    listed = db.get(Commune, draft.insee_code)
    if listed is None:
        raise BadOperation(
            N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name"
        )
    inside = draft.insee_code in territory_members(db, on=draft.starts_on)
    return {"insee_code": draft.insee_code, "commune_name": listed.name, "in_territory": inside}


def _record(db: Session, operation_id: int, facts: dict[str, Fact], *, now: datetime, account_id: int | None) -> None:
    subject = ("recruitment_operation", operation_id)
    record(db, EntryKind.OPERATION_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)
