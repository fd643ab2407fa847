"""Noting what was done: one act or many at once, corrected by another, withdrawn when it was a mistake."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, insert, select

from alpes_events.database.parts import parts
from alpes_events.hiring.projects import training_levels
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.people.queries import UnknownCandidate
from alpes_events.people.records import standing_records
from alpes_events.people.situation import Situations
from alpes_events.services.drafts import ActDraft, checked
from alpes_events.services.models import ServiceAct
from alpes_events.territory.organisation import local_today

_UNKNOWN = dict.fromkeys(("insee_code", "in_territory", "in_priority_district", "sex", "age_band", "training_level"))


class UnknownAct(NotFound):
    """No such act."""

    def __init__(self) -> None:
        super().__init__(N_("Ce service n’existe pas, ou n’existe plus."))


def note_acts(db: Session, drafts: Sequence[ActDraft], *, now: datetime, account_id: int | None) -> list[int]:
    """Store acts with each person's situation on the day. Gives their ids, in order; one wrong refuses all.

    Raises `UnknownActKind`, `BadAct`, `UnknownCandidate`.
    """
    today = local_today(db, now)
    clean = [checked(draft, today=today) for draft in drafts]
    ids = _insert(db, [one | {"noted_at": now, "noted_by": account_id} for one in _columns(db, clean)])
    _tell(db, clean, ids, "noted", now=now, account_id=account_id)
    return ids


def note_act(db: Session, draft: ActDraft, *, now: datetime, account_id: int | None) -> int:
    """Store one act. Gives its id; raises like `note_acts`."""
    return note_acts(db, [draft], now=now, account_id=account_id)[0]


def correct_act(db: Session, act_id: int, draft: ActDraft, *, now: datetime, account_id: int | None) -> int:
    """Write an act anew: the former counts no more and stays to be read. Gives the new id."""
    row = the_act(db, act_id)
    key, row.import_key = row.import_key, None
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    row.replaced_by = note_act(db, replace(draft, import_key=key), now=now, account_id=account_id)
    db.add(row)
    db.flush()
    return row.replaced_by


def withdraw_act(db: Session, act_id: int, *, now: datetime, account_id: int | None) -> None:
    """An act was noted by mistake: it counts no more, and a file that had it does not bring it back. Raises
    `UnknownAct`.
    """
    row = the_act(db, act_id)
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    told = ActDraft(row.kind, row.happened_on, candidate_id=row.candidate_id)
    _tell(db, [told], [act_id], "withdrawn", now=now, account_id=account_id)


def the_act(db: Session, act_id: int) -> ServiceAct:
    """The act. Raises `UnknownAct`; one that was withdrawn is unknown too."""
    row = db.get(ServiceAct, act_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownAct
    return row


def known_keys(db: Session, keys: Iterable[str]) -> set[str]:
    """Which of these rows of a file were noted already."""
    wanted, found = sorted(set(keys)), set()
    for part in parts(wanted):
        found |= set(db.exec(select(ServiceAct.import_key).where(col(ServiceAct.import_key).in_(part))))
    return {one for one in found if one is not None}


def _columns(db: Session, drafts: Sequence[ActDraft]) -> list[dict[str, Any]]:
    """The acts as rows, each with what is known of its person on its day. Raises `UnknownCandidate`."""
    people = standing_records(db, {one.candidate_id for one in drafts if one.candidate_id is not None})
    levels = training_levels(db, {one.id for one in people.values() if one.id is not None})
    situations = Situations(db)
    rows = []
    for draft in drafts:
        said = _UNKNOWN | asdict(draft)
        del said["unit"]
        if draft.candidate_id is not None:
            person = people.get(draft.candidate_id)
            if person is None or person.erased_at is not None:
                raise UnknownCandidate
            said |= asdict(situations.on(person, draft.happened_on))
            said |= {"candidate_id": person.id, "training_level": levels.get(person.id or 0)}
        rows.append(said)
    return rows


def _insert(db: Session, rows: list[dict[str, Any]]) -> list[int]:
    asked = insert(ServiceAct).returning(col(ServiceAct.id), sort_by_parameter_order=True)
    return [one or 0 for one in db.scalars(asked, rows)] if rows else []


def _tell(
    db: Session, drafts: Sequence[ActDraft], ids: Sequence[int], what: str, *, now: datetime, account_id: int | None
) -> None:
    """One entry in the journal: of the act, or of how many were noted together."""
    if not ids:
        return
    first = drafts[0]
    facts: dict[str, Any] = {"kind": first.kind, "changed": [what], "count": len(ids)}
    if len(ids) == 1 and first.candidate_id is not None:
        facts["candidate_id"] = first.candidate_id
    record(db, EntryKind.SERVICE_NOTED, subject=("service_act", ids[0]), now=now, account_id=account_id, facts=facts)
