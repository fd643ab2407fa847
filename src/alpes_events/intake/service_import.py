"""Writing the rows of `services`: each act once, for somebody known or new."""

from dataclasses import replace

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.keys import import_key
from alpes_events.intake.service_rows import ServiceRecord, natural
from alpes_events.language.folding import fold
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn, clean_email, clean_telephone, name_key
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.services.acts import known_keys, note_act
from alpes_events.services.drafts import ActDraft
from alpes_events.services.models import ServiceAct


def write_service(db: Session, desk: Desk, record: ServiceRecord) -> Outcome:
    """Note an act. The same row twice in a file is two acts; the file a second time notes none, and one that was taken
    back or written anew is not noted again.
    """
    said = natural(record)
    desk.occurrences["service", said] += 1
    number = desk.occurrences["service", said]
    key = record.key or import_key("service", identifier="", natural=(*said, str(number)))
    if known_keys(db, [key]) or (not record.identifier and _alike(db, record) >= number):
        return Outcome.THERE
    draft = replace(record.draft, import_key=key)
    if record.person is not None:
        draft = replace(draft, candidate_id=_person(db, desk, record.person))
    note_act(db, draft, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED


def _person(db: Session, desk: Desk, person: PersonIn) -> int:
    """The record of somebody: by contact as everywhere, else by name and birth date where that is one person's."""
    if person.birth_on is not None and not person.email and not person.telephone:
        rows = db.exec(
            select(Candidate).where(col(Candidate.birth_on) == person.birth_on, col(Candidate.erased_at).is_(None))
        )
        key = name_key(person.given_name, person.family_name)
        same = [row for row in rows if name_key(row.given_name, row.family_name) == key]
        found = {kept.id or 0 for kept in (canonical(db, row) for row in same)}
        if len(found) == 1:
            return found.pop()
    return find_or_create_candidate(
        db, person, now=desk.now, contact_required=False, account_id=desk.account_id, long_ago=True
    )


def _alike(db: Session, record: ServiceRecord) -> int:
    """How many acts that stand say what the row says, of somebody whom it may name."""
    wanted, merged = record.draft, merged_records()
    asked = (
        columns(ServiceAct, Candidate)
        .select_from(ServiceAct)
        .outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
        .outerjoin(Candidate, col(Candidate.id) == canonical_id(col(ServiceAct.candidate_id), merged))
        .where(
            col(ServiceAct.kind) == wanted.kind,
            col(ServiceAct.happened_on) == wanted.happened_on,
            col(ServiceAct.quantity) == wanted.quantity,
            col(ServiceAct.withdrawn_at).is_(None),
        )
    )
    return sum(_says(act, wanted) and _is_for(person, record.person) for act, person in db.execute(asked))


def _says(act: ServiceAct, wanted: ActDraft) -> bool:
    texts = ("group_name", "organisation", "place", "detail", "result")
    same = all(fold(getattr(act, name)) == fold(getattr(wanted, name)) for name in texts)
    return same and act.ended_on == wanted.ended_on


def _is_for(person: Candidate | None, wanted: PersonIn | None) -> bool:
    """Whether the person is the one named: the same name, and nothing that tells them apart."""
    if person is None or wanted is None:
        return person is None and wanted is None
    if name_key(person.given_name, person.family_name) != name_key(wanted.given_name, wanted.family_name):
        return False
    pairs = (
        (person.email or "", clean_email(wanted.email)),
        (person.telephone or "", clean_telephone(wanted.telephone)),
        (person.birth_on or "", wanted.birth_on or ""),
    )
    return all(there == said for there, said in pairs if there and said)
