"""What is wrong with the ledger, in a sentence that names the contract, the entry, the month and the document."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from alpes_events.clause.ledger.findings import Fault, Finding
from alpes_events.clause.numbering import number_of
from alpes_events.clause.tables.ledger_rows import ClauseDocument, DocumentKind
from alpes_events.language.sentence import N_, Sentence, say

_WORDS: Mapping[Fault, str] = {
    Fault.ALTERED: N_("Marché %(reference)s : l’écriture n° %(sequence)d (%(month)s) ne dit plus ce qui a été écrit."),
    Fault.MISSING: N_("Marché %(reference)s : l’écriture n° %(sequence)d manque."),
    Fault.CUT: N_("Marché %(reference)s : le registre est coupé, l’écriture n° %(sequence)d manque."),
    Fault.HEAD: N_("Marché %(reference)s : la tête de chaîne ne suit pas l’écriture n° %(sequence)d."),
    Fault.RECORDED: N_(
        "Marché %(reference)s : l’écriture n° %(sequence)d (%(month)s) n’est plus celle "
        "que le document %(document)s a scellée."
    ),
    Fault.REVERSAL: N_(
        "Marché %(reference)s : l’écriture n° %(sequence)d (%(month)s) annule autre chose que ce qu’elle dit annuler."
    ),
    Fault.NEGATIVE: N_(
        "Marché %(reference)s : à l’écriture n° %(sequence)d (%(month)s), le solde d’une personne passe sous zéro."
    ),
    Fault.TRANSFER: N_(
        "Marché %(reference)s : l’écriture n° %(sequence)d (%(month)s) transfère des heures sans leur contrepartie "
        "sur l’autre lot."
    ),
    Fault.LINE: N_(
        "Déclaration, ligne n° %(line)d (%(month)s) : le registre du marché %(reference)s "
        "ne dit pas ce que dit la ligne."
    ),
    Fault.SEAL: N_("Document %(document)s : son sceau n’est pas celui des têtes de chaîne qu’il enregistre."),
}
_CUT_BEFORE = N_(
    "Marché %(reference)s : le registre est coupé, l’écriture n° %(sequence)d, "
    "que le document %(document)s a scellée, manque."
)


def document_numbers(db: Session, findings: tuple[Finding, ...]) -> dict[int, str]:
    """The numbers of the documents that findings name, by their id."""
    wanted = {one.document_id for one in findings if one.document_id is not None}
    asked = select(ClauseDocument.id, ClauseDocument.kind, ClauseDocument.year, ClauseDocument.number)
    rows = db.exec(asked.where(col(ClauseDocument.id).in_(sorted(wanted)))) if wanted else ()
    return {row_id or 0: number_of(DocumentKind(kind), year, number) for row_id, kind, year, number in rows}


def sentence_of(finding: Finding, numbers: Mapping[int, str]) -> Sentence:
    """The finding in words; `numbers` name the documents."""
    cut_before = finding.fault is Fault.CUT and finding.document_id is not None
    return say(
        _CUT_BEFORE if cut_before else _WORDS[finding.fault],
        reference=finding.reference or f"({finding.contract_id})",
        sequence=finding.sequence,
        month="–" if finding.month is None else f"{finding.month:%m/%Y}",
        line=finding.line_id or 0,
        document=numbers.get(finding.document_id or 0, "–"),
    )
