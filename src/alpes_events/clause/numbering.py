"""The number that a document of the clause carries, and what its kind is called: pure."""

from collections.abc import Mapping

from alpes_events.clause.tables.ledger_rows import DocumentKind
from alpes_events.language.sentence import N_

KIND_WORDS: Mapping[DocumentKind, str] = {
    DocumentKind.TALLY: N_("Décompte"),
    DocumentKind.STATEMENT: N_("Bilan de marché"),
    DocumentKind.CERTIFICATE: N_("Attestation d’entreprise"),
    DocumentKind.SHORTFALL: N_("Courrier de carence"),
}
_LETTERS: Mapping[DocumentKind, str] = {
    DocumentKind.TALLY: "DEC",
    DocumentKind.STATEMENT: "BIL",
    DocumentKind.CERTIFICATE: "ATT",
    DocumentKind.SHORTFALL: "CAR",
}


def number_of(kind: DocumentKind, year: int, number: int) -> str:
    """« DEC-2026-0003 »: three letters of the kind, the year of making, and the number within both."""
    return f"{_LETTERS[kind]}-{year}-{number:04d}"
