"""The publics of the clause as the organisation words them: the national list, with what rows add, change or retire."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.clause.tables.proof_rows import EligibilityCriterion
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_matching.eligibility import CLAUSE_PUBLICS, Criteria, Criterion, any_of

_OF_HEALTH = frozenset({"AAH", "INVAL", "OETH", "EA_ESAT"})
"""They tell of a disability or an illness: GDPR, article 9."""
_BY_OPINION = frozenset({"OTHER"})


class BadCriteria(BadInput):
    """Publics that a contract cannot accept."""


@dataclass(frozen=True)
class Public:
    """One public: its code and French label, its proof, and whether it tells of health or rests on an opinion.

    `retired`: no new contract may choose it.
    """

    criterion: Criterion
    health: bool
    needs_opinion: bool
    label_en: str = ""
    rule: str = ""
    retired: bool = False

    @property
    def code(self) -> str:
        """The stable code."""
        return self.criterion.code


BUILT_IN: tuple[Public, ...] = tuple(
    Public(criterion, criterion.code in _OF_HEALTH, criterion.code in _BY_OPINION) for criterion in CLAUSE_PUBLICS
)


def publics(db: Session) -> dict[str, Public]:
    """Every public by its code: the national list in its order, then the organisation's own."""
    listed = {one.code: one for one in BUILT_IN}
    for row in db.exec(
        select(EligibilityCriterion).order_by(col(EligibilityCriterion.position), col(EligibilityCriterion.code))
    ):
        criterion = Criterion(row.code, row.label, row.proof, row.proof_months)
        own = Public(criterion, row.sensitive, row.needs_opinion, row.label_en, row.rule, row.retired_at is not None)
        listed[row.code] = own
    return listed


def health_codes(db: Session) -> frozenset[str]:
    """The codes that tell of health."""
    return frozenset(code for code, one in publics(db).items() if one.health)


def accepted(db: Session, codes: Iterable[str]) -> Criteria:
    """What a contract that accepts these publics asks: one of them is enough. Raises `BadCriteria`."""
    listed = publics(db)
    chosen = checked_codes(codes, listed.values())
    return any_of([listed[code].criterion for code in chosen])


def checked_codes(codes: Iterable[str], listed: Iterable[Public]) -> list[str]:
    """The codes in the order of the list, once each. Raises `BadCriteria` for an unknown one, or none at all."""
    asked = {composed(written(code)).upper() for code in codes} - {""}
    known = [one.code for one in listed]
    strange = sorted(asked - set(known))
    if strange:
        raise BadCriteria(
            N_("« %(code)s » n’est pas un public de la clause. Choisissez parmi : %(known)s."),
            field="publics",
            code=strange[0],
            known=", ".join(known),
        )
    if not asked:
        raise BadCriteria(N_("Choisissez au moins un public que le marché accepte."), field="publics")
    return [code for code in known if code in asked]
