"""What kinds of entries of the ledger of hours are called, and what they rest on."""

from collections.abc import Mapping

from alpes_events.clause.tables.ledger_rows import HourKind, HourSource
from alpes_events.language.sentence import N_

KIND_WORDS: Mapping[HourKind, str] = {
    HourKind.PLANNED: N_("Prévu"),
    HourKind.DECLARED: N_("Déclaré"),
    HourKind.VALIDATED: N_("Validé"),
    HourKind.REFUSED: N_("Refusé"),
    HourKind.CORRECTED: N_("Correction"),
    HourKind.TRANSFERRED: N_("Transfert de globalisation"),
}
SOURCE_WORDS: Mapping[HourSource, str] = {
    HourSource.DECLARATION: N_("déclaration mensuelle"),
    HourSource.FILE: N_("fichier importé"),
    HourSource.CONVENTION: N_("convention de globalisation"),
    HourSource.STAFF: N_("saisie par l’équipe"),
}
