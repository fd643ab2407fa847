"""The list of publics changed by the organisation: one added, one worded anew, one retired, one taken back."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.clause.eligibility.criteria import BUILT_IN, BadCriteria, Public, publics
from alpes_events.clause.tables.proof_rows import HEALTH, DisabilityProof, EligibilityCriterion, EligibilityProof
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_

_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,15}")
_MOST_MONTHS = 120
_LENGTHS = {"label": 150, "label_en": 150, "rule": 500, "proof": 200}


class UnknownPublic(NotFound):
    """No such public."""

    def __init__(self) -> None:
        super().__init__(N_("Ce public n’est pas dans la liste."))


@dataclass(frozen=True)
class PublicDraft:
    """A public as written. `proof_months`: a proof must be younger than that; None: it stands by its own dates."""

    code: str
    label: str
    label_en: str = ""
    rule: str = ""
    proof: str = ""
    proof_months: int | None = None
    sensitive: bool = False
    needs_opinion: bool = False


def the_public(db: Session, code: str) -> Public:
    """The public of this code, or `UnknownPublic`."""
    found = publics(db).get(code)
    if found is None:
        raise UnknownPublic
    return found


def public_draft(public: Public) -> PublicDraft:
    """The draft that a public of the list would come from."""
    one = public.criterion
    return PublicDraft(
        one.code,
        one.label,
        public.label_en,
        public.rule,
        one.proof,
        one.proof_months,
        public.health,
        public.needs_opinion,
    )


def add_public(db: Session, draft: PublicDraft, *, now: datetime, account_id: int | None) -> str:
    """Add a public of the organisation's own. Gives its code. Raises `BadCriteria`."""
    code = composed(written(draft.code)).upper()
    if not _CODE.fullmatch(code) or code == HEALTH:
        raise BadCriteria(
            N_("Un code a de 2 à 16 lettres sans accent, chiffres ou « _ », et commence par une lettre."),
            field="public_code",
        )
    if code in publics(db):
        raise BadCriteria(N_("Ce code est déjà dans la liste : choisissez-en un autre."), field="public_code")
    columns = _columns(draft)
    last = db.exec(select(func.max(EligibilityCriterion.position))).one() or 0
    db.add(EligibilityCriterion(**columns | {"code": code}, position=max(last, len(BUILT_IN)) + 1))
    db.flush()
    _tell(db, code, ["created"], now=now, account_id=account_id)
    return code


def revise_public(
    db: Session, code: str, draft: PublicDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Word a public anew, or change its proof. Gives the names of what changed. Raises `BadCriteria`, `UnknownPublic`.

    Whether it tells of health stays once there is a proof of it: proofs do not move from one table to the other.
    """
    public = the_public(db, code)
    before, columns = asdict(public_draft(public)), _columns(draft) | {"code": code}
    changed = tuple(name for name, value in columns.items() if before[name] != value)
    if not changed:
        return ()
    if "sensitive" in changed and _has_proofs(db, code):
        raise BadCriteria(
            N_("Des justificatifs existent pour ce public : ce qui touche à la santé ne se change plus."),
            field="sensitive",
        )
    row = _row(db, public)
    row.sqlmodel_update(columns)
    db.add(row)
    db.flush()
    _tell(db, code, list(changed), now=now, account_id=account_id)
    return changed


def retire_public(db: Session, code: str, *, retired: bool, now: datetime, account_id: int | None) -> None:
    """No new contract chooses it any more (it stays on those that have it); or it is offered again."""
    public = the_public(db, code)
    if public.retired is retired:
        return
    row = _row(db, public)
    row.retired_at = now if retired else None
    db.add(row)
    db.flush()
    _tell(db, code, ["retired" if retired else "restored"], now=now, account_id=account_id)


def _row(db: Session, public: Public) -> EligibilityCriterion:
    """The organisation's row for a public; for one of the national list that it never changed, a new one."""
    row = db.get(EligibilityCriterion, public.code)
    if row is not None:
        return row
    position = [one.code for one in BUILT_IN].index(public.code) + 1
    return EligibilityCriterion(**asdict(public_draft(public)), position=position)


def _columns(draft: PublicDraft) -> dict[str, Any]:
    columns: dict[str, Any] = asdict(draft)
    for name, longest in _LENGTHS.items():
        columns[name] = composed(written(columns[name]))
        if len(columns[name]) > longest:
            raise BadCriteria(N_("Ce texte est trop long : %(longest)d signes au plus."), field=name, longest=longest)
    if not any(sign.isalnum() for sign in columns["label"]):
        raise BadCriteria(N_("Dites qui est ce public."), field="label")
    if not any(sign.isalnum() for sign in columns["proof"]):
        raise BadCriteria(N_("Dites quel justificatif est demandé."), field="proof")
    months = draft.proof_months
    if months is not None and not 1 <= months <= _MOST_MONTHS:
        raise BadCriteria(N_("Indiquez de 1 à 120 mois, ou rien."), field="proof_months")
    if draft.sensitive and draft.needs_opinion:
        raise BadCriteria(
            N_("Un avis motivé ne peut pas tenir à la santé : choisissez l’un ou l’autre."), field="needs_opinion"
        )
    return columns


def _has_proofs(db: Session, code: str) -> bool:
    return any(
        db.exec(select(table.id).where(col(table.code) == code)).first() is not None
        for table in (EligibilityProof, DisabilityProof)
    )


def _tell(db: Session, code: str, changed: list[str], *, now: datetime, account_id: int | None) -> None:
    """The list has no row of its own that the journal could name: its first subject stands for the whole."""
    facts: dict[str, Fact] = {"code": code, "changed": list(changed)}
    record(db, EntryKind.CLAUSE_CHANGED, subject=("clause_publics", 1), now=now, account_id=account_id, facts=facts)
