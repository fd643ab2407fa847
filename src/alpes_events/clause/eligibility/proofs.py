"""The proofs that say whether a public of the clause fits a person: noted, and withdrawn when noted by mistake.

Those of a criterion that tells of health stand in a table of their own, which facilitators alone fill and read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from alpes_events.clause.eligibility.criteria import Public, publics
from alpes_events.clause.eligibility.facilitating import check_facilitates
from alpes_events.clause.eligibility.people_refusals import BadProof, UnknownProof
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof, Issuer
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, written
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate

YOUTH, SENIOR = "YOUTH", "SENIOR"
_YOUTH_ENDS, _SENIOR_BEGINS = 26, 50
_OLDEST = date(1950, 1, 1)
_LONGEST_REFERENCE, _LONGEST_OPINION = 100, 2000


@dataclass(frozen=True)
class ProofDraft:
    """A document as it was read. It speaks for days in [`valid_from`, `valid_until`); None: from its date on, and until
    it is too old. `issuer` and `opinion`: of a reasoned opinion only.
    """

    code: str
    issued_on: date
    valid_from: date | None = None
    valid_until: date | None = None
    holds: bool = True
    reference: str = ""
    issuer: Issuer | None = None
    opinion: str = ""


@dataclass(frozen=True)
class Noted:
    """A proof that was noted: its id in the table of proofs, or in that of health."""

    id: int
    health: bool


def note_proof(
    db: Session, candidate_id: int, draft: ProofDraft, *, today: date, now: datetime, account_id: int | None
) -> Noted:
    """Store a proof of a person. A reasoned opinion counts once it is validated (`clause.opinions`).

    Raises `BadProof`, `UnknownCandidate`, and `OnlyFacilitators` for a proof that tells of health.
    """
    person = canonical(db, the_candidate(db, candidate_id))
    public = publics(db).get(draft.code)
    if public is None:
        raise BadProof(N_("Ce public n’est pas dans la liste."), field="public")
    if public.health:
        check_facilitates(db, account_id)
    valid_from, valid_until = _days(person, draft, today=today)
    columns: dict[str, Any] = {
        "candidate_id": person.id,
        "code": draft.code,
        "issued_on": draft.issued_on,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "holds": draft.holds,
        "reference": composed(written(draft.reference))[:_LONGEST_REFERENCE],
        "noted_at": now,
        "noted_by": account_id,
    }
    row = DisabilityProof(**columns) if public.health else EligibilityProof(**columns, **_opinion(public, draft))
    db.add(row)
    db.flush()
    facts: dict[str, Fact] = {"state": "noted"} if public.health else {"proof_id": row.id, "state": "noted"}
    tell_proof(db, row.candidate_id, facts, now=now, account_id=account_id)
    return Noted(row.id or 0, public.health)


def withdraw_proof(db: Session, proof_id: int, *, now: datetime, account_id: int | None) -> None:
    """The proof was noted by mistake: it counts no more. What was assessed with it stays. Raises `UnknownProof`."""
    row = the_proof(db, proof_id)
    row.withdrawn_at = now
    db.add(row)
    tell_proof(db, row.candidate_id, {"proof_id": proof_id, "state": "withdrawn"}, now=now, account_id=account_id)


def withdraw_health_proof(db: Session, proof_id: int, *, now: datetime, account_id: int | None) -> None:
    """Like `withdraw_proof`, for one that tells of health. Raises `UnknownProof`, `OnlyFacilitators`."""
    check_facilitates(db, account_id)
    row = db.get(DisabilityProof, proof_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownProof
    row.withdrawn_at = now
    db.add(row)
    tell_proof(db, row.candidate_id, {"state": "withdrawn"}, now=now, account_id=account_id)


def the_proof(db: Session, proof_id: int) -> EligibilityProof:
    """The proof, unless it was withdrawn, or `UnknownProof`."""
    row = db.get(EligibilityProof, proof_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownProof
    return row


def tell_proof(
    db: Session, candidate_id: int, facts: dict[str, Fact], *, now: datetime, account_id: int | None
) -> None:
    """Have the journal keep what became of a proof: about health, nothing beyond that there is one."""
    subject = ("candidate", candidate_id)
    record(db, EntryKind.PROOF_NOTED, subject=subject, now=now, account_id=account_id, facts=facts)


def _days(person: Candidate, draft: ProofDraft, *, today: date) -> tuple[date | None, date | None]:
    """The days for which the proof speaks. One of age ends, or begins, on the birthday when that is known."""
    if draft.issued_on > today:
        raise BadProof(N_("Ce justificatif est daté dans le futur : vérifiez sa date."), field="issued_on")
    if draft.issued_on < _OLDEST:
        raise BadProof(N_("Ce justificatif est trop ancien : vérifiez l’année de sa date."), field="issued_on")
    first, last = draft.valid_from, draft.valid_until
    if draft.holds and person.birth_on is not None:
        if draft.code == YOUTH:
            birthday = _birthday(person.birth_on, _YOUTH_ENDS)
            last = min(last or birthday, birthday)
        elif draft.code == SENIOR:
            first = max(first or draft.issued_on, _birthday(person.birth_on, _SENIOR_BEGINS))
    begins = max(first or draft.issued_on, draft.issued_on)
    if last is not None and last <= begins:
        if last != draft.valid_until:
            raise BadProof(
                N_("Cette personne a eu 26 ans le %(day)s : un autre public est à chercher."),
                field="public",
                day=f"{last:%d/%m/%Y}",
            )
        raise BadProof(N_("La validité finit avant de commencer : changez l’une des dates."), field="valid_until")
    return first, last


def _birthday(birth_on: date, age: int) -> date:
    """The day of an age; who was born on 29 February gets a year older on 1 March."""
    try:
        return birth_on.replace(year=birth_on.year + age)
    except ValueError:
        return date(birth_on.year + age, 3, 1)


def _opinion(public: Public, draft: ProofDraft) -> dict[str, Any]:
    """Who gave an opinion, and its text; nothing for other proofs."""
    if not public.needs_opinion:
        return {}
    text = composed(draft.opinion.strip())
    if draft.issuer is None:
        raise BadProof(N_("Choisissez qui donne cet avis."), field="issuer")
    if not any(sign.isalnum() for sign in text):
        raise BadProof(
            N_("Écrivez l’avis : ce qui éloigne la personne de l’emploi, et ce qui est proposé."), field="opinion"
        )
    if len(text) > _LONGEST_OPINION:
        raise BadProof(N_("Un avis a 2 000 signes au plus : abrégez-le."), field="opinion")
    return {"issuer": draft.issuer, "opinion": text}
