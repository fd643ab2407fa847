"""Changes to candidates: found or created at sign-up, revised by themselves or an advisor."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_, supported
from alpes_events.people.candidate_account import follow_email
from alpes_events.people.identity import BadPerson, PersonIn, clean_person, search_name
from alpes_events.people.models import Candidate
from alpes_events.people.queries import same_person, the_candidate
from alpes_events.people.records import records_of
from alpes_events.people.residence import residence_of
from alpes_events.territory.models import PriorityDistrict

_FILLED_WHEN_MISSING = ("telephone", "birth_on", "sex")
_RESIDENCE = ("insee_code", "commune_name", "postal_code")
_DISTRICT = ("priority_district", "outside_priority_districts")
"""A matter of address: what was known of the district goes when the person moved."""


def find_or_create_candidate(
    db: Session,
    person: PersonIn,
    *,
    now: datetime,
    contact_required: bool = True,
    account_id: int | None = None,
    long_ago: bool = False,
) -> int:
    """The record of `person`, as `candidate_found_or_created` finds it. Gives its id."""
    row = candidate_found_or_created(
        db, person, now=now, contact_required=contact_required, account_id=account_id, long_ago=long_ago
    )
    assert row.id is not None
    return row.id


def candidate_found_or_created(
    db: Session,
    person: PersonIn,
    *,
    now: datetime,
    contact_required: bool = True,
    account_id: int | None = None,
    long_ago: bool = False,
) -> Candidate:
    """The record of `person`: the one that is certainly theirs (`queries.same_person`), or a new one.

    What was known is never overwritten, because nobody has proved who they are; what was missing is filled in, and
    where they live now is taken as they say (`long_ago`: only if it was not known, as what they say is older). Staff
    may leave out both e-mail and telephone. Raises `BadInput` with the field, `WhichCommune` with the communes to
    choose from.
    """
    clean = clean_person(person, today=now.date(), contact_required=contact_required)
    columns = _columns(db, clean)
    known = same_person(db, clean)
    if known is None:
        return _create(db, columns, now=now)
    if long_ago:
        known_by_now = (*_RESIDENCE, *_DISTRICT) if known.insee_code or known.commune_name else ()
        columns |= {name: getattr(known, name) for name in ("language", *known_by_now)}
    _fill_in(db, known, columns, now=now, account_id=account_id)
    return known


def candidate_as_said(db: Session, person: PersonIn, *, now: datetime) -> Candidate:
    """The record that `person` would have if nobody knew them: not stored, to read their situation from.

    Raises like `find_or_create_candidate`.
    """
    clean = clean_person(person, today=now.date(), contact_required=False)
    return Candidate(**_columns(db, clean), created_at=now, updated_at=now, last_active_at=now)


def revise_candidate(
    db: Session, candidate_id: int, person: PersonIn, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make the record say what `person` says, all of it. Gives the names of the fields that changed, which the journal
    keeps (never the values). A changed e-mail address signs the person out everywhere.
    """
    row = the_candidate(db, candidate_id)
    clean = clean_person(person, today=now.date(), contact_required=False)
    before = row.email
    changed = _change(db, row, _columns(db, clean), now=now, account_id=account_id)
    if "email" in changed:
        left = _leave_merged(db, candidate_id, before, row.email, now=now, account_id=account_id)
        for number in (candidate_id, *left):
            follow_email(db, number, row.email, now=now)
    return changed


def change_email(db: Session, candidate_id: int, email: str, *, now: datetime, account_id: int | None) -> None:
    """The person's address is this one (already clean), on their record and on those merged into it that had the same
    one; the journal keeps that it changed. Their accounts are left to `follow_email`.
    """
    row = the_candidate(db, candidate_id)
    before = row.email
    _change(db, row, {"email": email}, now=now, account_id=account_id)
    _leave_merged(db, candidate_id, before, email, now=now, account_id=account_id)


def change_language(db: Session, candidate_id: int, language: str, *, now: datetime, account_id: int | None) -> None:
    """The person is written to in this language; nothing else of their record is looked at."""
    _change(db, the_candidate(db, candidate_id), {"language": supported(language)}, now=now, account_id=account_id)


def keep_active(db: Session, candidate_id: int, *, now: datetime) -> None:
    """The person did something themselves: the clock of retention starts again, an announced erasure is dropped."""
    row = the_candidate(db, candidate_id)
    row.last_active_at = now
    row.erasure_announced_at = None
    db.add(row)


def _leave_merged(
    db: Session, candidate_id: int, before: str | None, email: str | None, *, now: datetime, account_id: int | None
) -> list[int]:
    """The records merged into this one no longer have the address it left: else that mailbox would still open the
    file. Gives their ids.
    """
    if before is None or before == email:
        return []
    left = [number for number in records_of(db, candidate_id) if number != candidate_id]
    rows = [row for row in (db.get_one(Candidate, number) for number in left) if row.email == before]
    for row in rows:
        _change(db, row, {"email": email}, now=now, account_id=account_id)
    return [row.id for row in rows if row.id is not None]


def _columns(db: Session, person: PersonIn) -> dict[str, Any]:
    """A clean person as columns of `Candidate`."""
    district = person.priority_district or None
    if district is not None and db.get(PriorityDistrict, district) is None:
        raise BadPerson(N_("Ce quartier prioritaire n’est pas dans la liste."), field="priority_district")
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "search_name": search_name(person.given_name, person.family_name),
        "email": person.email or None,
        "telephone": person.telephone or None,
        **asdict(residence_of(db, person)),
        "birth_on": person.birth_on,
        "sex": person.sex,
        "priority_district": district,
        "outside_priority_districts": person.outside_priority_districts and district is None,
        "language": supported(person.language),
    }


def _create(db: Session, columns: dict[str, Any], *, now: datetime) -> Candidate:
    row = Candidate(**columns, created_at=now, updated_at=now, last_active_at=now)
    db.add(row)
    db.flush()
    return row


def _fill_in(db: Session, row: Candidate, said: dict[str, Any], *, now: datetime, account_id: int | None) -> None:
    wanted = {name: said[name] for name in _FILLED_WHEN_MISSING if getattr(row, name) is None}
    wanted["language"] = said["language"]
    lives = {name: said[name] for name in _RESIDENCE}
    moved = any(lives.values()) and (row.insee_code, row.commune_name) != (said["insee_code"], said["commune_name"])
    if any(lives.values()):
        wanted |= lives
    if moved or not (row.priority_district or row.outside_priority_districts):
        wanted |= {name: said[name] for name in _DISTRICT}
    _change(db, row, wanted, now=now, account_id=account_id)
    if now >= row.last_active_at:
        row.last_active_at = now
        row.erasure_announced_at = None
    db.add(row)
    db.flush()


def _change(
    db: Session, row: Candidate, columns: dict[str, Any], *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    changed = tuple(name for name, value in columns.items() if getattr(row, name) != value and name != "search_name")
    if not changed:
        return ()
    row.sqlmodel_update(columns)
    row.updated_at = now
    db.add(row)
    db.flush()
    assert row.id is not None
    record(
        db,
        EntryKind.CANDIDATE_REVISED,
        subject=("candidate", row.id),
        now=now,
        account_id=account_id,
        facts={"changed": list(changed)},
    )
    return changed
